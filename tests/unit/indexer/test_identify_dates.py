from __future__ import annotations

from datetime import date

import pytest

from indexer.dates import date_in, year_in
from indexer.lines import lines_of
from indexer.signing import gazette_of, promulgated_on, signed_on
from tests.unit.indexer.layouts import pages


@pytest.mark.parametrize(
    ("text", "day", "exact"),
    [
        ("pada tanggal 4 Januari 2016", date(2016, 1, 4), True),
        ("pada tanggal 12-04-2010", date(2010, 4, 12), True),
        ("pada tanggal 5 Nopember 2018", date(2018, 11, 5), True),
        ("pada tanggal 25 Djuni 1953.", date(1953, 6, 25), True),
        ("pada tanggal 18 Desember 2O23", date(2023, 12, 18), False),
        ("pada tanggal L2 Jal;uari2O22", date(2022, 1, 12), False),
        ("pada tanggal 31 Februari 2020", None, False),
    ],
)
def test_a_date_is_read_and_marked_inexact_where_letters_were_put_right(
    text: str, day: date | None, exact: bool
) -> None:
    reading = date_in(text)
    assert reading is not None
    assert (reading.day, reading.exact) == (day, exact)


@pytest.mark.parametrize("text", ["pada tanggal", "pada tanggal lF M.F{? aoao", "Pasal 12 ayat 3 2020", ""])
def test_what_is_no_date_is_none(text: str) -> None:
    assert date_in(text) is None


@pytest.mark.parametrize(
    ("text", "year"), [("2014", 2014), ("2OL4", 2014), ("2025..24", 2025), ("1844", None), ("OOOO", None)]
)
def test_a_year_must_be_plausible(text: str, year: int | None) -> None:
    reading = year_in(text)
    assert (reading.year if reading else None) == year


def test_two_formulas_side_by_side_keep_their_own_dates() -> None:
    text = """Diundangkan di Manado Ditetapkan di Manado
pada tanggal 7 November 2017 pada tanggal 31 Oktober 2017"""
    lines = lines_of(pages(text))
    signed, promulgated = signed_on(lines), promulgated_on(lines)
    assert signed is not None
    assert signed.reading is not None
    assert signed.reading.day == date(2017, 10, 31)
    assert promulgated is not None
    assert promulgated.reading is not None
    assert promulgated.reading.day == date(2017, 11, 7)


def test_a_blank_date_is_known_to_be_unread() -> None:
    signed = signed_on(lines_of(pages("Ditetapkan di Pinrang\npada tanggal\nBUPATI PINRANG,")))
    assert signed is not None
    assert signed.reading is None


def test_the_gazette_is_the_one_at_the_end_and_not_one_that_is_cited() -> None:
    text = """MEMUTUSKAN:
Undang-Undang Nomor 1 Tahun 2004 (Lembaran Negara Republik Indonesia Tahun 2004 Nomor 5)
BERITA DAERAH KABUPATEN KATINGAN TAHUN 2019
NOMOR 016"""
    gazette = gazette_of(lines_of(pages(text)))
    assert gazette is not None
    assert gazette.text == "BD 2019/16"
    assert gazette_of(lines_of(pages("MEMUTUSKAN:\nBERITA DAERAH KABUPATEN PINRANG TAHUN 2016 NOMOR ...."))) is None
