"""How dates, money, numbers and percentages are written for people, in Indonesian or English."""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from flask import Flask
from flask_babel import format_date, format_decimal, get_locale
from flask_babel import gettext as _

from compliance.data.regions import NASIONAL, region_by_code
from compliance.queries.facts import OFFICE
from compliance.web.titles import readable_title
from compliance.web.vocabulary import in_words, state_label

UNKNOWN = "—"


def install(app: Flask) -> None:
    for name, write in FILTERS.items():
        app.jinja_env.filters[name] = write


def tanggal(value: date | datetime | None, precision: str = "hari") -> str:
    """15 November 2021; "November 2021" or "2021" where only that much is known."""
    if value is None:
        return UNKNOWN
    pattern = {"bulan": "MMMM yyyy", "tahun": "yyyy"}.get(precision, "d MMMM yyyy")
    return str(format_date(value, pattern))


def waktu(value: datetime | None) -> str:
    """15 November 2021 21.05 WIB; 21:05 in English."""
    if value is None:
        return UNKNOWN
    clock = "%H.%M" if _is_indonesian() else "%H:%M"
    there = value.astimezone(OFFICE)
    return f"{tanggal(there.date())} {there.strftime(clock)} {OFFICE.tzname(None)}"


def region_name(kode: str | None) -> str:
    """The region's name for its code: “Kabupaten Katingan”, “Provinsi Kalimantan Tengah”; an unknown code stays as it is."""
    region = region_by_code().get(kode or "")
    if region is None:
        return kode or ""
    if kode == NASIONAL:
        return str(_("seluruh Indonesia"))
    return str(_("Provinsi %(nama)s", nama=region.nama)) if region.jenis == "provinsi" else region.nama


def angka(value: int | Decimal | None, places: int | None = None) -> str:
    """1.234.567 or 51,51; `places` rounds half up for the eye only."""
    if value is None:
        return UNKNOWN
    if places is not None:
        value = Decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        return str(format_decimal(value, format="#,##0." + "0" * places if places else "#,##0"))
    return str(format_decimal(value, format="#,##0.##########"))


def rupiah(value: int | None) -> str:
    """Rp2.092.600.000"""
    return UNKNOWN if value is None else f"Rp{format_decimal(value, format='#,##0')}"


def persen(value: Decimal | None, places: int = 2) -> str:
    """26,04 %. Rounded half up, for the eye only; the record keeps what was printed or counted."""
    if value is None:
        return UNKNOWN
    written = angka(value, places)
    return f"{written} %" if _is_indonesian() else f"{written}%"


def seasli(value: Decimal) -> str:
    """A number with as many decimals as it was entered with: 10,00 stays 10,00."""
    exponent = value.as_tuple().exponent
    return angka(value, max(0, -exponent) if isinstance(exponent, int) else None)


def _is_indonesian() -> bool:
    return str(get_locale()) == "id"


FILTERS = {
    "tanggal": tanggal,
    "waktu": waktu,
    "angka": angka,
    "rupiah": rupiah,
    "persen": persen,
    "seasli": seasli,
    "kata": in_words,
    "tingkat": state_label,
    "judul": readable_title,
    "nama_wilayah": region_name,
}
