"""Documents where all that is asked stands within one and the same Pasal or diktum, told from the stored texts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from compliance.models import Document, Page, Part, Regulation
from compliance.queries.scopes import held_documents
from compliance.rules.citations import full_name
from indexer.engine import FACETS
from indexer.identities import identity_terms, required_terms
from indexer.nodes import Filters, Identity, Leaf, Named, Only, Phrase, Prefix, Query, Word
from indexer.within import Stretch, could_satisfy, satisfies
from indexer.words import analyse, stem

MOST_CHECKED = 400
AT_ONCE = 40
KINDS = ("pasal", "diktum")


class Span(NamedTuple):
    """A Pasal or diktum: from a place on one page to a place on another."""

    page: int
    start: int
    end_page: int
    end: int


def in_one_pasal(session: Session, query: Query, document_ids: Sequence[int]) -> dict[int, list[Span]]:
    """By document, in the order given, each Pasal or diktum that answers alone; documents without one are left out."""
    found: dict[int, list[Span]] = {}
    for begin in range(0, len(document_ids), AT_ONCE):
        batch = document_ids[begin : begin + AT_ONCE]
        texts, spans = _texts(session, batch), _spans(session, batch)
        rows = {
            row.id: row for row in session.scalars(select(Document).where(Document.id.in_(batch), held_documents()))
        }
        for key in batch:
            if key in rows and (answering := _answering(query, rows[key], texts[key], spans[key])):
                found[key] = answering
    return found


def facets_of(session: Session, document_ids: Sequence[int]) -> dict[str, dict[str, int]]:
    """The documents counted under each facet's values, as an engine counts them: the most frequent first, "" for unknown."""
    held = (Document.id.in_(document_ids), held_documents())
    columns = select(Document, Regulation.topik).outerjoin(Document.regulation).where(*held)
    counts: dict[str, Counter[str]] = {name: Counter() for name in FACETS}
    for act, topics in session.execute(columns):
        for name in FACETS:
            values = list(dict.fromkeys(topics or [""])) if name == "topik" else [str(getattr(act, name) or "")]
            counts[name].update(values)
    return {name: dict(sorted(found.items(), key=lambda item: (-item[1], item[0]))) for name, found in counts.items()}


def slice_of(span: Span, number: int, text: str) -> tuple[int, str]:
    """Where the span begins on one of its pages, and its text there."""
    start = span.start if number == span.page else 0
    return start, text[start : span.end if number == span.end_page else None]


def _answering(query: Query, act: Document, texts: Mapping[int, str], spans: Sequence[Span]) -> list[Span]:
    pages = {number: Stretch(analyse(text)) for number, text in texts.items()}
    outside = partial(_holds_for, act)
    found = []
    for span in spans:
        touched = [number for number in range(span.page, span.end_page + 1) if number in texts]
        if could_satisfy([pages[number] for number in touched], query.tree):
            whole = "\n".join(slice_of(span, number, texts[number])[1] for number in touched)
            if satisfies(Stretch(analyse(whole)), query.tree, outside):
                found.append(span)
    return found


def _holds_for(act: Document, leaf: Leaf) -> bool:
    """What is asked of the document as a whole: what it is, a filter, a word of its title."""
    match leaf:
        case Named(identity):
            own = identity_terms(
                Identity(
                    act.jenis or "Lainnya", act.nomor, act.tahun, (act.wilayah,) if act.wilayah else (), act.penerbit
                )
            )
            return all(any(term in own for term in alternatives) for alternatives in required_terms(identity))
        case Only(filters):
            return _passes(act, filters)
    title = analyse(full_name(act))
    match leaf:
        case Word(text, wanted):
            return any(word == text or stem(word) == wanted for word in title)
        case Prefix(text):
            return any(word.startswith(text) for word in title)
        case Phrase(words):
            return any(title[at : at + len(words)] == list(words) for at in range(len(title)))
        case _:
            return False


def _passes(act: Document, filters: Filters) -> bool:
    wilayah = act.wilayah or ""
    return (
        (not filters.jenis or act.jenis in filters.jenis)
        and (not filters.tahun or any(act.tahun is not None and years.holds(act.tahun) for years in filters.tahun))
        and (not filters.wilayah or any(wilayah == code or wilayah.startswith(f"{code}.") for code in filters.wilayah))
        and (not filters.status or (act.status or "") in filters.status)
    )


def _texts(session: Session, ids: Sequence[int]) -> dict[int, dict[int, str]]:
    texts: dict[int, dict[int, str]] = defaultdict(dict)
    columns = select(Page.document_id, Page.number, Page.text).where(Page.document_id.in_(ids))
    for key, number, text in session.execute(columns.order_by(Page.number)):
        texts[key][number] = text
    return texts


def _spans(session: Session, ids: Sequence[int]) -> dict[int, list[Span]]:
    """Every Pasal and diktum that has no other inside it, in reading order."""
    columns = select(Part.document_id, Part.page, Part.start, Part.end_page, Part.end)
    wanted = columns.where(Part.document_id.in_(ids), Part.kind.in_(KINDS)).order_by(Part.document_id, Part.urutan)
    all_spans: dict[int, list[Span]] = defaultdict(list)
    for key, *place in session.execute(wanted):
        all_spans[key].append(Span(*place))
    return defaultdict(list, {key: _innermost(spans) for key, spans in all_spans.items()})


def _innermost(spans: Sequence[Span]) -> list[Span]:
    outer = {one for one, after in pairwise(spans) if (after.page, after.start) < (one.end_page, one.end)}
    return [span for span in spans if span not in outer]
