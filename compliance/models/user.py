"""People, and what they may do where. The accounts library (Flask-Security) sees only User."""

from __future__ import annotations

from datetime import datetime

from flask_security.core import RoleMixin, UserMixin
from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from compliance.actor import Actor, Grant, Role
from compliance.db import Base, UtcDateTime


class User(Base, UserMixin):
    """An account. `password` is an argon2 hash, or None until its owner has made one. Nobody is deleted, only made inactive."""

    __tablename__ = "user_account"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(255), unique=True)
    nama: Mapped[str] = mapped_column(String(120))
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    link_nonce: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    memberships: Mapped[list[Membership]] = relationship(back_populates="user", lazy="selectin")
    # The accounts library asks for this by name; Patuh itself decides by `actor`.
    roles: Mapped[list[Membership]] = relationship(viewonly=True)  # type: ignore[assignment]

    def actor(self) -> Actor:
        grants = tuple(Grant(Role(membership.role), membership.wilayah) for membership in self.memberships)
        return Actor(self.id, self.nama, grants)


class Membership(Base, RoleMixin):
    """A role in a region: "operator wilayah" of 62.06, "penilai" of 52, "administrator" of 00."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("user_id", "role", "wilayah"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    role: Mapped[str] = mapped_column(String(30))
    wilayah: Mapped[str] = mapped_column(ForeignKey("region.kode"))

    user: Mapped[User] = relationship(back_populates="memberships")

    @property
    def name(self) -> str:  # type: ignore[override]
        """The role's name, for the accounts library."""
        return self.role
