"""What a text says a word means: the numbered definitions of a Pasal 1, each one term beside the words ("arti:pekerja rentan").

Made by the same function for the index and for the page a question opens at (the usual form is that of UU 12/2011, lampiran II nomor 98).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from indexer.words import analyse

LONGEST_TERM = 14
_MEANS = r"(?:adalah|ialah|yaitu)\b"
_CALLED = (
    r"(?:,?\s+yang)?\s*,?\s+(?:untuk\s+)?selanjutnya\s+(?:dalam\s+[^.;:]{3,60}?\s+)?"
    r"(?:disebut|disingkat)(?:\s+(?:dengan|sebagai|juga))?\s+"
)
_DEFINED = re.compile(
    rf"(?:^[ \t]*(?:\(?\d{{1,3}}[.)]|\(?[a-z]{{1,2}}[.)])|dimaksud(?:kan)?\s+dengan\s*:?)\s*"
    rf"(?P<term>[^\W\d_](?:[^.;:\n]|\n(?![ \t]*(?:\(?\d{{1,3}}[.)]|\(?[a-z][.)]|Pasal\b))){{1,200}}?)\s*,?\s*{_MEANS}",
    re.MULTILINE | re.IGNORECASE,
)
_ALSO_CALLED = re.compile(_CALLED, re.IGNORECASE)
_QUOTES = "\"'“”‘’"


class Definition(NamedTuple):
    """A term as defined: its folded words, and where its definition begins in the text."""

    term: tuple[str, ...]
    start: int

    @property
    def key(self) -> str:
        return meaning(self.term)


def meaning(words: tuple[str, ...]) -> str:
    """The key of what these words mean."""
    return f"arti:{' '.join(words)}"


def definitions(text: str) -> Iterator[Definition]:
    """Every term a text defines, also under the shorter names it gives it ("yang selanjutnya disebut …")."""
    for match in _DEFINED.finditer(text):
        names = _ALSO_CALLED.split(match["term"])
        for name in names:
            words = tuple(analyse(name.strip(_QUOTES)))
            if 0 < len(words) <= LONGEST_TERM and "dimaksud" not in words:
                yield Definition(words, match.start())
