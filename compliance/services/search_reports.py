"""Reporting a search that failed, and what was done about it."""

from __future__ import annotations

import re

from sqlalchemy.orm import Session

from compliance.actor import Action, Actor
from compliance.db import now
from compliance.errors import Invalid
from compliance.models import SearchReport
from compliance.queries.documents import document_by_id
from compliance.queries.regulations import regulation_by_id
from compliance.queries.search_answers import Asked
from compliance.queries.search_reports import search_report_by_id
from compliance.services import audit
from indexer.engine import FACETS

LONGEST = 2_000
_ADDRESS = re.compile(r"/(dokumen|peraturan)/(\d{1,9})(?:/halaman/(\d{1,6}))?(?:[/?#]|$)")


def report_search(
    session: Session, actor: Actor, asked: Asked, total: int, *, expected: str, address: str = ""
) -> SearchReport:
    """A report that waits for an administrator. `address` is Patuh's own of the page that should have been found, "" where unknown.

    Raises:
        Invalid: nothing was asked, nothing says what was expected, or the address is not one of a document or regulation.
        NotFound: the address names what the actor may not see or is not there.
    """
    actor.require(Action.BACA)
    if not expected.strip() or not asked.text.strip() or actor.user_id is None:
        raise Invalid("Tulis apa yang Anda harapkan ditemukan, misalnya judul atau nomor peraturannya.")
    document_id, regulation_id, page = _expected(session, actor, address.strip())
    filters = {facet: list(getattr(asked, facet)) for facet in FACETS if getattr(asked, facet)}
    report = SearchReport(
        user_id=actor.user_id,
        text=asked.text,
        filters=filters | ({"dalam": [asked.dalam]} if asked.dalam else {}),
        total_at_time=total,
        expected=expected.strip()[:LONGEST],
        expected_document_id=document_id,
        expected_regulation_id=regulation_id,
        expected_page=page,
        recorded_at=now(),
    )
    session.add(report)
    session.flush()
    audit.record(session, actor, "melaporkan pencarian", ("laporan", report.id))
    return report


def resolve_report(session: Session, actor: Actor, report_id: int, resolution: str) -> SearchReport:
    """The report says what was done about it.

    Raises:
        Invalid: nothing is said.
        NotFound, Forbidden: no such report, or not the actor's to settle.
    """
    report = search_report_by_id(session, actor, report_id)
    if not resolution.strip():
        raise Invalid("Tulis apa yang sudah dilakukan.")
    report.resolution, report.resolved_at = resolution.strip()[:LONGEST], now()
    audit.record(session, actor, "menyelesaikan laporan", ("laporan", report.id))
    return report


def _expected(session: Session, actor: Actor, address: str) -> tuple[int | None, int | None, int | None]:
    if not address:
        return None, None, None
    found = _ADDRESS.search(address)
    if found is None:
        raise Invalid(
            "Tautan ini bukan halaman dokumen atau peraturan di Patuh. Salin dari bilah alamat, atau kosongkan."
        )
    kind, number, page = found.groups()
    if kind == "peraturan":
        return None, regulation_by_id(session, actor, int(number)).id, None
    return document_by_id(session, actor, int(number)).id, None, int(page) if page else None
