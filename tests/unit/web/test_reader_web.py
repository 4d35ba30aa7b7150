"""The reader's page: the picture of a page, its text, hits from page to page, zoom, thumbnails, the original."""

from __future__ import annotations

import html
import io
import re
from dataclasses import replace

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select, update
from sqlalchemy.orm import undefer

from compliance.actor import Role
from compliance.db import now, transaction
from compliance.models import Document, Page, PageCorrection, User
from compliance.queries.page_words import words_of
from compliance.services import audit, images
from indexer.packing import pack_words
from tests.unit.web.held import SAMPLES, SYSTEM, hold, row
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


def picture(text: str) -> dict[str, str]:
    """The attributes of the page's picture."""
    tag = re.search(r'<img id="halaman"([^>]*)>', text)
    assert tag
    return {name: html.unescape(value) for name, value in re.findall(r'([\w-]+)="([^"]*)"', tag[1])}


def test_the_picture_is_shown_in_the_size_asked_for_and_drawn_as_finely(app: Flask, sign_in) -> None:
    number, client = hold(app), sign_in()
    plain = picture(client.get(f"/dokumen/{number}/halaman/3").text)
    assert plain["alt"] == "Gambar halaman 3 dari 4"
    assert "dpi=150" in plain["srcset"]
    large = picture(client.get(f"/dokumen/{number}/halaman/3?zoom=200").text)
    assert (large["width"], large["height"]) == ("1587", "2245")
    assert "srcset" not in large
    with Image.open(io.BytesIO(client.get(large["src"]).data)) as drawn:
        assert abs(drawn.width - 595 * 200 / 72) < 3


def test_zoom_and_search_stay_while_paging(app: Flask, sign_in) -> None:
    number, client = hold(app), sign_in()
    text = client.get(f"/dokumen/{number}/halaman/2?zoom=150&q=iuran").text
    following = html.unescape(re.search(r'rel="next" href="([^"]+)"', text)[1])
    assert following == f"/dokumen/{number}/halaman/3?q=iuran&zoom=150"
    assert '<input type="hidden" name="zoom" value="150">' in text
    gone = client.get(f"/dokumen/{number}/halaman/2?ke=4&zoom=150&q=iuran")
    assert gone.location == f"/dokumen/{number}/halaman/4?q=iuran&zoom=150"


def test_a_zoom_that_does_not_exist_is_the_plain_one_and_a_strange_resolution_is_not_drawn(app: Flask, sign_in) -> None:
    number, client = hold(app), sign_in()
    for asked in ("zoom=9999", "zoom=abc", "zoom=-1", "putar=45"):
        assert "srcset" in picture(client.get(f"/dokumen/{number}/halaman/1?{asked}").text), asked
    for asked in ("dpi=9999", "dpi=111", "putar=45"):
        assert client.get(f"/dokumen/{number}/halaman/1/gambar.png?{asked}").status_code == 404, asked


def test_going_past_the_end_says_where_the_document_ends(app: Flask, sign_in) -> None:
    number = hold(app)
    page = page_of(sign_in().get(f"/dokumen/{number}/halaman/1?ke=99"), 404)
    assert "Dokumen ini berakhir pada halaman 4." in page.text


def test_a_sideways_page_is_turned_with_its_marks(app: Flask, sign_in) -> None:
    number, client = hold(app), sign_in()
    text = client.get(f"/dokumen/{number}/halaman/3?q=iuran&putar=90").text
    assert re.search(r'viewBox="0 0 841\.\d+ 595\.\d+"', text)
    assert 'transform="matrix(0 1 -1 0 841' in text
    turned = picture(text)
    assert int(turned["width"]) > int(turned["height"])
    with Image.open(io.BytesIO(client.get(turned["src"]).data)) as drawn:
        assert drawn.width > drawn.height
    assert "putar=180" in text
    assert "putar" not in html.unescape(re.search(r'rel="next" href="([^"]+)"', text)[1])


def test_the_way_leads_from_hit_to_hit_over_pages_without_script(app: Flask, sign_in) -> None:
    number, client = hold(app), sign_in()
    walked: list[str] = []
    address = f"/dokumen/{number}/halaman/1?q=iuran"
    while address:
        text = client.get(address).text
        walked += re.findall(r"Temuan (\d+) dari \d+</strong>", text)
        assert text.count('id="temuan"') == text.count('<strong role="status">Temuan')
        step = re.search(r'data-step="1" href="([^"]+)"', text)
        address = html.unescape(step[1]).split("#")[0] if step else ""
    total = int(re.search(r"Temuan \d+ dari (\d+)", text)[1])
    assert walked == [str(hit) for hit in range(1, total + 1)]


def test_hits_are_listed_with_page_pasal_and_the_words_around(app: Flask, sign_in) -> None:
    number = hold(app)
    text = sign_in().get(f"/dokumen/{number}/halaman/1?q=iuran").text
    listed = re.search(r'<ol class="hitlist">(.*?)</ol>', text, re.S)[1]
    assert re.search(r"hlm\. 3 · Pasal \d+", listed)
    assert "<mark>iuran</mark>" in listed.lower()


def test_only_the_current_hit_stands_out(app: Flask, sign_in) -> None:
    number = hold(app)
    text = sign_in().get(f"/dokumen/{number}/halaman/3?q=iuran&temuan=2").text
    assert re.findall(r'<mark data-hit="(\d+)" class="current">', text) == ["2"]
    assert set(re.findall(r'<rect class="spot current"[^>]*data-hit="(\d+)"', text)) == {"2"}


def test_small_pictures_load_only_when_looked_at_and_tell_how_each_page_was_read(app: Flask, sign_in) -> None:
    number, client = hold(app), sign_in()
    lose(app, 2)
    change_page(app, 3, source="ocr", confidence=91.0)
    text = client.get(f"/dokumen/{number}/halaman/1?q=iuran").text
    small = re.search(r'<ol class="smallpages">(.*?)</ol>', text, re.S)[1]
    assert small.count('loading="lazy"') == 4
    assert re.search(r"hlm\. 2.*belum terbaca", small)
    assert re.search(r"hlm\. 3 · <mark>\d+×</mark> · OCR", small)
    source = html.unescape(re.search(r'src="([^"]+)"', small)[1])
    with Image.open(io.BytesIO(client.get(source).data)) as drawn:
        assert drawn.width < 200


def test_words_ocr_was_unsure_of_are_to_be_seen(app: Flask, sign_in) -> None:
    number, client = hold(app), sign_in()
    with app.app_context():
        session = app.extensions["patuh_sessions"]()
        page = session.scalars(select(Page).where(Page.number == 3).options(undefer(Page.boxes))).one()
        words = [replace(word, confidence=40.0 if at == 5 else 93.0) for at, word in enumerate(words_of(page))]
    change_page(app, 3, source="ocr", confidence=92.0, boxes=pack_words(words), reason="halaman tanpa lapisan teks")
    text = client.get(f"/dokumen/{number}/halaman/3").text
    assert f'<span class="unsure" title="OCR yakin 40 %">{words[5].text}</span>' in text
    assert "1 kata yang OCR-nya kurang yakin" in page_of(client.get(f"/dokumen/{number}/halaman/3")).text
    assert "Dibaca dengan OCR: halaman tanpa lapisan teks." in text


def test_the_other_reading_of_a_page_is_remembered_and_can_be_looked_at(app: Flask, sign_in) -> None:
    number, client = hold(app), sign_in()
    assert "Bacaan lain" not in client.get(f"/dokumen/{number}/halaman/1").text
    change_page(app, 1, other_text="PERATURAN <BUPATI>")
    text = client.get(f"/dokumen/{number}/halaman/1").text
    assert "Bacaan lain: hasil OCR" in text
    assert "PERATURAN &lt;BUPATI&gt;" in text


def test_a_corrected_page_says_whose_text_it_shows(app: Flask, sign_in) -> None:
    number = hold(app)
    client = sign_in(Role.VERIFIKATOR, "00", name="Ani")
    user = row(app, User)
    with app.app_context():
        session = app.extensions["patuh_sessions"]()
        with transaction(session):
            sha256 = session.get(Document, number).file_sha256
            session.add(
                PageCorrection(
                    document_id=number, file_sha256=sha256, page=2, text="Betul", author_id=user.id, recorded_at=now()
                )
            )
            audit.record(session, SYSTEM, "membetulkan teks", ("dokumen", number))
    change_page(app, 2, text="Betul", machine_text="8etul")
    text = client.get(f"/dokumen/{number}/halaman/2").text
    assert f"dibetulkan oleh {user.nama}" in text
    assert "Bacaan mesin sebelum dibetulkan" in text
    assert "8etul" in text


def test_a_picture_the_browser_holds_is_not_sent_again(app: Flask, sign_in) -> None:
    number, client = hold(app), sign_in()
    source = picture(client.get(f"/dokumen/{number}/halaman/1").text)["src"]
    first = client.get(source)
    assert first.headers["Cache-Control"] == "private, max-age=86400"
    again = client.get(source, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert client.get(f"/dokumen/{number}/halaman/1/gambar.png").headers["Cache-Control"] == "private, no-cache"
    assert client.get(f"/dokumen/{number}/halaman/1/gambar.png?v=beef").headers["Cache-Control"] == "private, no-cache"


def test_too_many_pictures_at_once_are_refused_with_the_time_to_come_back(
    app: Flask, sign_in, monkeypatch: pytest.MonkeyPatch
) -> None:
    number, client = hold(app), sign_in()

    def busy(*_: object) -> bytes:
        raise images.Busy

    monkeypatch.setattr(images, "page_image", busy)
    answer = client.get(f"/dokumen/{number}/halaman/1/gambar.png")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "3")
    assert "Muat ulang beberapa detik lagi." in answer.text
    assert client.get(f"/dokumen/{number}/bidang/nomor.png").status_code == 503


def test_the_whole_text_can_be_printed_with_its_pasal_pages_and_gaps(app: Flask, sign_in) -> None:
    number, client = hold(app), sign_in()
    lose(app, 2)
    answer = client.get(f"/dokumen/{number}/teks?q=iuran")
    page = page_of(answer)
    assert [f'id="hlm-{n}"' in answer.text for n in range(1, 5)] == [True] * 4
    assert 'id="pasal-12"' in answer.text
    assert "<mark" in answer.text
    assert "terlalu gelap" in page.text
    assert f"/dokumen/{number}/halaman/3?q=iuran" in page.links


def test_a_long_document_is_printed_in_stretches(app: Flask, sign_in, monkeypatch: pytest.MonkeyPatch) -> None:
    number, client = hold(app), sign_in()
    monkeypatch.setattr("compliance.web.reading.PAGES_OF_TEXT", 3)
    first, second = (page_of(client.get(f"/dokumen/{number}/teks?dari={start}")) for start in (3, 4))
    assert "Halaman 3" in first.text
    assert "Halaman 4" not in first.text
    assert "Halaman 4" in second.text
    assert f"/dokumen/{number}/teks?dari=4" in first.links


def test_a_part_named_in_the_address_is_marked_on_the_picture(app: Flask, sign_in) -> None:
    number = hold(app)
    client = sign_in()
    answer = client.get(f"/dokumen/{number}/pasal/1")
    address = next(link for link in page_of(answer).links if "pasal=pasal/1" in html.unescape(link))
    shown = client.get(address)
    assert '<rect class="part"' in shown.text
    assert "Ditandai pada gambar: Pasal 1" in page_of(shown).text
    beside = page_of(client.get(re.sub(r"halaman/\d+", "halaman/3", address)))
    assert "Pasal 1 tidak ada pada halaman ini." in beside.text
    unknown = client.get(f"/dokumen/{number}/halaman/1?pasal=pasal/999")
    assert '<rect class="part"' not in unknown.text
