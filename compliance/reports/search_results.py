"""Results of searches as XLSX and CSV: what stands on the screen, with page, Pasal, snippet and link."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from compliance.queries.search_answers import FoundAct, FoundPage
from compliance.queries.search_lists import TermAnswer
from compliance.reports.spreadsheet import semicolon_csv
from compliance.reports.workbook import Cell, Sheet, workbook_bytes

HEADING = (
    *("No.", "Peraturan", "Jenis", "Nomor", "Tahun", "Wilayah", "Penerbit", "Judul", "Ditetapkan", "Status", "Topik"),
    *("Naskah", "Halaman belum terbaca", "Perlu diperiksa", "Halaman", "Tempat", "Cuplikan", "Asal teks", "Tautan"),
)
WIDTHS = (6, 40, 12, 12, 8, 28, 24, 60, 18, 14, 24, 30, 12, 20, 9, 26, 80, 10, 50)
TERM_HEADING = ("Istilah", "Ditemukan", *HEADING)
SOURCES = {"asli": "teks asli", "ocr": "OCR", "tangan": "diketik", "belum": "belum terbaca"}


@dataclass(frozen=True, slots=True)
class Frame:
    """What links begin with, the names of regions by code, and the question as it stands in an address."""

    address: str
    regions: dict[str, str]
    text: str = ""


def rows_of(hits: Iterable[FoundAct], frame: Frame) -> Iterator[list[Cell]]:
    """For each hit a row per page that answers, one where there is none. Unknown cells are empty, status says so."""
    for number, found in enumerate(hits, 1):
        for page in found.pages or (None,):
            yield [number, *_act(found, frame), *_page(found, page, frame)]


def _act(found: FoundAct, frame: Frame) -> list[Cell]:
    act, document = found.act, found.document
    regulation = document.regulation if document else found.regulation
    return [
        found.name,
        act.jenis,
        act.nomor,
        act.tahun,
        frame.regions.get(act.wilayah or "", act.wilayah),
        act.penerbit,
        act.judul,
        act.ditetapkan,
        act.status or "belum diperiksa",
        ", ".join(regulation.topik) if regulation else None,
        document.file_name + (" (CONTOH)" if document.is_sample else "") if document else "belum ada naskahnya",
        document.pages_unread if document else None,
        ", ".join(document.doubtful) if document else None,
    ]


def _page(found: FoundAct, page: FoundPage | None, frame: Frame) -> list[Cell]:
    if found.document is None:
        return [None, None, None, None, f"{frame.address}/peraturan/{found.act.id}"]
    words = f"?{urlencode({'q': frame.text})}" if frame.text else ""
    link = f"{frame.address}/dokumen/{found.document.id}/halaman/{page.number if page else 1}{words}#temuan"
    if page is None:
        return [None, None, None, None, link]
    return [page.number, page.tempat, page.snippet.text, SOURCES.get(page.source, page.source), link]


def results_xlsx(rows: Iterable[Sequence[Cell]], told: Sequence[tuple[str, Cell]]) -> bytes:
    """The rows, and a sheet that says what was asked, when, by whom, and what was not searched."""
    return workbook_bytes([Sheet("Hasil", HEADING, rows, WIDTHS), Sheet("Keterangan", ("Hal", "Isi"), told, (28, 100))])


def results_csv(rows: Iterable[Sequence[Cell]], told: Sequence[tuple[str, Cell]]) -> str:
    """The same as one table; what the other sheet says stands below it, after an empty line."""
    lines = [HEADING, *map(_texts, rows), (), *map(_texts, told)]
    return semicolon_csv(lines)


def terms_xlsx(answers: Iterable[TermAnswer], frame: Frame, told: Sequence[tuple[str, Cell]]) -> bytes:
    """Best hits of each term, a summary with every term and its total, zeros with their reason, and what was asked."""
    summary: list[list[Cell]] = []

    def rows() -> Iterator[list[Cell]]:
        for found in answers:
            total = found.answer.total
            summary.append([found.term, total, found.why, " ".join(found.answer.query.understood)])
            within = Frame(frame.address, frame.regions, found.term)
            yield from ([found.term, total, *row] for row in rows_of(found.answer.hits, within))

    return workbook_bytes(
        [
            Sheet("Hasil", TERM_HEADING, rows(), (30, 10, *WIDTHS)),
            Sheet(
                "Ringkasan", ("Istilah", "Ditemukan", "Mengapa kosong", "Dipahami sebagai"), summary, (30, 12, 60, 80)
            ),
            Sheet("Keterangan", ("Hal", "Isi"), told, (28, 100)),
        ]
    )


def _texts(row: Sequence[Cell]) -> list[str]:
    return [_text(value) for value in row]


def _text(value: Cell) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)
