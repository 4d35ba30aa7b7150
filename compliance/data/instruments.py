"""The catalogue of national instruments: their identity, how they relate, and what each asks of local governments."""

import datetime
from dataclasses import dataclass
from functools import cache
from typing import Any

from compliance.data.files import toml_tables

RELATION_KINDS = ("mengubah", "mencabut", "melaksanakan", "dasar hukum", "dilanjutkan")


@dataclass(frozen=True, slots=True)
class RelationRow:
    """A bond from one instrument to another: this instrument `jenis` (mengubah, ...) the one named in `ke`."""

    jenis: str
    ke: str | None
    """Code of the other one where the catalogue has it."""
    teks: str
    """The other one as officials write it: 'PP 44/2015'."""
    is_sourced: bool


@dataclass(frozen=True, slots=True)
class ObligationRow:
    """What an instrument asks, in our own words. Where not `is_sourced`, it is shown as 'belum diverifikasi'."""

    kode: str
    urutan: int
    subjek: str
    """kabupaten/kota or provinsi; what is asked of both stands as two rows."""
    teks: str
    pasal: str | None
    is_sourced: bool
    sumber: str | None
    """Where it was read; None where it was not."""


@dataclass(frozen=True, slots=True)
class InstrumentRow:
    """One national instrument. None: not known."""

    kode: str
    """Stable name in addresses: 'inpres-2-2021'."""
    jenis: str
    """UU, PP, Perpres, Inpres, Permen or SE."""
    bentuk: str | None
    """The form as printed where `jenis` is wider: 'Peraturan Menteri Dalam Negeri'."""
    singkat: str
    """As officials write it: 'Permendagri 27/2021'."""
    nomor: str
    tahun: int
    penerbit: str
    judul: str
    judul_sumber: str
    """naskah, kutipan (in another regulation), berita, pengetahuan (not checked) or uraian (our wording, no title)."""
    ditetapkan: datetime.date | None
    diundangkan: datetime.date | None
    gazette: str | None
    mulai_berlaku: datetime.date | None
    berlaku_sampai: datetime.date | None
    """Last day of validity; None where no end is set."""
    status: str | None
    """berlaku, diubah, dicabut or habis; None where nobody has checked."""
    topik: tuple[str, ...]
    unverified: tuple[str, ...]
    """Names of the fields above that were not read in any source."""
    catatan: str | None
    sumber: str
    relations: tuple[RelationRow, ...]
    obligations: tuple[ObligationRow, ...]


@cache
def instruments() -> tuple[InstrumentRow, ...]:
    """The catalogue in the order of its file: laws first, then what carries them out."""
    tables = toml_tables("instruments.toml")["instrument"]
    names = {table["kode"]: table["singkat"] for table in tables}
    return tuple(_instrument(table, names) for table in tables)


@cache
def instrument_by_code() -> dict[str, InstrumentRow]:
    """Every instrument under its code."""
    return {row.kode: row for row in instruments()}


def _instrument(table: dict[str, Any], names: dict[str, str]) -> InstrumentRow:
    required = ("kode", "jenis", "singkat", "nomor", "tahun", "penerbit", "judul", "judul_sumber", "sumber")
    optional = (
        "bentuk",
        "ditetapkan",
        "diundangkan",
        "gazette",
        "mulai_berlaku",
        "berlaku_sampai",
        "status",
        "catatan",
    )
    fields: dict[str, Any] = {name: table[name] for name in required} | {name: table.get(name) for name in optional}
    return InstrumentRow(
        **fields,
        topik=tuple(table.get("topik", ())),
        unverified=tuple(table.get("unverified", ())),
        relations=tuple(_relation(entry, names) for entry in table.get("relations", ())),
        obligations=_obligations(table),
    )


def _relation(entry: dict[str, Any], names: dict[str, str]) -> RelationRow:
    """`ke` in the file is a code of the catalogue, or the instrument's usual name where the catalogue lacks it."""
    target = entry["ke"]
    return RelationRow(entry["jenis"], target if target in names else None, names.get(target, target), entry["sourced"])


def _obligations(table: dict[str, Any]) -> tuple[ObligationRow, ...]:
    asked = [(entry, subject) for entry in table.get("obligations", ()) for subject in entry["subjek"]]
    return tuple(_obligation(table["kode"], order, *pair) for order, pair in enumerate(asked, start=1))


def _obligation(instrument: str, order: int, entry: dict[str, Any], subject: str) -> ObligationRow:
    return ObligationRow(
        kode=f"{instrument}/{entry['kode']}" + ("/provinsi" if subject == "provinsi" else ""),
        urutan=order,
        subjek=subject,
        teks=entry["teks"],
        pasal=entry.get("pasal"),
        is_sourced=entry["sourced"],
        sumber=entry.get("sumber"),
    )
