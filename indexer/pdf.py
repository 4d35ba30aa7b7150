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
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path
from typing import Any

import pypdf
import pypdf.errors
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from PIL import Image

from indexer.errors import UnreadableFile
from indexer.layout import HYPHEN, NAMELESS, Box, Letters, character, placed, printed_lines
from indexer.pages import Word

EXTRACTOR = f"pdfium-{pdfium.version.PYPDFIUM_INFO}/1"
EXTRACTOR_PYPDF = f"pypdf-{pypdf.__version__}/1"

MAX_PIXELS = 25_000_000
POINTS_PER_INCH = 72
PRECISION = 100
IMAGE_DEPTH = 4

_FIRST_SURROGATE, _LAST_SURROGATE = 0xD800, 0xDFFF
_EDGES_BYTES = 4 * ctypes.sizeof(ctypes.c_float)

_LOCK = threading.RLock()
# pypdf raises whatever its parser trips over when a file is malformed.
_PYPDF_ERRORS = (pypdf.errors.PyPdfError, ValueError, LookupError, TypeError, AttributeError, OSError, RecursionError)

LOCKED = (
    "Berkas terkunci dengan kata sandi. Ketik kata sandinya di halaman dokumen ini, atau unggah salinan tanpa kunci."
)
NOT_OPENED = "Kata sandi itu tidak membuka berkas ini. Periksa huruf besar dan kecilnya, lalu coba lagi."
BROKEN = "Berkas PDF rusak atau terpotong sehingga tidak dapat dibuka. Mintalah salinan yang utuh, lalu unggah lagi."


def _bare(function: Any, result: Any, *arguments: Any) -> Any:
    """pdfium's function for calls by the thousand: plain numbers and addresses in and out, several times as fast."""
    return ctypes.PYFUNCTYPE(result, *arguments)(ctypes.cast(function, ctypes.c_void_p).value or 0)


_code_at = _bare(pdfium_c.FPDFText_GetUnicode, ctypes.c_uint, ctypes.c_void_p, ctypes.c_int)
_angle_at = _bare(pdfium_c.FPDFText_GetCharAngle, ctypes.c_float, ctypes.c_void_p, ctypes.c_int)
_is_hyphen = _bare(pdfium_c.FPDFText_IsHyphen, ctypes.c_int, ctypes.c_void_p, ctypes.c_int)
_put_text = _bare(pdfium_c.FPDFText_GetText, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_int, ctypes.c_void_p)
_put_edges = _bare(pdfium_c.FPDFText_GetLooseCharBox, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)


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


def save_unlocked(path: Path, password: str, target: Path) -> None:
    """`target` is the same file without its lock. Raises: UnreadableFile `sandi_salah`, `rusak`."""
    with _LOCK:
        try:
            document = _opened_by_pdfium(path, password)
        except UnreadableFile as error:
            raise UnreadableFile("sandi_salah", NOT_OPENED) from error
        if document is None:
            raise UnreadableFile("rusak", BROKEN)
        try:
            document.save(target, flags=pdfium_c.FPDF_REMOVE_SECURITY)
        finally:
            document.close()


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
    drawn = _drawn_on(page)
    textpage = page.get_textpage()
    try:
        printed = printed_lines(_letters(page, textpage, is_upright=drawn.is_upright), _shown_on(page))
    finally:
        textpage.close()
    text, words = placed(printed.lines)
    share = min(1.0, drawn.image_area / (width * height))
    return TextLayer(width, height, text, words, share, EXTRACTOR, printed.askew, printed.nameless)


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What the objects of a page tell: square points under images (counted twice where they overlap), all text upright."""

    image_area: float
    is_upright: bool


def _drawn_on(page: pdfium.PdfPage) -> _Drawn:
    edges, matrix = [ctypes.c_float() for _ in range(4)], pdfium_c.FS_MATRIX()
    area, is_upright = 0.0, True
    for kind, drawn in _objects(pdfium_c.FPDFPage_CountObjects, pdfium_c.FPDFPage_GetObject, page):
        if kind == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            if not pdfium_c.FPDFPageObj_GetBounds(drawn, *edges):
                raise pdfium.PdfiumError("an image without a place")
            left, bottom, right, top = (edge.value for edge in edges)
            area += abs(right - left) * abs(top - bottom)
        elif kind == pdfium_c.FPDF_PAGEOBJ_FORM:
            is_upright = False  # its text may stand any way
        elif kind == pdfium_c.FPDF_PAGEOBJ_TEXT and is_upright:
            is_upright = (
                bool(pdfium_c.FPDFPageObj_GetMatrix(drawn, matrix)) and matrix.a > 0 and matrix.b == matrix.c == 0
            )
    return _Drawn(area, is_upright)


def _objects(count: Any, object_at: Any, parent: Any, depth: int = IMAGE_DEPTH) -> Iterator[tuple[int, Any]]:
    """What is drawn on a page or in a form, with its kind; forms are followed by what is in them, `depth` levels down."""
    kind_of = pdfium_c.FPDFPageObj_GetType
    for at in range(count(parent)):
        drawn = object_at(parent, at)
        kind = kind_of(drawn)
        yield kind, drawn
        if kind == pdfium_c.FPDF_PAGEOBJ_FORM and depth > 1:
            yield from _objects(pdfium_c.FPDFFormObj_CountObjects, pdfium_c.FPDFFormObj_GetObject, drawn, depth - 1)


def _letters(page: pdfium.PdfPage, textpage: pdfium.PdfTextPage, *, is_upright: bool) -> Letters:
    """The layer's letters and breaks in the file's order, corners in the page's own space."""
    handle, count, rotation = _handle_of(textpage), textpage.count_chars(), page.get_rotation()
    turns = [0.0] * count if is_upright else list(map(_angle_at, repeat(handle), range(count)))
    degrees = {turn: math.degrees(turn) + rotation for turn in set(turns)}
    return Letters(_text(handle, count), [degrees[turn] for turn in turns], _edges(handle, count))


def _handle_of(held: pdfium.PdfPage | pdfium.PdfTextPage) -> int | None:
    return ctypes.cast(held.raw, ctypes.c_void_p).value


def _text(handle: int | None, count: int) -> str:
    """One character a letter, HYPHEN where pdfium joined two lines at one."""
    units = (ctypes.c_ushort * (count + 1))()
    written = _put_text(handle, 0, count, ctypes.addressof(units)) - 1
    codes = memoryview(units).cast("B").cast("H").tolist()[:count]
    if written != count or any(_FIRST_SURROGATE <= code <= _LAST_SURROGATE for code in codes):
        codes = list(map(_code_at, repeat(handle), range(count)))  # its text is no letter for letter copy
    text = "".join(map(character, codes))
    if NAMELESS not in text:
        return text
    return "".join(HYPHEN if each == NAMELESS and _is_hyphen(handle, at) else each for at, each in enumerate(text))


def _edges(handle: int | None, count: int) -> list[float]:
    """Left, top, right, bottom of every letter, y growing upwards; zeros for a letter without a box."""
    edges = (ctypes.c_float * (4 * count))()
    start = ctypes.addressof(edges)
    for _ in map(_put_edges, repeat(handle), range(count), range(start, start + ctypes.sizeof(edges), _EDGES_BYTES)):
        pass
    numbers: list[float] = memoryview(edges).cast("B").cast("f").tolist()  # type: ignore[assignment]
    return numbers


def _shown_on(page: pdfium.PdfPage) -> Callable[[Box], Box]:
    """Turns a box in the page's own space into points from the top left of the page as it is shown, to a hundredth."""
    left, bottom, right, top = page.get_bbox()
    x, y = _put_on_page(page, left, bottom)
    x_right, y_right = _put_on_page(page, right, bottom)
    x_top, y_top = _put_on_page(page, left, top)
    xx, yx = (x_right - x) / (right - left), (y_right - y) / (right - left)
    xy, yy = (x_top - x) / (top - bottom), (y_top - y) / (top - bottom)
    x, y = x - xx * left - xy * bottom, y - yx * left - yy * bottom

    def shown(box: Box) -> Box:
        x0, y0, x1, y1 = box
        ax, bx = round(xx * x0 + xy * y0 + x) / PRECISION, round(xx * x1 + xy * y1 + x) / PRECISION
        ay, by = round(yx * x0 + yy * y0 + y) / PRECISION, round(yx * x1 + yy * y1 + y) / PRECISION
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)

    return shown


def _put_on_page(page: pdfium.PdfPage, x: float, y: float) -> tuple[float, float]:
    """Where a point of the page's own space is shown, in hundredths of a point from the top left."""
    width, height = page.get_size()
    across, down = ctypes.c_int(), ctypes.c_int()
    size = round(width * PRECISION), round(height * PRECISION)
    pdfium_c.FPDF_PageToDevice(page, 0, 0, *size, 0, x, y, across, down)
    return across.value, down.value
