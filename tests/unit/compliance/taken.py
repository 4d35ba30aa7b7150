"""Documents made of texts: received, read and stored as a PDF with these pages would be."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy.orm import Session

from compliance.actor import Actor
from compliance.models import Document
from compliance.queries.printed_regions import printed_regions
from compliance.services import documents, reading
from indexer.identify import identify, is_sample
from indexer.pages import Page
from indexer.structure import parts_of


def take_in(session: Session, actor: Actor, store: Path, texts: Sequence[str], source: str = "asli") -> Document:
    """A document whose pages say this; the caller commits."""
    pages = [Page(number, 595, 842, text, (), source) for number, text in enumerate(texts, 1)]  # type: ignore[arg-type]
    kept = documents.keep_bytes(store, io.BytesIO("\f".join(texts).encode()))
    document = documents.receive_document(session, actor, kept, "a.pdf").document
    copied = ("number", "width", "height", "text", "source", "other_text", "confidence")
    filled = {"terms": "", "boxes": b"", "reason": "", "extractor": "uji"}
    rows = [{**{name: getattr(page, name) for name in copied}, **filled} for page in pages]
    columns = ("kind", "number", "heading", "page", "start", "end_page", "end")
    parts = [
        {**{name: getattr(part, name) for name in columns}, "urutan": order, "parent_urutan": part.parent}
        for order, part in enumerate(parts_of(pages))
    ]
    read = reading.Reading(rows, parts, identify(pages, printed_regions(session)), is_sample(pages, {}))
    reading.store_reading(session, actor, document, read)
    return document
