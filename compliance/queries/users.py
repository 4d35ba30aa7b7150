"""Reads about people."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from compliance.actor import Action, Actor
from compliance.errors import NotFound
from compliance.models import User


def all_users(session: Session, actor: Actor) -> Sequence[User]:
    """Every account that the actor manages, by name, with memberships."""
    actor.require(Action.KELOLA)
    users = session.scalars(select(User).order_by(User.nama, User.id))
    return [user for user in users if _manages(actor, user)]


def user_by_id(session: Session, actor: Actor, user_id: int) -> User:
    """Raises NotFound where there is no such account, or it is not the actor's to manage."""
    actor.require(Action.KELOLA)
    user = session.get(User, user_id)
    if user is None or not _manages(actor, user):
        raise NotFound("Akun itu tidak ada.")
    return user


def user_by_email(session: Session, actor: Actor, email: str) -> User:
    """Raises NotFound where nobody whom the actor manages has that address."""
    actor.require(Action.KELOLA)
    user = session.scalar(select(User).where(User.email == email.strip().lower()))
    if user is None or not _manages(actor, user):
        raise NotFound(f"Tidak ada akun dengan surel {email}.")
    return user


def _manages(actor: Actor, user: User) -> bool:
    """Whether every role of the account lies where the actor manages; an account without roles is any administrator's."""
    return all(actor.may(Action.KELOLA, held.wilayah) for held in user.memberships)


def user_count(session: Session) -> int:
    return session.scalar(select(func.count(User.id))) or 0
