"""Meanings that stand behind several words: true equals (`data/equals.toml`), "Pasal 5", "Perbup Nomor 6 Tahun 2019".

Each is one term of its own beside the words, made by the same function for the index, the query and the highlighter.
So equals and citations cost a single look-up, where a phrase of common words would cost hundreds of milliseconds.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from indexer.words import DATA, analyse

_LOOK_BACK = 9


class Span(NamedTuple):
    """A concept found in a list of words: words[first:end] say it."""

    key: str
    first: int
    end: int


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of instrument as people name it; `issuer` only where the name says it (Permenaker)."""

    jenis: str
    name: str
    level: str
    needs_number: bool = False
    issuer: str | None = None


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


def _words_of(name: str) -> tuple[str, ...]:
    return tuple(analyse(name))


EQUALS: dict[str, tuple[str, ...]] = {
    f"sama:{' '.join(_words_of(names[0]))}": tuple(names) for names in _table("equals.toml")["equal"]
}


def _kinds() -> Iterator[tuple[tuple[str, ...], Kind]]:
    table = _table("instruments.toml")
    for row in table["kind"]:
        kind = Kind(row["jenis"], row["name"], row["level"], row.get("needs_number", False))
        for alias in row["aliases"]:
            yield _words_of(alias), kind
    for row in table["issuer"]:
        for field, jenis, title in (
            ("permen", "Permen", "Peraturan Menteri"),
            ("kepmen", "Kepmen", "Keputusan Menteri"),
        ):
            for alias in row[field]:
                yield _words_of(alias), Kind(jenis, title, "pusat", issuer=row["key"])


KINDS: dict[tuple[str, ...], Kind] = dict(_kinds())
ISSUERS: dict[tuple[str, ...], str] = {
    _words_of(name): row["key"] for row in _table("instruments.toml")["issuer"] for name in row["names"]
}
# Kinds that many ministries issue, each with numbers of its own.
ISSUED = ("Permen", "Kepmen")
_LONGEST_KIND = max(map(len, KINDS))
_LONGEST_ISSUER = max(map(len, ISSUERS))


def _phrases_by_first_word() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for key, names in EQUALS.items():
        for phrase in dict.fromkeys(_words_of(name) for name in names):
            found.setdefault(phrase[0], []).append((phrase, key))
    for phrases in found.values():
        phrases.sort(key=lambda phrase: -len(phrase[0]))
    return found


_PHRASES = _phrases_by_first_word()
_EQUAL_WORDS = {key: [frozenset(_words_of(name)) for name in names] for key, names in EQUALS.items()}


def spans(words: Sequence[str]) -> Iterator[Span]:
    """Every concept in a list of words, in order of where it ends being known; they may overlap."""
    for at, word in enumerate(words):
        if word in _PHRASES:
            yield from equals_at(words, at)
        if word == "pasal" and at + 1 < len(words) and words[at + 1][0].isdigit():
            yield Span(article(words[at + 1]), at, at + 2)
        elif len(word) == 4 and is_year(word):
            yield from _citation(words, at)


def concepts(words: Sequence[str]) -> list[str]:
    """The keys of all concepts in a list of words, repeated as often as they occur."""
    return [span.key for span in spans(words)]


def may_stand(key: str, words: set[str]) -> bool:
    """Whether a text of these words, in whatever order, can say the concept: False spares looking for it."""
    kind, _, said = key.partition(":")
    if kind == "sama":
        return any(words.issuperset(phrase) for phrase in _EQUAL_WORDS[key])
    if kind == "pasal":
        return "pasal" in words and said in words
    if kind == "sebut":
        return words.issuperset(said.rpartition(":")[2].split("/"))
    return True


def equals_at(words: Sequence[str], at: int) -> Iterator[Span]:
    """The equals that begin at a word, the longest first."""
    for phrase, key in _PHRASES.get(words[at], ()):
        if tuple(words[at : at + len(phrase)]) == phrase:
            yield Span(key, at, at + len(phrase))


def article(number: str) -> str:
    """The key of "Pasal 5"."""
    return f"pasal:{number}"


def citation(jenis: str, issuer: str | None, nomor: str, tahun: int | str) -> str:
    """The key of an instrument cited by number and year; without an issuer, that of any ministry."""
    return f"sebut:{jenis}{f' {issuer}' if issuer else ''}:{nomor}/{tahun}"


def carrying_out(cited: str) -> str:
    """The key of saying that one carries out the instrument cited under that key."""
    return f"laksana:{cited.partition(':')[2]}"


def is_year(word: str) -> bool:
    return len(word) == 4 and word.isdigit() and "1940" <= word <= "2099"


def kind_at(words: Sequence[str], at: int) -> tuple[Kind, int] | None:
    """The kind named from a word on (the longest name), and the index after it."""
    for size in range(_LONGEST_KIND, 0, -1):
        kind = KINDS.get(tuple(words[at : at + size]))
        if kind is not None and at + size <= len(words):
            return kind, at + size
    return None


def issuer_at(words: Sequence[str], at: int) -> tuple[str, int] | None:
    """The ministry named from a word on (the longest name), and the index after it."""
    for size in range(_LONGEST_ISSUER, 0, -1):
        key = ISSUERS.get(tuple(words[at : at + size]))
        if key is not None:
            return key, at + size
    return None


def issuer_of(name: str) -> str | None:
    """The ministry an issuer's printed name or a short name ("Permendagri") speaks of; None for anyone else ("Bupati Katingan")."""
    words = analyse(name)
    short = kind_at(words, 0)
    if short and short[0].issuer:
        return short[0].issuer
    if not {"menteri", "kementerian"} & set(words):
        return None
    return next((found[0] for at in range(len(words)) if (found := issuer_at(words, at))), None)


def _citation(words: Sequence[str], year_at: int) -> Iterator[Span]:
    """A year that ends "<kind> … [nomor] 6 [tahun] 2019", the kind at most nine words before the number."""
    number_at = year_at - (2 if words[year_at - 1] in ("tahun", "thn", "th") else 1)
    if number_at < 1 or not words[number_at][0].isdigit() or words[number_at - 1].isdigit():
        return
    named = [
        (found[1], -first)
        for first in range(max(0, number_at - _LOOK_BACK), number_at)
        if (found := kind_at(words, first)) and found[1] <= number_at
    ]
    if not named:
        return
    end, first = max(named)
    kind = KINDS[tuple(words[-first:end])]
    issuer = kind.issuer or (_issuer_after(words, end) if kind.jenis in ISSUED else None)
    for said in dict.fromkeys((None, issuer)):
        yield Span(citation(kind.jenis, said, words[number_at], words[year_at]), -first, year_at + 1)


def _issuer_after(words: Sequence[str], at: int) -> str | None:
    found = issuer_at(words, at)
    return found[0] if found else None
