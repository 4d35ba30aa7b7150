"""Reads about pages that people set right: what is in force, by whom since when, and all that was said of a page before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from compliance.actor import Actor
from compliance.models import Document, PageCorrection, User
from compliance.queries.documents import document_by_id


@dataclass(frozen=True, slots=True)
class Correction:
    """One thing a person (`by`) said of a page; a row without text withdraws what was said before."""

    row: PageCorrection
    by: str


def texts_in_force(session: Session, document: Document) -> dict[int, str]:
    """For the file in force, each page's text as a person says it; pages nobody corrected, or withdrew, are left out."""
    newest = select(func.max(PageCorrection.id)).where(_of_file(document, document.file_sha256))
    rows = select(PageCorrection.page, PageCorrection.text).where(
        PageCorrection.id.in_(newest.group_by(PageCorrection.page)), PageCorrection.text.is_not(None)
    )
    return {page: text for page, text in session.execute(rows) if text is not None}


def corrections_of_page(session: Session, actor: Actor, document_id: int, number: int) -> Sequence[Correction]:
    """What was said of page `number` of the file that is shown, the latest first."""
    document = document_by_id(session, actor, document_id)
    chosen = _told(document).where(PageCorrection.page == number).order_by(PageCorrection.id.desc())
    return [Correction(row, by) for row, by in session.execute(chosen)]


def corrections_in_force(session: Session, actor: Actor, document_id: int) -> dict[int, Correction]:
    """By page of the file that is shown, the correction its text follows."""
    document = document_by_id(session, actor, document_id)
    latest = {row.page: Correction(row, by) for row, by in session.execute(_told(document).order_by(PageCorrection.id))}
    return {page: one for page, one in latest.items() if one.row.text is not None}


def _told(document: Document) -> Select[PageCorrection, str]:
    chosen = select(PageCorrection, User.nama).join(User, User.id == PageCorrection.author_id)
    return chosen.where(_of_file(document, document.shown_sha256))


def _of_file(document: Document, sha256: str) -> ColumnElement[bool]:
    """A correction belongs to its file: also one made while another document held that file, which became a version of this."""
    merged = select(Document.id).where(Document.replaced_by_id == document.id)
    held = or_(PageCorrection.document_id == document.id, PageCorrection.document_id.in_(merged))
    return and_(held, PageCorrection.file_sha256 == sha256)
