"""Words for what the database keeps as codes: standing, reading, identity fields, parts of a text, a document's title."""

from __future__ import annotations

from decimal import Decimal

from flask_babel import gettext as _
from flask_babel import ngettext

from compliance.models import Document, Page, Part
from compliance.rules.citations import KINDS, citation
from compliance.web.filters import persen
from compliance.web.standing_words import act_status

__all__ = [
    "FIELDS", "act_status", "document_title", "field_label", "kind_name", "part_label", "reading_state_text", "reading_text",
    "source_text",
]  # fmt: skip
FIELDS = (
    "jenis",
    "bentuk",
    "singkatan",
    "nomor",
    "tahun",
    "wilayah",
    "penerbit",
    "judul",
    "ditetapkan",
    "diundangkan",
    "gazette",
)
PART_WORDS = {"bab": "BAB"}


def kind_name(jenis: str | None) -> str:
    """ "Peraturan Bupati" for "Perbup"; kinds without a longer name as they are."""
    return KINDS.get(jenis or "", jenis or str(_("jenis belum diketahui")))


def document_title(document: Document) -> str:
    """The act's citation where kind and number or year are known, else the name of the file; a doubtful one says so."""
    if not document.jenis or not (document.nomor or document.tahun):
        return document.file_name
    doubtful = {"jenis", "nomor", "tahun"} & set(document.doubtful)
    unsure = _("belum pasti")
    return f"{citation(document)} ({unsure})" if doubtful else citation(document)


def reading_state_text(state: str) -> str:
    words = {
        "menunggu": _("menunggu dibaca"),
        "dibaca": _("sedang dibaca"),
        "terbaca": _("terbaca"),
        "sebagian": _("terbaca sebagian"),
        "gagal": _("gagal dibaca"),
    }
    return str(words.get(state, state))


def reading_text(document: Document) -> str:
    """ "12 halaman · 3 OCR · 2 belum terbaca"; only the state where no page is known yet."""
    if not document.page_count:
        return reading_state_text(document.reading_state)
    pages = document.page_count
    told = [ngettext("%(n)s halaman", "%(n)s halaman", pages, n=pages)]
    if document.pages_ocr:
        told.append(_("%(n)s OCR", n=document.pages_ocr))
    if document.pages_unread:
        told.append(_("%(n)s belum terbaca", n=document.pages_unread))
    return " · ".join(told)


def source_text(page: Page) -> str:
    """Where a page's text came from: "teks asli", "OCR 92 %", "belum terbaca", "diketik tangan"."""
    if page.source == "tangan":
        return str(_("diketik tangan"))
    if page.source == "asli":
        return str(_("teks asli"))
    if page.source == "belum":
        return str(_("belum terbaca"))
    return "OCR" if page.confidence is None else f"OCR {persen(Decimal(str(page.confidence)), 0)}"


def field_label(name: str) -> str:
    words = {
        "jenis": _("Jenis"),
        "bentuk": _("Bentuk"),
        "singkatan": _("Singkatan"),
        "nomor": _("Nomor"),
        "tahun": _("Tahun"),
        "wilayah": _("Wilayah"),
        "penerbit": _("Penerbit"),
        "judul": _("Judul"),
        "ditetapkan": _("Ditetapkan"),
        "diundangkan": _("Diundangkan"),
        "gazette": _("Lembaran/Berita"),
    }
    return str(words.get(name, name))


def part_label(part: Part) -> str:
    """How people name a part: "BAB II", "Pasal 18", "Diktum KESATU"."""
    return f"{PART_WORDS.get(part.kind, part.kind.capitalize())} {part.number}".strip()
