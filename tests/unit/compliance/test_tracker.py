"""Who has, who has not, as at any date: the seeds of the project, and what the matrix promises."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session

from compliance.actor import Actor, Grant, Role
from compliance.db import transaction
from compliance.errors import NotFound
from compliance.queries.region_story import region_story
from compliance.queries.tracker import national_overview, province_matrix
from compliance.queries.tracker_views import RegionRow
from compliance.services.claims import CoverageEntry, Evidence, add_coverage

NOVEMBER = date(2021, 11, 15)


@contextmanager
def statements(session: Session) -> Iterator[list[str]]:
    """The statements sent to the database while it is open."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        sent.append(statement)

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


def row(session: Session, actor: Actor, kode: str, per: date | None = None) -> RegionRow:
    return region_story(session, actor, kode, per=per).row


def codes(found: RegionRow) -> set[str]:
    return {flag.code for flag in found.flags}


def test_on_15_november_2021_four_kabupaten_of_kalimantan_tengah_had_a_perbup(session: Session, actor: Actor) -> None:
    matrix = province_matrix(session, actor, "62", per=NOVEMBER)
    rungs = {found.kode: found.regulation.rung for found in matrix.rows}
    assert len(rungs) == 14
    assert {kode for kode, rung in rungs.items() if rung == "R3"} == {"62.01", "62.03", "62.06", "62.08"}
    assert [rung for rung in rungs.values() if rung != "R3"] == [None] * 10
    assert [found.kode for found in matrix.regulated] == ["62.01", "62.03", "62.06", "62.08"]


def test_the_province_has_its_own_row_with_its_pergub_in_fasilitasi(session: Session, actor: Actor) -> None:
    matrix = province_matrix(session, actor, "62", per=NOVEMBER)
    assert (matrix.own.regulation.rung, matrix.own.regulation.draft_stage) == ("R2", "fasilitasi")
    later = province_matrix(session, actor, "62", per=date(2023, 1, 1)).own.regulation
    assert (later.rung, later.label, later.has_draft) == ("R3", "Pergub 3/2022", False)


def test_lombok_timur_is_a_draft_in_penyusunan_on_8_march_2024(session: Session, actor: Actor) -> None:
    state = row(session, actor, "52.03", date(2024, 3, 8)).regulation
    assert (state.rung, state.draft_stage, state.since_precision) == ("R2", "penyusunan", "bulan")
    assert row(session, actor, "52.03", date(2024, 2, 29)).regulation.rung is None
    assert row(session, actor, "52.03", date(2025, 9, 10)).regulation.rung == "R4"


def test_lumajang_2017_is_a_circular_only_with_the_technical_rule_awaited(session: Session, actor: Actor) -> None:
    found = row(session, actor, "35.08", date(2017, 12, 31))
    assert (found.regulation.rung, found.regulation.label) == ("R1", "Instruksi 1/2016")
    assert "regulasi teknis masih ditunggu" in found.regulation.note
    assert "hanya-r1" in codes(found)


def test_bengkulu_utara_budgeted_16000_and_registered_334(session: Session, actor: Actor) -> None:
    [flag] = row(session, actor, "17.03").flags
    assert (flag.code, flag.text) == (
        "dianggarkan-belum-terdaftar",
        "Tahun 2025: 16.000 orang pekerja rentan dianggarkan, 334 terdaftar.",
    )


def test_tabalong_budgeted_while_its_perbup_was_pending(session: Session, actor: Actor) -> None:
    found = row(session, actor, "63.09")
    assert (found.regulation.rung, found.regulation.draft_stage, found.budgets[2025].rung) == ("R2", "penetapan", "B2")
    assert found.budgets[2025].lines[0].amount_rupiah == 4_999_580_000
    assert "anggaran-tanpa-peraturan" in codes(found)


def test_kutai_timur_stands_above_100_percent_of_informal_workers(session: Session, actor: Actor) -> None:
    story = region_story(session, actor, "64.08")
    [informal] = [state for state in story.segments if state.segment == "BPU"]
    assert informal.percent is not None
    assert informal.percent > 150
    assert {"di-atas-100", "beda-cetak-hitung"} <= codes(story.row)


def test_kepulauan_aru_has_b0_because_somebody_looked(session: Session, actor: Actor) -> None:
    found = row(session, actor, "81.07", date(2022, 1, 1))
    assert found.budgets[2021].rung == "B0"
    assert found.budgets[2022].rung is None


def test_muna_barat_cannot_have_paid_twelve_months_by_may(session: Session, actor: Actor) -> None:
    assert row(session, actor, "74.13").budgets[2023].rung == "B5"


def test_trenggalek_shows_both_versions_of_its_target_and_the_corrected_segments(
    session: Session, actor: Actor
) -> None:
    story = region_story(session, actor, "35.03")
    targets = [card for group in story.groups if group.measure == "target" for card in group.cards]
    assert {str(card.claim.percent) for card in targets} == {"83.29", "89.29", "26.30"}  # type: ignore[attr-defined]
    assert all(card.conflicts_with for card in targets if card.claim.external_id in ("o064", "o066", "o067"))
    shares = {state.segment: state for state in story.segments}
    assert shares["Jakon"].percent == Decimal("81.7")
    assert shares["BPU"].is_conflicting


def test_two_figures_for_one_december_stand_together(session: Session, actor: Actor) -> None:
    share = row(session, actor, "52.03").coverage
    assert share is not None
    assert {share.participants, *(rival.participants for rival in share.rivals)} == {144_110, 163_927}


def test_before_anything_was_recorded_nothing_was_known(session: Session, actor: Actor) -> None:
    matrix = province_matrix(session, actor, "62", per=NOVEMBER, diketahui=datetime(2020, 1, 1, tzinfo=UTC))
    assert len(matrix.regulation_unexamined) == 14
    assert all(found.claim_count == 0 for found in matrix.rows)


def test_a_recorded_claim_does_not_change_what_was_known_before(session: Session, actor: Actor) -> None:
    before = province_matrix(session, actor, "62", per=NOVEMBER)
    figure = CoverageEntry("total", participants=5, eligible=10, denominator="potensi BPJS")
    with transaction(session):
        add_coverage(session, actor, "62.09", figure, Evidence(NOVEMBER, source="laporan"))
    again = province_matrix(session, actor, "62", per=NOVEMBER, diketahui=before.diketahui)
    now_known = province_matrix(session, actor, "62", per=NOVEMBER)
    assert again == before
    assert now_known != before


def test_the_provinces_total_is_a_sum_over_those_with_both_counts(session: Session, actor: Actor) -> None:
    proof = Evidence(NOVEMBER, source="laporan")
    with transaction(session):
        for kode, participants, eligible in (("62.09", 90, 100), ("62.10", 10, 900)):
            entry = CoverageEntry("total", participants=participants, eligible=eligible, denominator="potensi BPJS")
            add_coverage(session, actor, kode, entry, proof)
        add_coverage(session, actor, "62.11", CoverageEntry("total", percent=Decimal(80)), proof)
    total = province_matrix(session, actor, "62", per=NOVEMBER).coverage_total
    assert total is not None
    assert (total.percent, total.regions, total.of_regions) == (Decimal(10), 2, 14)
    assert total.denominators == ("potensi BPJS",)


def test_without_both_counts_anywhere_there_is_no_total(session: Session, actor: Actor) -> None:
    assert province_matrix(session, actor, "62", per=NOVEMBER).coverage_total is None


def test_the_cross_table_counts_every_kabupaten_once_with_belum_diperiksa_kept_apart(
    session: Session, actor: Actor
) -> None:
    matrix = province_matrix(session, actor, "62", per=date(2024, 12, 31))
    cross = matrix.cross(2024)
    everywhere = [cross.count(r, b) for r in cross.regulation_rungs for b in cross.budget_rungs]
    assert sum(everywhere) == 14
    assert cross.regions("R3", "B4") == ("62.01",)
    assert cross.regions(None, "B4") == ("62.02",)


def test_years_asked_for_are_the_years_shown_and_flags_still_rest_on_all(session: Session, actor: Actor) -> None:
    matrix = province_matrix(session, actor, "17", years=[2019])
    found = next(found for found in matrix.rows if found.kode == "17.03")
    assert matrix.years == (2019,)
    assert list(found.budgets) == [2019]
    assert "dianggarkan-belum-terdaftar" in codes(found)


def test_every_figure_names_its_claim_and_source(session: Session, actor: Actor) -> None:
    for kode in ("35", "52", "62", "64"):
        for found in province_matrix(session, actor, kode).rows:
            named = {source.claim for source in found.sources}
            assert all(source.text for source in found.sources)
            assert named >= {claim for state in found.budgets.values() for claim in state.claims}
            assert (found.regulation.rung is None) or named >= set(found.regulation.claims)


def test_the_national_overview_counts_each_province(session: Session, actor: Actor) -> None:
    overview = national_overview(session, actor, per=NOVEMBER)
    central = next(province for province in overview.provinces if province.kode == "62")
    assert (len(overview.provinces), overview.regions) == (38, 514)
    assert (central.regions, central.regulated, central.regulation_unexamined, central.own_rung) == (14, 4, 10, "R2")
    assert overview.regulated == sum(province.regulated for province in overview.provinces)


def test_a_reader_of_one_province_sees_no_other(session: Session) -> None:
    reader = Actor(None, "pembaca", (Grant(Role.PEMBACA, "62.06"),))
    assert [province.kode for province in national_overview(session, reader).provinces] == ["62"]
    assert len(province_matrix(session, reader, "62").rows) == 14
    for kode in ("52", "62.06", "00", "99"):
        with pytest.raises(NotFound):
            province_matrix(session, reader, kode)
    with pytest.raises(NotFound):
        region_story(session, reader, "52.03")


def test_the_number_of_statements_does_not_grow_with_the_regions(session: Session, actor: Actor) -> None:
    with statements(session) as for_nation:
        national_overview(session, actor)
    session.expunge_all()
    with statements(session) as for_large:
        province_matrix(session, actor, "35")
    with statements(session) as for_small:
        province_matrix(session, actor, "34")
    with statements(session) as for_one:
        region_story(session, actor, "35.03")
    assert max(len(for_nation), len(for_large), len(for_small), len(for_one)) <= 15
    assert len(for_large) == len(for_small)


def test_the_story_has_the_dated_steps_in_order_and_says_what_is_missing(session: Session, actor: Actor) -> None:
    story = region_story(session, actor, "52.03", per=date(2024, 3, 8))
    assert [step.on for step in story.timeline] == sorted(step.on for step in story.timeline)
    assert story.timeline[0].stage == "penyusunan"
    assert story.province is not None
    assert story.province.kode == "52"
    assert "Perkada atau Perda yang berlaku (sekarang: rancangan Perbup)" in story.missing
    assert any(card.is_later for group in story.groups for card in group.cards)


def test_a_claim_without_a_date_is_told_but_is_no_step(session: Session, actor: Actor) -> None:
    story = region_story(session, actor, "73")
    undated = [card for group in story.groups for card in group.cards if card.claim.external_id == "o132"]
    assert len(undated) == 1
    assert undated[0].source.on is None
    assert undated[0].claim.id not in {step.source.claim for step in story.timeline}


def test_the_command_writes_the_contract(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["tracker", "--provinsi", "62", "--per", "2021-11-15", "--json"])
    assert result.exit_code == 0
    rows = json.loads(result.stdout)
    assert len(rows) == 14
    keys = {"wilayah", "nama", "regulasi", "rancangan", "anggaran", "cakupan", "flags", "sources"}
    assert all(set(found) == keys for found in rows)
    katingan = next(found for found in rows if found["wilayah"] == "62.06")
    assert (katingan["regulasi"], katingan["rancangan"], katingan["anggaran"]) == ("R3", None, {"2021": None})
    assert katingan["cakupan"] is None
    assert all(set(source) == {"claim", "source", "page"} for source in katingan["sources"])


def test_the_command_gives_coverage_unrounded_and_flags_with_their_words(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["tracker", "--provinsi", "51", "--json"])
    gianyar = next(found for found in json.loads(result.stdout) if found["wilayah"] == "51.04")
    assert gianyar["cakupan"]["percent"] == pytest.approx(13_030_000 / 198_628, abs=1e-9)
    assert gianyar["cakupan"]["on"] == "2025-09-01"
    assert all(set(flag) == {"code", "text"} for flag in gianyar["flags"])


def test_the_command_without_json_is_a_table_that_says_what_nobody_looked_up(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["tracker", "--provinsi", "62", "--per", "2021-11-15"])
    assert "4 dari 14 kab/kota berperaturan, 10 belum diperiksa (?)" in result.stdout
    assert "R3 Perbup 6/2019" in result.stdout
    assert "R2 rancangan Pergub (fasilitasi)" in result.stdout


def test_the_command_refuses_what_is_no_province(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["tracker", "--provinsi", "62.06"])
    assert result.exit_code == 1
    assert "bukan provinsi" in result.stderr
