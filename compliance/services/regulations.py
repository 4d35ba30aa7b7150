"""Regulations found among documents: a text whose identity is certain belongs to the regulation of that identity."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from compliance.actor import Actor
from compliance.db import now
from compliance.models import Document, DocumentField, Regulation
from compliance.rules.identity import is_certain, is_same
from compliance.services import audit, relations
from indexer.relations import Relation

_IDENTITY = ("jenis", "nomor", "tahun", "wilayah")
_DESCRIBED = ("bentuk", "penerbit", "judul", "ditetapkan", "diundangkan", "gazette")


def link_document(
    session: Session, actor: Actor, document: Document, stated: Sequence[Relation] | None = None
) -> Regulation | None:
    """The regulation the document is a text of, made where nobody knew it; None where its identity is not certain.

    Samples belong to no regulation. What the text says of other regulations follows the link; `stated` is that, where
    it has just been read.
    """
    regulation = None
    if is_certain(document) and not document.is_sample:
        known = regulation_of(session, document)
        regulation = known or _new_regulation(session, actor, document)
        _describe(session, actor, regulation, document)
        if known is None:
            relations.point_at(session, regulation)
    document.regulation = regulation
    session.flush()
    relations.state_relations(session, document, stated)
    document.status = regulation.status if regulation else None
    return regulation


def regulation_of(session: Session, document: Document) -> Regulation | None:
    """The regulation with the same identity; the oldest where there are several."""
    alike = select(Regulation).where(Regulation.jenis == document.jenis, Regulation.tahun == document.tahun)
    found = session.scalars(alike.order_by(Regulation.id))
    return next((regulation for regulation in found if is_same(document, regulation)), None)


def _new_regulation(session: Session, actor: Actor, document: Document) -> Regulation:
    """A regulation of that identity, its legal status belum diperiksa."""
    identity = {name: getattr(document, name) for name in _IDENTITY}
    regulation = Regulation(**identity, sumber=f"naskah: {document.file_name}", recorded_at=now())
    session.add(regulation)
    session.flush()
    _record(session, actor, "mencatat peraturan", regulation, f"terbaca dari dokumen {document.id}")
    return regulation


def _describe(session: Session, actor: Actor, regulation: Regulation, document: Document) -> None:
    """What nobody had recorded of the regulation and the text says without doubt; what a person read in the text goes before."""
    by_person = DocumentField.document_id == document.id, DocumentField.author_id.is_not(None)
    checked = set() if regulation.is_catalogue else set(session.scalars(select(DocumentField.name).where(*by_person)))
    told = [
        name
        for name in _DESCRIBED
        if getattr(document, name) not in (None, getattr(regulation, name))
        and name not in document.doubtful
        and (getattr(regulation, name) is None or name in checked)
    ]
    for name in told:
        setattr(regulation, name, getattr(document, name))
    if told:
        _record(session, actor, "melengkapi peraturan", regulation, f"{', '.join(told)} dari dokumen {document.id}")


def _record(session: Session, actor: Actor, action: str, regulation: Regulation, detail: str) -> None:
    audit.record(session, actor, action, ("peraturan", regulation.id), wilayah=regulation.wilayah, detail=detail)
