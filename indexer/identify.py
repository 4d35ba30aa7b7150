"""Pages -> what the regulation is: kind, number, year, region, issuer, title, dates, each with the place it was read.

The rule of the module: a value guessed, put right or contradicted is marked doubtful; what can't be read is None.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from typing import Generic, TypeVar

from indexer.dates import DateReading
from indexer.issuer import Located, form_of, issuer_of, region_of
from indexer.lines import Box, Line, around, box_of, confidence_of, lines_from_the_top, lines_of
from indexer.numbering import (
    PLACE_REASONS,
    OtherNumbers,
    against_file_name,
    against_file_year,
    against_machine,
    main_block,
    number_lines,
    reading_of,
)
from indexer.numbers import YEAR_WORD, NumberReading, number_after_label
from indexer.pages import Page
from indexer.regions import RegionNames
from indexer.short_forms import short_form
from indexer.signing import Dated, gazette_of, heading_date, letter_date, promulgated_on, signed_on
from indexer.titleblock import TitleBlock, title_blocks
from indexer.titletext import title_text

T = TypeVar("T")

LOWEST_CONFIDENCE = 88.0
LOWEST_TITLE_CONFIDENCE = 60.0
LONGEST_TO_PROMULGATE = timedelta(days=730)
# Kinds that carry their date elsewhere than in a closing formula.
UNDATED_BELOW = ("SE", "Instruksi", "PerjanjianKerjaSama", "Lainnya")
# Shares of the paper's width and height.
LESS_BEFORE, ROOM_BEHIND, ROOM_ABOVE = 0.04, 0.3, 0.22
SAMPLE_KEYWORD = "PATUH-CONTOH"
SAMPLE_LINE = "CONTOH — BUKAN PERATURAN"


@dataclass(frozen=True, slots=True)
class Field(Generic[T]):
    """One thing read; `value` None means unknown. `box` is in points on page `page`, origin top left.

    `confidence` is OCR's for the words it was read from (0-100, their least); None for a text layer.
    """

    value: T | None
    doubtful: bool = False
    reason: str = ""
    page: int | None = None
    box: Box | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """`wilayah` is the dotted code, None and not doubtful for a national regulation. `gazette` is like "BD 2019/6".

    `singkatan` is the short form a JDIH files it under ("PERBUP"); it follows from kind, form and issuer and is never doubtful itself.
    """

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
    singkatan: Field[str]

    @property
    def doubtful(self) -> tuple[str, ...]:
        """The names of the fields that a person has to look at."""
        return tuple(f.name for f in fields(self) if getattr(self, f.name).doubtful)


def identify(pages: Sequence[Page], regions: RegionNames, hint: str = "") -> Identity:
    """The identity of the regulation on these pages; `hint` (a file name) can only raise doubt, never give a value."""
    return _Reading(pages, regions, hint).identity()


def main_title_block(pages: Sequence[Page]) -> TitleBlock | None:
    """The lines that name the regulation, as `identify` reads them; None where none do."""
    return main_block(_lines_and_blocks(pages)[1])


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
        self.lines, self.blocks = _lines_and_blocks(pages)
        self.main = main_block(self.blocks)
        self.signed = signed_on(self.lines)
        self.promulgated = promulgated_on(self.lines)
        second = [replace(p, text=p.other_text, words=()) for p in pages if p.other_text]
        self.others = OtherNumbers(self.main, self.blocks, title_blocks(lines_of(second))) if self.main else None

    def identity(self) -> Identity:
        block = self.main
        if block is None:
            return self._unknown()
        self._date_otherwise(block)
        located = region_of(block, self.regions)
        nomor, tahun = self._number_and_year(block)
        ditetapkan, diundangkan = self._days()
        bentuk, penerbit = form_of(block), issuer_of(block, located)
        short = short_form(block.kind.jenis, bentuk, penerbit)
        return Identity(
            jenis=self._jenis(block),
            bentuk=self._from_lines(bentuk, block.head[:1] if bentuk else ()),
            nomor=nomor,
            tahun=tahun,
            wilayah=self._wilayah(block, located),
            penerbit=self._from_lines(penerbit, (block.official or block.head[0],)),
            judul=self._judul(block),
            ditetapkan=ditetapkan,
            diundangkan=diundangkan,
            gazette=self._gazette(),
            singkatan=self._from_lines(short, block.head[:1] if short else ()),
        )

    def _unknown(self) -> Identity:
        none = "halaman judul peraturan tidak ditemukan pada teks"
        ditetapkan, diundangkan = self._days()
        return Identity(
            jenis=Field(None, True, none),
            bentuk=Field(None),
            nomor=Field(None, True, none),
            tahun=Field(None, True, none),
            wilayah=Field(None, True, none),
            penerbit=Field(None),
            judul=Field(None, True, none),
            ditetapkan=ditetapkan,
            diundangkan=diundangkan,
            gazette=self._gazette(),
            singkatan=Field(None),
        )

    def _date_otherwise(self, block: TitleBlock) -> None:
        """A date under the heading (TANGGAL …), or a letter's, where no signing formula stands."""
        if self.signed is not None:
            return
        self.signed = heading_date(block.head)
        if self.signed is None and block.kind.jenis in UNDATED_BELOW:
            self.signed = letter_date(self.lines)

    def _from_lines(
        self, value: T | None, lines: Sequence[Line], reason: str = "", sure: float | None = None
    ) -> Field[T]:
        """A field with the place of its lines; doubtful where there is a reason. `sure` stands for the lines' own confidence."""
        if not lines:
            return Field(value, bool(reason), reason)
        page = self.pages[lines[0].page]
        boxes = [b for line in lines if line.page == page.number and (b := box_of(page, line.start, line.end))]
        box = around(boxes)
        if value is None and box:
            box = _with_room_for_a_stamp(box, page)
        return Field(value, bool(reason), reason, page.number, box, self._confidence(lines) if sure is None else sure)

    def _jenis(self, block: TitleBlock) -> Field[str]:
        reason = PLACE_REASONS["isi"] if block.place == "isi" else ""
        if block.distance > len(block.kind.key) // 8:
            reason = f"jenis terbaca tidak persis: “{block.head[0].text[:40]}”"
        if block.kind.words == "PERATURAN":
            reason = "bentuk peraturan ini tidak dikenal"
        if block.kind.words == "RANCANGAN":
            reason = "naskah ini tertulis sebagai rancangan"
        return self._from_lines(block.kind.jenis, block.head[:1], reason)

    def _wilayah(self, block: TitleBlock, located: Located) -> Field[str]:
        lines = (located.line,) if located.line else block.head[:1]
        reason = located.reason or (PLACE_REASONS["isi"] if block.place == "isi" else "")
        return self._from_lines(located.reading.kode if located.reading else None, lines, reason)

    def _judul(self, block: TitleBlock) -> Field[str]:
        if not block.title:
            return self._from_lines(None, block.head[-1:], "judul tidak terbaca")
        title = title_text([line.text for line in block.title])
        reason = PLACE_REASONS[block.place] or self._low_confidence(block.title, LOWEST_TITLE_CONFIDENCE)
        return self._from_lines(title.text or None, block.title, reason or title.reason)

    def _days(self) -> tuple[Field[date], Field[date]]:
        """Signed and promulgated; both doubtful where the second lies before the first, or years behind it."""
        signed, promulgated = self._day(self.signed), self._day(self.promulgated)
        if self.signed is None and self.main and self.main.kind.jenis not in UNDATED_BELOW:
            signed = self._unfound_signing(promulgated)
        if signed.value is None or promulgated.value is None:
            return signed, promulgated
        if signed.value <= promulgated.value <= signed.value + LONGEST_TO_PROMULGATE:
            return signed, promulgated
        reason = "tanggal pengundangan tidak sesuai dengan tanggal penetapan"
        return replace(signed, doubtful=True, reason=signed.reason or reason), replace(
            promulgated, doubtful=True, reason=promulgated.reason or reason
        )

    def _unfound_signing(self, promulgated: Field[date]) -> Field[date]:
        """Unknown and doubtful; it is to be looked for above the promulgation, where that was found."""
        page = self.pages.get(promulgated.page or 0)
        box = _with_room_above(promulgated.box, page) if page else None
        reason = "tanggal penetapan tidak ditemukan pada teks"
        return Field(None, True, reason, page.number if page and box else None, box)

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

    def _confidence(self, lines: Sequence[Line]) -> float | None:
        seen = [confidence_of(self.pages[line.page], line.start, line.end) for line in lines]
        return min((c for c in seen if c is not None), default=None)

    def _low_confidence(self, lines: Sequence[Line], least: float = LOWEST_CONFIDENCE) -> str:
        return _unsure(self._confidence(lines), least)

    def _number_and_year(self, block: TitleBlock) -> tuple[Field[str], Field[int]]:
        reading = reading_of(block)
        elsewhere = self.others.stand_in() if self.others and reading.nomor is None else None
        if elsewhere:
            return self._from_elsewhere(block, reading, elsewhere)
        lines = number_lines(block) or block.head[:1]
        reason, sure = self._number_reason(block, reading), self._number_confidence(block, year=False)
        return self._from_lines(reading.nomor, lines, reason, sure), self._year(block, reading)

    def _from_elsewhere(
        self, block: TitleBlock, reading: NumberReading, elsewhere: tuple[TitleBlock, NumberReading]
    ) -> tuple[Field[str], Field[int]]:
        """Number (and year where the heading has none) from another place of the file, always doubtful."""
        other, found = elsewhere
        reason = f"kosong pada halaman judul; diambil dari {other.place} halaman {other.head[0].page}"
        year = self._year(block, reading)
        if reading.year is None and found.year:
            year = self._from_lines(found.year, other.number, f"tahun {reason}")
        return self._from_lines(found.nomor, other.number, f"nomor {reason}"), year

    def _number_reason(self, block: TitleBlock, reading: NumberReading) -> str:
        if reading.nomor is None:
            return reading.nomor_reason or "nomor tidak terbaca"
        by_machine = self._read_by_machine(block)
        return (
            reading.nomor_reason
            or PLACE_REASONS[block.place]
            or (self.others.against_number(reading.nomor, by_machine=by_machine) if self.others else "")
            or (self.others.another_act_reason() if self.others else "")
            or _unsure(self._number_confidence(block, year=False))
            or (against_machine(reading.nomor) or against_file_name(reading, self.hint) if by_machine else "")
        )

    def _read_by_machine(self, block: TitleBlock) -> bool:
        page = self.pages[block.head[0].page]
        return page.source == "ocr" or page.layer in ("ragu", "buruk") or "OCR" in page.reason

    def _number_confidence(self, block: TitleBlock, *, year: bool) -> float | None:
        """The least confidence in the number's words, or in those after TAHUN; a year inside the number shares its words."""
        if not block.number:
            return None
        line = block.number[0]
        word = YEAR_WORD.search(line.text)
        cut, after = (line.start + word.start(), line.start + word.end()) if word else (line.end, line.end)
        begin = line.end - len(number_after_label(line.text))
        start, end = (after, line.end) if year and word else (begin, cut)
        return confidence_of(self.pages[line.page], start, end) if start < end else None

    def _year(self, block: TitleBlock, reading: NumberReading) -> Field[int]:
        signed = self.signed.reading if self.signed else None
        if reading.year is None:
            return self._year_from_date(block, reading, signed)
        lines = number_lines(block) or block.head[:1]
        reason, sure = (
            self._year_reason(block, reading, reading.year, signed),
            self._number_confidence(block, year=True),
        )
        return self._from_lines(reading.year, lines, reason, sure)

    def _year_reason(self, block: TitleBlock, reading: NumberReading, year: int, signed: DateReading | None) -> str:
        signed_year = signed.day.year if signed and signed.day else None
        against = PLACE_REASONS[block.place] or (self.others.against_year(year) if self.others else "")
        if against or signed_year == year or (self.others and self.others.confirm_year(year)):
            return against
        if signed_year and signed and signed.exact:
            return f"tanggal penetapan tercetak tahun {signed_year}"
        return (
            reading.year_reason
            or _unsure(self._number_confidence(block, year=True))
            or self._year_otherwise(block, year)
        )

    def _year_otherwise(self, block: TitleBlock, year: int) -> str:
        """Why a year that no date of signing confirms is doubtful: it was promulgated in another, or is named otherwise."""
        promulgated = self.promulgated.reading if self.promulgated else None
        if promulgated and promulgated.day and promulgated.exact and promulgated.day.year not in (year, year + 1):
            return f"tanggal pengundangan tercetak tahun {promulgated.day.year}"
        return against_file_year(reading_of(block), self.hint) if self._read_by_machine(block) else ""

    def _year_from_date(self, block: TitleBlock, reading: NumberReading, signed: DateReading | None) -> Field[int]:
        lines = self.signed.lines if self.signed else ()
        if signed is None or signed.day is None:
            place = number_lines(block) or block.head[:1]
            return self._from_lines(None, place, reading.year_reason or "tahun tidak terbaca")
        if reading.year_blank or not signed.exact or reading.nomor is None:
            reason = "tahun tidak tercetak pada judul; diambil dari tanggal penetapan"
            return self._from_lines(signed.day.year, lines, reason)
        return self._from_lines(signed.day.year, lines, self._low_confidence(lines[-1:]))


def _unsure(confidence: float | None, least: float = LOWEST_CONFIDENCE) -> str:
    return f"OCR kurang yakin ({confidence:.0f} dari 100)" if confidence is not None and confidence < least else ""


def _with_room_for_a_stamp(box: Box, page: Page) -> Box:
    """The box with half a line more above and below, and room behind: what no machine read is stamped or written there."""
    more = (box[3] - box[1]) / 2
    left, right = box[0] - page.width * LESS_BEFORE, box[2] + page.width * ROOM_BEHIND
    return (max(0.0, left), max(0.0, box[1] - more), min(page.width, right), min(page.height, box[3] + more))


def _with_room_above(box: Box | None, page: Page) -> Box | None:
    """The box over the width of the paper, and up to where the signing stands above the promulgation."""
    return box and (0.0, max(0.0, box[1] - page.height * ROOM_ABOVE), page.width, box[3])


def _lines_and_blocks(pages: Sequence[Page]) -> tuple[list[Line], list[TitleBlock]]:
    """Lines and title blocks in reading order; by height on the paper where reading order shows no title page."""
    lines = lines_of(pages)
    blocks = title_blocks(lines)
    if any(block.place == "judul" and block.title for block in blocks):
        return lines, blocks
    by_height = lines_from_the_top(pages)
    blocks_by_height = title_blocks(by_height)
    if any(block.place == "judul" for block in blocks_by_height):
        return by_height, blocks_by_height
    return lines, blocks
