"""Whole results of a search, hit by hit, and many questions asked in one go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from compliance.actor import Actor
from compliance.errors import SearchUnavailable
from compliance.queries.one_pasal import MOST_CHECKED
from compliance.queries.search import search
from compliance.queries.search_answers import Answer, Asked, FoundAct
from compliance.queries.search_filters import chosen_filters, understood
from indexer.engine import SearchEngine
from indexer.errors import IndexUnavailable

MOST_HITS = 2_000
HITS_AT_ONCE = 100
MOST_TERMS = 500
HITS_PER_TERM = 5
ALL = 1_000_000


@dataclass(frozen=True, slots=True)
class TermAnswer:
    """What one term of a list found; `why` says in words why it found nothing."""

    term: str
    answer: Answer

    @property
    def why(self) -> str:
        if self.answer.total:
            return ""
        if self.answer.missing:
            return f"Tidak ada dokumen yang memuat: {', '.join(self.answer.missing)}."
        if self.answer.query.tree is None and not self.answer.query.filters:
            return "Tidak ada kata yang dapat dicari."
        return "Kata-katanya ada, tetapi tidak dalam satu dokumen."


def every_hit(session: Session, actor: Actor, engine: SearchEngine, asked: Asked) -> Iterator[FoundAct]:
    """The hits in the order on the screen, at most MOST_HITS of them, fetched some at a time."""
    for page in range(1, MOST_HITS // HITS_AT_ONCE + 1):
        answer = search(session, actor, engine, replace(asked, page=page, limit=HITS_AT_ONCE))
        yield from answer.hits
        if page * HITS_AT_ONCE >= answer.total:
            return


def asked_in_one_go(session: Session, actor: Actor, engine: SearchEngine, terms: Sequence[str]) -> Iterator[TermAnswer]:
    """What each term finds, in the order given."""
    for term in terms[:MOST_TERMS]:
        yield TermAnswer(term, search(session, actor, engine, Asked(term, limit=HITS_PER_TERM)))


def every_unit(session: Session, actor: Actor, engine: SearchEngine, asked: Asked) -> list[str]:
    """The ids ("d12", "r3") of all that the question finds for this actor; within one Pasal those that `search` vouches for.

    Raises:
        SearchUnavailable: there is no index to ask at the moment.
    """
    if asked.dalam:
        hits = search(session, actor, engine, replace(asked, page=1, limit=MOST_CHECKED)).hits
        return [f"d{found.document.id}" for found in hits if found.document]
    filters, _unknown = chosen_filters(asked)
    query = understood(asked.text)
    try:
        results = engine.search(query, filters=filters, scopes=actor.read_scopes(), facets=False, limit=ALL)
    except IndexUnavailable as error:
        raise SearchUnavailable("Indeks pencarian sedang disiapkan; coba lagi sebentar lagi.") from error
    return [hit.id for hit in results.hits]
