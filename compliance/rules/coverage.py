"""What share of a region's workers is covered on a day, from claims that may disagree."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from compliance.rules.conflicts import disagree
from compliance.rules.facts import CoverageFact, holding
from compliance.rules.states import CoverageState, source_of

TOTAL = "total"


def coverage_state(facts: Iterable[CoverageFact], day: date, segment: str | None = TOTAL) -> CoverageState | None:
    """The latest claim of the segment attested on `day`, with the claims that contradict it; None where there is none.

    Of claims of one day, the one with both counts comes first, then one with a percent, then the one recorded last, then the
    one its source printed first.
    """
    held = holding((fact for fact in facts if fact.segment == segment), day)
    if not held:
        return None
    shown = max(held, key=_weight)
    rivals = tuple(_plain(fact, day) for fact in held if fact is not shown and disagree(fact, shown))
    return replace(_plain(shown, day), rivals=rivals)


def _weight(fact: CoverageFact) -> tuple[date, bool, bool, datetime, int]:
    has_counts = fact.computed_percent is not None
    return (fact.valid_from, has_counts, _says_percent(fact), fact.recorded_at, -fact.claim)


def segments_of(facts: Iterable[CoverageFact]) -> list[str | None]:
    """The segments claims speak of: the total first, the others by name, the unnamed last."""
    return sorted({fact.segment for fact in facts}, key=lambda name: (name != TOTAL, name is None, name or ""))


def _says_percent(fact: CoverageFact) -> bool:
    return fact.percent is not None or fact.percent_text is not None


def _plain(fact: CoverageFact, day: date) -> CoverageState:
    computed = fact.computed_percent
    return CoverageState(
        segment=fact.segment,
        percent=fact.percent if computed is None else computed,
        percent_printed=fact.percent,
        percent_text=fact.percent_text,
        is_computed=computed is not None,
        participants=fact.participants,
        eligible=fact.eligible,
        denominator=fact.denominator,
        on=fact.valid_from,
        precision=fact.precision,
        age_days=(day - fact.valid_from).days,
        source=source_of(fact),
    )
