"""Reports of searches that failed somebody, for administrators, and as cases to measure relevance with."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from compliance.actor import Action, Actor
from compliance.errors import NotFound
from compliance.models import SearchReport, User
from compliance.queries.search_filters import understood


@dataclass(frozen=True, slots=True)
class Told:
    """A report with the name of who made it."""

    report: SearchReport
    by: str


def search_reports(session: Session, actor: Actor) -> list[Told]:
    """All reports: those that wait first, the newest first.

    Raises:
        Forbidden: the actor manages nothing.
    """
    actor.require(Action.KELOLA)
    rows = session.execute(
        select(SearchReport, User.nama)
        .join(User, User.id == SearchReport.user_id)
        .order_by(SearchReport.resolution.is_not(None), SearchReport.recorded_at.desc())
    )
    return [Told(report, name) for report, name in rows]


def search_report_by_id(session: Session, actor: Actor, report_id: int) -> SearchReport:
    """Raises NotFound where there is none, Forbidden where the actor manages nothing."""
    actor.require(Action.KELOLA)
    report = session.get(SearchReport, report_id)
    if report is None:
        raise NotFound("Laporan ini tidak ada. Buka daftar laporan.")
    return report


def relevance_cases(session: Session, actor: Actor) -> tuple[list[list[str]], list[list[str]]]:
    """The reports that name what was expected, as rows of the relevance suite's queries and of its judgments, under headings."""
    queries, judged = [["qid", "jenis", "query"]], [["qid", "docid", "pasal", "grade"]]
    for told in sorted(search_reports(session, actor), key=lambda told: told.report.id):
        report = told.report
        expected = _docid(report)
        if expected:
            number = f"laporan{report.id:04d}"
            queries.append([number, "laporan", " ".join(report.text.split())])
            judged.append([number, expected, ", ".join(understood(report.text).pasal), "2"])
    return queries, judged


def _docid(report: SearchReport) -> str:
    if report.expected_document_id:
        return f"d{report.expected_document_id}"
    return f"r{report.expected_regulation_id}" if report.expected_regulation_id else ""
