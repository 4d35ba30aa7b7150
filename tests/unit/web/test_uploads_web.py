"""Uploads as the page's own script sends them, ZIPs, and what is said where the same bytes are held or lie in the bin."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from compliance.actor import Actor, Role
from compliance.db import transaction
from compliance.models import Document, Work
from compliance.services import bin
from tests.pdfs import digital_pdf
from tests.unit.web.held import hold, row
from tests.unit.web.strict_page import page_of


@pytest.fixture
def pdf(tmp_path: Path) -> bytes:
    return digital_pdf(tmp_path / "satu.pdf").read_bytes()


def sent(client: FlaskClient, content: bytes, name: str) -> list[dict[str, object]]:
    """What the page's script is told."""
    answer = client.post(
        "/dokumen/unggah", data={"berkas": [(io.BytesIO(content), name)]}, headers={"Accept": "application/json"}
    )
    assert answer.status_code == 200
    told: list[dict[str, object]] = answer.json["berkas"]
    return told


def zipped(**entries: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in entries.items():
            archive.writestr(name.replace("_", "."), data)
    return packed.getvalue()


def set_work(app: Flask, document_id: int, **columns: object) -> None:
    with app.app_context():
        session = app.extensions["patuh_sessions"]()
        with transaction(session):
            found = session.query(Work).filter_by(document_id=document_id).one()
            for name, value in columns.items():
                setattr(found, name, value)


def test_a_file_is_told_with_its_document(sign_in, pdf: bytes) -> None:
    (told,) = sent(sign_in(Role.OPERATOR, "62.06"), pdf, "satu.pdf")
    assert (told["tempat"], told["keadaan"], told["alamat"]) == ("satu.pdf", "diterima", "/dokumen/1")


def test_the_same_bytes_are_told_and_lead_to_the_document_that_holds_them(sign_in, pdf: bytes) -> None:
    client = sign_in()
    sent(client, pdf, "satu.pdf")
    (told,) = sent(client, pdf, "salinan.pdf")
    assert (told["keadaan"], told["alamat"]) == ("sudah ada", "/dokumen/1")
    assert "tidak disimpan dua kali" in str(told["kata"])


def test_the_same_bytes_in_the_bin_are_told_with_what_to_do(app: Flask, sign_in, pdf: bytes) -> None:
    client = sign_in()
    sent(client, pdf, "satu.pdf")
    with app.app_context():
        session = app.extensions["patuh_sessions"]()
        with transaction(session):
            bin.discard(session, Actor.system("uji"), 1, "salah berkas")
    (told,) = sent(client, pdf, "lagi.pdf")
    assert told["keadaan"] == "keranjang"
    assert "Pulihkan" in str(told["alasan"])
    page = page_of(
        client.post("/dokumen/unggah", data={"berkas": (io.BytesIO(pdf), "lagi.pdf")}, follow_redirects=True)
    )
    assert "ada di keranjang" in page.text


def test_each_file_of_a_zip_has_its_own_line(sign_in, pdf: bytes) -> None:
    client = sign_in()
    content = zipped(a_pdf=pdf, b_pdf=pdf + b"2", catatan_txt=b"halo", dalam_zip=zipped(c_pdf=pdf))
    assert [(one["tempat"], one["keadaan"]) for one in sent(client, content, "kiriman.zip")] == [
        ("kiriman.zip/a.pdf", "diterima"),
        ("kiriman.zip/b.pdf", "diterima"),
        ("kiriman.zip/catatan.txt", "dilewati"),
        ("kiriman.zip/dalam.zip", "ditolak"),
    ]


def test_without_script_a_zip_ends_on_the_page_of_its_documents(sign_in, pdf: bytes) -> None:
    content = zipped(a_pdf=pdf, b_pdf=pdf + b"2", catatan_txt=b"halo")
    answer = sign_in().post(
        "/dokumen/unggah", data={"berkas": (io.BytesIO(content), "kiriman.zip")}, follow_redirects=True
    )
    page = page_of(answer)
    assert page.text.count("diterima") == 2
    assert "kiriman.zip/catatan.txt: Bukan PDF" in page.text


def test_how_far_the_reading_is_can_be_asked(app: Flask, sign_in) -> None:
    waiting, done = hold(app, reading_state="dibaca"), hold(app, "kutipan-apbd.pdf")
    set_work(app, waiting, state="dikerjakan", pages_done=3, pages_total=10)
    states = sign_in().get(f"/dokumen/keadaan-baca?nomor={waiting},{done}").json
    assert (states[str(waiting)]["selesai"], states[str(waiting)]["kata"]) == (False, "membaca halaman 3 dari 10")
    assert (states[str(done)]["selesai"], states[str(done)]["kata"]) == (True, "terbaca")
    assert states[str(done)]["halaman"]


def test_the_reading_of_other_regions_is_not_told(app: Flask, sign_in) -> None:
    document = hold(app, wilayah="62.06")
    assert sign_in(Role.OPERATOR, "52.03").get(f"/dokumen/keadaan-baca?nomor={document}").json == {}


def test_readers_may_not_send(sign_in, pdf: bytes) -> None:
    client = sign_in(Role.PEMBACA, "62")
    assert client.post("/dokumen/unggah", data={"berkas": (io.BytesIO(pdf), "a.pdf")}).status_code == 403


def test_the_form_works_without_script_and_says_the_limits(sign_in) -> None:
    page = page_of(sign_in().get("/dokumen/unggah"))
    assert "ZIP" in page.text
    assert "200 MB" in page.text


def test_a_queue_that_is_down_fails_no_upload(app: Flask, sign_in, pdf: bytes, tmp_path: Path) -> None:
    app.extensions["patuh_bell"].url = f"sqlite:///{tmp_path}/tiada/antrean.db"
    (told,) = sent(sign_in(), pdf, "satu.pdf")
    assert told["keadaan"] == "diterima"
    assert row(app, Work, state="menunggu") is not None
    assert row(app, Document, reading_state="menunggu") is not None
