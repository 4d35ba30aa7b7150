"""The places of a page's words as a few bytes for the database, and back.

Packed: zlib over seven rows of 32-bit little-endian integers, one column a word: start in the page's text (as distance from the word
before), length, left, top, right, bottom in tenths of a point, confidence (0-100, -1 without).
"""

from __future__ import annotations

import math
import struct
import zlib
from collections.abc import Sequence
from itertools import accumulate, pairwise

from indexer.pages import Word

_ROWS = 7
_LARGEST = 2**31 - 1
_NO_CONFIDENCE = -1


def pack_words(words: Sequence[Word]) -> bytes:
    """The packed words; those whose box is no number or off any paper are left out (their text stays in the page)."""
    if not all(map(_has_place, words)):
        words = [word for word in words if _has_place(word)]
    if not words:
        return b""
    starts = [word.start for word in words]
    rows = (
        [starts[0], *(later - earlier for earlier, later in pairwise(starts))],
        [len(word.text) for word in words],
        [round(word.x0 * 10) for word in words],
        [round(word.y0 * 10) for word in words],
        [round(word.x1 * 10) for word in words],
        [round(word.y1 * 10) for word in words],
        [_NO_CONFIDENCE if word.confidence is None else round(word.confidence) for word in words],
    )
    return zlib.compress(b"".join(struct.pack(f"<{len(row)}i", *row) for row in rows))


def unpack_words(packed: bytes, text: str) -> tuple[Word, ...]:
    """The words of a page with this text in reading order, boxes to a tenth of a point, confidences whole."""
    if not packed:
        return ()
    data = zlib.decompress(packed)
    numbers = struct.unpack(f"<{len(data) // 4}i", data)
    count = len(numbers) // _ROWS
    distances, *rest = (numbers[row * count : (row + 1) * count] for row in range(_ROWS))
    return tuple(_word(text, *column) for column in zip(accumulate(distances), *rest, strict=True))


def _has_place(word: Word) -> bool:
    edges = word.x0, word.y0, word.x1, word.y1
    is_finite = math.isfinite(sum(edges))
    return word.start >= 0 and is_finite and 10 * min(edges) > -_LARGEST and 10 * max(edges) < _LARGEST


def _word(text: str, start: int, length: int, *place: int) -> Word:
    x0, y0, x1, y1 = (edge / 10 for edge in place[:4])
    confidence = None if place[4] == _NO_CONFIDENCE else float(place[4])
    return Word(text[start : start + length], start, x0, y0, x1, y1, confidence)
