"""The word that was probably meant where no text that may be seen has the one typed, or hardly any."""

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
# A word of so few texts beside one a slip away that so many times as many have is probably that slip.
RARE, TIMES_COMMONER = 2, 10
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
        if tolerance(word) and word not in _WORDS_OF_NAMES and not _units_with(lexicon, word, visible):
            better = _nearest(lexicon, word, visible)
            if better:
                found[word] = better
    return found


def commoner(lexicon: Lexicon, words: Iterable[str], visible: Set[int]) -> dict[str, str]:
    """For each of the words that hardly any visible unit has, in that form or its kin: the far commoner word one slip away."""
    found = {}
    for word in dict.fromkeys(words):
        if tolerance(word) and word not in _WORDS_OF_NAMES:
            having = len(_units_with(lexicon, word, visible))
            better = _commonest_beside(lexicon, word, visible) if 0 < having <= RARE else (0.0, "")
            if having and better[0] >= TIMES_COMMONER * having:
                found[word] = better[1]
    return found


def tolerance(word: str) -> int:
    """How many slips are forgiven in a word."""
    if len(word) < SHORTEST or not word.isalpha():
        return 0
    return 1 if len(word) <= ONE_SLIP else 2


def _nearest(lexicon: Lexicon, word: str, visible: Set[int]) -> str | None:
    neighbours = _neighbours(lexicon, word, tolerance(word))
    for _, alike in groupby(sorted(neighbours, key=itemgetter(1)), key=itemgetter(1)):
        count, best = max((_written(lexicon, one, visible), one) for one, _slips in alike)
        if count:
            return best
    return None


def _commonest_beside(lexicon: Lexicon, word: str, visible: Set[int]) -> tuple[float, str]:
    """The word one slip away, no kin, that most visible units have, after how many; (0, "") where there is none."""
    others = [one for one, slips in _neighbours(lexicon, word, 1) if slips and stem(one) != stem(word)]
    return max(((_written(lexicon, one, visible), one) for one in others), default=(0.0, ""))


def _neighbours(lexicon: Lexicon, word: str, most: int) -> list[tuple[str, int]]:
    """Written words and words of known names that at most so many slips turn into this one, with their slips."""
    by_length = lexicon.words()
    near = [one for size in range(len(word) - most, len(word) + most + 1) for one in by_length.get(size, ())]
    names = [name for name in _WORDS_OF_NAMES if abs(len(name) - len(word)) <= most]
    found = process.extract(
        word, {*near, *names}, scorer=OSA.distance, score_cutoff=most, limit=MOST_NEIGHBOURS, processor=None
    )
    return [(one, slips) for one, slips, _ in found]


def _written(lexicon: Lexicon, word: str, visible: Set[int]) -> float:
    """How many visible units have the very word; a word of a known name counts a little even where none has it."""
    units = lexicon.weights("body", word).keys() | lexicon.weights("title", word).keys()
    return len(units & visible) or (0.5 if word in _WORDS_OF_NAMES else 0.0)


def _units_with(lexicon: Lexicon, word: str, visible: Set[int]) -> set[int]:
    """The visible units that have the word in that form or its kin."""
    terms = (("body", word), ("title", word), ("body_stem", stem(word)), ("title_stem", stem(word)))
    return {unit for field, term in terms for unit in lexicon.weights(field, term).keys() & visible}
