"""One row of a score sheet: what an indicator scores for a candidate, from which numbers or whose hand, and what is lacking."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from compliance.models import Indicator
from compliance.queries.award_scores import Tracks
from compliance.queries.award_views import InputValue, SheetRow, TrackView
from compliance.rules import scores
from compliance.rules.coverage import coverage_state
from compliance.rules.facts import CoverageFact
from compliance.rules.readiness import within
from compliance.rules.states import CoverageState

Period = tuple[date, date] | None


def sheet_row(indicator: Indicator, tracks: Tracks, coverage: Sequence[CoverageFact], period: Period) -> SheetRow:
    """Computed where the indicator has a formula, else as scored by hand."""
    formula = scores.formula_of(indicator.formula)
    if isinstance(formula, scores.Manual):
        return _scored(indicator, tracks)
    segment = (indicator.formula or {}).get("segment", "total")
    state = _state(coverage, segment, formula, period)
    numbers = {name: None if state is None else getattr(state, name) for name in formula.inputs}
    outcome = scores.computed(formula, {name: None if n is None else Decimal(n) for name, n in numbers.items()})
    source = None if state is None else state.source
    return SheetRow(
        indicator=indicator,
        tracks=tracks,
        value=outcome.value,
        counted=None,
        sentence=outcome.sentence,
        inputs=tuple(InputValue(name, scores.words(name), numbers[name], source) for name in formula.inputs),
        rivals=() if state is None else tuple(rival.source for rival in state.rivals),
        kurang=_lacking_inputs(outcome, state, segment, period),
    )


def _state(
    coverage: Sequence[CoverageFact], segment: str, formula: scores.Ratio | scores.Sum, period: Period
) -> CoverageState | None:
    """The latest claim of the segment in the period that has every input, else the latest of the segment at all."""
    if period is None:
        return None
    assessed = within(coverage, period)
    full = [fact for fact in assessed if all(getattr(fact, name) is not None for name in formula.inputs)]
    return coverage_state(full, period[1], segment) or coverage_state(assessed, period[1], segment)


def _lacking_inputs(
    outcome: scores.Outcome, state: CoverageState | None, segment: str, period: Period
) -> tuple[str, ...]:
    if outcome.impossible:
        return (outcome.impossible,)
    if not outcome.missing:
        return ()
    names = " dan ".join(scores.words(name) for name in outcome.missing)
    if period is None:
        return (f"masa yang dinilai tidak diketahui, jadi {names} tidak dapat dipilih",)
    years = " sampai ".join(dict.fromkeys(str(day.year) for day in period))
    if state is None:
        return (f"catatan cakupan {segment} tahun {years}: {names}",)
    return (f"{names} dalam catatan cakupan {segment} tahun {years}",)


def _scored(indicator: Indicator, tracks: Tracks) -> SheetRow:
    counted = next((track for track in scores.COUNTED if tracks[track].scores or tracks[track].hidden), None)
    given = TrackView() if counted is None else tracks[counted]
    return SheetRow(
        indicator=indicator,
        tracks=tracks,
        value=given.value,
        counted=None if given.value is None else counted,
        sentence="",
        inputs=(),
        rivals=(),
        kurang=_lacking_score(given, tracks),
    )


def _lacking_score(given: TrackView, tracks: Tracks) -> tuple[str, ...]:
    if given.value is not None:
        return ()
    if given.hidden:
        return (f"{given.hidden} nilai panel tertutup sampai Anda sendiri menilai",)
    if given.is_divided:
        return ("anggota panel berbeda nilai; cara menggabungkannya tidak dipublikasikan",)
    if tracks["mandiri"].scores:
        return ("baru nilai mandiri; belum ada nilai verifikator, panel atau terbit",)
    return ("nilai belum diberikan",)
