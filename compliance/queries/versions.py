"""Reads about the files a document has and had: its versions, what was corrected on each, and who else claims to be the same act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from compliance.actor import Actor
from compliance.errors import NotFound
from compliance.models import Document, DocumentVersion, PageCorrection, User
from compliance.queries.documents import document_by_id
from compliance.queries.scopes import readable_documents
from compliance.rules.identity import folded_number

MOST_ALIKE = 20


@dataclass(frozen=True, slots=True)
class Version:
    """A version; `by` is its author's name, None for the program. `corrected` counts pages of its file a person set right."""

    row: DocumentVersion
    by: str | None
    corrected: int


def versions_of(session: Session, actor: Actor, document_id: int) -> Sequence[Version]:
    """The versions of a document, newest first."""
    document_by_id(session, actor, document_id)
    corrected = corrected_pages(session, document_id)
    chosen = select(DocumentVersion, User.nama).outerjoin(User, User.id == DocumentVersion.author_id)
    chosen = chosen.where(DocumentVersion.document_id == document_id).order_by(DocumentVersion.number.desc())
    return [Version(row, by, len(corrected.get(row.file_sha256, ()))) for row, by in session.execute(chosen)]


def version_of(session: Session, actor: Actor, document_id: int, number: int) -> DocumentVersion:
    """Version `number` (from 1).

    Raises:
        NotFound: no such document or version, or not the actor's to read.
    """
    document_by_id(session, actor, document_id)
    row = session.scalar(select(DocumentVersion).filter_by(document_id=document_id, number=number))
    if row is None:
        raise NotFound(f"Dokumen {document_id} tidak punya versi {number}.")
    return row


def corrected_pages(session: Session, document_id: int) -> dict[str, set[int]]:
    """For each file of the document the pages whose text is a person's."""
    newest = select(func.max(PageCorrection.id)).where(PageCorrection.document_id.in_(_parts(document_id)))
    newest = newest.group_by(PageCorrection.file_sha256, PageCorrection.page)
    rows = select(PageCorrection.file_sha256, PageCorrection.page)
    found: dict[str, set[int]] = {}
    for sha256, page in session.execute(rows.where(PageCorrection.id.in_(newest), PageCorrection.text.is_not(None))):
        found.setdefault(sha256, set()).add(page)
    return found


def alike_documents(session: Session, actor: Actor, document: Document) -> Sequence[Document]:
    """Other documents that bear the same identity or belong to the same act, oldest first; at most 20."""
    same_act = Document.regulation_id == document.regulation_id
    same_words = (Document.jenis == document.jenis) & (Document.tahun == document.tahun)
    chosen = select(Document).where(readable_documents(actor), Document.id != document.id)
    chosen = chosen.where(Document.is_sample == document.is_sample, or_(same_act, same_words)).order_by(Document.id)
    found = [other for other in session.scalars(chosen) if _is_alike(other, document)]
    return found[:MOST_ALIKE]


def _is_alike(other: Document, document: Document) -> bool:
    if other.regulation_id is not None and other.regulation_id == document.regulation_id:
        return True
    is_same_place = other.wilayah == document.wilayah or None in (other.wilayah, document.wilayah)
    return bool(document.nomor) and folded_number(other.nomor) == folded_number(document.nomor) and is_same_place


def _parts(document_id: int) -> Select[int]:
    """The document itself and those that were made versions of it: a correction belongs to its file."""
    return select(Document.id).where(or_(Document.id == document_id, Document.replaced_by_id == document_id))
