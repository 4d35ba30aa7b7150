"""Small PDFs, each with words of its own on every page, by which a reading is known to be right."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from indexer.ocr import ocr_available

SCAN_EVERY = 12
DPI = 200
SYLLABLES = ("ba", "de", "gi", "ko", "lu", "ma", "ne", "pi", "ro", "su")


@dataclass(frozen=True, slots=True)
class Paper:
    """A file and, for each of its pages, a word that stands on no other."""

    path: Path
    words: tuple[str, ...]


def papers(folder: Path, count: int) -> list[Paper]:
    """So many files of one to four pages; every twelfth is a scan where OCR is here."""
    folder.mkdir(parents=True)
    scans = ocr_available()
    return [_paper(folder, number, is_scan=scans and number % SCAN_EVERY == 5) for number in range(count)]


def zipped(group: Sequence[Paper]) -> bytes:
    """A ZIP of these files."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for paper in group:
            archive.write(paper.path, paper.path.name)
    return packed.getvalue()


def _paper(folder: Path, number: int, *, is_scan: bool) -> Paper:
    words = tuple(_word(number * 10 + page) for page in range(1 if is_scan else 1 + number % 4))
    path = folder / f"naskah-{number}.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    for page, word in enumerate(words):
        head = (
            ("PERATURAN BUPATI KATINGAN", f"NOMOR {number + 1} TAHUN 2021", "TENTANG", "PERCOBAAN") if not page else ()
        )
        lines = [*head, f"Pasal {page + 1}", f"Setiap pekerja berhak atas {word} menurut peraturan ini."]
        if is_scan:
            canvas.drawImage(ImageReader(_picture(lines)), 0, 0, *A4)
        else:
            canvas.setFont("Times-Roman", 12)
            for at, line in enumerate(lines):
                canvas.drawString(60, A4[1] - 72 - 20 * at, line)
        canvas.showPage()
    canvas.save()
    return Paper(path, words)


def _word(number: int) -> str:
    """A pronounceable word, another for each number."""
    return "".join(SYLLABLES[int(digit)] for digit in f"{number:04d}")


def _picture(lines: Sequence[str]) -> Image.Image:
    scale = DPI / 72
    image = Image.new("L", (round(A4[0] * scale), round(A4[1] * scale)), 250)
    pen, font = ImageDraw.Draw(image), ImageFont.load_default(size=13 * scale)
    for at, line in enumerate(lines):
        pen.text((60 * scale, (60 + 24 * at) * scale), line, fill=20, font=font)
    return image
