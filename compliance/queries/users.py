"""Reads about people."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from compliance.actor import Action, Actor
from compliance.errors import NotFound
from compliance.models import User


def all_users(session: Session, actor: Actor) -> Sequence[User]:
    """Every account by name, with memberships."""
    actor.require(Action.KELOLA)
    return session.scalars(select(User).order_by(User.nama, User.id)).all()


def user_by_email(session: Session, actor: Actor, email: str) -> User:
    """Raises NotFound where nobody has that address."""
    actor.require(Action.KELOLA)
    user = session.scalar(select(User).where(User.email == email.strip().lower()))
    if user is None:
        raise NotFound(f"Tidak ada akun dengan surel {email}.")
    return user


def user_count(session: Session) -> int:
    return session.scalar(select(func.count(User.id))) or 0
