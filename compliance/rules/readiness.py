"""Which of the tracker's records an award candidate has for the assessed period, and which are lacking."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from compliance.rules.coverage import TOTAL, coverage_state
from compliance.rules.facts import BudgetFact, CoverageFact, StageFact
from compliance.rules.ladders import RUNG_WORDS, budget_state, in_force, regulation_state
from compliance.rules.scores import written
from compliance.rules.states import CoverageState, Source


@dataclass(frozen=True, slots=True)
class Record:
    """One thing a candidate needs on record. `kind`: regulasi, anggaran, cakupan.

    `rung` is where the ladder stands, None where nobody has looked (and for coverage). `later` is a better state attested only
    after the period, `rivals` counts the claims that disagree. `lacking` says what to record; empty where the record is there.
    """

    kind: str
    nama: str
    rung: str | None
    text: str
    source: Source | None
    later: Source | None
    lacking: str
    rivals: int = 0


def regulation_record(facts: Sequence[StageFact], day: date, today: date) -> Record:
    """The regulation in force on `day`; what came into force by `today` is named as later."""
    state, now = regulation_state(facts, day), regulation_state(facts, today)
    if in_force(state.rung):
        return Record("regulasi", "Peraturan daerah atau Perkada", state.rung, state.label, state.sources[0], None, "")
    text = f"{state.label}, tahap {state.draft_stage}" if state.draft_stage else state.label
    return Record(
        kind="regulasi",
        nama="Peraturan daerah atau Perkada",
        rung=state.rung,
        text=text,
        source=state.sources[0] if state.sources else None,
        later=now.sources[0] if in_force(now.rung) else None,
        lacking="Perda atau Perkada yang terbukti berlaku pada masa yang dinilai",
    )


def budget_record(facts: Iterable[BudgetFact], year: int, today: date) -> Record:
    """The contributions budgeted for `year`, as known on `today`: a year is accounted for after it has ended."""
    state = budget_state(facts, year, today)
    top = next((line for line in state.lines if line.rung == state.rung), None)
    unknown = "tangga belum diketahui" if state.lines else "belum diperiksa"
    lacking = {
        None: f"anggaran iuran {year}: ada atau tidak ada",
        "B0": f"anggaran iuran {year}",
        "B1": f"penetapan APBD {year}",
    }
    return Record(
        kind="anggaran",
        nama=f"Anggaran iuran {year}",
        rung=state.rung,
        text=unknown if state.rung is None or top is None else f"{top.title} ({RUNG_WORDS[state.rung]})",
        source=None if top is None else top.source,
        later=None,
        lacking=lacking.get(state.rung, ""),
    )


def coverage_record(facts: Sequence[CoverageFact], period: tuple[date, date], segment: str = TOTAL) -> Record:
    """The latest coverage of the segment attested within the period; lacking where no claim has both counts."""
    state = coverage_state(within(facts, period), period[1], segment)
    nama = "Cakupan seluruh pekerja" if segment == TOTAL else f"Cakupan {segment}"
    if state is None:
        return Record("cakupan", nama, None, "belum diperiksa", None, None, "jumlah peserta dan jumlah yang berhak")
    lacking = [
        words
        for words, number in (("jumlah peserta", state.participants), ("jumlah yang berhak", state.eligible))
        if number is None
    ]
    return Record("cakupan", nama, None, _figures(state), state.source, None, " dan ".join(lacking), len(state.rivals))


def _figures(state: CoverageState) -> str:
    """ "32.644 dari 34.555 peserta", or as much as the source gives."""
    if state.participants is not None:
        of = "" if state.eligible is None else f" dari {written(Decimal(state.eligible))}"
        return f"{written(Decimal(state.participants))}{of} peserta"
    if state.percent is not None:
        return f"{written(state.percent)} %"
    return state.percent_text or state.source.title


def within(facts: Iterable[CoverageFact], period: tuple[date, date]) -> list[CoverageFact]:
    """Those attested in the period and, where they name a year, speaking of a year of it."""
    start, end = period
    return [
        fact
        for fact in facts
        if start <= fact.valid_from <= end and (fact.period is None or start.year <= fact.period <= end.year)
    ]
