"""What an actor may read, what lies in a region, and what is held and not in the bin, as conditions for a query."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, false, or_, true
from sqlalchemy.orm import InstrumentedAttribute

from compliance.actor import NATIONAL, Action, Actor
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
    """The held documents that the actor reads: those of its regions, and those it sent in wherever they turned out to belong."""
    reads = readable(actor, Document.wilayah)
    if actor.user_id is not None and actor.may(Action.BACA):
        reads = or_(reads, Document.received_by == actor.user_id)
    return and_(held_documents(), reads)


def reads_document(actor: Actor, document: Document) -> bool:
    """Whether the actor reads a document, in the bin or not."""
    sent_in = actor.user_id is not None and actor.user_id == document.received_by and actor.may(Action.BACA)
    return sent_in or actor.reads(document.wilayah)


def lies_in(column: Code, wilayah: str) -> ColumnElement[bool]:
    """The rows of a region: a province's include those of its kabupaten/kota, the nation's are its own and those of no region."""
    if wilayah == NATIONAL:
        return or_(column.is_(None), column == NATIONAL)
    return or_(column == wilayah, column.startswith(f"{wilayah}.", autoescape=True))
