"""What an actor may read, what lies in a region, and what is held and not in the bin, as conditions for a query."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, false, or_, true
from sqlalchemy.orm import InstrumentedAttribute

from compliance.actor import NATIONAL, Actor
from compliance.models import Document

Code = InstrumentedAttribute[str] | InstrumentedAttribute[str | None]


def readable(actor: Actor, column: Code) -> ColumnElement[bool]:
    """The rows of regions that the actor reads, and those of no region: `Actor.reads` in SQL."""
    scopes = actor.read_scopes()
    if scopes is None:
        return true()
    if not scopes:
        return false()
    return or_(column.is_(None), column == NATIONAL, *(column.startswith(scope, autoescape=True) for scope in scopes))


def held_documents() -> ColumnElement[bool]:
    """The documents that are not in the bin. Whatever lists, counts, searches or links documents asks for it."""
    return Document.deleted_at.is_(None)


def readable_documents(actor: Actor) -> ColumnElement[bool]:
    """The held documents that the actor reads."""
    return and_(held_documents(), readable(actor, Document.wilayah))


def lies_in(column: Code, wilayah: str) -> ColumnElement[bool]:
    """The rows of a region: a province's include those of its kabupaten/kota, the nation's are its own and those of no region."""
    if wilayah == NATIONAL:
        return or_(column.is_(None), column == NATIONAL)
    return or_(column == wilayah, column.startswith(f"{wilayah}.", autoescape=True))
