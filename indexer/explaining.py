"""A score taken apart: what each word and each rule gave to it, down to the fields it stands in."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.matching import HAVING_ONE, NAMED_SCORE, Matching
from indexer.nodes import And, Leaf, Maybe, Most, Named, Node, Not, Only, Or
from indexer.understood import described

FIELD_NAMES = {
    "body": "isi, bentuk persis",
    "body_stem": "isi, kata dasar",
    "body_concepts": "isi, sebagai satu pengertian",
    "title": "judul, bentuk persis",
    "title_stem": "judul, kata dasar",
    "title_concepts": "judul, sebagai satu pengertian",
}


@dataclass(frozen=True, slots=True)
class ScorePart:
    """What one thing gave; where it has parts, their scores add up to its own."""

    label: str
    score: float
    parts: tuple[ScorePart, ...] = ()


def node_parts(matching: Matching, node: Node | None, unit: int) -> tuple[ScorePart, ...]:
    """What each leaf of a tree gave to a unit it finds, those that gave nothing left out."""
    match node:
        case None | Not() | Only():
            return ()
        case And(children):
            return tuple(part for child in children for part in node_parts(matching, child, unit))
        case Or(children):
            finding = (child for child in children if unit in matching.scores(child))
            return tuple(part for child in finding for part in node_parts(matching, child, unit))
        case Maybe(child):
            return node_parts(matching, child, unit)
        case Most(children):
            return tuple(part for child in children for part in _having(matching, child, unit))
        case _:
            return _leaf(matching, node, unit)


def _having(matching: Matching, child: Node, unit: int) -> tuple[ScorePart, ...]:
    if unit not in matching.scores(child):
        return ()
    parts = node_parts(matching, child, unit)
    return (ScorePart(f"memuat {described(child)}", HAVING_ONE * matching.rarity(child)), *parts)


def _leaf(matching: Matching, leaf: Leaf, unit: int) -> tuple[ScorePart, ...]:
    score = matching.scores(leaf).get(unit, 0.0)
    if not score:
        return ()
    shares = [(name, matching.share(name, weights, unit)) for name, weights in matching.counts(leaf)]
    whole = sum(share for _, share in shares)
    fields = tuple(ScorePart(FIELD_NAMES[name], score * share / whole) for name, share in shares if share)
    label = "identitasnya sendiri" if isinstance(leaf, Named) and score == NAMED_SCORE else described(leaf)
    return (ScorePart(label, score, fields if len(fields) > 1 else ()),)
