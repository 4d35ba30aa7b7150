"""The printed lines of a document, each with a folded key in which bad spacing and common misreadings vanish."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from indexer.pages import Page

Box = tuple[float, float, float, float]

# What a text layer made by OCR prints where a capital letter stands: PROVINS!, PR0VINSI, D1TETAPKAN.
_LETTER_FOR = str.maketrans({"0": "O", "1": "I", "!": "I", "|": "I"})
_NOT_A_LETTER = re.compile(r"[^A-Z]+")


@dataclass(frozen=True, slots=True)
class Line:
    """One non-empty line. `start` is the offset of `text` (stripped) in the text of page number `page`."""

    page: int
    start: int
    text: str
    key: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@lru_cache(maxsize=65536)
def key_of(text: str) -> str:
    """The capital letters of a text and nothing else, with digits and marks that stand for letters put right."""
    plain = unicodedata.normalize("NFKD", text).upper().translate(_LETTER_FOR)
    return _NOT_A_LETTER.sub("", plain)


def lines_of(pages: Sequence[Page]) -> list[Line]:
    """All lines of all pages in reading order, empty ones left out."""
    return [line for page in pages for line in _lines_of_page(page)]


def lines_from_the_top(pages: Sequence[Page]) -> list[Line]:
    """All lines, those of each page by their height on the paper; a file that draws a heading last has it first here.

    Lines without boxes keep their place among the others.
    """
    lines: list[Line] = []
    for page in pages:
        top_at: dict[int, float] = {word.start: word.y0 for word in page.words}
        heights: list[tuple[float, int, Line]] = []
        last = 0.0
        for order, line in enumerate(_lines_of_page(page)):
            last = top_at.get(line.start, last)
            heights.append((last, order, line))
        lines += [line for _, _, line in sorted(heights, key=lambda h: (round(h[0]), h[1]))]
    return lines


def _lines_of_page(page: Page) -> Iterator[Line]:
    start = 0
    for raw in page.text.replace("\r", "\n").split("\n"):
        text = raw.strip()
        if text:
            yield Line(page.number, start + raw.index(text), text, key_of(text))
        start += len(raw) + 1


def capital_share(text: str) -> float:
    """The share of capitals among the letters of a text; 0 for a text without letters."""
    letters = list(filter(str.isalpha, text))
    return sum(map(str.isupper, letters)) / len(letters) if letters else 0.0


def prefix_distance(pattern: str, key: str, most: int) -> int | None:
    """The fewest letters to change, add or drop so that `key` starts with `pattern`; None where that is more than `most`."""
    key = key[: len(pattern) + most]
    if not _keeps_a_piece(pattern, key, most):
        return None
    same = _same_letters(pattern, key)
    pattern, key = pattern[same:], key[same:]
    row = list(range(len(key) + 1))
    for i, letter in enumerate(pattern, 1):
        previous, row = row, [i]
        for j, other in enumerate(key, 1):
            row.append(previous[j - 1] if letter == other else 1 + min(previous[j], row[j - 1], previous[j - 1]))
        if min(row) > most:
            return None
    return min(row)


def _same_letters(one: str, other: str) -> int:
    """How many letters both begin with."""
    pairs = zip(one, other, strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _keeps_a_piece(pattern: str, key: str, most: int) -> bool:
    """Whether one of `most + 1` pieces of the pattern stands in the key: `most` changes can't spoil them all."""
    size, count = len(pattern), most + 1
    return any(pattern[size * at // count : size * (at + 1) // count] in key for at in range(count))


def box_of(page: Page, start: int, end: int) -> Box | None:
    """The smallest box around the words of a page between two offsets; None where the page has no boxes there."""
    words = [w for w in page.words if w.start < end and w.start + len(w.text) > start]
    if not words:
        return None
    return (min(w.x0 for w in words), min(w.y0 for w in words), max(w.x1 for w in words), max(w.y1 for w in words))


def around(boxes: Sequence[Box]) -> Box | None:
    """The smallest box around boxes; None around none."""
    if not boxes:
        return None
    return (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))


def confidence_of(page: Page, start: int, end: int) -> float | None:
    """The lowest OCR confidence among the words between two offsets; None where no OCR word stands there."""
    seen = [w.confidence for w in page.words if w.start < end and w.start + len(w.text) > start]
    known = [c for c in seen if c is not None]
    return min(known) if known else None
