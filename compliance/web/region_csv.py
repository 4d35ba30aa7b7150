"""A province's table as CSV, as Excel with Indonesian settings opens it: semicolons, decimal commas, UTF-8 with its mark."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flask import Response
from flask_babel import force_locale
from flask_babel import gettext as _

from compliance.queries.tracker_views import ProvinceMatrix, RegionRow
from compliance.reports.spreadsheet import semicolon_csv
from compliance.rules.states import BudgetState, CoverageState
from compliance.web.filters import angka, tanggal


def csv_response(matrix: ProvinceMatrix, rows: Sequence[RegionRow]) -> Response:
    """The rows shown on the screen, as a file named after the province and the day."""
    answer = Response(csv_text(matrix, rows), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="patuh-{matrix.region.kode}-{matrix.per}.csv"'
    return answer


def csv_text(matrix: ProvinceMatrix, rows: Iterable[RegionRow]) -> str:
    """One line for each region under a heading; unknown is written "belum diperiksa", never left to be read as zero."""
    budgets = [_("Anggaran %(year)s", year=year) for year in matrix.years]
    details = [_("Persen cakupan"), _("Peserta"), _("Pekerja"), _("Penyebut"), _("Cakupan per")]
    heading = [
        _("Kode"),
        _("Kab/kota"),
        _("Regulasi"),
        _("Keterangan"),
        _("Sejak"),
        *budgets,
        *details,
        _("Tanda"),
        _("Sumber"),
    ]
    return semicolon_csv([heading, *(_cells(row, matrix.years) for row in rows)])


def _cells(row: RegionRow, years: Sequence[int]) -> list[str]:
    regulation = row.regulation
    return [
        row.kode,
        row.nama,
        regulation.rung or _("belum diperiksa"),
        regulation.label if regulation.rung or regulation.sources else "",
        tanggal(regulation.since, regulation.since_precision) if regulation.since else "",
        *(_budget(row.budgets[year]) for year in years),
        *_coverage(row.coverage),
        ". ".join(flag.text for flag in row.flags),
        " | ".join(dict.fromkeys(source.text for source in row.sources if source.text)),
    ]


def _budget(state: BudgetState) -> str:
    if state.rung is None:
        return str(_("tangga belum diketahui") if state.lines else _("belum diperiksa"))
    return state.rung


def _coverage(state: CoverageState | None) -> list[str]:
    if state is None:
        return [_("belum diperiksa"), "", "", "", ""]
    with force_locale("id"):  # the file's decimal comma, whatever the language of the screen
        percent = angka(state.percent, 2) if state.percent is not None else (state.percent_text or "")
    counts = ["" if count is None else str(count) for count in (state.participants, state.eligible)]
    return [percent, *counts, state.denominator or "", tanggal(state.on, state.precision)]
