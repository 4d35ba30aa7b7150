"""The small pictures of pages beside the reader's page: a dozen around the page that is read, however long the document is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from compliance.queries.page_sources import PageSource

PAGES_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """`source` as in Page; `hits` is how often the words looked for stand there."""

    number: int
    source: str
    hits: int


@dataclass(frozen=True, slots=True)
class Strip:
    """`before` and `after` are (first, last) of the neighbouring dozens, None at the ends."""

    thumbnails: tuple[Thumbnail, ...]
    before: tuple[int, int] | None
    after: tuple[int, int] | None


def strip(pages: Sequence[PageSource], number: int, hits: Mapping[int, int]) -> Strip:
    """The dozen that page `number` belongs to: 1-12, 13-24 and so on, so that turning a page seldom changes what is seen."""
    first = (number - 1) // PAGES_SHOWN * PAGES_SHOWN
    shown = pages[first : first + PAGES_SHOWN]
    return Strip(
        tuple(Thumbnail(page.number, page.source, hits.get(page.number, 0)) for page in shown),
        (first - PAGES_SHOWN + 1, first) if first else None,
        (first + PAGES_SHOWN + 1, min(first + 2 * PAGES_SHOWN, len(pages)))
        if first + PAGES_SHOWN < len(pages)
        else None,
    )
