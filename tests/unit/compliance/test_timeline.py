"""The life of an act, step by step."""

from __future__ import annotations

from datetime import date

from compliance.rules.timeline import timeline
from tests.unit.compliance.test_standing import NEW, OLD, act, bond


def test_the_life_of_an_act_is_told_from_its_making_to_its_end() -> None:
    middle = act(5, tahun=2021, diundangkan=date(2021, 1, 1))
    bonds = [bond(NEW, "mencabut", OLD), bond(middle, "mengubah", OLD, "diterima"), bond(OLD, "mencabut", middle)]
    told = [(step.what, step.day, step.is_confirmed) for step in timeline(OLD, bonds[:2])]
    assert told == [
        ("ditetapkan", date(2019, 2, 4), True),
        ("diundangkan", date(2019, 2, 5), True),
        ("diubah", date(2021, 1, 1), True),
        ("dicabut", date(2023, 3, 9), False),
    ]


def test_a_step_whose_day_is_unknown_stands_where_it_belongs() -> None:
    undated = act(7, tahun=2020)
    told = [(step.what, step.day) for step in timeline(act(9, tahun=2018), [bond(undated, "mencabut", act(9))])]
    assert told == [("ditetapkan", None), ("diundangkan", None), ("dicabut", None)]
    ended = act(6, tahun=2019, ditetapkan=date(2019, 2, 4), berlaku_sampai=date(2022, 1, 1))
    steps = timeline(ended, [bond(undated, "mengubah", act(6))])
    assert [step.what for step in steps] == ["ditetapkan", "diundangkan", "diubah", "habis"]


def test_what_can_not_be_is_marked_and_what_was_refused_is_left_out() -> None:
    bonds = [bond(OLD, "mencabut", NEW), bond(act(4, tahun=2024), "mencabut", NEW, "ditolak")]
    told = [step for step in timeline(NEW, bonds) if step.bond]
    assert [step.is_contradictory for step in told] == [True]


def test_two_copies_that_say_the_same_are_one_step() -> None:
    bonds = [bond(NEW, "mencabut", OLD, "diterima"), bond(NEW, "mencabut", OLD)]
    assert [step.is_confirmed for step in timeline(OLD, bonds) if step.bond] == [True]


def test_an_instruction_is_not_expected_to_be_promulgated() -> None:
    given = act(2, jenis="Inpres", wilayah=None, tahun=2021, ditetapkan=date(2021, 3, 25))
    assert [step.what for step in timeline(given, [])] == ["ditetapkan"]
