"""Where several words stand together, by their positions: the one rule of a phrase for engines and for the highlighter."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence


def occurrences(positions: Sequence[Sequence[int]], slop: int = 0) -> list[tuple[int, int]]:
    """(first, last) position of every place where the words stand together; `positions[i]` are those of word i, ascending.

    With no slop side by side in the order given; with slop in any order, each word at its own position, at most so many
    other words between them.
    """
    if not positions or not all(positions):
        return []
    if slop == 0:
        return _side_by_side(positions)
    return _near(positions, len(positions) + slop)


def _side_by_side(positions: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    starts = set(positions[0])
    for offset, places in enumerate(positions[1:], 1):
        starts &= {place - offset for place in places}
    return [(start, start + len(positions) - 1) for start in sorted(starts)]


def _near(positions: Sequence[Sequence[int]], width: int) -> list[tuple[int, int]]:
    """From every place of any word as the first: each other word at its next free place, if all fit into the width."""
    found: list[tuple[int, int]] = []
    for first in sorted({place for places in positions for place in places}):
        taken: set[int] = set()
        for places in sorted(positions, key=lambda places: places[-1]):
            nearest = next((place for place in places[bisect_left(places, first) :] if place not in taken), None)
            if nearest is None or nearest >= first + width:
                break
            taken.add(nearest)
        else:
            if first in taken:
                found.append((first, max(taken)))
    return found
