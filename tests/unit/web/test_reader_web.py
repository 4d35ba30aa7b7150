"""The reader's page: the picture of a page, its text, hits from page to page, zoom, thumbnails, the original."""

from __future__ import annotations

import io
import re

from flask import Flask
from PIL import Image
from sqlalchemy import update

from compliance.db import transaction
from compliance.models import Page
from tests.unit.web.held import SAMPLES, hold
from tests.unit.web.strict_page import page_of


def lose(app: Flask, page: int) -> None:
    """Nobody could read this page."""
    change_page(app, page, source="belum", text="", reason="terlalu gelap")


def change_page(app: Flask, number: int, **columns: object) -> None:
    with app.app_context():
        session = app.extensions["patuh_sessions"]()
        with transaction(session):
            session.execute(update(Page).where(Page.number == number).values(**columns))


def test_a_doubtful_number_is_not_cited_as_if_it_were_certain(app: Flask, sign_in) -> None:
    number = hold(app, doubtful=["nomor"])
    assert "Nomor 7 Tahun 2024 (belum pasti), halaman 1" in sign_in().get(f"/dokumen/{number}/halaman/1").text


def test_the_reader_marks_the_words_on_the_picture_and_in_the_text(app: Flask, sign_in) -> None:
    number = hold(app)
    answer = sign_in().get(f"/dokumen/{number}/halaman/3?q=iuran")
    page = page_of(answer)
    marks = re.findall(r'<mark data-hit="(\d+)"[^>]*>([^<]+)</mark>', answer.text)
    rects = re.findall(
        r'<rect[^>]*data-hit="(\d+)" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"', answer.text
    )
    assert marks
    assert {word.lower() for _hit, word in marks} == {"iuran"}
    assert {hit for hit, *_box in rects} == {hit for hit, _word in marks}
    for _hit, x, y, width, height in rects:
        assert 0 < float(x) < float(x) + float(width) < 595.3
        assert 0 < float(y) < float(y) + float(height) < 841.9
    assert "teks asli" in page.text
    assert 'viewBox="0 0 595' in answer.text


def test_hits_are_counted_over_the_document_and_lead_to_their_pages(app: Flask, sign_in) -> None:
    number = hold(app)
    page = page_of(sign_in().get(f"/dokumen/{number}/halaman/1?q=iuran"))
    found = int(re.search(r"(\d+) temuan di (\d+) halaman", page.text)[1])
    assert found >= 5
    assert f"/dokumen/{number}/halaman/3?q=iuran" in page.links


def test_words_that_are_not_there_are_said_not_to_be_there_and_unread_pages_are_named(app: Flask, sign_in) -> None:
    number = hold(app)
    lose(app, 2)
    page = page_of(sign_in().get(f"/dokumen/{number}/halaman/1?q=zirkonium"))
    assert "“zirkonium” tidak ditemukan dalam dokumen ini." in page.text
    assert "Halaman 2 belum terbaca: tidak ikut dicari." in page.text


def test_an_instrument_asked_for_by_name_is_no_search_for_words(app: Flask, sign_in) -> None:
    number = hold(app)
    assert "tidak ditemukan" not in page_of(sign_in().get(f"/dokumen/{number}/halaman/1?q=uu+24/2011")).text


def test_odd_input_in_the_readers_search_box_is_harmless(app: Flask, sign_in) -> None:
    number, client = hold(app), sign_in()
    for typed in ('"', "((", "*", "a" * 9000, "<script>alert(1)</script>", "\x00\x01"):
        answer = client.get(f"/dokumen/{number}/halaman/1", query_string={"q": typed})
        page_of(answer)
        assert "<script>alert" not in answer.text


def test_a_page_nobody_could_read_says_so_and_still_shows_its_picture(app: Flask, sign_in) -> None:
    number = hold(app)
    lose(app, 2)
    client = sign_in()
    page = page_of(client.get(f"/dokumen/{number}/halaman/2"))
    assert "Halaman ini belum terbaca." in page.text
    assert "terlalu gelap" in page.text
    assert "belum terbaca" in page_of(client.get(f"/dokumen/{number}")).text


def test_the_original_is_only_ever_downloaded(app: Flask, sign_in) -> None:
    number = hold(app)
    with sign_in().get(f"/dokumen/{number}/asli") as answer:
        assert answer.data == (SAMPLES / "perbup-pekerja-rentan.pdf").read_bytes()
        assert answer.headers["Content-Disposition"].startswith("attachment; filename=perbup-pekerja-rentan.pdf")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.mimetype == "application/pdf"


def test_a_missing_original_is_said_not_a_crash(app: Flask, sign_in, settings) -> None:
    number = hold(app)
    next(settings.store.rglob("*.pdf")).unlink()
    client = sign_in()
    assert client.get(f"/dokumen/{number}/asli").status_code == 404
    assert client.get(f"/dokumen/{number}/halaman/1/gambar.png").status_code == 404
    assert client.get(f"/dokumen/{number}/halaman/1").status_code == 200


def test_a_page_is_drawn_once_and_kept(app: Flask, sign_in, settings) -> None:
    number, client = hold(app), sign_in()
    first = client.get(f"/dokumen/{number}/halaman/1/gambar.png")
    with Image.open(io.BytesIO(first.data)) as picture:
        assert abs(picture.width - 595 * 110 / 72) < 3
    kept = list(settings.images.glob("*"))
    assert [path.suffix for path in kept] == [".png"]
    blank = io.BytesIO()
    Image.new("RGB", (3, 3)).save(blank, "PNG")
    kept[0].write_bytes(blank.getvalue())
    assert client.get(f"/dokumen/{number}/halaman/1/gambar.png").data == blank.getvalue()
    assert client.get(f"/dokumen/{number}/halaman/9/gambar.png").status_code == 404


def test_the_place_where_a_field_was_read_is_cut_out(app: Flask, sign_in) -> None:
    number, client = hold(app), sign_in()
    answer = client.get(f"/dokumen/{number}/bidang/nomor.png")
    with Image.open(io.BytesIO(answer.data)) as picture:
        assert picture.width > picture.height > 20
        assert picture.height < 120
    assert client.get(f"/dokumen/{number}/bidang/bukan.png").status_code == 404
