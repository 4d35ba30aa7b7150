"""What people keep of searching: saved searches with the matches told of, and reports of searches that failed them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from compliance.db import Base, UtcDateTime


class SavedSearch(Base):
    """A person's question to be asked again. `filters` maps names of facets to chosen values, and may hold `dalam`.

    `checked_at` is when matches were last looked for; None where never: what is found then is what was there already.
    """

    __tablename__ = "saved_search"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text)
    filters: Mapped[dict[str, list[str]]] = mapped_column(JSON, default=dict)
    sort: Mapped[str] = mapped_column(String(20))
    is_mailed: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    checked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    matches: Mapped[list[SavedSearchMatch]] = relationship(back_populates="saved", cascade="all, delete-orphan")


class SavedSearchMatch(Base):
    """A unit of the index ("d12", "r3") that a saved search found, once and for ever.

    `seen_at` is when its person saw it; what was there when the search was saved is seen from the start. `mailed_at` is
    when a mail that tells of it was handed over.
    """

    __tablename__ = "saved_search_match"
    __table_args__ = (UniqueConstraint("saved_id", "unit"),)
    audited = False

    id: Mapped[int] = mapped_column(primary_key=True)
    saved_id: Mapped[int] = mapped_column(ForeignKey("saved_search.id"))
    unit: Mapped[str] = mapped_column(String(20))
    first_seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    mailed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    saved: Mapped[SavedSearch] = relationship(back_populates="matches")


class SearchMail(Base):
    """The one mail a person gets on a day. `sent_at` is None while it is being sent, or where the sender died doing so."""

    __tablename__ = "search_mail"
    __table_args__ = (UniqueConstraint("user_id", "day"),)
    audited = False

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    day: Mapped[date]
    leased_until: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SearchReport(Base):
    """Somebody's report that a search failed: what was asked, how many were found then, and what was expected instead.

    `resolution` is what an administrator did about it; None while it waits.
    """

    __tablename__ = "search_report"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    filters: Mapped[dict[str, list[str]]] = mapped_column(JSON, default=dict)
    total_at_time: Mapped[int]
    expected: Mapped[str] = mapped_column(Text)
    expected_document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    expected_regulation_id: Mapped[int | None] = mapped_column(ForeignKey("regulation.id"))
    expected_page: Mapped[int | None]
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    resolution: Mapped[str | None] = mapped_column(Text)
    resolved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
