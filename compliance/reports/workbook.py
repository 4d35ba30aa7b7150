"""XLSX files, written and read. The only module that knows the library."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from compliance.errors import Invalid

Cell = str | int | float | date | None
LONGEST_CELL = 32_000
MOST_UNPACKED = 60 * 1024**2
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
BROKEN = (
    "Berkas XLSX ini rusak atau terkunci kata sandi. Buka di aplikasinya, simpan ulang sebagai .xlsx, lalu coba lagi."
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: a heading that stays in sight and filters, rows, and how wide the columns are (in characters)."""

    title: str
    heading: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    widths: Sequence[int]


def workbook_bytes(sheets: Iterable[Sheet]) -> bytes:
    """The sheets as an XLSX file, written row by row. Texts stay texts, whatever they begin with."""
    book = Workbook(write_only=True)
    for sheet in sheets:
        page = book.create_sheet(sheet.title)
        page.freeze_panes = "A2"
        for at, width in enumerate(sheet.widths, 1):
            page.column_dimensions[get_column_letter(at)].width = width
        page.append([_cell(page, text, is_heading=True) for text in sheet.heading])
        count = 1
        for row in sheet.rows:
            page.append([_cell(page, value) for value in row])
            count += 1
        page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.heading))}{count}"
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def rows_in(content: bytes, most: int) -> list[list[str]]:
    """The first sheet's rows as texts, at most `most` of them.

    Raises:
        Invalid: not an XLSX, broken, of the old format, too large, or with merged cells.
    """
    if content.startswith(OLD_EXCEL):
        raise Invalid(
            "Berkas ini Excel format lama (.xls) atau terkunci. Simpan sebagai .xlsx atau CSV, lalu coba lagi."
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > MOST_UNPACKED:
                raise Invalid("Isi berkas terlalu besar. Salin kolom istilahnya saja ke berkas baru, lalu coba lagi.")
        book = load_workbook(io.BytesIO(content), data_only=True)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError, EOFError) as error:
        raise Invalid(BROKEN) from error
    if not book.worksheets:
        raise Invalid("Tidak ada lembar di dalam berkas ini.")
    page = book.worksheets[0]
    if page.merged_cells.ranges:
        where = str(next(iter(page.merged_cells.ranges)))
        raise Invalid(f"Lembar pertama memuat sel gabungan ({where}). Pisahkan selnya (Unmerge), lalu coba lagi.")
    read = page.iter_rows(max_row=most, values_only=True)
    return [["" if value is None else str(value).strip() for value in row] for row in read]


def _cell(page: object, value: Cell, *, is_heading: bool = False) -> object:
    if isinstance(value, str):
        cell = WriteOnlyCell(page, None)  # type: ignore[arg-type]
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:LONGEST_CELL]
        cell.data_type = "s"
    else:
        cell = WriteOnlyCell(page, value)  # type: ignore[arg-type]
        if isinstance(value, date):
            cell.number_format = "d mmmm yyyy"
    if is_heading:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell
