"""A PDF file -> its pages' text layers with word boxes, and its pages as images.

The only importer of pypdf and pypdfium2. pypdf opens the file first, checks and decrypts it and reads its structure;
pdfium then reads the text and draws the pages. Where pdfium can't, pypdf reads the text, without
boxes. Nothing in the file is ever executed: pdfium is built without a JavaScript engine and attachments stay closed.
"""

from __future__ import annotations

import ctypes
import io
import logging
import math
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdf
import pypdf.errors
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from PIL import Image

from indexer.errors import UnreadableFile
from indexer.layout import Box, Letter, character, placed, printed_lines
from indexer.pages import Word

EXTRACTOR = f"pdfium-{pdfium.version.PYPDFIUM_INFO}/1"
EXTRACTOR_PYPDF = f"pypdf-{pypdf.__version__}/1"

MAX_PIXELS = 25_000_000
POINTS_PER_INCH = 72
PRECISION = 100
IMAGE_DEPTH = 4

_LOCK = threading.RLock()
# pypdf raises whatever its parser trips over when a file is malformed.
_PYPDF_ERRORS = (pypdf.errors.PyPdfError, ValueError, LookupError, TypeError, AttributeError, OSError, RecursionError)

LOCKED = "Berkas terkunci dengan kata sandi. Buka berkas dengan kata sandinya, simpan tanpa kunci, lalu unggah lagi."
BROKEN = "Berkas PDF rusak atau terpotong sehingga tidak dapat dibuka. Mintalah salinan yang utuh, lalu unggah lagi."


@dataclass(frozen=True, slots=True)
class TextLayer:
    """What a page holds besides its picture. `image_share` is the part of the page under images, 0 to 1.

    `slanted` counts the letters left out because they stand askew (watermarks), `nameless` those whose font does not
    say which letter they are.
    """

    width: float
    height: float
    text: str
    words: tuple[Word, ...]
    image_share: float
    extractor: str
    slanted: int = 0
    nameless: int = 0


class PdfFile:
    """An opened PDF: `page_count`, `encrypted`, `metadata`, `layer(n)`, `image(n)`. Close it, or use it in a `with`.

    Raises: UnreadableFile `terkunci` where a password is needed, `rusak` where neither library can open it.
    """

    def __init__(self, path: Path, password: str | None = None, max_pixels: int = MAX_PIXELS) -> None:
        logging.getLogger("pypdf").setLevel(logging.CRITICAL)
        self._max_pixels = max_pixels
        self._reader = _opened_by_pypdf(path, password)
        self._document = _opened_by_pdfium(path, password)
        if self._document is None and self._reader is None:
            raise UnreadableFile("rusak", BROKEN)
        self.encrypted = self._reader is not None and self._reader.is_encrypted
        self.metadata = _metadata(self._reader)
        self.page_count = self._counted()
        if not self.page_count:
            raise UnreadableFile("rusak", BROKEN)

    def __enter__(self) -> PdfFile:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Both libraries let go of the file."""
        with _LOCK:
            if self._document is not None:
                self._document.close()
        if self._reader is not None:
            self._reader.close()

    def layer(self, number: int) -> TextLayer:
        """The text layer of page `number` (from 1), by pdfium, else by pypdf.

        Raises: UnreadableFile `rusak` where neither can read the page.
        """
        with _LOCK:
            try:
                page = self._page(number)
            except pdfium.PdfiumError as error:
                return self._layer_by_pypdf(number, error)
            try:
                return _layer_of(page)
            finally:
                page.close()

    def image(self, number: int, dpi: float = 200) -> Image.Image:
        """Page `number` as a grey image, `dpi` lowered where the page would have more pixels than allowed.

        Raises: UnreadableFile `rusak` where pdfium can't draw the page.
        """
        with _LOCK:
            try:
                page = self._page(number)
            except pdfium.PdfiumError as error:
                raise _bad_page(number) from error
            try:
                return _drawn(page, dpi, self._max_pixels, grey=True)
            finally:
                page.close()

    def _page(self, number: int) -> pdfium.PdfPage:
        if self._document is None:
            raise pdfium.PdfiumError("not opened")
        return _page_of(self._document, number)

    def _layer_by_pypdf(self, number: int, cause: Exception) -> TextLayer:
        if self._reader is None:
            raise _bad_page(number) from cause
        try:
            page = self._reader.pages[number - 1]
            width, height = float(page.mediabox.width), float(page.mediabox.height)
            text = _storable(page.extract_text().strip())
        except _PYPDF_ERRORS as error:
            raise _bad_page(number) from error
        if page.rotation % 180:
            width, height = height, width
        return TextLayer(width, height, text, (), 0.0, EXTRACTOR_PYPDF)

    def _counted(self) -> int:
        """The larger count; pypdf's pages are used only where it counts no fewer, lest pages change places."""
        by_pdfium = len(self._document) if self._document is not None else 0
        try:
            by_pypdf = len(self._reader.pages) if self._reader is not None else 0
        except _PYPDF_ERRORS:
            by_pypdf = 0
        if by_pypdf < by_pdfium:
            self._reader = None
        return max(by_pdfium, by_pypdf)


def page_png(
    path: Path, number: int, dpi: float = 110, max_pixels: int = 8_000_000, password: str | None = None
) -> bytes:
    """Page `number` (from 1) as PNG in colour, `dpi` lowered for huge pages.

    Safe to call from several threads (they take turns). `sandbox.page_image` does the same in a child process.
    Raises: UnreadableFile `terkunci`, `rusak`.
    """
    with _LOCK:
        document = _opened_by_pdfium(path, password)
        if document is None:
            raise UnreadableFile("rusak", BROKEN)
        try:
            image = _drawn(_page_of(document, number), dpi, max_pixels, grey=False)
        except pdfium.PdfiumError as error:
            raise _bad_page(number) from error
        finally:
            document.close()
    buffer = io.BytesIO()
    image.save(buffer, "PNG", compress_level=6)
    return buffer.getvalue()


def _bad_page(number: int) -> UnreadableFile:
    return UnreadableFile("rusak", f"Halaman {number} rusak sehingga tidak dapat dibuka.")


def _opened_by_pypdf(path: Path, password: str | None) -> pypdf.PdfReader | None:
    try:
        reader = pypdf.PdfReader(path)
        locked = reader.is_encrypted and reader.decrypt(password or "") == pypdf.PasswordType.NOT_DECRYPTED
    except _PYPDF_ERRORS:
        return None
    if locked:
        raise UnreadableFile("terkunci", LOCKED)
    return reader


def _opened_by_pdfium(path: Path, password: str | None) -> pdfium.PdfDocument | None:
    with _LOCK:
        try:
            return pdfium.PdfDocument(path, password=password or None)
        except pdfium.PdfiumError as error:
            if getattr(error, "err_code", None) == pdfium_c.FPDF_ERR_PASSWORD:
                raise UnreadableFile("terkunci", LOCKED) from error
            return None


def _page_of(document: pdfium.PdfDocument, number: int) -> pdfium.PdfPage:
    if not 1 <= number <= len(document):
        raise pdfium.PdfiumError("no such page")
    return document[number - 1]


def _metadata(reader: pypdf.PdfReader | None) -> dict[str, str]:
    try:
        info = reader.metadata if reader is not None else None
        return {key.lstrip("/"): _storable(str(value))[:1000] for key, value in (info or {}).items()}
    except _PYPDF_ERRORS:
        return {}


def _storable(text: str) -> str:
    """The text without what no database takes: NUL and halves of surrogate pairs."""
    return text.replace("\x00", " ").encode("utf-8", "replace").decode()


def _drawn(page: pdfium.PdfPage, dpi: float, max_pixels: int, *, grey: bool) -> Image.Image:
    width, height = page.get_size()
    scale = dpi / POINTS_PER_INCH
    if width * height * scale * scale > max_pixels:
        scale = math.sqrt(max_pixels / (width * height))
    bitmap = page.render(scale=scale, grayscale=grey, may_draw_forms=False)
    try:
        image: Image.Image = bitmap.to_pil()
        return image.convert("L" if grey else "RGB")
    finally:
        bitmap.close()


def _layer_of(page: pdfium.PdfPage) -> TextLayer:
    width, height = page.get_size()
    textpage = page.get_textpage()
    try:
        printed = printed_lines(_letters(page, textpage))
    finally:
        textpage.close()
    text, words = placed(printed.lines)
    share = min(1.0, _image_area(page) / (width * height))
    return TextLayer(width, height, text, words, share, EXTRACTOR, printed.askew, printed.nameless)


def _image_area(page: pdfium.PdfPage) -> float:
    """Square points under images; where they overlap, counted twice."""
    area = 0.0
    for image in page.get_objects(filter=(pdfium_c.FPDF_PAGEOBJ_IMAGE,), max_depth=IMAGE_DEPTH):
        left, bottom, right, top = image.get_bounds()
        area += abs(right - left) * abs(top - bottom)
    return area


def _letters(page: pdfium.PdfPage, textpage: pdfium.PdfTextPage) -> Iterator[Letter]:
    """The layer's letters and breaks in the file's order, boxes as the page is shown."""
    width, height = page.get_size()
    size, rotation = (round(width * PRECISION), round(height * PRECISION)), page.get_rotation()
    for index in range(textpage.count_chars()):
        text = character(pdfium_c.FPDFText_GetUnicode(textpage, index))
        if text.isspace():
            yield Letter(text)
            continue
        box = _shown(page, size, _box(textpage, index))
        angle = math.degrees(pdfium_c.FPDFText_GetCharAngle(textpage, index)) + rotation
        if pdfium_c.FPDFText_IsHyphen(textpage, index):
            yield Letter("-", box, angle)
            yield Letter("\n")
        else:
            yield Letter(text, box, angle)


def _box(textpage: pdfium.PdfTextPage, index: int) -> Box:
    """The letter's box in the page's own space: left, top, right, bottom, y growing upwards."""
    box = pdfium_c.FS_RECTF()
    if not pdfium_c.FPDFText_GetLooseCharBox(textpage, index, box):
        return 0.0, 0.0, 0.0, 0.0
    return box.left, box.top, box.right, box.bottom


def _shown(page: pdfium.PdfPage, size: tuple[int, int], box: Box) -> Box:
    """The box in points from the top left of the page as it is shown."""
    x, y = ctypes.c_int(), ctypes.c_int()
    corners = []
    for corner in (box[:2], box[2:]):
        pdfium_c.FPDF_PageToDevice(page, 0, 0, *size, 0, *corner, x, y)
        corners.append((x.value / PRECISION, y.value / PRECISION))
    (ax, ay), (bx, by) = corners
    return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)
