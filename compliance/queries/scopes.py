"""What an actor may read, and what lies in a region, as conditions on a column that holds a region's code."""

from __future__ import annotations

from sqlalchemy import ColumnElement, false, or_, true
from sqlalchemy.orm import InstrumentedAttribute

from compliance.actor import NATIONAL, Actor

Code = InstrumentedAttribute[str] | InstrumentedAttribute[str | None]


def readable(actor: Actor, column: Code) -> ColumnElement[bool]:
    """The rows of regions that the actor reads, and those of no region: `Actor.reads` in SQL."""
    scopes = actor.read_scopes()
    if scopes is None:
        return true()
    if not scopes:
        return false()
    return or_(column.is_(None), column == NATIONAL, *(column.startswith(scope, autoescape=True) for scope in scopes))


def lies_in(column: Code, wilayah: str) -> ColumnElement[bool]:
    """The rows of a region: a province's include those of its kabupaten/kota, the nation's are its own and those of no region."""
    if wilayah == NATIONAL:
        return or_(column.is_(None), column == NATIONAL)
    return or_(column == wilayah, column.startswith(f"{wilayah}.", autoescape=True))
