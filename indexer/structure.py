"""Pages -> the parts of a regulation in reading order, each with the place it runs from and to."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.headings import Heading, headings_of
from indexer.lines import Line, lines_of
from indexer.pages import Page
from indexer.placing import in_their_place, is_roman
from indexer.points import points_in

# How deep a part lies; one of the same or a lesser depth closes it.
_DEPTH = {
    "menimbang": 0,
    "mengingat": 0,
    "memperhatikan": 0,
    "memutuskan": 0,
    "penutup": 0,
    "penjelasan": 0,
    "lampiran": 0,
    "umum": 1,
    "pasal demi pasal": 1,
    "bab": 1,
    "bagian": 2,
    "paragraf": 3,
    "pasal": 4,
    "diktum": 4,
    "angka": 5,
}
_WITHOUT_PARTS = ("menimbang", "mengingat", "memperhatikan", "memutuskan", "penutup")
# What an amendment quotes lies inside its Roman Pasal, below the angka that quotes it.
_INSIDE_AN_AMENDMENT = 10
_QUOTED_DEPTH = {**_DEPTH, "angka": 0}
_POINT = 30
_WITH_POINTS = ("pasal", "diktum", "menimbang", "mengingat", "memperhatikan")
_NAMED_WHOLE = ("menimbang", "mengingat", "memperhatikan", "penjelasan")
POINTS = ("ayat", "huruf", "angka")


@dataclass(frozen=True, slots=True)
class Part:
    """One part; it runs from `start` in the text of `page` to `end` (exclusive) in the text of `end_page`.

    `parent` is the index of the part it lies in, None at the top. Kinds: menimbang, mengingat, memperhatikan, memutuskan, bab,
    bagian, paragraf, pasal, diktum, ayat, huruf, angka (of an amendment, or below a Pasal, ayat or huruf), penutup, penjelasan,
    umum, pasal demi pasal, lampiran.
    """

    kind: str
    number: str
    heading: str
    page: int
    start: int
    end_page: int
    end: int
    parent: int | None

    @property
    def label(self) -> str:
        """How people name it: "Pasal 18", "Ayat (2)", "Diktum KESATU", "Lampiran II"."""
        words = {"bab": "BAB"}.get(self.kind, self.kind.capitalize())
        number = f"({self.number})" if self.kind == "ayat" else self.number
        return f"{words} {number}".strip()


@dataclass(frozen=True, slots=True)
class _Begin:
    """Where a part begins, or with kind "" where parts of this depth and deeper end."""

    kind: str
    number: str
    heading: str
    page: int
    start: int
    depth: int


@dataclass(slots=True)
class _Open:
    begin: _Begin
    parent: int | None
    end_page: int = 0
    end: int = 0


def parts_of(pages: Sequence[Page]) -> list[Part]:
    """The parts in reading order; a Pasal of the penjelasan or of an annex lies under that, not in the body."""
    lines = lines_of(pages)
    parts: list[_Open] = []
    stack: list[int] = []
    ends = _Ends(pages)
    for begin in _begins(in_their_place(headings_of(lines)), lines):
        closes_all = stack and begin.depth < _POINT and parts[stack[0]].begin.kind in _WITHOUT_PARTS
        while stack and (closes_all or parts[stack[-1]].begin.depth >= begin.depth):
            ends.close(parts[stack.pop()], begin)
        if begin.kind:
            parts.append(_Open(begin, stack[-1] if stack else None))
            stack.append(len(parts) - 1)
    for index in stack:
        parts[index].end_page, parts[index].end = ends.of_the_file
    return [_part(part) for part in parts]


def _part(part: _Open) -> Part:
    begin = part.begin
    return Part(begin.kind, begin.number, begin.heading, begin.page, begin.start, part.end_page, part.end, part.parent)


class _Ends:
    """Where a part ends: where the next one begins; at the end of the page before where that one opens a page."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self._length = {page.number: len(page.text) for page in pages}
        self._previous = {page.number: before.number for before, page in itertools.pairwise(pages)}
        last = pages[-1].number if pages else 0
        self.of_the_file = (last, self._length.get(last, 0))

    def close(self, part: _Open, following: _Begin) -> None:
        part.end_page, part.end = following.page, following.start
        if following.start == 0 and following.page != part.begin.page:
            part.end_page = self._previous[following.page]
            part.end = self._length[part.end_page]


def _begins(headings: Sequence[Heading], lines: Sequence[Line]) -> Iterator[_Begin]:
    """Headings and the points between them, each with its depth."""
    position = {(line.page, line.start): index for index, line in enumerate(lines)}
    section, amends = "", False
    for heading, following in itertools.zip_longest(headings, headings[1:]):
        section = heading.kind if heading.kind in ("lampiran", "penjelasan") else section
        roman = heading.kind == "pasal" and is_roman(heading.number)
        amends = roman or (amends and _DEPTH[heading.kind] > 0)
        depth = _INSIDE_AN_AMENDMENT + _QUOTED_DEPTH[heading.kind] if amends and not roman else _DEPTH[heading.kind]
        yield _Begin(heading.kind, heading.number, heading.title, heading.line.page, heading.line.start, depth)
        lists_changes = roman and following is not None and following.kind == "angka"
        # The penjelasan of an amendment counts changes and points with the same words.
        unclear = section == "lampiran" or (section == "penjelasan" and amends)
        if heading.kind in _WITH_POINTS and not lists_changes and not unclear:
            first = position[heading.line.page, heading.line.start]
            last = position[following.line.page, following.line.start] if following else len(lines)
            yield from _points(heading, lines[first : max(last, first + 1)], explained=section == "penjelasan")


def _points(heading: Heading, lines: Sequence[Line], *, explained: bool) -> Iterator[_Begin]:
    first = heading.words or len(heading.line.text)
    for point in points_in(lines, first, explained=explained):
        yield _Begin(point.kind, point.number, "", point.page, point.start, _POINT + point.level)


def chain_at(parts: Sequence[Part], page: int, offset: int) -> list[Part]:
    """The parts in force at a place, the outermost first; empty where none is. `parts` may be only those that touch the page."""
    return [part for part in parts if _holds(part, page, offset)]


def pasal_at(parts: Sequence[Part], page: int, offset: int) -> str | None:
    """What is in force at a place: "Pasal 18", "Penjelasan Pasal 18", "Pasal I angka 4", "Diktum KESATU", "Lampiran II".

    A page that begins in the middle of a Pasal is in that Pasal. None before the preamble and in the signatures.
    """
    return spoken(without_points(chain_at(parts, page, offset)))


def place_at(parts: Sequence[Part], page: int, offset: int) -> str | None:
    """Like `pasal_at`, as fine as it is known: "Pasal 7 ayat (2) huruf b", "Menimbang huruf a", "Penjelasan Pasal 7 ayat (2)"."""
    return spoken(chain_at(parts, page, offset))


def spoken(chain: Sequence[Part]) -> str | None:
    """How a part is cited, from it and all it lies in (the outermost first); None for signatures and for no part."""
    if not chain:
        return None
    outermost = chain[0]
    if outermost.kind == "lampiran":
        return outermost.label
    named = next((index for index in reversed(range(len(chain))) if chain[index].kind in ("pasal", "diktum")), None)
    if named is None and outermost.kind not in _NAMED_WHOLE:
        return None
    below = chain[1 if named is None else named + 1 :]
    fine = [part.label[0].lower() + part.label[1:] for part in below if part.kind in POINTS]
    fine += [part.label for part in below if part.kind == "umum"]
    whole = outermost.label if named is None else chain[named].label
    explained = ["Penjelasan"] if outermost.kind == "penjelasan" and named is not None else []
    return " ".join([*explained, whole, *fine])


def without_points(chain: Sequence[Part]) -> list[Part]:
    """The chain as far as Pasal and diktum, and the angka of an amendment."""
    return [part for above, part in itertools.pairwise([None, *chain]) if part and not _is_fine(part, above)]


def _is_fine(part: Part, above: Part | None) -> bool:
    amends = above is not None and above.kind == "pasal" and is_roman(above.number)
    return part.kind == "umum" or (part.kind in POINTS and not (part.kind == "angka" and amends))


def _holds(part: Part, page: int, offset: int) -> bool:
    return (part.page, part.start) <= (page, offset) < (part.end_page, max(part.end, 1))


def _chain(parts: Sequence[Part], index: int) -> list[Part]:
    """The part and all it lies in, the outermost first."""
    chain = [parts[index]]
    while (parent := chain[0].parent) is not None:
        chain.insert(0, parts[parent])
    return chain


def outermost(parts: Sequence[Part], index: int) -> Part:
    """The part at the top in which a part lies; itself where it lies in none."""
    return _chain(parts, index)[0]


def pasal_count(parts: Sequence[Part]) -> int:
    """How many Pasal the body has, a repeated page counted once; those of penjelasan and annexes are not counted."""
    seen: set[tuple[str, str]] = set()
    for index, part in enumerate(parts):
        if part.kind != "pasal":
            continue
        chain = _chain(parts, index)
        if chain[0].kind not in ("penjelasan", "lampiran"):
            roman = next((p.number for p in chain[:-1] if p.kind == "pasal" and is_roman(p.number)), "")
            seen.add((roman, part.number))
    return len(seen)
