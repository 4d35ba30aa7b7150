"""What every command needs: the application's session and settings, and JSON as the contract writes it."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from typing import cast

import click
from flask import current_app
from sqlalchemy.orm import Session

from compliance.actor import Actor
from compliance.config import Settings
from compliance.errors import PatuhError

COMMAND_ACTOR = Actor.system("baris perintah")


def settings() -> Settings:
    return cast(Settings, current_app.extensions["patuh_settings"])


@contextmanager
def command_session() -> Iterator[Session]:
    """A session; a refusal of Patuh becomes one sentence on stderr and exit code 1."""
    try:
        yield current_app.extensions["patuh_sessions"]()
    except PatuhError as error:
        raise click.ClickException(str(error)) from error


def print_json(value: object) -> None:
    """Writes JSON to stdout: dates as ISO, decimals as unrounded numbers."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=1, default=_plain)
    sys.stdout.write("\n")


def _plain(value: object) -> object:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError(f"{type(value).__name__} has no place in JSON")


def say(message: str) -> None:
    click.echo(message, err=True)
