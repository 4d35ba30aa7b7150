"""Where the text of each page of a document came from, without the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from compliance.actor import Actor
from compliance.models import Document, Page
from compliance.queries.corrections import corrections_of_page
from compliance.queries.documents import document_by_id


@dataclass(frozen=True, slots=True)
class PageSource:
    """`source` as in Page."""

    number: int
    source: str


@dataclass(frozen=True, slots=True)
class CorrectedBy:
    """Who set a page's text right, and when."""

    nama: str
    recorded_at: datetime


def page_sources(session: Session, actor: Actor, document_id: int) -> Sequence[PageSource]:
    """All pages of a document in order."""
    document_by_id(session, actor, document_id)
    chosen = select(Page.number, Page.source).where(Page.document_id == document_id).order_by(Page.number)
    return [PageSource(*row) for row in session.execute(chosen)]


def corrected_by(session: Session, actor: Actor, document: Document, number: int) -> CorrectedBy | None:
    """Whose text page `number` shows; None where it is the machine's."""
    told = corrections_of_page(session, actor, document.id, number)
    return CorrectedBy(told[0].by, told[0].row.recorded_at) if told and told[0].row.text is not None else None
