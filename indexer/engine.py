"""What every search engine does for Patuh, whatever library stands behind it.

The unit is a *document* (or a regulation known without a text). Engines get terms already made by `words.py`, keep no text,
and give back unit ids, exact totals and facet counts. Pages and snippets are added from the database by the product.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

FACETS = ("jenis", "tahun", "wilayah", "status")


@dataclass(frozen=True, slots=True)
class Unit:
    """One searchable thing. `id` is `d<document id>` or `r<regulation id>`.

    `body` is the analysed words of all its pages in order (`words.analyse`), `title` those of its title and identity.
    `facets` maps each name of FACETS to its value ("" where unknown); `wilayah` is the dotted code. `scopes` are the region
    codes whose readers may see it ("00" for everyone).
    """

    id: str
    body: Sequence[str]
    title: Sequence[str]
    identity: Sequence[str]
    facets: Mapping[str, str]
    scopes: Sequence[str] = ("00",)
    text_hash: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    id: str
    score: float


@dataclass(frozen=True, slots=True)
class Results:
    """`total` is exact. `facets[name][value]` counts hits of the whole result, not of the page shown."""

    total: int
    hits: Sequence[Hit]
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """`entries` maps unit id to the text hash it was indexed under; `version` is schema and analysis version together."""

    version: str
    entries: Mapping[str, str]
