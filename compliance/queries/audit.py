"""The trace of changes."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from compliance.actor import Action, Actor
from compliance.models import AuditRow
from compliance.queries.scopes import readable


def recent_changes(
    session: Session, actor: Actor, *, limit: int = 200, before_id: int | None = None
) -> Sequence[AuditRow]:
    """The latest audit rows of the regions the actor reads, newest first; those about accounts only for administrators."""
    chosen = select(AuditRow).order_by(AuditRow.id.desc()).limit(limit)
    if before_id is not None:
        chosen = chosen.where(AuditRow.id < before_id)
    if not actor.may(Action.KELOLA):
        chosen = chosen.where(AuditRow.subject != "pengguna")
    if actor.read_scopes() is not None:  # what was done for no region yet may turn out to be another province's
        chosen = chosen.where(AuditRow.wilayah.is_not(None), readable(actor, AuditRow.wilayah))
    return session.scalars(chosen).all()
