"""What stands at the edges of a page is not part of its text: page numbers, running heads and feet, catch-words."""

from __future__ import annotations

from indexer.running_heads import text_between_edges
from tests.unit.indexer.layouts import pages


def between(*texts: str) -> list[str]:
    held = pages(*texts)
    edges = text_between_edges(held)
    return [page.text[slice(*edges[page.number])].strip() for page in held]


def test_page_numbers_and_catchwords_are_left_out() -> None:
    assert between("Pasal 1\nIsi satu.\n(2) Dalam . . .", "- 2 -\n(2) Dalam hal itu.") == [
        "Pasal 1\nIsi satu.",
        "(2) Dalam hal itu.",
    ]


def test_the_head_of_the_state_gazette_is_no_text() -> None:
    assert between("2021, No.47 -2-\nSatu.", "-3- 2021, No.47\nDua.") == ["Satu.", "Dua."]


def test_what_three_pages_repeat_at_their_edges_is_a_running_head_or_foot() -> None:
    texts = [
        f"PRESIDEN\nREPUBLIK INDONESIA\n- {n} -\nIsi halaman {word}.\nwww.contoh.go.id"
        for n, word in enumerate("abc", 1)
    ]
    assert between(*texts) == ["Isi halaman a.", "Isi halaman b.", "Isi halaman c."]


def test_two_alike_lines_are_text() -> None:
    assert between("Cukup jelas.\nIsi.", "Cukup jelas.\nIsi lain.") == ["Cukup jelas.\nIsi.", "Cukup jelas.\nIsi lain."]


def test_a_page_of_nothing_but_edges_is_empty() -> None:
    assert between("- 2 -", "") == ["", ""]
