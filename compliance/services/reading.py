"""A stored file -> its pages, identity and structure, first read (no database, may run in a thread), then stored in one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from compliance.actor import Actor
from compliance.db import now
from compliance.models import Document, DocumentField, Page, Part, Region
from compliance.services import audit, corrections, regulations, same_act
from compliance.services.page_rows import Reading, page_row, part_rows
from indexer.identify import Field, Identity
from indexer.regions import RegionNames
from indexer.sandbox import Terms, read_and_identify

__all__ = [
    "IDENTITY_FIELDS", "OnPage", "Reading", "read_document", "refresh_search_hash", "search_hash", "store_content",
    "store_failure", "store_reading",
]  # fmt: skip

OnPage = Callable[[int, int], None]
IDENTITY_FIELDS = tuple(field.name for field in fields(Identity))


def read_document(
    path: Path, regions: RegionNames, *, name: str = "", password: str | None = None, on_page: OnPage | None = None
) -> Reading:
    """Reads a stored file in a child process; `name` (its original name) can only raise doubt about the identity.

    Raises:
        UnreadableFile: not one page can be read.
    """
    file = read_and_identify(path, regions, name, Terms(password=password, on_page=on_page))
    found, pages = file.findings, [page_row(sent) for sent in file.pages]
    return Reading(pages, part_rows(found.parts), found.identity, found.is_sample, found.relations)


def store_reading(session: Session, actor: Actor, document: Document, reading: Reading) -> None:
    """The document has these pages, parts and identity instead of what it had; what a person corrected stays."""
    store_content(session, actor, document, corrections.applied(session, document, reading))
    document.pages_sha256 = None
    document.reading_state = "sebagian" if document.pages_unread else "terbaca"
    document.failure_code = document.failure_reason = None
    document.read_at = now()
    detail = f"{document.page_count} halaman, {document.pages_ocr} lewat OCR, {document.pages_unread} belum terbaca"
    audit.record(session, actor, "membaca dokumen", ("dokumen", document.id), wilayah=document.wilayah, detail=detail)


def store_content(session: Session, actor: Actor, document: Document, reading: Reading) -> None:
    """Pages, parts, identity, and all that follows from them, are those of the reading."""
    expected = same_act.expected(session, document)
    _replace_rows(session, document, reading)
    _set_identity(session, document, reading.identity, expected)
    sources = [page["source"] for page in reading.pages]
    document.page_count = len(sources)
    document.pages_ocr = sources.count("ocr")
    document.pages_unread = sources.count("belum")
    document.is_sample = reading.is_sample
    regulations.link_document(session, actor, document, reading.relations)
    document.search_hash = search_hash(document, (page["text"] for page in reading.pages))


def store_failure(session: Session, actor: Actor, document: Document, code: str, reason: str) -> None:
    """The document can't be read, for this reason. Pages of an earlier reading stay."""
    document.reading_state = "gagal"
    document.failure_code, document.failure_reason = code, reason
    document.read_at = now()
    audit.record(session, actor, "gagal membaca", ("dokumen", document.id), wilayah=document.wilayah, detail=reason)


def refresh_search_hash(session: Session, document: Document) -> None:
    """The hash follows what the document's row and pages say now; call it after changing what search shows."""
    texts = session.scalars(select(Page.text).where(Page.document_id == document.id).order_by(Page.number))
    document.search_hash = search_hash(document, texts)


def search_hash(document: Document, texts: Iterable[str]) -> str:
    """A hash of everything search shows of a document: identity, legal status, being a sample, and the text of its pages."""
    shown = [str(getattr(document, name)) for name in (*IDENTITY_FIELDS, "status", "is_sample", "regulation_id")]
    digest = hashlib.sha256("\x1f".join(shown).encode())
    for text in texts:
        digest.update(b"\x1e" + text.encode())
    return digest.hexdigest()


def _replace_rows(session: Session, document: Document, reading: Reading) -> None:
    for table in (Page, Part):
        session.execute(delete(table).where(table.document_id == document.id))
        rows = reading.pages if table is Page else reading.parts
        if rows:
            session.execute(insert(table), [{**row, "document_id": document.id} for row in rows])
    by_machine = (DocumentField.document_id == document.id, DocumentField.author_id.is_(None))
    session.execute(delete(DocumentField).where(*by_machine))


def _set_identity(session: Session, document: Document, identity: Identity, expected: same_act.Expected) -> None:
    """Columns hold what was read, except where a person has spoken."""
    corrected = _corrected_fields(session, document)
    doubtful = []
    for name in IDENTITY_FIELDS:
        field = expected.doubted(name, _fitting(session, name, getattr(identity, name)))
        session.add(_field_row(document, name, field))
        if name not in corrected:
            setattr(document, name, field.value)
            doubtful += [name] if field.doubtful else []
    document.doubtful = doubtful


def _corrected_fields(session: Session, document: Document) -> set[str]:
    by_person = (DocumentField.document_id == document.id, DocumentField.author_id.is_not(None))
    return set(session.scalars(select(DocumentField.name).where(*by_person)))


def _fitting(session: Session, name: str, field: Field[Any]) -> Field[Any]:
    """The field as read, or unknown and doubtful where its value can't be one: too long for any, or of no known region."""
    if name == "wilayah" and field.value is not None and session.get(Region, field.value) is None:
        return Field(None, True, f"kode wilayah {field.value} tidak dikenal", field.page, field.box)
    longest = getattr(Document.__table__.c[name].type, "length", None)
    if isinstance(field.value, str) and longest and len(field.value) > longest:
        return Field(None, True, "yang terbaca terlalu panjang", field.page, field.box)
    return field


def _field_row(document: Document, name: str, field: Field[Any]) -> DocumentField:
    value = field.value.isoformat() if isinstance(field.value, date) else field.value
    return DocumentField(
        document_id=document.id,
        name=name,
        value=None if value is None else str(value),
        is_doubtful=field.doubtful,
        confidence=field.confidence,
        reason=field.reason,
        page=field.page,
        box=None if field.box is None else [round(edge, 1) for edge in field.box],
        recorded_at=now(),
    )
