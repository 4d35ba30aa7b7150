"""Rows of the tracked starting-data files, as text; the typed readers beside this file give them meaning."""

import csv
import datetime
import tomllib
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

FOLDER = Path(__file__).parent

T = TypeVar("T")


def csv_rows(name: str) -> Iterator[dict[str, str]]:
    """Each line of a tracked CSV as column -> text with outer spaces removed; an empty cell is ''."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield {column: (value or "").strip() for column, value in row.items()}


def toml_tables(name: str) -> dict[str, Any]:
    """The whole tracked TOML file as tables; decimals in it are written as text, never as floats."""
    with (FOLDER / name).open("rb") as file:
        return tomllib.load(file, parse_float=Decimal)


def known(text: str, read: Callable[[str], T]) -> T | None:
    """What `read` makes of the text, or None for an empty cell: unknown, not zero."""
    return read(text) if text else None


def day(text: str) -> datetime.date:
    """The day written as yyyy-mm-dd."""
    return datetime.date.fromisoformat(text)
