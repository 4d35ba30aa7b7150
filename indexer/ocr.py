"""A page image -> its words with boxes and confidence. The only importer of pytesseract."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pytesseract
from PIL import Image

from indexer.errors import OcrUnavailable
from indexer.layout import Line, placed
from indexer.pages import Word
from indexer.upright import Upright, upright

# Raised whenever the same picture is read better, so that what was read before can be found and read again.
OCR_VERSION = 2
LANGUAGE = "ind"
DPI, FINE_DPI = 200, 300
# Page segmentation 4: lines across the whole page, so that "Menimbang" and "a." stay beside their text. Automatic
# segmentation (3) cuts regulations into columns and loses list marks: 0.973 of the words in order against 0.997.
ONE_COLUMN = 4
LOW_CONFIDENCE = 70.0
LEAST_CONFIDENCE = 12.0
SURE_OF_ROTATION = 2.0
SECONDS_PER_RUN = 90
MISSING = "Tesseract atau data bahasa Indonesia (ind) belum terpasang di komputer ini."

Render = Callable[[int], Image.Image]
Table = Mapping[str, Sequence[Any]]


class OcrFailed(Exception):
    """Tesseract gave up on one page, or was given up; the message is for people (Indonesian)."""


@dataclass(frozen=True, slots=True)
class OcrReading:
    """What tesseract read.

    Boxes are points from the top left of the page as rendered; `confidence` is 0-100, None without words. `turned` is
    how far the page had to be turned clockwise first.
    """

    text: str
    words: tuple[Word, ...]
    confidence: float | None
    dpi: int
    turned: int = 0


@functools.cache
def ocr_languages() -> frozenset[str]:
    """The languages of the installed tesseract; empty where there is no tesseract. Asked once a process."""
    try:
        return frozenset(pytesseract.get_languages())
    except (pytesseract.TesseractNotFoundError, pytesseract.TesseractError, OSError):
        return frozenset()


def ocr_available() -> bool:
    """Whether tesseract and its Indonesian data are installed."""
    return LANGUAGE in ocr_languages()


@functools.cache
def ocr_version() -> str:
    """The name stored with what was read, such as `tesseract-5.3.0/2`.

    Raises: OcrUnavailable.
    """
    if not ocr_available():
        raise OcrUnavailable(MISSING)
    return f"tesseract-{pytesseract.get_tesseract_version()}/{OCR_VERSION}"


def read_image(render: Render, width: float) -> OcrReading:
    """The words of a page of `width` points, whose image at a given dpi `render` makes.

    200 dpi with lines set level first; where tesseract is unsure, a second look, and the surest reading is kept.
    Raises: OcrUnavailable; OcrFailed, also where one run takes longer than 90 s.
    """
    if not ocr_available():
        raise OcrUnavailable(MISSING)
    image = render(DPI)
    first = first_reading(image, width)
    return second_reading(first, image, render, width) if is_unsure(first) else first


def first_reading(image: Image.Image, width: float) -> OcrReading:
    """The page as it lies, at 200 dpi: all that most pages take. Raises: OcrUnavailable, OcrFailed."""
    return _read(image, width, DPI, 0)


def second_reading(first: OcrReading, image: Image.Image, render: Render, width: float) -> OcrReading:
    """The surest of the first reading, the page turned upright, and the page at 300 dpi. Raises: as `read_image`."""
    best = first
    turn = _turn_needed(image)
    if turn:
        best = _better(best, _read(image, width, DPI, turn))
    if is_unsure(best):
        best = _better(best, _read(render(FINE_DPI), width, FINE_DPI, best.turned))
    return best


def is_unsure(reading: OcrReading) -> bool:
    """Whether tesseract saw no word at all, or doubts the words it saw."""
    return reading.confidence is None or reading.confidence < LOW_CONFIDENCE


def _better(first: OcrReading, second: OcrReading) -> OcrReading:
    """The reading with more certainty in all: the sum over its words of how sure each is."""
    return second if _certainty(second) > _certainty(first) else first


def _certainty(reading: OcrReading) -> float:
    return sum(((word.confidence or 0) / 100) ** 2 * len(word.text) for word in reading.words)


def _turn_needed(image: Image.Image) -> int:
    """Degrees clockwise that set the page upright: 0, 90, 180 or 270; 0 where tesseract can't tell."""
    if "osd" not in ocr_languages():
        return 0
    try:
        found = pytesseract.image_to_osd(image, output_type=pytesseract.Output.DICT, timeout=SECONDS_PER_RUN)
    except (pytesseract.TesseractError, RuntimeError):
        return 0
    return int(found["rotate"]) if float(found["orientation_conf"]) >= SURE_OF_ROTATION else 0


def _read(image: Image.Image, width: float, dpi: int, turn: int) -> OcrReading:
    set_upright = upright(image, turn)
    table = _tesseract_table(set_upright.image, dpi)
    text, words = placed(_lines(table, set_upright, width / image.width))
    sure = [word.confidence for word in words if word.confidence is not None]
    return OcrReading(text, words, sum(sure) / len(sure) if sure else None, dpi, turn)


def _tesseract_table(image: Image.Image, dpi: int) -> Table:
    os.environ["OMP_THREAD_LIMIT"] = "1"
    # pytesseract hands the picture over as a file. BMP is written and read fastest: PNG takes 3 % of a page's time to
    # pack, and leptonica reads PGM byte by byte, which takes 8 %.
    image.format = "BMP"
    try:
        table: Table = pytesseract.image_to_data(
            image,
            lang=LANGUAGE,
            config=f"--dpi {dpi} --psm {ONE_COLUMN}",
            output_type=pytesseract.Output.DICT,
            timeout=SECONDS_PER_RUN,
        )
    except pytesseract.TesseractNotFoundError as error:
        raise OcrUnavailable(MISSING) from error
    except pytesseract.TesseractError as error:
        raise OcrFailed("OCR halaman ini gagal") from error
    except RuntimeError as error:
        raise OcrFailed("OCR halaman ini terlalu lama dan dihentikan") from error
    return table


def _lines(table: Table, read: Upright, scale: float) -> list[Line]:
    """Tesseract's lines in its own order, in points, without what it is all but sure to have made up."""
    lines: dict[tuple[int, int, int], Line] = {}
    for at, text in enumerate(table["text"]):
        confidence = float(table["conf"][at])
        if not text.strip() or confidence < LEAST_CONFIDENCE:
            continue
        left, top = table["left"][at], table["top"][at]
        box = read.shown((left, top, left + table["width"][at], top + table["height"][at]))
        x0, y0, x1, y1 = (edge * scale for edge in box)
        key = (table["block_num"][at], table["par_num"][at], table["line_num"][at])
        lines.setdefault(key, []).append(Word(text.strip(), -1, x0, y0, x1, y1, confidence))
    return list(lines.values())
