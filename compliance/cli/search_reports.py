"""flask searches reports: reports of failed searches, to read or as cases of the relevance suite."""

from __future__ import annotations

import csv
from pathlib import Path

import click

from compliance.cli.saved_searches import searches
from compliance.cli.sessions import COMMAND_ACTOR, command_session, print_json, say
from compliance.queries.search_reports import relevance_cases, search_reports

__all__ = ["reports", "searches"]


@searches.command("reports")
@click.option("--format", "form", type=click.Choice(["json", "relevance"]), default="json", show_default=True)
@click.option(
    "--into",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    help="Folder for queries.tsv and qrels.tsv.",
)
def reports(form: str, into: Path) -> None:
    """List reports of failed searches, or write those that name a text as queries.tsv and qrels.tsv."""
    with command_session() as session:
        if form == "relevance":
            queries, judged = relevance_cases(session, COMMAND_ACTOR)
            _write(into / "queries.tsv", queries)
            _write(into / "qrels.tsv", judged)
            say(f"{len(queries) - 1} laporan ditulis ke {into}.")
            return
        told = [
            {
                "id": one.report.id,
                "query": one.report.text,
                "filters": one.report.filters,
                "total": one.report.total_at_time,
                "expected": one.report.expected,
                "document": one.report.expected_document_id,
                "regulation": one.report.expected_regulation_id,
                "page": one.report.expected_page,
                "by": one.by,
                "recorded_at": one.report.recorded_at,
                "resolution": one.report.resolution,
            }
            for one in search_reports(session, COMMAND_ACTOR)
        ]
    print_json(told)


def _write(path: Path, rows: list[list[str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter="\t", lineterminator="\n").writerows(rows)
