"""Whether an act is in force on a day: since when, by what proof, confirmed or not, and what can't be true together."""

from __future__ import annotations

from datetime import date

import pytest

from compliance.db import now
from compliance.models import Regulation, RegulationRelation
from compliance.rules.standing import Standing, ended_when_cited, standing_on, stored_status

DAY = date(2025, 6, 1)


def act(number: int, **columns: object) -> Regulation:
    known = {"jenis": "Perbup", "nomor": str(number), "wilayah": "62.06", "unverified": [], "is_catalogue": False}
    return Regulation(id=number, recorded_at=now(), **{**known, **columns})


def bond(source: Regulation, kind: str, target: Regulation, decision: str | None = None) -> RegulationRelation:
    return RegulationRelation(
        from_id=source.id, source=source, kind=kind, to_id=target.id, to_text="…", decision=decision
    )


OLD = act(6, tahun=2019, ditetapkan=date(2019, 2, 4), diundangkan=date(2019, 2, 5))
NEW = act(3, tahun=2023, ditetapkan=date(2023, 3, 1), diundangkan=date(2023, 3, 9))


def told(standing: Standing) -> tuple[str | None, date | None, bool]:
    return standing.state, standing.since, standing.is_confirmed


def test_nothing_known_is_never_in_force() -> None:
    for unknown in (act(1), act(1, tahun=2019), act(1, tahun=2019, ditetapkan=date(2019, 2, 4))):
        assert told(standing_on(unknown, [], DAY)) == (None, None, False)


def test_a_promulgated_act_is_in_force_only_as_far_as_known() -> None:
    found = standing_on(OLD, [], DAY)
    assert (told(found), found.is_as_far_as_known) == (("berlaku", date(2019, 2, 5), False), True)
    assert stored_status(found) is None


def test_an_instruction_is_in_force_from_the_day_it_was_given() -> None:
    given = act(2, jenis="Inpres", wilayah=None, tahun=2021, ditetapkan=date(2021, 3, 25))
    assert standing_on(given, [], DAY).since == date(2021, 3, 25)


def test_before_it_was_made_an_act_is_a_draft_and_before_its_start_not_yet_in_force() -> None:
    late = act(9, tahun=2024, ditetapkan=date(2024, 5, 1), diundangkan=date(2024, 5, 2), mulai_berlaku=date(2026, 1, 1))
    assert standing_on(late, [], date(2024, 4, 30)).state == "rancangan"
    assert standing_on(act(9, tahun=2024), [], date(2023, 12, 31)).state == "rancangan"
    assert told(standing_on(late, [], DAY)) == ("belum berlaku", date(2024, 5, 1), True)
    assert standing_on(late, [], date(2026, 1, 1)).state == "berlaku"


def test_validity_runs_out_the_day_after_its_last_day() -> None:
    until = act(4, jenis="Inpres", wilayah=None, ditetapkan=date(2022, 6, 8), berlaku_sampai=date(2024, 12, 31))
    assert standing_on(until, [], date(2024, 12, 31)).state == "berlaku"
    assert told(standing_on(until, [], date(2025, 1, 1))) == ("habis", date(2025, 1, 1), True)
    until.unverified = ["berlaku_sampai"]
    assert not standing_on(until, [], DAY).is_confirmed


def test_a_revocation_counts_from_the_promulgation_of_the_act_that_revokes() -> None:
    bonds = [bond(NEW, "mencabut", OLD, "diterima")]
    assert standing_on(OLD, bonds, date(2023, 3, 8)).state == "berlaku"
    assert told(standing_on(OLD, bonds, date(2023, 3, 9))) == ("dicabut", date(2023, 3, 9), True)
    assert standing_on(NEW, bonds, DAY).state == "berlaku"


def test_a_revocation_that_nobody_confirmed_says_so_and_is_not_stored() -> None:
    found = standing_on(OLD, [bond(NEW, "mencabut", OLD)], DAY)
    assert told(found) == ("dicabut", date(2023, 3, 9), False)
    assert stored_status(found) is None
    assert stored_status(standing_on(OLD, [bond(NEW, "mencabut", OLD, "diterima")], DAY)) == "dicabut"


def test_a_refused_revocation_counts_for_nothing() -> None:
    assert standing_on(OLD, [bond(NEW, "mencabut", OLD, "ditolak")], DAY).state == "berlaku"


def test_a_confirmed_revocation_goes_before_an_earlier_proposed_one() -> None:
    middle = act(5, tahun=2021, diundangkan=date(2021, 1, 1))
    bonds = [bond(middle, "mencabut", OLD), bond(NEW, "mencabut", OLD, "diterima")]
    assert told(standing_on(OLD, bonds, DAY)) == ("dicabut", date(2023, 3, 9), True)
    assert told(standing_on(OLD, bonds, date(2022, 1, 1))) == ("dicabut", date(2021, 1, 1), False)


def test_a_revocation_by_an_act_without_dates_has_no_date_and_counts_from_its_year() -> None:
    undated = act(7, tahun=2022)
    bonds = [bond(undated, "mencabut", OLD, "diterima")]
    assert standing_on(OLD, bonds, date(2021, 12, 31)).state == "berlaku"
    assert told(standing_on(OLD, bonds, DAY)) == ("dicabut", None, True)


@pytest.mark.parametrize("kind", ["mengubah", "mencabut sebagian"])
def test_an_amended_act_and_one_revoked_in_part_are_in_force_as_amended(kind: str) -> None:
    bonds = [bond(NEW, kind, OLD, "diterima")]
    assert told(standing_on(OLD, bonds, DAY)) == ("diubah", date(2023, 3, 9), True)
    assert standing_on(OLD, bonds, date(2020, 1, 1)).state == "berlaku"


def test_an_amendment_stays_when_the_amending_act_is_revoked() -> None:
    last = act(8, tahun=2024, diundangkan=date(2024, 1, 1))
    bonds = [bond(NEW, "mengubah", OLD, "diterima"), bond(last, "mencabut", NEW, "diterima")]
    assert standing_on(OLD, bonds, DAY).state == "diubah"
    assert standing_on(NEW, bonds, DAY).state == "dicabut"


def test_two_acts_that_revoke_each_other_are_left_to_a_person() -> None:
    bonds = [bond(NEW, "mencabut", OLD), bond(OLD, "mencabut", NEW)]
    for one in (OLD, NEW):
        found = standing_on(one, bonds, DAY)
        assert (found.state, [each.code for each in found.contradictions]) == (None, ["saling_mencabut"])


def test_an_act_is_not_revoked_before_it_was_made() -> None:
    found = standing_on(NEW, [bond(OLD, "mencabut", NEW, "diterima")], DAY)
    assert (found.state, found.contradictions[0].code) == (None, "sebelum_dibuat")


@pytest.mark.parametrize("columns", [{"wilayah": "62.01"}, {"jenis": "Keputusan", "wilayah": "73.15"}])
def test_acts_of_other_regions_revoke_nothing_until_a_person_says_so(columns: dict[str, str]) -> None:
    foreign = act(3, tahun=2023, diundangkan=date(2023, 3, 9), **columns)
    assert standing_on(OLD, [bond(foreign, "mencabut", OLD)], DAY).contradictions[0].code == "bukan_wewenang"
    assert standing_on(OLD, [bond(foreign, "mencabut", OLD, "diterima")], DAY).state == "dicabut"


def test_a_lower_act_does_not_revoke_a_higher_one() -> None:
    perda = act(6, jenis="Perda", tahun=2019, diundangkan=date(2019, 1, 1))
    assert standing_on(perda, [bond(NEW, "mencabut", perda)], DAY).contradictions[0].code == "bukan_wewenang"


def test_dates_in_the_wrong_order_are_told() -> None:
    odd = act(1, tahun=2022, ditetapkan=date(2022, 5, 2), diundangkan=date(2022, 5, 1), berlaku_sampai=date(2021, 1, 1))
    codes = [each.code for each in standing_on(odd, [], DAY).contradictions]
    assert codes == ["tanggal_terbalik", "habis_sebelum_mulai"]


def test_the_catalogue_and_a_jdih_may_say_that_an_act_is_in_force() -> None:
    listed = act(1, slug="uu-40-2004", is_catalogue=True, jenis="UU", wilayah=None, diundangkan=date(2004, 10, 19))
    found = standing_on(listed, [], DAY)
    assert told(found) == ("berlaku", date(2004, 10, 19), True)
    assert (found.is_as_far_as_known, stored_status(found)) == (False, "berlaku")
    said = act(1, tahun=2019, jdih={"status": "Tidak Berlaku"})
    found = standing_on(said, [], DAY)
    assert (told(found), stored_status(found)) == (("tidak berlaku", None, False), None)


def test_a_citation_of_an_act_that_had_ended_is_told_apart_from_one_that_ended_since() -> None:
    until = act(4, jenis="Inpres", wilayah=None, ditetapkan=date(2022, 6, 8), berlaku_sampai=date(2024, 12, 31))
    after, before = act(1, tahun=2025, ditetapkan=date(2025, 1, 1)), act(2, tahun=2024, ditetapkan=date(2024, 3, 1))
    had, since = (ended_when_cited(until, [], citing, DAY) for citing in (after, before))
    assert had is not None
    assert had.had_ended
    assert since is not None
    assert not since.had_ended
    assert ended_when_cited(until, [], before, date(2024, 6, 1)) is None


def test_an_act_that_revokes_what_it_cites_did_not_cite_something_ended() -> None:
    found = ended_when_cited(OLD, [bond(NEW, "mencabut", OLD)], NEW, DAY)
    assert found is not None
    assert not found.had_ended


def test_of_a_citing_act_known_only_by_its_year_only_what_ended_before_that_year_is_certain() -> None:
    until = act(4, jenis="Inpres", wilayah=None, ditetapkan=date(2022, 6, 8), berlaku_sampai=date(2024, 12, 31))
    for year, had in ((2024, False), (2025, True)):
        found = ended_when_cited(until, [], act(1, tahun=year), DAY)
        assert found is not None
        assert found.had_ended is had
