"""Whether one stretch of words satisfies a query by itself: "hanya dalam satu Pasal"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from indexer.concepts import concepts
from indexer.nodes import FIELD_TITLE, And, Concept, Leaf, Maybe, Most, Named, Node, Not, Only, Or, Phrase, Prefix, Word
from indexer.occurrences import occurrences
from indexer.words import stems

Outside = Callable[[Leaf], bool]


@dataclass(frozen=True)
class Stretch:
    """Folded words in order (`words.analyse`)."""

    words: Sequence[str]
    _places: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    @cached_property
    def forms(self) -> frozenset[str]:
        return frozenset(self.words)

    @cached_property
    def stems(self) -> frozenset[str]:
        return frozenset(stems(list(self.forms)))

    @cached_property
    def concepts(self) -> frozenset[str]:
        return frozenset(concepts(self.words))

    def places(self, word: str) -> list[int]:
        if not self._places:
            for at, one in enumerate(self.words):
                self._places[one].append(at)
        return self._places.get(word, [])


def satisfies(stretch: Stretch, node: Node | None, outside: Outside) -> bool:
    """Whether the stretch alone answers. `outside` decides what no stretch can: the instrument itself, filters, words of the title."""
    match node:
        case None | Maybe():
            return True
        case And(children):
            return all(satisfies(stretch, child, outside) for child in children)
        case Or(children) | Most(children):
            return any(satisfies(stretch, child, outside) for child in children)
        case Not(child):
            return not satisfies(stretch, child, outside)
        case _:
            return outside(node) if _lies_outside(node) else _says(stretch, node)


def could_satisfy(stretches: Sequence[Stretch], node: Node | None) -> bool:
    """False only where no part of these stretches, taken together, can satisfy the query."""
    match node:
        case And(children):
            return all(could_satisfy(stretches, child) for child in children)
        case Or(children) | Most(children):
            return any(could_satisfy(stretches, child) for child in children)
        case Word(_, stem, "") if stem:
            return any(stem in stretch.stems for stretch in stretches)
        case _:
            return True


def _lies_outside(leaf: Leaf) -> bool:
    return isinstance(leaf, (Named, Only)) or (not isinstance(leaf, Concept) and leaf.field == FIELD_TITLE)


def _says(stretch: Stretch, leaf: Leaf) -> bool:
    match leaf:
        case Word(text, stem):
            return text in stretch.forms or stem in stretch.stems
        case Prefix(text):
            return any(form.startswith(text) for form in stretch.forms)
        case Phrase(words, slop):
            return bool(occurrences([stretch.places(word) for word in words], slop))
        case Concept(key):
            return key in stretch.concepts
        case _:
            return False
