"""Reads about keys of programs: one's own, and whose a secret is."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from compliance.actor import Actor
from compliance.models import ApiToken, User


def secret_hash(secret: str) -> str:
    """What is kept of a secret. It is random and long, so a plain hash can't be guessed backwards."""
    return hashlib.sha256(secret.encode()).hexdigest()


def own_tokens(session: Session, actor: Actor) -> Sequence[ApiToken]:
    """The actor's keys that work, newest first."""
    chosen = select(ApiToken).where(ApiToken.user_id == actor.user_id, ApiToken.revoked_at.is_(None))
    return session.scalars(chosen.order_by(ApiToken.id.desc())).all()


def user_of_token(session: Session, secret: str) -> User | None:
    """Whose key this is; None for one unknown or revoked, and for a closed account."""
    chosen = select(User).join(ApiToken, ApiToken.user_id == User.id)
    works = (ApiToken.hash == secret_hash(secret), ApiToken.revoked_at.is_(None), User.active.is_(True))
    return session.scalar(chosen.where(*works))
