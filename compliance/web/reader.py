"""Where things stand in a document: boxes of words over the picture of a page, the table of contents, the Pasal of a page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from compliance.models import Page, Part
from indexer.highlight import Mark
from indexer.pages import Word
from indexer.structure import Part as Place

MARGIN = 1.0
WORDS_OF_A_PAGE_HEAD = 8
MOST_ENTRIES_OPEN = 40
CITED_KINDS = ("pasal", "diktum")
OUTLINE_KINDS = (
    *("menimbang", "mengingat", "memperhatikan", "memutuskan", "bab", "bagian", "paragraf"),
    *("pasal", "diktum", "penutup", "penjelasan", "umum", "pasal demi pasal", "lampiran"),
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
class OutlineEntry:
    """A part in the table of contents; `depth` from 0. `folded` counts the entries below it that are not shown."""

    part: Part
    depth: int
    folded: int = 0


def boxes(words: Sequence[Word], places: Sequence[Mark]) -> list[Box]:
    """Where the marks stand on the paper: one box for each line a mark runs over."""
    found: list[Box] = []
    for hit, (start, end) in enumerate(places, 1):
        touched = [word for word in words if word.start < end and word.start + len(word.text) > start]
        found += [_box(hit, line) for line in _lines(touched)]
    return found


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


def folded(entries: Sequence[OutlineEntry], here: Collection[int]) -> list[OutlineEntry]:
    """A long table of contents with only the branches open that lead to the parts `here` (by urutan); a short one as it is."""
    if len(entries) <= MOST_ENTRIES_OPEN:
        return list(entries)
    shown: list[OutlineEntry] = []
    above: list[tuple[OutlineEntry, bool]] = []
    for at, entry in enumerate(entries):
        del above[entry.depth :]
        if all(is_open for _, is_open in above):
            below = _below(entries, at)
            is_open = any(other.part.urutan in here for other in below) or entry.part.urutan in here
            shown.append(replace(entry, folded=0 if is_open else len(below)))
        else:
            is_open = False
        above.append((entry, is_open))
    return shown


def anchors(parts: Sequence[Part]) -> dict[int, dict[int, str]]:
    """By page and offset the name of what begins there ("pasal-7"); a number that comes twice names its first place only."""
    named: dict[int, dict[int, str]] = defaultdict(dict)
    known: set[str] = set()
    for part in parts:
        name = f"{part.kind}-{_folded(part.number)}"
        if part.kind in CITED_KINDS and name not in known:
            known.add(name)
            named[part.page].setdefault(part.start, name)
    return named


def cited_parts(parts: Sequence[Part], page: Page) -> list[Part]:
    """The Pasal and diktum that stand on a page, wholly or in part, in reading order."""
    return [part for part in parts if part.kind in CITED_KINDS and stands_on(part, page)]


def stands_on(part: Part, page: Page) -> bool:
    """Whether a page has words of a part; a few words before the next heading are the page's own head, not the part's tail."""
    if page.number == part.end_page > part.page:
        return len(page.text[: part.end].split()) > WORDS_OF_A_PAGE_HEAD
    return part.page <= page.number <= part.end_page


def stretch(part: Place, page: Page) -> Mark | None:
    """The stretch of a page's text that belongs to a part; None where none does."""
    if not part.page <= page.number <= part.end_page:
        return None
    return (
        part.start if part.page == page.number else 0,
        part.end if part.end_page == page.number else len(page.text),
    )


def _below(entries: Sequence[OutlineEntry], at: int) -> Sequence[OutlineEntry]:
    end = next(
        (later for later in range(at + 1, len(entries)) if entries[later].depth <= entries[at].depth), len(entries)
    )
    return entries[at + 1 : end]


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
