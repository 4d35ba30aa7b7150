"""What people set right on the pages of a file, put over what the machine read of it, whenever that is stored."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from compliance.models import Document
from compliance.queries.corrections import texts_in_force
from compliance.queries.printed_regions import printed_regions
from compliance.services.page_rows import Reading, Row, corrected_row, library_page, part_rows
from indexer.identify import identify
from indexer.structure import parts_of


def applied(session: Session, document: Document, reading: Reading) -> Reading:
    """The reading with the pages of the document's file as people set them right; where none was, as it is.

    Structure and identity are then read from the corrected pages.
    """
    texts = texts_in_force(session, document)
    if not any(row["number"] in texts for row in reading.pages):
        return reading
    return understood(session, document, corrected(reading.pages, texts), is_sample=reading.is_sample)


def corrected(rows: Sequence[Row], texts: dict[int, str]) -> list[Row]:
    """The rows, those of the pages in `texts` with that text."""
    return [corrected_row(row, texts[row["number"]]) if row["number"] in texts else row for row in rows]


def understood(session: Session, document: Document, rows: Sequence[Row], *, is_sample: bool) -> Reading:
    """What these pages say: their structure and identity."""
    pages = [library_page(row) for row in rows]
    identity = identify(pages, printed_regions(session), document.file_name)
    return Reading(pages=rows, parts=part_rows(parts_of(pages)), identity=identity, is_sample=is_sample)
