"""Letters on a page -> words -> its text in reading order, a printed line a line, every word knowing its offset."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby, pairwise

from indexer.pages import Word

Line = list[Word]
Box = tuple[float, float, float, float]

NAMELESS = "\ufffd"
# A hyphen that ends a line and parts a word; the file has no line break of its own there.
HYPHEN = "\x02"
SLANT_DEGREES = 8
LABEL_LINES = 4
MOST_RUNS = 6
MOST_LINES = 1000
LAST_CODE = 0x10FFFF
_WORD_OR_BREAK = re.compile(rf"[^ \n{HYPHEN}]*{HYPHEN}|[^ \n{HYPHEN}]+|\n")


@dataclass(frozen=True, slots=True)
class Letters:
    """A page's letters, blanks and line breaks in the file's order, one column each: `text` as `character` and HYPHEN write them.

    `angles` are degrees as the page is shown, 0 upright; `edges` has four numbers a letter: x, y of a corner, x, y of the other.
    """

    text: str
    angles: Sequence[float]
    edges: Sequence[float]


@dataclass(frozen=True, slots=True)
class PrintedLines:
    """The lines in reading order, and how many letters were left out: askew, and without a known character."""

    lines: Sequence[Line]
    askew: int
    nameless: int


@lru_cache(maxsize=4096)
def character(code: int) -> str:
    """The character; a space or line break for what only parts words; NAMELESS for what is no character."""
    text = chr(code) if code <= LAST_CODE else NAMELESS
    if code == 0 or text.isspace():
        return "\n" if text == "\n" else " "
    if text == "\u00ad":
        return "-"
    return NAMELESS if unicodedata.category(text) in {"Cc", "Cs", "Cn"} else text


def is_askew(angle: float) -> bool:
    """Neither upright nor turned by quarters: the letter of a watermark."""
    return SLANT_DEGREES < angle % 90 < 90 - SLANT_DEGREES


def printed_lines(letters: Letters, shown: Callable[[Box], Box]) -> PrintedLines:
    """Lines of words out of letters; text printed sideways is put in order as if held upright.

    `shown` turns a box in the letters' space into one on the page as it is shown, keeping lines level or plumb.
    """
    kept, askew, nameless = _known_and_upright(letters)
    lines: list[Line] = [[]]
    for match in _WORD_OR_BREAK.finditer(kept.text):
        text = match.group()
        if text != "\n":
            x0, y0, x1, y1 = shown(_around(kept.edges, *match.span()))
            lines[-1].append(Word(text.replace(HYPHEN, "-"), -1, x0, y0, x1, y1))
        if text[-1] in "\n\x02":
            lines.append([])
    return PrintedLines(_read_upright(lines, _quarter_of_most(kept)), askew, nameless)


def _known_and_upright(letters: Letters) -> tuple[Letters, int, int]:
    """The letters without the askew ones and those of no known character, and how many of either went."""
    slanted = {angle for angle in set(letters.angles) if is_askew(angle)}
    if not slanted and NAMELESS not in letters.text:
        return letters, 0, 0
    kept: list[tuple[str, int]] = []
    askew = nameless = 0
    for at, text in enumerate(letters.text):
        if letters.angles[at] in slanted and not text.isspace():
            askew += 1
            kept += [("\n", at)] if text == HYPHEN else []
        elif text == NAMELESS:
            nameless += 1
        else:
            kept.append((text, at))
    edges = [edge for _, at in kept for edge in letters.edges[4 * at : 4 * at + 4]]
    return Letters("".join(text for text, _ in kept), [letters.angles[at] for _, at in kept], edges), askew, nameless


def _around(edges: Sequence[float], start: int, end: int) -> Box:
    xs, ys = edges[4 * start : 4 * end : 2], edges[4 * start + 1 : 4 * end : 2]
    return min(xs), min(ys), max(xs), max(ys)


def _quarter_of_most(letters: Letters) -> int:
    """How many quarter turns clockwise most letters stand, 0 to 3."""
    quarters = {angle: round(angle / 90) % 4 for angle in set(letters.angles)}
    if len(set(quarters.values())) < 2:
        return next(iter(quarters.values()), 0)
    stand = zip(letters.text, letters.angles, strict=True)
    counts = Counter(quarters[angle] for text, angle in stand if not text.isspace())
    return counts.most_common(1)[0][0] if counts else 0


def _read_upright(lines: Sequence[Line], quarter: int) -> list[Line]:
    if not quarter:
        return in_reading_order(lines)
    upright = in_reading_order([[_turned(each, quarter) for each in line] for line in lines])
    return [[_turned(each, -quarter) for each in line] for line in upright]


def _turned(word: Word, quarters: int) -> Word:
    """The word as it stands when the page is turned back by so many clockwise quarters about its corner."""
    x0, y0, x1, y1 = word.x0, word.y0, word.x1, word.y1
    for _ in range(quarters % 4):
        x0, y0, x1, y1 = y0, -x1, y1, -x0
    return replace(word, x0=x0, y0=y0, x1=x1, y1=y1)


def placed(lines: Iterable[Line]) -> tuple[str, tuple[Word, ...]]:
    """The page's text and its words with `start` set; a line a line, words one space apart."""
    parts: list[str] = []
    words: list[Word] = []
    offset = 0
    for line in lines:
        for at, word in enumerate(line):
            separator = " " if at else ("\n" if words else "")
            offset += len(separator)
            words.append(Word(word.text, offset, word.x0, word.y0, word.x1, word.y1, word.confidence))
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
    if len(runs) > MOST_RUNS or len(joined) > MOST_LINES:
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
            result[-1] += line
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
