"""Where a region stands on the regulation and budget ladders on a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from compliance.rules.coverage import coverage_state
from compliance.rules.ladders import budget_state, monthly_rupiah, regulation_state
from tests.unit.compliance.facts import budget, coverage, stage

DAY = date(2024, 6, 30)


def test_where_nobody_looked_there_is_no_rung() -> None:
    state = regulation_state([], DAY)
    assert state.rung is None
    assert state.label == "belum diperiksa"
    assert state.sources == ()


def test_r0_means_that_somebody_looked_and_there_is_none() -> None:
    state = regulation_state([stage("R0", "2024-01-05")], DAY)
    assert (state.rung, state.label) == ("R0", "belum ada peraturan")


def test_a_claim_without_a_rung_is_named_but_makes_no_state() -> None:
    claim = stage(None, "2014-12-31", bentuk="Perbup", nomor="72", tahun=2014)
    state = regulation_state([claim], DAY)
    assert state.rung is None
    assert state.label == "tingkat belum diketahui"
    assert state.claims == (claim.claim,)


def test_the_highest_regulation_in_force_counts_and_the_lower_ones_are_named_with_it() -> None:
    perbup, perda = stage("R3", "2020-01-01", bentuk="Perbup"), stage("R4", "2022-01-01", bentuk="Perda")
    state = regulation_state([perbup, perda], DAY)
    assert state.rung == "R4"
    assert set(state.claims) == {perbup.claim, perda.claim}


def test_the_numbered_regulation_is_shown_and_the_state_holds_from_the_first_claim() -> None:
    numbered = stage("R3", "2019-12-31", bentuk="Perbup", nomor="6", tahun=2019, precision="tahun")
    told_later = stage("R3", "2021-11-15", bentuk="Perbup")
    state = regulation_state([told_later, numbered], DAY)
    assert state.label == "Perbup 6/2019"
    assert (state.since, state.since_precision) == (date(2019, 12, 31), "tahun")
    assert state.confirmed_on == date(2021, 11, 15)
    assert state.age_days == (DAY - date(2021, 11, 15)).days


def test_a_state_never_holds_before_it_is_attested() -> None:
    claim = stage("R3", "2021-11-15", bentuk="Perbup")
    assert regulation_state([claim], date(2021, 11, 14)).rung is None
    assert regulation_state([claim], date(2021, 11, 15)).rung == "R3"


def test_a_state_ends_with_the_claims_own_end() -> None:
    claim = stage("R1", "2021-01-01", valid_to=date(2022, 12, 31))
    assert regulation_state([claim], date(2022, 12, 31)).rung == "R1"
    assert regulation_state([claim], date(2023, 1, 1)).rung is None


def test_without_one_in_force_the_furthest_draft_counts_before_any_circular() -> None:
    claims = [
        stage("R1", "2024-05-01", bentuk="SE"),
        stage("R2", "2024-03-01", stage="harmonisasi", bentuk="Perbup"),
        stage("R2", "2024-04-01", stage="perencanaan"),
        stage("R2", "2024-06-01"),
    ]
    state = regulation_state(claims, DAY)
    assert (state.rung, state.draft_stage, state.label) == ("R2", "harmonisasi", "rancangan Perbup")


def test_a_draft_whose_stage_no_source_names_is_a_draft_without_stage() -> None:
    state = regulation_state([stage("R2", "2024-05-22", bentuk="Pergub")], DAY)
    assert (state.rung, state.has_draft, state.draft_stage) == ("R2", True, None)


def test_a_draft_of_a_perda_stands_beside_the_perbup_in_force() -> None:
    draft = stage("R2", "2024-02-01", stage="pembahasan", bentuk="Perda")
    state = regulation_state([stage("R3", "2020-01-01", bentuk="Perbup"), draft], DAY)
    assert (state.rung, state.draft_stage) == ("R3", "pembahasan")
    assert state.draft_source is not None
    assert state.draft_source.claim == draft.claim


def test_a_draft_of_another_perbup_is_not_above_the_one_in_force() -> None:
    draft = stage("R2", "2024-02-01", stage="pembahasan", bentuk="Perbup")
    state = regulation_state([stage("R3", "2020-01-01", bentuk="Perbup"), draft], DAY)
    assert (state.rung, state.has_draft) == ("R3", False)


def test_an_adopted_draft_is_no_longer_a_draft() -> None:
    draft = stage("R2", "2021-11-15", stage="fasilitasi", bentuk="Pergub")
    adopted = stage("R3", "2022-12-31", bentuk="Pergub", nomor="3", tahun=2022)
    assert regulation_state([draft, adopted], date(2022, 6, 1)).draft_stage == "fasilitasi"
    after = regulation_state([draft, adopted], DAY)
    assert (after.rung, after.has_draft) == ("R3", False)


def test_a_draft_of_a_perda_survives_the_adoption_of_a_perbup() -> None:
    draft = stage("R2", "2021-11-15", stage="penyusunan", bentuk="Perda")
    state = regulation_state([draft, stage("R3", "2022-12-31", bentuk="Perbup")], DAY)
    assert (state.rung, state.draft_stage) == ("R3", "penyusunan")


def test_a_later_claim_about_the_same_numbered_regulation_replaces_the_earlier() -> None:
    named = {"bentuk": "Perbup", "nomor": "6", "tahun": 2019}
    claims = [stage("R3", "2019-12-31", **named), stage("R0", "2023-01-01", **named)]
    assert regulation_state(claims, date(2022, 1, 1)).rung == "R3"
    assert regulation_state(claims, DAY).rung == "R0"


def test_that_one_regulation_is_gone_leaves_the_others() -> None:
    claims = [
        stage("R3", "2019-12-31", bentuk="Perbup", nomor="6", tahun=2019),
        stage("R3", "2021-12-31", bentuk="Perbup", nomor="9", tahun=2021),
        stage("R0", "2023-01-01", bentuk="Perbup", nomor="6", tahun=2019),
    ]
    state = regulation_state(claims, DAY)
    assert (state.rung, state.label) == ("R3", "Perbup 9/2021")


def test_what_is_found_later_overtakes_that_there_was_none() -> None:
    claims = [stage("R0", "2020-01-01"), stage("R2", "2021-01-01", bentuk="Perbup")]
    assert regulation_state(claims, DAY).rung == "R2"


def test_a_claim_that_a_choice_set_aside_makes_no_state() -> None:
    claim = replace(stage("R4", "2020-01-01", bentuk="Perda"), is_set_aside=True)
    assert regulation_state([claim, stage("R1", "2020-01-01", bentuk="SE")], DAY).rung == "R1"


def test_a_budget_year_nobody_spoke_of_has_no_rung() -> None:
    state = budget_state([budget("B4", "2023-05-01")], 2024, DAY)
    assert (state.rung, state.lines, state.age_days) == (None, (), None)


def test_a_budget_year_shows_its_highest_line_and_keeps_them_all() -> None:
    claims = [
        budget("B2", "2024-01-01", fund="APBD"),
        budget("B4", "2024-05-01", fund="DBHCHT"),
        budget(None, "2024-05-02"),
    ]
    state = budget_state(claims, 2024, DAY)
    assert state.rung == "B4"
    assert [line.rung for line in state.lines] == ["B4", "B2", None]
    assert state.since == date(2024, 5, 1)


def test_a_later_printed_older_plan_does_not_undo_a_registration() -> None:
    claims = [budget("B4", "2024-03-28"), budget("B2", "2024-06-30")]
    assert budget_state(claims, 2024, DAY).rung == "B4"


def test_a_later_b0_for_the_same_workers_ends_what_was_proposed() -> None:
    claims = [budget("B1", "2024-01-10"), budget("B2", "2024-02-01", segment="RT/RW"), budget("B0", "2024-03-01")]
    state = budget_state(claims, 2024, DAY)
    assert [line.rung for line in state.lines] == ["B2", "B0"]


def test_only_b0_is_b0_and_not_unknown() -> None:
    assert budget_state([budget("B0", "2024-03-01")], 2024, DAY).rung == "B0"


@pytest.mark.parametrize(
    ("on", "months", "rung"),
    [
        ("2023-12-28", 12, "B6"),
        ("2024-01-15", 12, "B6"),
        ("2023-05-12", 12, "B5"),
        ("2023-12-28", 11, "B5"),
        ("2023-12-28", None, "B5"),
    ],
)
def test_b6_is_twelve_paid_months_told_when_they_can_have_been_paid(on: str, months: int | None, rung: str) -> None:
    claim = budget("B5", on, period=2023, months=months)
    assert budget_state([claim], 2023, DAY).rung == rung


def test_registered_workers_of_twelve_budgeted_months_are_not_paid_months() -> None:
    assert budget_state([budget("B4", "2023-12-28", months=12)], 2023, DAY).rung == "B4"


def test_rupiah_per_person_month_is_unrounded_and_unknown_without_months() -> None:
    assert monthly_rupiah(budget("B2", "2024-01-01", amount_rupiah=100, persons=3, months=1)) == Decimal(100) / 3
    assert monthly_rupiah(budget("B2", "2024-01-01", amount_rupiah=100, persons=3)) is None
    assert monthly_rupiah(budget("B2", "2024-01-01", amount_rupiah=100, persons=0, months=3)) is None


def test_coverage_is_computed_from_both_counts_and_never_clamped() -> None:
    state = coverage_state([coverage("2024-01-01", participants=77_074, eligible=51_086, percent="150")], DAY)
    assert state is not None
    assert state.percent == Decimal(7_707_400) / 51_086
    assert state.percent > 150
    assert state.percent_printed == 150
    assert state.is_computed


def test_coverage_without_both_counts_is_as_printed_also_where_that_is_no_number() -> None:
    printed = coverage_state([coverage("2024-01-01", participants=38_595, percent="43.2")], DAY)
    worded = coverage_state([coverage("2024-01-01", percent_text=">80")], DAY)
    assert printed is not None
    assert worded is not None
    assert (printed.percent, printed.is_computed) == (Decimal("43.2"), False)
    assert (worded.percent, worded.percent_text) == (None, ">80")


def test_the_latest_coverage_attested_by_the_day_counts() -> None:
    claims = [coverage("2023-12-01", percent="20"), coverage("2024-12-01", percent="30")]
    state = coverage_state(claims, DAY)
    assert state is not None
    assert (state.percent, state.age_days) == (20, (DAY - date(2023, 12, 1)).days)


def test_coverage_claims_that_disagree_stand_together() -> None:
    claims = [coverage("2024-01-01", percent="25.6"), coverage("2024-01-01", percent="26.6")]
    state = coverage_state(claims, DAY)
    assert state is not None
    assert state.percent == Decimal("25.6")
    assert [rival.percent for rival in state.rivals] == [Decimal("26.6")]


def test_the_same_figure_from_two_sources_is_no_conflict() -> None:
    state = coverage_state([coverage("2024-01-01", percent="25.6"), coverage("2024-01-01", percent="25.60")], DAY)
    assert state is not None
    assert state.rivals == ()
