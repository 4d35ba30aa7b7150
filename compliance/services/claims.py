"""Puts what a person learned into the record: a step of a regulation, a budget line, a coverage figure; and which claim is right.

A claim is never altered afterwards; a correction is a later claim, or a choice.
"""

from __future__ import annotations

from typing import Any, TypeVar

from sqlalchemy.orm import Session

from compliance.actor import Action, Actor
from compliance.db import now
from compliance.errors import Invalid, NotFound
from compliance.models import BudgetClaim, Choice, Claim, CoverageClaim, Document, Region, StageClaim
from compliance.rules.entries import BudgetEntry, CoverageEntry, Evidence, StageEntry, wrong_fields
from compliance.services import audit
from compliance.services.known_regulations import KnownRegulations, NamedAct
from compliance.services.observations import resolve_unmatched

__all__ = [
    "BudgetEntry", "CoverageEntry", "Evidence", "StageEntry", "accept_unmatched", "add_budget", "add_coverage", "add_stage",
    "choose_claim",
]  # fmt: skip
accept_unmatched = resolve_unmatched
Kind = TypeVar("Kind", bound=Claim)


def add_stage(session: Session, actor: Actor, wilayah: str, entry: StageEntry, evidence: Evidence) -> StageClaim:
    """Records that a regulation of the region stands at a rung; a numbered one becomes known and searchable.

    Raises:
        Forbidden: not the actor's region.
        NotFound: no such region.
        Invalid: see `fields`.
    """
    shared = _checked(session, actor, wilayah, entry, evidence)
    named = NamedAct(wilayah, entry.bentuk, entry.nomor, entry.tahun, entry.title, evidence.source, evidence.note)
    regulation = KnownRegulations(session).named(named)
    claim = StageClaim(
        **shared,
        segment=entry.segment,
        title=entry.title,
        rung=entry.rung,
        stage=entry.stage,
        bentuk=entry.bentuk,
        nomor=entry.nomor,
        tahun=entry.tahun,
        regulation_id=regulation.id if regulation else None,
    )
    return _recorded(session, actor, claim, f"regulasi {entry.rung}")


def add_budget(session: Session, actor: Actor, wilayah: str, entry: BudgetEntry, evidence: Evidence) -> BudgetClaim:
    """Records that a budget line of the region stands at a rung, with what is known of its money, persons and months.

    Raises:
        Forbidden: not the actor's region.
        NotFound: no such region.
        Invalid: see `fields`.
    """
    shared = _checked(session, actor, wilayah, entry, evidence)
    claim = BudgetClaim(
        **shared,
        segment=entry.segment,
        period=entry.year,
        title=entry.title or f"Iuran {entry.segment or 'pekerja'} {entry.year}",
        rung=entry.rung,
        amount_rupiah=entry.amount_rupiah,
        persons=entry.persons,
        months=entry.months,
        fund=entry.fund,
        payer=entry.payer,
        agency=entry.agency,
    )
    return _recorded(session, actor, claim, f"anggaran {entry.year} {entry.rung}")


def add_coverage(
    session: Session, actor: Actor, wilayah: str, entry: CoverageEntry, evidence: Evidence
) -> CoverageClaim:
    """Records how many workers of a segment are covered on a date.

    Raises:
        Forbidden: not the actor's region.
        NotFound: no such region.
        Invalid: see `fields`.
    """
    shared = _checked(session, actor, wilayah, entry, evidence)
    claim = CoverageClaim(
        **shared,
        segment=entry.segment,
        period=None if evidence.valid_from is None else evidence.valid_from.year,
        title=entry.title or f"Cakupan {entry.segment}",
        participants=entry.participants,
        eligible=entry.eligible,
        denominator=entry.denominator,
        percent=entry.percent,
        percent_text=entry.percent_text,
    )
    return _recorded(session, actor, claim, f"cakupan {entry.segment}")


def choose_claim(session: Session, actor: Actor, claim_id: int, reason: str) -> Choice:
    """Holds a claim to be right among those of its subject, until a later choice; the others stay visible.

    Raises:
        NotFound: no such claim, or not the actor's to read.
        Forbidden: choosing is not among the actor's rights there.
        Invalid: no reason given.
    """
    claim = session.get(Claim, claim_id)
    if claim is None or not actor.reads(claim.wilayah):
        raise NotFound("Catatan itu tidak ada, atau di luar wilayah Anda.")
    actor.require(Action.PILIH, claim.wilayah)
    if not reason.strip():
        raise Invalid("Alasan belum diisi.", {"alasan": "Tulis mengapa catatan ini yang dipakai."})
    choice = Choice(claim_id=claim.id, reason=reason.strip(), author_id=actor.user_id, recorded_at=now())
    session.add(choice)
    audit.record(session, actor, "memilih catatan", ("catatan", claim.id), wilayah=claim.wilayah, detail=choice.reason)
    session.flush()
    return choice


def _checked(
    session: Session,
    actor: Actor,
    wilayah: str,
    entry: StageEntry | BudgetEntry | CoverageEntry,
    evidence: Evidence,
) -> dict[str, Any]:
    """What every claim has, after all was checked."""
    actor.require(Action.CATAT, wilayah)
    region = session.get(Region, wilayah)
    if region is None:
        raise NotFound(f"Wilayah dengan kode {wilayah} tidak ada.")
    wrong = wrong_fields(entry, evidence)
    if "dokumen" not in wrong:
        wrong |= _wrong_document(session, actor, evidence)
    if wrong:
        raise Invalid("Catatan belum bisa disimpan; periksa isian yang ditandai.", wrong)
    return {
        "wilayah": wilayah,
        "valid_from": evidence.valid_from,
        "valid_to": evidence.valid_to,
        "date_precision": evidence.precision,
        "told_on": evidence.told_on,
        "recorded_at": now(),
        "author_id": actor.user_id,
        "source": evidence.source.strip(),
        "document_id": evidence.document_id,
        "page": evidence.page,
        "printed_name": region.nama,
        "note": evidence.note.strip(),
    }


def _wrong_document(session: Session, actor: Actor, evidence: Evidence) -> dict[str, str]:
    """What is wrong with the document and page named as proof."""
    if evidence.document_id is None:
        return {}
    document = session.get(Document, evidence.document_id)
    if document is None or not actor.reads(document.wilayah):
        return {"dokumen": "Dokumen dengan nomor itu tidak ada, atau di luar wilayah Anda."}
    if document.deleted_at is not None:
        return {"dokumen": "Dokumen itu ada di keranjang. Pulihkan dulu, atau pilih dokumen lain."}
    if document.is_sample:
        return {"dokumen": "Dokumen contoh tidak dapat menjadi bukti."}
    if evidence.page is not None and evidence.page > document.page_count:
        return {"halaman": f"Dokumen itu hanya {document.page_count} halaman."}
    return {}


def _recorded(session: Session, actor: Actor, claim: Kind, detail: str) -> Kind:
    session.add(claim)
    session.flush()
    audit.record(session, actor, "mencatat", ("catatan", claim.id), wilayah=claim.wilayah, detail=detail)
    return claim
