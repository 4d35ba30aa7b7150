"""What a person says about relations between regulations: accepted or refused, where they lead, and those entered by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from compliance.actor import Action, Actor
from compliance.db import now
from compliance.errors import Invalid
from compliance.models import Regulation, RegulationRelation
from compliance.queries.documents import document_by_id
from compliance.queries.regulations import regulation_by_id
from compliance.queries.relations import relation_by_id
from compliance.rules.citations import citation
from compliance.rules.standing import ACCEPTED, REFUSED
from compliance.rules.statements import is_same_statement
from compliance.services import audit
from compliance.services.standing import refresh_standings

KINDS = ("mengubah", "mencabut", "mencabut sebagian", "melaksanakan", "dasar hukum", "dilanjutkan")
LONGEST_REASON = 500
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class NewRelation:
    """A relation as typed: to a known act (`target_id`), else to one by name; proved by a page of a document, or by `reason`."""

    kind: str
    target_id: int | None
    name: str
    document_id: int | None
    page: int | None
    reason: str


def decide_relations(
    session: Session, actor: Actor, ids: Sequence[int], decision: str, reason: str = ""
) -> list[RegulationRelation]:
    """These relations, and the same statements in other copies of the text, are accepted or refused by the actor.

    Raises:
        NotFound: one of them is not there, or not the actor's to read.
        Forbidden: one belongs to a regulation whose region the actor doesn't verify.
        Invalid: none chosen, no such decision, or a refusal without a reason.
    """
    reason = _reason(reason)
    if not ids:
        raise Invalid("Centang dulu hubungan yang Anda putuskan.")
    if decision not in (ACCEPTED, REFUSED):
        raise Invalid("Pilih terima atau tolak.")
    if decision == REFUSED and not reason:
        raise Invalid("Tulis alasan menolak.", {"alasan": "Tulis alasan menolak, misalnya: salah baca nomor."})
    bonds = [_bond(session, actor, number) for number in dict.fromkeys(ids)]
    for bond in bonds:
        for like in (bond, *_alike(session, bond)):
            _decide(like, actor, decision, reason)
        _record(session, actor, f"{_VERBS[decision]} hubungan", bond, reason)
    refresh_standings(session, [number for bond in bonds for number in (bond.from_id, bond.to_id)])
    return bonds


def point_relation(session: Session, actor: Actor, relation_id: int, target_id: int) -> RegulationRelation:
    """The relation leads to this regulation, as the actor says.

    Raises:
        NotFound: the relation or the regulation is not there, or not the actor's to read.
        Forbidden: the actor doesn't verify for the region of the regulation that states it.
        Invalid: it would lead to the regulation that states it.
    """
    bond = _bond(session, actor, relation_id)
    target = _target(session, actor, bond.from_id, target_id)
    before = bond.to_id
    for like in (bond, *_alike(session, bond)):
        like.to_id = target.id
    _record(session, actor, "menunjuk sasaran hubungan", bond, citation(target))
    refresh_standings(session, [bond.from_id, before, target.id])
    return bond


def add_relation(session: Session, actor: Actor, regulation_id: int, entry: NewRelation) -> RegulationRelation:
    """A relation that a person found, accepted with the actor's name.

    Raises:
        NotFound: a regulation, the document or its page is not there, or not the actor's to read.
        Forbidden: the actor doesn't verify for the regulation's region.
        Invalid: `fields` says what is missing; or the relation is known already.
    """
    source = regulation_by_id(session, actor, regulation_id)
    actor.require(Action.PILIH, source.wilayah)
    bond = _typed(session, actor, source, entry)
    held = session.scalars(select(RegulationRelation).where(RegulationRelation.from_id == source.id))
    known = next((other for other in held if is_same_statement(other, bond)), None)
    if known is not None:
        state = known.decision or "menunggu pemeriksaan"
        raise Invalid(f"Hubungan itu sudah tercatat ({state}). Bukalah dari daftar hubungannya untuk memutuskannya.")
    session.add(bond)
    session.flush()
    _record(session, actor, "mencatat hubungan", bond, bond.decision_reason or "")
    refresh_standings(session, [bond.from_id, bond.to_id])
    return bond


_VERBS = {ACCEPTED: "menerima", REFUSED: "menolak"}


def _bond(session: Session, actor: Actor, relation_id: int) -> RegulationRelation:
    bond = relation_by_id(session, actor, relation_id)
    actor.require(Action.PILIH, bond.source.wilayah)
    return bond


def _alike(session: Session, bond: RegulationRelation) -> list[RegulationRelation]:
    """The same statement as other documents make it."""
    others = select(RegulationRelation).where(
        RegulationRelation.from_id == bond.from_id, RegulationRelation.id != bond.id
    )
    return [other for other in session.scalars(others) if is_same_statement(other, bond)]


def _decide(bond: RegulationRelation, actor: Actor, decision: str, reason: str) -> None:
    bond.decision, bond.decision_reason = decision, reason or None
    bond.decided_by, bond.decided_at = actor.user_id, now()


def _target(session: Session, actor: Actor, source_id: int, target_id: int) -> Regulation:
    target = regulation_by_id(session, actor, target_id)
    if target.id == source_id:
        raise Invalid("Peraturan tidak berhubungan dengan dirinya sendiri. Pilih peraturan lain.")
    return target


def _typed(session: Session, actor: Actor, source: Regulation, entry: NewRelation) -> RegulationRelation:
    """The relation as a row that is not stored yet."""
    name, reason = " ".join(entry.name.split()), _reason(entry.reason)
    wrong = _wrong_fields(entry, name, reason)
    if wrong:
        raise Invalid("Ada isian yang belum benar.", wrong)
    target = _target(session, actor, source.id, entry.target_id) if entry.target_id else None
    if entry.document_id is not None:
        _check_page(session, actor, entry.document_id, entry.page)
    bond = RegulationRelation(
        from_id=source.id,
        kind=entry.kind,
        to_id=target.id if target else None,
        to_text=name or (citation(target) if target else ""),
        document_id=entry.document_id,
        page=entry.page,
        is_sourced=True,
        origin="orang",
        is_missing=False,
    )
    _decide(bond, actor, ACCEPTED, reason)
    return bond


def _wrong_fields(entry: NewRelation, name: str, reason: str) -> dict[str, str]:
    wrong = {}
    if entry.kind not in KINDS:
        wrong["hubungan"] = "Pilih hubungannya."
    if entry.target_id is None and not name:
        wrong["sasaran"] = "Pilih peraturannya, atau tulis namanya."
    if len(name) > LONGEST_NAME:
        wrong["nama"] = f"Paling panjang {LONGEST_NAME} huruf."
    if (entry.document_id is None) != (entry.page is None):
        wrong["halaman"] = "Isi dokumen dan halamannya bersama-sama."
    if entry.document_id is None and not reason:
        wrong["alasan"] = "Tulis sumbernya, atau isi dokumen dan halaman buktinya."
    return wrong


def _check_page(session: Session, actor: Actor, document_id: int, page: int | None) -> None:
    document = document_by_id(session, actor, document_id)
    if page is None or page > document.page_count:
        raise Invalid(
            "Ada isian yang belum benar.", {"halaman": f"Dokumen itu hanya mempunyai {document.page_count} halaman."}
        )


def _reason(text: str) -> str:
    reason = " ".join(text.split())
    if len(reason) > LONGEST_REASON:
        raise Invalid("Alasan terlalu panjang.", {"alasan": f"Paling panjang {LONGEST_REASON} huruf."})
    return reason


def _record(session: Session, actor: Actor, action: str, bond: RegulationRelation, detail: str) -> None:
    told = f"{bond.kind} {bond.to_text}" + (f": {detail}" if detail else "")
    source = session.get_one(Regulation, bond.from_id)
    audit.record(session, actor, action, ("peraturan", source.id), wilayah=source.wilayah, detail=told)
