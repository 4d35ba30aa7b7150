"""What the tracker's pages and commands are given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from compliance.models import Claim, Region
from compliance.rules.ladders import BUDGET_RUNGS, REGULATION_RUNGS, in_force
from compliance.rules.states import BudgetState, CoverageState, Flag, RegulationState, Source


@dataclass(frozen=True, slots=True)
class RegionRow:
    """One region on one day. `budgets` has every year of the matrix; a year without lines has rung None."""

    kode: str
    nama: str
    jenis: str
    regulation: RegulationState
    budgets: dict[int, BudgetState]
    coverage: CoverageState | None
    flags: tuple[Flag, ...]
    claim_count: int

    @property
    def sources(self) -> tuple[Source, ...]:
        """The source of every figure in the row, each claim once."""
        found = list(self.regulation.sources)
        if self.regulation.draft_source is not None:
            found.append(self.regulation.draft_source)
        found += [line.source for state in self.budgets.values() for line in state.lines]
        if self.coverage is not None:
            found += [self.coverage.source, *(rival.source for rival in self.coverage.rivals)]
        return tuple({source.claim: source for source in found}.values())


@dataclass(frozen=True, slots=True)
class CrossTable:
    """R against B in one year: the codes of the regions in each cell; None is belum diperiksa."""

    year: int
    cells: Mapping[tuple[str | None, str | None], tuple[str, ...]]

    @property
    def regulation_rungs(self) -> tuple[str | None, ...]:
        return (*reversed(REGULATION_RUNGS), None)

    @property
    def budget_rungs(self) -> tuple[str | None, ...]:
        return (*BUDGET_RUNGS, None)

    def regions(self, regulation: str | None, budget: str | None) -> tuple[str, ...]:
        return self.cells.get((regulation, budget), ())

    def count(self, regulation: str | None, budget: str | None) -> int:
        return len(self.regions(regulation, budget))


@dataclass(frozen=True, slots=True)
class CoverageTotal:
    """Sum of participants ÷ sum of potentials over the `regions` kabupaten/kota (of `of_regions`) that have both counts."""

    participants: int
    eligible: int
    regions: int
    of_regions: int
    denominators: tuple[str, ...]

    @property
    def percent(self) -> Decimal | None:
        return Decimal(self.participants) * 100 / Decimal(self.eligible) if self.eligible else None


@dataclass(frozen=True, slots=True)
class ProvinceMatrix:
    """A province on one day: its own row, outside "n of", and its kabupaten/kota by code."""

    region: Region
    per: date
    diketahui: datetime
    own: RegionRow
    rows: tuple[RegionRow, ...]
    years: tuple[int, ...]
    coverage_total: CoverageTotal | None

    @property
    def regulated(self) -> tuple[RegionRow, ...]:
        """Kabupaten/kota with a Perkada or Perda in force."""
        return tuple(row for row in self.rows if in_force(row.regulation.rung))

    @property
    def without_regulation_looked(self) -> tuple[RegionRow, ...]:
        """Kabupaten/kota where somebody looked and nothing is in force."""
        return tuple(row for row in self.rows if row.regulation.rung is not None and not in_force(row.regulation.rung))

    @property
    def regulation_unexamined(self) -> tuple[RegionRow, ...]:
        return tuple(row for row in self.rows if row.regulation.rung is None)

    def budget_unexamined(self, year: int) -> tuple[RegionRow, ...]:
        return tuple(row for row in self.rows if row.budgets[year].rung is None)

    def budgeted(self, year: int) -> tuple[RegionRow, ...]:
        """Kabupaten/kota whose budget of that year stands at B2 or higher."""
        return tuple(row for row in self.rows if (row.budgets[year].rung or "") >= "B2")

    def cross(self, year: int) -> CrossTable:
        cells: dict[tuple[str | None, str | None], tuple[str, ...]] = {}
        for row in self.rows:
            key = (row.regulation.rung, row.budgets[year].rung)
            cells[key] = (*cells.get(key, ()), row.kode)
        return CrossTable(year, cells)


@dataclass(frozen=True, slots=True)
class ProvinceSummary:
    """One province in the national overview. `own_rung` is of the province itself; the counts are of its kabupaten/kota."""

    kode: str
    nama: str
    own_rung: str | None
    own_draft_stage: str | None
    regions: int
    regulated: int
    drafting: int
    regulation_unexamined: int
    budgeted: int
    budget_unexamined: int
    flagged: int
    claim_count: int
    coverage: CoverageState | None
    """Of the province itself, never made of its kabupaten/kota."""


@dataclass(frozen=True, slots=True)
class NationalOverview:
    """All provinces the actor reads, by code. Budget counts are of `year`; `coverage` is of the nation itself."""

    per: date
    diketahui: datetime
    year: int
    provinces: tuple[ProvinceSummary, ...]
    coverage: CoverageState | None

    @property
    def regions(self) -> int:
        return sum(province.regions for province in self.provinces)

    @property
    def regulated(self) -> int:
        return sum(province.regulated for province in self.provinces)

    @property
    def budgeted(self) -> int:
        return sum(province.budgeted for province in self.provinces)

    @property
    def regulation_unexamined(self) -> int:
        return sum(province.regulation_unexamined for province in self.provinces)


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """Who chose a claim, when and why."""

    claim: int
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ClaimCard:
    """A claim as its region's page shows it. `claim` is the typed row (StageClaim, BudgetClaim…), never to be changed.

    `conflicts_with` are the ids of the claims that contradict it; `choice` is set on the chosen one, `is_set_aside` on the others
    of its subject. `is_later` marks one that is not yet attested on the day asked for. `author` is empty for the loader.
    """

    claim: Claim
    source: Source
    author: str
    conflicts_with: tuple[int, ...]
    choice: ChoiceView | None
    is_set_aside: bool
    is_later: bool


@dataclass(frozen=True, slots=True)
class ClaimGroup:
    """Claims about one thing: a measure, a segment, a period. Newest first."""

    measure: str
    segment: str | None
    period: int | None
    cards: tuple[ClaimCard, ...]

    @property
    def is_conflicting(self) -> bool:
        return any(card.conflicts_with for card in self.cards)


@dataclass(frozen=True, slots=True)
class TimelineStep:
    """One dated step of a regulation."""

    on: date
    precision: str
    rung: str | None
    stage: str | None
    label: str
    source: Source


@dataclass(frozen=True, slots=True)
class RegionStory:
    """Everything recorded of one region, and what is missing (`missing`: Indonesian phrases)."""

    region: Region
    province: Region | None
    per: date
    diketahui: datetime
    row: RegionRow
    years: tuple[int, ...]
    segments: tuple[CoverageState, ...]
    groups: tuple[ClaimGroup, ...]
    timeline: tuple[TimelineStep, ...]
    missing: tuple[str, ...]
