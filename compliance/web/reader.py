"""What the reader's page shows of a query on a page: marked pieces of text, boxes over the picture, hits by page; and the Pasal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from compliance.models import Page, Part
from indexer.highlight import Mark, marks
from indexer.nodes import Named, Only
from indexer.pages import Word
from indexer.query import Query

MARGIN = 1.0
WORDS_OF_A_PAGE_HEAD = 8
CITED_KINDS = ("pasal", "diktum")
APART = ("penjelasan", "lampiran")
OUTLINE_KINDS = (
    *("menimbang", "mengingat", "memutuskan", "bab", "bagian", "paragraf"),
    *("pasal", "diktum", "penutup", "penjelasan", "lampiran"),
)


@dataclass(frozen=True, slots=True)
class Box:
    """A marked place on the paper in points, origin top left. `hit` counts the page's hits from 1."""

    hit: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a page's text; `hit` is None where it is not marked."""

    text: str
    hit: int | None


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A part in the table of contents; `depth` from 0."""

    part: Part
    depth: int


def pieces(text: str, places: Sequence[Mark]) -> list[Piece]:
    """The whole text in order, cut at the marks."""
    cut: list[Piece] = []
    reached = 0
    for hit, (start, end) in enumerate(places, 1):
        cut += [Piece(text[reached:start], None), Piece(text[start:end], hit)]
        reached = end
    cut.append(Piece(text[reached:], None))
    return [piece for piece in cut if piece.text]


def boxes(words: Sequence[Word], places: Sequence[Mark]) -> list[Box]:
    """Where the marks stand on the paper: one box for each line a mark runs over."""
    found: list[Box] = []
    for hit, (start, end) in enumerate(places, 1):
        touched = [word for word in words if word.start < end and word.start + len(word.text) > start]
        found += [_box(hit, line) for line in _lines(touched)]
    return found


def looks_for_words(query: Query) -> bool:
    """Whether a query asks for words of a text, not only for an instrument by name or for filters."""
    return any(not isinstance(leaf, (Named, Only)) for leaf in query.leaves())


def hits_by_page(pages: Iterable[Page], query: Query) -> list[tuple[int, int]]:
    """(page number, hits) for every page that has any."""
    counted = ((page.number, len(marks(page.text, query))) for page in pages)
    return [(number, hits) for number, hits in counted if hits]


def neighbours(found: Sequence[tuple[int, int]], number: int) -> tuple[int | None, int | None]:
    """The nearest pages with hits before and after page `number`."""
    before = [page for page, _ in found if page < number]
    after = [page for page, _ in found if page > number]
    return (before[-1] if before else None), (after[0] if after else None)


def outline(parts: Sequence[Part]) -> list[OutlineEntry]:
    """The table of contents: the parts people look for, each with its depth."""
    depths: dict[int, int] = {}
    entries = []
    for part in parts:
        above = depths.get(part.parent_urutan, -1) if part.parent_urutan is not None else -1
        is_shown = part.kind in OUTLINE_KINDS
        depths[part.urutan] = above + 1 if is_shown else above
        if is_shown:
            entries.append(OutlineEntry(part, depths[part.urutan]))
    return entries


def cited_parts(parts: Sequence[Part], page: Page) -> list[Part]:
    """The Pasal and diktum that stand on a page, wholly or in part, in reading order."""
    return [part for part in parts if part.kind in CITED_KINDS and stands_on(part, page)]


def stands_on(part: Part, page: Page) -> bool:
    """Whether a page has words of a part; a few words before the next heading are the page's own head, not the part's tail."""
    if page.number == part.end_page > part.page:
        return len(page.text[: part.end].split()) > WORDS_OF_A_PAGE_HEAD
    return part.page <= page.number <= part.end_page


def article(parts: Sequence[Part], nomor: str) -> Part | None:
    """The Pasal with that number: the one of the body before one of the penjelasan or of an annex."""
    wanted = _folded(nomor)
    alike = [part for part in parts if part.kind == "pasal" and _folded(part.number) == wanted]
    by_urutan = {part.urutan: part for part in parts}
    return next((part for part in alike if not _is_apart(part, by_urutan)), alike[0] if alike else None)


def _is_apart(part: Part, by_urutan: dict[int, Part]) -> bool:
    above = by_urutan.get(part.parent_urutan) if part.parent_urutan is not None else None
    return above is not None and (above.kind in APART or _is_apart(above, by_urutan))


def _folded(number: str) -> str:
    return "".join(number.split()).lower().lstrip("0")


def _lines(words: Sequence[Word]) -> Iterator[list[Word]]:
    """The words in runs that stand beside each other on one line."""
    line: list[Word] = []
    for word in words:
        if line and not _is_beside(line[-1], word):
            yield line
            line = []
        line.append(word)
    if line:
        yield line


def _is_beside(left: Word, right: Word) -> bool:
    middle = (right.y0 + right.y1) / 2
    return left.y0 <= middle <= left.y1 and right.x0 >= left.x0


def _box(hit: int, words: Sequence[Word]) -> Box:
    x, y = min(word.x0 for word in words) - MARGIN, min(word.y0 for word in words) - MARGIN
    right, bottom = max(word.x1 for word in words) + MARGIN, max(word.y1 for word in words) + MARGIN
    return Box(hit, round(x, 1), round(y, 1), round(right - x, 1), round(bottom - y, 1))
