"""The text of a page cut into pieces: hits, words OCR was unsure of, links and anchors may overlap, and each keeps its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from indexer.highlight import Mark
from indexer.pages import Word

UNSURE = 60.0


@dataclass(frozen=True, slots=True)
class Link:
    """A stretch of the text that leads somewhere; `title` says where, `href` is "" for what leads nowhere but has something to say."""

    start: int
    end: int
    href: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text. `hit` counts the page's hits from 1; `confidence` is OCR's where it was unsure; `anchor` names its beginning."""

    text: str
    hit: int | None = None
    confidence: float | None = None
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """Pieces under one link, or under none."""

    link: Link | None
    pieces: tuple[Piece, ...]


def runs(
    text: str,
    places: Sequence[Mark] = (),
    unsure: Sequence[Word] = (),
    links: Sequence[Link] = (),
    anchors: Mapping[int, str] | None = None,
) -> list[Run]:
    """The whole text in order, cut wherever a hit, an unsure word, a link or an anchor begins or ends. Links do not overlap."""
    words = [(word.start, word.start + len(word.text)) for word in unsure]
    stretches = [*places, *words, *((link.start, link.end) for link in links)]
    anchors = anchors or {}
    cuts = sorted({0, len(text), *_edges(stretches, len(text)), *(at for at in anchors if at < len(text))})
    hits, doubts, leads = _Layer(places), _Layer(words), _Layer([(link.start, link.end) for link in links])
    cut: list[tuple[int | None, Piece]] = []
    for start, end in pairwise(cuts):
        hit, doubt, lead = hits.at(start), doubts.at(start), leads.at(start)
        confidence = None if doubt is None else unsure[doubt].confidence
        piece = Piece(text[start:end], None if hit is None else hit + 1, confidence, anchors.get(start, ""))
        cut.append((lead, piece))
    return [
        Run(None if lead is None else links[lead], tuple(piece for _lead, piece in group))
        for lead, group in groupby(cut, key=lambda pair: pair[0])
    ]


def unsure_words(words: Iterable[Word]) -> list[Word]:
    """The words that OCR may well have misread, in the order of the text."""
    doubtful = [word for word in words if word.confidence is not None and word.confidence < UNSURE]
    return sorted(doubtful, key=lambda word: word.start)


class _Layer:
    """Stretches in order, asked for at places that only grow."""

    def __init__(self, stretches: Sequence[Mark]) -> None:
        self._stretches = stretches
        self._next = 0

    def at(self, place: int) -> int | None:
        """Which stretch covers the place; None where none does."""
        while self._next < len(self._stretches) and self._stretches[self._next][1] <= place:
            self._next += 1
        covers = self._next < len(self._stretches) and self._stretches[self._next][0] <= place
        return self._next if covers else None


def _edges(stretches: Iterable[Mark], length: int) -> Iterator[int]:
    for stretch in stretches:
        yield from (min(edge, length) for edge in stretch)
