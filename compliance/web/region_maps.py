"""What the nation's and a province's map say of each region, in words and as a class of ladder.css."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from compliance.boundaries import national_map, province_map
from compliance.queries.tracker_views import NationalOverview, ProvinceMatrix, ProvinceSummary, RegionRow
from compliance.web.maps import Area, DrawnMap, Frame, drawn_map
from compliance.web.vocabulary import state_label

QUARTERS = 4
ON_A_PHONE = Frame("phone", 358, 600, 10.5)
PROVINCE_FRAMES = (Frame("desk", 540, 352, 11.5), ON_A_PHONE)
NATIONAL_FRAMES = (Frame("desk", 1232, 352, 12.5), ON_A_PHONE)
"""The height on a desk is that of ladder.css."""
SHORT_NAMES = {
    "12": "Sumut", "13": "Sumbar", "16": "Sumsel", "19": "Babel", "21": "Kepri", "31": "DKI", "32": "Jabar",
    "33": "Jateng", "34": "DIY", "35": "Jatim", "52": "NTB", "53": "NTT", "61": "Kalbar", "62": "Kalteng",
    "63": "Kalsel", "64": "Kaltim", "65": "Kaltara", "71": "Sulut", "72": "Sulteng", "73": "Sulsel", "74": "Sultra",
    "76": "Sulbar", "82": "Malut",
}  # fmt: skip
"""As newspapers and officials shorten them; the link on the map bears the full name."""


def province_areas(matrix: ProvinceMatrix, arguments: Mapping[str, Any]) -> DrawnMap:
    """The province's kabupaten/kota by regulation rung, each leading to its page."""
    areas = {row.kode: _local_area(row, arguments) for row in matrix.rows}
    return drawn_map(province_map(matrix.region.kode), areas, PROVINCE_FRAMES)


def _local_area(row: RegionRow, arguments: Mapping[str, Any]) -> Area:
    rung, label = row.regulation.rung, state_label(row.regulation.label)
    return Area(
        name=row.nama.removeprefix("Kabupaten "),
        short=row.nama.removeprefix("Kabupaten ").replace("Kota Administrasi ", "").removeprefix("Administrasi "),
        href=url_for("wilayah.region", kode=row.kode, **arguments),
        level=rung.lower() if rung else None,
        words=f"{rung} {label}" if rung else label,
        label=rung or "",
    )


def national_areas(overview: NationalOverview, arguments: Mapping[str, Any]) -> DrawnMap:
    """The provinces by share of kabupaten/kota with a regulation in force, each leading to its page."""
    areas = {province.kode: _province_area(province, arguments) for province in overview.provinces}
    return drawn_map(national_map(), areas, NATIONAL_FRAMES)


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
        short=SHORT_NAMES.get(province.kode, ""),
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
