"""What every search engine does for Patuh, whatever library stands behind it.

The unit is a *document* (or a regulation known without a text). Engines get words already made by `words.py`, keep no
text, and give back unit ids, exact totals and facet counts. Pages and snippets are added from the database by the product.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from indexer.explaining import ScorePart
from indexer.nodes import Filters, Query

FACETS = ("jenis", "tahun", "wilayah", "penerbit", "status", "topik")
ORDERS = ("relevansi", "tanggal", "nomor")
FacetValue = str | tuple[str, ...]
EVERYONE = "00"
NO_FILTERS = Filters()


@dataclass(frozen=True, slots=True)
class Unit:
    """One searchable thing. `id` is `d<document id>` or `r<regulation id>`.

    `body` is the words of all its pages in order (`words.analyse`), `title` those of its title and identity, `identity` the
    terms of `identities.identity_terms`. `facets` maps each name of FACETS to its value ("" where unknown) or, where it may have
    several, to all of them (empty where unknown); `wilayah` is the dotted code. `sort_keys` maps names of ORDERS to texts that
    sort as the thing does ("" where unknown: last). `concepts` are terms beside those its words give: what it defines, which acts
    it carries out. `scopes` are the region codes whose readers may see it ("00" for everyone).
    """

    id: str
    body: Sequence[str]
    title: Sequence[str]
    identity: Sequence[str]
    facets: Mapping[str, FacetValue]
    scopes: Sequence[str] = (EVERYONE,)
    text_hash: str = ""
    sort_keys: Mapping[str, str] = field(default_factory=dict)
    concepts: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    id: str
    score: float


@dataclass(frozen=True, slots=True)
class Results:
    """`total` is exact. `facets[name][value]` counts hits of the whole result, not of the page shown.
    Each hit counts once under every value it has, "" where it has none.

    `missing` names, where nothing was found, the terms that no visible unit has.
    """

    total: int
    hits: Sequence[Hit]
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """`entries` maps unit id to the text hash it was indexed under; `version` is schema and analysis version together."""

    version: str
    entries: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Building:
    """A rebuild under way (`goes_on`), or one that broke off and why. `done` of `total` units since a moment (UTC)."""

    done: int
    total: int
    since: datetime
    goes_on: bool
    problem: str


class SearchEngine(Protocol):
    """An index of units. Every method but `replace_all` and `close` raises IndexUnavailable where there is none to use."""

    def add(self, units: Iterable[Unit]) -> None:
        """The units are searchable, each in place of an older one of its id: one commit, safe to repeat.

        Raises: IndexUnavailable where another writer holds the index too long.
        """

    def remove(self, ids: Iterable[str]) -> None:
        """The units are gone; unknown ids are no error."""

    def replace_all(self, units: Iterable[Unit], total: int = 0) -> None:
        """The index holds these units and no others. Built beside the serving one, verified, then switched.

        `total` is how many they will be, for those who ask `building` meanwhile.

        Makes the index where there is none. Interrupted and called again, it keeps what was already built.
        """

    def search(  # noqa: PLR0913  (each says what is asked, by name)
        self,
        query: Query,
        *,
        filters: Filters = NO_FILTERS,
        scopes: Iterable[str] | None = None,
        facets: bool = True,
        offset: int = 0,
        limit: int = 10,
        order: str = "relevansi",
    ) -> Results:
        """The hits by falling score; facets count the whole result with all filters applied.

        Of equal scores what is in force comes before what has ended, then the newer before the older, then by id.

        `order` "tanggal" puts the newest first, "nomor" the lowest; unknown ones come last, ties as by score.

        `filters` come on top of the query's own. `scopes` are the region codes whose units the reader may see, a
        two-digit code with its kabupaten/kota; units for everyone are always seen; None sees all.
        """

    def nearest(self, words: Iterable[str], scopes: Iterable[str] | None = None) -> Mapping[str, str]:
        """For those of the words that no unit the reader may see has: the nearest word that one of them has, if any is near."""

    def commoner(self, words: Iterable[str], scopes: Iterable[str] | None = None) -> Mapping[str, str]:
        """For those of the words that hardly any unit the reader may see has: the far commoner word one slip away, if there is one."""

    def explain(self, query: Query, unit_id: str) -> ScorePart | None:
        """How the unit's score comes about; None where the query does not find it."""

    def status(self) -> IndexStatus:
        """What is in the index, for the sweep that compares it with the database."""

    def check(self) -> None:
        """Nothing, quickly, where the index can be asked."""

    def building(self) -> Building | None:
        """The rebuild of this index that goes on or broke off, in whichever process; None where there is none."""

    def close(self) -> None:
        """Files are released; the engine may be used again."""
