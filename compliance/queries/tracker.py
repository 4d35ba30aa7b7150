"""Who has, who has not, who says so: regions against both ladders and coverage, as at any date, by what was known at any moment.

`per` is the day asked about (default today), `diketahui` the moment up to which records count (default now).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from compliance.actor import NATIONAL, Actor
from compliance.db import now
from compliance.errors import NotFound
from compliance.models import Claim, Region
from compliance.queries.facts import RegionFacts, facts_by_region, today
from compliance.queries.regions import all_regions, local_regions, region_by_code
from compliance.queries.scopes import readable
from compliance.queries.tracker_views import CoverageTotal, NationalOverview, ProvinceMatrix, ProvinceSummary, RegionRow
from compliance.rules.coverage import coverage_state, segments_of
from compliance.rules.flags import region_flags
from compliance.rules.ladders import budget_state, in_force, regulation_state
from compliance.rules.states import CoverageState

NOTHING = RegionFacts()


def province_matrix(
    session: Session,
    actor: Actor,
    kode: str,
    *,
    per: date | None = None,
    diketahui: datetime | None = None,
    years: Sequence[int] | None = None,
) -> ProvinceMatrix:
    """The province and its kabupaten/kota on a day. Without `years`: those any budget claim speaks of, and the day's own.

    Raises:
        NotFound: no such province, or not the actor's to read.
    """
    day, moment = per or today(), diketahui or now()
    region = region_by_code(session, actor, kode)
    if region.jenis != "provinsi":
        raise NotFound(f"{region.nama} bukan provinsi.")
    listed = [region, *local_regions(session, actor, kode)]
    within = [Claim.wilayah.in_([each.kode for each in listed])]
    known = facts_by_region(session, within, per=day, diketahui=moment)
    counts = claim_counts(session, within, per=day, diketahui=moment)
    shown = tuple(years) if years else years_of(known.values(), day)
    own, *rows = [region_row(each, known.get(each.kode, NOTHING), shown, day, counts) for each in listed]
    return ProvinceMatrix(region, day, moment, own, tuple(rows), shown, coverage_total(rows))


def years_of(known: Iterable[RegionFacts], day: date) -> tuple[int, ...]:
    """The fiscal years that budget claims speak of, and the year of `day`, in order."""
    spoken = {fact.period for facts in known for fact in facts.budgets if fact.period is not None}
    return tuple(sorted(spoken | {day.year}))


def region_row(
    region: Region, facts: RegionFacts, years: Sequence[int], day: date, counts: Mapping[str, int]
) -> RegionRow:
    """One region's states on `day`; flags rest on every year known, also those not shown."""
    regulation = regulation_state(facts.stages, day)
    budgets = {year: budget_state(facts.budgets, year, day) for year in {*years, *years_of([facts], day)}}
    segments = [coverage_state(facts.coverage, day, segment) for segment in segments_of(facts.coverage)]
    known_segments: list[CoverageState] = [state for state in segments if state is not None]
    return RegionRow(
        kode=region.kode,
        nama=region.nama,
        jenis=region.jenis,
        regulation=regulation,
        budgets={year: budgets[year] for year in years},
        coverage=coverage_state(facts.coverage, day),
        flags=region_flags(regulation, budgets, known_segments, day),
        claim_count=counts.get(region.kode, 0),
    )


def claim_counts(
    session: Session, conditions: Sequence[ColumnElement[bool]], *, per: date, diketahui: datetime
) -> dict[str, int]:
    """How many claims of any kind each region has, attested by `per` and recorded by `diketahui`."""
    counted = (
        select(Claim.wilayah, func.count())
        .where(*conditions, Claim.valid_from <= per, Claim.recorded_at <= diketahui)
        .group_by(Claim.wilayah)
    )
    return {wilayah: number for wilayah, number in session.execute(counted)}


def coverage_total(rows: Sequence[RegionRow]) -> CoverageTotal | None:
    """Participants ÷ potentials of the kabupaten/kota that have both; None where none has. Never a mean of percents."""
    both = [row.coverage for row in rows if row.coverage is not None and row.coverage.is_computed]
    if not both:
        return None
    return CoverageTotal(
        participants=sum(state.participants or 0 for state in both),
        eligible=sum(state.eligible or 0 for state in both),
        regions=len(both),
        of_regions=len(rows),
        denominators=tuple(sorted({state.denominator or "tidak disebut" for state in both})),
    )


def national_overview(
    session: Session,
    actor: Actor,
    *,
    per: date | None = None,
    diketahui: datetime | None = None,
    year: int | None = None,
) -> NationalOverview:
    """Every province the actor reads with its counts on a day; budgets are those of `year` (default the day's)."""
    day, moment = per or today(), diketahui or now()
    fiscal = year or day.year
    regions = [region for region in all_regions(session, actor)]
    within = [readable(actor, Claim.wilayah)]
    known = facts_by_region(session, within, per=day, diketahui=moment)
    counts = claim_counts(session, within, per=day, diketahui=moment)
    rows = {
        region.kode: region_row(region, known.get(region.kode, NOTHING), (fiscal,), day, counts) for region in regions
    }
    return NationalOverview(
        per=day,
        diketahui=moment,
        year=fiscal,
        provinces=tuple(
            _summary(
                rows[region.kode], [rows[each.kode] for each in regions if each.provinsi_kode == region.kode], fiscal
            )
            for region in regions
            if region.jenis == "provinsi"
        ),
        coverage=coverage_state(known.get(NATIONAL, NOTHING).coverage, day),
    )


def _summary(own: RegionRow, rows: Sequence[RegionRow], year: int) -> ProvinceSummary:
    return ProvinceSummary(
        kode=own.kode,
        nama=own.nama,
        own_rung=own.regulation.rung,
        own_draft_stage=own.regulation.draft_stage,
        regions=len(rows),
        regulated=sum(in_force(row.regulation.rung) for row in rows),
        drafting=sum(row.regulation.has_draft and not in_force(row.regulation.rung) for row in rows),
        regulation_unexamined=sum(row.regulation.rung is None for row in rows),
        budgeted=sum((row.budgets[year].rung or "") >= "B2" for row in rows),
        budget_unexamined=sum(row.budgets[year].rung is None for row in rows),
        flagged=sum(bool(row.flags) for row in rows),
        claim_count=own.claim_count + sum(row.claim_count for row in rows),
        coverage=own.coverage,
    )
