"""Brings published observations into the record as claims; what can't be placed waits for a person."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from compliance.actor import NATIONAL, Action, Actor
from compliance.data.files import csv_rows
from compliance.data.observations import ObservationRow, observation_row, observations
from compliance.data.region_names import match_region
from compliance.db import now
from compliance.errors import Invalid, NotFound
from compliance.models import (
    AgreementClaim,
    BudgetClaim,
    Claim,
    CountClaim,
    CoverageClaim,
    Region,
    StageClaim,
    TargetClaim,
    UnmatchedRow,
)
from compliance.services import audit
from compliance.services.known_regulations import KnownRegulations, NamedAct

FILE = "observations.csv"


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many claims were added this time, and how many rows wait for a person in all."""

    claims: int
    unmatched: int


def load_observations(session: Session, actor: Actor) -> Loaded:
    """Adds the rows of observations.csv that are not there yet; repeating it adds nothing."""
    actor.require(Action.CATAT, NATIONAL)
    held = {*session.scalars(select(Claim.external_id)), *session.scalars(select(UnmatchedRow.external_id))}
    missing = [row for row in observations() if row.id not in held]
    placed = [row for row in missing if row.wilayah is not None]
    session.add_all(_claims(session, placed, actor))
    session.add_all(_unmatched(row for row in missing if row.wilayah is None))
    session.flush()
    if missing:
        audit.record(session, actor, "memuat catatan", ("catatan", FILE), detail=f"{len(missing)} baris dari {FILE}")
    waiting = session.scalars(select(UnmatchedRow.id).where(UnmatchedRow.claim_id.is_(None))).all()
    return Loaded(len(placed), len(waiting))


def resolve_unmatched(session: Session, actor: Actor, row_id: int, wilayah: str) -> Claim:
    """The claim made of a waiting row, for the region that a person decided it speaks of.

    Raises:
        NotFound: no such row, already decided, or not the actor's to read.
        Invalid: no such region.
        Forbidden: the actor does not record for that region, or not for the one suggested.
    """
    waiting = session.get(UnmatchedRow, row_id)
    if waiting is None or waiting.claim_id is not None or not actor.reads(waiting.suggested):
        raise NotFound("Baris itu tidak ada atau sudah diputuskan.")
    if session.get(Region, wilayah) is None:
        raise Invalid("Wilayah belum dipilih.", {"wilayah": "Pilih wilayah dari daftar."})
    actor.require(Action.CATAT, wilayah)
    actor.require(Action.CATAT, waiting.suggested or wilayah)
    row = observation_row({**waiting.row, "wilayah": wilayah})
    [claim] = _claims(session, [row], actor)
    session.add(claim)
    session.flush()
    waiting.claim_id = claim.id
    detail = f"“{waiting.printed_name}” dicatat sebagai {wilayah}"
    audit.record(session, actor, "menempatkan baris", ("catatan", claim.id), wilayah=wilayah, detail=detail)
    return claim


def _claims(session: Session, rows: Iterable[ObservationRow], actor: Actor) -> list[Claim]:
    moment = now()
    acts = KnownRegulations(session)
    return [MAKERS[row.jenis](row, _shared(row, actor, moment), acts) for row in rows]


def _shared(row: ObservationRow, actor: Actor, moment: datetime) -> dict[str, Any]:
    """What every claim takes from the row. A regulation's year is its own, not a period."""
    return {
        "wilayah": row.wilayah,
        "segment": row.segmen,
        "period": None if row.jenis == "regulation" else row.tahun,
        "title": row.judul,
        "valid_from": row.valid_from,
        "date_precision": row.ketelitian or "",
        "told_on": row.told_on,
        "recorded_at": moment,
        "author_id": actor.user_id,
        "source": row.sumber,
        "printed_name": row.nama,
        "note": row.catatan or "",
        "conflict_group": row.kelompok_konflik,
        "external_id": row.id,
    }


def _stage(row: ObservationRow, shared: dict[str, Any], acts: KnownRegulations) -> Claim:
    named = NamedAct(
        wilayah=shared["wilayah"],
        bentuk=row.bentuk,
        nomor=row.nomor,
        tahun=row.tahun,
        judul=row.judul,
        sumber=row.sumber,
        catatan=row.catatan or "",
    )
    regulation = acts.named(named)
    return StageClaim(
        **shared,
        bentuk=row.bentuk,
        nomor=row.nomor,
        tahun=row.tahun,
        rung=row.tangga,
        stage=row.tahap,
        regulation_id=None if regulation is None else regulation.id,
    )


def _budget(row: ObservationRow, shared: dict[str, Any], _acts: KnownRegulations) -> Claim:
    return BudgetClaim(
        **shared,
        rung=row.tangga,
        amount_rupiah=row.rupiah,
        persons=row.orang,
        months=row.bulan,
        fund=row.dana,
        payer=row.pembayaran,
    )


def _coverage(row: ObservationRow, shared: dict[str, Any], _acts: KnownRegulations) -> Claim:
    return CoverageClaim(
        **shared,
        participants=row.orang,
        eligible=row.penyebut_orang,
        denominator=row.penyebut,
        percent=row.persen,
        percent_text=row.persen_teks,
        rung=row.tangga,
        fund=row.dana,
    )


def _target(row: ObservationRow, shared: dict[str, Any], _acts: KnownRegulations) -> Claim:
    return TargetClaim(
        **shared,
        persons=row.orang,
        of_persons=row.penyebut_orang,
        denominator=row.penyebut,
        percent=row.persen,
        percent_text=row.persen_teks,
        fund=row.dana,
        payer=row.pembayaran,
    )


def _agreement(row: ObservationRow, shared: dict[str, Any], _acts: KnownRegulations) -> Claim:
    return AgreementClaim(**shared, bentuk=row.bentuk, nomor=row.nomor, tahun=row.tahun)


def _count(row: ObservationRow, shared: dict[str, Any], _acts: KnownRegulations) -> Claim:
    return CountClaim(
        **shared,
        number=row.orang,
        of_number=row.penyebut_orang,
        denominator=row.penyebut,
        text=row.persen_teks,
        percent=row.persen,
    )


MAKERS: dict[str, Callable[[ObservationRow, dict[str, Any], KnownRegulations], Claim]] = {
    "regulation": _stage,
    "budget": _budget,
    "coverage": _coverage,
    "target": _target,
    "agreement": _agreement,
    "count": _count,
}
"""The kind of claim for each kind of row."""


def _unmatched(rows: Iterable[ObservationRow]) -> list[UnmatchedRow]:
    wanted = {row.id: row for row in rows}
    raw = [line for line in csv_rows(FILE) if line["id"] in wanted] if wanted else []
    return [_waiting(line, wanted[line["id"]]) for line in raw]


def _waiting(line: dict[str, str], row: ObservationRow) -> UnmatchedRow:
    match = match_region(row.nama, row.provinsi)
    return UnmatchedRow(
        external_id=row.id,
        printed_name=row.nama,
        provinsi=row.provinsi or "",
        suggested=match.saran[0].kode if match.saran else None,
        row=line,
        recorded_at=now(),
    )
