"""What stands at the edges of a page and belongs to no text: page numbers, running heads and feet, catch-words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from indexer.lines import Line, lines_of
from indexer.pages import Page

_PAGE_NUMBER = re.compile(
    r"^\W*(?:hal(?:aman)?\.?\s*)?(?:\d{1,4}|[ivx]{1,6})\W*(?:(?:dari|/)\s*\d{1,4}\W*)?$", re.IGNORECASE
)
# The head of the state gazette, "2021, No.47 -2-", on every page alike but for the side of the number.
_GAZETTE = re.compile(r"^\W*(?:-?\s*\d{1,4}\s*-?)?\s*\d{4}\s*,\s*No\.?\s*\d+\s*(?:-?\s*\d{1,4}\s*-?)?$", re.IGNORECASE)
# What an explanation says again and again is its text.
_TEXT = re.compile(r"^\W*(?:cukup\s+jelas|pasal|ayat|huruf|angka)\b", re.IGNORECASE)
_CATCHWORD = re.compile(r"(?:\.\s?){3,}\W*$|…\W*$")
_MOST_LINES = 5
_LONGEST = 90
_PAGES_TO_REPEAT_ON = 3
_LEAST_LETTERS = 6
# "(2) Dalam hal . . .", its dots counted as words.
_WORDS_OF_A_CATCHWORD = 8


def text_between_edges(pages: Sequence[Page]) -> dict[int, tuple[int, int]]:
    """For each page where its own text begins and ends, without what repeats at the edges of these neighbouring pages."""
    lines = {page.number: lines_of([page]) for page in pages}
    heads = _repeated(held[:_MOST_LINES] for held in lines.values())
    feet = _repeated(held[-_MOST_LINES:] for held in lines.values())
    return {page.number: _between(lines[page.number], heads, feet, len(page.text)) for page in pages}


def _repeated(edges: Iterable[Sequence[Line]]) -> set[str]:
    seen = Counter(key for lines in edges for key in {_alike(line) for line in lines})
    return {key for key, pages in seen.items() if pages >= _PAGES_TO_REPEAT_ON}


def _alike(line: Line) -> str:
    """A line without its digits: the running head of one page is that of the next but for the number."""
    return re.sub(r"[\d\s]+", "", line.text).lower()


def _between(lines: Sequence[Line], heads: set[str], feet: set[str], length: int) -> tuple[int, int]:
    first, last = 0, len(lines)
    while first < min(_MOST_LINES, last) and _is_edge(lines[first], heads):
        first += 1
    while last > max(first, len(lines) - _MOST_LINES) and (
        _is_edge(lines[last - 1], feet) or _is_catchword(lines[last - 1])
    ):
        last -= 1
    start = 0 if first == 0 else lines[first].start if first < last else length
    return start, length if last == len(lines) else max(start, lines[last - 1].end if last else 0)


def _is_edge(line: Line, repeated: set[str]) -> bool:
    if len(line.text) > _LONGEST or _TEXT.match(line.text):
        return False
    alike = _alike(line)
    return (len(alike) >= _LEAST_LETTERS and alike in repeated) or bool(
        _PAGE_NUMBER.match(line.text) or _GAZETTE.match(line.text)
    )


def _is_catchword(line: Line) -> bool:
    return len(line.text.split()) <= _WORDS_OF_A_CATCHWORD and bool(_CATCHWORD.search(line.text))
