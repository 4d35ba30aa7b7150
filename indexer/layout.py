"""Letters on a page -> words -> its text in reading order, a printed line a line, every word knowing its offset."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from indexer.pages import Word

Line = list[Word]
Box = tuple[float, float, float, float]

NAMELESS = "\ufffd"
NO_BOX: Box = (0.0, 0.0, 0.0, 0.0)
SLANT_DEGREES = 8
LABEL_LINES = 4
MOST_RUNS = 6


@dataclass(frozen=True, slots=True)
class Letter:
    """One drawn letter, or a space or line break (without box). `angle` is in degrees as the page is shown, 0 upright."""

    text: str
    box: Box = NO_BOX
    angle: float = 0.0

    @property
    def is_askew(self) -> bool:
        """Neither upright nor turned by quarters: the letter of a watermark."""
        return SLANT_DEGREES < self.angle % 90 < 90 - SLANT_DEGREES

    @property
    def quarter(self) -> int:
        """Quarter turns clockwise, 0 to 3."""
        return round(self.angle / 90) % 4


@dataclass(frozen=True, slots=True)
class PrintedLines:
    """The lines in reading order, and how many letters were left out: askew, and without a known character."""

    lines: Sequence[Line]
    askew: int
    nameless: int


def character(code: int) -> str:
    """The character; a space or line break for what only parts words; NAMELESS for what is no character."""
    text = chr(code)
    if code == 0 or text.isspace():
        return "\n" if text == "\n" else " "
    if text == "\u00ad":
        return "-"
    return NAMELESS if unicodedata.category(text) in {"Cc", "Cs", "Cn"} else text


def printed_lines(letters: Iterable[Letter]) -> PrintedLines:
    """Lines of words out of letters in the file's order; text printed sideways is put in order as if held upright."""
    lines: list[Line] = [[]]
    word: list[Letter] = []
    askew = nameless = 0
    quarters: Counter[int] = Counter()
    for letter in letters:
        if letter.is_askew:
            askew += 1
        elif letter.text == NAMELESS:
            nameless += 1
        elif not letter.text.isspace():
            word.append(letter)
            quarters[letter.quarter] += 1
        else:
            lines[-1] += _word_of(word)
            word = []
            lines += [[]] if letter.text == "\n" else []
    lines[-1] += _word_of(word)
    quarter = quarters.most_common(1)[0][0] if quarters else 0
    upright = in_reading_order([[_turned(each, quarter) for each in line] for line in lines])
    return PrintedLines([[_turned(each, -quarter) for each in line] for line in upright], askew, nameless)


def _turned(word: Word, quarters: int) -> Word:
    """The word as it stands when the page is turned back by so many clockwise quarters about its corner."""
    x0, y0, x1, y1 = word.x0, word.y0, word.x1, word.y1
    for _ in range(quarters % 4):
        x0, y0, x1, y1 = y0, -x1, y1, -x0
    return replace(word, x0=x0, y0=y0, x1=x1, y1=y1)


def _word_of(letters: Sequence[Letter]) -> list[Word]:
    if not letters:
        return []
    boxes = [letter.box for letter in letters]
    x0, y0 = min(box[0] for box in boxes), min(box[1] for box in boxes)
    x1, y1 = max(box[2] for box in boxes), max(box[3] for box in boxes)
    return [Word("".join(letter.text for letter in letters), -1, x0, y0, x1, y1)]


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
    descending = sorted(joined, key=_top)
    if not any(same_row(upper[0], lower[0]) for upper, lower in pairwise(descending)):
        return descending
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
