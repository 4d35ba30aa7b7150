"""Who changed what, when. Rows are added in the transaction of the change and never altered."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from compliance.db import Base, UtcDateTime, keep_as_recorded


class AuditRow(Base):
    """`actor_id` is None for the program itself; `actor_name` keeps the name as it was. `detail` is a sentence."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    actor_name: Mapped[str] = mapped_column(String(120))
    action: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(60))
    subject_id: Mapped[str] = mapped_column(String(80))
    wilayah: Mapped[str | None] = mapped_column(String(5), index=True)
    detail: Mapped[str] = mapped_column(Text, default="")


keep_as_recorded(AuditRow)
