"""What the nation's and a province's map say of each region, in words and as a class of ladder.css."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from compliance.boundaries import national_map, province_map
from compliance.queries.tracker_views import NationalOverview, ProvinceMatrix, ProvinceSummary, RegionRow
from compliance.web.maps import Area, DrawnMap, drawn_map
from compliance.web.vocabulary import state_label

QUARTERS = 4


def province_areas(matrix: ProvinceMatrix, arguments: Mapping[str, Any]) -> DrawnMap:
    """The province's kabupaten/kota by regulation rung, each leading to its page."""
    areas = {row.kode: _local_area(row, arguments) for row in matrix.rows}
    return drawn_map(province_map(matrix.region.kode), areas)


def _local_area(row: RegionRow, arguments: Mapping[str, Any]) -> Area:
    rung, label = row.regulation.rung, state_label(row.regulation.label)
    return Area(
        name=row.nama.removeprefix("Kabupaten "),
        href=url_for("wilayah.region", kode=row.kode, **arguments),
        level=rung.lower() if rung else None,
        words=f"{rung} {label}" if rung else label,
        label=rung or "",
    )


def national_areas(overview: NationalOverview, arguments: Mapping[str, Any]) -> DrawnMap:
    """The provinces by share of kabupaten/kota with a regulation in force, each leading to its page."""
    areas = {province.kode: _province_area(province, arguments) for province in overview.provinces}
    return drawn_map(national_map(), areas)


def _province_area(province: ProvinceSummary, arguments: Mapping[str, Any]) -> Area:
    level = share_level(province)
    ratio = _("%(n)s dari %(all)s", n=province.regulated, all=province.regions)
    known = _(
        "%(ratio)s kab/kota berperaturan, %(unknown)s belum diperiksa",
        ratio=ratio,
        unknown=province.regulation_unexamined,
    )
    return Area(
        name=province.nama,
        href=url_for("wilayah.province", kode=province.kode, **arguments),
        level=level,
        words=known if level else _("belum ada kab/kota yang diperiksa"),
        label=f"{province.regulated}/{province.regions}" if level else "",
    )


def share_level(province: ProvinceSummary) -> str | None:
    """s0 none in force, s1 to s4 by quarters of all kabupaten/kota; None where nobody looked at any of them.

    A share counts only what is known, so it is a lower bound; the map's words say how many are unexamined.
    """
    if province.regulation_unexamined == province.regions:
        return None
    if not province.regulated:
        return "s0"
    return f"s{min(QUARTERS, province.regulated * QUARTERS // province.regions + 1)}"
