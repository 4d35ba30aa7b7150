"""JDIHN feeds as files: JSON and CSV, written and read. What is read is as it stands there; `rules/jdih.py` makes sense of it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from typing import Any

from compliance.errors import Invalid
from compliance.reports.spreadsheet import semicolon_csv
from compliance.rules.jdih import FIELDS

MOST_RECORDS = 20_000
MOST_BYTES = 30 * 1024**2
LISTS = ("data", "result", "results", "items", "document", "documents")
NEITHER = "Berkas ini bukan JSON atau CSV umpan JDIHN. Unduh ulang feed/document.json dari situs JDIH, lalu coba lagi."

Record = Mapping[str, Any]


def json_text(records: Iterable[Mapping[str, str]]) -> str:
    """A list of records, as the feed has it."""
    return json.dumps(list(records), ensure_ascii=False, indent=1) + "\n"


def csv_text(records: Iterable[Mapping[str, str]]) -> str:
    """One line a record under the feed's field names."""
    return semicolon_csv([FIELDS, *([record.get(name, "") for name in FIELDS] for record in records)])


def records_in(content: bytes) -> list[Record]:
    """The records of a JSON or CSV file in order.

    Raises:
        Invalid: neither, broken, empty, or too many.
    """
    if len(content) > MOST_BYTES:
        raise Invalid(f"Berkas terlalu besar, paling besar {MOST_BYTES // 1024**2} MB. Pecahlah berkasnya.")
    text = _decoded(content).strip()
    if not text:
        raise Invalid("Berkas kosong.")
    records = _from_json(text) if text[0] in "[{" else _from_csv(text)
    if not records:
        raise Invalid("Tidak ada satu pun catatan di dalam berkas ini.")
    if len(records) > MOST_RECORDS:
        raise Invalid(f"Terlalu banyak catatan ({len(records)}), paling banyak {MOST_RECORDS}. Pecahlah berkasnya.")
    return records


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Invalid(NEITHER)


def _from_json(text: str) -> list[Record]:
    try:
        said = json.loads(text)
    except (ValueError, RecursionError) as error:
        where = f" (baris {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise Invalid(f"JSON ini rusak{where}. Unduh ulang berkasnya, lalu coba lagi.") from error
    if isinstance(said, dict):
        said = next((said[name] for name in LISTS if isinstance(said.get(name), list)), [said])
    return [row for row in said if isinstance(row, dict)]


def _from_csv(text: str) -> list[Record]:
    heading = text.split("\n", 1)[0]
    separator = max(";,\t", key=heading.count)
    rows = csv.DictReader(io.StringIO(text), delimiter=separator)
    try:
        names = [name.strip() for name in rows.fieldnames or []]
        rows.fieldnames = names
        if not {"judul", "noPeraturan"} <= set(names):
            raise Invalid(f"{NEITHER} Baris pertama CSV berisi nama kolom: judul, noPeraturan, jenis dan seterusnya.")
        return [row for row in rows if any(row.values())]
    except csv.Error as error:
        raise Invalid(f"CSV ini rusak: {error}. Simpan ulang dari aplikasi asalnya.") from error
