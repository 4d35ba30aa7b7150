"""Contradictions and doubts in a region's record: marks to be answered, never errors, never corrections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from compliance.data.contributions import government_contribution
from compliance.rules.ladders import in_force
from compliance.rules.states import BudgetLine, BudgetState, CoverageState, Flag, RegulationState
from compliance.rules.wording import angka, persen, rupiah

PLAUSIBLE = (Decimal("0.95"), Decimal("1.35"))
"""Of the contribution in force; real budgets run Rp16,800 to Rp21,800 per person-month."""
REGIONAL_BUDGET = {"APBD perubahan": "APBD"}
"""A changed budget replaces the first one of its year: both are the same money."""


def region_flags(
    regulation: RegulationState, budgets: Mapping[int, BudgetState], coverage: Iterable[CoverageState], day: date
) -> tuple[Flag, ...]:
    """Every flag of a region on `day`: regulation first, then budget by year, then coverage. No flag rests on an unknown."""
    found = [*_regulation_flags(regulation), *_ladder_flags(regulation, budgets)]
    for year in sorted(budgets):
        if year <= day.year:
            found += _unregistered(budgets[year])
        found += [*_budget_conflicts(budgets[year]), *_implausible(budgets[year])]
    for state in coverage:
        found += [*_coverage_conflicts(state), *_coverage_doubts(state)]
    return tuple(found)


def _regulation_flags(regulation: RegulationState) -> Iterator[Flag]:
    if regulation.rung == "R1":
        yield Flag("hanya-r1", f"Baru ada {regulation.label}; aturan teknis belum tercatat.", regulation.claims)


def _ladder_flags(regulation: RegulationState, budgets: Mapping[int, BudgetState]) -> Iterator[Flag]:
    """Regulation against budget. An R that nobody has looked up contradicts nothing."""
    if regulation.rung is None:
        return
    states = [budgets[year] for year in sorted(budgets)]
    refused = [state for state in states if state.rung == "B0"]
    allotted = [state for state in states if (state.rung or "") >= "B2"]
    if in_force(regulation.rung) and refused:
        text = f"Sudah ada {regulation.label}, tetapi tahun {_years(refused)} tidak dianggarkan."
        yield Flag("r3-tanpa-anggaran", text, _behind(regulation, refused))
    if not in_force(regulation.rung) and allotted:
        text = f"Tahun {_years(allotted)} sudah dianggarkan, padahal belum tercatat Perkada atau Perda: {regulation.label}."
        yield Flag("anggaran-tanpa-peraturan", text, _behind(regulation, allotted))


def _years(states: Iterable[BudgetState]) -> str:
    return ", ".join(f"{state.year} ({state.rung})" for state in states)


def _behind(regulation: RegulationState, states: Iterable[BudgetState]) -> tuple[int, ...]:
    return regulation.claims + tuple(claim for state in states for claim in state.claims)


def _unregistered(state: BudgetState) -> Iterator[Flag]:
    """Lines in the APBD (B2, B3) of which nobody, or fewer persons than budgeted, is recorded as registered (B4 or higher).

    Lines of the same workers and money are versions of one plan: the largest number of persons counts.
    """
    planned = [line for line in state.lines if line.rung in ("B2", "B3") and not line.is_coverage]
    for money in dict.fromkeys(_money(line) for line in planned):
        lines = [line for line in planned if _money(line) == money]
        registered = [other for other in state.lines if (other.rung or "") >= "B4" and _same_money(lines[0], other)]
        text = _shortfall(lines, registered)
        if text:
            claims = tuple(line.source.claim for line in (*lines, *registered))
            yield Flag("dianggarkan-belum-terdaftar", f"Tahun {state.year}: {text}.", claims)


def _money(line: BudgetLine) -> tuple[str | None, str | None]:
    return (line.segment, REGIONAL_BUDGET.get(line.fund or "", line.fund))


def _same_money(line: BudgetLine, other: BudgetLine) -> bool:
    """Whether both may speak of the same workers and money; a fund that is not named may be any."""
    (segment, fund), (other_segment, other_fund) = _money(line), _money(other)
    return segment == other_segment and (fund is None or other_fund is None or fund == other_fund)


def _shortfall(lines: list[BudgetLine], registered: list[BudgetLine]) -> str:
    """What is missing, in words; empty where as many are registered as budgeted, or a number is unknown."""
    who = lines[0].segment or "pekerja"
    planned = max((line.persons for line in lines if line.persons is not None), default=None)
    if not registered:
        persons = "" if planned is None else f"{angka(planned)} orang "
        return f"{persons}{who} dianggarkan ({lines[0].rung}), belum ada catatan pendaftaran"
    reached = max((other.persons for other in registered if other.persons is not None), default=None)
    if planned is None or reached is None or reached >= planned:
        return ""
    return f"{angka(planned)} orang {who} dianggarkan, {angka(reached)} terdaftar"


def _budget_conflicts(state: BudgetState) -> Iterator[Flag]:
    rivals = tuple(line.source.claim for line in state.lines if line.is_conflicting)
    if rivals:
        yield Flag("sumber-bertentangan", f"Sumber tentang anggaran {state.year} saling bertentangan.", rivals)


def _implausible(state: BudgetState) -> Iterator[Flag]:
    """Rupiah per person-month far from the contribution in force at the start of the year. Without months nothing is judged."""
    contribution = government_contribution(date(state.year, 1, 1))
    if contribution is None:
        return
    for line in state.lines:
        if line.monthly_rupiah is None:
            continue
        ratio = line.monthly_rupiah / contribution.rupiah
        if not PLAUSIBLE[0] <= ratio <= PLAUSIBLE[1]:
            text = (
                f"Tahun {state.year}: {rupiah(line.monthly_rupiah)} per orang-bulan, {angka(ratio, 2)} kali iuran "
                f"{rupiah(contribution.rupiah)}; periksa jumlah, orang dan bulan, atau dasar upahnya."
            )
            yield Flag("tidak-wajar", text, (line.source.claim,))


def _coverage_conflicts(state: CoverageState) -> Iterator[Flag]:
    if state.rivals:
        claims = (state.source.claim, *(rival.source.claim for rival in state.rivals))
        yield Flag("sumber-bertentangan", f"Sumber tentang cakupan {_segment(state)} saling bertentangan.", claims)


def _coverage_doubts(state: CoverageState) -> Iterator[Flag]:
    highest = max((value for value in (state.percent, state.percent_printed) if value is not None), default=None)
    if highest is not None and highest > 100:
        text = f"Cakupan {_segment(state)} {persen(highest)}, di atas 100 %; periksa penyebutnya."
        yield Flag("di-atas-100", text, (state.source.claim,))
    if state.is_computed and state.percent is not None and _misprinted(state.percent, state.percent_printed):
        text = (
            f"Cakupan {_segment(state)} tercetak {_as_printed(state.percent_printed)} %, "
            f"dihitung dari jumlahnya {persen(state.percent)}."
        )
        yield Flag("beda-cetak-hitung", text, (state.source.claim,))


def _misprinted(computed: Decimal, printed: Decimal | None) -> bool:
    """Whether the printed percent differs by more than rounding to the places it was printed with."""
    if printed is None:
        return False
    exponent = printed.as_tuple().exponent
    half = Decimal(5).scaleb(exponent - 1) if isinstance(exponent, int) else Decimal(0)
    return abs(computed - printed) > half


def _as_printed(printed: Decimal | None) -> str:
    return "" if printed is None else f"{printed:f}".replace(".", ",")


def _segment(state: CoverageState) -> str:
    return state.segment or "tanpa segmen"
