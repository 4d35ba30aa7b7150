"""Lists of search terms as people send them: XLSX, CSV or pasted lines, one term a row."""

from __future__ import annotations

import csv
import io

from compliance.errors import Invalid
from compliance.reports.workbook import OLD_EXCEL, rows_in

MOST_BYTES = 5 * 1024**2
MOST_ROWS = 5_000
HEADINGS = ("istilah", "kata", "kata kunci", "pencarian", "query", "term", "q")


def terms_in(content: bytes, column: str, most: int) -> list[str]:
    """The terms of one column, each once, in order. `column` is a heading, a letter (B) or a number (2); "" takes the first
    one with a heading that says terms, else the first.

    Raises:
        Invalid: unreadable, empty, too large, no such column, or more terms than `most`.
    """
    if len(content) > MOST_BYTES:
        raise Invalid(f"Berkas terlalu besar, paling besar {MOST_BYTES // 1024**2} MB. Kirim kolom istilahnya saja.")
    is_book = content.startswith((b"PK", OLD_EXCEL))
    rows = [row for row in (rows_in(content, MOST_ROWS) if is_book else _csv_rows(content)) if any(row)]
    if not rows:
        raise Invalid("Tidak ada satu pun istilah di dalamnya. Tulis satu istilah tiap baris di kolom pertama.")
    at, has_heading = _column(rows[0], column)
    found = [row[at] for row in rows[has_heading:] if at < len(row)]
    return checked_terms(found, most)


def checked_terms(lines: list[str], most: int) -> list[str]:
    """The lines without blanks and repetitions.

    Raises:
        Invalid: none left, or too many.
    """
    terms = list(dict.fromkeys(line.strip() for line in lines if line.strip()))
    if not terms:
        raise Invalid("Tidak ada satu pun istilah. Tulis satu istilah tiap baris.")
    if len(terms) > most:
        raise Invalid(f"Ada {len(terms)} istilah, paling banyak {most} sekali cari. Bagilah daftarnya.")
    return terms


def _column(heading: list[str], column: str) -> tuple[int, bool]:
    """The place of the column, and whether the first row is a heading."""
    names = [name.lower() for name in heading]
    wanted = column.strip().lower()
    if not wanted:
        at = next((place for place, name in enumerate(names) if name in HEADINGS), None)
        return (0, False) if at is None else (at, True)
    if wanted in names:
        return names.index(wanted), True
    at = int(wanted) - 1 if wanted.isdecimal() else ord(wanted) - ord("a") if len(wanted) == 1 else -1
    if not 0 <= at < len(heading):
        raise Invalid(f"Kolom “{column}” tidak ada. Kolomnya: {', '.join(filter(None, heading))[:200]}.")
    return at, names[at] in HEADINGS


def _csv_rows(content: bytes) -> list[list[str]]:
    text = _decoded(content)
    if "\x00" in text:
        raise Invalid("Berkas ini bukan XLSX atau CSV. Simpan ulang sebagai .xlsx atau CSV, lalu coba lagi.")
    first = text.split("\n", 1)[0]
    separator = max(";,\t", key=first.count) if ";" in first or "\t" in first else ";"
    if "," in first and any(name.strip().strip('"').lower() in HEADINGS for name in first.split(",")):
        separator = ","
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=separator))
    except csv.Error as error:
        raise Invalid(f"CSV ini rusak: {error}. Simpan ulang dari aplikasi asalnya.") from error
    if len(rows) > MOST_ROWS:
        raise Invalid(f"Ada {len(rows)} baris, paling banyak {MOST_ROWS}. Bagilah daftarnya.")
    return [[cell.strip() for cell in row] for row in rows]


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
