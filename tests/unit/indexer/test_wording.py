"""Texts are judged by the shape of their words alone."""

from __future__ import annotations

import pytest

from indexer.wording import is_plausible, wording_of


@pytest.mark.parametrize(
    "token",
    [
        "pekerja",
        "Undang-Undang",
        "(1)",
        "a.",
        "Rp2.092.600.000,00",
        "2021",
        "19/2015",
        "148/PMK.02/2021",
        "28A",
        "BPJS",
        "dan/atau",
        "PPSPM",
    ],
)
def test_words_figures_and_codes_of_regulations_are_plausible(token: str) -> None:
    assert is_plausible(token)


@pytest.mark.parametrize("token", ["PEMEzuNTAH", "l^enteri", "spes1men", "pen)rusunan", "2OO5", "xkcdwq", "tidaknYa"])
def test_misread_words_are_not_plausible(token: str) -> None:
    assert not is_plausible(token)


def test_letters_among_figures_are_counted_as_confused() -> None:
    assert wording_of("Tahun 2OO5 tentang Pasal24 dan l0 orang pada 28A").confused == 3
    assert wording_of("Republil< penugas€rn (a) Menteri").confused == 2


def test_the_better_reading_of_a_page_weighs_more() -> None:
    good = "Peraturan Bupati ini mulai berlaku pada tanggal diundangkan"
    poor = "Peratvrzn Bvpqti i^i mul4i berl@ku p3da tan99al diun<langkan"
    assert wording_of(good).weight > wording_of(poor).weight


def test_no_text_weighs_nothing() -> None:
    assert wording_of("").weight == 0
    assert wording_of("").share == 0
