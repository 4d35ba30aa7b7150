"""What a person typed -> Query. Never raises, and says in words what it understood and what it left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile
from typing import NamedTuple

from indexer.concepts import EQUALS, article, carrying_out, citation, equals_at
from indexer.definitions import meaning
from indexer.identities import Found, IdentityNames, identities
from indexer.nodes import (
    FIELD_TITLE,
    NOTHING,
    And,
    Concept,
    Filters,
    Maybe,
    Named,
    Node,
    Not,
    Only,
    Or,
    Phrase,
    Prefix,
    Query,
)
from indexer.query_fields import filter_of, joined
from indexer.query_trees import Instrument, all_of, equal_node, joined_nodes, mention, word_node
from indexer.query_words import Lexeme, lexemes
from indexer.questions import asked_meaning, implementing_from
from indexer.understood import described, filters_in_words, identity_in_words
from indexer.words import analyse

__all__ = ["IdentityNames", "Query", "parse"]

MAX_WORDS = 64
MAX_DEPTH = 12
MIN_PREFIX = 3
_ARTICLE_WORDS = ("psl", "ps")
NO_NAMES = IdentityNames()


def parse(text: str, names: IdentityNames = NO_NAMES) -> Query:
    """The query a text means. Every text has one; `understood` tells what was recognised and what was ignored."""
    notes = _Notes()
    parser = _Parser(lexemes(text, notes), names, notes)
    tree, filters = _without_filters(parser.whole())
    if tree is None and not filters and text.strip():
        tree = NOTHING
    found = parser.identities[0] if len(parser.identities) == 1 else None
    return Query(
        text=text,
        tree=tree,
        filters=filters,
        identity=found.identity if found else None,
        pasal=tuple(dict.fromkeys(parser.articles)),
        rest=" ".join(parser.rest),
        understood=(*_told(tree, filters, parser), *notes.sentences),
    )


class _Notes:
    def __init__(self) -> None:
        self.sentences: list[str] = []

    def __call__(self, sentence: str) -> None:
        if sentence not in self.sentences:
            self.sentences.append(sentence)


class _Typed(NamedTuple):
    text: str
    prefix: bool


@dataclass(slots=True)
class _Parser:
    """A recursive descent over the lexemes, MAX_DEPTH deep. `rest`, `articles`, `identities`: what is not negated."""

    lexemes: Sequence[Lexeme]
    names: IdentityNames
    note: Callable[[str], None]
    at: int = 0
    words: int = 0
    identities: list[Found] = field(default_factory=list)
    articles: list[str] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)

    def whole(self) -> Node | None:
        parts: list[Node] = []
        while self.at < len(self.lexemes):
            node = self.alternatives(0)
            parts += [node] if node else []
            if self.at < len(self.lexemes):
                self.note("Kurung tutup tanpa pasangan diabaikan.")
                self.at += 1
        return all_of(parts, self.note)

    def alternatives(self, depth: int) -> Node | None:
        parts = [self.sequence(depth)]
        while self._next_is("or"):
            self.at += 1
            parts.append(self.sequence(depth))
        if None in parts and len(parts) > 1:
            self.note("ATAU tanpa kata di kedua sisinya diabaikan.")
        kept = tuple(dict.fromkeys(part for part in parts if part is not None))
        return kept[0] if len(kept) == 1 else Or(kept) if kept else None

    def sequence(self, depth: int) -> Node | None:
        parts: list[Node | Instrument] = []
        run: list[_Typed] = []
        while self.at < len(self.lexemes) and not self._next_is("or", ")"):
            if self._next_is("word"):
                run += self._typed(self._taken())
                continue
            parts += self._run(run)
            run = []
            node = self.factor(depth)
            parts += [node] if node else []
        return all_of([*parts, *self._run(run)], self.note)

    def factor(self, depth: int) -> Node | None:
        lexeme = self._taken()
        match lexeme.kind:
            case "(":
                return self._group(depth)
            case "not":
                return self._negation(depth)
            case "phrase":
                return self._phrase(lexeme)
            case "field":
                return self._field(lexeme)
            case "word":
                return all_of(self._run(self._typed(lexeme)), self.note)
            case _:
                return None

    def _next_is(self, *kinds: str) -> bool:
        return self.at < len(self.lexemes) and self.lexemes[self.at].kind in kinds

    def _taken(self) -> Lexeme:
        self.at += 1
        return self.lexemes[self.at - 1]

    def _group(self, depth: int) -> Node | None:
        if depth >= MAX_DEPTH:
            self.note(f"Kurung lebih dari {MAX_DEPTH} lapis diabaikan.")
            return None
        node = self.alternatives(depth + 1)
        if self._next_is(")"):
            self.at += 1
        else:
            self.note("Kurung buka tanpa pasangan dianggap ditutup di akhir.")
        return node

    def _negation(self, depth: int) -> Node | None:
        while self._next_is("and"):
            self.at += 1
        if self.at >= len(self.lexemes) or self._next_is("or", ")", "not"):
            self.note("TIDAK tanpa kata sesudahnya diabaikan.")
            return None
        kept = list(self.identities), list(self.articles), list(self.rest)
        node = self._named_whole() if self._next_is("word") else self.factor(depth)
        self.identities, self.articles, self.rest = kept
        return Not(node) if node else None

    def _named_whole(self) -> Node | None:
        """The words right here that name one thing ("pp 85/2013", "bpjs ketenagakerjaan"), else the one word."""
        following = takewhile(lambda lexeme: lexeme.kind == "word", self.lexemes[self.at :])
        pieces = [analyse(lexeme.text) for lexeme in following]
        words = [one for piece in pieces for one in piece]
        instrument = next((found.end for found in identities(words, self.names) if found.first == 0), 0)
        name = max([instrument, *(span.end for span in equals_at(words, 0))]) if words else 0
        run = self._typed(self._taken())
        while len(run) < name:
            run += self._typed(self._taken())
        return all_of(self._run(run), self.note)

    def _phrase(self, lexeme: Lexeme) -> Node | None:
        words = self._counted(analyse(lexeme.text))
        if not words:
            self.note("Tanda kutip tanpa kata di dalamnya diabaikan.")
            return None
        if "*" in lexeme.text:
            self.note("Tanda * di dalam kutip diabaikan: kutip mencari persis.")
        self.rest.append(f'"{" ".join(words)}"')
        return Phrase(tuple(words), lexeme.slop)

    def _typed(self, lexeme: Lexeme) -> list[_Typed]:
        words = self._counted(analyse(lexeme.text))
        if "*" in lexeme.text.rstrip("*"):
            self.note("Tanda * hanya berlaku di akhir kata; yang lain diabaikan.")
        last = len(words) - 1
        return [_Typed(word, place == last and self._is_prefix(lexeme.text, word)) for place, word in enumerate(words)]

    def _is_prefix(self, typed: str, word: str) -> bool:
        if not typed.endswith("*"):
            return False
        if len(word) < MIN_PREFIX:
            self.note(
                f"“{word}*” terlalu pendek untuk awalan (paling sedikit {MIN_PREFIX} huruf); dicari sebagai kata."
            )
        return len(word) >= MIN_PREFIX

    def _counted(self, words: list[str]) -> list[str]:
        room = max(0, MAX_WORDS - self.words)
        self.words += len(words)
        if len(words) > room:
            self.note(f"Hanya {MAX_WORDS} kata pertama yang dicari; selebihnya diabaikan.")
        return words[:room]

    def _run(self, run: Sequence[_Typed]) -> list[Node | Instrument]:
        """The nodes of plain words that stand side by side: instruments, true equals, words."""
        run = _spelt_out(run)
        words = ["" if typed.prefix else typed.text for typed in run]
        instrument = next((found.first for found in identities(words, self.names)), len(words))
        asked = asked_meaning(words, instrument)
        if asked:
            told = " ".join(asked.words)
            self.note(
                f"Dikenali: arti “{told}”. Naskah yang merumuskannya di urutan teratas, lalu yang memuat katanya."
            )
            return [
                Maybe(Concept(meaning(asked.words), asked.words)),
                *self._instruments([*run[asked.first : asked.end], *run[instrument:]]),
            ]
        return self._instruments(run)

    def _instruments(self, run: Sequence[_Typed]) -> list[Node | Instrument]:
        words = ["" if typed.prefix else typed.text for typed in run]
        nodes: list[Node | Instrument] = []
        at = 0
        for found in identities(words, self.names):
            begin = implementing_from(words[at : found.first])
            carried = found.identity.nomor and found.identity.tahun and begin is not None
            nodes += self._plain(run[at : at + begin if carried and begin is not None else found.first])
            nodes += (self._carrying_out if carried else self._instrument)(found, words[found.first : found.end])
            at = found.end
        return nodes + self._plain(run[at:])

    def _carrying_out(self, found: Found, typed: Sequence[str]) -> list[Node | Instrument]:
        """The acts that say they carry the instrument out, and those that cite it."""
        identity = found.identity
        name = identity_in_words(identity, found.kind, " ".join(found.region_words))
        self.note(
            f"Dikenali: peraturan pelaksana {name}. Yang menyatakan melaksanakannya di urutan teratas, lalu yang menyebutnya."
        )
        cited = citation(identity.jenis, identity.penerbit, identity.nomor or "", identity.tahun or "")
        return [Or((Concept(carrying_out(cited), tuple(typed)), Concept(cited, tuple(typed))))]

    def _instrument(self, found: Found, typed: Sequence[str]) -> list[Node | Instrument]:
        self.identities.append(found)
        identity = found.identity
        named = Named(replace(identity, pasal=None, ayat=None, huruf=None))
        nodes: list[Node | Instrument] = [Instrument(named, mention(found, typed))]
        if identity.pasal:
            self.articles.append(identity.pasal)
            nodes.append(Maybe(Concept(article(identity.pasal), ("pasal", identity.pasal))))
        return nodes

    def _plain(self, run: Sequence[_Typed]) -> list[Node]:
        words = ["" if typed.prefix else typed.text for typed in run]
        self.rest += [typed.text + "*" * typed.prefix for typed in run]
        nodes: list[Node] = []
        at = 0
        while at < len(run):
            equal = next(equals_at(words, at), None)
            if equal:
                nodes.append(self._equal(equal.key, words[at : equal.end]))
                at = equal.end
            elif words[at] == "pasal" and words[at + 1 : at + 2] and words[at + 1][:1].isdigit():
                nodes.append(self._articles_node([words[at + 1]]))
                at += 2
            else:
                nodes.append(Prefix(run[at].text) if run[at].prefix else word_node(words[at]))
                at += 1
        return nodes

    def _equal(self, key: str, typed: Sequence[str]) -> Node:
        words = " ".join(typed)
        others = dict.fromkeys(name for name in EQUALS[key] if " ".join(analyse(name)) != words)
        self.note(f"“{words}” dicari juga sebagai {', '.join(others)}. Beri tanda kutip untuk mematikannya.")
        return equal_node(key, typed)

    def _field(self, lexeme: Lexeme) -> Node | None:
        if lexeme.field == "judul":
            node = self._title(lexeme)
        elif lexeme.field == "pasal":
            node = self._article(lexeme)
        else:
            return filter_of(lexeme, self.names, self.note)
        if node is None:
            self.note(f"“{lexeme.field}:{lexeme.text[:60]}” tidak dapat dibaca dan diabaikan.")
        return node

    def _title(self, lexeme: Lexeme) -> Node | None:
        if lexeme.quoted:
            words = self._counted(analyse(lexeme.text))
            return Phrase(tuple(words), lexeme.slop, FIELD_TITLE) if words else None
        typed = self._typed(lexeme)
        return all_of(
            [Prefix(word, FIELD_TITLE) if prefix else word_node(word, FIELD_TITLE) for word, prefix in typed], self.note
        )

    def _article(self, lexeme: Lexeme) -> Node | None:
        numbers = list(dict.fromkeys(number for number in self._counted(analyse(lexeme.text)) if number[0].isdigit()))
        return self._articles_node(numbers) if numbers else None

    def _articles_node(self, numbers: Sequence[str]) -> Node:
        self.articles += numbers
        found = tuple(Concept(article(number), ("pasal", number)) for number in numbers)
        return found[0] if len(found) == 1 else Or(found)


def _spelt_out(run: Sequence[_Typed]) -> list[_Typed]:
    """ "psl 4" is "pasal 4"."""
    follows = [*(typed.text for typed in run[1:]), ""]
    return [
        typed._replace(text="pasal") if typed.text in _ARTICLE_WORDS and after[:1].isdigit() else typed
        for typed, after in zip(run, follows, strict=False)
    ]


def _without_filters(tree: Node | None) -> tuple[Node | None, Filters]:
    """The tree without the filters that hold for the whole of it, and these."""
    parts = tree.children if isinstance(tree, And) else (tree,) if tree else ()
    filters = Filters()
    for part in parts:
        if isinstance(part, Only):
            filters = joined(filters, part.filters)
    return joined_nodes([part for part in parts if not isinstance(part, Only)]), filters


def _told(tree: Node | None, filters: Filters, parser: _Parser) -> list[str]:
    told = []
    found = parser.identities
    for one in found:
        name = identity_in_words(one.identity, one.kind, " ".join(one.region_words))
        told.append(f"Dikenali: {name}. Naskahnya sendiri di urutan teratas, lalu naskah yang menyebutnya.")
    if tree == NOTHING:
        told.append("Tidak ada kata yang dapat dicari.")
    elif tree and not found:
        told.append(f"Dicari: {described(tree)}.")
    elif parser.rest:
        told.append(f"Di dalamnya dicari juga: {' '.join(parser.rest)}.")
    if filters:
        told.append(f"Hanya {filters_in_words(filters, parser.names.labels)}.")
    return told
