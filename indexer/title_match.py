"""What a title gives beyond its words: that it has all that was asked, in that order, and little else."""

from __future__ import annotations

from collections.abc import Sequence, Set
from itertools import pairwise

from indexer.matching import Matching, Scores
from indexer.nodes import Query, Word
from indexer.occurrences import occurrences

COVERED = 2.0
BRIEF = 1.0
IN_ORDER = 1.0


def title_scores(matching: Matching, query: Query, units: Set[int]) -> Scores:
    """For those of the units whose title has words of the question, what that gives.

    The share of the question the title has counts squared; a brief title that has it says more of what the act is about.
    """
    words = [leaf for leaf in query.leaves() if isinstance(leaf, Word)]
    worth = {word: matching.rarity(word) for word in words}
    whole = sum(worth.values())
    if not whole:
        return {}
    had: Scores = {}
    for word in words:
        for unit in matching.postings.weights("title_stem", word.stem).keys() & units:
            had[unit] = had.get(unit, 0.0) + worth[word]
    norms = matching.postings.norms("title")
    scores = {unit: (part / whole) ** 2 * whole * (COVERED + BRIEF / norms[unit]) for unit, part in had.items()}
    return _with_order(matching, words, scores, whole)


def _with_order(matching: Matching, words: Sequence[Word], scores: Scores, whole: float) -> Scores:
    pairs = list(pairwise(word.text for word in words))
    for first, second in pairs:
        among = scores.keys() & matching.postings.weights("title", first).keys()
        among &= matching.postings.weights("title", second).keys()
        places = [matching.postings.positions("title", word, among) for word in (first, second)]
        for unit in among:
            if occurrences([found[unit] for found in places]):
                scores[unit] += IN_ORDER * whole / len(pairs)
    return scores
