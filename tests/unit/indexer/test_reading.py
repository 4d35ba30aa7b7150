"""Page by page: the text layer where it is good, OCR where it is not, and an honest word where neither can be had."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from indexer import reading
from indexer.ocr import OcrFailed
from indexer.pages import Page, Word
from indexer.pdf import PdfFile, TextLayer
from tests import pdfs

needs_tesseract = pytest.mark.service("tesseract")


def pages_of(path: Path, *, ocr: bool = True) -> list[Page]:
    with PdfFile(path) as file:
        return [reading.page_as_read(file, number, ocr=ocr) for number in range(1, file.page_count + 1)]


def only_page(path: Path, *, ocr: bool = True) -> Page:
    (page,) = pages_of(path, ocr=ocr)
    return page


def layer(text: str, *, image_share: float = 0.0, height: float = 800, nameless: int = 0) -> TextLayer:
    """A layer of one word a line, down the page."""
    words = tuple(Word(word, 0, 50, 20 * at, 90, 20 * at + 12) for at, word in enumerate(text.split()))
    return TextLayer(600, height, text, words, image_share, "uji", nameless=nameless)


def body(lines: Sequence[str] = pdfs.REGULATION) -> str:
    return "\n".join(lines)


def test_a_typed_page_keeps_its_own_text(tmp_path: Path) -> None:
    page = only_page(pdfs.digital_pdf(tmp_path / "a.pdf"))
    assert (page.source, page.layer, page.reason, page.confidence) == ("asli", "baik", "lapisan teks asli", None)


@needs_tesseract
def test_mixed_files_are_decided_page_by_page(tmp_path: Path) -> None:
    pages = pages_of(pdfs.mixed_pdf(tmp_path / "a.pdf"))
    assert [(page.number, page.source, page.layer) for page in pages] == [
        (1, "asli", "baik"),
        (2, "ocr", "tidak ada"),
        (3, "asli", "tidak ada"),
    ]
    assert pages[1].confidence is not None
    assert pages[1].extractor.startswith("tesseract-")


def test_an_empty_page_is_called_empty_and_not_unread(tmp_path: Path) -> None:
    empty = pages_of(pdfs.mixed_pdf(tmp_path / "a.pdf"), ocr=False)[2]
    assert (empty.source, empty.text, empty.reason) == ("asli", "", "halaman kosong")


def test_a_nearly_empty_typed_page_is_read_as_it_is(tmp_path: Path) -> None:
    page = only_page(pdfs.digital_pdf(tmp_path / "a.pdf", [["RATMOKO"]]))
    assert (page.source, page.text) == ("asli", "RATMOKO")


@needs_tesseract
def test_a_scan_with_only_a_footer_stamp_goes_to_ocr_and_the_stamp_is_kept_aside(tmp_path: Path) -> None:
    page = only_page(pdfs.stamped_scan_pdf(tmp_path / "a.pdf", "Bagian Hukum"))
    assert page.source == "ocr"
    assert page.text.startswith("BUPATI CONTOH")
    assert page.other_text == "Bagian Hukum"
    assert "cap" in page.reason


def test_a_decent_old_ocr_layer_is_kept_without_ocr(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "read_image", None)
    with PdfFile(pdfs.old_ocr_pdf(tmp_path / "a.pdf", pdfs.REGULATION, pages=2)) as file:
        page = reading.page_as_read(file, 2, ocr=True)
    assert (page.source, page.text) == ("asli", body())


@needs_tesseract
def test_an_old_ocr_layer_on_the_first_page_is_always_checked_by_ocr(tmp_path: Path) -> None:
    page = only_page(pdfs.old_ocr_pdf(tmp_path / "a.pdf", pdfs.REGULATION))
    assert page.other_text is not None
    assert "halaman pertama" in page.reason


@needs_tesseract
def test_a_poor_old_ocr_layer_loses_against_ocr_and_is_kept_aside(tmp_path: Path) -> None:
    poor = [line.replace("2021", "2O2l").replace("Pasal ", "Pasal") for line in pdfs.REGULATION]
    page = only_page(pdfs.old_ocr_pdf(tmp_path / "a.pdf", poor))
    assert page.source == "ocr"
    assert "NOMOR 7 TAHUN 2021" in page.text
    assert (page.layer, page.other_text) == ("ragu", body(poor))


@needs_tesseract
def test_a_poor_layer_that_beats_ocr_stays_and_ocr_is_kept_aside(tmp_path: Path) -> None:
    poor = [*pdfs.REGULATION, "Pasal3"]
    page = only_page(pdfs.old_ocr_pdf(tmp_path / "a.pdf", poor, picture=["Pasal 3"]))
    assert (page.source, page.other_text) == ("asli", "Pasal 3")
    assert "tidak kalah dari OCR" in page.reason


def test_with_ocr_off_a_scan_is_unread_and_a_poor_layer_is_better_than_nothing(tmp_path: Path) -> None:
    scan = only_page(pdfs.scanned_pdf(tmp_path / "a.pdf"), ocr=False)
    assert (scan.source, scan.text) == ("belum", "")
    assert "OCR dimatikan" in scan.reason
    assert scan.width > 500
    poor = only_page(pdfs.old_ocr_pdf(tmp_path / "b.pdf", [*pdfs.REGULATION, "Pasal3"]), ocr=False)
    assert (poor.source, poor.text.split("\n")[-1]) == ("asli", "Pasal3")


def test_without_tesseract_a_scan_is_unread_with_the_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "ocr_available", lambda: False)
    page = only_page(pdfs.scanned_pdf(tmp_path / "a.pdf"))
    assert page.source == "belum"
    assert "belum terpasang" in page.reason


@needs_tesseract
def test_a_page_on_which_ocr_fails_is_unread_with_the_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OcrFailed("OCR halaman ini gagal")

    monkeypatch.setattr(reading, "read_image", fail)
    page = only_page(pdfs.scanned_pdf(tmp_path / "a.pdf"))
    assert (page.source, page.reason) == ("belum", "halaman tanpa lapisan teks; OCR halaman ini gagal")


@needs_tesseract
def test_a_picture_without_words_is_empty_after_ocr(tmp_path: Path) -> None:
    page = only_page(pdfs.scanned_pdf(tmp_path / "a.pdf", ["."]))
    assert page.source in {"ocr", "asli"}
    assert (page.text, page.reason) == ("", "halaman kosong")


def test_a_bad_page_is_unread_and_the_rest_is_read(tmp_path: Path) -> None:
    pages = pages_of(pdfs.bad_page_pdf(tmp_path / "a.pdf"))
    assert [(page.source, page.layer) for page in pages] == [("asli", "baik"), ("belum", ""), ("asli", "baik")]
    assert "rusak" in pages[1].reason


@pytest.mark.parametrize(
    ("verdict", "given"),
    [
        ("tidak ada", layer("", image_share=1)),
        ("baik", layer(body())),
        ("baik", layer("Lampiran peta", image_share=0.4)),
        ("baik", layer(body(), image_share=1)),
        ("buruk", layer("Bagan organisasi", image_share=0.8)),
        ("buruk", layer(body(), image_share=1, height=9000)),
        ("ragu", layer(body() + " 2OO5", image_share=1)),
        ("buruk", layer("q7#x ~~ \\^w 4kJ| " * 12)),
        ("buruk", layer("Pasal", nameless=300)),
    ],
)
def test_layers_are_judged_by_letters_place_and_picture(verdict: str, given: TextLayer) -> None:
    assert reading.judged(given).verdict == verdict
    assert reading.judged(given).reason


def test_letters_without_a_name_are_mentioned() -> None:
    given = TextLayer(600, 800, body(), (), 0.0, "uji", nameless=3)
    assert "3 huruf tanpa nama" in reading.page_from_layer(1, given, "lapisan teks asli").reason
