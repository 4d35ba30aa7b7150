"""Leaves a trace of every change, in the transaction of the change."""

from __future__ import annotations

from sqlalchemy.orm import Session

from compliance.actor import Actor
from compliance.db import now
from compliance.models import AuditRow


def record(
    session: Session,
    actor: Actor,
    action: str,
    subject: tuple[str, object],
    *,
    wilayah: str | None = None,
    detail: str = "",
) -> None:
    """Adds the audit row that says `actor` did `action` to `subject` (a noun and its id)."""
    noun, key = subject
    session.add(
        AuditRow(
            at=now(),
            actor_id=actor.user_id,
            actor_name=actor.name,
            action=action,
            subject=noun,
            subject_id=str(key),
            wilayah=wilayah,
            detail=detail,
        )
    )
