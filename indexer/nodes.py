"""What a query is made of, for every engine: a tree of terms, and filters beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from indexer.words import FUNCTION_WORDS

FIELD_TITLE = "judul"


@dataclass(frozen=True, slots=True)
class Identity:
    """An instrument as named. `wilayah`: the codes the name may mean (empty: none named). `penerbit`: a ministry's key."""

    jenis: str
    nomor: str | None = None
    tahun: int | None = None
    wilayah: tuple[str, ...] = ()
    penerbit: str | None = None
    pasal: str | None = None
    ayat: str | None = None
    huruf: str | None = None


@dataclass(frozen=True, slots=True)
class YearRange:
    """Years from `first` to `last`, both included; None is open."""

    first: int | None = None
    last: int | None = None

    def holds(self, year: int) -> bool:
        return (self.first is None or year >= self.first) and (self.last is None or year <= self.last)


@dataclass(frozen=True, slots=True)
class Filters:
    """Values of one facet are alternatives; different facets must all hold. An empty facet asks nothing.

    A two-digit `wilayah` includes its kabupaten/kota.
    """

    jenis: tuple[str, ...] = ()
    tahun: tuple[YearRange, ...] = ()
    wilayah: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    penerbit: tuple[str, ...] = ()
    topik: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.jenis or self.tahun or self.wilayah or self.status or self.penerbit or self.topik)


@dataclass(frozen=True, slots=True)
class Word:
    """An unquoted word: found by its stem, worth more in the very form typed."""

    text: str
    stem: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Quoted words, exactly and in order; with `slop`, in any order with at most so many words more between them."""

    words: tuple[str, ...]
    slop: int = 0
    field: str = ""


@dataclass(frozen=True, slots=True)
class Prefix:
    """Every word that begins so."""

    text: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Concept:
    """A term of `concepts.py`: true equals, "Pasal 5", an instrument cited or carried out, what a word means.

    `typed` is what the person wrote.
    """

    key: str
    typed: tuple[str, ...]

    @property
    def is_printed(self) -> bool:
        """Whether a stretch of words says it; what a word means and what is carried out is told of a whole text."""
        return not self.key.startswith(("arti:", "laksana:"))


@dataclass(frozen=True, slots=True)
class Named:
    """The instrument itself, by its own identity."""

    identity: Identity


@dataclass(frozen=True, slots=True)
class Only:
    """A filter inside the tree (negated, or one of several alternatives)."""

    filters: Filters


@dataclass(frozen=True, slots=True)
class Maybe:
    """Raises the score and marks words where it is found, but is not required."""

    child: Node


@dataclass(frozen=True, slots=True)
class And:
    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """With no children: nothing is found."""

    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Most:
    """Any of the children; the more of them, and the rarer, the higher."""

    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    child: Node


Leaf = Word | Phrase | Prefix | Concept | Named | Only
Node = Leaf | Maybe | And | Or | Most | Not
NOTHING = Or(())


@dataclass(frozen=True, slots=True)
class Query:
    """What a person typed, as understood. `tree` is None where nothing was typed but filters: everything they leave.

    `understood` are Indonesian sentences: what was recognised, what was ignored. `rest` is the typed text without
    identities, filters and operators. `pasal` are the article numbers asked for.
    """

    text: str
    tree: Node | None
    filters: Filters = Filters()
    identity: Identity | None = None
    pasal: tuple[str, ...] = ()
    rest: str = ""
    understood: tuple[str, ...] = ()

    def leaves(self) -> tuple[Leaf, ...]:
        """The terms to mark in a text, each once: not those under TIDAK, no function words beside others."""
        found = tuple(dict.fromkeys(_positive(self.tree))) if self.tree else ()
        telling = tuple(leaf for leaf in found if not (isinstance(leaf, Word) and leaf.text in FUNCTION_WORDS))
        return telling or found


def _positive(node: Node) -> Iterator[Leaf]:
    match node:
        case Not() | Only():
            return
        case And(children) | Or(children) | Most(children):
            for child in children:
                yield from _positive(child)
        case Maybe(child):
            yield from _positive(child)
        case _:
            yield node
