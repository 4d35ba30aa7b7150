"""flask tracker: a province's kabupaten/kota on a date, as the matrix shows them."""

from __future__ import annotations

from datetime import datetime

import click

from compliance.cli.sessions import COMMAND_ACTOR, command_session, print_json
from compliance.queries.tracker import province_matrix
from compliance.queries.tracker_views import ProvinceMatrix, RegionRow

UNKNOWN = "?"


@click.command()
@click.option("--provinsi", required=True, help="Kemendagri code of the province, for example 62.")
@click.option("--per", type=click.DateTime(["%Y-%m-%d"]), help="As at this day; today if left out.")
@click.option("--json", "as_json", is_flag=True, help="JSON on stdout, as in docs/commands.md.")
def tracker(provinsi: str, per: datetime | None, as_json: bool) -> None:
    """Show who has a regulation, a budget and coverage in a province."""
    with command_session() as session:
        matrix = province_matrix(session, COMMAND_ACTOR, provinsi, per=per.date() if per else None)
    if as_json:
        print_json([row_json(row) for row in matrix.rows])
    else:
        click.echo("\n".join(table(matrix)))


def row_json(row: RegionRow) -> dict[str, object]:
    """One kabupaten/kota as the command contract has it; null is belum diperiksa."""
    return {
        "wilayah": row.kode,
        "nama": row.nama,
        "regulasi": row.regulation.rung,
        "rancangan": row.regulation.draft_stage,
        "anggaran": {str(year): state.rung for year, state in row.budgets.items()},
        "cakupan": coverage_json(row),
        "flags": [{"code": flag.code, "text": flag.text} for flag in row.flags],
        "sources": [{"claim": source.claim, "source": source.text, "page": source.page} for source in row.sources],
    }


def coverage_json(row: RegionRow) -> dict[str, object] | None:
    """Percent unrounded, null where the source prints a text such as ">80", which then stands in `percent_text`."""
    state = row.coverage
    if state is None:
        return None
    return {
        "percent": state.percent,
        "percent_text": state.percent_text,
        "participants": state.participants,
        "eligible": state.eligible,
        "denominator": state.denominator,
        "on": state.on,
    }


def table(matrix: ProvinceMatrix) -> list[str]:
    """The matrix in lines for a terminal; ? is belum diperiksa."""
    years = [str(year) for year in matrix.years]
    heading = (
        f"{matrix.region.nama}, per {matrix.per.isoformat()}: {len(matrix.regulated)} dari {len(matrix.rows)} kab/kota"
    )
    lines = [f"{heading} berperaturan, {len(matrix.regulation_unexamined)} belum diperiksa ({UNKNOWN})"]
    lines += [_line(["", "wilayah", "regulasi", *years, "cakupan", "tanda"])]
    return lines + [_line(_cells(row)) for row in (matrix.own, *matrix.rows)]


def _cells(row: RegionRow) -> list[str]:
    regulation = f"{row.regulation.rung} {row.regulation.label}" if row.regulation.rung else UNKNOWN
    if row.regulation.draft_stage:
        regulation += f" ({row.regulation.draft_stage})"
    budgets = [state.rung or UNKNOWN for state in row.budgets.values()]
    return [row.kode, row.nama, regulation, *budgets, _coverage(row), ", ".join(flag.code for flag in row.flags)]


def _coverage(row: RegionRow) -> str:
    state = row.coverage
    if state is None:
        return UNKNOWN
    if state.percent is None:
        return state.percent_text or UNKNOWN
    return f"{state.percent:.2f} %".replace(".", ",")


def _line(cells: list[str]) -> str:
    widths = (6, 30, 44, *[5] * (len(cells) - 5), 10, 0)
    return " ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()
