"""Regulations found among documents: a text whose identity is certain belongs to the regulation of that identity."""

from __future__ import annotations

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from compliance.actor import NATIONAL, Actor
from compliance.db import now
from compliance.models import Document, Regulation
from compliance.services import audit

IDENTITY = ("jenis", "nomor", "tahun", "wilayah")
REGIONAL = ("Perda", "Pergub", "Perbup", "Perwali")
# For these, kind and region name the issuer. For all others many issuers share a number, so the issuer has to agree too.
OF_ONE_ISSUER = ("UU", "Perppu", "PP", "Perpres", "Inpres", "Keppres", *REGIONAL)
WITHOUT_IDENTITY = ("Lainnya",)
_COPIED = ("jenis", "bentuk", "nomor", "tahun", "wilayah", "penerbit", "judul", "ditetapkan", "diundangkan", "gazette")


def link_document(session: Session, actor: Actor, document: Document) -> Regulation | None:
    """The regulation the document is a text of, made where nobody knew it; None where its identity is not certain.

    Samples belong to no regulation. A link made earlier is dropped where the identity no longer supports it.
    """
    regulation = None
    if is_certain(document) and not document.is_sample:
        regulation = regulation_of(session, document) or _new_regulation(session, actor, document)
    document.regulation_id = regulation.id if regulation else None
    document.status = regulation.status if regulation else None
    return regulation


def is_certain(document: Document) -> bool:
    """Whether kind, number, year and region (and the issuer where it matters) are known and none of them doubtful."""
    needed = ["jenis", "nomor", "tahun"]
    needed += ["wilayah"] if document.jenis in REGIONAL else []
    needed += [] if document.jenis in OF_ONE_ISSUER else ["penerbit"]
    if document.jenis in WITHOUT_IDENTITY or any(getattr(document, name) is None for name in needed):
        return False
    return not {*needed, "wilayah"} & set(document.doubtful)


def regulation_of(session: Session, document: Document) -> Regulation | None:
    """The regulation with the same identity, spelling of number and issuer folded; the oldest where there are several."""
    alike = select(Regulation).where(Regulation.jenis == document.jenis, Regulation.tahun == document.tahun)
    for regulation in session.scalars(alike.order_by(Regulation.id)):
        if _identity(regulation) == _identity(document):
            return regulation
    return None


def folded_number(nomor: str | None) -> str:
    """A number for comparing: no blanks, small letters, no zeros in front."""
    return re.sub(r"\s+", "", nomor or "").lower().lstrip("0")


def _identity(act: Document | Regulation) -> tuple[str, str, str]:
    issuer = "" if act.jenis in OF_ONE_ISSUER else " ".join(re.findall(r"[a-z]+", (act.penerbit or "").lower()))
    return folded_number(act.nomor), act.wilayah or NATIONAL, issuer


def _new_regulation(session: Session, actor: Actor, document: Document) -> Regulation:
    """A regulation with what was read of the document; doubtful parts stay unknown, its legal status belum diperiksa."""
    known = {name: getattr(document, name) for name in _COPIED if name not in document.doubtful}
    regulation = Regulation(**known, sumber=f"naskah: {document.file_name}", recorded_at=now())
    session.add(regulation)
    session.flush()
    audit.record(
        session,
        actor,
        "mencatat peraturan",
        ("peraturan", regulation.id),
        wilayah=regulation.wilayah,
        detail=f"terbaca dari dokumen {document.id}",
    )
    return regulation
