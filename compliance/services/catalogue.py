"""Brings the shipped catalogue of national instruments into the database."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from compliance.actor import NATIONAL, Actor
from compliance.data import instruments as data
from compliance.db import now
from compliance.models import Obligation, Regulation, RegulationRelation
from compliance.rules.standing import ACCEPTED
from compliance.services import audit
from compliance.services.relations import point_at
from compliance.services.standing import refresh_all_standings


def load_catalogue(session: Session, actor: Actor) -> int:
    """Adds instruments, obligations and relations that are not there yet; returns how many instruments."""
    rows = data.instruments()
    held = {
        regulation.slug: regulation for regulation in session.scalars(select(Regulation).where(Regulation.is_catalogue))
    }
    added = [row for row in rows if row.kode not in held]
    for row in added:
        held[row.kode] = _regulation(row)
        session.add(held[row.kode])
    session.flush()
    for row in added:
        session.add_all(_relations(row, held))
    for row in added:
        point_at(session, held[row.kode])
    marked = _mark_shipped(session, rows, held)
    refresh_all_standings(session, actor)
    if added or marked:
        audit.record(
            session, actor, "memuat katalog peraturan", ("peraturan", NATIONAL), detail=f"{len(added)} peraturan"
        )
    return len(added)


def _regulation(row: data.InstrumentRow) -> Regulation:
    return Regulation(
        slug=row.kode,
        jenis=row.jenis,
        bentuk=row.bentuk,
        nomor=row.nomor,
        tahun=row.tahun,
        penerbit=row.penerbit,
        judul=row.judul,
        ditetapkan=row.ditetapkan,
        diundangkan=row.diundangkan,
        gazette=row.gazette,
        mulai_berlaku=row.mulai_berlaku,
        berlaku_sampai=row.berlaku_sampai,
        status=row.status,
        catatan=row.catatan,
        sumber=row.sumber,
        unverified=list(row.unverified),
        topik=list(row.topik),
        is_catalogue=True,
        recorded_at=now(),
        obligations=[_obligation(asked) for asked in row.obligations],
    )


def _obligation(row: data.ObligationRow) -> Obligation:
    return Obligation(
        kode=row.kode,
        urutan=row.urutan,
        subjek=row.subjek,
        teks=row.teks,
        pasal=row.pasal,
        is_sourced=row.is_sourced,
        sumber=row.sumber,
    )


def _relations(row: data.InstrumentRow, held: dict[str | None, Regulation]) -> list[RegulationRelation]:
    return [
        RegulationRelation(
            source=held[row.kode],
            kind=bond.jenis,
            target=held.get(bond.ke) if bond.ke else None,
            to_text=bond.teks,
            is_sourced=bond.is_sourced,
            origin="katalog",
            decision=ACCEPTED if bond.is_sourced else None,
        )
        for bond in row.relations
    ]


def _mark_shipped(session: Session, rows: Sequence[data.InstrumentRow], held: dict[str | None, Regulation]) -> int:
    """Relations of the catalogue in homes older than the columns say that they are shipped; returns how many did not."""
    sourced = {(held[row.kode].id, bond.jenis, bond.teks): bond.is_sourced for row in rows for bond in row.relations}
    chosen = select(RegulationRelation).where(
        RegulationRelation.from_id.in_({key[0] for key in sourced}), RegulationRelation.origin == "naskah"
    )
    shipped = [bond for bond in session.scalars(chosen) if (bond.from_id, bond.kind, bond.to_text) in sourced]
    for bond in shipped:
        is_sourced = sourced[bond.from_id, bond.kind, bond.to_text]
        bond.origin, bond.decision = "katalog", bond.decision or (ACCEPTED if is_sourced else None)
    return len(shipped)
