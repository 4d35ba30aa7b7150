"""What the reader's page is made of: text cut into runs, the contents folded, the strip of small pages, zoom, hits in order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.models import Page, Part
from compliance.queries.page_sources import PageSource
from compliance.queries.search import understood
from compliance.web import hits, page_strip, page_text, reader, zoom
from compliance.web.hits import Step
from compliance.web.page_text import Link
from indexer.highlight import page_terms
from indexer.pages import Word


def word(text: str, start: int, confidence: float | None) -> Word:
    return Word(text, start, 0, 0, 10, 10, confidence)


def part(urutan: int, kind: str, number: str, page: int, above: int | None = None) -> Part:
    return Part(
        urutan=urutan,
        kind=kind,
        number=number,
        heading="",
        page=page,
        start=0,
        end_page=page,
        end=9,
        parent_urutan=above,
    )


def pages_saying(*texts: str) -> list[Page]:
    return [
        Page(
            number=number, text=text, terms=page_terms(text), source="asli" if text else "belum", width=595, height=842
        )
        for number, text in enumerate(texts, 1)
    ]


def test_a_hit_may_begin_inside_a_link_and_end_outside_it() -> None:
    text = "menurut Pasal 7 ayat (2) berlaku"
    link = Link(8, 15, "/dokumen/1/pasal/7", "Pasal 7")
    cut = page_text.runs(text, [(14, 24)], [], [link])
    assert [(run.link, [(piece.text, piece.hit) for piece in run.pieces]) for run in cut] == [
        (None, [("menurut ", None)]),
        (link, [("Pasal ", None), ("7", 1)]),
        (None, [(" ayat (2)", 1), (" berlaku", None)]),
    ]


def test_a_word_ocr_was_unsure_of_keeps_its_confidence_inside_a_hit() -> None:
    unsure = page_text.unsure_words([word("iuran", 6, 41), word("bayar", 0, 96), word("asli", 12, None)])
    assert [one.text for one in unsure] == ["iuran"]
    cut = page_text.runs("bayar iuran asli", [(0, 11)], unsure)
    assert [(piece.text, piece.hit, piece.confidence) for run in cut for piece in run.pieces] == [
        ("bayar ", 1, None),
        ("iuran", 1, 41),
        (" asli", None, None),
    ]


@st.composite
def stretches(draw: st.DrawFn) -> list[tuple[int, int]]:
    edges = sorted(draw(st.sets(st.integers(0, 40), max_size=8)))
    return list(zip(edges[::2], edges[1::2], strict=False))


@given(st.text(min_size=40, max_size=40), stretches(), stretches(), stretches(), st.sets(st.integers(0, 45)))
def test_cutting_never_loses_repeats_or_moves_a_character(text, places, words, links, anchors) -> None:  # type: ignore[no-untyped-def]
    cut = page_text.runs(
        text,
        places,
        [word(text[start:end], start, 10) for start, end in words],
        [Link(start, end, "/") for start, end in links],
        {at: f"a-{at}" for at in anchors},
    )
    pieces = [(run, piece) for run in cut for piece in run.pieces]
    assert "".join(piece.text for _run, piece in pieces) == text
    at = 0
    for run, piece in pieces:
        assert piece.text
        assert (piece.hit is not None) == any(start <= at < end for start, end in places)
        assert (piece.confidence is not None) == any(start <= at < end for start, end in words)
        assert (run.link is not None) == any(start <= at < end for start, end in links)
        assert bool(piece.anchor) == (at in anchors)
        at += len(piece.text)


def test_a_long_table_of_contents_opens_only_where_one_reads() -> None:
    parts = []
    for bab in range(5):
        parts.append(part(bab * 20, "bab", str(bab), bab + 1))
        parts += [part(bab * 20 + n, "pasal", f"{bab}-{n}", bab + 1, bab * 20) for n in range(1, 12)]
    shown = reader.folded(reader.outline(parts), here=[40, 43])
    assert [entry.part.number for entry in shown if entry.depth == 0] == ["0", "1", "2", "3", "4"]
    assert {entry.part.parent_urutan for entry in shown if entry.depth == 1} == {40}
    assert [entry.folded for entry in shown if entry.depth == 0] == [11, 11, 0, 11, 11]


def test_a_short_table_of_contents_stays_open_and_ayat_never_flood_it() -> None:
    parts = [part(0, "bab", "I", 1), part(1, "pasal", "1", 1, 0)]
    parts += [part(2 + n, "ayat", str(n), 1, 1) for n in range(50)]
    assert [entry.part.kind for entry in reader.folded(reader.outline(parts), here=[])] == ["bab", "pasal"]


def test_a_pasal_that_comes_twice_names_its_first_place() -> None:
    found = reader.anchors([part(0, "pasal", "7", 2), part(1, "penjelasan", "", 5), part(2, "pasal", "7", 6, 1)])
    assert found == {2: {0: "pasal-7"}}


def test_a_document_of_500_pages_shows_a_dozen_small_ones_and_the_way_to_the_next() -> None:
    pages = [PageSource(number, "asli") for number in range(1, 501)]
    middle = page_strip.strip(pages, 250, {251: 3})
    assert [small.number for small in middle.thumbnails] == list(range(241, 253))
    assert (middle.before, middle.after) == ((229, 240), (253, 264))
    assert [small.hits for small in middle.thumbnails if small.number == 251] == [3]
    assert page_strip.strip(pages, 1, {}).before is None
    assert page_strip.strip(pages, 500, {}).after is None
    assert [small.number for small in page_strip.strip(pages, 500, {}).thumbnails][-1] == 500


def test_a_page_is_shown_in_its_own_size_times_the_zoom() -> None:
    a4 = (595.0, 842.0)
    assert (zoom.picture(a4, 100, 0).width, zoom.picture(a4, 100, 0).height) == (793, 1123)
    assert (zoom.picture(a4, 200, 0).width, zoom.picture(a4, 200, 90).width) == (1587, 2245)
    assert zoom.picture(a4, zoom.FIT, 0).finer[0] == (110, 909)
    assert zoom.picture(a4, 150, 0).finer == []


def test_a_page_as_large_as_a_field_is_shown_as_a_poster_and_a_page_without_size_without_one() -> None:
    field = zoom.picture((2_000_000.0, 1_000_000.0), 100, 0)
    assert (field.width, field.height) == (1700, 850)
    assert zoom.picture((0.0, 0.0), 150, 90).width is None


@pytest.mark.parametrize(("turn", "corner"), [(90, (842, 0)), (180, (595, 842)), (270, (0, 595))])
def test_marks_turn_with_the_picture(turn: int, corner: tuple[int, int]) -> None:
    turned = zoom.picture((595.0, 842.0), zoom.FIT, turn)
    shift = [float(number) for number in turned.matrix.removeprefix("matrix(").removesuffix(")").split()][4:]
    assert tuple(shift) == corner
    assert turned.paper == ((842.0, 595.0) if turn != 180 else (595.0, 842.0))


def test_zoom_goes_step_by_step_and_ends() -> None:
    assert [zoom.larger(step) for step in zoom.STEPS] == [100, 150, 200, 300, None]
    assert [zoom.smaller(step) for step in zoom.STEPS] == [None, 0, 100, 150, 200]


def test_hits_are_walked_in_order_over_all_pages_and_unread_ones_are_named() -> None:
    pages = pages_saying("iuran dan iuran", "tidak ada", "iuran", "")
    query = understood("iuran")
    walked = []
    at: Step | None = Step(1, 1)
    while at:
        found = hits.hits_in(pages, query, at.number, at.hit, [])
        walked.append((at.number, at.hit, found.before + (found.current or 0)))
        at = found.following
    assert walked == [(1, 1, 1), (1, 2, 2), (3, 1, 3)]
    assert found.previous == Step(1, 2)
    assert found.unread == (4,)
    empty = hits.hits_in(pages, query, 2, None, [])
    assert (empty.current, empty.previous, empty.following) == (None, Step(1, 2), Step(3, 1))


def test_a_hit_that_is_not_there_is_the_first_one() -> None:
    assert hits.hits_in(pages_saying("iuran"), understood("iuran"), 1, 9, []).current == 1


def test_only_the_pages_around_are_listed_and_the_others_counted() -> None:
    found = hits.hits_in(pages_saying(*["bayar iuran"] * 60), understood("iuran"), 30, None, [])
    assert [listed.number for listed in found.listed] == list(range(20, 40))
    assert (found.total, found.left_out) == (60, 40)
    assert all(listed.snippets for listed in found.listed)


def test_a_page_whose_words_were_not_kept_is_searched_by_its_text() -> None:
    (page,) = pages_saying("bayar iuran")
    page.terms = ""
    assert hits.hits_in([page], understood("iuran"), 1, None, []).total == 1
