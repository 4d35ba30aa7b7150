"""Reads about the bin: what lies in it, since when, put there by whom and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import Session

from compliance.actor import Actor
from compliance.errors import NotFound
from compliance.models import Document, User
from compliance.queries.scopes import readable


@dataclass(frozen=True, slots=True)
class Binned:
    """A document in the bin; `by` is the name of who put it there, None for the program."""

    document: Document
    by: str | None


def binned_documents(session: Session, actor: Actor, *, limit: int, offset: int = 0) -> Sequence[Binned]:
    """What lies in the bin of what the actor reads, the latest first."""
    ordered = _binned(actor).order_by(Document.deleted_at.desc(), Document.id.desc())
    return [Binned(document, by) for document, by in session.execute(ordered.limit(limit).offset(offset))]


def binned_count(session: Session, actor: Actor) -> int:
    """How many documents `binned_documents` lists."""
    return session.scalar(select(func.count(Document.id)).where(_in_bin(actor))) or 0


def binned_document(session: Session, actor: Actor, document_id: int) -> Binned:
    """Raises NotFound where it does not lie in the bin, or is not the actor's to read."""
    found = session.execute(_binned(actor).where(Document.id == document_id)).first()
    if found is None:
        raise NotFound(f"Dokumen {document_id} tidak ada di keranjang, atau di luar wilayah Anda.")
    return Binned(found[0], found[1])


def _binned(actor: Actor) -> Select[Document, str]:
    return select(Document, User.nama).outerjoin(User, User.id == Document.deleted_by).where(_in_bin(actor))


def _in_bin(actor: Actor) -> ColumnElement[bool]:
    return and_(Document.deleted_at.is_not(None), readable(actor, Document.wilayah))
