"""Documents as JSON names things: the row of a list, one document, its pages, words and parts. Commands and the API write the same."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from compliance.models import Document, DocumentField, Page
from compliance.queries.articles import Article
from compliance.queries.versions import Version
from compliance.rules.addresses import Addresses
from compliance.rules.citations import citation
from indexer.pages import Word
from indexer.structure import spoken

NAMED = ("id", "jenis", "bentuk", "nomor", "tahun", "wilayah", "penerbit", "judul", "ditetapkan", "doubtful", "status")
PLACED = ("kind", "number", "heading", "page", "start", "end_page", "end")
Described = dict[str, Any]


def described_document(document: Document) -> Described:
    """A document as lists have it."""
    return {
        **{name: getattr(document, name) for name in NAMED},
        "sha256": document.file_sha256,
        "file": document.file_name,
        "pages": document.page_count,
        "pages_unread": document.pages_unread,
        "reading_state": document.reading_state,
        "contoh": document.is_sample,
    }


def described_whole(
    document: Document, fields: Mapping[str, DocumentField], versions: Sequence[Version], regulation: int | None
) -> Described:
    """One document with what each field of its identity rests on, how its reading went, and the files it has and had."""
    return {
        **described_document(document),
        "name": citation(document),
        "diundangkan": document.diundangkan,
        "gazette": document.gazette,
        "singkatan": document.singkatan,
        "regulation": regulation,
        "pages_ocr": document.pages_ocr,
        "failure": _failure(document),
        "received_at": document.received_at,
        "read_at": document.read_at,
        "fields": {name: _field(field) for name, field in fields.items()},
        "versions": [_version(version) for version in versions],
    }


def described_page(page: Page, corrected: Collection[int]) -> Described:
    """A page without its text; `corrected` are the pages whose text is a person's."""
    return {
        "page": page.number,
        "width": page.width,
        "height": page.height,
        "source": page.source,
        "layer": page.layer or None,
        "confidence": page.confidence,
        "reason": page.reason,
        "corrected": page.number in corrected,
        "characters": len(page.text),
    }


def described_text(page: Page, corrected: Collection[int], words: Sequence[Word] | None) -> Described:
    """A page with its text; `words` None leaves their places out."""
    told = None if words is None else [_word(word) for word in words]
    return {**described_page(page, corrected), "text": page.text, "words": told}


def described_parts(addresses: Addresses) -> list[Described]:
    """The parts at the top of a document in reading order, each with the parts in it under `parts`."""
    rows = [described_part(addresses, index) for index in range(len(addresses.parts))]
    for row, part in zip(rows, addresses.parts, strict=True):
        if part.parent is not None:
            rows[part.parent]["parts"].append(row)
    return [row for row, part in zip(rows, addresses.parts, strict=True) if part.parent is None]


def described_part(addresses: Addresses, index: int) -> Described:
    """A part with its address and its place. The address leads to the first part that has it."""
    part = addresses.parts[index]
    placed = {name: getattr(part, name) for name in PLACED}
    return {"address": addresses.of(index), "name": _name(addresses, index), **placed, "parts": []}


def described_article(article: Article, explanation: Article | None) -> Described:
    """The text of a part with its citation; a division lists what lies in it and has no text of its own."""
    addresses, document = article.addresses, article.document
    told = described_part(addresses, article.chosen)
    del told["parts"]
    return {
        **told,
        "document": document.id,
        "citation": f"{told['name']} {citation(document)}",
        "doubtful": document.doubtful,
        "contoh": document.is_sample,
        "text": article.text(article.chosen) if article.blocks else None,
        "contents": [addresses.of(entry.index) for entry in article.contents],
        "explanation": explanation.text(explanation.whole) if explanation and explanation.blocks else None,
        "read_by_ocr": article.uses_ocr,
        "pages_unread": list(article.unread),
        "is_cut": article.is_cut,
    }


def _name(addresses: Addresses, index: int) -> str:
    """ "Pasal 7 ayat (2)", "BAB II"."""
    chain = addresses.chain(index)
    return spoken(chain) or chain[-1].label


def _failure(document: Document) -> Described | None:
    if document.failure_code is None:
        return None
    return {"code": document.failure_code, "reason": document.failure_reason}


def _field(field: DocumentField) -> Described:
    return {
        "value": field.value,
        "doubtful": field.is_doubtful,
        "reason": field.reason,
        "page": field.page,
        "confidence": field.confidence,
        "by_person": field.author_id is not None,
    }


def _version(version: Version) -> Described:
    row = version.row
    return {"number": row.number, "sha256": row.file_sha256, "reason": row.reason, "recorded_at": row.recorded_at}


def _word(word: Word) -> Described:
    box = [word.x0, word.y0, word.x1, word.y1]
    return {"text": word.text, "start": word.start, "box": box, "confidence": word.confidence}
