"""The ayat, huruf and angka inside one Pasal, diktum or preamble: told by the order of their markers, not by their look.

A line that begins "(3)" is ayat (3) only where ayat (2) came before. A marker that fits nowhere ends what it interrupts, and what has
no certain end is left out: no part rather than a wrong one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from indexer.lines import Line
from indexer.markers import Marker, Number, markers, named_markers

_MOST_MISSED = 2


@dataclass(frozen=True, slots=True)
class Point:
    """One item, or with kind "" only a place where an item at `level` ends. `level` 0 lies directly in the part."""

    kind: str
    number: str
    page: int
    start: int
    level: int


@dataclass(slots=True, eq=False)
class _Item:
    kind: str
    number: Number
    marker: Marker
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
    for marker in named_markers(lines) if explained else markers(lines, first):
        reading.take(marker)
    return reading.points()


class _Reading:
    """Markers taken in order, sorted into lists inside lists; each kind is open at most once."""

    def __init__(self) -> None:
        self._open: list[_List] = []
        self._all: list[_List] = []
        self._items: list[_Item] = []

    def take(self, marker: Marker) -> None:
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

    def _goes_on(self, marker: Marker, kind: str, number: Number) -> bool:
        level = self._level(kind)
        if level is None or not _follows(self._open[level].last, number, kind, named=marker.named):
            return False
        hole = self._open[level].hole
        if hole and not marker.named:
            self._items.remove(hole)
        self._add(marker, kind, number, level)
        return True

    def _begins(self, marker: Marker, kind: str, number: Number) -> bool:
        if self._level(kind) is not None or (kind == "ayat" and self._open):
            return False
        if not marker.named and number != (1, ""):
            return False
        self._open.append(_List(kind))
        self._all.append(self._open[-1])
        self._add(marker, kind, number, len(self._open) - 1)
        return True

    def _skips(self, marker: Marker, kind: str, number: Number) -> bool:
        """One marker was lost before this one: what stood before it ends nobody knows where, unless a misread marker shows it."""
        level = self._level(kind)
        if level is None or not 1 < number[0] - self._open[level].last[0] <= _MOST_MISSED:
            return False
        if self._open[level].hole is None:
            self._open[level].items[-1].dropped = True
        self._add(marker, kind, number, level)
        return True

    def _interrupts(self, marker: Marker, kind: str, number: Number) -> None:
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

    def _add(self, marker: Marker, kind: str, number: Number, level: int) -> None:
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
