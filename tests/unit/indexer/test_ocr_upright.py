"""A page that hangs askew on the scanner's glass is set level before it is read, and its words keep their places."""

from __future__ import annotations

import pytest
from PIL import Image

from indexer import ocr
from indexer.upright import skew_of, upright
from tests import pdfs

WIDTH, HEIGHT = 595.0, 842.0
PAGE = pdfs.scanned_image(pdfs.REGULATION)


def hung(degrees: float) -> Image.Image:
    """The printed page turned clockwise by so many degrees on paper of the same size."""
    return PAGE.rotate(-degrees, Image.Resampling.BICUBIC, fillcolor=250)


def read(picture: Image.Image) -> ocr.OcrReading:
    return ocr.read_image(lambda dpi: picture, WIDTH if picture.width < picture.height else HEIGHT)


@pytest.mark.parametrize("degrees", [-5.0, -3.0, -0.7, 0.0, 0.7, 3.0, 5.0])
def test_how_far_a_page_hangs_is_seen_to_a_quarter_of_a_degree(degrees: float) -> None:
    assert skew_of(hung(degrees)) == pytest.approx(degrees, abs=0.25)


@pytest.mark.parametrize("shade", [0, 128, 255])
def test_where_nothing_is_printed_nothing_is_turned(shade: int) -> None:
    blank = Image.new("L", (800, 1100), shade)
    assert skew_of(blank) == 0
    assert upright(blank).image is blank


@pytest.mark.parametrize("size", [(1, 1), (1, 900), (900, 1), (30, 40)])
def test_a_scrap_of_paper_is_no_trouble(size: tuple[int, int]) -> None:
    assert upright(Image.new("L", size, 255)).image.size == size


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("degrees", [0.0, 3.0, -5.0])
def test_a_place_on_the_upright_picture_is_found_again_on_the_page_as_given(turn: int, degrees: float) -> None:
    dot = Image.new("L", (400, 600), 255)
    dot.paste(0, (100, 150, 110, 160))
    given = dot.rotate(turn - degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    lines = PAGE.resize((400, 600)).rotate(turn - degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    set_upright = upright(lines, turn)
    assert set_upright.image.height > set_upright.image.width
    box = given.point([255 - value for value in range(256)]).getbbox()
    assert box is not None
    upright_width, upright_height = set_upright.image.size
    left, top = (upright_width - 400) / 2 + 100, (upright_height - 600) / 2 + 150
    assert set_upright.shown((left, top, left + 10, top + 10)) == pytest.approx(box, abs=4)


@pytest.mark.service("tesseract")
@pytest.mark.parametrize("degrees", [-3.0, 3.0, 5.0])
def test_an_askew_page_is_read_whole_and_its_words_lie_where_they_are_printed(degrees: float) -> None:
    level, askew = read(PAGE), read(hung(degrees))
    assert [word.text for word in askew.words] == [word.text for word in level.words]
    turned = hung(degrees).point([255 - value for value in range(256)])
    scale = PAGE.width / WIDTH
    for word in (askew.words[0], askew.words[-1]):
        box = (round(word.x0 * scale), round(word.y0 * scale), round(word.x1 * scale), round(word.y1 * scale))
        assert max(turned.crop(box).tobytes()) > 150, word


@pytest.mark.service("tesseract")
@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_lies_on_its_side_and_hangs_askew_is_read(turn: int) -> None:
    reading = read(hung(3).rotate(turn, expand=True))
    assert reading.text.startswith("BUPATI CONTOH\nPROVINSI PERCOBAAN\nPERATURAN BUPATI CONTOH\nNOMOR 7 TAHUN 2021")
