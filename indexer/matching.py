"""Which units a query finds, and how well: boolean sets and BM25F over the postings an engine hands out.

Same answer and same scores whatever the order of indexing, since nothing depends on unit numbers or segments.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Protocol

from indexer.identities import required_terms
from indexer.nodes import (
    FIELD_TITLE,
    And,
    Concept,
    Filters,
    Leaf,
    Maybe,
    Most,
    Named,
    Node,
    Not,
    Only,
    Or,
    Phrase,
    Prefix,
    Word,
)
from indexer.occurrences import occurrences

# An instrument asked for by its identity stands above whatever only mentions it.
NAMED_SCORE = 1_000.0
# So does a text that says what a word means, or which act it carries out, above those that only use the words.
SAID_SCORES: Mapping[str, float] = {"arti": 100.0, "laksana": 100.0}
# Of a question's words, having one more counts for more than saying one of them often.
HAVING_ONE = 3.0
K1 = 1.2
# Weight of a field beside the body's own words. The very form typed is worth more than its kin.
WEIGHTS: Mapping[str, float] = {
    "body": 0.6,
    "body_stem": 0.4,
    "body_concepts": 1.0,
    "title": 4.0,
    "title_stem": 3.0,
    "title_concepts": 6.0,
}
Scores = dict[int, float]


class Postings(Protocol):
    """What an index must hand out. Units have numbers here; they mean nothing outside one answer."""

    @property
    def units(self) -> Set[int]:
        """All units there are."""

    def weights(self, field: str, term: str) -> Mapping[int, float]:
        """How often a term stands in that field of each unit that has it."""

    def positions(self, field: str, term: str, among: Set[int]) -> Mapping[int, Sequence[int]]:
        """Where a term stands in that field, for those of the given units that have it."""

    def beginning(self, field: str, prefix: str) -> Iterable[str]:
        """The terms of a field that begin so."""

    def norms(self, field: str) -> Sequence[float]:
        """By unit number, how long that field is against the average, softened as BM25 wants it."""

    def passing(self, filters: Filters) -> Set[int]:
        """The units a filter lets through."""


@dataclass(slots=True)
class Matching:
    """One answer being worked out: every node is evaluated once."""

    postings: Postings
    _known: dict[Node, Scores] = field(default_factory=dict)

    def scores(self, node: Node | None) -> Scores:
        """The units a tree finds, with their scores. None finds all of them, unscored."""
        if node is None:
            return dict.fromkeys(self.postings.units, 0.0)
        found = self._known.get(node)
        if found is None:
            found = self._known[node] = self._evaluated(node)
        return found

    def _evaluated(self, node: Node) -> Scores:
        match node:
            case And(children):
                return self._all(children)
            case Or(children):
                return _summed(list(map(self.scores, children)))
            case Not(child):
                return dict.fromkeys(self.postings.units - self.scores(child).keys(), 0.0)
            case Maybe(child):
                return dict.fromkeys(self.postings.units, 0.0) | self.scores(child)
            case Most(children):
                return _summed([self._having(child) for child in children])
            case _:
                return self._leaf(node)

    def rarity(self, node: Node) -> float:
        """What it says of a unit that the node finds it: the fewer it finds, the more."""
        found = len(self.scores(node))
        return math.log(1 + (len(self.postings.units) - found + 0.5) / (found + 0.5))

    def _having(self, child: Node) -> Scores:
        worth = HAVING_ONE * self.rarity(child)
        return {unit: worth + score for unit, score in self.scores(child).items()}

    def _all(self, children: Sequence[Node]) -> Scores:
        required = [self.scores(child) for child in children if not isinstance(child, (Maybe, Not))]
        required.sort(key=len)
        kept: Set[int] = required[0].keys() if required else self.postings.units
        for found in required[1:]:
            kept = kept & found.keys()
        for child in children:
            if isinstance(child, Not):
                kept = kept - self.scores(child.child).keys()
        wished = [self.scores(child.child) for child in children if isinstance(child, Maybe)]
        return {unit: sum(found.get(unit, 0.0) for found in (*required, *wished)) for unit in kept}

    def _leaf(self, node: Leaf) -> Scores:
        match node:
            case Named(identity):
                return dict.fromkeys(self._named(required_terms(identity)), NAMED_SCORE)
            case Only(filters):
                return dict.fromkeys(self.postings.passing(filters), 0.0)
            case Concept(key) if key.partition(":")[0] in SAID_SCORES:
                return dict.fromkeys(self.postings.weights("body_concepts", key), SAID_SCORES[key.partition(":")[0]])
            case _:
                return self._bm25f(self.counts(node))

    def counts(self, node: Leaf) -> list[tuple[str, Mapping[int, float]]]:
        """By field, how often each unit says a word, phrase, prefix or concept; nothing for other leaves."""
        match node:
            case Word(text, stem, where):
                return self._in_fields(_fields(where), lambda name: stem if name.endswith("_stem") else text)
            case Concept(key):
                return self._in_fields(("body_concepts", "title_concepts"), lambda _: key)
            case Prefix(prefix, where):
                return [(name, self._beginning(name, prefix)) for name in _exact_fields(where)]
            case Phrase(words, slop, where):
                return [(name, self._phrase_counts(name, words, slop)) for name in _exact_fields(where)]
            case _:
                return []

    def _in_fields(self, fields: Sequence[str], term: Callable[[str], str]) -> list[tuple[str, Mapping[int, float]]]:
        return [(name, self.postings.weights(name, term(name))) for name in fields]

    def _beginning(self, field: str, prefix: str) -> Scores:
        return _summed([self.postings.weights(field, term) for term in self.postings.beginning(field, prefix)])

    def _phrase_counts(self, name: str, words: Sequence[str], slop: int) -> Mapping[int, float]:
        if len(words) == 1:
            return self.postings.weights(name, words[0])
        different = sorted(set(words), key=lambda word: len(self.postings.weights(name, word)))
        among: Set[int] = self.postings.weights(name, different[0]).keys()
        for word in different[1:]:
            among = among & self.postings.weights(name, word).keys()
        if not among:
            return {}
        places = {word: self.postings.positions(name, word, among) for word in different}
        counted = {unit: len(occurrences([places[word][unit] for word in words], slop)) for unit in among}
        return {unit: float(count) for unit, count in counted.items() if count}

    def _named(self, required: Sequence[Sequence[str]]) -> Set[int]:
        kept: Set[int] = self.postings.units
        for alternatives in required:
            kept = kept & set().union(*(self.postings.weights("identity", term).keys() for term in alternatives))
        return kept

    def _bm25f(self, found: Sequence[tuple[str, Mapping[int, float]]]) -> Scores:
        """BM25 over the weighted sum of a term's counts in its fields (Robertson, Zaragoza and Taylor, 2004)."""
        counts: Scores = {}
        for name, weights in found:
            if weights:
                norms, worth = self.postings.norms(name), WEIGHTS[name]
                for unit, count in weights.items():
                    counts[unit] = counts.get(unit, 0.0) + worth * count / norms[unit]
        rarity = math.log(1 + (len(self.postings.units) - len(counts) + 0.5) / (len(counts) + 0.5))
        return {unit: rarity * count * (K1 + 1) / (count + K1) for unit, count in counts.items()}

    def share(self, name: str, weights: Mapping[int, float], unit: int) -> float:
        """What a field gives to a unit's count, before saturation."""
        return WEIGHTS[name] * weights[unit] / self.postings.norms(name)[unit] if unit in weights else 0.0


def _fields(where: str) -> tuple[str, ...]:
    if where == FIELD_TITLE:
        return ("title", "title_stem")
    return ("body", "body_stem", "title", "title_stem")


def _exact_fields(where: str) -> list[str]:
    return [name for name in _fields(where) if not name.endswith("_stem")]


def _summed(parts: Sequence[Mapping[int, float]]) -> Scores:
    total: Scores = {}
    for part in parts:
        for unit, score in part.items():
            total[unit] = total.get(unit, 0.0) + score
    return total
