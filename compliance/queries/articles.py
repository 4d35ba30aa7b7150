"""One part of a document with its text: a Pasal over its page breaks, item by item, and what the penjelasan says of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from compliance.actor import Actor
from compliance.errors import NotFound
from compliance.models import Document, Page
from compliance.queries.citation_links import Link, addresses_of, links_in
from compliance.queries.documents import document_by_id
from compliance.rules.addresses import Addresses, missing
from indexer import pages as read
from indexer.lines import Line, lines_of
from indexer.markers import marker_length
from indexer.running_heads import text_between_edges
from indexer.structure import POINTS, Part

# Whose page lists what lies in them instead of showing all of it.
_DIVISIONS = ("bab", "bagian", "paragraf", "penjelasan", "pasal demi pasal")
_NEIGHBOURS = 6
_ABOUT, _FIRST_WORDS = 400, 70
_MOST_PAGES_LISTED = 300
MOST_PAGES = 25
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Span:
    """text[start:end] of a page."""

    page: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """The text of one part that lies in no smaller one. `depth` counts from the part shown; `index` is the part's."""

    index: int
    depth: int
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A part that lies in a division, with its first words where it has no heading of its own. `depth` from 0."""

    index: int
    depth: int
    words: str


@dataclass(frozen=True, slots=True)
class Article:
    """A part as it is read. `chosen` is the part asked for, `whole` the Pasal it is shown with.

    `blocks` are empty where `contents` lists what lies in the part instead. `texts` are the pages it stands on; `unread` those that nobody
    could read. `is_cut` is true where only the first pages are shown. `links` stand on the blocks' pages, in order.
    """

    document: Document
    addresses: Addresses
    chosen: int
    whole: int
    blocks: tuple[Block, ...]
    contents: tuple[Entry, ...]
    texts: dict[int, str]
    links: tuple[Link, ...]
    uses_ocr: bool
    unread: tuple[int, ...]
    is_cut: bool

    @property
    def part(self) -> Part:
        return self.addresses.parts[self.chosen]

    def text(self, index: int) -> str:
        """The text of a part and of what lies in it, an item a line, without the page breaks."""
        told = [b for b in self.blocks if self.addresses.parts[index] in self.addresses.chain(b.index)]
        return "\n".join(_flowing(self.texts[s.page][s.start : s.end] for s in block.spans) for block in told)


def article_at(session: Session, actor: Actor, document_id: int, address: str) -> Article:
    """The part with this address.

    Raises:
        NotFound: no such document or part, or not the actor's to read; says which parts there are.
    """
    document = document_by_id(session, actor, document_id)
    addresses = addresses_of(session, actor, document_id)
    chosen = addresses.at(address)
    if chosen is None:
        raise NotFound(missing(addresses, address))
    return _article(session, actor, document, addresses, chosen)


def explanation_of(session: Session, actor: Actor, article: Article) -> Article | None:
    """What the penjelasan says of the Pasal shown; None where it is not held, or the part is none of the body's."""
    addresses = article.addresses
    told = addresses.at(f"penjelasan/{addresses.of(article.whole)}")
    if addresses.parts[article.whole].kind != "pasal" or told is None:
        return None
    return _article(session, actor, article.document, addresses, told)


def _article(session: Session, actor: Actor, document: Document, addresses: Addresses, chosen: int) -> Article:
    whole = _whole(addresses, chosen)
    part = addresses.parts[whole]
    lists = _lists(addresses, whole)
    last = min(part.end_page, part.page + (_MOST_PAGES_LISTED if lists else MOST_PAGES) - 1)
    rows = _pages(session, document.id, part.page - _NEIGHBOURS, last + _NEIGHBOURS)
    edges = text_between_edges([read.Page(row.number, 0, 0, row.text, (), "asli") for row in rows])
    shown = [row for row in rows if part.page <= row.number <= last]
    texts = {row.number: row.text for row in shown}
    contents = tuple(_contents(addresses, whole, texts)) if lists else ()
    blocks = () if contents else tuple(_blocks(addresses, whole, last, edges))
    return Article(
        document=document,
        addresses=addresses,
        chosen=chosen,
        whole=whole,
        blocks=blocks,
        contents=contents,
        texts=texts,
        links=tuple(links_in(session, actor, document, list(_lines(blocks, texts)), addresses)) if blocks else (),
        uses_ocr=any(row.source == "ocr" and row.machine_text is None for row in shown),
        unread=tuple(row.number for row in shown if row.source == "belum"),
        is_cut=last < part.end_page,
    )


def _whole(addresses: Addresses, index: int) -> int:
    """The part on whose page an ayat, huruf or angka is shown; a change that an amendment makes has a page of its own."""
    part = addresses.parts[index]
    while part.kind in POINTS and part.parent is not None:
        if any(other.parent == index and other.kind == "pasal" for other in addresses.parts):
            return index
        index, part = part.parent, addresses.parts[part.parent]
    return index


def _lists(addresses: Addresses, whole: int) -> bool:
    """Whether the page of a part lists what lies in it: that of a division with parts, or of a Pasal that amends."""
    inside = [addresses.parts[index].kind for index in _inside(addresses, whole)[1:]]
    kind = addresses.parts[whole].kind
    return bool(inside) if kind in _DIVISIONS else kind == "pasal" and "pasal" in inside


def _contents(addresses: Addresses, whole: int, texts: dict[int, str]) -> Iterator[Entry]:
    """What lies in a part, without ayat and the like."""
    depth = len(addresses.chain(whole)) + 1
    for index in _inside(addresses, whole)[1:]:
        if _whole(addresses, index) == index:
            yield Entry(index, len(addresses.chain(index)) - depth, _first_words(addresses.parts[index], texts))


def _first_words(part: Part, texts: dict[int, str]) -> str:
    """The beginning of a part's text, for a part without a title."""
    text = texts.get(part.page, "")[part.start :][:_ABOUT]
    if part.heading or part.kind in _DIVISIONS:
        return ""
    told = text.partition("\n")[2] if part.kind in ("pasal", "umum") else text[marker_length(text) :]
    words = _flowing(iter([told]))[:_FIRST_WORDS]
    return f"{words.rpartition(' ')[0]} …" if len(words) == _FIRST_WORDS else words


def _inside(addresses: Addresses, whole: int) -> list[int]:
    """A part and all that lies in it, in reading order."""
    inside = [whole]
    for index in range(whole + 1, len(addresses.parts)):
        parent = addresses.parts[index].parent
        if parent is None or parent < whole:
            break
        inside.append(index)
    return inside


def _pages(session: Session, document_id: int, first: int, last: int) -> Sequence[Page]:
    chosen = select(Page).where(Page.document_id == document_id, Page.number.between(first, last))
    return session.scalars(chosen.order_by(Page.number).options(undefer(Page.machine_text))).all()


def _blocks(addresses: Addresses, whole: int, last: int, edges: dict[int, Place]) -> Iterator[Block]:
    """The part and all in it in reading order; each stretch of text belongs to the smallest part around it."""
    depth = len(addresses.chain(whole))
    end = min((addresses.parts[whole].end_page, addresses.parts[whole].end), (last, _FAR))
    for index, begin, stop in _stretches(addresses, whole):
        spans = tuple(_spans(begin, min(stop, end), edges))
        if spans:
            yield Block(index, len(addresses.chain(index)) - depth, spans)


_FAR = 1 << 40


def _stretches(addresses: Addresses, whole: int) -> Iterator[tuple[int, Place, Place]]:
    """(part, from, to) for every stretch: cut wherever a part begins or ends."""
    parts = addresses.parts
    inside = _inside(addresses, whole)
    edges = [(parts[i].page, parts[i].start) for i in inside] + [(parts[i].end_page, parts[i].end) for i in inside]
    for begin, end in pairwise(sorted(set(edges))):
        around = [i for i in inside if (parts[i].page, parts[i].start) <= begin < (parts[i].end_page, parts[i].end)]
        if around:
            yield around[-1], begin, end


def _spans(begin: Place, end: Place, edges: dict[int, Place]) -> Iterator[Span]:
    for page in range(begin[0], end[0] + 1):
        first, last = edges.get(page, (0, 0))
        start = begin[1] if page == begin[0] else first
        stop = min(end[1], last) if page == end[0] else last
        if start < stop:
            yield Span(page, start, stop)


def _lines(blocks: Sequence[Block], texts: dict[int, str]) -> Iterator[Line]:
    """The lines of the text shown, where they stand on their pages."""
    for block in blocks:
        for span in block.spans:
            for line in lines_of([read.Page(span.page, 0, 0, texts[span.page][span.start : span.end], (), "asli")]):
                yield Line(line.page, line.start + span.start, line.text, line.key)


def _flowing(texts: Iterator[str]) -> str:
    joined = re.sub(r"\s+", " ", " ".join(texts)).strip()
    return re.sub(r"(?<=[A-Za-z])- (?=[A-Z])", "-", joined)
