"""The places of words after a person set the text right: words that stayed keep theirs, new ones stand where the old ones stood."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from indexer.pages import Word

MOST_COMPARED = 4000
"""Beyond so many words between the first and the last difference, words are not compared one by one any more."""
_WORD = re.compile(r"\S+")
Span = tuple[int, str]


def realigned(words: Sequence[Word], text: str) -> tuple[Word, ...]:
    """The words of a corrected text with boxes, in its order.

    A word as it was keeps its box. Words that replace others share those one's boxes, in their order. What was added between
    words has no place on the paper, so it is left out.
    """
    spans = [(found.start(), found.group()) for found in _WORD.finditer(text)]
    placed: list[Word] = []
    for old, new in _blocks([word.text for word in words], [said for _, said in spans]):
        placed += _placed(words[old], spans[new])
    return tuple(placed)


def _blocks(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[slice, slice]]:
    """The runs of both texts that stand for each other, in order: equal ones, and replaced ones that differ."""
    first = _common(old, new)
    last = _common(old[first:][::-1], new[first:][::-1])
    yield slice(0, first), slice(0, first)
    middle = (old[first : len(old) - last], new[first : len(new) - last])
    yield from _compared(first, *middle)
    yield slice(len(old) - last, len(old)), slice(len(new) - last, len(new))


def _compared(first: int, old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[slice, slice]]:
    if max(len(old), len(new)) > MOST_COMPARED:
        yield slice(first, first + len(old)), slice(first, first + len(new))
        return
    for _, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield slice(first + a, first + b), slice(first + c, first + d)


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words both begin with."""
    return next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )


def _placed(old: Sequence[Word], new: Sequence[Span]) -> Iterator[Word]:
    """The new words over the places of the old ones; none where either is empty."""
    if not old:
        return
    for order, (start, said) in enumerate(new):
        first = order * len(old) // len(new)
        end = max(first + 1, (order + 1) * len(old) // len(new))
        yield _over(old[first:end], start, said)


def _over(covered: Sequence[Word], start: int, said: str) -> Word:
    if len(covered) == 1 and covered[0].text == said:
        return replace(covered[0], start=start)
    line = [word for word in covered if word.y0 < covered[0].y1 and covered[0].y0 < word.y1]
    edges = (min(w.x0 for w in line), min(w.y0 for w in line), max(w.x1 for w in line), max(w.y1 for w in line))
    return Word(said, start, *edges)
