"""Makes the sample PDFs beside this file from naskah/*.txt; the same text gives the same bytes.

Marks at the start of a line: `#` title for the PDF's properties, `^` centred bold, `=` centred, `<` left, `>` signature
block, `:` label | mark | text, `|` table row, `---` new page; anything else is a paragraph.
"""

from __future__ import annotations

import io
import random
import sys
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from PIL import Image, ImageChops
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from indexer.pdf import PdfFile, page_png  # noqa: E402  (the repository is not installed)

KEYWORD = "PATUH-CONTOH"
NOTICE = "CONTOH — BUKAN PERATURAN"
SCANNED = {"instruksi-bupati"}
SCAN_DPI = 135
SKEW_DEGREES = 0.7

BODY = ParagraphStyle("body", fontName="Times-Roman", fontSize=11.5, leading=16, alignment=4, spaceAfter=4)
STYLES = {
    "^": ParagraphStyle("strong", BODY, fontName="Times-Bold", alignment=1, spaceAfter=1),
    "=": ParagraphStyle("article", BODY, alignment=1, spaceBefore=6, keepWithNext=1),
    "<": ParagraphStyle("left", BODY, alignment=0, spaceAfter=0),
    ">": ParagraphStyle("signature", BODY, alignment=0, leftIndent=85 * mm, spaceAfter=0),
}
CELL = ParagraphStyle("cell", BODY, fontSize=9.5, leading=12, alignment=0, spaceAfter=0)
RULED = [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "TOP")]
UNRULED = [
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
]
LABELLED_WIDTHS = (26 * mm, 8 * mm, 126 * mm)
TEXT_WIDTH = sum(LABELLED_WIDTHS)


def main() -> None:
    for source in sorted((HERE / "naskah").glob("*.txt")):
        made = sample(source.read_text(encoding="utf-8"))
        name = f"{source.stem}.pdf"
        if source.stem in SCANNED:
            made, name = scan(made, title(source.read_text(encoding="utf-8"))), f"{source.stem}-pindaian.pdf"
        (HERE / name).write_bytes(made)
        print(f"{name}: {len(made):,} bytes")


def sample(text: str) -> bytes:
    """A PDF of the marked-up text, the notice on every page."""
    out = io.BytesIO()
    margin = 25 * mm
    document = SimpleDocTemplate(
        out, pagesize=A4, leftMargin=margin, rightMargin=margin, topMargin=28 * mm, bottomMargin=24 * mm,
        title=title(text), keywords=KEYWORD, author="Patuh", invariant=1,
    )  # fmt: skip
    document.build(list(flowables(text)), onFirstPage=_notice, onLaterPages=_notice)
    return out.getvalue()


def title(text: str) -> str:
    return text.splitlines()[0].removeprefix("# ")


def flowables(text: str) -> Iterator[Flowable]:
    """What stands on the paper, in order."""
    for mark, lines in groupby(text.splitlines()[1:], _mark):
        if mark == "---":
            yield PageBreak()
        elif mark in (":", "|"):
            yield _table([[cell.strip() for cell in line[1:].split("|")] for line in lines], ruled=mark == "|")
        else:
            yield from _paragraphs(mark, lines)


def _mark(line: str) -> str:
    return "---" if line == "---" else line[0] if line[:2] in {"^ ", "= ", "< ", "> ", ": ", "| "} else ""


def _paragraphs(mark: str, lines: Iterable[str]) -> Iterator[Flowable]:
    style = STYLES.get(mark, BODY)
    for line in lines:
        yield Paragraph(line.removeprefix(f"{mark} ") if mark else line, style)
    yield Spacer(1, 8 if mark in ("^", ">", "<") else 2)


def _table(rows: list[list[str]], *, ruled: bool) -> Table:
    if not ruled:
        cells = [[Paragraph(cell, BODY) for cell in row] for row in rows]
        return Table(cells, colWidths=LABELLED_WIDTHS, style=UNRULED, spaceAfter=6)
    widest = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    shares = [min(max(size, 7), 30) for size in widest]
    widths = [TEXT_WIDTH * share / sum(shares) for share in shares]
    return Table([[Paragraph(cell, CELL) for cell in row] for row in rows], colWidths=widths, style=RULED, repeatRows=1)


def _notice(canvas: Canvas, document: SimpleDocTemplate) -> None:
    canvas.saveState()
    canvas.setFont("Helvetica-Bold", 13)
    canvas.setFillGray(0.3)
    canvas.drawCentredString(A4[0] / 2, A4[1] - 14 * mm, NOTICE)
    canvas.drawCentredString(A4[0] / 2, 12 * mm, NOTICE)
    canvas.setFont("Times-Roman", 10)
    if document.page > 1:
        canvas.drawCentredString(A4[0] / 2, A4[1] - 20 * mm, f"- {document.page} -")
    canvas.restoreState()


def scan(pdf: bytes, name: str) -> bytes:
    """The same pages as pictures from a worn scanner: skewed, grey, noisy, without text."""
    source = HERE / ".pindaian.pdf"
    source.write_bytes(pdf)
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    canvas.setTitle(name)
    canvas.setKeywords(KEYWORD)
    try:
        with PdfFile(source) as file:
            page_count = file.page_count
        for number in range(1, page_count + 1):
            jpeg = io.BytesIO(_worn(page_png(source, number, SCAN_DPI), seed=number))
            canvas.drawImage(ImageReader(jpeg), 0, 0, *A4)
            canvas.showPage()
    finally:
        source.unlink()
    canvas.save()
    return out.getvalue()


def _worn(png: bytes, seed: int) -> bytes:
    page = Image.open(io.BytesIO(png)).convert("L")
    skewed = page.rotate(SKEW_DEGREES * (-1) ** seed, resample=Image.Resampling.BICUBIC, fillcolor=250)
    size = (page.width // 2, page.height // 2)
    dust = random.Random(seed).randbytes(size[0] * size[1])  # noqa: S311  (the same dust every time)
    noise = Image.frombytes("L", size, dust).resize(page.size).point(lambda level: level // 14)
    jpeg = io.BytesIO()
    ImageChops.subtract(skewed, noise).save(jpeg, "JPEG", quality=30)
    return jpeg.getvalue()


if __name__ == "__main__":
    main()
