"""Whatever stands in an address or a form, the answer is a page with a sentence: never an error of the program, never a redirect away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from compliance.actor import Role
from compliance.config import Settings
from tests.unit.web.strict_page import page_of

SignIn = Callable[..., FlaskClient]
JUNK = (
    *("", "abc", "0", "-1", "1e9", "0001-01-01", "9999-12-31", "31-02-2024", "0000", "1" + "0" * 18, "1" + "0" * 30),
    *("9" * 5000, "\0", "a\0b", "\x01\x7f", "\ud800", "<script>alert(1)</script>", "'\"><img src=x>", "%", "٣", "²"),
)
ADDRESSES = {
    "/": ("per", "diketahui", "anggaran"),
    "/provinsi/62": ("per", "diketahui", "anggaran", "r", "b", "format"),
    "/wilayah/62.06": ("per", "diketahui"),
    "/dokumen/": ("jenis", "tahun", "wilayah", "keadaan", "nama", "hal"),
    "/dokumen/unggahan": ("baru", "lama"),
    "/peraturan/": ("jenis", "tahun", "wilayah", "hal"),
    "/cari": ("q", "jenis", "tahun", "wilayah", "status", "hal"),
    "/paritrana/ntb-2025": ("wilayah", "format"),
    "/catatan": ("sebelum",),
    "/wilayah/62.06/catat/regulasi": ("dokumen", "halaman"),
}
NUMBERED = (
    *("/klaim/{}", "/dokumen/{}", "/dokumen/{}/halaman/1", "/dokumen/{}/asli", "/dokumen/{}/identitas"),
    *("/peraturan/{}", "/provinsi/{}", "/wilayah/{}", "/paritrana/ntb-2025/{}", "/paritrana/{}", "/masuk/sekali/{}"),
)
STAGE = {"tangga": "R3", "bentuk": "Perbup", "nomor": "6", "tahun": "2019", "tanggal": "2021", "sumber": "surat"}
BUDGET = {"tangga": "B2", "tahun": "2024", "tanggal": "2021", "sumber": "surat"}
COVERAGE = {"segmen": "total", "peserta": "5", "tanggal": "2021", "sumber": "surat"}


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_word_in_an_address_breaks_a_page(sign_in: SignIn, address: str) -> None:
    client = sign_in()
    for name in ADDRESSES[address]:
        for word in JUNK:
            asked = f"{address}?{name}={quote(word.encode('utf-8', 'surrogatepass'))}"
            answer = client.get(f"{asked}&q=iuran&b=B1" if name != "q" else asked)
            assert answer.status_code < 500 or address == "/cari", (name, word[:40])
            assert "<script>alert" not in answer.text
            assert "<img src=x" not in answer.text


def test_a_number_that_no_row_has_is_not_found(sign_in: SignIn) -> None:
    client = sign_in()
    for address in NUMBERED:
        for word in ("0", "1" + "0" * 18, "1" + "0" * 30, "9" * 4500, "-1"):
            assert client.get(address.format(word)).status_code in (200 if "sekali" in address else 404, 404), address


def test_a_nul_is_refused_in_a_sentence(sign_in: SignIn) -> None:
    client = sign_in()
    assert "Kiriman ini memuat" in page_of(client.get("/dokumen/?nama=a%00"), 400).text
    assert client.get("/wilayah/%00").status_code == 400
    assert client.post("/wilayah/62.06/catat/regulasi", data={**STAGE, "judul": "a\0"}).status_code == 400


@pytest.mark.parametrize(
    ("form", "typed", "field", "wrong", "sentence"),
    [
        ("regulasi", STAGE, "nomor", "7" * 500, "Paling panjang 80 huruf."),
        ("regulasi", STAGE, "nomor", "—", "Nomor tidak memuat angka."),
        ("regulasi", STAGE, "sumber", "x" * 6000, "Paling panjang 5.000 huruf."),
        ("regulasi", STAGE, "tanggal", "31-02-2024", "Tanggal itu tidak ada dalam kalender."),
        ("regulasi", STAGE, "dokumen", "1" + "0" * 30, "Paling banyak"),
        ("anggaran", BUDGET, "rupiah", "1" + "0" * 30, "Paling banyak 1.000.000.000.000.000"),
        ("anggaran", BUDGET, "rupiah", "9" * 5000, "Tulis bilangan bulat"),
        ("anggaran", BUDGET, "orang", "-5", "Tulis bilangan bulat"),
        ("anggaran", BUDGET, "orang", "2147483648", "Paling banyak"),
        ("anggaran", BUDGET, "bulan", "13", "Bulan antara 1 dan 12."),
        ("anggaran", BUDGET, "segmen", "x" * 121, "Paling panjang 120 huruf."),
        ("anggaran", BUDGET, "dana", "x" * 121, "Paling panjang 120 huruf."),
        ("cakupan", COVERAGE, "persen", "1000000000", "Paling banyak 1.000.000"),
        ("cakupan", COVERAGE, "persen", "5," + "1" * 60, "Tulis desimal dengan koma"),
        ("cakupan", COVERAGE, "peserta", "1" + "0" * 18, "Paling banyak"),
    ],
)
def test_what_no_column_holds_is_said_beside_its_field_and_kept_as_typed(
    sign_in: SignIn, form: str, typed: dict[str, str], field: str, wrong: str, sentence: str
) -> None:
    answer = sign_in().post(f"/wilayah/62.06/catat/{form}", data={**typed, field: wrong})
    assert sentence in page_of(answer, 422).text
    assert wrong in answer.text


@pytest.mark.parametrize("away", ["/evil.example", "\\evil.example", "/\\evil.example"])
def test_choosing_a_language_never_leads_to_another_host(app: Flask, away: str) -> None:
    answer = app.test_client().post("/bahasa", data={"bahasa": "en"}, headers={"Referer": f"http://localhost/{away}"})
    assert answer.location == "/evil.example"


def test_a_strange_language_is_not_remembered(app: Flask) -> None:
    client = app.test_client()
    client.post("/bahasa", data={"bahasa": "x" * 5000})
    assert 'lang="id"' in client.get("/masuk").text


@pytest.mark.parametrize("away", ["//evil.example", "https://evil.example", "http:evil.example", "javascript:alert(1)"])
def test_signing_in_never_leads_to_another_host(app: Flask, sign_in: SignIn, away: str) -> None:
    data = _with_password(sign_in)
    answer = app.test_client().post("/masuk", query_string={"next": away}, data=data)
    assert "Alamat tujuannya bukan halaman Patuh." in page_of(answer).text
    assert app.test_client().post("/masuk", query_string={"next": "/cari?q=a"}, data=data).location == "/cari?q=a"


@pytest.mark.parametrize("away", ["/\\evil.example", "\\\\evil.example"])
def test_a_backslash_is_no_way_to_another_host(app: Flask, sign_in: SignIn, away: str) -> None:
    answer = app.test_client().post("/masuk", query_string={"next": away}, data=_with_password(sign_in))
    assert "\\" not in answer.location
    assert answer.location.lstrip("/").startswith("%5C")


def _with_password(sign_in: SignIn) -> dict[str, str]:
    sign_in(Role.PEMBACA, "62").post("/akun/kata-sandi", data={"baru": "kuda sungai biru", "ulang": "kuda sungai biru"})
    return {"email": "pembaca.62@uji.local", "password": "kuda sungai biru"}


def test_a_sign_in_link_leads_to_the_configured_address_whatever_the_request_calls_this_machine(
    settings: Settings,
) -> None:
    app = create_app(replace(settings, address="https://patuh.contoh.go.id"))
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    told = app.test_cli_runner().invoke(args=["accounts", "link", "admin@patuh.local"]).output.strip()
    assert told.startswith("https://patuh.contoh.go.id/masuk/sekali/")
    client = app.test_client()
    client.post(told.removeprefix("https://patuh.contoh.go.id"))
    page = client.post("/pengguna/1/tautan")
    assert "<code>https://patuh.contoh.go.id/masuk/sekali/" in page.text
    app.extensions["patuh_sessions"].remove()
    app.extensions["patuh_sessions"].get_bind().dispose()
