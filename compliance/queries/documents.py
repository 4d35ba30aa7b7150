"""Reads about documents: the list, one document, its pages and parts, and how much of it all is still unread.

Samples are listed like any document, but never counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, String, and_, cast, func, or_, select
from sqlalchemy.orm import Session, undefer

from compliance.actor import Actor
from compliance.errors import InBin, NotFound
from compliance.models import Document, DocumentField, File, Page, Part
from compliance.queries.page_words import words_of
from compliance.queries.scopes import held_documents, lies_in, readable, readable_documents, reads_document

__all__ = [
    "DocumentFilter", "Outcome", "ReadingCounts", "document_by_id", "document_count", "documents", "fields_of", "outcomes",
    "page_of", "pages_of", "parts_of", "reading_counts", "samples_are_searched", "words_of",
]  # fmt: skip

MOST_IDS = 500


@dataclass(frozen=True, slots=True)
class DocumentFilter:
    """What a list is narrowed to; None asks nothing. A province's code as `wilayah` includes its kabupaten/kota.

    `text` stands in the file's name, the title or the number. `reading_state` as in Document. `doubtful` True: only documents with
    identity fields that need a person. `sample` None: both.
    """

    jenis: str | None = None
    tahun: int | None = None
    wilayah: str | None = None
    status: str | None = None
    reading_state: str | None = None
    text: str = ""
    doubtful: bool = False
    sample: bool | None = None


@dataclass(frozen=True, slots=True)
class ReadingCounts:
    """How many documents, pages, pages read by OCR and pages nobody could read yet; `waiting` and `failed` count documents."""

    documents: int
    pages: int
    pages_ocr: int
    pages_unread: int
    waiting: int
    failed: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document that was offered."""

    document_id: int
    failure_code: str | None
    failure_reason: str | None
    pages: int
    pages_ocr: int
    pages_unread: int


def documents(
    session: Session,
    actor: Actor,
    chosen: DocumentFilter | None = None,
    *,
    limit: int | None = None,
    offset: int = 0,
) -> Sequence[Document]:
    """The documents the actor reads, newest first."""
    rows = select(Document).join(Document.file).where(_listed(actor, chosen or DocumentFilter()))
    return session.scalars(rows.order_by(Document.id.desc()).limit(limit).offset(offset)).all()


def document_count(session: Session, actor: Actor, chosen: DocumentFilter | None = None) -> int:
    """How many documents `documents` lists, samples included as far as the filter lets them."""
    listed = _listed(actor, chosen or DocumentFilter())
    return session.scalar(select(func.count(Document.id)).join(Document.file).where(listed)) or 0


def document_by_id(session: Session, actor: Actor, document_id: int) -> Document:
    """Raises NotFound where there is none or it is not the actor's to read; InBin, which is one, where it lies in the bin."""
    document = session.get(Document, document_id)
    if document is None or not reads_document(actor, document):
        raise NotFound(f"Dokumen {document_id} tidak ada, atau di luar wilayah Anda.")
    if document.deleted_at is not None:
        raise InBin(document_id, document.replaced_by_id)
    return document


def page_of(session: Session, actor: Actor, document_id: int, number: int) -> Page:
    """Page `number` (from 1) with its words' places loaded.

    Raises:
        NotFound: no such document or page, or not the actor's to read.
    """
    document_by_id(session, actor, document_id)
    chosen = select(Page).where(Page.document_id == document_id, Page.number == number).options(undefer(Page.boxes))
    page = session.scalar(chosen)
    if page is None:
        raise NotFound(f"Halaman {number} tidak ada pada dokumen {document_id}.")
    return page


def pages_of(session: Session, actor: Actor, document_id: int) -> Sequence[Page]:
    """All pages of a document in order, with their text but without their words' places."""
    document_by_id(session, actor, document_id)
    return session.scalars(select(Page).where(Page.document_id == document_id).order_by(Page.number)).all()


def parts_of(session: Session, actor: Actor, document_id: int) -> Sequence[Part]:
    """The parts (bab, pasal, diktum…) of a document in reading order, parents before children."""
    document_by_id(session, actor, document_id)
    return session.scalars(select(Part).where(Part.document_id == document_id).order_by(Part.urutan)).all()


def fields_of(session: Session, actor: Actor, document_id: int) -> dict[str, DocumentField]:
    """For each identity field the row in force: a person's latest, else the machine's."""
    document_by_id(session, actor, document_id)
    rows = session.scalars(select(DocumentField).where(DocumentField.document_id == document_id))
    ordered = sorted(rows, key=lambda row: (row.author_id is not None, row.id))
    return {row.name: row for row in ordered}


def reading_counts(session: Session, actor: Actor) -> ReadingCounts:
    """Counts over everything the actor reads, samples left out."""
    unfinished = Document.reading_state.in_(("menunggu", "dibaca"))
    counted = select(
        func.count(Document.id),
        func.sum(Document.page_count),
        func.sum(Document.pages_ocr),
        func.sum(Document.pages_unread),
        func.count(Document.id).filter(unfinished),
        func.count(Document.id).filter(Document.reading_state == "gagal"),
    )
    row = session.execute(counted.where(readable_documents(actor), Document.is_sample.is_(False))).one()
    return ReadingCounts(*(int(number or 0) for number in row))


def samples_are_searched(session: Session) -> bool:
    """Whether samples are searchable: only in a home that holds nothing else, so that they never mix with real documents."""
    real = select(Document.id).where(held_documents(), Document.is_sample.is_(False), Document.page_count > 0)
    return session.scalar(real.limit(1)) is None


def outcomes(session: Session, actor: Actor, document_ids: Sequence[int]) -> dict[int, Outcome]:
    """What became of these documents, by id; samples and what lies in the bin included."""
    found: dict[int, Outcome] = {}
    columns = (
        Document.id,
        Document.failure_code,
        Document.failure_reason,
        Document.page_count,
        Document.pages_ocr,
        Document.pages_unread,
    )
    for start in range(0, len(document_ids), MOST_IDS):
        wanted = Document.id.in_(document_ids[start : start + MOST_IDS])
        rows = session.execute(select(*columns).where(readable(actor, Document.wilayah), wanted))
        found.update((row[0], Outcome(*row)) for row in rows)
    return found


def _listed(actor: Actor, chosen: DocumentFilter) -> ColumnElement[bool]:
    equal = {
        Document.jenis: chosen.jenis,
        Document.tahun: chosen.tahun,
        Document.status: chosen.status,
        Document.reading_state: chosen.reading_state,
        Document.is_sample: chosen.sample,
    }
    asked: list[ColumnElement[bool]] = [column == value for column, value in equal.items() if value is not None]
    if chosen.wilayah:
        asked.append(lies_in(Document.wilayah, chosen.wilayah))
    if chosen.doubtful:
        asked.append(cast(Document.doubtful, String) != "[]")
    if chosen.text:
        places = (Document.judul, Document.nomor, cast(File.names, String))
        asked.append(or_(*(place.icontains(chosen.text, autoescape=True) for place in places)))
    return and_(readable_documents(actor), *asked)
