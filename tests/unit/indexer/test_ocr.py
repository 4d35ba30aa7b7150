"""Pictures of pages are read by tesseract, turned where needed, and say how sure the reading is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PIL import Image

from indexer import ocr
from indexer.errors import OcrUnavailable
from tests import pdfs

WIDTH, HEIGHT = 595.0, 842.0
LINES = pdfs.REGULATION[:8]


@pytest.fixture
def without_tesseract(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    caches = (ocr.ocr_languages, ocr.ocr_version)
    for cached in caches:
        cached.cache_clear()
    monkeypatch.setattr("pytesseract.pytesseract.tesseract_cmd", "/nonexistent/tesseract")
    yield
    for cached in caches:
        cached.cache_clear()


def page(lines: tuple[str, ...] = LINES, turn: int = 0) -> ocr.OcrReading:
    picture = pdfs.scanned_image(lines).rotate(turn, expand=True)
    size = WIDTH if turn % 180 == 0 else HEIGHT
    return ocr.read_image(lambda dpi: picture, size)


needs_tesseract = pytest.mark.service("tesseract")


@needs_tesseract
def test_a_scanned_page_is_read_line_by_line() -> None:
    reading = page()
    assert reading.text.replace(":", ";").split("\n") == [line.replace(":", ";") for line in LINES]
    assert all(reading.text[word.start : word.start + len(word.text)] == word.text for word in reading.words)
    assert reading.confidence is not None
    assert reading.confidence > 85


@needs_tesseract
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_boxes_fit_the_page_as_it_was_given_even_when_it_lies_on_its_side(turn: int) -> None:
    reading = page(pdfs.REGULATION, turn)
    first = reading.words[0]
    x, y = {0: (60, 60), 90: (60, WIDTH - 60), 180: (WIDTH - 60, HEIGHT - 60), 270: (HEIGHT - 60, 60)}[turn]
    assert reading.text.startswith("BUPATI CONTOH")
    assert min(abs(first.x0 - x), abs(first.x1 - x)) < 8
    assert min(abs(first.y0 - y), abs(first.y1 - y)) < 8


@needs_tesseract
def test_a_blank_page_has_no_words_and_no_confidence() -> None:
    reading = ocr.read_image(lambda dpi: Image.new("L", (800, 1100), 255), WIDTH)
    assert (reading.text, reading.words, reading.confidence) == ("", (), None)


@needs_tesseract
def test_an_unsure_reading_is_tried_again_at_300_dpi() -> None:
    asked = []

    def render(dpi: int) -> Image.Image:
        asked.append(dpi)
        return Image.effect_noise((600, 800), 90)

    ocr.read_image(render, WIDTH)
    assert asked == [200, 300]


@needs_tesseract
def test_a_run_that_takes_too_long_is_a_failure_with_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "SECONDS_PER_RUN", 0.01)
    with pytest.raises(ocr.OcrFailed, match="terlalu lama"):
        page()


@needs_tesseract
def test_the_version_is_named() -> None:
    assert ocr.ocr_available()
    assert ocr.ocr_version().startswith("tesseract-")


@pytest.mark.usefixtures("without_tesseract")
def test_without_tesseract_ocr_says_that_it_is_missing() -> None:
    assert not ocr.ocr_available()
    with pytest.raises(OcrUnavailable, match="belum terpasang"):
        ocr.read_image(lambda dpi: pdfs.scanned_image(LINES), WIDTH)
