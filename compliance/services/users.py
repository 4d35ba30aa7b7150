"""People: making an account, giving roles, one-time sign-in links, passwords."""

from __future__ import annotations

import secrets

from sqlalchemy import select
from sqlalchemy.orm import Session

from compliance.actor import Action, Actor, Role
from compliance.db import now
from compliance.errors import Invalid, NotFound
from compliance.models import Membership, Region, User
from compliance.queries.users import user_by_id
from compliance.services import audit

LONGEST_NAME = 120


def add_user(session: Session, actor: Actor, *, email: str, nama: str) -> User:
    """Makes an account without password or role.

    Raises:
        Invalid: no e-mail address, or one that already has an account.
    """
    actor.require(Action.KELOLA)
    email = email.strip().lower()
    if "@" not in email or len(email) > 255:
        raise Invalid("Alamat surel belum benar.", {"email": "Tulis alamat surel, misalnya nama@kabupaten.go.id."})
    if not nama.strip():
        raise Invalid("Nama belum diisi.", {"nama": "Tulis nama orangnya."})
    if len(nama.strip()) > LONGEST_NAME:
        raise Invalid("Nama terlalu panjang.", {"nama": f"Paling panjang {LONGEST_NAME} huruf."})
    if session.scalar(select(User).where(User.email == email)):
        raise Invalid("Surel itu sudah punya akun.", {"email": "Surel ini sudah punya akun."})
    user = User(email=email, nama=nama.strip(), active=True, fs_uniquifier=secrets.token_urlsafe(32), created_at=now())
    session.add(user)
    session.flush()
    audit.record(session, actor, "membuat akun", ("pengguna", user.id), detail=email)
    return user


def grant_role(session: Session, actor: Actor, user: User, role: Role, wilayah: str) -> Membership:
    """Gives a role in a region; giving it twice changes nothing.

    Raises:
        Invalid: no such region.
    """
    actor.require(Action.KELOLA, wilayah)
    if session.get(Region, wilayah) is None:
        raise Invalid(f"Kode wilayah {wilayah} tidak dikenal.", {"wilayah": "Pilih dari daftar."})
    for held in user.memberships:
        if (held.role, held.wilayah) == (role.value, wilayah):
            return held
    membership = Membership(role=role.value, wilayah=wilayah)
    user.memberships.append(membership)
    detail = f"{role.value} untuk {user.email}"
    audit.record(session, actor, "memberi peran", ("pengguna", user.id), wilayah=wilayah, detail=detail)
    return membership


def set_active(session: Session, actor: Actor, user_id: int, *, active: bool) -> User:
    """Opens or closes an account; a closed one is signed out everywhere.

    Raises:
        NotFound: no such account, or not the actor's to manage.
        Invalid: the actor's own account.
    """
    user = user_by_id(session, actor, user_id)
    if user.id == actor.user_id:
        raise Invalid("Akun sendiri tidak bisa ditutup; mintalah administrator lain.")
    user.active = active
    user.fs_uniquifier = secrets.token_urlsafe(32)
    audit.record(session, actor, "membuka akun" if active else "menutup akun", ("pengguna", user.id), detail=user.email)
    return user


def issue_link(session: Session, actor: Actor, user: User) -> str:
    """A new secret that signs `user` in once; any earlier one stops working.

    Raises:
        Forbidden: the user has a role where the actor manages nobody: the link would lend the actor that role.
    """
    actor.require(Action.KELOLA)
    for held in user.memberships:
        actor.require(Action.KELOLA, held.wilayah)
    user.link_nonce = secrets.token_urlsafe(24)
    audit.record(session, actor, "membuat tautan masuk", ("pengguna", user.id), detail=user.email)
    return user.link_nonce


def redeem_link(session: Session, nonce: str) -> User:
    """The user whom this secret signs in; it can't be used again.

    Raises:
        NotFound: unknown, used, replaced, or of a closed account.
    """
    user = session.scalar(select(User).where(User.link_nonce == nonce, User.active.is_(True)).with_for_update(of=User))
    if user is None:
        raise NotFound("Tautan masuk ini sudah dipakai atau diganti. Mintalah tautan baru kepada administrator.")
    user.link_nonce = None
    audit.record(session, user.actor(), "masuk dengan tautan", ("pengguna", user.id))
    return user


def set_password_hash(session: Session, actor: Actor, user: User, password_hash: str) -> None:
    """Stores a new password hash and signs out every other session of the user."""
    user.password = password_hash
    user.fs_uniquifier = secrets.token_urlsafe(32)
    audit.record(session, actor, "mengganti kata sandi", ("pengguna", user.id))
