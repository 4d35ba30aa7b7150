"""Keys of programs: making one, taking one back."""

from __future__ import annotations

import secrets

from sqlalchemy.orm import Session

from compliance.actor import Action, Actor
from compliance.db import now
from compliance.errors import Forbidden, Invalid, NotFound
from compliance.models import ApiToken
from compliance.queries.tokens import own_tokens, secret_hash
from compliance.services import audit

LONGEST_NAME, MOST_TOKENS = 80, 10
MARK = "patuh_"
"""Every secret begins with it, so that one that went astray is recognised."""


def make_token(session: Session, actor: Actor, name: str) -> str:
    """The secret of a new key of the actor's own; it is kept nowhere and can't be shown again.

    Raises:
        Invalid: no name, one too long, or ten keys already.
    """
    actor.require(Action.BACA)
    if actor.user_id is None:
        raise Forbidden("Kunci hanya dibuat oleh orang, untuk dirinya sendiri.")
    name = name.strip()
    if not name or len(name) > LONGEST_NAME:
        message = f"Beri nama kunci, paling panjang {LONGEST_NAME} huruf."
        raise Invalid(message, {"nama": message})
    if len(own_tokens(session, actor)) >= MOST_TOKENS:
        message = f"Paling banyak {MOST_TOKENS} kunci. Cabut dulu yang tidak dipakai."
        raise Invalid(message, {"nama": message})
    secret = MARK + secrets.token_urlsafe(32)
    token = ApiToken(user_id=actor.user_id, name=name, hash=secret_hash(secret), created_at=now())
    session.add(token)
    session.flush()
    audit.record(session, actor, "membuat kunci program", ("kunci", token.id), detail=name)
    return secret


def revoke_token(session: Session, actor: Actor, token_id: int) -> None:
    """The key no longer works; taking it back twice changes nothing.

    Raises:
        NotFound: no such key, or not the actor's own.
    """
    token = session.get(ApiToken, token_id)
    if token is None or token.user_id != actor.user_id:
        raise NotFound("Kunci itu tidak ada, atau bukan milik Anda.")
    if token.revoked_at is None:
        token.revoked_at = now()
        audit.record(session, actor, "mencabut kunci program", ("kunci", token.id), detail=token.name)
