"""What is marked, which page answers best, and the snippet shown."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.highlight import best_pages, marks, page_terms, snippet_from, snippets
from indexer.occurrences import occurrences
from indexer.query import parse


def marked(text: str, query: str) -> list[str]:
    return [text[start:end] for start, end in marks(text, parse(query))]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("menetapkan", ["Ditetapkan", "penetapan"]),
        ('"penetapan"', ["penetapan"]),
        ("peneta*", ["penetapan"]),
        ("iuran denda", ["iuran"]),
        ('"iuran wajib"', ["iuran wajib"]),
        ('"wajib iuran"', []),
        ('"iuran dibayar"~2', ["iuran wajib dibayar"]),
        ("jamsostek", ["BPJS Ketenagakerjaan"]),
        ("bpjs tk", ["BPJS Ketenagakerjaan"]),
        ('"jamsostek"', []),
        ("pasal 5", ["Pasal 5"]),
        ("uu 24/2011", ["UU Nomor 24 Tahun 2011"]),
        ("2092600000", ["Rp2.092.600.000"]),
        ("iuran -wajib", ["iuran"]),
        ("judul:iuran", []),
        ("yang iuran", ["iuran"]),
        ("pemerintah", ["pemerin-\ntah"]),
    ],
)
def test_what_was_found_is_what_is_marked(query: str, expected: list[str]) -> None:
    text = (
        "Ditetapkan menurut Pasal 5 UU Nomor 24 Tahun 2011: iuran wajib dibayar kepada BPJS Ketenagakerjaan yang "
        "berhak, sebesar Rp2.092.600.000 dengan penetapan pemerin-\ntah."
    )
    assert marked(text, query) == expected


def test_the_page_with_all_words_close_together_is_best() -> None:
    pages = [
        ("satu", page_terms("sanksi diatur di sini")),
        ("jauh", page_terms("sanksi " + "lalu " * 100 + "denda")),
        ("dekat", page_terms("dikenai sanksi berupa denda")),
        ("tiada", page_terms("ketentuan umum")),
    ]
    assert [key for key, _ in best_pages(pages, parse("sanksi denda"), limit=9)] == ["dekat", "jauh", "satu"]


def test_a_word_of_every_page_counts_less_than_one_of_a_single_page() -> None:
    pages = [(number, page_terms("iuran iuran iuran" if number != 7 else "iuran rentan")) for number in range(20)]
    assert best_pages(pages, parse("iuran ATAU rentan"), limit=1)[0][0] == 7


def test_pages_that_answer_alike_come_in_their_order() -> None:
    pages = [(number, page_terms("sanksi")) for number in range(5)]
    assert [key for key, _ in best_pages(pages, parse("sanksi"))] == [0, 1, 2]


def test_a_page_without_the_words_does_not_answer() -> None:
    pages = [(1, page_terms("ketentuan umum")), (2, page_terms("sanksi"))]
    assert [key for key, _ in best_pages(pages, parse("sanksi"))] == [2]


def test_a_snippet_is_cut_between_words_around_the_marks() -> None:
    text = "awal " * 200 + "dikenai  sanksi\n administratif berupa denda" + " akhir" * 200
    [snippet] = snippets(text, parse("sanksi denda"))
    assert len(snippet.text) <= 240
    assert "dikenai sanksi administratif berupa denda" in snippet.text
    assert [snippet.text[start:end] for start, end in snippet.marks] == ["sanksi", "denda"]
    assert set(snippet.text.split()) <= set(text.split())
    assert text[snippet.start : snippet.end].split() == snippet.text.split()


def test_several_snippets_do_not_overlap() -> None:
    text = "sanksi " + "lalu " * 200 + "sanksi " + "lagi " * 200 + "sanksi"
    found = snippets(text, parse("sanksi"), limit=3)
    assert len(found) == 3
    places = sorted((snippet.start, snippet.end) for snippet in found)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(places))


def test_a_page_that_does_not_answer_is_shown_from_its_beginning() -> None:
    [snippet] = snippets("Peraturan ini mulai berlaku. " * 40, parse("sanksi"))
    assert snippet.text.startswith("Peraturan ini")
    assert snippet.marks == ()


def test_a_page_without_words_has_no_snippet() -> None:
    assert snippets(" \n--", parse("sanksi")) == []


@given(st.text(alphabet="ab \n\t\x00-\u00adé."), st.sampled_from(["a", '"a b"', "ab*", '"a b"~3', "a -b", "b ATAU ab"]))
def test_marks_of_any_text_lie_in_it_in_order(text: str, query: str) -> None:
    asked = parse(query)
    found = marks(text, asked)
    assert all(0 <= start < end <= len(text) for start, end in found)
    assert found == sorted(found)
    for snippet in snippets(text, asked, length=12, limit=2):
        assert all(0 <= start < end <= len(snippet.text) for start, end in snippet.marks)
        assert "  " not in snippet.text


def test_words_near_each_other_take_a_place_each() -> None:
    assert occurrences([[0], [0]], slop=3) == []
    assert occurrences([[0, 4], [0, 4]], slop=3) == [(0, 4)]
    assert occurrences([[5], [2]], slop=2) == [(2, 5)]
    assert occurrences([[5], [2]], slop=1) == []


def test_a_piece_from_a_place_on_begins_there_with_its_marks() -> None:
    text = "Pasal 3\nIuran dibayar.\nPasal 4\nIuran dihitung dari upah."
    cut = snippet_from(text, text.index("Pasal 4"), parse("iuran"))
    assert cut.text == "Pasal 4 Iuran dihitung dari upah"
    assert [cut.text[start:end] for start, end in cut.marks] == ["Iuran"]
    assert snippet_from("Pasal 4\n", 7, parse("iuran")).text == ""
