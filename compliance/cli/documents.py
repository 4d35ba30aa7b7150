"""flask documents: what is held, and reading it again."""

from __future__ import annotations

from typing import Any

import click
from flask.cli import with_appcontext

from compliance.cli.sessions import COMMAND_ACTOR, command_session, print_json
from compliance.db import transaction
from compliance.errors import NotFound
from compliance.queries import documents as held
from compliance.queries.regions import region_by_code
from compliance.reports.documents import described_document
from compliance.services import rereading
from indexer.identities import kind_named

COLUMNS = ("id", "file", "jenis", "nomor", "tahun", "wilayah", "pages", "reading_state", "doubtful")
WIDEST = 48


@click.group(invoke_without_command=True)
@click.option("--jenis", help="UU, PP, Perda, Perbup…")
@click.option("--tahun", type=click.IntRange(1900, 2100))
@click.option("--wilayah", help="Kemendagri code; a province's includes its kabupaten/kota.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
@click.pass_context
@with_appcontext
def documents(context: click.Context, jenis: str | None, tahun: int | None, wilayah: str | None, as_json: bool) -> None:
    """List the documents held, newest first."""
    if context.invoked_subcommand:
        if any(context.params.values()):
            raise click.UsageError("These options are for the list; give a subcommand its own after its name.")
        return
    with command_session() as session:
        if wilayah:
            region_by_code(session, COMMAND_ACTOR, wilayah)
        chosen = held.DocumentFilter(jenis=_known_kind(jenis), tahun=tahun, wilayah=wilayah)
        rows = [described_document(document) for document in held.documents(session, COMMAND_ACTOR, chosen)]
    if as_json:
        print_json(rows)
    else:
        _print_table(rows)


@documents.command("reread")
@click.option("--where", "conditions", multiple=True, required=True, help="Such as sumber=ocr; several must all hold.")
@click.option("--dry-run", is_flag=True, help="Only say how much it would be.")
@click.option("--json", "as_json", is_flag=True, help="Print the outcome as JSON.")
def reread(conditions: tuple[str, ...], dry_run: bool, as_json: bool) -> None:
    """Have documents read again: those that have a page for which all conditions hold.

    Names: sumber (asli, ocr, belum), lapisan (baik, ragu, buruk, "tidak ada"), keyakinan (0-100, also < <= > >=), pembaca
    (a name and version, or terkini), keadaan (terbaca, sebagian, gagal), jenis, wilayah, dokumen. Compare with = or !=.
    """
    with command_session() as session, transaction(session):
        asked = [rereading.condition(text) for text in conditions]
        found = rereading.affected(session, COMMAND_ACTOR, asked)
        queued = 0 if dry_run else rereading.reread(session, COMMAND_ACTOR, found)
        report = {
            "documents": len(found.documents),
            "pages": found.pages,
            "queued": queued,
            "already_waiting": found.waiting,
        }
    if as_json:
        print_json(report)
    else:
        click.echo(_in_words(report, dry_run=dry_run))


def _in_words(report: dict[str, int], *, dry_run: bool) -> str:
    count = f"{report['documents']} dokumen ({report['pages']} halaman memenuhi syarat)"
    told = f"{count} akan dibaca ulang; belum ada yang diubah." if dry_run else f"{count} menunggu dibaca ulang."
    if report["already_waiting"]:
        told += f" {report['already_waiting']} dokumen lain memang sedang menunggu atau dibaca."
    return told


def _known_kind(name: str | None) -> str | None:
    """Raises NotFound where nobody calls a kind that; a list that is empty for a slip of the finger would look complete."""
    kind = kind_named(name) if name else None
    if name and kind is None:
        raise NotFound(f"Jenis “{name}” tidak dikenal. Contoh: UU, PP, Perda, Perbup.")
    return kind


def _print_table(rows: list[dict[str, Any]]) -> None:
    cells = [[name.replace("_", " ") for name in COLUMNS]]
    for row in rows:
        shown = {**row, "doubtful": ", ".join(row["doubtful"])}
        cells.append(["–" if shown[name] in (None, "") else str(shown[name])[:WIDEST] for name in COLUMNS])
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for line in cells:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())
