"""What is asked of the search and what it answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from compliance.models import Document, Regulation
from compliance.rules.citations import citation
from indexer.engine import ORDERS
from indexer.highlight import Snippet
from indexer.nodes import Query

HITS_PER_PAGE = 10


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: the typed text, filters chosen beside it, and which page of results (from 1).

    `urut` is one of indexer.engine.ORDERS. `dalam` "pasal" asks that everything stands within one Pasal; "" within the document.
    """

    text: str
    jenis: tuple[str, ...] = ()
    tahun: tuple[str, ...] = ()
    wilayah: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    page: int = 1
    limit: int = HITS_PER_PAGE
    penerbit: tuple[str, ...] = ()
    topik: tuple[str, ...] = ()
    urut: str = ORDERS[0]
    dalam: str = ""


@dataclass(frozen=True, slots=True)
class FoundPage:
    """A page that answers; `pasal` is what is in force where the snippet begins ("Pasal 7"), None outside any.

    `tempat` is the same as fine as it is known ("Pasal 7 ayat (2)").
    """

    number: int
    pasal: str | None
    tempat: str | None
    snippet: Snippet
    source: str


@dataclass(frozen=True, slots=True)
class FoundAct:
    """One hit: a held document, or a regulation without a text (then `document` is None and there are no pages)."""

    document: Document | None
    regulation: Regulation | None
    pages: tuple[FoundPage, ...]

    @property
    def act(self) -> Document | Regulation:
        held = self.document or self.regulation
        assert held is not None
        return held

    @property
    def name(self) -> str:
        return citation(self.act)

    @property
    def unit(self) -> str:
        """What the index calls it."""
        return f"{'d' if self.document else 'r'}{self.act.id}"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader must know beside the results. `count` is how many of what the code names."""

    code: str
    text: str
    count: int


@dataclass(frozen=True, slots=True)
class Answer:
    """`query` is the question that was put. `total` is exact. `facets[name]` maps values to counts over the whole result.
    `missing` are words nobody wrote.

    `wider` is, where nothing was found, the question that asks for any of its words instead of all; "" where that is no other question.
    `unfiltered` is, where nothing was found, how many the same words find without filters and in the whole document; None where there
    is nothing to lift.
    `partial` is, where nothing was found, how many have some of the words: then `hits` and `facets` are theirs, and a notice says so.
    `respelt` maps words nobody wrote to those searched instead; `exact` is the text that searches them as they were typed.
    `likelier` is a question with a far commoner word, one slip away, for one that hardly any text has: offered, not asked; "" for none.
    """

    query: Query
    total: int
    hits: Sequence[FoundAct]
    facets: Mapping[str, Mapping[str, int]]
    notices: Sequence[Notice]
    missing: tuple[str, ...]
    wider: str
    milliseconds: float
    unfiltered: int | None = None
    partial: int = 0
    respelt: Mapping[str, str] = field(default_factory=dict)
    exact: str = ""
    likelier: str = ""

    @property
    def listed(self) -> int:
        """How many there are to page through: those found, else those that have some of the words."""
        return self.total or self.partial
