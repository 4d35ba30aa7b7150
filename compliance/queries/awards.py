"""Reads about the Paritrana Award: editions, candidates and their score sheets."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from compliance.actor import NATIONAL, Actor
from compliance.db import now
from compliance.errors import NotFound
from compliance.models import AwardEdition, Claim, Region
from compliance.queries.award_rows import Period, sheet_row
from compliance.queries.award_scores import NONE, scores_by_region
from compliance.queries.award_views import Sheet
from compliance.queries.facts import RegionFacts, facts_by_region, today
from compliance.queries.regions import all_regions, local_regions, region_by_code
from compliance.rules.readiness import Record, budget_record, coverage_record, regulation_record


def editions(session: Session, actor: Actor) -> Sequence[AwardEdition]:
    """The editions whose region the actor reads, newest label first, with their indicators."""
    chosen = select(AwardEdition).options(selectinload(AwardEdition.indicators))
    found = session.scalars(chosen.order_by(AwardEdition.label.desc(), AwardEdition.kode)).all()
    return [edition for edition in found if actor.reads(edition.wilayah)]


def edition_by_code(session: Session, actor: Actor, kode: str) -> AwardEdition:
    """Raises NotFound where there is no such edition, or it is not the actor's to read."""
    edition = session.get(AwardEdition, kode, options=[selectinload(AwardEdition.indicators)])
    if edition is None or not actor.reads(edition.wilayah):
        raise NotFound(f"Edisi {kode} tidak ada, atau di luar wilayah Anda.")
    return edition


def candidate_region(session: Session, actor: Actor, edition: AwardEdition, wilayah: str) -> Region:
    """The region, where it may be a candidate: a kabupaten/kota of the edition's province; nationally any, or a province.

    Raises:
        NotFound: it may not, or is not the actor's to read.
    """
    region = region_by_code(session, actor, wilayah)
    if not _may_stand(edition, region):
        raise NotFound(f"{region.nama} bukan peserta {edition.nama}.")
    return region


def _may_stand(edition: AwardEdition, region: Region) -> bool:
    if edition.wilayah == NATIONAL:
        return region.kode != NATIONAL
    return region.is_local and region.provinsi_kode == edition.wilayah


def eligible_regions(session: Session, actor: Actor, edition: AwardEdition) -> Sequence[Region]:
    """The regions that may be candidates and that the actor reads, by code."""
    if edition.wilayah == NATIONAL:
        return [region for region in all_regions(session, actor) if _may_stand(edition, region)]
    return local_regions(session, actor, edition.wilayah)


def candidates(session: Session, actor: Actor, edisi: str) -> list[Sheet]:
    """The sheets of an edition, by region code: every kabupaten/kota of a province; nationally those that have a score."""
    edition = edition_by_code(session, actor, edisi)
    regions = eligible_regions(session, actor, edition)
    if edition.wilayah == NATIONAL:
        scored = scores_by_region(session, actor, edisi, None)
        regions = [region for region in regions if region.kode in scored]
    return _sheets(session, actor, edition, regions)


def score_sheet(session: Session, actor: Actor, edisi: str, wilayah: str) -> Sheet:
    """The score sheet of one candidate.

    Raises:
        NotFound: no such edition, or a region that can't be its candidate.
    """
    edition = edition_by_code(session, actor, edisi)
    return _sheets(session, actor, edition, [candidate_region(session, actor, edition, wilayah)])[0]


def _sheets(session: Session, actor: Actor, edition: AwardEdition, regions: Collection[Region]) -> list[Sheet]:
    codes = [region.kode for region in regions]
    day = today()
    given = scores_by_region(session, actor, edition.kode, codes)
    facts = facts_by_region(session, [Claim.wilayah.in_(codes)], per=day, diketahui=now())
    period = _period(edition)
    return [
        Sheet(
            edition=edition,
            region=region,
            rows=tuple(
                sheet_row(asked, given.get(region.kode, {}).get(asked.id, NONE), known.coverage, period)
                for asked in edition.indicators
            ),
            records=_records(edition, known, period or (date(day.year, 1, 1), day), day),
            records_on=period[1] if period else day,
        )
        for region in regions
        for known in [facts.get(region.kode, RegionFacts())]
    ]


def _period(edition: AwardEdition) -> Period:
    return (
        None if edition.period_from is None or edition.period_to is None else (edition.period_from, edition.period_to)
    )


def _records(edition: AwardEdition, known: RegionFacts, period: tuple[date, date], day: date) -> tuple[Record, ...]:
    """Regulation, budget and coverage of the period, with the segments that the edition's formulas ask for."""
    segments = dict.fromkeys(["total", *(asked.formula["segment"] for asked in edition.indicators if asked.formula)])
    return (
        regulation_record(known.stages, min(period[1], day), day),
        budget_record(known.budgets, period[1].year, day),
        *(coverage_record(known.coverage, period, segment) for segment in segments),
    )
