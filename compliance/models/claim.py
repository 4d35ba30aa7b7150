"""Claims: what a source says about a region, dated, never altered; and which of several a person chose.

A claim's subject is (wilayah, measure, segment, period). It holds from `valid_from`, the first date it is attested, until a later claim.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from compliance.db import Base, DecimalText, UtcDateTime, keep_as_recorded
from compliance.models.document import Document


class Claim(Base):
    """What every claim has. `measure`: regulasi, anggaran, cakupan, target, perjanjian, jumlah.

    `period` is the year it speaks of (fiscal year of a budget), None where the source prints none. `date_precision`: hari, bulan,
    tahun; a bare month counts from its first day, a bare year from 31 December (docs/decisions/0004-dates-of-claims.md). `valid_from`
    is None, and `date_precision` empty, where the source prints no date: such a claim holds on no day. `wilayah` is the region,
    `printed_name` the name as the source has it. The source is a held document with its page, or an address or named report in `source`.
    `external_id` is the id in the file it was loaded from.
    """

    __tablename__ = "claim"
    __table_args__ = (Index("ix_claim_subject", "wilayah", "measure", "segment", "period"),)
    __mapper_args__ = {"polymorphic_on": "measure"}

    id: Mapped[int] = mapped_column(primary_key=True)
    measure: Mapped[str] = mapped_column(String(20))
    wilayah: Mapped[str] = mapped_column(ForeignKey("region.kode"), index=True)
    segment: Mapped[str | None] = mapped_column(String(120))
    period: Mapped[int | None]
    title: Mapped[str] = mapped_column(Text, default="")
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    date_precision: Mapped[str] = mapped_column(String(10))
    told_on: Mapped[date | None]
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    source: Mapped[str] = mapped_column(Text)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    page: Mapped[int | None]
    printed_name: Mapped[str] = mapped_column(Text, default="")
    note: Mapped[str] = mapped_column(Text, default="")
    conflict_group: Mapped[str | None] = mapped_column(String(80), index=True)
    external_id: Mapped[str | None] = mapped_column(String(40), unique=True)

    document: Mapped[Document | None] = relationship()

    @property
    def subject(self) -> tuple[str, str, str | None, int | None]:
        return (self.wilayah, self.measure, self.segment, self.period)


class StageClaim(Claim):
    """A regulation stands at a rung (R0-R4) and, as a draft, at a stage. `rung` None: the source supports no rung."""

    __tablename__ = "claim_stage"
    __mapper_args__ = {"polymorphic_identity": "regulasi"}

    id: Mapped[int] = mapped_column(ForeignKey("claim.id"), primary_key=True)
    rung: Mapped[str | None] = mapped_column(String(2))
    stage: Mapped[str | None] = mapped_column(String(20))
    bentuk: Mapped[str | None] = mapped_column(String(120))
    nomor: Mapped[str | None] = mapped_column(String(80))
    tahun: Mapped[int | None]
    regulation_id: Mapped[int | None] = mapped_column(ForeignKey("regulation.id"))


class BudgetClaim(Claim):
    """A budget line stands at a rung (B0-B5; B6 follows from paid months). Rupiah are integers; months 1-12."""

    __tablename__ = "claim_budget"
    __mapper_args__ = {"polymorphic_identity": "anggaran"}

    id: Mapped[int] = mapped_column(ForeignKey("claim.id"), primary_key=True)
    rung: Mapped[str | None] = mapped_column(String(2))
    amount_rupiah: Mapped[int | None] = mapped_column(BigInteger)
    persons: Mapped[int | None]
    months: Mapped[int | None]
    fund: Mapped[str | None] = mapped_column(String(120))
    payer: Mapped[str | None] = mapped_column(String(120))
    agency: Mapped[str | None] = mapped_column(Text)


class CoverageClaim(Claim):
    """Participants of eligible workers. `percent` is what the source printed; the computed one comes from the counts.

    `percent_text` keeps what was printed where it is no number (">80").
    """

    __tablename__ = "claim_coverage"
    __mapper_args__ = {"polymorphic_identity": "cakupan"}

    id: Mapped[int] = mapped_column(ForeignKey("claim.id"), primary_key=True)
    participants: Mapped[int | None]
    eligible: Mapped[int | None]
    denominator: Mapped[str | None] = mapped_column(Text)
    percent: Mapped[Decimal | None] = mapped_column(DecimalText)
    percent_text: Mapped[str | None] = mapped_column(Text)
    rung: Mapped[str | None] = mapped_column(String(2))
    fund: Mapped[str | None] = mapped_column(String(120))

    @property
    def computed_percent(self) -> Decimal | None:
        """Participants ÷ eligible × 100, unrounded beyond 28 digits; above 100 where the counts say so. None without both counts."""
        if self.participants is None or not self.eligible:
            return None
        return Decimal(self.participants) * 100 / Decimal(self.eligible)


class TargetClaim(Claim):
    """What somebody set out to reach by `period`."""

    __tablename__ = "claim_target"
    __mapper_args__ = {"polymorphic_identity": "target"}

    id: Mapped[int] = mapped_column(ForeignKey("claim.id"), primary_key=True)
    persons: Mapped[int | None]
    of_persons: Mapped[int | None]
    denominator: Mapped[str | None] = mapped_column(Text)
    percent: Mapped[Decimal | None] = mapped_column(DecimalText)
    percent_text: Mapped[str | None] = mapped_column(Text)
    fund: Mapped[str | None] = mapped_column(String(120))
    payer: Mapped[str | None] = mapped_column(String(120))


class AgreementClaim(Claim):
    """A PKS, MoU or the like."""

    __tablename__ = "claim_agreement"
    __mapper_args__ = {"polymorphic_identity": "perjanjian"}

    id: Mapped[int] = mapped_column(ForeignKey("claim.id"), primary_key=True)
    bentuk: Mapped[str | None] = mapped_column(String(120))
    nomor: Mapped[str | None] = mapped_column(String(80))
    tahun: Mapped[int | None]


class CountClaim(Claim):
    """A count of something that is no coverage: workers in a survey, regencies with a regulation, projects."""

    __tablename__ = "claim_count"
    __mapper_args__ = {"polymorphic_identity": "jumlah"}

    id: Mapped[int] = mapped_column(ForeignKey("claim.id"), primary_key=True)
    number: Mapped[int | None]
    of_number: Mapped[int | None]
    denominator: Mapped[str | None] = mapped_column(Text)
    text: Mapped[str | None] = mapped_column(Text)
    percent: Mapped[Decimal | None] = mapped_column(DecimalText)


class Choice(Base):
    """The claim a person holds to be right among those of one subject, with the reason. The latest choice counts."""

    __tablename__ = "choice"

    id: Mapped[int] = mapped_column(primary_key=True)
    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"), index=True)
    reason: Mapped[str] = mapped_column(Text)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)

    claim: Mapped[Claim] = relationship()


class UnmatchedRow(Base):
    """A row offered whose region's name matches none exactly, kept whole with the suggested region until a person decides.

    `claim_id` is set once it became a claim.
    """

    __tablename__ = "unmatched_row"

    id: Mapped[int] = mapped_column(primary_key=True)
    external_id: Mapped[str] = mapped_column(String(40), unique=True)
    printed_name: Mapped[str] = mapped_column(Text)
    provinsi: Mapped[str] = mapped_column(String(80))
    suggested: Mapped[str | None] = mapped_column(ForeignKey("region.kode"))
    row: Mapped[dict[str, str]] = mapped_column(JSON)
    claim_id: Mapped[int | None] = mapped_column(ForeignKey("claim.id"))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)


keep_as_recorded(Claim, Choice)
