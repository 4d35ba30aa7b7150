"""What a PDF file gives: its text with boxes, its pictures, or a clear refusal."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from indexer.errors import UnreadableFile
from indexer.pdf import EXTRACTOR, PdfFile, TextLayer, page_png
from tests import pdfs


def layer_of(path: Path, number: int = 1) -> TextLayer:
    with PdfFile(path) as file:
        return file.layer(number)


def test_a_digital_page_gives_its_lines_and_words(tmp_path: Path) -> None:
    layer = layer_of(pdfs.digital_pdf(tmp_path / "a.pdf"))
    assert layer.text.split("\n") == list(pdfs.REGULATION)
    assert all(layer.text[word.start : word.start + len(word.text)] == word.text for word in layer.words)
    assert layer.extractor == EXTRACTOR
    assert layer.image_share == 0


def test_boxes_are_points_from_the_top_left_of_the_page(tmp_path: Path) -> None:
    first = layer_of(pdfs.digital_pdf(tmp_path / "a.pdf")).words[0]
    assert first.text == "BUPATI"
    assert 59 < first.x0 < 61
    assert 58 < first.y0 < 72 < first.y1 < 78


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_page_shown_turned_keeps_its_reading_order_and_has_turned_boxes(tmp_path: Path, rotation: int) -> None:
    layer = layer_of(pdfs.digital_pdf(tmp_path / "a.pdf", rotation=rotation))
    first = layer.words[0]
    corner = {90: (layer.width - 80, 50), 180: (layer.width - 120, layer.height - 90), 270: (50, layer.height - 120)}[
        rotation
    ]
    assert layer.text.split("\n") == list(pdfs.REGULATION)
    assert corner[0] < first.x0 < corner[0] + 70
    assert corner[1] < first.y0 < corner[1] + 70


def test_boxes_lie_on_the_ink_of_the_picture(tmp_path: Path) -> None:
    path = pdfs.digital_pdf(tmp_path / "a.pdf", rotation=90)
    with PdfFile(path) as file:
        word, picture = file.layer(1).words[5], file.image(1, 72)
    dark = picture.crop((round(word.x0), round(word.y0), round(word.x1), round(word.y1))).histogram()[:128]
    assert sum(dark) > 5


def test_watermark_letters_do_not_spoil_a_heading(tmp_path: Path) -> None:
    layer = layer_of(pdfs.watermarked_pdf(tmp_path / "a.pdf"))
    assert layer.text.split("\n")[0] == "Pasal 12"
    assert layer.slanted == len("Ditjen")


def test_margin_labels_are_read_beside_their_text(tmp_path: Path) -> None:
    layer = layer_of(pdfs.labels_drawn_first_pdf(tmp_path / "a.pdf"))
    assert layer.text.split("\n") == [
        "PERATURAN BUPATI",
        "Menimbang : a. bahwa",
        "b. bahwa",
        "Mengingat : 1. Undang-Undang",
    ]


def test_a_scan_has_no_text_and_is_all_picture(tmp_path: Path) -> None:
    layer = layer_of(pdfs.scanned_pdf(tmp_path / "a.pdf"))
    assert layer.text == ""
    assert layer.image_share > 0.99


def test_a_file_encrypted_with_an_empty_password_opens_and_says_so(tmp_path: Path) -> None:
    with PdfFile(pdfs.locked_pdf(tmp_path / "a.pdf", "")) as file:
        assert file.encrypted
        assert file.layer(1).text.startswith("BUPATI CONTOH")
        assert file.image(1, 30).width > 200


def test_a_password_opens_a_locked_file(tmp_path: Path) -> None:
    with PdfFile(pdfs.locked_pdf(tmp_path / "a.pdf", "rahasia"), "rahasia") as file:
        assert file.layer(1).text.startswith("BUPATI CONTOH")


@pytest.mark.parametrize("password", [None, "salah"])
def test_a_locked_file_is_refused_by_name(tmp_path: Path, password: str | None) -> None:
    with pytest.raises(UnreadableFile) as refused:
        PdfFile(pdfs.locked_pdf(tmp_path / "a.pdf", "rahasia"), password)
    assert refused.value.code == "terkunci"
    assert "kata sandi" in refused.value.reason


def test_a_truncated_pdf_is_refused_as_broken(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile) as refused:
        PdfFile(pdfs.truncated_pdf(tmp_path / "a.pdf"))
    assert refused.value.code == "rusak"


def test_metadata_comes_back_as_text(tmp_path: Path) -> None:
    with PdfFile(pdfs.digital_pdf(tmp_path / "a.pdf")) as file:
        assert file.metadata["Title"] == "Contoh peraturan"


def test_where_pdfium_cannot_open_the_file_pypdf_reads_the_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise pypdfium2.PdfiumError("refused for the test")

    path = pdfs.digital_pdf(tmp_path / "a.pdf")
    monkeypatch.setattr("indexer.pdf.pdfium.PdfDocument", refuse)
    layer = layer_of(path)
    assert "Pasal 1" in layer.text
    assert layer.words == ()
    assert layer.extractor.startswith("pypdf-")


def test_a_bad_page_does_not_move_the_pages_after_it(tmp_path: Path) -> None:
    with PdfFile(pdfs.bad_page_pdf(tmp_path / "a.pdf")) as file:
        assert file.page_count == 3
        assert file.layer(3).text == "Pasal 1"
        with pytest.raises(UnreadableFile, match="Halaman 2"):
            file.layer(2)


def test_a_page_is_drawn_as_png(tmp_path: Path) -> None:
    image = Image.open(io.BytesIO(page_png(pdfs.digital_pdf(tmp_path / "a.pdf"), 1, dpi=72)))
    assert image.format == "PNG"
    assert abs(image.width - 595) <= 1


def test_a_huge_page_is_drawn_with_fewer_pixels(tmp_path: Path) -> None:
    path = pdfs.huge_page_pdf(tmp_path / "a.pdf")
    image = Image.open(io.BytesIO(page_png(path, 1, dpi=200, max_pixels=1_000_000)))
    assert image.width * image.height <= 1_010_000


@pytest.mark.parametrize("number", [-1, 0, 2])
def test_a_page_that_is_not_there_cannot_be_drawn(tmp_path: Path, number: int) -> None:
    with pytest.raises(UnreadableFile) as refused:
        page_png(pdfs.digital_pdf(tmp_path / "a.pdf"), number)
    assert refused.value.code == "rusak"
