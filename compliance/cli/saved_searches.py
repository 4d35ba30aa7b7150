"""flask searches: looks for what is new in saved searches and mails it, as the worker does after the index changed."""

from __future__ import annotations

import click

from compliance.cli.sessions import command_session, say, settings
from compliance.cli.worker import transactions
from compliance.services.search_news import tell_of_new_matches


@click.group()
def searches() -> None:
    """Saved searches."""


@searches.command("check")
def check() -> None:
    """Note what is new in every saved search and send the day's mails."""
    with command_session():
        new, mails = tell_of_new_matches(transactions(), settings())
    say(f"{new} temuan baru, {mails} surel dikirim.")
