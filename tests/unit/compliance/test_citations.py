"""Acts are named as officials name them."""

from __future__ import annotations

import pytest

from compliance.models import Regulation
from compliance.rules.citations import citation, full_name

CASES = [
    (("Perbup", None, "6", 2019, "62.06", None), "Peraturan Bupati Katingan Nomor 6 Tahun 2019"),
    (("Perbup", None, "6", 2019, "62.06", "Bupati Katingan"), "Peraturan Bupati Katingan Nomor 6 Tahun 2019"),
    (("Perbup", "Perbup", "14", 2024, "63.03", None), "Peraturan Bupati Banjar Nomor 14 Tahun 2024"),
    (("Perda", None, "7", 2019, "73.15", "Bupati Pinrang"), "Peraturan Daerah Kabupaten Pinrang Nomor 7 Tahun 2019"),
    (("Perda", None, "7", 2019, None, "Wali Kota Bima"), "Peraturan Daerah Kota Bima Nomor 7 Tahun 2019"),
    (("Perda", "Qanun", "1", 2024, "11", None), "Qanun Provinsi Aceh Nomor 1 Tahun 2024"),
    (("Pergub", None, None, 2021, "62", None), "Peraturan Gubernur Kalimantan Tengah Tahun 2021"),
    (("PP", None, "85", 2013, None, "Presiden"), "Peraturan Pemerintah Nomor 85 Tahun 2013"),
    (
        ("Permen", None, "4", 2022, None, "Menteri Ketenagakerjaan"),
        "Peraturan Menteri Ketenagakerjaan Nomor 4 Tahun 2022",
    ),
    (
        ("Keputusan", None, "9", 2023, "61", "Gubernur Kalimantan Barat"),
        "Keputusan Gubernur Kalimantan Barat Nomor 9 Tahun 2023",
    ),
    (("Lainnya", None, None, None, None, None), "Dokumen"),
]


@pytest.mark.parametrize(("parts", "name"), CASES)
def test_an_act_is_named_by_kind_issuer_number_and_year(parts: tuple[object, ...], name: str) -> None:
    names = ("jenis", "bentuk", "nomor", "tahun", "wilayah", "penerbit")
    assert citation(Regulation(**dict(zip(names, parts, strict=True)))) == name


def test_the_full_name_adds_the_title_where_there_is_one() -> None:
    act = Regulation(jenis="UU", nomor="24", tahun=2011, judul="Badan Penyelenggara Jaminan Sosial")
    assert full_name(act) == "Undang-Undang Nomor 24 Tahun 2011 tentang Badan Penyelenggara Jaminan Sosial"
