"""Where the text of each page of a document came from, without the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from compliance.actor import Actor
from compliance.models import Document, Page, PageCorrection, User
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
    document_by_id(session, actor, document.id)
    of_page = (PageCorrection.file_sha256 == document.shown_sha256, PageCorrection.page == number)
    chosen = select(PageCorrection.text, User.nama, PageCorrection.recorded_at).join(
        User, User.id == PageCorrection.author_id
    )
    chosen = chosen.where(PageCorrection.document_id == document.id, *of_page)
    latest = session.execute(chosen.order_by(PageCorrection.id.desc()).limit(1)).first()
    return CorrectedBy(latest[1], latest[2]) if latest and latest[0] is not None else None
