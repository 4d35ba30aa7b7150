"""Pages -> the parts of a regulation in reading order, each with the place it runs from and to."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.headings import Heading, headings_of
from indexer.lines import lines_of
from indexer.pages import Page

# How deep a part lies; one of the same or a lesser depth closes it.
_DEPTH = {
    "menimbang": 0,
    "mengingat": 0,
    "memutuskan": 0,
    "penutup": 0,
    "penjelasan": 0,
    "lampiran": 0,
    "bab": 1,
    "bagian": 2,
    "paragraf": 3,
    "pasal": 4,
    "diktum": 4,
    "angka": 5,
}
_WITHOUT_PARTS = ("menimbang", "mengingat", "memutuskan", "penutup")
_INSIDE_AN_AMENDMENT = 10
_SHOWN = {"menimbang": "Menimbang", "mengingat": "Mengingat"}


@dataclass(frozen=True, slots=True)
class Part:
    """One part; it runs from `start` in the text of `page` to `end` (exclusive) in the text of `end_page`.

    `parent` is the index of the part it lies in, None at the top. Kinds: menimbang, mengingat, memutuskan, bab, bagian,
    paragraf, pasal, angka (of an amendment), diktum, penutup, penjelasan, lampiran.
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
        """How people name it: "Pasal 18", "Diktum KESATU", "Lampiran II"."""
        words = {"bab": "BAB"}.get(self.kind, self.kind.capitalize())
        return f"{words} {self.number}".strip()


def parts_of(pages: Sequence[Page]) -> list[Part]:
    """The parts in reading order; a Pasal of the penjelasan or of an annex lies under that, not in the body."""
    headings = _in_their_place(headings_of(lines_of(pages)))
    parts: list[Part] = []
    open_parts: list[tuple[int, int]] = []
    for heading in headings:
        depth = _depth(heading, parts, open_parts)
        if open_parts and parts[open_parts[-1][1]].kind in _WITHOUT_PARTS:
            open_parts.pop()
        while open_parts and open_parts[-1][0] >= depth:
            open_parts.pop()
        parent = open_parts[-1][1] if open_parts else None
        open_parts.append((depth, len(parts)))
        parts.append(_part(heading, parent))
    return _closed(parts, pages)


def _part(heading: Heading, parent: int | None) -> Part:
    line = heading.line
    return Part(heading.kind, heading.number, heading.title, line.page, line.start, line.page, line.start, parent)


def _depth(heading: Heading, parts: Sequence[Part], open_parts: Sequence[tuple[int, int]]) -> int:
    """The heading's depth; what an amendment quotes lies inside its Roman Pasal, what annexes quote inside the annex."""
    kind = heading.kind
    depth = _DEPTH[kind]
    if depth == 0:
        return 0
    inside = [parts[index] for _, index in open_parts]
    amendment = any(_is_roman(part) for part in inside)
    if kind == "angka":
        return _INSIDE_AN_AMENDMENT
    if amendment and not (kind == "pasal" and _is_roman_number(heading.number)):
        return _INSIDE_AN_AMENDMENT + depth
    return depth


def _is_roman(part: Part) -> bool:
    return part.kind == "pasal" and _is_roman_number(part.number)


def _is_roman_number(number: str) -> bool:
    return bool(number) and not number.strip("IVX")


def _in_their_place(headings: Sequence[Heading]) -> list[Heading]:
    """The headings that can be what they look like at their place.

    Diktum only where no Pasal stands in the body, the preamble only before the decision, an ending only once the body has
    begun, angka only inside a Roman Pasal.
    """
    kept: list[Heading] = []
    body = _body_kind(headings)
    for heading in headings:
        if _can_stand(heading, kept, body):
            kept.append(heading)
    return kept


def _body_kind(headings: Sequence[Heading]) -> str:
    for heading in headings:
        if heading.kind in ("penjelasan", "lampiran", "penutup") and _has_body(headings[: headings.index(heading)]):
            break
        if heading.kind == "pasal":
            return "pasal"
    return "diktum"


def _has_body(headings: Sequence[Heading]) -> bool:
    return any(h.kind in ("pasal", "diktum") for h in headings)


def _can_stand(heading: Heading, kept: Sequence[Heading], body: str) -> bool:
    begun = _has_body(kept)
    section = next((h.kind for h in reversed(kept) if h.kind in ("penjelasan", "lampiran")), None)
    if heading.kind in ("menimbang", "mengingat", "memutuskan"):
        return not begun and section is None
    if heading.kind == "penutup":
        return begun and section is None
    if heading.kind == "penjelasan":
        return begun and section != "penjelasan"
    if heading.kind == "diktum":
        return body == "diktum" and section is None and any(h.kind == "memutuskan" for h in kept)
    if heading.kind == "angka":
        last = next((h for h in reversed(kept) if h.kind == "pasal" and _is_roman_number(h.number)), None)
        return last is not None and section is None
    return True


def _closed(parts: Sequence[Part], pages: Sequence[Page]) -> list[Part]:
    """The parts with their ends: where the next part begins that does not lie inside them, else the end of the file."""
    length = {page.number: len(page.text) for page in pages}
    previous = {page.number: before.number for before, page in itertools.pairwise(pages)}
    last_page = pages[-1].number if pages else 0
    closed: list[Part] = []
    for index, part in enumerate(parts):
        following = next(
            (p for i, p in enumerate(parts[index + 1 :], index + 1) if not _lies_in(parts, i, index)), None
        )
        if following is None:
            closed.append(replace(part, end_page=last_page, end=length.get(last_page, 0)))
        elif following.start == 0 and following.page != part.page:
            before = previous[following.page]
            closed.append(replace(part, end_page=before, end=length[before]))
        else:
            closed.append(replace(part, end_page=following.page, end=following.start))
    return closed


def _lies_in(parts: Sequence[Part], index: int, ancestor: int) -> bool:
    parent = parts[index].parent
    while parent is not None and parent > ancestor:
        parent = parts[parent].parent
    return parent == ancestor


def pasal_at(parts: Sequence[Part], page: int, offset: int) -> str | None:
    """What is in force at a place: "Pasal 18", "Penjelasan Pasal 18", "Pasal I angka 4", "Diktum KESATU", "Lampiran II".

    A page that begins in the middle of a Pasal is in that Pasal. None before the preamble and in the signatures.
    """
    here = [index for index, part in enumerate(parts) if _holds(part, page, offset)]
    if not here:
        return None
    chain = _chain(parts, here[-1])
    outermost, innermost = chain[0], chain[-1]
    if outermost.kind == "lampiran":
        return outermost.label
    named = next((p for p in reversed(chain) if p.kind in ("pasal", "diktum")), None)
    if outermost.kind == "penjelasan":
        return f"Penjelasan {named.label}" if named else "Penjelasan"
    if innermost.kind == "angka" and named:
        return f"{named.label} angka {innermost.number}"
    return named.label if named else _SHOWN.get(outermost.kind)


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
        chain = _chain(parts, index)
        if part.kind != "pasal" or chain[0].kind in ("penjelasan", "lampiran"):
            continue
        roman = next((p.number for p in chain[:-1] if _is_roman(p)), "")
        seen.add((roman, part.number))
    return len(seen)
