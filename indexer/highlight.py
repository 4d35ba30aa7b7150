"""Which words of a page answer a query: marks, the best pages of a document, and snippets.

The same analysis as the index, so that what was found is what is marked: quoted words in the form typed, others by their
stem, phrases where they stand together, true equals and citations as a whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from math import log
from typing import NamedTuple, TypeVar

from indexer.concepts import may_stand, spans
from indexer.nodes import FIELD_TITLE, Concept, Leaf, Named, Only, Phrase, Prefix, Query, Word
from indexer.occurrences import occurrences
from indexer.words import Token, analyse, stem, stems, tokens

Key = TypeVar("Key")
Mark = tuple[int, int]
SNIPPET_LENGTH = 240
_REMEMBERED = 50_000
# "kehilangan" alone says little where "jaminan kehilangan pekerjaan" was asked for.
_PART_OF_A_NAME = 0.1


class Found(NamedTuple):
    """A term of the query (by its place in it) said by words[first:end]."""

    leaf: int
    first: int
    end: int


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of a page: page[start:end] with its white space made single blanks, and marks within `text`."""

    text: str
    marks: tuple[Mark, ...]
    start: int
    end: int


def page_terms(text: str) -> str:
    """The words of a page, blanks between: kept in the database so that pages can be ranked without reading them again."""
    return " ".join(analyse(text))


def marks(text: str, query: Query) -> list[Mark]:
    """The places of a text that answer the query, as (start, end), in order, not overlapping."""
    words = list(tokens(text))
    found = _terms_of(query).found([word.text for word in words])
    return _merged((words[one.first].start, words[one.end - 1].end) for one in found)


def best_pages(pages: Iterable[tuple[Key, str]], query: Query, limit: int = 3) -> list[tuple[Key, float]]:
    """The pages of one document that answer best, as (key, score), best first, earlier pages before later on a tie.

    `pages` are (key, `page_terms`). A word on every page of the document counts less than one on a single page.
    """
    wanted = _terms_of(query)
    found = [(key, wanted.found(terms.split(" "))) for key, terms in pages]
    pages_with: dict[int, int] = defaultdict(int)
    for _, hits in found:
        for leaf in {hit.leaf for hit in hits}:
            pages_with[leaf] += 1
    weights = [
        weight * (0.2 + log(1 + (len(found) + 0.5) / (pages_with[leaf] + 0.5)))
        for leaf, weight in enumerate(wanted.weights)
    ]
    scored = [(key, _score(hits, weights)) for key, hits in found if hits]
    return sorted(scored, key=lambda page: -page[1])[:limit]


def snippets(text: str, query: Query, *, length: int = SNIPPET_LENGTH, limit: int = 1) -> list[Snippet]:
    """The pieces of a page that answer best, best first, not overlapping; its beginning where nothing in it answers.

    Cut between words, so a little shorter than `length`. Empty for a text without words.
    """
    words = list(tokens(text))
    wanted = _terms_of(query)
    found = sorted(wanted.found([word.text for word in words]), key=lambda hit: hit.first)
    cut: list[Snippet] = []
    while words and len(cut) < limit:
        window = _best_window(words, found, wanted.weights, length)
        if window is None:
            break
        start, end = _widened(words, *window, length)
        cut.append(_snippet(text, start, end, [(words[hit.first].start, words[hit.end - 1].end) for hit in found]))
        found = [hit for hit in found if words[hit.end - 1].end <= start or words[hit.first].start >= end]
    if words and not cut:
        start, end = _widened(words, 0, 0, length)
        cut.append(_snippet(text, start, end, []))
    return cut


def snippet_from(text: str, start: int, query: Query, *, length: int = SNIPPET_LENGTH) -> Snippet:
    """The piece of a page that begins at an offset, with what answers in it marked; "" where no word follows."""
    words = [word for word in tokens(text) if word.start >= start]
    if not words:
        return Snippet("", (), start, start)
    end = max((word.end for word in words if word.end - words[0].start <= length), default=words[0].end)
    found = _terms_of(query).found([word.text for word in words])
    return _snippet(text, words[0].start, end, [(words[hit.first].start, words[hit.end - 1].end) for hit in found])


class _Terms:
    """The terms of one query, ready to be looked for in many pages. `weights[i]` is what term i is worth."""

    def __init__(self, leaves: Sequence[Leaf]) -> None:
        self._leaves = [leaf for leaf in leaves if not isinstance(leaf, (Named, Only)) and _in_body(leaf)]
        self._concepts = {leaf.key: at for at, leaf in enumerate(self._leaves) if isinstance(leaf, Concept)}
        self._said_by: dict[str, tuple[int, ...]] = {}
        self._silent: set[str] = set()
        self._stems = {leaf.stem for leaf in self._leaves if isinstance(leaf, Word)}
        self._forms = {word for leaf in self._leaves for word in _forms(leaf)}
        self._beginnings = tuple(leaf.text for leaf in self._leaves if isinstance(leaf, Prefix))
        self.weights = [_weight(leaf) for leaf in self._leaves]
        self._parts = {
            at: [part for part, word in enumerate(self._leaves) if isinstance(word, Word) and word.text in leaf.typed]
            for at, leaf in enumerate(self._leaves)
            if isinstance(leaf, Concept) and len(leaf.typed) > 1
        }
        for part in {part for parts in self._parts.values() for part in parts}:
            self.weights[part] *= _PART_OF_A_NAME

    def found(self, words: Sequence[str]) -> list[Found]:
        """Every place in the words that says a term. Parts of a name are left out where the name itself is there."""
        places = self._places(words)
        hits = [Found(leaf, at, at + 1) for leaf, ats in places.items() for at in ats if self._is_single(leaf)]
        for leaf, phrase in enumerate(self._leaves):
            if isinstance(phrase, Phrase) and leaf in places:
                hits += self._phrase(leaf, phrase, words, places[leaf])
        if self._concepts and self._may_stand(set(words)):
            hits += [
                Found(self._concepts[key], first, end) for key, first, end in spans(words) if key in self._concepts
            ]
        said = {hit.leaf for hit in hits}
        left_out = {part for whole, parts in self._parts.items() if whole in said for part in parts}
        return [hit for hit in hits if hit.leaf not in left_out]

    def _places(self, words: Sequence[str]) -> Mapping[int, list[int]]:
        """By term, where a word stands that may belong to it."""
        different = set(words)
        fresh = different.difference(self._silent, self._said_by)
        if fresh:
            self._learn(fresh)
        places: dict[int, list[int]] = defaultdict(list)
        for word in different & self._said_by.keys():
            at = _all_places(words, word)
            for leaf in self._said_by[word]:
                places[leaf] += at
        return {leaf: sorted(places[leaf]) for leaf in sorted(places)}

    def _learn(self, fresh: set[str]) -> None:
        """Looks only at those words closely that share a stem, the form or the beginning with a term."""
        if len(self._silent) > _REMEMBERED:
            self._silent.clear()
        words = list(fresh) if self._stems or self._beginnings else []
        near = {word for word, kin in zip(words, stems(words), strict=True) if kin in self._stems}
        near |= fresh & self._forms
        near |= {word for word in words if word.startswith(self._beginnings)} if self._beginnings else set()
        for word in near:
            leaves = tuple(at for at, leaf in enumerate(self._leaves) if _may_say(leaf, word))
            if leaves:
                self._said_by[word] = leaves
        self._silent |= fresh - self._said_by.keys()

    def _may_stand(self, words: set[str]) -> bool:
        return any(may_stand(key, words) for key in self._concepts)

    def _is_single(self, leaf: int) -> bool:
        return isinstance(self._leaves[leaf], (Word, Prefix))

    def _phrase(self, leaf: int, phrase: Phrase, words: Sequence[str], places: Sequence[int]) -> list[Found]:
        positions = [[at for at in places if words[at] == word] for word in phrase.words]
        return [Found(leaf, first, last + 1) for first, last in occurrences(positions, phrase.slop)]


@lru_cache(maxsize=64)
def _terms_of(query: Query) -> _Terms:
    return _Terms(query.leaves())


def _in_body(leaf: Leaf) -> bool:
    if isinstance(leaf, Concept):
        return leaf.is_printed
    return not (isinstance(leaf, (Word, Phrase, Prefix)) and leaf.field == FIELD_TITLE)


def _all_places(words: Sequence[str], word: str) -> list[int]:
    places: list[int] = []
    with suppress(ValueError):
        at = -1
        while True:
            places.append(at := words.index(word, at + 1))
    return places


def _forms(leaf: Leaf) -> tuple[str, ...]:
    match leaf:
        case Word(text):
            return (text,)
        case Phrase(words):
            return words
        case _:
            return ()


def _may_say(leaf: Leaf, word: str) -> bool:
    match leaf:
        case Word(text, wanted_stem):
            return word == text or stem(word) == wanted_stem
        case Prefix(text):
            return word.startswith(text)
        case Phrase(phrase):
            return word in phrase
        case _:
            return False


def _weight(leaf: Leaf) -> float:
    """Several words together say more than one."""
    match leaf:
        case Phrase(words):
            return float(len(words))
        case Concept(key, typed):
            return max(2.0, len(typed)) if key.startswith("sama:") else 3.0
        case _:
            return 1.0


def _score(found: Sequence[Found], weights: Sequence[float]) -> float:
    """Different terms count most, then how close they stand, then how often."""
    counts: dict[int, int] = defaultdict(int)
    for hit in found:
        counts[hit.leaf] += 1
    worth = sum(weights[leaf] * (1 + 0.3 * log(count)) for leaf, count in counts.items())
    return worth * (1 + _nearness(found, len(counts)))


def _nearness(found: Sequence[Found], different: int) -> float:
    """1 where all the different terms stand side by side somewhere, falling towards 0 with the words between them."""
    if different < 2:
        return 0.0
    last_seen: dict[int, int] = {}
    closest: int | None = None
    for hit in sorted(found, key=lambda hit: hit.first):
        last_seen[hit.leaf] = hit.first
        if len(last_seen) == different:
            width = hit.first - min(last_seen.values()) + 1 - different
            closest = width if closest is None else min(closest, width)
    return 1 / (1 + max(0, closest or 0) / 10)


def _best_window(
    words: Sequence[Token], found: Sequence[Found], weights: Sequence[float], length: int
) -> tuple[int, int] | None:
    """First and last word of the stretch of at most `length` characters that says most; the first such on a tie."""
    best: tuple[float, int, int] | None = None
    for place, hit in enumerate(found):
        limit = words[hit.first].start + length
        within = [other for other in found[place : place + 100] if words[other.end - 1].end <= limit] or [hit]
        score = _score(within, weights)
        if best is None or score > best[0]:
            best = score, hit.first, max(other.end for other in within) - 1
    return best[1:] if best else None


def _widened(words: Sequence[Token], first: int, last: int, length: int) -> Mark:
    """The characters around words[first..last], with words taken by turns from both sides while they fit."""
    grown = True
    while grown:
        grown = False
        if first > 0 and words[last].end - words[first - 1].start <= length:
            first, grown = first - 1, True
        if last + 1 < len(words) and words[last + 1].end - words[first].start <= length:
            last, grown = last + 1, True
    return words[first].start, words[last].end


def _snippet(text: str, start: int, end: int, places: Iterable[Mark]) -> Snippet:
    inside = _merged((max(first, start), min(last, end)) for first, last in places if first < end and last > start)
    plain = text[start:end].replace("\n", " ")
    if plain.isprintable() and "  " not in plain:
        return Snippet(plain, tuple((first - start, last - start) for first, last in inside), start, end)
    shown: list[str] = []
    moved: list[int] = []
    for character in text[start:end]:
        moved.append(len(shown))
        if character.isspace():
            if shown and shown[-1] != " ":
                shown.append(" ")
        elif character.isprintable():
            shown.append(character)
    moved.append(len(shown))
    shifted = tuple((moved[first - start], moved[last - start]) for first, last in inside)
    return Snippet("".join(shown), shifted, start, end)


def _merged(places: Iterable[Mark]) -> list[Mark]:
    merged: list[Mark] = []
    for start, end in sorted(places):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged
