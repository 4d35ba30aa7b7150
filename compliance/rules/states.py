"""What the tracker's rules answer: the state of one region on one day, with the claims behind it.

None means nobody has looked ("belum diperiksa") or the source does not say; it is never zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from compliance.rules.facts import Fact


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure comes from: the claim, what it names as its source, the page where a document is held.

    `on` is None where the source prints no date.
    """

    claim: int
    text: str
    document_id: int | None
    page: int | None
    on: date | None
    precision: str
    told_on: date | None
    title: str


@dataclass(frozen=True, slots=True)
class Flag:
    """A contradiction or doubt to be answered, never an error. `claims` are the rows that raise it."""

    code: str
    text: str
    claims: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class RegulationState:
    """R of a region on a day. `rung` None: belum diperiksa, or claims that support no rung (then `sources` lists them).

    `since` is the first day the state is attested, `confirmed_on` the last claim for it, `age_days` counts from that.
    `draft_stage` is the stage of the draft that is the state itself (R2) or stands above what is in force.
    """

    rung: str | None
    label: str
    bentuk: str | None
    nomor: str | None
    tahun: int | None
    regulation_id: int | None
    since: date | None
    since_precision: str
    confirmed_on: date | None
    age_days: int | None
    has_draft: bool
    draft_stage: str | None
    draft_source: Source | None
    note: str
    sources: tuple[Source, ...]

    @property
    def claims(self) -> tuple[int, ...]:
        return tuple(source.claim for source in self.sources)


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """One claim of a budget line. `monthly_rupiah` is amount ÷ (persons × months), unrounded; None where one is unknown."""

    rung: str | None
    title: str
    segment: str | None
    fund: str | None
    amount_rupiah: int | None
    persons: int | None
    months: int | None
    monthly_rupiah: Decimal | None
    is_coverage: bool
    is_conflicting: bool
    source: Source


@dataclass(frozen=True, slots=True)
class BudgetState:
    """B of a region in a fiscal year: the highest line, behind it all. `rung` None with lines: no line supports a rung."""

    year: int
    rung: str | None
    lines: tuple[BudgetLine, ...]
    since: date | None
    age_days: int | None

    @property
    def claims(self) -> tuple[int, ...]:
        return tuple(line.source.claim for line in self.lines)

    @property
    def is_conflicting(self) -> bool:
        return any(line.is_conflicting for line in self.lines)


@dataclass(frozen=True, slots=True)
class CoverageState:
    """Coverage of one segment on a day. `percent` is computed where both counts are known, else as printed; never clamped.

    `rivals` are the claims that disagree with the one shown, with their own figures.
    """

    segment: str | None
    percent: Decimal | None
    percent_printed: Decimal | None
    percent_text: str | None
    is_computed: bool
    participants: int | None
    eligible: int | None
    denominator: str | None
    on: date
    precision: str
    age_days: int
    source: Source
    rivals: tuple[CoverageState, ...] = ()

    @property
    def is_conflicting(self) -> bool:
        return bool(self.rivals)


def source_of(fact: Fact) -> Source:
    return Source(
        claim=fact.claim,
        text=fact.source,
        document_id=fact.document_id,
        page=fact.page,
        on=fact.valid_from,
        precision=fact.precision,
        told_on=fact.told_on,
        title=fact.title,
    )
