"""An answer out of postings: which units among those allowed, how well, and what was missing where there are none."""

from __future__ import annotations

from collections.abc import Set

from indexer.explaining import ScorePart, node_parts
from indexer.matching import Matching, Postings, Scores
from indexer.nodes import Concept, Named, Phrase, Prefix, Query, Word
from indexer.title_match import title_scores


def answer(postings: Postings, query: Query, allowed: Set[int]) -> tuple[Scores, tuple[str, ...]]:
    """The scores of the allowed units found, and, where there are none, the terms no allowed unit has."""
    matching = Matching(postings)
    found = {unit: score for unit, score in matching.scores(query.tree).items() if unit in allowed}
    titles = title_scores(matching, query, found.keys())
    scores = {unit: round(score + titles.get(unit, 0.0), 6) for unit, score in found.items()}
    return scores, () if scores else _missing(matching, query, allowed)


def explanation(postings: Postings, query: Query, unit: int) -> ScorePart | None:
    """How the score of a unit comes about, part by part; None where the query does not find it."""
    matching = Matching(postings)
    if unit not in matching.scores(query.tree):
        return None
    title = title_scores(matching, query, {unit}).get(unit)
    parts = node_parts(matching, query.tree, unit)
    parts += (ScorePart("judul memuat yang ditanyakan", title),) if title else ()
    return ScorePart("nilai", sum(part.score for part in parts), parts)


def _missing(matching: Matching, query: Query, allowed: Set[int]) -> tuple[str, ...]:
    leaves = [leaf for leaf in query.leaves() if isinstance(leaf, (Word, Phrase, Prefix))]
    told = [_told(leaf) for leaf in leaves if not matching.scores(leaf).keys() & allowed]
    # A name with equals is missing only where none of them is there.
    for leaf in query.leaves():
        if isinstance(leaf, Concept) and matching.scores(leaf).keys() & allowed:
            told = [word for word in told if word not in leaf.typed]
    if any(isinstance(leaf, Named) for leaf in query.leaves()) and not told:
        return ()
    return tuple(dict.fromkeys(told))


def _told(leaf: Word | Phrase | Prefix) -> str:
    if isinstance(leaf, Phrase):
        return f"“{' '.join(leaf.words)}”"
    return f"{leaf.text}*" if isinstance(leaf, Prefix) else leaf.text
