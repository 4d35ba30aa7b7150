from __future__ import annotations

import pytest

from indexer.lines import key_of
from indexer.regions import RegionNames
from tests.unit.indexer.layouts import region_names


@pytest.mark.parametrize(
    ("text", "kode"),
    [
        ("BUPATI BIMA", "52.06"),
        ("WALI KOTA BIMA", "52.72"),
        ("WALIKOTA BIMA", "52.72"),
        ("PEMERINTAH KOTA BOGOR", "32.71"),
        ("PEMERINTAH KABUPATEN BOGOR", "32.01"),
        ("KABUPATEN LIMA PULUH KOTA", "13.07"),
        ("BUPATI LIMAPULUH KOTA", "13.07"),
        ("BUPATI KOTABARU", "63.02"),
        ("KOTA BANJARBARU", "63.72"),
        ("BUPATI BANJAR", "63.03"),
        ("BUPATI BANJARNEGARA", "33.04"),
        ("BUPATI ACEH BARAT DAYA", "11.12"),
        ("BUPATI ACEH BARAT", "11.05"),
        ("KABUPATEN KEPULAUAN SIAU TAGULANDANG BIARO", "71.09"),
        ("WALIKOTA PALANGKA RAYA", "62.71"),
        ("GUBERNUR NANGGROE ACEH DARUSSALAM", "11"),
        ("GUBERNUR PROVINSI KALIMANTAN TENGAH", "62"),
        ("PROVINSI PAPUA BARAT DAYA", "96"),
        ("PROVINSI PAPUA", "91"),
        ("GUBERNUR DAERAH ISTIMEWA YOGYAKARTA", "34"),
        ("WALIKOTAMADYA KEPALA DAERAH TINGKAT II UJUNG PANDANG", "73.71"),
        ("PROVINS! KALIMANTAN TIMUR", "64"),
        ("BUPATIPASER", "64.01"),
    ],
)
def test_a_region_is_read_exactly(text: str, kode: str) -> None:
    reading = region_names().read(key_of(text))
    assert reading is not None
    assert (reading.kode, reading.exact) == (kode, True)


def test_a_name_with_a_misread_letter_is_read_but_not_exact() -> None:
    reading = region_names().read(key_of("BUPATI KATLNGAN"))
    assert reading is not None
    assert (reading.kode, reading.exact) == ("62.06", False)


@pytest.mark.parametrize("text", ["BUPATI ANTAH BERANTAH", "KATINGAN", "KOTA", "", "MENTERI DALAM NEGERI"])
def test_what_announces_no_known_region_is_none(text: str) -> None:
    assert region_names().read(key_of(text)) is None


def test_names_may_come_with_or_without_their_level() -> None:
    names = RegionNames.from_rows(
        [("62.06", "kabupaten", "Katingan", ["Katingan Raya"]), ("62", "provinsi", "Kalimantan Tengah", ["Kalteng"])]
    )
    for text, kode in [("BUPATI KATINGAN", "62.06"), ("KABUPATEN KATINGAN RAYA", "62.06"), ("PROVINSI KALTENG", "62")]:
        reading = names.read(key_of(text))
        assert reading is not None
        assert reading.kode == kode


def test_without_names_no_region_is_read() -> None:
    assert RegionNames.from_rows([]).read(key_of("BUPATI KATINGAN")) is None
