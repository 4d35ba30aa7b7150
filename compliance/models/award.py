"""Paritrana Award: editions with their indicators, and scores that say who gave them and from what."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from compliance.db import Base, DecimalText, UtcDateTime, keep_as_recorded


class AwardEdition(Base):
    """One edition with its instrument. `label` is what newspapers call it, the period what is assessed. `is_official`
    stays False ("bukan bobot resmi") until an official weighting is entered."""

    __tablename__ = "award_edition"

    kode: Mapped[str] = mapped_column(String(40), primary_key=True)
    nama: Mapped[str] = mapped_column(String(120))
    label: Mapped[str] = mapped_column(String(60))
    period_from: Mapped[date | None]
    period_to: Mapped[date | None]
    level: Mapped[str] = mapped_column(String(30))
    organiser: Mapped[str | None] = mapped_column(String(200))
    wilayah: Mapped[str] = mapped_column(ForeignKey("region.kode"))
    is_official: Mapped[bool] = mapped_column(default=False)
    sumber: Mapped[str | None] = mapped_column(Text)
    catatan: Mapped[str | None] = mapped_column(Text)

    indicators: Mapped[list[Indicator]] = relationship(back_populates="edition", order_by="Indicator.urutan")


class Indicator(Base):
    """`maximum` None: not published. `method`: otomatis (by `formula`) or manual. `formula` is data, read by rules/scores.py.

    `evidence` lists what a candidate is asked for: [{"teks", "sourced"}].
    """

    __tablename__ = "indicator"
    __table_args__ = (UniqueConstraint("edition_kode", "kode"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_kode: Mapped[str] = mapped_column(ForeignKey("award_edition.kode"))
    kode: Mapped[str] = mapped_column(String(40))
    urutan: Mapped[int]
    nama: Mapped[str] = mapped_column(Text)
    maximum: Mapped[Decimal | None] = mapped_column(DecimalText)
    method: Mapped[str] = mapped_column(String(10))
    formula: Mapped[dict[str, str] | None] = mapped_column(JSON)
    evidence: Mapped[list[dict[str, object]]] = mapped_column(JSON, default=list)
    note: Mapped[str] = mapped_column(Text, default="")

    edition: Mapped[AwardEdition] = relationship(back_populates="indicators")


class Score(Base):
    """A score entered for a region's indicator. Never overwritten: the latest of a `track` counts, on the panel each member's.

    `track`: mandiri, verifikator, panel, terbit (printed by the organiser).
    """

    __tablename__ = "score"

    id: Mapped[int] = mapped_column(primary_key=True)
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"), index=True)
    wilayah: Mapped[str] = mapped_column(ForeignKey("region.kode"), index=True)
    track: Mapped[str] = mapped_column(String(20))
    value: Mapped[Decimal] = mapped_column(DecimalText)
    note: Mapped[str] = mapped_column(Text, default="")
    source: Mapped[str] = mapped_column(Text, default="")
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    page: Mapped[int | None]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)

    indicator: Mapped[Indicator] = relationship()


keep_as_recorded(Score)
