"""Hits of a search inside one document: how many on which page, the way from one to the next, and a snippet of each page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from compliance.models import Page
from indexer.highlight import Snippet, best_pages, marks, snippets
from indexer.nodes import Named, Only
from indexer.query import Query
from indexer.structure import Part, pasal_at

PAGES_LISTED = 20
SNIPPETS = 2
SNIPPET_LENGTH = 130


@dataclass(frozen=True, slots=True)
class Step:
    """One hit: the page it stands on, and which of that page's hits it is, from 1."""

    number: int
    hit: int


@dataclass(frozen=True, slots=True)
class ListedPage:
    """A page with hits; `place` is "Pasal 7" for its first one, None outside the parts."""

    number: int
    count: int
    place: str | None
    snippets: tuple[Snippet, ...]


@dataclass(frozen=True, slots=True)
class Hits:
    """All hits by page. `current` is the one looked at on this page, None where the page has none; `unread` could not be searched.

    `listed` are the pages around this one, `left_out` counts the others with hits.
    """

    by_page: dict[int, int] = field(default_factory=dict)
    number: int = 1
    current: int | None = None
    listed: tuple[ListedPage, ...] = ()
    unread: tuple[int, ...] = ()

    @property
    def total(self) -> int:
        return sum(self.by_page.values())

    @property
    def before(self) -> int:
        """Hits on earlier pages."""
        return sum(count for page, count in self.by_page.items() if page < self.number)

    @property
    def left_out(self) -> int:
        return len(self.by_page) - len(self.listed)

    @property
    def previous(self) -> Step | None:
        if self.current and self.current > 1:
            return Step(self.number, self.current - 1)
        return self.page_before

    @property
    def following(self) -> Step | None:
        if self.current and self.current < self.by_page[self.number]:
            return Step(self.number, self.current + 1)
        return self.page_after

    @property
    def page_before(self) -> Step | None:
        """The last hit of the nearest earlier page with any."""
        page = max((page for page in self.by_page if page < self.number), default=None)
        return None if page is None else Step(page, self.by_page[page])

    @property
    def page_after(self) -> Step | None:
        """The first hit of the nearest later page with any."""
        page = min((page for page in self.by_page if page > self.number), default=None)
        return None if page is None else Step(page, 1)


def looks_for_words(query: Query) -> bool:
    """Whether a query asks for words of a text, not only for an instrument by name or for filters."""
    return any(not isinstance(leaf, (Named, Only)) for leaf in query.leaves())


def hits_in(pages: Sequence[Page], query: Query, number: int, wanted: int | None, parts: Sequence[Part]) -> Hits:
    """The hits of a query in all pages of a document while page `number` is read; `wanted` is the hit asked for on it."""
    by_page = _counted(pages, query)
    here = by_page.get(number, 0)
    current = (wanted if wanted and wanted <= here else 1) if here else None
    listed = tuple(_listed(page, by_page[page.number], query, parts) for page in _around(pages, by_page, number))
    unread = tuple(page.number for page in pages if page.source == "belum")
    return Hits(by_page, number, current, listed, unread)


def _counted(pages: Sequence[Page], query: Query) -> dict[int, int]:
    """Hits by page. The kept words of a page tell much faster than its text whether there are any."""
    told = {number for number, _ in best_pages([(page.number, page.terms) for page in pages], query, len(pages))}
    likely = (page for page in pages if page.number in told or not page.terms)
    return {page.number: count for page in likely if (count := len(marks(page.text, query)))}


def _around(pages: Sequence[Page], by_page: dict[int, int], number: int) -> list[Page]:
    """The pages with hits that stand nearest around page `number`, in order."""
    with_hits = [page for page in pages if page.number in by_page]
    nearest = sum(page.number < number for page in with_hits)
    first = max(0, min(nearest - PAGES_LISTED // 2, len(with_hits) - PAGES_LISTED))
    return with_hits[first : first + PAGES_LISTED]


def _listed(page: Page, count: int, query: Query, parts: Sequence[Part]) -> ListedPage:
    cut = sorted(snippets(page.text, query, length=SNIPPET_LENGTH, limit=SNIPPETS), key=lambda snippet: snippet.start)
    marked = tuple(snippet for snippet in cut if snippet.marks)
    first = next(iter(marks(page.text, query)))[0]
    return ListedPage(page.number, count, pasal_at(parts, page.number, first), marked)
