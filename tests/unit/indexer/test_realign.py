"""Boxes after a correction: kept, shared, or none; every word stands where the text says."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from indexer import realign
from indexer.pages import Word
from indexer.realign import realigned


def _words(text: str) -> list[Word]:
    """One word beside the other on one line, ten points wide each."""
    words, start = [], 0
    for order, said in enumerate(text.split()):
        start = text.index(said, start)
        words.append(Word(said, start, order * 10.0, 0.0, order * 10.0 + 9, 10.0, 80.0))
        start += len(said)
    return words


def _boxes(words: tuple[Word, ...]) -> list[tuple[str, float, float]]:
    return [(word.text, word.x0, word.x1) for word in words]


def test_words_that_stayed_keep_their_boxes_and_a_misread_one_gives_its_box_to_the_right_one() -> None:
    corrected = realigned(_words("NOM0R 6 TAHUN 2O19"), "NOMOR 6 TAHUN 2019")
    assert _boxes(corrected) == [("NOMOR", 0, 9), ("6", 10, 19), ("TAHUN", 20, 29), ("2019", 30, 39)]
    assert [word.confidence for word in corrected] == [None, 80.0, 80.0, None]


def test_words_run_together_and_torn_apart_share_the_box_they_were_read_from() -> None:
    assert _boxes(realigned(_words("jaminansosial pekerja"), "jaminan sosial pekerja")) == [
        ("jaminan", 0, 9),
        ("sosial", 0, 9),
        ("pekerja", 10, 19),
    ]
    assert _boxes(realigned(_words("Pasal ja min an 1"), "Pasal jaminan 1")) == [
        ("Pasal", 0, 9),
        ("jaminan", 10, 39),
        ("1", 40, 49),
    ]


def test_what_was_added_has_no_place_and_what_was_removed_is_gone() -> None:
    assert _boxes(realigned(_words("a b c"), "a b sisipan c")) == [("a", 0, 9), ("b", 10, 19), ("c", 20, 29)]
    assert _boxes(realigned(_words("a b c"), "a c")) == [("a", 0, 9), ("c", 20, 29)]
    assert realigned([], "diketik tangan") == ()


def test_words_replaced_over_two_lines_never_get_a_box_over_both() -> None:
    old = [Word("a", 0, 0, 0, 9, 10), Word("b", 2, 500, 0, 509, 10), Word("c", 4, 0, 20, 9, 30)]
    assert realigned(old, "x") == (Word("x", 0, 0, 0, 509, 10),)


def test_a_page_of_very_many_words_is_not_compared_word_by_word(monkeypatch) -> None:
    monkeypatch.setattr(realign, "MOST_COMPARED", 3)
    assert len(realigned(_words("a b c d e f"), "a x c y e f")) == 6


texts = st.lists(st.sampled_from(["a", "b", "c", "dd", "\n"]), max_size=12).map(" ".join)


@given(texts, texts)
def test_every_word_of_a_corrected_page_stands_in_its_text_in_order(before: str, after: str) -> None:
    words = realigned(_words(before), after)
    assert all(after[word.start : word.start + len(word.text)] == word.text for word in words)
    assert [word.start for word in words] == sorted({word.start for word in words})


@given(texts)
def test_a_text_that_did_not_change_keeps_every_box(text: str) -> None:
    assert list(realigned(_words(text), text)) == _words(text)
