"""The three forms for what a person learned: what was typed, what is wrong with it, and the entry it makes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from compliance.errors import Invalid
from compliance.rules.entries import BudgetEntry, CoverageEntry, Evidence, StageEntry, wrong_fields
from compliance.web.typed import dated, decimal_number, text_or_none, whole_number

T = TypeVar("T")
Entry = StageEntry | BudgetEntry | CoverageEntry


@dataclass(slots=True)
class Typed:
    """A form's fields read one by one; `wrong` collects the sentence for each that can't be read."""

    form: Mapping[str, str]
    wrong: dict[str, str] = field(default_factory=dict)

    def read(self, name: str, reader: Callable[[str], T | None]) -> T | None:
        try:
            return reader(self.form.get(name, ""))
        except ValueError as error:
            self.wrong[name] = str(error)
            return None

    def number(self, name: str) -> int | None:
        return self.read(name, whole_number)

    def text(self, name: str) -> str | None:
        return text_or_none(self.form.get(name, ""))


def stage_entry(typed: Typed) -> StageEntry:
    return StageEntry(
        rung=typed.text("tangga") or "",
        stage=typed.text("tahap"),
        title=typed.text("judul") or "",
        bentuk=typed.text("bentuk"),
        nomor=typed.text("nomor"),
        tahun=typed.number("tahun"),
    )


def budget_entry(typed: Typed) -> BudgetEntry:
    return BudgetEntry(
        rung=typed.text("tangga") or "",
        year=typed.number("tahun"),
        segment=typed.text("segmen"),
        amount_rupiah=typed.number("rupiah"),
        persons=typed.number("orang"),
        months=typed.number("bulan"),
        fund=typed.text("dana"),
        agency=typed.text("opd"),
    )


def coverage_entry(typed: Typed) -> CoverageEntry:
    return CoverageEntry(
        segment=typed.text("segmen") or "",
        participants=typed.number("peserta"),
        eligible=typed.number("penyebut_orang"),
        denominator=typed.text("penyebut"),
        percent=typed.read("persen", decimal_number),
    )


def evidence(typed: Typed) -> Evidence:
    """Since when and who says so. A month counts from its first day, a year from 31 December."""
    attested: tuple[date, str] | None = typed.read("tanggal", dated)
    return Evidence(
        valid_from=attested[0] if attested else None,
        precision=attested[1] if attested else "hari",
        source=typed.text("sumber") or "",
        document_id=typed.number("dokumen"),
        page=typed.number("halaman"),
        note=typed.text("catatan") or "",
    )


def check(typed: Typed, entry: Entry, proof: Evidence) -> None:
    """Raises Invalid with every field that can't be read or recorded; what can't be read is said first."""
    if typed.wrong:
        wrong = wrong_fields(entry, proof) | typed.wrong
        raise Invalid("Catatan belum bisa disimpan; periksa isian yang ditandai.", wrong)
