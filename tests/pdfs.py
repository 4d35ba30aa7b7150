"""PDF files for tests, made here: sound ones, scans, and every kind of broken or hostile one. All wording is our own."""

from __future__ import annotations

import io
import zlib
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

REGULATION = (
    "BUPATI CONTOH",
    "PROVINSI PERCOBAAN",
    "PERATURAN BUPATI CONTOH",
    "NOMOR 7 TAHUN 2021",
    "TENTANG",
    "JAMINAN SOSIAL KETENAGAKERJAAN BAGI PEKERJA RENTAN",
    "Menimbang : a. bahwa setiap pekerja berhak atas jaminan sosial;",
    "b. bahwa untuk melaksanakan hal tersebut perlu menetapkan Peraturan Bupati;",
    "MEMUTUSKAN:",
    "Pasal 1",
    "Dalam Peraturan Bupati ini yang dimaksud dengan pekerja rentan adalah orang",
    "yang bekerja secara mandiri dan tidak menerima upah dari pemberi kerja.",
    "Pasal 2",
    "Iuran bagi pekerja rentan dibebankan pada anggaran daerah dan dibayarkan",
    "setiap bulan kepada badan penyelenggara jaminan sosial.",
)

_SCAN_DPI = 200
_ONE_LINE = b"BT /F1 12 Tf 60 700 Td (Pasal 1) Tj ET"


def digital_pdf(path: Path, pages: Sequence[Sequence[str]] = (REGULATION,), *, rotation: int = 0) -> Path:
    """A born-digital file: one page for each list of lines, shown turned by `rotation` degrees."""
    canvas = Canvas(str(path), pagesize=A4)
    canvas.setTitle("Contoh peraturan")
    for lines in pages:
        if rotation % 180:
            canvas.setPageSize(landscape(A4))  # reportlab swaps the sides of a turned page
        if rotation:
            canvas.setPageRotation(rotation)
        _write_lines(canvas, lines)
        canvas.showPage()
    canvas.save()
    return path


def scanned_pdf(path: Path, lines: Sequence[str] = REGULATION, *, upside_down: bool = False) -> Path:
    """One page that is only a picture of printed lines."""
    canvas = Canvas(str(path), pagesize=A4)
    picture = scanned_image(lines)
    _draw_picture(canvas, picture.rotate(180) if upside_down else picture)
    canvas.save()
    return path


def stamped_scan_pdf(path: Path, stamp: str = "Bagian Hukum Setda Contoh") -> Path:
    """A scan whose text layer is only a footer stamp."""
    return old_ocr_pdf(path, (), stamp=stamp)


def old_ocr_pdf(
    path: Path, layer: Sequence[str], *, picture: Sequence[str] = REGULATION, stamp: str = "", pages: int = 1
) -> Path:
    """Scans of the lines of `picture` under an invisible text layer as an old scanner would have read them."""
    canvas = Canvas(str(path), pagesize=A4)
    image = scanned_image(picture)
    for _ in range(pages):
        _draw_scan(canvas, image, layer, stamp)
        canvas.showPage()
    canvas.save()
    return path


def _draw_scan(canvas: Canvas, image: Image.Image, layer: Sequence[str], stamp: str) -> None:
    _draw_picture(canvas, image)
    text = canvas.beginText(60, A4[1] - 60)
    text.setTextRenderMode(3)
    text.setFont("Times-Roman", 12)
    text.setLeading(24)
    text.textLines("\n".join(layer))
    canvas.drawText(text)
    if stamp:
        canvas.setFont("Times-Roman", 8)
        canvas.drawString(400, 20, stamp)


def mixed_pdf(path: Path) -> Path:
    """A typed page, a scanned page without text, and an empty page."""
    canvas = Canvas(str(path), pagesize=A4)
    _write_lines(canvas, REGULATION)
    canvas.showPage()
    _draw_picture(canvas, scanned_image(REGULATION))
    canvas.showPage()
    canvas.showPage()
    canvas.save()
    return path


def watermarked_pdf(path: Path) -> Path:
    """A typed page with the letters of a slanted watermark drawn between the pieces of a heading."""
    canvas = Canvas(str(path), pagesize=A4)
    canvas.setFont("Times-Roman", 12)
    canvas.drawString(280, 600, "Pasal")
    canvas.saveState()
    canvas.translate(300, 590)
    canvas.rotate(45)
    canvas.drawString(0, 0, "Ditjen")
    canvas.restoreState()
    canvas.drawString(312, 600, "12")
    canvas.drawString(60, 580, "Setiap pemberi kerja wajib mendaftarkan pekerjanya.")
    canvas.save()
    return path


def labels_drawn_first_pdf(path: Path) -> Path:
    """A typed page whose margin labels come before everything else in the file."""
    canvas = Canvas(str(path), pagesize=A4)
    canvas.setFont("Times-Roman", 12)
    for y, label in ((700, "Menimbang"), (660, "Mengingat")):
        canvas.drawString(60, y, label)
    for y, line in ((740, "PERATURAN BUPATI"), (700, ": a. bahwa"), (680, "b. bahwa"), (660, ": 1. Undang-Undang")):
        canvas.drawString(160, y, line)
    canvas.save()
    return path


def locked_pdf(path: Path, password: str) -> Path:
    """An encrypted file; the empty password makes one that everybody can open."""
    writer = PdfWriter(PdfReader(digital_pdf(path)))
    writer.encrypt(user_password=password, owner_password="pemilik", algorithm="AES-256")
    writer.write(path)
    return path


def truncated_pdf(path: Path) -> Path:
    """The first half of a sound file: no page tree is left."""
    whole = digital_pdf(path).read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    return path


def web_page_named_pdf(path: Path) -> Path:
    """What a failed download leaves."""
    path.write_bytes(b"<!DOCTYPE html>\n<html><body>404 Not Found</body></html>\n")
    return path


def huge_page_pdf(path: Path, side: float = 14_400) -> Path:
    """One page five metres wide and high."""
    canvas = Canvas(str(path), pagesize=(side, side))
    canvas.setFont("Times-Roman", 400)
    canvas.drawString(1000, side / 2, "PETA LAMPIRAN")
    canvas.save()
    return path


def bomb_pdf(path: Path, gigabytes: float = 1, bombs: int = 1) -> Path:
    """A sound first page, and then pages whose megabyte unpacks to gigabytes of drawing."""
    packer = zlib.compressobj(9)
    block = b"q Q " * 262_144
    packed = b"".join(packer.compress(block) for _ in range(int(gigabytes * 1024))) + packer.flush()
    path.write_bytes(_pages_of_streams((zlib.compress(_ONE_LINE), *[packed] * bombs)))
    return path


def endless_table_pdf(path: Path, entries: int) -> Path:
    """A file whose cross-reference table names so many objects, all the same one."""
    data = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"
    table = b"xref\n0 %d\n" % entries + b"0000000009 00000 n \n" * entries
    path.write_bytes(
        data + table + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (entries, len(data))
    )
    return path


def nested_bomb_pdf(path: Path, gigabytes: float = 1) -> Path:
    """A sound first page, and a page whose few kilobytes unpack to a megabyte that unpacks to gigabytes of drawing."""
    packer = zlib.compressobj(9)
    block = b"q Q " * 262_144
    packed = b"".join(packer.compress(block) for _ in range(int(gigabytes * 1024))) + packer.flush()
    streams = (zlib.compress(zlib.compress(_ONE_LINE)), zlib.compress(packed, 9))
    path.write_bytes(_pages_of_streams(streams, b"[/FlateDecode /FlateDecode]"))
    return path


def busy_pdf(path: Path, operators: int = 400_000) -> Path:
    """A page that shows its letters by so many operators, one letter each."""
    line = b"BT /F1 1 Tf 20 %d Td %s ET\n"
    letters = b"(a) Tj " * 200
    drawing = b"".join(line % (800 - at % 780, letters) for at in range(operators // 200))
    path.write_bytes(_pages_of_streams([zlib.compress(drawing)]))
    return path


def looping_pdf(path: Path) -> Path:
    """A page tree that contains itself."""
    return _raw(path, (b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"))


def branching_pdf(path: Path, levels: int = 30) -> Path:
    """A page tree whose every branch holds the next one twice: a thousand million pages in three kilobytes."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    branch = b"<< /Type /Pages /Kids [%d 0 R %d 0 R] /Count %d >>"
    objects += [branch % (at + 3, at + 3, 2 ** (levels - at)) for at in range(levels)]
    return _raw(path, [*objects, b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 595 842] >>" % (levels + 1)])


def image_bomb_pdf(path: Path, side: int = 20_000) -> Path:
    """A page under a picture of four hundred million black dots."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(side)) for _ in range(side)) + packer.flush()
    picture = b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8 "
    picture += b"/Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream"
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>"
    drawing = b"595 0 0 842 0 0 cm /X Do"
    stream = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawing), drawing)
    kids = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    catalog = b"<< /Type /Catalog /Pages 2 0 R >>"
    return _raw(path, (catalog, kids, page, stream, picture % (side, side, len(packed), packed)))


def script_pdf(path: Path) -> Path:
    """A typed page with JavaScript on opening and an attached file."""
    writer = PdfWriter(PdfReader(digital_pdf(path)))
    action = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert('hai');")}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(action)
    writer.add_attachment("catatan.txt", b"lampiran")
    writer.write(path)
    return path


def bad_page_pdf(path: Path) -> Path:
    """Three pages, the second of which is not a page."""
    kids = b"<< /Type /Pages /Kids [3 0 R 4 0 R 5 0 R] /Count 3 >>"
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 6 0 R /Resources << /Font << /F1 7 0 R >> >> >>"
    text = b"BT /F1 12 Tf 60 700 Td (Pasal 1) Tj ET"
    stream = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text)
    catalog = b"<< /Type /Catalog /Pages 2 0 R >>"
    return _raw(path, (catalog, kids, page, b"(bukan halaman)", page, stream, _FONT_OBJECT))


def scanned_image(lines: Sequence[str]) -> Image.Image:
    """The lines printed in black on a grey A4 picture at 200 dpi."""
    scale = _SCAN_DPI / 72
    image = Image.new("L", (round(A4[0] * scale), round(A4[1] * scale)), 250)
    pen = ImageDraw.Draw(image)
    font = ImageFont.load_default(size=13 * scale)
    for at, line in enumerate(lines):
        pen.text((60 * scale, (60 + 24 * at) * scale), line, fill=20, font=font)
    return image


_FONT_OBJECT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>"


def _write_lines(canvas: Canvas, lines: Sequence[str]) -> None:
    canvas.setFont("Times-Roman", 12)
    for at, line in enumerate(lines):
        canvas.drawString(60, A4[1] - 72 - 20 * at, line)


def _draw_picture(canvas: Canvas, image: Image.Image) -> None:
    data = io.BytesIO()
    image.save(data, "PNG")
    data.seek(0)
    canvas.drawImage(ImageReader(data), 0, 0, *A4)


def _pages_of_streams(streams: Sequence[bytes], filters: bytes = b"/FlateDecode") -> bytes:
    kids = b" ".join(b"%d 0 R" % (4 + 2 * at) for at in range(len(streams)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(streams)),
        _FONT_OBJECT,
    ]
    for at, stream in enumerate(streams):
        page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>"
        objects += [
            page % (5 + 2 * at),
            b"<< /Length %d /Filter %s >>\nstream\n%s\nendstream" % (len(stream), filters, stream),
        ]
    return _assembled(objects)


def _raw(path: Path, objects: Sequence[bytes]) -> Path:
    path.write_bytes(_assembled(objects))
    return path


def _assembled(objects: Sequence[bytes]) -> bytes:
    data = bytearray(b"%PDF-1.7\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    data += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(data)
