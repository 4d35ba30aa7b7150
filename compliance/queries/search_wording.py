"""A question in other words, always told: a word nobody wrote as the nearest one that is written, all words as some of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from compliance.actor import Actor
from compliance.queries.search_answers import Notice
from compliance.queries.search_filters import understood
from indexer.engine import SearchEngine
from indexer.nodes import And, Maybe, Most, Node, Not, Only, Or, Query, Word
from indexer.words import tokens

_QUOTED = re.compile(r'"[^"]*"|[“„][^”“]*[”“]')


@dataclass(frozen=True, slots=True)
class Wording:
    """The question that is put. `respelt` maps typed words to those searched instead; `exact` is the text that searches them as typed.

    `likelier` is the text with far commoner words for those that hardly any text has; "" where there is none such.
    """

    query: Query
    respelt: Mapping[str, str] = field(default_factory=dict)
    exact: str = ""
    likelier: str = ""


def worded(engine: SearchEngine, actor: Actor, text: str) -> Wording:
    """The question a text puts, words that no readable text has put as the nearest that one has. Quoted words stay.

    Raises: IndexUnavailable.
    """
    query = understood(text)
    words = [leaf.text for leaf in query.leaves() if isinstance(leaf, Word)]
    better = engine.nearest(words, actor.read_scopes()) if words else {}
    common = engine.commoner(words, actor.read_scopes()) if words else {}
    meant, likelier = _with_words(text, better), _with_words(text, {**better, **common})
    told = likelier if likelier != meant else ""
    if meant == text:
        return Wording(query, likelier=told)
    quoted = {word: f'"{word}"' for word in better}
    return Wording(understood(meant), better, _with_words(text, quoted), told)


def respelling_notices(wording: Wording) -> tuple[Notice, ...]:
    """What was searched instead of what was typed, word by word."""
    return tuple(
        Notice("ejaan_didekatkan", f"“{typed}” tidak ada di naskah; dicari “{meant}”.", 1)
        for typed, meant in wording.respelt.items()
    )


def loosened(query: Query) -> Query | None:
    """The question that some of the words answer, where all were asked for; None where there is nothing to let go."""
    tree = _loosened(query.tree) if query.tree is not None else None
    return None if tree is None or tree == query.tree else replace(query, tree=tree)


def partial_notice(count: int, missing: tuple[str, ...]) -> Notice:
    """That the results have only some of what was asked, and which of it is nowhere."""
    nowhere = f" Tidak ada di naskah mana pun: {', '.join(missing)}." if missing else ""
    text = (
        "Tidak ada naskah yang memuat semuanya sekaligus. Yang di bawah memuat sebagian: "
        f"yang memuat paling banyak, dan kata yang paling jarang, lebih dulu.{nowhere}"
    )
    return Notice("sebagian_kata", text, count)


def _loosened(node: Node) -> Node:
    match node:
        case And(children):
            kept = [child for child in children if isinstance(child, (Maybe, Not, Only))]
            asked = tuple(_loosened(child) for child in children if not isinstance(child, (Maybe, Not, Only)))
            return And((Most(asked), *kept)) if len(asked) > 1 else node
        case Or(children) if any(isinstance(child, And) for child in children) and not _is_equal(children):
            return Or(tuple(map(_loosened, children)))
        case _:
            return node


def _is_equal(children: tuple[Node, ...]) -> bool:
    """Whether the alternatives are names of one thing, which stays whole."""
    return getattr(children[0], "key", "").startswith("sama:")


def _with_words(text: str, better: Mapping[str, str]) -> str:
    """The text with unquoted words replaced."""
    quoted = [match.span() for match in _QUOTED.finditer(text)]
    written, at = "", 0
    for word in tokens(text):
        if word.text in better and not any(start <= word.start < end for start, end in quoted):
            written += text[at : word.start] + better[word.text]
            at = word.end
    return written + text[at:]
