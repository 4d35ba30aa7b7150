"""/api/v1/search."""

from __future__ import annotations

from typing import Any

from compliance.queries.engines import serving_engine
from compliance.queries.search import Asked, search
from compliance.reports.answers import described_answer
from compliance.web.access import actor, session, settings
from compliance.web.api import parameters, shapes
from compliance.web.api.resources import Resources, page_of

resources = Resources("api_search", "The same search as on the page.")
FILTERS = ("jenis", "tahun", "wilayah", "penerbit", "topik", "status")


@resources.answers("/search", parameters.SearchAsked, shapes.SearchAnswer, {503: "SERVICE_UNAVAILABLE"})
def search_documents(asked: dict[str, Any]) -> dict[str, Any]:
    """Search documents and acts.

    The unit is the document. `q` is read exactly as on the search page and `understood` says how; facets count the whole result.
    503 while the index is being built.
    """
    filters: dict[str, Any] = {name: tuple(asked[name]) for name in FILTERS}
    within = "pasal" if asked["dalam"] == "pasal" else ""
    question = Asked(asked["q"], page=asked["page"], limit=asked["limit"], urut=asked["sort"], dalam=within, **filters)
    answer = search(session(), actor(), serving_engine(settings().index_url), question)
    return {**page_of(described_answer(answer), answer.listed, asked), "total": answer.total}
