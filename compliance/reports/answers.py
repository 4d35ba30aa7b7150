"""The answer to a search as JSON names things. The command and the API write the same."""

from __future__ import annotations

from typing import Any

from compliance.queries.search import Answer, FoundAct, FoundPage

Described = dict[str, Any]


def described_answer(answer: Answer) -> Described:
    """Total, what was understood, notices, hits, facets and the time it took."""
    return {
        "total": answer.total,
        "partial": answer.partial,
        "missing": list(answer.missing),
        "respelt": dict(answer.respelt),
        "understood": list(answer.query.understood),
        "notices": [{"code": note.code, "text": note.text, "count": note.count} for note in answer.notices],
        "hits": [_hit(found) for found in answer.hits],
        "facets": answer.facets,
        "milliseconds": round(answer.milliseconds, 2),
    }


def _hit(found: FoundAct) -> Described:
    act, document = found.act, found.document
    return {
        "id": document.id if document else None,
        "sha256": document.file_sha256 if document else None,
        "file": document.file_name if document else None,
        "regulation": document.regulation_id if document else act.id,
        "jenis": act.jenis,
        "nomor": act.nomor,
        "tahun": act.tahun,
        "wilayah": act.wilayah,
        "judul": act.judul,
        "status": act.status,
        "pages": [_page(page) for page in found.pages],
    }


def _page(page: FoundPage) -> Described:
    marks = [list(mark) for mark in page.snippet.marks]
    snippet = {"text": page.snippet.text, "marks": marks}
    return {"page": page.number, "pasal": page.pasal, "tempat": page.tempat, "snippet": snippet}
