"""Two documents of one act become one: the other's file is a version of the first, its address leads there, nothing is lost."""

from __future__ import annotations

from sqlalchemy.orm import Session

from compliance.actor import Action, Actor
from compliance.errors import InBin, Invalid
from compliance.models import Document, File
from compliance.queries.documents import document_by_id
from compliance.services import audit
from compliance.services.bin import put_aside
from compliance.services.versions import add_row, checked_reason, lock, put_in_force


def merge(
    session: Session, actor: Actor, into_id: int, other_id: int, reason: str, *, as_newest: bool = True
) -> Document:
    """The other document's file is a version of this one, in force where `as_newest`; the other one lies in the bin.

    Restoring the other one undoes it.

    Raises:
        NotFound: no such document, not the actor's to read, or in the bin.
        Forbidden: the actor does not verify for the regions of both.
        Invalid: no reason, or the two can't be one; see `fields`.
    """
    into, other = document_by_id(session, actor, into_id), document_by_id(session, actor, other_id)
    for document in sorted((into, other), key=lambda one: one.id):
        actor.require(Action.PILIH, document.wilayah)
        lock(session, document)
        if document.deleted_at is not None:
            raise InBin(document.id, document.replaced_by_id)
    _refuse_unlike(into, other)
    reason = checked_reason(reason)
    put_aside(other, actor, f"menjadi versi dokumen {into.id}: {reason}")
    other.replaced_by_id = into.id
    session.flush()
    said = f"dari dokumen {other.id}: {reason}"
    if as_newest:
        put_in_force(session, actor, into, other.file, said)
    else:
        _add_as_older(session, actor, into, other.file, said)
    detail = f"menjadi versi dokumen {into.id}"
    audit.record(session, actor, "menggabungkan dokumen", ("dokumen", other.id), wilayah=other.wilayah, detail=detail)
    return into


def _add_as_older(session: Session, actor: Actor, into: Document, file: File, reason: str) -> None:
    add_row(session, actor, into, file, reason)
    kept = add_row(session, actor, into, into.file, f"tetap memakai berkas sebelumnya; {reason}")
    detail = f"versi {kept.number - 1}: {reason}"
    audit.record(session, actor, "menambah versi lama", ("dokumen", into.id), wilayah=into.wilayah, detail=detail)


def _refuse_unlike(into: Document, other: Document) -> None:
    said = ""
    if into.id == other.id:
        said = "Sebuah dokumen tidak bisa menjadi versi dirinya sendiri. Tulis nomor dokumen yang lain."
    elif into.is_sample != other.is_sample:
        said = "Dokumen contoh dan dokumen sungguhan tidak bisa digabungkan."
    elif into.regulation_id and other.regulation_id and into.regulation_id != other.regulation_id:
        said = "Keduanya naskah peraturan yang berbeda. Bila salah satunya keliru dikenali, betulkan identitasnya dulu."
    if said:
        raise Invalid(said, {"dokumen": said})
