"""Where in a document stands what was asked for by its place: a Pasal by its number, the meaning of a term."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from compliance.models import Page, Part
from indexer.definitions import definitions
from indexer.nodes import Concept, Query

Place = tuple[int, int]
"""A page's number and an offset in its text."""
_AFTER_A_TERM = (
    "adalah",
    "ialah",
    "yaitu",
    "yang selanjutnya",
    "selanjutnya",
    "yang untuk selanjutnya",
    "untuk selanjutnya",
)


def asked_places(session: Session, query: Query, pages: Mapping[int, Sequence[tuple[int, str]]]) -> dict[int, Place]:
    """By document the place asked for; only documents that have it. `pages` are their page numbers with the words."""
    found = _meanings(session, query, pages)
    return found | _articles(session, query, list(pages))


def _articles(session: Session, query: Query, document_ids: Sequence[int]) -> dict[int, Place]:
    """Where the Pasal begins that was asked for by number ("pp 85/2013 pasal 4")."""
    if query.identity is None or query.identity.pasal is None:
        return {}
    asked = func.lower(Part.number) == query.identity.pasal.lower()
    columns = select(Part.document_id, Part.page, Part.start)
    rows = columns.where(Part.document_id.in_(document_ids), Part.kind == "pasal", asked)
    found: dict[int, Place] = {}
    for key, page, start in session.execute(rows.order_by(Part.document_id, Part.urutan)):
        found.setdefault(key, (page, start))
    return found


def _meanings(session: Session, query: Query, pages: Mapping[int, Sequence[tuple[int, str]]]) -> dict[int, Place]:
    """Where the term is first defined that was asked about ("apa itu pekerja rentan")."""
    keys = {leaf.key for leaf in query.leaves() if isinstance(leaf, Concept) and leaf.key.startswith("arti:")}
    found: dict[int, Place] = {}
    for document_id, number, text in _texts_with(session, keys, pages):
        place = next((definition.start for definition in definitions(text) if definition.key in keys), None)
        if place is not None:
            found.setdefault(document_id, (number, place))
    return found


def _texts_with(
    session: Session, keys: set[str], pages: Mapping[int, Sequence[tuple[int, str]]]
) -> Iterator[tuple[int, int, str]]:
    """The pages whose words may define a term, in order: a cheap look before their texts are read."""
    spoken = [f" {key.partition(':')[2]} {after} " for key in keys for after in _AFTER_A_TERM]
    wanted = {
        (document_id, number)
        for document_id, some in pages.items()
        for number, words in some
        if any(said in f" {words} " for said in spoken)
    }
    if not wanted:
        return
    rows = select(Page.document_id, Page.number, Page.text).where(
        Page.document_id.in_({key for key, _ in wanted}), Page.number.in_({number for _, number in wanted})
    )
    for document_id, number, text in session.execute(rows.order_by(Page.document_id, Page.number)):
        if (document_id, number) in wanted:
            yield document_id, number, text
