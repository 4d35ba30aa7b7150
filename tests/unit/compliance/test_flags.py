"""Contradictions and doubts that a region's record shows by itself."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from compliance.rules.coverage import coverage_state
from compliance.rules.facts import BudgetFact, CoverageFact, StageFact
from compliance.rules.flags import region_flags
from compliance.rules.ladders import budget_state, regulation_state
from compliance.rules.missing import missing_of
from compliance.rules.states import Flag
from compliance.rules.wording import angka, persen, rupiah
from tests.unit.compliance.facts import budget, coverage, stage

DAY = date(2025, 12, 31)


def flags(*facts: StageFact | BudgetFact | CoverageFact, day: date = DAY) -> list[Flag]:
    budgets = [fact for fact in facts if isinstance(fact, BudgetFact)]
    shares = [fact for fact in facts if isinstance(fact, CoverageFact)]
    regulation = regulation_state([fact for fact in facts if isinstance(fact, StageFact)], day)
    years = {fact.period: budget_state(budgets, fact.period, day) for fact in budgets if fact.period is not None}
    states = [coverage_state(shares, day, segment) for segment in {fact.segment for fact in shares}]
    return list(region_flags(regulation, years, [state for state in states if state is not None], day))


def codes(*facts: StageFact | BudgetFact | CoverageFact, day: date = DAY) -> list[str]:
    return [flag.code for flag in flags(*facts, day=day)]


def test_nothing_known_raises_nothing() -> None:
    assert flags() == []


def test_a_regulation_in_force_with_a_refused_budget_is_flagged() -> None:
    [flag] = flags(stage("R3", "2020-01-01", bentuk="Perbup", nomor="6", tahun=2019), budget("B0", "2025-01-01"))
    assert flag.code == "r3-tanpa-anggaran"
    assert flag.text == "Sudah ada Perbup 6/2019, tetapi tahun 2025 (B0) tidak dianggarkan."


def test_a_regulation_in_force_with_a_budget_nobody_looked_up_is_not() -> None:
    assert flags(stage("R3", "2020-01-01", bentuk="Perbup")) == []


def test_a_budget_while_the_perbup_is_a_draft_is_flagged() -> None:
    draft = stage("R2", "2025-01-01", stage="penetapan", bentuk="Perbup")
    found = flags(draft, budget("B4", "2025-02-01"))
    assert [flag.code for flag in found] == ["anggaran-tanpa-peraturan"]
    assert "rancangan Perbup" in found[0].text
    assert draft.claim in found[0].claims


def test_a_budget_where_nobody_looked_for_a_regulation_is_not_a_contradiction() -> None:
    assert codes(budget("B4", "2025-02-01")) == []


def test_a_proposed_budget_without_regulation_is_not_flagged() -> None:
    assert codes(stage("R0", "2025-01-01"), budget("B1", "2025-02-01")) == []


def test_budgeted_persons_are_held_against_registered_ones() -> None:
    planned = budget("B2", "2025-12-31", persons=16_000, fund="DBH Sawit")
    registered = budget("B4", "2025-12-31", persons=334, fund="DBH Sawit", is_coverage=True)
    [flag] = flags(planned, registered)
    assert flag.code == "dianggarkan-belum-terdaftar"
    assert flag.text == "Tahun 2025: 16.000 orang pekerja rentan dianggarkan, 334 terdaftar."
    assert flag.claims == (planned.claim, registered.claim)


def test_registration_paid_from_other_money_does_not_answer_for_a_budget_line() -> None:
    planned = budget("B2", "2025-12-31", persons=500, fund="DBHCHT")
    assert codes(planned, budget("B4", "2025-12-31", persons=900, fund="APBD")) == ["dianggarkan-belum-terdaftar"]


def test_a_changed_budget_is_the_same_money_as_the_first_one() -> None:
    planned = budget("B2", "2025-09-09", persons=100, fund="APBD perubahan")
    assert codes(planned, budget("B4", "2025-11-14", persons=100, fund="APBD")) == []


def test_all_registered_raises_nothing() -> None:
    assert codes(budget("B2", "2025-01-01", persons=334), budget("B5", "2025-06-01", persons=334)) == []


def test_next_years_budget_needs_no_registration_yet() -> None:
    assert codes(budget("B2", "2025-11-01", period=2026, persons=5_600)) == []


def test_versions_of_one_plan_raise_one_flag_with_the_largest_number() -> None:
    found = flags(budget("B2", "2025-10-03", persons=20_000), budget("B3", "2025-12-08", persons=21_736, fund=None))
    assert len(found) == 1
    assert "21.736 orang" in found[0].text


def test_only_a_circular_is_flagged() -> None:
    [flag] = flags(stage("R1", "2017-04-18", bentuk="Instruksi", nomor="1", tahun=2016))
    assert (flag.code, flag.text) == ("hanya-r1", "Baru ada Instruksi 1/2016; aturan teknis belum tercatat.")


@pytest.mark.parametrize(
    ("monthly", "is_flagged"), [(15_959, True), (15_960, False), (22_680, False), (22_681, True), (1_800, True)]
)
def test_rupiah_per_person_month_outside_the_plausible_band_warns(monthly: int, is_flagged: bool) -> None:
    claim = budget("B4", "2025-06-01", amount_rupiah=monthly * 10 * 12, persons=10, months=12)
    assert ("tidak-wajar" in codes(claim)) is is_flagged


def test_the_warning_says_the_computed_figure() -> None:
    [flag] = flags(budget("B4", "2025-11-15", amount_rupiah=192_240_000, persons=8_900, months=12))
    assert "Rp1.800 per orang-bulan, 0,11 kali iuran Rp16.800" in flag.text


def test_a_budget_without_months_is_not_judged() -> None:
    assert codes(budget("B4", "2025-06-01", amount_rupiah=652_780_000_800, persons=12_000)) == []


def test_a_budget_from_before_the_first_known_contribution_is_not_judged() -> None:
    assert codes(budget("B4", "2014-06-01", amount_rupiah=1, persons=1, months=1), day=date(2014, 12, 31)) == []


def test_more_than_all_workers_is_flagged_and_so_is_a_printed_percent_that_the_counts_do_not_give() -> None:
    claim = coverage("2025-07-28", segment="BPU", participants=77_074, eligible=51_086, percent="150")
    found = {flag.code: flag.text for flag in flags(claim)}
    assert set(found) == {"di-atas-100", "beda-cetak-hitung"}
    assert "150,87 %" in found["di-atas-100"]
    assert "tercetak 150 %, dihitung dari jumlahnya 150,87 %" in found["beda-cetak-hitung"]


@pytest.mark.parametrize(
    ("participants", "eligible", "printed"), [(465_940, 1_009_250, "46.2"), (337_000, 911_000, "37"), (1, 8, "12.5")]
)
def test_a_rounded_percent_is_no_doubt(participants: int, eligible: int, printed: str) -> None:
    assert flags(coverage("2025-03-01", participants=participants, eligible=eligible, percent=printed)) == []


def test_a_hundred_percent_is_no_doubt() -> None:
    assert flags(coverage("2025-03-01", percent="100")) == []


def test_conflicting_sources_are_flagged_once_for_each_figure() -> None:
    found = flags(
        budget("B2", "2024-12-31", amount_rupiah=2_092_600_000, conflict_group="k"),
        budget("B2", "2024-12-31", amount_rupiah=1_200_000_000, conflict_group="k"),
        coverage("2024-12-01", participants=144_110, conflict_group="p"),
        coverage("2024-12-31", participants=163_927, conflict_group="p"),
    )
    assert [flag.text for flag in found if flag.code == "sumber-bertentangan"] == [
        "Sumber tentang anggaran 2024 saling bertentangan.",
        "Sumber tentang cakupan total saling bertentangan.",
    ]


def test_missing_names_what_nobody_looked_up_and_what_is_not_there_apart() -> None:
    unknown = missing_of(regulation_state([], DAY), {2025: budget_state([], 2025, DAY)}, None, DAY)
    assert unknown == ("peraturan: belum diperiksa", "anggaran 2025: belum diperiksa", "cakupan total: belum diperiksa")
    claims = [budget("B4", "2025-01-01")]
    known = missing_of(
        regulation_state([stage("R1", "2025-01-01", bentuk="SE")], DAY),
        {2025: budget_state(claims, 2025, DAY)},
        coverage_state([coverage("2025-01-01", percent="26.04")], DAY),
        DAY,
    )
    assert known == (
        "Perkada atau Perda yang berlaku (sekarang: SE (nomor belum tercatat))",
        "2025: bukti bayar iuran, bukti bayar untuk 12 bulan",
        "jumlah peserta dan jumlah pekerja (penyebut) di balik cakupan",
    )


def test_figures_in_sentences_are_written_as_indonesians_write_them() -> None:
    assert (angka(1_234_567), angka(Decimal("26.045"), 2)) == ("1.234.567", "26,05")
    assert (rupiah(16_800), persen(Decimal("126.15"))) == ("Rp16.800", "126,15 %")
