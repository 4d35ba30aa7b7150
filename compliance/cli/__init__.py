"""The commands under `flask`, one module per noun. JSON goes to stdout, messages to stderr."""

from __future__ import annotations

from flask import Flask

from compliance.cli import accounts, awards, documents, search, setup, tracker

COMMANDS = (
    setup.setup,
    accounts.accounts,
    awards.paritrana,
    documents.ingest,
    documents.documents,
    documents.worker,
    search.search,
    search.status,
    search.index,
    tracker.tracker,
)


def install(app: Flask) -> None:
    for command in COMMANDS:
        app.cli.add_command(command)
