"""Words on a page -> its text in reading order, one printed line a line, every word knowing its offset."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from indexer.pages import Word

Line = list[Word]

LABEL_LINES = 4
MOST_RUNS = 6


def placed(lines: Iterable[Line]) -> tuple[str, tuple[Word, ...]]:
    """The page's text and its words with `start` set; a line a line, words one space apart."""
    parts: list[str] = []
    words: list[Word] = []
    offset = 0
    for line in lines:
        for at, word in enumerate(line):
            separator = " " if at else ("\n" if words else "")
            offset += len(separator)
            words.append(replace(word, start=offset))
            parts += (separator, word.text)
            offset += len(word.text)
    return "".join(parts), tuple(words)


def in_reading_order(lines: Sequence[Line]) -> list[Line]:
    """The lines from top to bottom where the file drew them in another order; tables and columns keep the file's order.

    A file that draws its margin labels (Menimbang, Mengingat) or its header first gets them back beside or above the
    lines they belong to. A page of many upward jumps is a table, whose cells must not be mixed.
    """
    joined = _joined([line for line in lines if line])
    runs = _downward_runs(joined)
    if len(runs) > MOST_RUNS:
        return joined
    order: list[Line] = []
    for run in sorted(runs, key=len, reverse=True):
        order = _merged(order, run)
    return _joined(order)


def same_row(first: Word, second: Word) -> bool:
    """Whether the two words share more than half of the lower one's height."""
    overlap = min(first.y1, second.y1) - max(first.y0, second.y0)
    lower = min(first.y1 - first.y0, second.y1 - second.y0)
    return lower > 0 and overlap > 0.5 * lower


def _joined(lines: Sequence[Line]) -> list[Line]:
    """Neighbouring pieces of one printed line made one line."""
    result: list[Line] = []
    for line in lines:
        last = result[-1][-1] if result else None
        if last is not None and same_row(last, line[0]) and line[0].x0 > last.x1 - 1:
            result[-1] = [*result[-1], *line]
        else:
            result.append(list(line))
    return result


def _downward_runs(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines cut wherever the file jumps up the page."""
    number = 0
    previous: Line | None = None
    keys: list[int] = []
    for line in lines:
        if previous is not None and _top(line) < _top(previous) - 0.5 * _height(previous):
            number += 1
        keys.append(number)
        previous = line
    return [
        [line for _, line in group] for _, group in groupby(zip(keys, lines, strict=True), key=lambda pair: pair[0])
    ]


def _merged(order: list[Line], run: list[Line]) -> list[Line]:
    """The run put where it stands on the page: whole if it is a column of its own, line by line if it is labels."""
    if not order:
        return list(run)
    if len(run) > LABEL_LINES and _overlaps(order, run):
        return [*order, *run]
    for line in run:
        order = _inserted(order, line)
    return order


def _overlaps(order: Sequence[Line], run: Sequence[Line]) -> bool:
    inside = [line for line in run if any(same_row(other[0], line[0]) for other in order)]
    return len(inside) > 1


def _inserted(order: list[Line], line: Line) -> list[Line]:
    for at, other in enumerate(order):
        if same_row(other[0], line[0]):
            before = line[0].x0 < other[0].x0
            return [*order[:at], line, *order[at:]] if before else [*order[: at + 1], line, *order[at + 1 :]]
        if _top(other) > _top(line):
            return [*order[:at], line, *order[at:]]
    return [*order, line]


def _top(line: Line) -> float:
    return min(word.y0 for word in line)


def _height(line: Line) -> float:
    return max(word.y1 - word.y0 for word in line)
