"""A document's file replaced by a better copy, or by an earlier one: id, links, evidence and corrections of identity stay."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from compliance.actor import Action, Actor
from compliance.db import now
from compliance.errors import Invalid
from compliance.models import Document, DocumentVersion, File, Work
from compliance.queries.scopes import held_documents
from compliance.queries.versions import version_of
from compliance.services import audit, work
from compliance.services.documents import Kept, clean_name

LONGEST_REASON = 500


def add_version(
    session: Session, actor: Actor, document: Document, kept: Kept, name: str, reason: str
) -> DocumentVersion:
    """The document's file is `kept` from now on and waits to be read; the pages of the one before stay until then.

    Raises:
        Forbidden: the actor records nothing in the document's region.
        Invalid: no reason, the file is the one in force, or another document holds it.
    """
    actor.require(Action.CATAT, document.wilayah)
    reason = checked_reason(reason)
    lock(session, document)
    _refuse_held(session, document, kept.sha256)
    return put_in_force(session, actor, document, _file(session, kept, clean_name(name)), reason)


def refuse_stale(session: Session, document: Document, seen: int | None) -> None:
    """Raises Invalid where the document has a newer version than number `seen`, which whoever replaces it looked at."""
    lock(session, document)
    newest = newest_number(session, document)
    if seen != newest:
        raise Invalid(
            f"Sementara itu berkas dokumen ini sudah diganti (kini versi {newest}). Lihat dulu versi itu; bila masih perlu, ganti lagi."
        )


def go_back(session: Session, actor: Actor, document: Document, number: int, reason: str) -> DocumentVersion:
    """The document has the file of an earlier version again, as its newest version.

    Raises:
        Forbidden: the actor records nothing in the document's region.
        NotFound: no such version.
        Invalid: no reason, that file is the one in force, or another document holds it.
    """
    actor.require(Action.CATAT, document.wilayah)
    reason = checked_reason(reason)
    lock(session, document)
    file = version_of(session, actor, document.id, number).file
    _refuse_held(session, document, file.sha256)
    return put_in_force(session, actor, document, file, f"kembali ke versi {number}: {reason}")


def newest_number(session: Session, document: Document) -> int:
    """The number of the version in force."""
    newest = select(func.max(DocumentVersion.number)).where(DocumentVersion.document_id == document.id)
    return session.scalar(newest) or 0


def put_in_force(session: Session, actor: Actor, document: Document, file: File, reason: str) -> DocumentVersion:
    """The newest version of the document is this file, waiting to be read; its rights and fitness were checked before."""
    version = add_row(session, actor, document, file, reason)
    if document.page_count and document.pages_sha256 is None:
        document.pages_sha256 = document.file_sha256
    document.file = file
    document.reading_state, document.failure_code, document.failure_reason = "menunggu", None, None
    work.queue_reading(session, document.id)
    detail = f"versi {version.number}: {reason}"
    audit.record(session, actor, "mengganti berkas", ("dokumen", document.id), wilayah=document.wilayah, detail=detail)
    session.flush()
    return version


def add_row(session: Session, actor: Actor, document: Document, file: File, reason: str) -> DocumentVersion:
    """The next version of the document, which file it has not being changed by it."""
    version = DocumentVersion(
        document_id=document.id,
        number=newest_number(session, document) + 1,
        file=file,
        reason=reason,
        author_id=actor.user_id,
        recorded_at=now(),
    )
    session.add(version)
    session.flush()
    return version


def lock(session: Session, document: Document) -> None:
    """The document is as the database has it, and nobody else changes it until the transaction ends."""
    session.flush()
    # Its work first, as whoever stores a reading does: two that wait for each other would be ended by the database.
    session.execute(select(Work.id).where(Work.document_id == document.id).with_for_update())
    session.execute(select(Document.id).where(Document.id == document.id).with_for_update())
    session.refresh(document)


def checked_reason(reason: str) -> str:
    """The reason in one line.

    Raises:
        Invalid: there is none, or it is too long.
    """
    said = " ".join(reason.split())
    if not said:
        raise Invalid("Alasan belum diisi.", {"alasan": "Tulis alasannya, misalnya: salinan yang lebih jelas."})
    if len(said) > LONGEST_REASON:
        raise Invalid("Alasan terlalu panjang.", {"alasan": f"Paling panjang {LONGEST_REASON} huruf."})
    return said


def _file(session: Session, kept: Kept, name: str) -> File:
    file = session.get(File, kept.sha256)
    if file is None:
        return File(sha256=kept.sha256, size_bytes=kept.size_bytes, names=[name], received_at=now())
    if name not in file.names:
        file.names = [*file.names, name]
    return file


def _refuse_held(session: Session, document: Document, sha256: str) -> None:
    if sha256 == document.file_sha256:
        said = "Berkas ini sama persis dengan yang berlaku sekarang; tidak ada yang diganti."
        raise Invalid(said, {"berkas": said})
    holders = select(Document.id).where(held_documents(), Document.file_sha256 == sha256)
    other = session.scalar(holders.where(Document.id != document.id).limit(1))
    if other is not None:
        said = f"Berkas ini sudah dipegang sebagai dokumen {other}. Buka dokumen itu, lalu jadikan versi dokumen ini."
        raise Invalid(said, {"berkas": said})
