"""The word that was probably meant where no text that may be seen has the one typed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from itertools import groupby
from operator import itemgetter
from typing import Protocol

from rapidfuzz import process
from rapidfuzz.distance import OSA

from indexer.concepts import EQUALS, KINDS
from indexer.matching import Postings
from indexer.words import analyse, stem

# Up to this length one slip of the finger, in longer words two; shorter words have too many neighbours to tell.
SHORTEST, ONE_SLIP = 4, 6
MOST_NEIGHBOURS = 200
_WORDS_OF_NAMES = frozenset(
    word
    for words in (*KINDS, *(analyse(name) for names in EQUALS.values() for name in names))
    for word in words
    if len(word) >= SHORTEST
)


class Lexicon(Postings, Protocol):
    """Postings that also tell every word there is."""

    def words(self) -> Mapping[int, Sequence[str]]:
        """The words of texts and titles by their length."""


def words_by_length(words: Iterable[str]) -> dict[int, list[str]]:
    """The words that a slip could turn into others, by their length."""
    found: dict[int, list[str]] = defaultdict(list)
    for word in words:
        if word.isalpha():
            found[len(word)].append(word)
    return dict(found)


def nearest(lexicon: Lexicon, words: Iterable[str], visible: Set[int]) -> dict[str, str]:
    """For each of the words that no visible unit has, in that form or its kin: the nearest word one of them has.

    The fewest slips first, then the word of the most visible units. Words with a digit stay as they are.
    """
    found = {}
    for word in dict.fromkeys(words):
        if tolerance(word) and not _units_with(lexicon, word, visible):
            better = _nearest(lexicon, word, visible)
            if better:
                found[word] = better
    return found


def tolerance(word: str) -> int:
    """How many slips are forgiven in a word."""
    if len(word) < SHORTEST or not word.isalpha():
        return 0
    return 1 if len(word) <= ONE_SLIP else 2


def _nearest(lexicon: Lexicon, word: str, visible: Set[int]) -> str | None:
    most = tolerance(word)
    by_length = lexicon.words()
    near = [one for size in range(len(word) - most, len(word) + most + 1) for one in by_length.get(size, ())]
    names = [name for name in _WORDS_OF_NAMES if abs(len(name) - len(word)) <= most]
    neighbours = process.extract(
        word, {*near, *names}, scorer=OSA.distance, score_cutoff=most, limit=MOST_NEIGHBOURS, processor=None
    )
    for _, alike in groupby(sorted(neighbours, key=itemgetter(1)), key=itemgetter(1)):
        counted = [(_written(lexicon, one, visible), one) for one, *_ in alike]
        count, best = max(counted, key=lambda pair: (pair[0], pair[1]))
        if count:
            return best
    return None


def _written(lexicon: Lexicon, word: str, visible: Set[int]) -> float:
    """How many visible units have the very word; a word of a known name counts a little even where none has it."""
    units = lexicon.weights("body", word).keys() | lexicon.weights("title", word).keys()
    return len(units & visible) or (0.5 if word in _WORDS_OF_NAMES else 0.0)


def _units_with(lexicon: Lexicon, word: str, visible: Set[int]) -> bool:
    if word in _WORDS_OF_NAMES:
        return True
    terms = (("body", word), ("title", word), ("body_stem", stem(word)), ("title_stem", stem(word)))
    return any(lexicon.weights(field, term).keys() & visible for field, term in terms)
