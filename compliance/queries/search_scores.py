"""Why a hit stands where it does: its score taken apart."""

from __future__ import annotations

from collections.abc import Mapping

from compliance.errors import SearchUnavailable
from compliance.queries.search_answers import Answer
from indexer.engine import SearchEngine
from indexer.errors import IndexUnavailable
from indexer.explaining import ScorePart


def explained(engine: SearchEngine, answer: Answer) -> Mapping[str, ScorePart]:
    """By unit of the hits of an answer, what its score is made of; one that left the index meanwhile is left out.

    Raises:
        SearchUnavailable: there is no index to ask at the moment.
    """
    try:
        parts = {hit.unit: engine.explain(answer.query, hit.unit) for hit in answer.hits}
    except IndexUnavailable as error:
        raise SearchUnavailable("Indeks pencarian sedang disiapkan; coba lagi sebentar lagi.") from error
    return {unit: part for unit, part in parts.items() if part is not None}
