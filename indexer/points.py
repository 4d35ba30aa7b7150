"""The ayat, huruf and angka inside one Pasal, diktum or preamble: told by the order of their markers, not by their look.

A line that begins "(3)" is ayat (3) only where ayat (2) came before. A marker that fits nowhere ends what it interrupts, and what has
no certain end is left out: no part rather than a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from indexer.dates import digits_of
from indexer.lines import Line

_AYAT = re.compile(
    r"^[({\[]\s?(?P<number>[0-9lI|!OoSsZ]{1,2})\s?(?P<letter>[a-z]?)\s?[)}\]]\.?(?P<rest>.*)$", re.DOTALL
)
# An old OCR layer prints "(21" for "(2)"; only the order of the markers tells.
_AYAT_UNCLOSED = re.compile(r"^[({\[](?P<number>\d{1,2}?)(?P<letter>)[1lItj|](?=\s)(?P<rest>.*)$", re.DOTALL)
_HURUF = re.compile(r"^(?P<number>([a-z])\2?|I)\s{0,2}\.(?=\s|$|[a-z]{2})(?P<rest>.*)$", re.DOTALL)
_ANGKA = re.compile(r"^(?P<number>\d{1,3}|[lI])\s{0,2}\.(?=\s|$|[A-Z])(?!\s*\d{3}\b)(?P<rest>.*)$", re.DOTALL)
_NAMED = re.compile(r"^(?P<kind>Ayat|Huruf|Angka)\s*\(?(?P<number>[0-9lI|]{1,3}[a-z]?|[a-z]{1,2})\)?(?P<rest>\W*)$")
_NAMED_FIRST = re.compile(r"(?:Ayat|Huruf|Angka)\s*\(?\w{1,3}\)?[^\S\n]*\n(?P<rest>.*)", re.DOTALL)
_NAMED_ODDLY = re.compile(r"^(?P<kind>Ayat|Huruf|Angka)\s*\(?\w{1,3}\b.{0,40}$")
_CATCHWORD = re.compile(r"(?:\.\s?){2,}\W*$|…\W*$")
# How a line ends that goes on with a number in the middle of its sentence. Items of a list end in "dan", an ayat never does.
_REFERRING = re.compile(r"\b(?:ayat|huruf|angka|pasal|nomor|butir|dimaksud|dalam|pada|dengan)\s*$", re.IGNORECASE)
_REFERRING_TO_AYAT = re.compile(r"(?:\b(?:dan|atau|sampai|serta|s\.d\.?)|,)\s*$", re.IGNORECASE)
_BEGINS = re.compile(r"[^\w(]*(?:[A-Z0-9(]|$)")
_MOST_MISSED = 2

Number = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Point:
    """One item, or with kind "" only a place where an item at `level` ends. `level` 0 lies directly in the part."""

    kind: str
    number: str
    page: int
    start: int
    level: int


@dataclass(frozen=True, slots=True)
class _Marker:
    """What a line may begin with: by kind the numbers it can be read as. `named` is "Ayat (2)" as the penjelasan has it."""

    page: int
    start: int
    readings: tuple[tuple[str, Number], ...]
    named: bool = False


@dataclass(slots=True, eq=False)
class _Item:
    kind: str
    number: Number
    marker: _Marker
    level: int
    above: _Item | None
    dropped: bool = False

    @property
    def is_out(self) -> bool:
        return self.dropped or (self.above is not None and self.above.is_out)


@dataclass(slots=True)
class _List:
    """An open list: its items so far, and whether an unreadable marker stood after the last of them."""

    kind: str
    items: list[_Item] = field(default_factory=list)
    hole: _Item | None = None

    @property
    def last(self) -> Number:
        return self.items[-1].number


def points_in(lines: Sequence[Line], first: int, *, explained: bool = False) -> list[Point]:
    """The points of a part whose own lines are these, in reading order.

    `first` is how much of the first line is the part's own heading. `explained`: in a penjelasan points are named ("Ayat (2)").
    """
    reading = _Reading()
    for marker in _named_markers(lines) if explained else _markers(lines, first):
        reading.take(marker)
    return reading.points()


def marker_length(text: str) -> int:
    """How many letters the marker at the beginning of a point's text has; 0 where it has none."""
    found = (
        _NAMED_FIRST.match(text)
        or _AYAT.match(text)
        or _AYAT_UNCLOSED.match(text)
        or _HURUF.match(text)
        or _ANGKA.match(text)
    )
    return found.start("rest") if found else 0


class _Reading:
    """Markers taken in order, sorted into lists inside lists; each kind is open at most once."""

    def __init__(self) -> None:
        self._open: list[_List] = []
        self._all: list[_List] = []
        self._items: list[_Item] = []

    def take(self, marker: _Marker) -> None:
        for accepts in (self._goes_on, self._begins, self._skips):
            if any(accepts(marker, kind, number) for kind, number in marker.readings):
                return
        for kind, number in marker.readings:
            self._interrupts(marker, kind, number)

    def points(self) -> list[Point]:
        """All that is certain; a list of one item is none, unless the penjelasan names it."""
        for one in self._all:
            lonely = len(one.items) == 1 and not one.items[0].marker.named
            one.items[0].dropped = one.items[0].dropped or lonely
        return [_point(item) for item in self._items if not (item.above is not None and item.above.is_out)]

    def _level(self, kind: str) -> int | None:
        return next((level for level, one in enumerate(self._open) if one.kind == kind), None)

    def _goes_on(self, marker: _Marker, kind: str, number: Number) -> bool:
        level = self._level(kind)
        if level is None or not _follows(self._open[level].last, number, kind, named=marker.named):
            return False
        hole = self._open[level].hole
        if hole and not marker.named:
            self._items.remove(hole)
        self._add(marker, kind, number, level)
        return True

    def _begins(self, marker: _Marker, kind: str, number: Number) -> bool:
        if self._level(kind) is not None or (kind == "ayat" and self._open):
            return False
        if not marker.named and number != (1, ""):
            return False
        self._open.append(_List(kind))
        self._all.append(self._open[-1])
        self._add(marker, kind, number, len(self._open) - 1)
        return True

    def _skips(self, marker: _Marker, kind: str, number: Number) -> bool:
        """One marker was lost before this one: what stood before it ends nobody knows where, unless a misread marker shows it."""
        level = self._level(kind)
        if level is None or not 1 < number[0] - self._open[level].last[0] <= _MOST_MISSED:
            return False
        if self._open[level].hole is None:
            self._open[level].items[-1].dropped = True
        self._add(marker, kind, number, level)
        return True

    def _interrupts(self, marker: _Marker, kind: str, number: Number) -> None:
        level = self._level(kind)
        if level is None or number == self._open[level].last:
            return
        hole = _Item("", number, marker, level, self._above(level))
        if number[0] > self._open[level].last[0]:
            if self._open[level].hole is None:
                self._open[level].hole = hole
                self._items.append(hole)
        elif number == (1, ""):
            del self._open[level:]
            self._items.append(hole)

    def _add(self, marker: _Marker, kind: str, number: Number, level: int) -> None:
        del self._open[level + 1 :]
        item = _Item(kind, number, marker, level, self._above(level))
        self._open[level].items.append(item)
        self._open[level].hole = None
        self._items.append(item)

    def _above(self, level: int) -> _Item | None:
        return self._open[level - 1].items[-1] if level else None


def _point(item: _Item) -> Point:
    kind = "" if item.dropped else item.kind
    return Point(kind, spoken_number(item.kind, item.number), item.marker.page, item.marker.start, item.level)


def spoken_number(kind: str, number: Number) -> str:
    """ "2", "2a", "b", "bb": as it is said after ayat, huruf or angka."""
    value, letter = number
    if kind == "huruf":
        return chr(ord("a") + (value - 1) % 26) * (1 + (value - 1) // 26)
    return f"{value}{letter}"


def _follows(last: Number, number: Number, kind: str, *, named: bool) -> bool:
    if named:
        return number > last
    if kind == "ayat" and number[1]:
        return number[0] == last[0] and number[1] == (chr(ord(last[1]) + 1) if last[1] else "a")
    return number == (last[0] + 1, "")


def _markers(lines: Sequence[Line], first: int) -> Iterator[_Marker]:
    """The lines that begin like an item; one that goes on a reference ("pada ayat / (2) huruf b") does not."""
    before = ""
    for order, line in enumerate(lines):
        skipped = first if order == 0 else 0
        text = line.text[skipped:]
        inset = skipped + len(text) - len(text.lstrip())
        text = text.strip()
        if text and (text[0] in "({[" or "." in text[:6]) and not _is_catchword(line) and not _REFERRING.search(before):
            readings = tuple(_readings(text, after_a_stop=order <= 1 or before.endswith((".", ";", ":"))))
            if readings and not (readings[0][0] == "ayat" and _REFERRING_TO_AYAT.search(before)):
                yield _Marker(line.page, line.start + inset, readings)
        before = line.text


def _is_catchword(line: Line) -> bool:
    return len(line.text) < 60 and bool(_CATCHWORD.search(line.text))


def _readings(text: str, *, after_a_stop: bool) -> Iterable[tuple[str, Number]]:
    """What the beginning of a line can be read as. An ayat begins with a capital, or at least where a sentence ended."""
    ayat = _AYAT.match(text) or _AYAT_UNCLOSED.match(text)
    if ayat:
        digits = digits_of(ayat.group("number"))
        if digits.isdigit() and int(digits) and (after_a_stop or _BEGINS.match(ayat.group("rest"))):
            yield "ayat", (int(digits), ayat.group("letter"))
        return
    for kind, pattern in (("huruf", _HURUF), ("angka", _ANGKA)):
        found = pattern.match(text)
        number = _number(kind, found.group("number")) if found else None
        if number:
            yield kind, number


def _number(kind: str, raw: str) -> Number | None:
    if kind == "huruf":
        letter = "l" if raw == "I" else raw[0]
        return (ord(letter) - ord("a") + 1 + 26 * (len(raw) - 1), "")
    digits = digits_of(raw)
    return (int(digits), "") if digits.isdigit() and int(digits) else None


def _named_markers(lines: Sequence[Line]) -> Iterator[_Marker]:
    """The lines "Ayat (2)", "Huruf a" of a penjelasan; one that names several at once ends what stands before it."""
    for line in lines[1:]:
        found = _NAMED.match(line.text)
        oddly = None if found else _NAMED_ODDLY.match(line.text)
        if found:
            kind = found.group("kind").lower()
            number = _named_number(kind, found.group("number"))
            if number:
                yield _Marker(line.page, line.start, ((kind, number),), named=True)
        elif oddly:
            yield _Marker(line.page, line.start, ((oddly.group("kind").lower(), (999, "")),))


def _named_number(kind: str, raw: str) -> Number | None:
    if kind == "huruf":
        return _number(kind, raw) if raw.isalpha() and len(set(raw)) == 1 else None
    letter = raw[-1] if raw[-1:].islower() and raw[:-1].isdigit() else ""
    digits = digits_of(raw.removesuffix(letter))
    return (int(digits), letter) if digits.isdigit() and int(digits) else None
