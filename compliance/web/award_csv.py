"""Candidates and score sheets as CSV, as Excel with Indonesian settings opens it: semicolons, decimal commas, UTF-8 with its mark."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from flask_babel import gettext as _

from compliance.models import AwardEdition
from compliance.queries.award_views import Sheet, SheetRow
from compliance.reports.spreadsheet import semicolon_csv
from compliance.rules.scores import TRACKS


def candidates_csv(edition: AwardEdition, sheets: Iterable[Sheet]) -> str:
    """One line for each candidate, a column for each indicator; what is not scored stays empty."""
    names = [indicator.nama for indicator in edition.indicators]
    lines = [[_("Kode"), _("Wilayah"), *names, _("Jumlah"), _("Dinilai"), _("Bobot")]]
    for sheet in sheets:
        values = [_exact(row.value) for row in sheet.rows]
        lines.append(
            [sheet.region.kode, sheet.region.nama, *values, _exact(sheet.total), sheet.dinilai, _weight(edition)]
        )
    return semicolon_csv(lines)


def sheet_csv(sheet: Sheet) -> str:
    """One line for each indicator and the total below, unrounded."""
    tracks = [_("Mandiri"), _("Verifikator"), _("Panel"), _("Terbit")]
    lines = [[_("Kode"), _("Indikator"), _("Nilai"), *tracks, _("Cara"), _("Sumber masukan"), _("Kurang")]]
    lines += [_row(row) for row in sheet.rows]
    totals = [_exact(sheet.track_total(track)) for track in TRACKS]
    lines.append(["", _("Jumlah"), _exact(sheet.total), *totals, _weight(sheet.edition), "", sheet.dinilai])
    return semicolon_csv(lines)


def _row(row: SheetRow) -> list[str]:
    sources = dict.fromkeys(given.source.text for given in row.inputs if given.source)
    return [
        row.indicator.kode,
        row.indicator.nama,
        _exact(row.value),
        *(_exact(row.tracks[track].value) for track in TRACKS),
        row.sentence or row.indicator.method,
        " | ".join(sources),
        "; ".join(row.kurang),
    ]


def _weight(edition: AwardEdition) -> str:
    return str(_("bobot resmi") if edition.is_official else _("bukan bobot resmi"))


def _exact(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}".replace(".", ",")
