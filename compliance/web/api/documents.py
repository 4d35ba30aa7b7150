"""/api/v1/documents: the list, one document, its pages, its parts and the text of a part."""

from __future__ import annotations

from typing import Any

from compliance.models import Document
from compliance.queries import articles
from compliance.queries import documents as queries
from compliance.queries.citation_links import addresses_of
from compliance.queries.regions import region_by_code
from compliance.queries.versions import corrected_pages, versions_of
from compliance.reports import documents as described
from compliance.web.access import actor, session
from compliance.web.api import parameters, shapes
from compliance.web.api.resources import Resources, page_of

resources = Resources("api_documents", "Texts that are held, with where and how well they were read.")


@resources.answers("/documents", parameters.DocumentsAsked, shapes.DocumentRows)
def documents(asked: dict[str, Any]) -> dict[str, Any]:
    """List documents.

    Newest first, samples included unless contoh=0. 404 where the region is unknown or not yours to read.
    """
    chosen = _filter(asked)
    total = queries.document_count(session(), actor(), chosen)
    offset = (asked["page"] - 1) * asked["limit"]
    rows = queries.documents(session(), actor(), chosen, limit=asked["limit"], offset=offset)
    return page_of({"documents": [described.described_document(row) for row in rows]}, total, asked)


@resources.answers("/documents/<int:document_id>", parameters.Nothing, shapes.DocumentWhole)
def document(_asked: dict[str, Any], document_id: int) -> dict[str, Any]:
    """One document.

    Its identity with what each field rests on, how its reading went, and its files.
    """
    held = queries.document_by_id(session(), actor(), document_id)
    fields = queries.fields_of(session(), actor(), document_id)
    linked = held.regulation_id if actor().reads(held.wilayah) else None
    return described.described_whole(held, fields, versions_of(session(), actor(), document_id), linked)


@resources.answers("/documents/<int:document_id>/pages", parameters.Nothing, shapes.PageRows)
def pages(_asked: dict[str, Any], document_id: int) -> dict[str, Any]:
    """The pages of a document.

    All of them in order, without their text.
    """
    held = queries.document_by_id(session(), actor(), document_id)
    rows = queries.pages_of(session(), actor(), document_id)
    corrected = _corrected(held)
    return {"document": document_id, "pages": [described.described_page(row, corrected) for row in rows]}


@resources.answers("/documents/<int:document_id>/pages/<int:number>", parameters.PageAsked, shapes.PageText)
def page(asked: dict[str, Any], document_id: int, number: int) -> dict[str, Any]:
    """One page with its text.

    With ?words=1 also every word with its place on the paper.
    """
    held = queries.document_by_id(session(), actor(), document_id)
    row = queries.page_of(session(), actor(), document_id, number)
    words = queries.words_of(row) if asked.get("words") else None
    return described.described_text(row, _corrected(held), words)


@resources.answers("/documents/<int:document_id>/pasal", parameters.Nothing, shapes.PartTree)
def parts(_asked: dict[str, Any], document_id: int) -> dict[str, Any]:
    """The parts of a document as a tree.

    BAB, Pasal, ayat, huruf, diktum, penjelasan, lampiran with their places and addresses.
    """
    queries.document_by_id(session(), actor(), document_id)
    return {"document": document_id, "parts": described.described_parts(addresses_of(session(), actor(), document_id))}


@resources.answers("/documents/<int:document_id>/pasal/<path:address>", parameters.Nothing, shapes.PartText)
def part(_asked: dict[str, Any], document_id: int, address: str) -> dict[str, Any]:
    """The text of a part with its citation.

    The address as in the tree: pasal/7, pasal/7/ayat/2, diktum/kesatu, bab/ii. Capitals do not count.
    """
    found = articles.article_at(session(), actor(), document_id, address)
    return described.described_article(found, articles.explanation_of(session(), actor(), found))


def _filter(asked: dict[str, Any]) -> queries.DocumentFilter:
    if asked.get("wilayah"):
        region_by_code(session(), actor(), asked["wilayah"])
    sample = asked.get("contoh")
    return queries.DocumentFilter(
        jenis=asked.get("jenis"),
        tahun=asked.get("tahun"),
        wilayah=asked.get("wilayah"),
        status=asked.get("status"),
        reading_state=asked.get("reading_state"),
        text=asked.get("text", "").strip(),
        doubtful=bool(asked.get("doubtful")),
        sample=None if sample is None else bool(sample),
    )


def _corrected(held: Document) -> set[int]:
    """The pages of the file shown whose text is a person's."""
    return corrected_pages(session(), held.id).get(held.shown_sha256, set())
