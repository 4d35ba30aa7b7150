"""Page by page: is the text layer good enough, does the page go to OCR, and which of the two readings is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PIL import Image

from indexer.errors import OcrUnavailable, UnreadableFile
from indexer.ocr import MISSING, OcrFailed, OcrReading, ocr_available, ocr_version, read_image
from indexer.pages import Page, Verdict
from indexer.pdf import EXTRACTOR, EXTRACTOR_PYPDF, PdfFile, TextLayer
from indexer.wording import Wording, wording_of

BIG_IMAGE = 0.5
SOME_IMAGE = 0.15
FEW_WORDS = 25
SMALL_EXTENT = 0.3
ODD_LETTERS = 0.08
RUBBISH_SHARE = 0.6
GOOD_SCAN_SHARE = 0.985
INK_SHARE = 0.0004
INK_DARKNESS = 128

OLD_OCR = "lapisan teks hasil OCR lama bermutu rendah"
READ_BY_OCR_OFF = "Halaman ini perlu OCR, tetapi OCR dimatikan."


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a page's own text layer can be used, and why (Indonesian); `ragu` where OCR may well do better."""

    verdict: Verdict
    reason: str


def judged(layer: TextLayer, *, is_first: bool = False) -> Judgement:
    """The verdict on a text layer, from its letters, where they stand and how much of the page is a picture.

    An old OCR layer on a first page is always in doubt: kind, number and year stand there, and it is but one page.
    """
    nameless = layer.nameless / max(1, layer.nameless + len(layer.text))
    if not layer.text:
        return Judgement("tidak ada", "halaman tanpa lapisan teks")
    wording = wording_of(layer.text)
    if wording.odd_letters + nameless > ODD_LETTERS or (wording.words >= FEW_WORDS and wording.share < RUBBISH_SHARE):
        return Judgement("buruk", "huruf pada lapisan teks kacau")
    if layer.image_share >= SOME_IMAGE:
        return _judged_over_image(layer, wording, is_first=is_first)
    return Judgement("baik", "lapisan teks asli")


def _judged_over_image(layer: TextLayer, wording: Wording, *, is_first: bool) -> Judgement:
    """A layer over a picture is a stamp, an old OCR reading, or a heading above a drawing."""
    if layer.image_share >= BIG_IMAGE and _covers_little(layer, wording):
        return Judgement("buruk", "lapisan teks hanya cap atau catatan kaki di atas gambar halaman")
    if layer.image_share < BIG_IMAGE:
        return Judgement("baik", "lapisan teks asli")
    if wording.share < GOOD_SCAN_SHARE or wording.confused:
        return Judgement("ragu", OLD_OCR)
    if is_first:
        return Judgement("ragu", "lapisan teks hasil OCR lama pada halaman pertama")
    return Judgement("baik", "lapisan teks hasil OCR lama, cukup baik")


def _covers_little(layer: TextLayer, wording: Wording) -> bool:
    if not layer.words:
        return wording.words < FEW_WORDS
    top, bottom = min(word.y0 for word in layer.words), max(word.y1 for word in layer.words)
    return wording.words < FEW_WORDS or (bottom - top) / layer.height < SMALL_EXTENT


def page_as_read(
    file: PdfFile, number: int, *, ocr: bool, before_ocr: Callable[[int], None] = lambda number: None
) -> Page:
    """Page `number` by the better of its text layer and OCR. `before_ocr` is told when the slow part begins.

    A page that can't be read becomes `belum` with the reason; only the loss of the process gets past this function.
    """
    try:
        layer = file.layer(number)
    except UnreadableFile as error:
        return unread(number, error.reason)
    judgement = judged(layer, is_first=number == 1)
    return replace(_read(file, number, layer, judgement, before_ocr if ocr else None), layer=judgement.verdict)


def _read(
    file: PdfFile, number: int, layer: TextLayer, judgement: Judgement, before_ocr: Callable[[int], None] | None
) -> Page:
    if judgement.verdict == "baik":
        return page_from_layer(number, layer, judgement.reason)
    try:
        return _with_ocr(file, number, layer, judgement, before_ocr)
    except UnreadableFile as error:
        return _without_ocr(number, layer, judgement, error.reason)
    except OcrFailed as error:
        return _without_ocr(number, layer, judgement, str(error))


def current_extractors() -> frozenset[str]:
    """The names under which pages are read today; OCR's only where it is installed."""
    return frozenset({EXTRACTOR, EXTRACTOR_PYPDF} | ({ocr_version()} if ocr_available() else set()))


def unread(number: int, reason: str, width: float = 0.0, height: float = 0.0) -> Page:
    """A page nobody could read yet."""
    return Page(number, width, height, "", (), "belum", reason)


def _with_ocr(
    file: PdfFile, number: int, layer: TextLayer, judgement: Judgement, before_ocr: Callable[[int], None] | None
) -> Page:
    if not layer.text and is_blank(file.image(number, 50)):
        return Page(number, layer.width, layer.height, "", (), "asli", "halaman kosong", extractor=layer.extractor)
    if before_ocr is None:
        return _without_ocr(number, layer, judgement, READ_BY_OCR_OFF)
    if not ocr_available():
        return _without_ocr(number, layer, judgement, MISSING)
    before_ocr(number)
    try:
        reading = read_image(lambda dpi: file.image(number, dpi), layer.width)
    except OcrUnavailable as error:
        return _without_ocr(number, layer, judgement, str(error))
    return _chosen(number, layer, judgement, reading)


def _chosen(number: int, layer: TextLayer, judgement: Judgement, reading: OcrReading) -> Page:
    if layer.text and wording_of(layer.text).weight >= wording_of(reading.text).weight:
        reason = f"{judgement.reason}, tetapi tidak kalah dari OCR"
        return page_from_layer(number, layer, reason, other_text=reading.text or None)
    return Page(
        number,
        layer.width,
        layer.height,
        reading.text,
        reading.words,
        "ocr",
        judgement.reason if reading.text else "halaman kosong",
        reading.confidence,
        ocr_version(),
        layer.text or None,
    )


def _without_ocr(number: int, layer: TextLayer, judgement: Judgement, why: str) -> Page:
    """What is left where OCR was needed and could not be had: an old OCR layer, poor as it is, else an unread page."""
    reason = f"{judgement.reason}; {why}"
    if judgement.verdict == "ragu":
        return page_from_layer(number, layer, reason)
    page = unread(number, reason, layer.width, layer.height)
    return replace(page, extractor=layer.extractor, other_text=layer.text or None)


def page_from_layer(number: int, layer: TextLayer, reason: str, other_text: str | None = None) -> Page:
    if layer.nameless:
        reason = f"{reason}; {layer.nameless} huruf tanpa nama dilewati"
    return Page(
        number,
        layer.width,
        layer.height,
        layer.text,
        layer.words,
        "asli",
        reason,
        extractor=layer.extractor,
        other_text=other_text,
    )


def is_blank(image: Image.Image) -> bool:
    """Whether next to nothing is printed on the page."""
    counts = image.convert("L").histogram()
    return sum(counts[:INK_DARKNESS]) / max(1, sum(counts)) < INK_SHARE
