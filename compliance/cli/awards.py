"""flask paritrana: a candidate's score sheet."""

from __future__ import annotations

import click

from compliance.cli.sessions import COMMAND_ACTOR, command_session, print_json, say
from compliance.queries.award_views import Sheet, SheetRow
from compliance.queries.awards import score_sheet
from compliance.rules.scores import written_shown


@click.command()
@click.option("--edisi", required=True, help="Edition, for example ntb-2025.")
@click.option("--wilayah", required=True, help="Kemendagri code of the candidate, for example 52.03.")
@click.option("--json", "as_json", is_flag=True, help="Unrounded, as JSON.")
def paritrana(edisi: str, wilayah: str, as_json: bool) -> None:
    """Show a candidate's Paritrana Award score sheet."""
    with command_session() as session:
        sheet = score_sheet(session, COMMAND_ACTOR, edisi, wilayah)
        if as_json:
            print_json(sheet_json(sheet))
        else:
            _print_sheet(sheet)


def sheet_json(sheet: Sheet) -> dict[str, object]:
    """The sheet as docs/commands.md has it; `total` is of what is scored, null where nothing is."""
    return {
        "edisi": sheet.edition.kode,
        "wilayah": sheet.region.kode,
        "resmi": sheet.edition.is_official,
        "total": sheet.total,
        "dinilai": sheet.dinilai,
        "indikator": [_row_json(row) for row in sheet.rows],
    }


def _row_json(row: SheetRow) -> dict[str, object]:
    return {
        "kode": row.indicator.kode,
        "nama": row.indicator.nama,
        "nilai": row.value,
        "cara": row.indicator.method,
        "masukan": {given.name: given.value for given in row.inputs},
        "klaim": sorted({given.source.claim for given in row.inputs if given.source}),
        "rumus": row.sentence or None,
        "jalur": {track: view.value for track, view in row.tracks.items()},
        "kurang": list(row.kurang),
    }


def _print_sheet(sheet: Sheet) -> None:
    click.echo(f"{sheet.edition.nama}: {sheet.region.nama}")
    for row in sheet.rows:
        how = row.sentence or (f"manual, nilai {row.counted}" if row.counted else "manual")
        click.echo(f"{_number(row):>8}  {row.indicator.nama} ({how})")
        for lacking in row.kurang:
            click.echo(f"{'':>8}  kurang: {lacking}")
    total = "—" if sheet.total is None else written_shown(sheet.total)
    label = "jumlah" if sheet.is_complete else "jumlah sementara"
    click.echo(f"{total:>8}  {label}, {sheet.dinilai} indikator dinilai")
    if not sheet.edition.is_official:
        say("Bukan bobot resmi.")


def _number(row: SheetRow) -> str:
    return "—" if row.value is None else written_shown(row.value)
