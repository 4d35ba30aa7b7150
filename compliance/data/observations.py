"""Published figures about regulations, budgets and coverage, each row one fact of one public source."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from compliance.data.files import csv_rows, day, known


@dataclass(frozen=True, slots=True)
class ObservationRow:
    """One fact as its source printed it. None: the source does not say. Money in whole rupiah."""

    id: str
    wilayah: str | None
    """Kemendagri code; None where the printed name is no region's exact name."""
    provinsi: str | None
    """Name of the province; None for the nation."""
    nama: str
    """The region's name as printed."""
    jenis: str
    """regulation, budget, coverage, target, agreement or count."""
    judul: str
    bentuk: str | None
    nomor: str | None
    tahun: int | None
    tangga: str | None
    """R0-R4, B0-B6 only where the source supports it."""
    tahap: str | None
    per_tanggal: str | None
    """The date as printed: '2021-11-15', '2025-03', '2022'."""
    ketelitian: str | None
    """hari, bulan or tahun; None where the source prints no date at all."""
    valid_from: datetime.date | None
    """First day for which the source speaks; None where no date is printed."""
    told_on: datetime.date | None
    """The day the source was published, where it is printed."""
    segmen: str | None
    orang: int | None
    penyebut_orang: int | None
    penyebut: str | None
    persen: Decimal | None
    """As printed, never clamped."""
    persen_teks: str | None
    """What the source wrote where it is no number: '>80', '19 dari 24'."""
    rupiah: int | None
    bulan: int | None
    dana: str | None
    pembayaran: str | None
    kelompok_konflik: str | None
    """Rows that contradict each other share it."""
    catatan: str | None
    sumber: str


@cache
def observations() -> tuple[ObservationRow, ...]:
    """All rows in the order of the file; none is dropped, also not those without region or date."""
    return tuple(observation_row(row) for row in csv_rows("observations.csv"))


def valid_from(printed: str, precision: str) -> datetime.date | None:
    """The day from which a printed date attests something (docs/decisions/0004-dates-of-claims.md).

    That day itself, a bare month's first day, a bare year's 31 December; None for an empty date.
    Raises ValueError where text and precision do not agree.
    """
    match precision:
        case "hari":
            return day(printed)
        case "bulan":
            return day(f"{printed}-01")
        case "tahun":
            return datetime.date(int(printed), 12, 31)
        case "" if not printed:
            return None
    raise ValueError(f"tanggal “{printed}” tidak cocok dengan ketelitian “{precision}”")


def observation_row(row: Mapping[str, str]) -> ObservationRow:
    """One line of the file (column -> text) as typed values. Raises ValueError where a cell can't be read."""
    texts = ("wilayah", "provinsi", "bentuk", "nomor", "tangga", "tahap", "per_tanggal", "ketelitian", "segmen")
    more = ("penyebut", "persen_teks", "dana", "pembayaran", "kelompok_konflik", "catatan")
    numbers = ("tahun", "orang", "penyebut_orang", "rupiah", "bulan")
    optional = {column: known(row[column], str) for column in texts + more}
    counted = {column: known(row[column], int) for column in numbers}
    return ObservationRow(
        id=row["id"],
        nama=row["nama"],
        jenis=row["jenis"],
        judul=row["judul"],
        sumber=row["sumber"],
        valid_from=valid_from(row["per_tanggal"], row["ketelitian"]),
        told_on=known(row["diberitakan"], day),
        persen=known(row["persen"], Decimal),
        **optional,  # type: ignore[arg-type]
        **counted,  # type: ignore[arg-type]
    )
