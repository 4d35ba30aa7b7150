"""flask accounts: people, roles and one-time links from the command line."""

from __future__ import annotations

import click

from compliance.actor import Role
from compliance.cli.sessions import COMMAND_ACTOR, command_session, say
from compliance.cli.setup import link
from compliance.db import transaction
from compliance.queries.users import all_users, user_by_email
from compliance.services import users


@click.group()
def accounts() -> None:
    """People and their roles."""


@accounts.command("add")
@click.argument("email")
@click.argument("nama")
@click.option("--peran", type=click.Choice([role.value for role in Role]), default=Role.PEMBACA.value)
@click.option("--wilayah", default="00", help="Kemendagri code; 00 is all of Indonesia.")
def add(email: str, nama: str, peran: str, wilayah: str) -> None:
    """Make an account with one role and print its one-time link."""
    with command_session() as session, transaction(session):
        user = users.add_user(session, COMMAND_ACTOR, email=email, nama=nama)
        users.grant_role(session, COMMAND_ACTOR, user, Role(peran), wilayah)
        nonce = users.issue_link(session, COMMAND_ACTOR, user)
    click.echo(link(nonce))


@accounts.command("grant")
@click.argument("email")
@click.argument("peran", type=click.Choice([role.value for role in Role]))
@click.argument("wilayah")
def grant(email: str, peran: str, wilayah: str) -> None:
    """Give an account one more role in a region."""
    with command_session() as session, transaction(session):
        user = user_by_email(session, COMMAND_ACTOR, email)
        users.grant_role(session, COMMAND_ACTOR, user, Role(peran), wilayah)
    say(f"{email}: {peran} untuk {wilayah}.")


@accounts.command("link")
@click.argument("email")
def new_link(email: str) -> None:
    """Print a new one-time link for an account; the earlier one stops working."""
    with command_session() as session, transaction(session):
        nonce = users.issue_link(session, COMMAND_ACTOR, user_by_email(session, COMMAND_ACTOR, email))
    click.echo(link(nonce))


@accounts.command("list")
def show() -> None:
    """List the accounts with their roles."""
    with command_session() as session:
        for user in all_users(session, COMMAND_ACTOR):
            roles = ", ".join(f"{held.role} {held.wilayah}" for held in user.memberships)
            click.echo(f"{user.email}\t{user.nama}\t{roles}")
