"""JDIH in the browser: a feed is looked at, taken in, and given out; texts to be found are listed."""

from __future__ import annotations

import io
import json

from flask import Flask

from compliance.actor import Role
from tests.unit.web.strict_page import page_of

FEED = [
    {
        "jenis": "Peraturan Bupati",
        "noPeraturan": "996",
        "judul": "Peraturan Bupati Katingan Nomor 996 Tahun 2019 tentang <b>Uji</b>",
    },
    {"jenis": "Puisi", "noPeraturan": "1", "judul": "Puisi"},
]


def _offered(content: bytes, name: str = "document.json") -> dict[str, object]:
    return {"berkas": (io.BytesIO(content), name), "wilayah": ""}


def test_a_feed_is_shown_with_every_records_fate_and_written_only_when_confirmed(app: Flask, sign_in) -> None:
    client = sign_in(Role.OPERATOR, "62.06")
    shown = client.post("/jdih/periksa", data=_offered(json.dumps(FEED).encode()))
    page = page_of(shown)
    assert "Belum ada yang ditulis" in page.text
    assert "jenis “Puisi” tidak dikenal" in page.text
    token = shown.text.split('name="berkas" value="')[1].split('"')[0]
    assert "Nomor 996" not in page_of(client.get("/peraturan/dicari?wilayah=62")).text
    done = client.post(
        "/jdih/impor", data={"berkas": token, "nama": "document.json", "wilayah": ""}, follow_redirects=True
    )
    text = page_of(done).text
    assert "1 peraturan baru" in text
    assert "Nomor 996" in page_of(client.get("/peraturan/dicari?wilayah=62")).text


def test_another_person_does_not_find_the_file_that_was_looked_at(app: Flask, sign_in) -> None:
    shown = sign_in(Role.OPERATOR, "62.06").post("/jdih/periksa", data=_offered(json.dumps(FEED).encode()))
    token = shown.text.split('name="berkas" value="')[1].split('"')[0]
    other = sign_in(Role.OPERATOR, "62.06", name="Lain")
    for said in (token, "../../kunci", ""):
        assert other.post("/jdih/impor", data={"berkas": said}).status_code == 404


def test_a_file_that_is_no_feed_stays_on_the_form_with_what_to_do(app: Flask, sign_in) -> None:
    client = sign_in(Role.OPERATOR, "62.06")
    for offered in (_offered(b"%PDF-1.7 \x81"), _offered(b""), {"wilayah": ""}):
        answer = client.post("/jdih/periksa", data=offered)
        assert page_of(answer, 422).text


def test_the_feed_is_given_out_as_json_and_csv(app: Flask, sign_in) -> None:
    client = sign_in(Role.PEMBACA, "62")
    records = json.loads(client.get("/jdih/document.json?wilayah=00").text)
    assert any(record["judul"].startswith("Instruksi Presiden Nomor 2 Tahun 2021") for record in records)
    assert client.get("/jdih/document.csv").text.startswith("\ufeffidData;tahun_pengundangan")
    assert client.get("/jdih/document.json?wilayah=99").status_code == 404


def test_a_reader_sees_no_form_to_take_in(app: Flask, sign_in) -> None:
    client = sign_in(Role.PEMBACA, "62")
    assert "Lihat pratinjau" not in page_of(client.get("/jdih")).text
    assert client.post("/jdih/periksa", data=_offered(b"[]")).status_code == 403


def test_the_texts_to_be_found_are_a_list_and_a_file(app: Flask, sign_in) -> None:
    client = sign_in()
    page = page_of(client.get("/peraturan/dicari"))
    assert "sudah ada naskahnya" in page.text
    assert "catatan pelacak" in page.text
    written = client.get("/peraturan/dicari?bentuk=csv&wilayah=00").text
    assert "Instruksi Presiden Nomor 2 Tahun 2021" in written


def test_a_feed_with_half_a_character_or_for_an_unknown_region_is_told_so_and_breaks_nothing(
    app: Flask, sign_in
) -> None:
    client = sign_in(Role.OPERATOR, "62.06")
    halved = [{**FEED[0], "judul": f"{FEED[0]['judul']} \ud83d", "\udc00": "x"}, {"judul": "\ud83d"}]
    shown = client.post("/jdih/periksa", data=_offered(json.dumps(halved).encode()))
    assert "\ufffd" in page_of(shown).text
    token = shown.text.split('name="berkas" value="')[1].split('"')[0]
    for unknown in ("62.06.zzz", "99.99"):
        answer = client.post("/jdih/impor", data={"berkas": token, "wilayah": unknown})
        assert "Wilayah itu tidak dikenal" in page_of(answer, 422).text
        again = client.post("/jdih/periksa", data={**_offered(json.dumps(FEED).encode()), "wilayah": unknown})
        assert "Wilayah itu tidak dikenal" in page_of(again, 422).text
    assert client.post("/jdih/impor", data={"berkas": token, "wilayah": ""}).status_code == 303
    assert "\ufffd" in page_of(client.get("/peraturan/dicari?wilayah=62")).text


def test_a_regions_act_is_never_taken_in_as_the_nations(app: Flask, sign_in) -> None:
    nameless = [{"jenis": "Peraturan Bupati", "noPeraturan": "7 Tahun 2020", "judul": "Percobaan"}]
    offered = {**_offered(json.dumps(nameless).encode()), "wilayah": "00"}
    shown = page_of(sign_in(Role.ADMINISTRATOR).post("/jdih/periksa", data=offered))
    assert "wilayahnya tidak terbaca" in shown.text
