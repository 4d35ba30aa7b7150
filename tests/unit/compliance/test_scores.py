"""Formula kinds of the award: exact numbers in and out, nothing guessed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from compliance.data.awards import editions
from compliance.rules.scores import Manual, Ratio, Sum, computed, formula_of, shown, total, written, written_shown

NON_ASN = Ratio(Decimal(10), "participants", "eligible")


def test_lombok_timurs_published_non_asn_score_is_ten_times_participants_by_eligible() -> None:
    outcome = computed(NON_ASN, {"participants": Decimal(32644), "eligible": Decimal(34555)})
    assert outcome.value == Decimal(326440) / Decimal(34555)
    assert shown(outcome.value) == Decimal("9.45")
    assert outcome.sentence == "10 × 32.644 ÷ 34.555"
    assert outcome.missing == ()


def test_the_published_total_is_the_plain_sum_with_the_unrounded_computed_score() -> None:
    by_hand = [Decimal(text) for text in ("7.75", "5.16", "1.09", "9.00", "10.00", "9.06")]
    added = total([*by_hand, Decimal(326440) / Decimal(34555)])
    assert added is not None
    assert str(added).startswith("51.5069686")
    assert written_shown(added) == "51,51"


def test_an_input_that_is_not_known_is_named_and_nothing_is_scored() -> None:
    outcome = computed(NON_ASN, {"participants": Decimal(5), "eligible": None})
    assert outcome.value is None
    assert outcome.missing == ("eligible",)
    assert outcome.sentence == "10 × 5 ÷ jumlah yang berhak (penyebut)"


def test_a_score_above_its_factor_stays_as_computed() -> None:
    assert computed(NON_ASN, {"participants": Decimal(126), "eligible": Decimal(100)}).value == Decimal("12.6")


def test_nobody_covered_is_a_score_of_zero_and_not_a_missing_one() -> None:
    outcome = computed(NON_ASN, {"participants": Decimal(0), "eligible": Decimal(100)})
    assert outcome.value == 0
    assert outcome.missing == ()


def test_nobody_eligible_scores_nothing_and_says_why() -> None:
    outcome = computed(NON_ASN, {"participants": Decimal(5), "eligible": Decimal(0)})
    assert outcome.value is None
    assert "nol" in outcome.impossible


def test_a_sum_adds_its_inputs() -> None:
    added = computed(Sum(("a", "b")), {"a": Decimal("1.25"), "b": Decimal(2000)})
    assert added.value == Decimal("2001.25")
    assert added.sentence == "1,25 + 2.000"
    assert computed(Sum(("a", "b")), {"a": Decimal(1)}).missing == ("b",)


def test_formulas_are_read_from_data_and_an_unknown_kind_is_refused() -> None:
    held = {"kind": "ratio", "factor": "10", "numerator": "participants", "denominator": "eligible", "segment": "x"}
    assert formula_of(held) == NON_ASN
    assert formula_of({"kind": "sum", "inputs": "a b"}) == Sum(("a", "b"))
    assert formula_of(None) == formula_of({"kind": "manual"}) == Manual()
    with pytest.raises(ValueError, match="pangkat"):
        formula_of({"kind": "pangkat"})


def test_missing_scores_are_left_out_of_the_sum_and_no_score_at_all_has_no_sum() -> None:
    assert total([Decimal("1.005"), None, Decimal("2")]) == Decimal("3.005")
    assert total([None, None]) is None
    assert total([Decimal(0)]) == 0


@pytest.mark.parametrize(("exact", "seen"), [("1.005", "1,01"), ("1.0049999", "1,00"), ("1234.5", "1.234,50")])
def test_scores_are_shown_to_two_places_half_up(exact: str, seen: str) -> None:
    assert written_shown(Decimal(exact)) == seen


@pytest.mark.parametrize(("number", "text"), [("34555", "34.555"), ("10", "10"), ("0.250", "0,25"), ("0", "0")])
def test_inputs_are_written_with_all_their_digits(number: str, text: str) -> None:
    assert written(Decimal(number)) == text


def test_every_shipped_formula_is_of_a_kind_that_can_be_computed() -> None:
    kinds = {indicator.rumus.jenis for edition in editions() for indicator in edition.indicators if indicator.rumus}
    assert kinds == {"ratio"}
