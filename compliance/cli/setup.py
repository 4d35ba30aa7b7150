"""flask setup: database, starting data, first administrator."""

from __future__ import annotations

import click
from flask import current_app

from compliance.cli.sessions import COMMAND_ACTOR, command_session, say, settings
from compliance.db import transaction
from compliance.migrations import upgrade
from compliance.services.setup import FIRST_EMAIL, prepare_data


@click.command()
def setup() -> None:
    """Prepare the database and the starting data; safe to repeat."""
    registry = current_app.extensions["patuh_sessions"]
    settings().store.mkdir(parents=True, exist_ok=True)
    upgrade(registry.get_bind())
    with command_session() as session, transaction(session):
        done = prepare_data(session, COMMAND_ACTOR)
    if done.regions or done.instruments or done.claims:
        say(f"Data awal dimuat: {done.regions} wilayah, {done.instruments} peraturan, {done.claims} catatan.")
    if done.unmatched:
        say(f"{done.unmatched} baris belum cocok dengan wilayah mana pun; lihat Beranda.")
    if done.link_nonce:
        say(f"Administrator pertama ({FIRST_EMAIL}) masuk satu kali lewat:\n\n    {link(done.link_nonce)}\n")
    if done.unused_link_for:
        command = f".venv/bin/flask accounts link {done.unused_link_for}"
        say(f"{done.unused_link_for} belum memakai tautan masuknya. Tautan baru: {command}")


def link(nonce: str) -> str:
    """The address that signs in once, on this server."""
    return f"{settings().front_page}/masuk/sekali/{nonce}"
