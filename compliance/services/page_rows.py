"""Rows of pages and parts as they are stored, made from what the library read; and pages for the library made from rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from compliance.models import Page
from compliance.queries.page_words import words_of
from indexer import pages as read
from indexer.highlight import page_terms
from indexer.identify import Identity
from indexer.messages import SentPage
from indexer.packing import pack_words
from indexer.realign import realigned
from indexer.relations import Relation
from indexer.structure import Part

Row = Mapping[str, Any]
TYPED = "tangan"
"""The source of a page that the machine could not read and a person typed."""
LONGEST_NUMBER = 40
_COPIED = ("number", "width", "height", "text", "other_text", "source", "layer", "reason", "confidence", "extractor")
_OF_A_PART = ("kind", "number", "heading", "page", "start", "end_page", "end")


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of a file, ready to be stored. `pages` and `parts` are rows of their tables without the document's id.

    `relations` is what the text says of other acts; None where nobody has looked yet.
    """

    pages: Sequence[Row]
    parts: Sequence[Row]
    identity: Identity
    is_sample: bool
    relations: Sequence[Relation] | None = None


def page_row(sent: SentPage) -> Row:
    """The row of a page as the machine read it."""
    return {**sent.row, "machine_text": None, "machine_boxes": None}


def part_rows(parts: Sequence[Part]) -> list[Row]:
    """Parts in reading order."""
    rows: list[Row] = []
    for order, part in enumerate(parts):
        row = {name: getattr(part, name) for name in _OF_A_PART}
        rows.append({**row, "number": part.number[:LONGEST_NUMBER], "urutan": order, "parent_urutan": part.parent})
    return rows


def machine_rows(session: Session, document_id: int) -> list[Row]:
    """The stored pages of a document in order, as the machine read them: without what people set right."""
    columns = [Page.boxes, Page.other_text, Page.machine_text, Page.machine_boxes]
    chosen = select(Page).where(Page.document_id == document_id).order_by(Page.number)
    return [_machine_row(page) for page in session.scalars(chosen.options(*(undefer(column) for column in columns)))]


def corrected_row(row: Row, said: str) -> Row:
    """The row of a page that reads as a person says, the machine's text and places kept beside."""
    return {
        **row,
        "text": said,
        "terms": page_terms(said),
        "boxes": pack_words(realigned(words_of(Page(**row)), said)),
        "machine_text": row["text"],
        "machine_boxes": row["boxes"],
        "source": TYPED if row["source"] == "belum" else row["source"],
    }


def library_page(row: Row) -> read.Page:
    """The page as the library knows it. What a person set right has no second reading beside it any more."""
    by_person = row["machine_text"] is not None
    known = {name: row[name] for name in _COPIED}
    known |= {"source": "asli" if row["source"] == TYPED else row["source"]}
    return read.Page(**{**known, "other_text": None if by_person else row["other_text"]}, words=words_of(Page(**row)))


def _machine_row(page: Page) -> Row:
    row = {name: getattr(page, name) for name in (*_COPIED, "terms", "boxes")}
    row |= {"machine_text": None, "machine_boxes": None}
    if page.machine_text is None:
        return row
    source = "belum" if page.source == TYPED else page.source
    read_by_machine = {"text": page.machine_text, "terms": page_terms(page.machine_text), "source": source}
    return {**row, **read_by_machine, "boxes": page.machine_boxes or b""}
