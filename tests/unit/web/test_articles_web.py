"""A page for every Pasal, ayat and diktum: text, links, citation, the way to the picture; and a clear answer where there is none."""

from __future__ import annotations

import re
from datetime import date

import pytest
from flask import Flask

from compliance.actor import Role
from compliance.db import transaction
from compliance.models import Document
from compliance.services import audit
from tests.unit.compliance.taken import take_in
from tests.unit.web.held import SYSTEM, hold
from tests.unit.web.strict_page import page_of

FIRST = """- 1 -
PERATURAN BUPATI KATINGAN
NOMOR 6 TAHUN 2019
TENTANG
PERCOBAAN ALAMAT
Menimbang : a. bahwa pekerja dilindungi;
b. bahwa perlu ditetapkan;
Mengingat : 1. Undang-Undang Nomor 40 Tahun 2004 tentang Sistem Jaminan Sosial Nasional;
2. Instruksi Presiden Nomor 4 Tahun 2022;
3. Undang-Undang Nomor 77 Tahun 1999;
MEMUTUSKAN:
Menetapkan : PERATURAN BUPATI TENTANG PERCOBAAN ALAMAT.
BAB I
KETENTUAN UMUM
Bagian Kesatu
Pengertian
Pasal 1
Pekerja adalah orang.
BAB II
IURAN
Pasal 2
(1) Iuran pekerja rentan dibayar oleh pemerintah
daerah setiap
bulan . . ."""
SECOND = """- 2 -
bulan sesuai Pasal 1.
(2) Iuran sebagaimana dimaksud pada ayat (1) meliputi:
a. kecelakaan kerja; dan
b. kematian.
Ditetapkan di Kasongan
pada tanggal 4 Februari 2019
BUPATI KATINGAN,"""
THIRD = """PENJELASAN
ATAS
PERATURAN BUPATI KATINGAN
I. UMUM
Latar belakang pengaturan.
II. PASAL DEMI PASAL
Pasal 2
Ayat (1)
Cukup jelas tentang iuran.
Ayat (2)
Cukup jelas."""


def held_text(
    app: Flask, texts: tuple[str, ...] = (FIRST, SECOND, THIRD), source: str = "asli", **columns: object
) -> int:
    with app.app_context():
        session = app.extensions["patuh_sessions"]()
        with transaction(session):
            document = take_in(session, SYSTEM, app.extensions["patuh_settings"].store, texts, source)
            for name, value in columns.items():
                setattr(document, name, value)
            return document.id


def test_a_pasal_is_shown_over_its_page_break_without_page_number_and_catchword(app: Flask, sign_in) -> None:
    number = held_text(app)
    page = page_of(sign_in().get(f"/dokumen/{number}/pasal/2"))
    assert page.headings == ["Pasal 2"]
    assert "pemerintah daerah setiap bulan sesuai Pasal 1." in page.text
    assert ". . ." not in page.text
    assert "- 2 -" not in page.text
    assert "Ditetapkan di Kasongan" not in page.text
    assert f"/dokumen/{number}/halaman/1?pasal=pasal/2" in page.links
    assert f"/dokumen/{number}/bab/ii" in page.links
    assert f"/dokumen/{number}/pasal/1" in page.links


@pytest.mark.parametrize("address", ["pasal/2/ayat/2", "PASAL/2/AYAT/2"])
def test_an_ayat_has_an_address_of_its_own_whatever_its_capitals(app: Flask, sign_in, address: str) -> None:
    number = held_text(app, doubtful=[])
    answer = sign_in().get(f"/dokumen/{number}/{address}")
    page = page_of(answer)
    assert 'id="ayat-2"' in answer.text
    cited, quoted = re.findall(r"<textarea[^>]*>(.*?)</textarea>", answer.text, re.DOTALL)
    assert cited == "Pasal 2 ayat (2) Peraturan Bupati Katingan Nomor 6 Tahun 2019"
    assert quoted.startswith(
        "(2) Iuran sebagaimana dimaksud pada ayat (1) meliputi:\na. kecelakaan kerja; dan\nb. kematian."
    )
    assert quoted.endswith("Pasal 2 ayat (2) Peraturan Bupati Katingan Nomor 6 Tahun 2019")
    assert f"/dokumen/{number}/pasal/2/ayat/1#ayat-1" in page.links


def test_a_doubtful_number_is_never_cited_as_certain(app: Flask, sign_in) -> None:
    number = held_text(app, doubtful=["nomor"])
    assert "Nomor 6 Tahun 2019 (nomor belum pasti)" in sign_in().get(f"/dokumen/{number}/pasal/1").text


def test_text_from_ocr_says_so(app: Flask, sign_in) -> None:
    number = held_text(app, source="ocr")
    assert "teks hasil OCR, periksa dengan gambarnya" in page_of(sign_in().get(f"/dokumen/{number}/pasal/1")).text


def test_the_penjelasan_of_a_pasal_stands_below_it_and_has_its_own_address(app: Flask, sign_in) -> None:
    number, client = held_text(app), sign_in()
    assert "Cukup jelas tentang iuran." in page_of(client.get(f"/dokumen/{number}/pasal/2")).text
    page = page_of(client.get(f"/dokumen/{number}/penjelasan/pasal/2"))
    assert page.headings == ["Penjelasan Pasal 2"]
    assert "Latar belakang pengaturan." in page_of(client.get(f"/dokumen/{number}/penjelasan/umum")).text


def test_mengingat_says_where_each_instrument_is_and_which_has_ended(app: Flask, sign_in) -> None:
    number = held_text(app)
    page = page_of(sign_in().get(f"/dokumen/{number}/mengingat"))
    assert "Undang-Undang Nomor 40 Tahun 2004 · belum ada naskahnya" in page.text
    assert "sudah berakhir 31 Desember 2024" in page.text
    assert "Undang-Undang Nomor 77 Tahun 1999 · tidak dikenal di sini" in page.text


def test_words_looked_for_are_marked_and_carried_along(app: Flask, sign_in) -> None:
    number = held_text(app)
    answer = sign_in().get(f"/dokumen/{number}/pasal/2?q=iuran")
    assert re.search(r"<mark[^>]*>Iuran</mark>", answer.text)
    assert f"/dokumen/{number}/pasal/1?q=iuran" in page_of(answer).links


def test_a_bab_lists_what_lies_in_it(app: Flask, sign_in) -> None:
    number, client = held_text(app), sign_in()
    page = page_of(client.get(f"/dokumen/{number}/bab/i"))
    assert "BAB I" in page.headings[0]
    assert f"/dokumen/{number}/bab/i/bagian/kesatu" in page.links
    assert f"/dokumen/{number}/pasal/1" in page_of(client.get(f"/dokumen/{number}/bab/i/bagian/kesatu")).links


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("pasal/99", "Pasal 99 tidak ditemukan dalam dokumen ini. Yang dikenali di sana: pasal 1–2."),
        ("pasal/2/ayat/9", "Ayat 9 tidak ditemukan dalam Pasal 2. Yang dikenali di sana: ayat 1–2."),
        ("diktum/kesatu", "Tidak ada diktum yang dikenali di sana."),
        ("lampiran/i", "Tidak ada lampiran yang dikenali di sana."),
    ],
)
def test_what_is_not_there_is_said_with_what_is(app: Flask, sign_in, address: str, told: str) -> None:
    number = held_text(app)
    assert told in page_of(sign_in().get(f"/dokumen/{number}/{address}"), 404).text


def test_a_diktum_and_a_change_of_an_amendment_have_addresses(app: Flask, sign_in) -> None:
    decision = "KEPUTUSAN BUPATI KATINGAN\nMEMUTUSKAN:\nKESATU : Tim dibentuk.\nKEDUA BELAS : Berlaku."
    change = """MEMUTUSKAN:
Pasal I
Diubah sebagai berikut:
1. Ketentuan Pasal 4 diubah sehingga berbunyi:
Pasal 4
(1) Pekerja didaftarkan.
(2) Iuran dibayar.
Pasal II
Berlaku."""
    one, other, client = held_text(app, (decision,)), held_text(app, (change,)), sign_in()
    assert page_of(client.get(f"/dokumen/{one}/diktum/kedua-belas")).headings == ["Diktum KEDUA BELAS"]
    assert page_of(client.get(f"/dokumen/{other}/pasal/I/angka/1")).headings == ["Pasal I angka 1"]
    assert page_of(client.get(f"/dokumen/{other}/pasal/4/ayat/2")).headings == ["Pasal 4"]
    assert f"/dokumen/{other}/pasal/i/angka/1" in page_of(client.get(f"/dokumen/{other}/pasal/i")).links


def test_a_pasal_of_an_act_that_ended_says_so(app: Flask, sign_in) -> None:
    number = held_text(app)
    with app.app_context():
        session = app.extensions["patuh_sessions"]()
        with transaction(session):
            act = session.get(Document, number).regulation
            act.berlaku_sampai = date(2020, 12, 31)
            audit.record(session, SYSTEM, "uji", ("peraturan", act.id))
    assert "Peraturan ini sudah berakhir 31 Desember 2020." in page_of(sign_in().get(f"/dokumen/{number}/pasal/1")).text


def test_a_number_read_twice_says_so(app: Flask, sign_in) -> None:
    number = held_text(app, (FIRST, "Pasal 1\nIsi lain.\nDitetapkan di Kasongan"))
    assert "Nomor ini terbaca lebih dari satu kali" in page_of(sign_in().get(f"/dokumen/{number}/pasal/1")).text


def test_the_pages_of_samples_are_well_made(app: Flask, sign_in) -> None:
    number, client = hold(app), sign_in()
    for address in ("pasal/1", "pasal/7", "bab/i", "menimbang", "mengingat"):
        page_of(client.get(f"/dokumen/{number}/{address}"))


def test_odd_addresses_and_queries_are_harmless(app: Flask, sign_in) -> None:
    number, client = held_text(app), sign_in()
    for address in (
        "pasal/<script>",
        "pasal/" + "9" * 3000,
        "pasal/%00",
        "pasal/../asli",
        "lampiran//",
        "pasal/7/ayat",
    ):
        assert client.get(f"/dokumen/{number}/{address}").status_code in (400, 404, 308)
    page_of(client.get(f"/dokumen/{number}/pasal/2", query_string={"q": '"(('}))


def test_a_reader_of_another_region_finds_nothing(app: Flask, sign_in) -> None:
    number = held_text(app, wilayah="62.06")
    assert sign_in(Role.PEMBACA, "52").get(f"/dokumen/{number}/pasal/1").status_code == 404


def test_a_pasal_of_the_penjelasan_does_not_hide_the_one_of_the_body(app: Flask, sign_in) -> None:
    number = hold(app, "perda-jaminan-sosial.pdf")
    assert page_of(sign_in().get(f"/dokumen/{number}/pasal/1")).headings == ["Pasal 1"]
