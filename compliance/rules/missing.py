"""What a region's record lacks on a day, in Indonesian phrases: not looked up, and looked up but not there, kept apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from compliance.rules.ladders import in_force
from compliance.rules.states import BudgetState, CoverageState, RegulationState


def missing_of(
    regulation: RegulationState, budgets: Mapping[int, BudgetState], coverage: CoverageState | None, day: date
) -> tuple[str, ...]:
    """What a person would have to find out or bring about, regulation first, then the year's budget, then coverage."""
    budget = budgets.get(day.year)
    return tuple([*_of_regulation(regulation), *_of_budget(budget, day.year), *_of_coverage(coverage)])


def _of_regulation(state: RegulationState) -> Iterator[str]:
    if state.rung is None:
        yield "peraturan: belum diperiksa"
    elif not in_force(state.rung):
        yield f"Perkada atau Perda yang berlaku (sekarang: {state.label})"
    elif state.nomor is None:
        yield "nomor dan tahun peraturan yang berlaku"


def _of_budget(state: BudgetState | None, year: int) -> Iterator[str]:
    rung = state.rung if state is not None else None
    if rung is None:
        yield f"anggaran {year}: belum diperiksa"
    for step, what in BUDGET_STEPS:
        if rung is not None and rung < step:
            yield f"{what} {year}"


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
