"""The commands under `flask`, one module per noun. JSON goes to stdout, messages to stderr."""

from __future__ import annotations

import click
from flask import Flask
from flask.cli import with_appcontext

from compliance.cli import (
    accounts,
    awards,
    documents,
    ingest,
    jdih,
    search,
    search_reports,
    setup,
    tracker,
    work,
    worker,
)

COMMANDS = (
    setup.setup,
    accounts.accounts,
    awards.paritrana,
    documents.documents,
    ingest.ingest,
    jdih.jdih,
    search.search,
    search.status,
    search.index,
    search_reports.searches,
    tracker.tracker,
    work.work,
    worker.worker,
)


def install(app: Flask) -> None:
    for command in COMMANDS:
        app.cli.add_command(command)


def _in_app_context(command: click.Command) -> None:
    """However the command is called, the application stands around it."""
    if isinstance(command, click.Group):
        for member in command.commands.values():
            _in_app_context(member)
    elif command.callback:
        command.callback = with_appcontext(command.callback)


for _command in COMMANDS:
    _in_app_context(_command)
