"""The words of a page with their places, packed for the database and unpacked for pages that mark them.

Packed: zlib over seven rows of 32-bit little-endian integers, one column a word: start in the page's text (as distance from the word
before), length, left, top, right, bottom in tenths of a point, confidence (0-100, -1 without).
"""

from __future__ import annotations

import math
import struct
import zlib
from collections.abc import Iterable
from itertools import accumulate, pairwise

from compliance.models import Page
from indexer.pages import Word

_ROWS = 7
_LARGEST = 2**31 - 1
_NO_CONFIDENCE = -1


def pack_words(words: Iterable[Word]) -> bytes:
    """Bytes for `Page.boxes`; words whose box is no number or off any paper are left out (their text stays in the page)."""
    columns = [_column(word) for word in words if _has_place(word)]
    if not columns:
        return b""
    starts, *rest = zip(*columns, strict=True)
    distances = (starts[0], *(later - earlier for earlier, later in pairwise(starts)))
    numbers = [number for row in (distances, *rest) for number in row]
    return zlib.compress(struct.pack(f"<{len(numbers)}i", *numbers))


def words_of(page: Page) -> tuple[Word, ...]:
    """The words of a page in reading order, boxes to a tenth of a point, confidences whole."""
    if not page.boxes:
        return ()
    data = zlib.decompress(page.boxes)
    numbers = struct.unpack(f"<{len(data) // 4}i", data)
    count = len(numbers) // _ROWS
    distances, *rest = (numbers[row * count : (row + 1) * count] for row in range(_ROWS))
    return tuple(_word(page.text, *column) for column in zip(accumulate(distances), *rest, strict=True))


def _column(word: Word) -> tuple[int, ...]:
    box = (round(edge * 10) for edge in (word.x0, word.y0, word.x1, word.y1))
    confidence = _NO_CONFIDENCE if word.confidence is None else round(word.confidence)
    return (word.start, len(word.text), *box, confidence)


def _has_place(word: Word) -> bool:
    edges = (word.x0, word.y0, word.x1, word.y1)
    return word.start >= 0 and all(math.isfinite(edge) and abs(edge) * 10 < _LARGEST for edge in edges)


def _word(text: str, start: int, length: int, *place: int) -> Word:
    x0, y0, x1, y1 = (edge / 10 for edge in place[:4])
    confidence = None if place[4] == _NO_CONFIDENCE else float(place[4])
    return Word(text[start : start + length], start, x0, y0, x1, y1, confidence)
