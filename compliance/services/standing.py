"""Keeps the stored legal status, by which lists and search narrow, in step with what the rule of standing says today."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from compliance.actor import NATIONAL, Actor
from compliance.models import Document, Regulation
from compliance.queries.facts import today
from compliance.queries.standing import altering_bonds
from compliance.rules.standing import standing_on, stored_status
from compliance.services import audit

MOST_IDS = 400


def refresh_standings(session: Session, ids: Iterable[int | None]) -> int:
    """These acts and their documents have the status of today, and search is marked where it changed; returns how many acts changed."""
    session.flush()
    wanted = sorted({number for number in ids if number is not None})
    return sum(_refresh(session, wanted[begin : begin + MOST_IDS]) for begin in range(0, len(wanted), MOST_IDS))


def refresh_all_standings(session: Session, actor: Actor) -> int:
    """Every act has the status of today: what ran out yesterday says so. Returns how many acts changed."""
    changed = refresh_standings(session, session.scalars(select(Regulation.id)))
    if changed:
        audit.record(session, actor, "menyesuaikan status", ("peraturan", NATIONAL), detail=f"{changed} peraturan")
    return changed


def _refresh(session: Session, ids: list[int]) -> int:
    bonds, day, changed = altering_bonds(session, ids), today(), 0
    for act in session.scalars(select(Regulation).where(Regulation.id.in_(ids))):
        status = stored_status(standing_on(act, bonds.get(act.id, ()), day))
        if act.status != status:
            act.status = status
            changed += 1
    session.flush()
    for document, status in _differing(session, ids):
        document.status = status
        document.search_hash = hashlib.sha256(f"{document.search_hash} {status}".encode()).hexdigest()
    return changed


def _differing(session: Session, ids: list[int]) -> list[tuple[Document, str | None]]:
    """Documents whose status is not that of their act, with the act's."""
    chosen = (
        select(Document, Regulation.status)
        .join(Regulation, Regulation.id == Document.regulation_id)
        .where(Document.regulation_id.in_(ids), Document.status.is_distinct_from(Regulation.status))
    )
    return [(document, status) for document, status in session.execute(chosen)]
