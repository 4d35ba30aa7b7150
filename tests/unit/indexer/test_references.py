"""Which parts a text refers to, and of which instrument: what cannot be told is left out."""

from __future__ import annotations

import pytest

from indexer.citations import FlowingText, citations_in
from indexer.lines import lines_of
from indexer.references import references_in
from tests.unit.indexer.layouts import pages


def said(text: str) -> list[tuple[str, str | None]]:
    """(path, number of the instrument) of every reference."""
    flow = FlowingText(lines_of(pages(text)))
    found = references_in(flow.text, list(citations_in(flow)))
    return [
        (" ".join(word for step in one.path for word in step), one.citation.nomor if one.citation else None)
        for one in found
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sebagaimana dimaksud dalam Pasal 5 ayat (1) huruf b wajib", [("pasal 5 ayat 1 huruf b", None)]),
        ("dimaksud pada ayat (1) dan ayat (2)", [("ayat 1", None), ("ayat 2", None)]),
        (
            "Pasal 4 ayat (1), ayat (3), dan Pasal 5 berlaku",
            [("pasal 4 ayat 1", None), ("pasal 4 ayat 3", None), ("pasal 5", None)],
        ),
        ("dimaksud pada huruf a sampai dengan huruf c", [("huruf a", None), ("huruf c", None)]),
        ("Pasal 5\nayat (2) berlaku", [("pasal 5 ayat 2", None)]),
        ("Pasal 15 ayat (1) Undang-Undang Nomor 24 Tahun 2011 tentang Badan", [("pasal 15 ayat 1", "24")]),
        (
            "ketentuan Pasal 4 dan Pasal 5 ayat (2) Peraturan Pemerintah Nomor 86 Tahun 2013",
            [("pasal 4", "86"), ("pasal 5 ayat 2", "86")],
        ),
        ("Pasal 18 ayat (6) Undang-Undang Dasar Negara Republik Indonesia Tahun 1945", []),
        ("Pasal 1320 Kitab Undang-Undang Hukum Perdata", []),
        ("Pasal 7 sebagaimana dimaksud dalam Peraturan Pemerintah itu", []),
        ("Pasal 7 Peraturan Bupati ini", [("pasal 7", None)]),
        ("diktum KESATU dan diktum KEDUA", [("diktum KESATU", None), ("diktum KEDUA", None)]),
        ("dimaksud pada ayat (1) diatur dengan Peraturan Presiden", [("ayat 1", None)]),
        ("ketentuan ayat (1) dan ayat (3) Pasal 4 diubah", [("pasal 4 ayat 1", None), ("pasal 4 ayat 3", None)]),
        ("huruf besar dan angka romawi", []),
    ],
)
def test_references_are_read_as_people_mean_them(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert said(text) == expected
