"""Brings the shipped catalogue of national instruments into the database."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from compliance.actor import NATIONAL, Actor
from compliance.data import instruments as data
from compliance.db import now
from compliance.models import Obligation, Regulation, RegulationRelation
from compliance.services import audit


def load_catalogue(session: Session, actor: Actor) -> int:
    """Adds instruments, obligations and relations that are not there yet; returns how many instruments."""
    rows = data.instruments()
    held = {regulation.slug: regulation for regulation in session.scalars(select(Regulation).where(Regulation.is_catalogue))}
    added = [row for row in rows if row.kode not in held]
    for row in added:
        held[row.kode] = _regulation(row)
        session.add(held[row.kode])
    session.flush()
    for row in added:
        session.add_all(_relations(row, held))
    if added:
        audit.record(session, actor, "memuat katalog peraturan", ("peraturan", NATIONAL), detail=f"{len(added)} peraturan")
    return len(added)
