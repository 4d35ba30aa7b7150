"""What a region's record lacks on a day, in Indonesian phrases: not looked up, and looked up but not there, kept apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from compliance.rules.ladders import in_force
from compliance.rules.states import BudgetState, CoverageState, RegulationState


def missing_of(
    regulation: RegulationState, budgets: Mapping[int, BudgetState], coverage: CoverageState | None, day: date
) -> tuple[str, ...]:
    """What a person would have to find out or bring about, regulation first, then budgets by year, then coverage."""
    years = [year for year in sorted(budgets) if year <= day.year]
    steps = [phrase for year in years for phrase in _of_budget(budgets[year], year == day.year)]
    return (*_of_regulation(regulation), *steps, *_of_coverage(coverage))


def _of_regulation(state: RegulationState) -> Iterator[str]:
    if state.rung is None:
        yield "peraturan: belum diperiksa"
    elif not in_force(state.rung):
        yield f"Perkada atau Perda yang berlaku (sekarang: {state.label})"
    elif state.nomor is None:
        yield "nomor dan tahun peraturan yang berlaku"


def _of_budget(state: BudgetState, is_current: bool) -> Iterator[str]:
    """The proofs above the rung reached; that nobody looked is said of the current year only."""
    if state.rung is None:
        if is_current:
            yield f"anggaran {state.year}: belum diperiksa"
        return
    above = [what for rung, what in BUDGET_STEPS if rung > state.rung]
    if above:
        yield f"{state.year}: {', '.join(above)}"


BUDGET_STEPS = (
    ("B2", "alokasi dalam APBD"),
    ("B3", "SK penerima atau PKS"),
    ("B4", "bukti pendaftaran pekerja"),
    ("B5", "bukti bayar iuran"),
    ("B6", "bukti bayar untuk 12 bulan"),
)
"""What proves each rung of the budget ladder."""


def _of_coverage(state: CoverageState | None) -> Iterator[str]:
    if state is None:
        yield "cakupan total: belum diperiksa"
    elif state.participants is None or state.eligible is None:
        yield "jumlah peserta dan jumlah pekerja (penyebut) di balik cakupan"
