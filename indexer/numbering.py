"""The number and year of each title block of a document, and what in the rest of the document speaks against them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.lines import Line, capital_share
from indexer.numbers import YEAR_WORD, NumberReading, number_after_label, number_in
from indexer.titleblock import TitleBlock

_NUMBER_AND_YEAR = re.compile(
    r"(?<!\d)0*(\d{1,3})(?:[\W_]+(?:tahun|thn|th))?[\W_]+((?:19|20)\d\d)(?!\d)|(?<!\d)((?:19|20)\d\d)[\W_]+0*(\d{1,3})(?!\d)",
    re.IGNORECASE,
)
_SLASHED = re.compile(r"^(\d{1,4})/((?:19|20)\d\d)$")
_PLAIN = re.compile(r"^\d{1,4}(?:[-.]?[A-Z]|PRP\.?|DRT\.?|PNPS)?$", re.IGNORECASE)
_LETTER_BEHIND = re.compile(r"^\d+[A-Z]$", re.IGNORECASE)
# Kinds whose numbers count up from 1 each year, without codes.
NUMBERED_PLAINLY = ("UU", "Perppu", "PP", "Perpres", "Inpres", "Keppres", "Perda", "Pergub", "Perbup", "Perwali")
PLACE_REASONS = {
    "judul": "",
    "lampiran": "hanya terbaca dari lampiran",
    "penjelasan": "hanya terbaca dari penjelasan",
    "isi": "terbaca di dalam isi, bukan pada halaman judul",
}


def reading_of(block: TitleBlock) -> NumberReading:
    """Number and year of one title block; the numbers of a joint decision are joined by a semicolon."""
    if not block.number:
        return NumberReading(None, "kata NOMOR tidak ditemukan")
    if "BERSAMA" in block.kind.words or len(_labelled(block)) > 1:
        return _joint_number(block)
    reading = number_in(" ".join(number_after_label(line.text) for line in number_lines(block)))
    slashed = _SLASHED.match(reading.nomor or "") if block.kind.jenis in NUMBERED_PLAINLY else None
    if slashed:
        reason = "nomor dan tahun tercetak menjadi satu"
        return NumberReading(slashed.group(1), reason, int(slashed.group(2)))
    if block.kind.jenis in NUMBERED_PLAINLY and reading.nomor and not _PLAIN.match(reading.nomor):
        return replace(reading, nomor_reason=reading.nomor_reason or "nomor tidak lazim bagi jenis peraturan ini")
    return reading


def number_lines(block: TitleBlock) -> tuple[Line, ...]:
    """The lines that number and year stand on: the NOMOR line, with the next ones while one of them still lacks."""
    if "BERSAMA" in block.kind.words or len(_labelled(block)) > 1:
        return block.number
    text, used = "", 0
    for line in block.number[:3]:
        more = number_after_label(line.text)
        begins_year = bool(re.match(r"\W*TAHUN\b", more, re.IGNORECASE)) and not YEAR_WORD.search(text)
        lacks = not re.search(r"\d", text) or bool(re.search(r"TAHUN\W*$", text, re.IGNORECASE))
        if used and not begins_year and not (lacks and re.match(r"\W*\d", more)):
            break
        text, used = f"{text} {more}", used + 1
    return block.number[:used]


def _labelled(block: TitleBlock) -> list[Line]:
    return [line for line in block.number if number_after_label(line.text) != line.text]


def _joint_number(block: TitleBlock) -> NumberReading:
    readings = [number_in(number_after_label(line.text)) for line in block.number]
    numbers = [r.nomor for r in readings if r.nomor and re.search(r"\d", r.nomor)]
    years = {r.year for r in readings if r.year}
    reason = next((r.nomor_reason for r in readings if r.nomor and r.nomor_reason), "")
    if len(numbers) != len(_labelled(block)):
        reason = "banyaknya nomor tidak sama dengan banyaknya kata NOMOR"
    year_reason = "nomor-nomor memuat tahun yang berbeda" if len(years) > 1 else ""
    return NumberReading("; ".join(numbers) or None, reason, min(years) if years else None, year_reason)


def folded_number(nomor: str | None) -> str:
    """A number for comparing: no spaces, small letters, no leading zeros."""
    return re.sub(r"\s+", "", nomor or "").lower().lstrip("0")


def main_block(blocks: Sequence[TitleBlock]) -> TitleBlock | None:
    """The title page's block, with a number if any has one; else that of the penjelasan, an annex, the body."""
    for place in ("judul", "penjelasan", "lampiran", "isi"):
        here = [block for block in blocks if block.place == place]
        if here:
            return max(here, key=_claim)
    return None


def _claim(block: TitleBlock) -> tuple[bool, bool, bool]:
    """How well a block claims to be the title page's: a number, capitals, a preamble below; the first of equals wins."""
    return reading_of(block).nomor is not None, capital_share(block.head[0].text) >= 0.8, block.official is not None


class OtherNumbers:
    """The other title blocks of a document that name the same kind, with the numbers they carry."""

    def __init__(self, main: TitleBlock, blocks: Sequence[TitleBlock], second_reading: Sequence[TitleBlock]) -> None:
        kind = main.kind.jenis
        self.main = main
        self.alike = [block for block in blocks if block != main]
        self.rows = [(b, reading_of(b)) for b in blocks if b != main and b.kind.jenis == kind]
        self.second_reading = [reading_of(b) for b in second_reading if b.place == "judul" and b.kind.jenis == kind]

    def stand_in(self) -> tuple[TitleBlock, NumberReading] | None:
        """A number printed elsewhere under the same kind, for a heading that carries none."""
        return next(((b, r) for b, r in self.rows if r.nomor and b.place != "isi"), None)

    def against_number(self, nomor: str, *, by_machine: bool) -> str:
        """Why the number is doubtful: a second title page, or the other reading of the page, says something else.

        An annex is copied and forgotten too often to count, except where a machine read the heading.
        """
        counted = ("judul", "lampiran", "penjelasan") if by_machine else ("judul",)
        for block, found in self.rows:
            differs = found.nomor and not found.nomor_reason and folded_number(found.nomor) != folded_number(nomor)
            if differs and block.place in counted:
                return f"di halaman {block.head[0].page} tercetak nomor {found.nomor}"
        read = {folded_number(r.nomor) for r in self.second_reading if r.nomor}
        return "lapisan teks dan OCR membaca nomor berbeda" if read and folded_number(nomor) not in read else ""

    def another_act_reason(self) -> str:
        """Why the identity is doubtful: a later heading with its own number and preamble makes the file a collection."""
        other = next((block for block in self.alike if self._is_another(block)), None)
        return (
            f"di halaman {other.head[0].page} mulai peraturan lain; berkas ini memuat lebih dari satu" if other else ""
        )

    def _is_another(self, block: TitleBlock) -> bool:
        if block.place not in ("isi", "judul") or block.official is None or capital_share(block.head[0].text) < 0.8:
            return False
        found, own = reading_of(block), reading_of(self.main)
        if not found.nomor or found.nomor_reason or found.year is None:
            return False
        return (block.kind.jenis, folded_number(found.nomor), found.year, block.head[0].key) != (
            self.main.kind.jenis, folded_number(own.nomor), own.year, self.main.head[0].key,
        )  # fmt: skip

    def against_year(self, year: int) -> str:
        """Why the year is doubtful: a second title page carries another."""
        other = next((b for b, r in self.rows if b.place == "judul" and r.year and r.year != year), None)
        return f"di halaman {other.head[0].page} tercetak tahun lain" if other else ""

    def confirm_year(self, year: int) -> bool:
        return any(r.year == year for b, r in self.rows if b.place == "penjelasan")


def against_machine(nomor: str) -> str:
    """Why a number that a machine read off a picture is doubtful: a letter behind digits is often a misread digit."""
    if _LETTER_BEHIND.match(nomor):
        return f"huruf “{nomor[-1]}” di belakang angka mungkin angka yang salah baca"
    return ""


def against_file_name(reading: NumberReading, name: str) -> str:
    """Why a number is doubtful: the file's name carries numbers of that year, and not this one."""
    same_year = [number for number, year in _named(name) if year == reading.year]
    if not same_year or not (reading.nomor or "").isdigit() or folded_number(reading.nomor) in same_year:
        return ""
    return f"nama berkas menyebut nomor {same_year[0]}"


def against_file_year(reading: NumberReading, name: str) -> str:
    """Why a year is doubtful: the file's name carries that number, of other years only."""
    years = [year for number, year in _named(name) if number == folded_number(reading.nomor)]
    return f"nama berkas menyebut tahun {years[0]}" if years and reading.year not in years else ""


def _named(name: str) -> list[tuple[str, int]]:
    """The pairs of number and year that a file's name carries."""
    return [(n or m, int(y or z)) for n, y, z, m in _NUMBER_AND_YEAR.findall(name)]
