"""Searching: the index gives documents, totals and facets; pages, Pasal and marked snippets are added from the database."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from sqlalchemy import select, true
from sqlalchemy.orm import Session, load_only

from compliance.actor import Actor
from compliance.errors import SearchUnavailable
from compliance.models import Document, Page, Part, Regulation
from compliance.queries.asked_places import Place, asked_places
from compliance.queries.documents import DocumentFilter, document_count, reading_counts, samples_are_searched
from compliance.queries.engines import why_unavailable
from compliance.queries.one_pasal import MOST_CHECKED, Span, facets_of, in_one_pasal, slice_of
from compliance.queries.scopes import held_documents
from compliance.queries.search_answers import HITS_PER_PAGE, Answer, Asked, FoundAct, FoundPage, Notice
from compliance.queries.search_filters import STATUSES, chosen_filters, identity_names, understood
from compliance.queries.search_wording import loosened, partial_notice, respelling_notices, worded
from indexer import structure
from indexer.engine import NO_FILTERS, ORDERS, Results, SearchEngine
from indexer.errors import IndexUnavailable
from indexer.highlight import Snippet, best_pages, marks, snippet_from, snippets
from indexer.nodes import Filters, Phrase, Query

__all__ = [
    "HITS_PER_PAGE", "STATUSES", "Answer", "Asked", "FoundAct", "FoundPage", "Notice",
    "chosen_filters", "identity_names", "search", "understood",
]  # fmt: skip

Row = TypeVar("Row", Document, Regulation)
PAGES_SHOWN = 3


def search(session: Session, actor: Actor, engine: SearchEngine, asked: Asked) -> Answer:
    """The documents and regulations the actor may see that answer, best first.

    Raises:
        SearchUnavailable: there is no index to ask at the moment; says why and until when.
    """
    try:
        return _answered(session, actor, engine, asked)
    except IndexUnavailable as error:
        raise SearchUnavailable(why_unavailable(session, engine, error)) from error


def _answered(session: Session, actor: Actor, engine: SearchEngine, asked: Asked) -> Answer:
    started = time.perf_counter()
    wording = worded(engine, actor, asked.text)
    query = wording.query
    filters, unknown = chosen_filters(asked)
    if asked.dalam == "pasal" and query.tree is not None:
        results, spans, bounded = _in_one_pasal(session, engine, actor, (query, filters, asked))
        unknown = (*unknown, *bounded)
    else:
        results, spans = _results(engine, actor, query, filters, asked), {}
    bare = None if results.total else _unfiltered(engine, actor, query, filters, asked)
    missing = bare.missing if bare else results.missing
    partial = None if results.total else _partial(engine, actor, query, filters, asked)
    put, shown = partial or (query, results)
    found = _found(session, actor, query, [hit.id for hit in shown.hits], spans)
    told = (*respelling_notices(wording), *((partial_notice(shown.total, missing),) if partial else ()))
    return Answer(
        query=put,
        total=results.total,
        hits=found,
        facets=shown.facets,
        notices=(*told, *unknown, *_notices(session, actor, found)),
        missing=missing,
        wider="" if results.total else wider_text(query),
        milliseconds=(time.perf_counter() - started) * 1000,
        unfiltered=bare.total if bare else None,
        partial=shown.total if partial else 0,
        respelt=wording.respelt,
        exact=wording.exact,
        likelier=wording.likelier,
    )


def _partial(
    engine: SearchEngine, actor: Actor, query: Query, filters: Filters, asked: Asked
) -> tuple[Query, Results] | None:
    """What some of the words find where nothing has them all; None where that finds nothing either, or one Pasal was to have them."""
    some = None if asked.dalam else loosened(query)
    results = _results(engine, actor, some, filters, asked) if some else None
    return (some, results) if some and results and results.total else None


def _unfiltered(engine: SearchEngine, actor: Actor, query: Query, filters: Filters, asked: Asked) -> Results | None:
    """What the same words find without filters and in the whole document; None where there is nothing to lift."""
    if query.tree is None or not (filters or query.filters or asked.dalam):
        return None
    bare = replace(query, filters=NO_FILTERS)
    return _results(engine, actor, bare, NO_FILTERS, Asked(asked.text, limit=1))


def _in_one_pasal(
    session: Session, engine: SearchEngine, actor: Actor, what: tuple[Query, Filters, Asked]
) -> tuple[Results, dict[int, list[Span]], tuple[Notice, ...]]:
    """The documents that answer within one Pasal, among the first MOST_CHECKED that answer at all; told where there are more."""
    query, filters, asked = what
    candidates = _results(engine, actor, query, filters, replace(asked, page=1, limit=MOST_CHECKED))
    held = [hit for hit in candidates.hits if hit.id.startswith("d")]
    spans = in_one_pasal(session, query, list(_by_id(session, actor, Document, [int(hit.id[1:]) for hit in held])))
    hits = [hit for hit in held if int(hit.id[1:]) in spans]
    begin = (max(1, asked.page) - 1) * asked.limit
    counted = facets_of(session, list(spans))
    results = Results(len(hits), hits[begin : begin + asked.limit], counted, candidates.missing)
    text = f"Diperiksa {len(candidates.hits)} dari {candidates.total} dokumen; persempit dengan kata atau saringan."
    return results, spans, (Notice("pasal_dibatasi", text, 1),) * (candidates.total > len(candidates.hits))


def wider_text(query: Query) -> str:
    """The unquoted words of a question joined by ATAU; "" where there are not two of them."""
    words = query.rest.split()
    plain = len(words) > 1 and query.tree is not None and not any(isinstance(leaf, Phrase) for leaf in query.leaves())
    return " ATAU ".join(words) if plain else ""


def _results(engine: SearchEngine, actor: Actor, query: Query, filters: Filters, asked: Asked) -> Results:
    return engine.search(
        query,
        filters=filters or NO_FILTERS,
        scopes=actor.read_scopes(),
        offset=(max(1, asked.page) - 1) * asked.limit,
        limit=asked.limit,
        order=asked.urut if asked.urut in ORDERS else ORDERS[0],
    )


def _found(
    session: Session, actor: Actor, query: Query, units: Sequence[str], spans: Mapping[int, Sequence[Span]]
) -> list[FoundAct]:
    """The hits in the engine's order; a unit is left out that is gone meanwhile, in the bin, or of another region."""
    documents = _by_id(session, actor, Document, [int(unit[1:]) for unit in units if unit.startswith("d")])
    acts = _by_id(session, actor, Regulation, [int(unit[1:]) for unit in units if unit.startswith("r")])
    pages = (
        _pasal_pages(session, query, spans, list(documents)) if spans else _best_pages(session, query, list(documents))
    )
    found = []
    for unit in units:
        key = int(unit[1:])
        if unit.startswith("d") and key in documents:
            found.append(FoundAct(documents[key], None, pages.get(key, ())))
        elif unit.startswith("r") and key in acts:
            found.append(FoundAct(None, acts[key], ()))
    return found


def _by_id(session: Session, actor: Actor, table: type[Row], ids: Sequence[int]) -> dict[int, Row]:
    rows = session.scalars(select(table).where(table.id.in_(ids), held_documents() if table is Document else true()))
    return {row.id: row for row in rows if actor.reads(row.wilayah)}


def _best_pages(session: Session, query: Query, document_ids: Sequence[int]) -> dict[int, tuple[FoundPage, ...]]:
    """For each document its best pages, best first: the one a hit opens at."""
    terms: dict[int, list[tuple[int, str]]] = defaultdict(list)
    rows = select(Page.document_id, Page.number, Page.terms).where(Page.document_id.in_(document_ids))
    for document_id, number, words in session.execute(rows.order_by(Page.document_id, Page.number)):
        terms[document_id].append((number, words))
    places = asked_places(session, query, terms)
    best = {
        key: [places[key][0]] if key in places else [number for number, _ in _chosen(query, pages)]
        for key, pages in terms.items()
    }
    parts, texts = _parts(session, best), _texts(session, best)
    return {
        key: tuple(_found_page(texts[key, number], query, parts[key], places.get(key)) for number in numbers)
        for key, numbers in best.items()
    }


def _pasal_pages(
    session: Session, query: Query, spans: Mapping[int, Sequence[Span]], document_ids: Sequence[int]
) -> dict[int, tuple[FoundPage, ...]]:
    """For each document the first Pasal that answer alone, each where it says most of what was asked."""
    shown = {key: spans[key][:PAGES_SHOWN] for key in document_ids}
    wanted = {key: [at for span in some for at in range(span.page, span.end_page + 1)] for key, some in shown.items()}
    parts, texts = _parts(session, wanted), _texts(session, wanted)
    return {
        key: tuple(_found_pasal(texts, query, (key, span), parts[key]) for span in some) for key, some in shown.items()
    }


def _found_pasal(
    texts: Mapping[tuple[int, int], Page], query: Query, where: tuple[int, Span], parts: Sequence[structure.Part]
) -> FoundPage:
    key, span = where
    pieces = [(at, *slice_of(span, at, texts[key, at].text)) for at in range(span.page, span.end_page + 1)]
    number, start, text = max(pieces, key=lambda piece: len(marks(piece[2], query)))
    cut = snippets(text, query)
    snippet = cut[0] if cut else Snippet("", (), 0, 0)
    place = start + _first_mark(text, snippet, query)
    pasal, tempat = (name_at(parts, number, place) for name_at in (structure.pasal_at, structure.place_at))
    return FoundPage(number, pasal, tempat, snippet, texts[key, number].source)


def _chosen(query: Query, pages: Sequence[tuple[int, str]]) -> list[tuple[int, float]]:
    """The pages that answer best; the first one where a hit rests on title, identity or filters alone."""
    return best_pages(pages, query, PAGES_SHOWN) or [(pages[0][0], 0.0)]


def _texts(session: Session, wanted: Mapping[int, Sequence[int]]) -> dict[tuple[int, int], Page]:
    numbers = {number for chosen in wanted.values() for number in chosen}
    rows = select(Page).where(Page.document_id.in_(wanted), Page.number.in_(numbers))
    columns = load_only(Page.document_id, Page.number, Page.text, Page.source)
    return {(page.document_id, page.number): page for page in session.scalars(rows.options(columns))}


def _parts(session: Session, wanted: Mapping[int, Sequence[int]]) -> dict[int, list[structure.Part]]:
    """For each document the parts that touch its wanted pages or those between them, in reading order."""
    columns = (
        Part.kind, Part.number, Part.heading, Part.page, Part.start, Part.end_page, Part.end, Part.parent_urutan
    )  # fmt: skip
    parts: dict[int, list[structure.Part]] = defaultdict(list)
    for key, numbers in wanted.items():
        if numbers:
            touching = (Part.document_id == key, Part.page <= max(numbers), Part.end_page >= min(numbers))
            rows = session.execute(select(*columns).where(*touching).order_by(Part.urutan))
            parts[key] = [structure.Part(*row) for row in rows]
    return parts


def library_part(row: Part) -> structure.Part:
    """A stored part as the library knows it."""
    return structure.Part(
        row.kind, row.number, row.heading, row.page, row.start, row.end_page, row.end, row.parent_urutan
    )


def _found_page(page: Page, query: Query, parts: Sequence[structure.Part], asked: Place | None) -> FoundPage:
    """`asked` is where the words begin that were asked for by their place; elsewhere the best words of the page are shown."""
    if asked:
        snippet, place = snippet_from(page.text, asked[1], query), asked[1]
    else:
        cut = snippets(page.text, query)
        snippet = cut[0] if cut else Snippet("", (), 0, 0)
        place = _first_mark(page.text, snippet, query)
    pasal, tempat = (name_at(parts, page.number, place) for name_at in (structure.pasal_at, structure.place_at))
    return FoundPage(page.number, pasal, tempat, snippet, page.source)


def _first_mark(text: str, snippet: Snippet, query: Query) -> int:
    """Where on the page the first marked word of the snippet stands; its beginning where none is marked."""
    return next((snippet.start + start for start, _ in marks(text[snippet.start : snippet.end], query)), snippet.start)


def _notices(session: Session, actor: Actor, found: Sequence[FoundAct]) -> list[Notice]:
    counts = reading_counts(session, actor)
    unheld = sum(hit.document is None for hit in found)
    samples = 0 if samples_are_searched(session) else document_count(session, actor, DocumentFilter(sample=True))
    told = [
        Notice(
            "halaman_belum_terbaca",
            f"{counts.pages_unread} halaman belum terbaca, jadi belum ikut dicari.",
            counts.pages_unread,
        ),
        Notice("dokumen_menunggu", f"{counts.waiting} dokumen masih menunggu dibaca.", counts.waiting),
        Notice("dokumen_gagal", f"{counts.failed} dokumen tidak bisa dibaca.", counts.failed),
        Notice("contoh_tidak_dicari", f"{samples} dokumen contoh tidak ikut dicari.", samples),
        Notice("belum_ada_naskah", f"{unheld} peraturan di halaman ini belum ada naskahnya — unggah.", unheld),
    ]
    return [notice for notice in told if notice.count]
