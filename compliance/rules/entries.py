"""What a person enters about a region, and what may be wrong with it, by the name of the form's field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from compliance.rules.ladders import BUDGET_RUNGS, REGULATION_RUNGS, STAGES
from compliance.rules.wording import angka

PRECISIONS = ("hari", "bulan", "tahun")
YEARS = range(1945, 2101)
ENTERED_BUDGET_RUNGS = BUDGET_RUNGS[:-1]
"""B6 is never entered: it follows from twelve paid months."""
MOST_PERSONS = 1_000_000_000
MOST_RUPIAH = 10**15
MOST_PERCENT = 1_000_000
LONGEST_TEXT = 5_000
LONGEST = {"bentuk": 80, "nomor": 80, "segmen": 120, "dana": 120, "pembayar": 120}
"""Letters that the columns behind these fields hold; other texts may have LONGEST_TEXT."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Since when, and who says so: a held document with its page, or an address or named report in `source`.

    `valid_from` is the first day the source speaks for, `precision` how precisely it was printed (hari, bulan, tahun).
    """

    valid_from: date | None
    precision: str = "hari"
    source: str = ""
    document_id: int | None = None
    page: int | None = None
    note: str = ""
    told_on: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class StageEntry:
    """A regulation at a rung; `stage` belongs to a draft (R2)."""

    rung: str
    stage: str | None = None
    title: str = ""
    bentuk: str | None = None
    nomor: str | None = None
    tahun: int | None = None
    segment: str | None = None


@dataclass(frozen=True, slots=True)
class BudgetEntry:
    """A budget line at a rung in a fiscal year; rupiah are whole, months 1-12."""

    rung: str
    year: int | None
    segment: str | None = None
    amount_rupiah: int | None = None
    persons: int | None = None
    months: int | None = None
    fund: str | None = None
    payer: str | None = None
    agency: str | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class CoverageEntry:
    """Participants of eligible workers, or a printed percent, or both; above 100 too."""

    segment: str
    participants: int | None = None
    eligible: int | None = None
    denominator: str | None = None
    percent: Decimal | None = None
    percent_text: str | None = None
    title: str = ""


def wrong_fields(entry: StageEntry | BudgetEntry | CoverageEntry, evidence: Evidence) -> dict[str, str]:
    """Each field that can't be recorded, with the sentence to show beside it; empty where all is well."""
    match entry:
        case StageEntry():
            found = _wrong_stage(entry)
        case BudgetEntry():
            found = _wrong_budget(entry)
        case CoverageEntry():
            found = _wrong_coverage(entry)
    return dict([*found, *_wrong_evidence(evidence), *_too_much(entry, evidence)])


def _too_much(entry: StageEntry | BudgetEntry | CoverageEntry, evidence: Evidence) -> Iterator[tuple[str, str]]:
    """Texts longer and numbers larger than anything true; a slip of the finger, and more than a database takes."""
    for name, text in _texts(entry, evidence):
        longest = LONGEST.get(name, LONGEST_TEXT)
        if text is not None and len(text) > longest:
            yield name, f"Paling panjang {angka(longest)} huruf."
    for name, number, most in _numbers(entry, evidence):
        if number is not None and number > most:
            yield name, f"Paling banyak {angka(most)}; periksa angkanya."


def _texts(entry: StageEntry | BudgetEntry | CoverageEntry, evidence: Evidence) -> Iterator[tuple[str, str | None]]:
    yield from (("judul", entry.title), ("segmen", entry.segment))
    yield from (("sumber", evidence.source), ("catatan", evidence.note))
    match entry:
        case StageEntry():
            yield from (("bentuk", entry.bentuk), ("nomor", entry.nomor))
        case BudgetEntry():
            yield from (("dana", entry.fund), ("pembayar", entry.payer), ("opd", entry.agency))
        case CoverageEntry():
            yield from (("penyebut", entry.denominator), ("persen", entry.percent_text))


def _numbers(
    entry: StageEntry | BudgetEntry | CoverageEntry, evidence: Evidence
) -> Iterator[tuple[str, int | Decimal | None, int]]:
    """Fields with what was typed and the most there may be."""
    yield from (("dokumen", evidence.document_id, MOST_PERSONS), ("halaman", evidence.page, MOST_PERSONS))
    match entry:
        case BudgetEntry():
            yield from (("rupiah", entry.amount_rupiah, MOST_RUPIAH), ("orang", entry.persons, MOST_PERSONS))
        case CoverageEntry():
            yield from (("peserta", entry.participants, MOST_PERSONS), ("penyebut_orang", entry.eligible, MOST_PERSONS))
            yield "persen", entry.percent, MOST_PERCENT


def _wrong_stage(entry: StageEntry) -> Iterator[tuple[str, str]]:
    if entry.rung not in REGULATION_RUNGS:
        yield "tangga", "Pilih R0 sampai R4."
    if entry.stage is not None and entry.stage not in STAGES:
        yield "tahap", "Pilih tahap dari daftar."
    elif entry.stage is not None and entry.rung != "R2":
        yield "tahap", "Tahap hanya untuk rancangan (R2)."
    if entry.rung in ("R3", "R4") and entry.bentuk is None:
        yield "bentuk", "Sebut bentuk peraturan yang berlaku."
    if entry.nomor is not None and not any(letter.isalnum() for letter in entry.nomor):
        yield "nomor", "Nomor tidak memuat angka."
    if entry.nomor is not None and entry.tahun is None:
        yield "tahun", "Nomor perlu tahunnya."
    if entry.tahun is not None and entry.tahun not in YEARS:
        yield "tahun", "Tulis tahun empat angka."


def _wrong_budget(entry: BudgetEntry) -> Iterator[tuple[str, str]]:
    if entry.rung not in ENTERED_BUDGET_RUNGS:
        yield "tangga", "Pilih B0 sampai B5; B6 dihitung dari bulan yang dibayar."
    if entry.year is None or entry.year not in YEARS:
        yield "tahun", "Tulis tahun anggaran empat angka."
    if entry.months is not None and not 1 <= entry.months <= 12:
        yield "bulan", "Bulan antara 1 dan 12."
    counts = (("rupiah", entry.amount_rupiah), ("orang", entry.persons))
    yield from ((name, "Tidak boleh kurang dari nol.") for name, value in counts if value is not None and value < 0)


def _wrong_coverage(entry: CoverageEntry) -> Iterator[tuple[str, str]]:
    if not entry.segment.strip():
        yield "segmen", "Sebut segmennya; “total” untuk semua pekerja."
    if entry.participants is None and entry.percent is None and not entry.percent_text:
        yield "peserta", "Isi jumlah peserta atau persennya."
    counts = (("peserta", entry.participants), ("persen", entry.percent))
    yield from ((name, "Tidak boleh kurang dari nol.") for name, value in counts if value is not None and value < 0)
    if entry.eligible is not None and entry.eligible <= 0:
        yield "penyebut_orang", "Jumlah pekerja harus lebih dari nol."
    if entry.eligible is not None and not entry.denominator:
        yield "penyebut", "Sebut pekerja yang mana: penduduk bekerja, angkatan kerja, potensi BPJS…"


def _wrong_evidence(evidence: Evidence) -> Iterator[tuple[str, str]]:
    if evidence.valid_from is None or evidence.precision not in PRECISIONS:
        yield "tanggal", "Tulis sejak kapan, setepat sumbernya."
    elif evidence.valid_to is not None and evidence.valid_to < evidence.valid_from:
        yield "sampai", "Tidak boleh sebelum tanggal mulainya."
    if evidence.document_id is None and not evidence.source.strip():
        yield "sumber", "Sebut dokumen dan halamannya, atau alamat atau nama laporan."
    if evidence.document_id is not None and evidence.page is None:
        yield "halaman", "Sebut halaman yang membuktikannya."
    if evidence.page is not None and (evidence.document_id is None or evidence.page < 1):
        yield "halaman", "Halaman dihitung dari 1, dan milik dokumen yang disebut."
