"""flask documents: what is held."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from compliance.cli.sessions import COMMAND_ACTOR, command_session, print_json
from compliance.errors import NotFound
from compliance.queries import documents as held
from compliance.queries.regions import region_by_code
from indexer.identities import kind_named

if TYPE_CHECKING:
    from compliance.models import Document

COLUMNS = ("id", "file", "jenis", "nomor", "tahun", "wilayah", "pages", "reading_state", "doubtful")
NAMED = ("id", "jenis", "bentuk", "nomor", "tahun", "wilayah", "penerbit", "judul", "ditetapkan", "doubtful", "status")
WIDEST = 48


@click.command()
@click.option("--jenis", help="UU, PP, Perda, Perbup…")
@click.option("--tahun", type=click.IntRange(1900, 2100))
@click.option("--wilayah", help="Kemendagri code; a province's includes its kabupaten/kota.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
def documents(jenis: str | None, tahun: int | None, wilayah: str | None, as_json: bool) -> None:
    """List the documents held, newest first."""
    with command_session() as session:
        if wilayah:
            region_by_code(session, COMMAND_ACTOR, wilayah)
        chosen = held.DocumentFilter(jenis=_known_kind(jenis), tahun=tahun, wilayah=wilayah)
        rows = [_described(document) for document in held.documents(session, COMMAND_ACTOR, chosen)]
    if as_json:
        print_json(rows)
    else:
        _print_table(rows)


def _known_kind(name: str | None) -> str | None:
    """Raises NotFound where nobody calls a kind that; a list that is empty for a slip of the finger would look complete."""
    kind = kind_named(name) if name else None
    if name and kind is None:
        raise NotFound(f"Jenis “{name}” tidak dikenal. Contoh: UU, PP, Perda, Perbup.")
    return kind


def _described(document: Document) -> dict[str, Any]:
    """A document as the command contract names things."""
    return {
        **{name: getattr(document, name) for name in NAMED},
        "sha256": document.file_sha256,
        "file": document.file_name,
        "pages": document.page_count,
        "pages_unread": document.pages_unread,
        "reading_state": document.reading_state,
        "contoh": document.is_sample,
    }


def _print_table(rows: list[dict[str, Any]]) -> None:
    cells = [[name.replace("_", " ") for name in COLUMNS]]
    for row in rows:
        shown = {**row, "doubtful": ", ".join(row["doubtful"])}
        cells.append(["–" if shown[name] in (None, "") else str(shown[name])[:WIDEST] for name in COLUMNS])
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for line in cells:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())
