"""Invented regulations for the tests of identify and structure: pages made from plain text, words and boxes included."""

from __future__ import annotations

import csv
from collections import defaultdict
from functools import cache
from pathlib import Path

from indexer.pages import Page, Word
from indexer.regions import RegionNames

WILAYAH = Path(__file__).resolve().parents[3] / "compliance" / "data" / "wilayah"
LINE_HEIGHT = 14.0


@cache
def region_rows() -> tuple[tuple[str, str, str], ...]:
    """(kode, jenis, nama) of every province, kabupaten and kota."""
    provinces = [(r["kode"], "provinsi", r["nama"]) for r in _rows("provinsi.csv")]
    return (*provinces, *((r["kode"], r["jenis"], r["nama"]) for r in _rows("kabkota.csv")))


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((WILAYAH / name).read_text(encoding="utf-8").splitlines()))


@cache
def region_names() -> RegionNames:
    aliases: dict[str, list[str]] = defaultdict(list)
    for row in _rows("aliases.csv"):
        aliases[row["kode"]].append(row["alias"])
    return RegionNames.from_rows((*row, aliases[row[0]]) for row in region_rows())


def page(
    text: str, number: int = 1, *, confidence: float | None = None, unsure: dict[str, float] | None = None
) -> Page:
    """A page of A4 with one word box per word; `confidence` makes it an OCR page, `unsure` gives single words less."""
    words: list[Word] = []
    offset = 0
    for row, line in enumerate(text.split("\n")):
        at = 0
        for column, token in enumerate(line.split()):
            at = line.index(token, at)
            y, x = 50 + row * LINE_HEIGHT, 60 + column * 40.0
            sure = (unsure or {}).get(token, confidence) if confidence is not None else None
            words.append(Word(token, offset + at, x, y, x + 38, y + 11, sure))
            at += len(token)
        offset += len(line) + 1
    source = "asli" if confidence is None else "ocr"
    return Page(number, 595.0, 842.0, text, tuple(words), source, confidence=confidence)


def pages(*texts: str) -> list[Page]:
    return [page(text.strip("\n"), number) for number, text in enumerate(texts, 1)]


def perkada(office: str, name: str, number: str = "6", year: str = "2019", above: str = "") -> str:
    """The first page of a Peraturan Bupati, Wali Kota or Gubernur."""
    return f"""{office} {name}
{above}
PERATURAN {office} {name}
NOMOR {number} TAHUN {year}
TENTANG
PERLINDUNGAN PEKERJA RENTAN
DENGAN RAHMAT TUHAN YANG MAHA ESA
{office} {name},
Menimbang : a. bahwa pekerja rentan perlu dilindungi;
Mengingat : 1. Undang-Undang Nomor 24 Tahun 2011 tentang Badan Penyelenggara Jaminan Sosial;
MEMUTUSKAN:
Menetapkan : PERATURAN {office} TENTANG PERLINDUNGAN PEKERJA RENTAN.
Pasal 1
Dalam Peraturan ini yang dimaksud dengan daerah adalah daerah ini.
Ditetapkan di Ibu Kota
pada tanggal 4 Maret {year}
{office} {name},
ttd
"""
