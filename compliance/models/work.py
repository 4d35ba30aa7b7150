"""Pending work: bookkeeping of the machine, without audit rows."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from compliance.db import Base, UtcDateTime


class Work(Base):
    """Something still to be done. `kind` is baca (read this document). A lease that ran out may be taken by anyone.

    `state`: menunggu, dikerjakan, selesai, gagal. `pages_done` of `pages_total` tells how far the reading under way has come.
    """

    __tablename__ = "work"
    __table_args__ = (UniqueConstraint("kind", "document_id"),)
    audited = False

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    state: Mapped[str] = mapped_column(String(20), default="menunggu", index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    worker: Mapped[str | None] = mapped_column(String(60))
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    error: Mapped[str | None] = mapped_column(Text)
    pages_done: Mapped[int] = mapped_column(default=0)
    pages_total: Mapped[int | None]
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Heartbeat(Base):
    """A worker that runs: it says so every few seconds and takes its row away when it ends in order."""

    __tablename__ = "heartbeat"
    audited = False

    worker: Mapped[str] = mapped_column(String(60), primary_key=True)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
