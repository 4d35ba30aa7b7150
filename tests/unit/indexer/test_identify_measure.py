from __future__ import annotations

from benchmarks.identity import folded, verdict
from indexer.identify import identify
from tests.unit.indexer.layouts import pages, perkada, region_names

LABEL = {"jenis": "Perbup", "nomor": "06", "tahun": "2019", "wilayah": "62.06", "judul": "PERLINDUNGAN  PEKERJA RENTAN"}


def test_case_spaces_and_leading_zeros_do_not_count() -> None:
    assert folded("148 /PMK.02/2021") == folded("148/pmk.2/2021")
    assert folded(None) == folded("") == ""
    assert folded("10") != folded("1")


def test_a_right_identity_is_right_and_not_flagged() -> None:
    result = verdict(identify(pages(perkada("BUPATI", "KATINGAN")), region_names()), LABEL)
    assert (result["equal"], result["flagged"], result["silent"]) == (True, False, [])


def test_a_wrong_value_without_a_flag_is_named() -> None:
    result = verdict(identify(pages(perkada("BUPATI", "KATINGAN", "7")), region_names()), LABEL)
    assert (result["equal"], result["flagged"], result["silent"]) == (False, False, ["nomor"])


def test_a_missing_value_counts_as_flagged() -> None:
    blank = perkada("BUPATI", "KATINGAN").replace("NOMOR 6 TAHUN", "NOMOR TAHUN")
    result = verdict(identify(pages(blank), region_names()), LABEL)
    assert (result["equal"], result["flagged"], result["silent"]) == (False, True, [])
