"""Which headings can be what they look like at the place where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.headings import Heading

_PREAMBLE = ("menimbang", "mengingat", "memperhatikan", "memutuskan")
_SECTIONS = ("penjelasan", "lampiran")


@dataclass(slots=True)
class _SoFar:
    """What has been seen before a heading. `section` is the penjelasan or annex it stands in, None in the body."""

    body: str
    begun: bool = False
    decided: bool = False
    section: str | None = None
    amends: bool = False

    def add(self, heading: Heading) -> None:
        self.begun = self.begun or heading.kind in ("pasal", "diktum")
        self.decided = self.decided or heading.kind == "memutuskan"
        self.section = heading.kind if heading.kind in _SECTIONS else self.section
        self.amends = self.amends or (heading.kind == "pasal" and is_roman(heading.number))


def in_their_place(headings: Sequence[Heading]) -> list[Heading]:
    """The headings that can stand where they stand.

    Diktum only where no Pasal stands in the body, the preamble only before the decision, an ending only once the body has
    begun, angka only inside a Roman Pasal.
    """
    so_far = _SoFar(_body_kind(headings))
    kept: list[Heading] = []
    for heading in headings:
        for standing in _standing(heading, so_far):
            so_far.add(standing)
            kept.append(standing)
    return list(_amending(kept))


def _amending(headings: Sequence[Heading]) -> Iterator[Heading]:
    """The headings without the angka of a Roman Pasal that quotes no Pasal: those are the items of a list."""
    quoting = False
    amends: list[bool] = []
    for heading in reversed(headings):
        ends = heading.kind in (*_SECTIONS, "penutup") or (heading.kind == "pasal" and is_roman(heading.number))
        quoting = False if ends else quoting or heading.kind == "pasal"
        amends.append(quoting)
    for heading, quotes in zip(headings, reversed(amends), strict=True):
        if heading.kind != "angka" or quotes:
            yield heading


def is_roman(number: str) -> bool:
    return bool(number) and not number.strip("IVX")


def _body_kind(headings: Sequence[Heading]) -> str:
    begun = False
    for heading in headings:
        if heading.kind in (*_SECTIONS, "penutup") and begun:
            break
        if heading.kind == "pasal":
            return "pasal"
        begun = begun or heading.kind == "diktum"
    return "diktum"


def _standing(heading: Heading, so_far: _SoFar) -> Iterator[Heading]:
    """The heading where it can stand; a part of a penjelasan opens the penjelasan whose own heading is missing."""
    if heading.kind == "pasal demi pasal" and so_far.begun and so_far.section != "penjelasan":
        yield replace(heading, kind="penjelasan")
    if _can_stand(heading, so_far):
        yield heading


def _can_stand(heading: Heading, so_far: _SoFar) -> bool:
    in_body = so_far.section is None
    if heading.kind in _PREAMBLE:
        return not so_far.begun and in_body
    if heading.kind in ("umum", "pasal demi pasal"):
        return so_far.section == "penjelasan"
    if heading.kind == "penutup":
        return so_far.begun and in_body
    if heading.kind == "penjelasan":
        return so_far.begun and so_far.section != "penjelasan"
    if heading.kind == "diktum":
        return so_far.body == "diktum" and in_body and so_far.decided
    return heading.kind != "angka" or (so_far.amends and in_body)
