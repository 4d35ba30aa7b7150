"""Lists of documents beside the main one: named by their ids, and the values its filters can take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from compliance.actor import Actor
from compliance.models import Document
from compliance.queries.scopes import readable_documents

MOST_IDS = 500


@dataclass(frozen=True, slots=True)
class DocumentChoices:
    """Kinds, years (newest first) and region codes that occur among the documents the actor reads."""

    jenis: Sequence[str]
    tahun: Sequence[int]
    wilayah: Sequence[str]


def documents_by_ids(session: Session, actor: Actor, ids: Sequence[int]) -> Sequence[Document]:
    """The first 500 of these documents that the actor reads, by id."""
    chosen = select(Document).where(Document.id.in_(list(ids)[:MOST_IDS]), readable_documents(actor))
    return session.scalars(chosen.order_by(Document.id)).all()


def document_choices(session: Session, actor: Actor) -> DocumentChoices:
    """What the list of documents can be narrowed to."""
    rows = session.execute(
        select(Document.jenis, Document.tahun, Document.wilayah).where(readable_documents(actor)).distinct()
    ).all()
    return DocumentChoices(
        sorted({row.jenis for row in rows if row.jenis}),
        sorted({row.tahun for row in rows if row.tahun}, reverse=True),
        sorted({row.wilayah for row in rows if row.wilayah}),
    )
