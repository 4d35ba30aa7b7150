"""Paritrana Award editions with their indicators, and the score sheets organisers have published."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from compliance.data.files import toml_tables

OTOMATIS, MANUAL = "otomatis", "manual"


@dataclass(frozen=True, slots=True)
class FormulaRow:
    """How an indicator is computed. `jenis` ratio: faktor x pembilang / penyebut of the coverage claim of `segmen`."""

    jenis: str
    faktor: Decimal
    pembilang: str
    penyebut: str
    segmen: str


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """What a candidate is asked to hand in; where not `is_sourced`, shown as 'belum diverifikasi'."""

    teks: str
    is_sourced: bool


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One thing that is scored. `maksimum` None: not published. `rumus` is set where `cara` is otomatis."""

    kode: str
    nama: str
    urutan: int
    maksimum: Decimal | None
    cara: str
    rumus: FormulaRow | None
    bukti: tuple[EvidenceRow, ...]
    catatan: str


@dataclass(frozen=True, slots=True)
class PublishedScoreRow:
    """A score as the organiser published it."""

    indikator: str
    nilai: Decimal
    catatan: str


@dataclass(frozen=True, slots=True)
class PublishedInputRow:
    """A count that goes into a computed indicator. `pengamatan` is the id of the observation that carries it."""

    indikator: str
    nama: str
    nilai: int
    pengamatan: str
    sumber: str


@dataclass(frozen=True, slots=True)
class SheetRow:
    """The published scores of one region. `total_terbit` is the printed sum, kept to compare with the computed one."""

    wilayah: str
    total_terbit: Decimal
    diberitakan: datetime.date
    sumber: str
    entries: tuple[PublishedScoreRow, ...]
    inputs: tuple[PublishedInputRow, ...]


@dataclass(frozen=True, slots=True)
class EditionRow:
    """One award edition. `label` is the year newspapers give it; the period is what is assessed, None where unknown."""

    kode: str
    nama: str
    label: str
    periode_mulai: datetime.date | None
    periode_akhir: datetime.date | None
    tingkat: str
    penyelenggara: str
    wilayah: str
    resmi: bool
    """False: bukan bobot resmi."""
    catatan: str
    sumber: str
    indicators: tuple[IndicatorRow, ...]
    sheets: tuple[SheetRow, ...]


@cache
def editions() -> tuple[EditionRow, ...]:
    """The shipped editions in the order of the file."""
    return tuple(_edition(table) for table in toml_tables("awards.toml")["edition"])


@cache
def edition_by_code() -> dict[str, EditionRow]:
    """Every shipped edition under its code."""
    return {edition.kode: edition for edition in editions()}


def _edition(table: dict[str, Any]) -> EditionRow:
    names = ("kode", "nama", "label", "tingkat", "penyelenggara", "wilayah", "resmi", "catatan", "sumber")
    fields: dict[str, Any] = {name: table[name] for name in names}
    return EditionRow(
        **fields,
        periode_mulai=table.get("periode_mulai"),
        periode_akhir=table.get("periode_akhir"),
        indicators=tuple(_indicator(order, entry) for order, entry in enumerate(table["indicators"], start=1)),
        sheets=tuple(_sheet(entry) for entry in table.get("sheets", ())),
    )


def _indicator(order: int, entry: dict[str, Any]) -> IndicatorRow:
    maximum = entry.get("maksimum")
    return IndicatorRow(
        kode=entry["kode"],
        nama=entry["nama"],
        urutan=order,
        maksimum=None if maximum is None else Decimal(maximum),
        cara=entry["cara"],
        rumus=_formula(entry["rumus"]) if "rumus" in entry else None,
        bukti=tuple(EvidenceRow(asked["teks"], asked["sourced"]) for asked in entry["bukti"]),
        catatan=entry["catatan"],
    )


def _formula(entry: dict[str, str]) -> FormulaRow:
    return FormulaRow(entry["jenis"], Decimal(entry["faktor"]), entry["pembilang"], entry["penyebut"], entry["segmen"])


def _sheet(entry: dict[str, Any]) -> SheetRow:
    return SheetRow(
        wilayah=entry["wilayah"],
        total_terbit=Decimal(entry["total_terbit"]),
        diberitakan=entry["diberitakan"],
        sumber=entry["sumber"],
        entries=tuple(
            PublishedScoreRow(score["indikator"], Decimal(score["nilai"]), score["catatan"])
            for score in entry["entries"]
        ),
        inputs=tuple(PublishedInputRow(**given) for given in entry["inputs"]),
    )
