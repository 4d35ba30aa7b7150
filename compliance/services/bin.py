"""The bin: documents put aside with a reason, nothing of them lost; taken out again they are as they were."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from compliance.actor import Action, Actor
from compliance.db import now
from compliance.errors import Forbidden, InBin, Invalid, NotFound
from compliance.models import Claim, Document, DocumentField, DocumentVersion, PageCorrection, RegulationRelation, Score
from compliance.queries.bin import binned_document
from compliance.queries.documents import document_by_id
from compliance.queries.scopes import held_documents
from compliance.services import audit, regulations
from compliance.services.reading import refresh_search_hash
from compliance.services.versions import checked_reason, lock, put_in_force


def may_discard(session: Session, actor: Actor, document: Document) -> bool:
    """A verifikator of its region may; whoever sent it in too, as long as nobody relies on it."""
    if actor.may(Action.PILIH, document.wilayah):
        return True
    is_own = actor.user_id is not None and document.received_by == actor.user_id
    return is_own and actor.may(Action.CATAT) and not _is_relied_on(session, document)


def may_restore(actor: Actor, document: Document) -> bool:
    """A verifikator of its region may, and whoever put it into the bin."""
    is_own = actor.user_id is not None and document.deleted_by == actor.user_id
    return actor.may(Action.PILIH, document.wilayah) or (is_own and actor.may(Action.CATAT))


def discard(session: Session, actor: Actor, document_id: int, reason: str) -> Document:
    """The document lies in the bin: neither listed, searched nor counted, until somebody restores it.

    Raises:
        NotFound: no such document, not the actor's to read, or in the bin already (InBin).
        Forbidden: see `may_discard`.
        Invalid: no reason.
    """
    document = document_by_id(session, actor, document_id)
    lock(session, document)
    if document.deleted_at is not None:
        raise InBin(document.id, document.replaced_by_id)
    if not may_discard(session, actor, document):
        raise Forbidden(
            "Dokumen ini hanya bisa dipindahkan ke keranjang oleh verifikator wilayahnya,"
            " atau oleh pengunggahnya selama belum ada yang memakainya."
        )
    put_aside(document, actor, checked_reason(reason))
    _record(session, actor, "memindahkan ke keranjang", document, document.deleted_reason or "")
    session.flush()
    return document


def put_aside(document: Document, actor: Actor, reason: str) -> None:
    """Marks the document as lying in the bin; rights were checked and a trace is left by the caller."""
    document.deleted_at, document.deleted_by, document.deleted_reason = now(), actor.user_id, reason


def restore(session: Session, actor: Actor, document_id: int) -> Document:
    """The document is held again, with everything it had. One that was made a version of another stands alone again.

    Raises:
        NotFound: it does not lie in the bin, or is not the actor's to read.
        Forbidden: see `may_restore`.
        Invalid: another document holds the same file meanwhile.
    """
    document = binned_document(session, actor, document_id).document
    lock(session, document)
    if document.deleted_at is None:
        raise NotFound(f"Dokumen {document_id} sudah dipulihkan.")
    if not may_restore(actor, document):
        raise Forbidden("Dokumen ini hanya bisa dipulihkan oleh verifikator wilayahnya, atau oleh yang memindahkannya.")
    if document.replaced_by_id is not None:
        _part_from(session, actor, document)
    _refuse_held(session, document)
    document.deleted_at = document.deleted_by = document.deleted_reason = document.replaced_by_id = None
    if document.page_count:
        regulations.link_document(session, actor, document)
        refresh_search_hash(session, document)
    _record(session, actor, "memulihkan dari keranjang", document, "")
    session.flush()
    return document


def _part_from(session: Session, actor: Actor, document: Document) -> None:
    """The document that took over this one's file has the one it had before, if it still shows what it took over."""
    keeper = session.get_one(Document, document.replaced_by_id)
    lock(session, keeper)
    if keeper.file_sha256 != document.file_sha256:
        return
    # What it took over from yet another document that stands alone again is that one's file.
    others = select(Document.file_sha256).where(held_documents(), Document.id != keeper.id)
    own = select(DocumentVersion).where(
        DocumentVersion.document_id == keeper.id,
        DocumentVersion.file_sha256 != document.file_sha256,
        DocumentVersion.file_sha256.not_in(others),
    )
    before = session.scalar(own.order_by(DocumentVersion.number.desc()).limit(1))
    if before is not None:
        put_in_force(session, actor, keeper, before.file, f"dokumen {document.id} berdiri sendiri lagi")


def _refuse_held(session: Session, document: Document) -> None:
    same = select(Document.id).where(held_documents(), Document.file_sha256 == document.file_sha256)
    other = session.scalar(same.where(Document.id != document.id).limit(1))
    if other is not None:
        raise Invalid(f"Berkas yang sama kini dipegang sebagai dokumen {other}, jadi tidak ada yang perlu dipulihkan.")


def _is_relied_on(session: Session, document: Document) -> bool:
    """Whether a person checked its identity, corrected a page, decided a relation it proves, or cites it."""
    work_of_people = (
        select(DocumentField.id).where(DocumentField.document_id == document.id, DocumentField.author_id.is_not(None)),
        select(PageCorrection.id).where(PageCorrection.document_id == document.id),
        select(RegulationRelation.id).where(
            RegulationRelation.document_id == document.id, RegulationRelation.decision.is_not(None)
        ),
        select(Claim.id).where(Claim.document_id == document.id),
        select(Score.id).where(Score.document_id == document.id),
    )
    return any(session.scalar(chosen.limit(1)) is not None for chosen in work_of_people)


def _record(session: Session, actor: Actor, action: str, document: Document, detail: str) -> None:
    audit.record(session, actor, action, ("dokumen", document.id), wilayah=document.wilayah, detail=detail)
