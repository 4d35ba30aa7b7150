"""Pages -> what the regulation is: kind, number, year, region, issuer, title, dates, each with the place it was read.

The rule of the module: a value guessed, put right or contradicted is marked doubtful; what can't be read is None.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Generic, TypeVar

from indexer.issuer import Located, form_of, issuer_of, region_of
from indexer.lines import Box, Line, box_of, confidence_of, lines_of
from indexer.numbers import YEAR_WORD, NumberReading, number_after_label, number_in
from indexer.pages import Page
from indexer.regions import RegionNames
from indexer.signing import Dated, gazette_of, letter_date, promulgated_on, signed_on
from indexer.titleblock import TitleBlock, title_blocks

T = TypeVar("T")

LOWEST_CONFIDENCE = 85.0
SAMPLE_KEYWORD = "PATUH-CONTOH"
SAMPLE_LINE = "CONTOH — BUKAN PERATURAN"


@dataclass(frozen=True, slots=True)
class Field(Generic[T]):
    """One thing read; `value` None means unknown. `box` is in points on page `page`, origin top left."""

    value: T | None
    doubtful: bool = False
    reason: str = ""
    page: int | None = None
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """`wilayah` is the dotted code, None and not doubtful for a national regulation. `gazette` is like "BD 2019/6"."""

    jenis: Field[str]
    bentuk: Field[str]
    nomor: Field[str]
    tahun: Field[int]
    wilayah: Field[str]
    penerbit: Field[str]
    judul: Field[str]
    ditetapkan: Field[date]
    diundangkan: Field[date]
    gazette: Field[str]

    @property
    def doubtful(self) -> tuple[str, ...]:
        """The names of the fields that a person has to look at."""
        return tuple(f.name for f in fields(self) if getattr(self, f.name).doubtful)


def identify(pages: Sequence[Page], regions: RegionNames, hint: str = "") -> Identity:
    """The identity of the regulation on these pages; `hint` (a file name) can only raise doubt, never give a value."""
    return _Reading(pages, regions, hint).identity()


def is_sample(pages: Sequence[Page], metadata: Mapping[str, str]) -> bool:
    """True for the samples the project makes itself: by a keyword of the PDF, or by a line that every page carries."""
    keywords = " ".join(value for name, value in metadata.items() if name.lstrip("/").lower() == "keywords")
    if SAMPLE_KEYWORD in keywords:
        return True
    return bool(pages) and all(any(line.strip() == SAMPLE_LINE for line in p.text.split("\n")) for p in pages)


class _Reading:
    """One pass over one document; every method gives a Field or what it needs."""

    def __init__(self, pages: Sequence[Page], regions: RegionNames, hint: str) -> None:
        self.pages = {page.number: page for page in pages}
        self.regions = regions
        self.hint = hint
        self.lines = lines_of(pages)
        self.blocks = title_blocks(self.lines)
        self.other_blocks = title_blocks(
            lines_of([replace(p, text=p.other_text, words=()) for p in pages if p.other_text])
        )
        self.main = _main_block(self.blocks)
        self.signed = signed_on(self.lines)
        self.promulgated = promulgated_on(self.lines)

    def identity(self) -> Identity:
        block = self.main
        if block is None:
            return self._unknown()
        if self.signed is None and block.kind.jenis in ("SE", "Instruksi", "Lainnya", "PerjanjianKerjaSama"):
            self.signed = letter_date(self.lines)
        located = region_of(block, self.regions)
        nomor, tahun = self._number_and_year(block)
        return Identity(
            jenis=self._jenis(block),
            bentuk=self._from_lines(form_of(block), block.head[:1]),
            nomor=nomor,
            tahun=tahun,
            wilayah=self._wilayah(block, located),
            penerbit=self._from_lines(issuer_of(block, located), (block.official or block.head[0],)),
            judul=self._judul(block),
            ditetapkan=self._day(self.signed),
            diundangkan=self._day(self.promulgated),
            gazette=self._gazette(),
        )

    def _unknown(self) -> Identity:
        none = "halaman judul peraturan tidak ditemukan pada teks"
        return Identity(
            jenis=Field(None, True, none),
            bentuk=Field(None),
            nomor=Field(None, True, none),
            tahun=Field(None, True, none),
            wilayah=Field(None, True, none),
            penerbit=Field(None),
            judul=Field(None, True, none),
            ditetapkan=self._day(self.signed),
            diundangkan=self._day(self.promulgated),
            gazette=self._gazette(),
        )

    def _from_lines(self, value: T | None, lines: Sequence[Line], reason: str = "") -> Field[T]:
        """A field with the place of its lines; doubtful where there is a reason."""
        if not lines:
            return Field(value, bool(reason), reason)
        page = self.pages[lines[0].page]
        same = [line for line in lines if line.page == page.number]
        box = box_of(page, same[0].start, same[-1].end)
        return Field(value, bool(reason), reason, page.number, box)

    def _jenis(self, block: TitleBlock) -> Field[str]:
        reason = _place_reason(block) if block.place == "isi" else ""
        if block.kind.words == "RANCANGAN":
            reason = "naskah ini tertulis sebagai rancangan"
        return self._from_lines(block.kind.jenis, block.head[:1], reason)

    def _wilayah(self, block: TitleBlock, located: Located) -> Field[str]:
        lines = (located.line,) if located.line else block.head[:1]
        reason = located.reason or (_place_reason(block) if block.place == "isi" else "")
        return self._from_lines(located.reading.kode if located.reading else None, lines, reason)

    def _judul(self, block: TitleBlock) -> Field[str]:
        if not block.title:
            return self._from_lines(None, block.head[-1:], "judul tidak terbaca")
        text = " ".join(line.text for line in block.title)
        text = re.sub(r"^\W*TENTANG\b\W*", "", re.sub(r"- (?=[A-Z])", "-", re.sub(r"\s+", " ", text)))
        text = re.sub(r"(?<=[A-Z])!|!(?=[A-Z])", "I", text).strip(" .;:,").upper()
        return self._from_lines(
            text or None, block.title, self._low_confidence(block.title, 60.0) or _place_reason(block)
        )

    def _day(self, dated: Dated | None) -> Field[date]:
        if dated is None:
            return Field(None)
        reading = dated.reading
        if reading is None or reading.day is None:
            return self._from_lines(None, dated.lines, "tanggal tidak terbaca")
        reason = "" if reading.exact else "tanggal dibetulkan dari huruf yang terbaca"
        return self._from_lines(reading.day, dated.lines, reason or self._low_confidence(dated.lines[-1:]))

    def _gazette(self) -> Field[str]:
        gazette = gazette_of(self.lines)
        if gazette is None:
            return Field(None)
        return self._from_lines(gazette.text, (gazette.line,), self._low_confidence((gazette.line,)))

    def _low_confidence(self, lines: Sequence[Line], least: float = LOWEST_CONFIDENCE) -> str:
        lowest = [confidence_of(self.pages[line.page], line.start, line.end) for line in lines]
        known = [c for c in lowest if c is not None]
        return f"OCR kurang yakin ({min(known):.0f} dari 100)" if known and min(known) < least else ""

    def _number_and_year(self, block: TitleBlock) -> tuple[Field[str], Field[int]]:
        reading = reading_of(block)
        elsewhere = [(b, reading_of(b)) for b in self.blocks if b is not block and b.kind.jenis == block.kind.jenis]
        if reading.nomor is None:
            borrowed = next(((b, r) for b, r in elsewhere if r.nomor and b.place != "isi"), None)
            if borrowed:
                return self._borrowed_number(block, reading, borrowed)
        nomor = self._from_lines(
            reading.nomor, block.number[:1] or block.head[:1], self._number_reason(block, reading, elsewhere)
        )
        return nomor, self._year(block, reading, elsewhere)

    def _borrowed_number(
        self, block: TitleBlock, reading: NumberReading, borrowed: tuple[TitleBlock, NumberReading]
    ) -> tuple[Field[str], Field[int]]:
        """Number (and year where the heading has none) from another place of the file, always doubtful."""
        other, found = borrowed
        where = {"lampiran": "lampiran", "penjelasan": "penjelasan"}.get(other.place, "tempat lain")
        reason = f"nomor kosong pada judul; diambil dari {where}"
        year = self._year(block, reading, [borrowed])
        if reading.year is None and found.year:
            year = self._from_lines(found.year, other.number, f"tahun diambil dari {where}")
        return self._from_lines(found.nomor, other.number, reason), year

    def _number_reason(
        self, block: TitleBlock, reading: NumberReading, elsewhere: Sequence[tuple[TitleBlock, NumberReading]]
    ) -> str:
        if reading.nomor is None:
            return reading.nomor_reason or "nomor tidak terbaca"
        if reading.nomor_reason or block.place != "judul":
            return reading.nomor_reason or _place_reason(block)
        return (
            self._unlike_elsewhere(block, reading, elsewhere)
            or self._number_confidence(block, year=False)
            or self._hinted(reading)
        )

    def _unlike_elsewhere(
        self, block: TitleBlock, reading: NumberReading, elsewhere: Sequence[tuple[TitleBlock, NumberReading]]
    ) -> str:
        """A second title page with another number always raises doubt; an annex only where a machine read the page."""
        machine = self._read_by_machine(block)
        for other, found in elsewhere:
            if found.nomor is None or found.nomor_reason or folded_number(found.nomor) == folded_number(reading.nomor):
                continue
            if other.place == "judul" or (machine and other.place in ("lampiran", "penjelasan")):
                return f"di halaman {other.head[0].page} tercetak nomor {found.nomor}"
        for other in self.other_blocks:
            found = reading_of(other)
            if other.kind.jenis == block.kind.jenis and other.place == "judul" and found.nomor:
                return (
                    ""
                    if folded_number(found.nomor) == folded_number(reading.nomor)
                    else "lapisan teks dan OCR membaca nomor berbeda"
                )
        return ""

    def _read_by_machine(self, block: TitleBlock) -> bool:
        page = self.pages[block.head[0].page]
        return page.source == "ocr" or "OCR" in page.reason

    def _number_confidence(self, block: TitleBlock, *, year: bool) -> str:
        """Low confidence of the words of the number, or of those after TAHUN."""
        if not block.number:
            return ""
        line = block.number[0]
        word = YEAR_WORD.search(line.text)
        cut = line.start + (word.start() if word else len(line.text))
        begin = line.start + (len(line.text) - len(number_after_label(line.text)))
        span = (cut, line.end) if year else (begin, cut)
        if span[0] >= span[1]:
            return ""
        confidence = confidence_of(self.pages[line.page], *span)
        return (
            f"OCR kurang yakin ({confidence:.0f} dari 100)"
            if confidence is not None and confidence < LOWEST_CONFIDENCE
            else ""
        )

    def _hinted(self, reading: NumberReading) -> str:
        """A file name that names another number raises doubt, but only where a machine read the page."""
        named = re.search(
            r"(?:nomor|no|nr)?[\W_]*0*(\d{1,3})[\W_]+(?:tahun|thn|th)?[\W_]*((?:19|20)\d\d)", self.hint, re.IGNORECASE
        )
        if (
            self.main is None
            or not named
            or not self._read_by_machine(self.main)
            or not (reading.nomor or "").isdigit()
        ):
            return ""
        differs = folded_number(reading.nomor) != folded_number(named.group(1))
        return f"nama berkas menyebut nomor {named.group(1)}" if differs else ""

    def _year(
        self, block: TitleBlock, reading: NumberReading, elsewhere: Sequence[tuple[TitleBlock, NumberReading]]
    ) -> Field[int]:
        signed = self.signed.reading if self.signed else None
        signed_year = signed.day.year if signed and signed.day else None
        lines = block.number[:1] or block.head[:1]
        if reading.year is None:
            return self._year_from_date(reading, signed_year, exact=bool(signed and signed.exact))
        confirmed = signed_year == reading.year or any(
            r.year == reading.year for b, r in elsewhere if b.place == "penjelasan"
        )
        if reading.year_reason and not confirmed:
            return self._from_lines(reading.year, lines, reading.year_reason)
        if signed_year and signed and signed.exact and not confirmed:
            return self._from_lines(reading.year, lines, f"tanggal penetapan tercetak tahun {signed_year}")
        reason = "" if confirmed else self._number_confidence(block, year=True)
        if block.place != "judul":
            reason = _place_reason(block)
        return self._from_lines(reading.year, lines, reason or self._unlike_year(elsewhere, reading.year))

    def _unlike_year(self, elsewhere: Sequence[tuple[TitleBlock, NumberReading]], year: int) -> str:
        other = next((b for b, r in elsewhere if b.place == "judul" and r.year and r.year != year), None)
        return f"di halaman {other.head[0].page} tercetak tahun lain" if other else ""

    def _year_from_date(self, reading: NumberReading, signed_year: int | None, *, exact: bool) -> Field[int]:
        lines = self.signed.lines if self.signed else ()
        if signed_year is None:
            return self._from_lines(None, (), reading.year_reason or "tahun tidak terbaca")
        if reading.year_blank or not exact or reading.nomor is None:
            return self._from_lines(
                signed_year, lines, "tahun tidak tercetak pada judul; diambil dari tanggal penetapan"
            )
        return self._from_lines(signed_year, lines, self._low_confidence(lines[-1:]))


def reading_of(block: TitleBlock) -> NumberReading:
    """Number and year of one title block; the numbers of a joint decision are joined by a semicolon."""
    if not block.number:
        return NumberReading(None, "kata NOMOR tidak ditemukan")
    texts = [number_after_label(line.text) for line in block.number]
    if "BERSAMA" in block.kind.words or len(_labelled(block)) > 1:
        return _joint_number(block)
    return number_in(_completed(texts))


def _completed(texts: Sequence[str]) -> str:
    """The first line, with the next ones while number or year still lack."""
    text = texts[0]
    for more in texts[1:3]:
        lacks = (
            not re.search(r"\d", text)
            or (not YEAR_WORD.search(text) and re.match(r"\s*TAHUN\b", more))
            or re.search(r"TAHUN\W*$", text)
        )
        if not lacks or not re.match(r"\W*(?:\d|TAHUN)", more):
            break
        text = f"{text} {more}"
    return text


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


def _place_reason(block: TitleBlock) -> str:
    return {
        "judul": "",
        "lampiran": "hanya terbaca dari lampiran",
        "penjelasan": "hanya terbaca dari penjelasan",
        "isi": "terbaca di dalam isi, bukan pada halaman judul",
    }[block.place]


def _main_block(blocks: Sequence[TitleBlock]) -> TitleBlock | None:
    """The title page's block, with a number if any has one; else that of the penjelasan, an annex, the body."""
    for place in ("judul", "penjelasan", "lampiran", "isi"):
        here = [b for b in blocks if b.place == place]
        if here:
            return next((b for b in here if reading_of(b).nomor), here[0])
    return None
