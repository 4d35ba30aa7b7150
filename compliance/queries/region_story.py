"""One region's whole story: its states on a day, every claim with its rivals, the regulation's timeline, what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from compliance.actor import Actor
from compliance.db import now
from compliance.models import Claim, Region, StageClaim
from compliance.queries.claim_cards import grouped, region_cards
from compliance.queries.facts import facts_by_region, today
from compliance.queries.regions import region_by_code
from compliance.queries.tracker import NOTHING, region_row, years_of
from compliance.queries.tracker_views import ClaimCard, RegionStory, TimelineStep
from compliance.rules.coverage import coverage_state, segments_of
from compliance.rules.ladders import regulation_label
from compliance.rules.missing import missing_of


def region_story(
    session: Session, actor: Actor, kode: str, *, per: date | None = None, diketahui: datetime | None = None
) -> RegionStory:
    """Everything recorded of a region by `diketahui`, its states on `per`, and what is missing.

    Raises:
        NotFound: no such region, or not the actor's to read.
    """
    day, moment = per or today(), diketahui or now()
    region = region_by_code(session, actor, kode)
    facts = facts_by_region(session, [Claim.wilayah == kode], per=day, diketahui=moment).get(kode, NOTHING)
    cards = region_cards(session, kode, per=day, diketahui=moment)
    years = years_of([facts], day)
    row = region_row(region, facts, years, day, {kode: sum(not card.is_later for card in cards)})
    states = [coverage_state(facts.coverage, day, segment) for segment in segments_of(facts.coverage)]
    return RegionStory(
        region=region,
        province=session.get(Region, region.provinsi_kode) if region.provinsi_kode else None,
        per=day,
        diketahui=moment,
        row=row,
        years=years,
        segments=tuple(state for state in states if state is not None),
        groups=grouped(cards),
        timeline=timeline(cards),
        missing=missing_of(row.regulation, row.budgets, row.coverage, day),
    )


def timeline(cards: Sequence[ClaimCard]) -> tuple[TimelineStep, ...]:
    """The dated steps of the region's regulations, oldest first; those that a choice set aside are left to the list."""
    steps = [
        TimelineStep(
            on=card.claim.valid_from,
            precision=card.claim.date_precision,
            rung=card.claim.rung,
            stage=card.claim.stage,
            label=regulation_label(card.claim.rung, card.claim.bentuk, card.claim.nomor, card.claim.tahun),
            source=card.source,
        )
        for card in cards
        if isinstance(card.claim, StageClaim) and card.claim.valid_from is not None and not card.is_set_aside
    ]
    return tuple(sorted(steps, key=lambda step: (step.on, step.source.claim)))
