"""A whole zoo of broken and hostile files goes in by the browser: each ends in a sentence on its own page, and the good ones are read."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from compliance.models import Document
from compliance.tasks import Worker
from tests import pdfs
from tests.unit.web.held import row
from tests.unit.web.strict_page import page_of

READ, PARTLY, FAILED = "terbaca", "sebagian", "gagal"


@dataclass(frozen=True, slots=True)
class Animal:
    """A file as offered, and what must become of it: reading state, code of the failure, a piece of what its page says."""

    offered: str
    make: Callable[[Path], object]
    state: str
    code: str | None
    told: str


def fake(path: Path) -> None:
    path.write_bytes(b"\xd0\xcf\x11\xe0 dokumen Word yang diberi nama lain")


def typed(word: str) -> Callable[[Path], object]:
    return lambda path: pdfs.digital_pdf(path, [[*pdfs.REGULATION, word]])


ZOO = (
    Animal("terpotong.pdf", pdfs.truncated_pdf, FAILED, "rusak", "rusak atau terpotong"),
    Animal("palsu.pdf", fake, FAILED, "bukan_pdf", "Isi berkas bukan PDF."),
    Animal("halaman web.pdf", pdfs.web_page_named_pdf, FAILED, "bukan_pdf", "halaman web (HTML)"),
    Animal("kosong.pdf", Path.touch, FAILED, "kosong", "0 byte"),
    Animal("terkunci.pdf", lambda path: pdfs.locked_pdf(path, "rahasia"), FAILED, "terkunci", "Kata sandi berkas"),
    Animal("sandi kosong.pdf", lambda path: pdfs.locked_pdf(path, ""), READ, None, "Baca"),
    Animal("berputar.pdf", pdfs.looping_pdf, FAILED, "rusak", "Mintalah salinan yang utuh"),
    Animal("bercabang.pdf", pdfs.branching_pdf, FAILED, "rusak", "Mintalah salinan yang utuh"),
    Animal("bom.pdf", pdfs.bomb_pdf, PARTLY, None, "1 dari 2 halaman belum terbaca"),
    Animal("naskah baik.pdf", typed("yang baik"), READ, None, "Baca"),
    Animal("bom dalam bom.pdf", pdfs.nested_bomb_pdf, PARTLY, None, "butuh memori lebih dari batas"),
    Animal("400 ribu perintah.pdf", pdfs.busy_pdf, READ, None, "Baca"),
    Animal("dua juta titik.pdf", lambda path: pdfs.huge_page_pdf(path, 2_000_000), READ, None, "Baca"),
    Animal("gambar raksasa.pdf", pdfs.image_bomb_pdf, READ, None, "Baca"),
    Animal("skrip dan lampiran.pdf", pdfs.script_pdf, READ, None, "Baca"),
    Animal("halaman rusak.pdf", pdfs.bad_page_pdf, PARTLY, None, "Halaman 2 rusak"),
    Animal("../../etc/passwd.pdf", typed("jalan"), READ, None, "passwd.pdf"),
    Animal("a\x01\x7f\u202eb.pdf", typed("kendali"), READ, None, "ab.pdf"),
    Animal("n" * 300 + ".pdf", typed("panjang"), READ, None, "n" * 251 + ".pdf"),
    Animal("📄 perda 😀.pdf", typed("emoji"), READ, None, "📄 perda 😀.pdf"),
    Animal("<script>alert(1)</script>.pdf", typed("tanda"), READ, None, "script>.pdf"),
)


@pytest.fixture(scope="module")
def animals(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """The files of the zoo, made once, in its order."""
    folder = tmp_path_factory.mktemp("kebun")
    made = []
    for at, animal in enumerate(ZOO):
        path = folder / f"{at}.pdf"
        animal.make(path)
        made.append(path.read_bytes())
    return made


@pytest.fixture
def client(app: Flask, sign_in: Callable[..., FlaskClient], animals: list[bytes]) -> FlaskClient:
    """Signed in; all files of the zoo are sent at once and read by a worker: document n is the zoo's n-th, from 1."""
    signed_in = sign_in()
    files = [(io.BytesIO(content), animal.offered) for content, animal in zip(animals, ZOO, strict=True)]
    boundary, body = encode_multipart({"berkas": [FileStorage(stream, name) for stream, name in files]})
    kind = f"multipart/form-data; boundary={boundary}"
    answer = signed_in.post("/dokumen/unggah", data=body, content_type=kind)
    assert page_of(signed_in.get(answer.location)).text.count("menunggu dibaca") == len(ZOO)
    sessions = app.extensions["patuh_sessions"]
    Worker(sessions, app.extensions["patuh_settings"], lambda: None).work_off()
    sessions.remove()
    return signed_in


@pytest.mark.service("tesseract")
def test_each_file_ends_in_a_sentence_and_the_good_ones_are_read(
    app: Flask, client: FlaskClient, animals: list[bytes]
) -> None:
    lines = page_of(client.get(f"/dokumen/unggahan?baru=1-{len(ZOO)}")).text
    for number, (animal, content) in enumerate(zip(ZOO, animals, strict=True), 1):
        held = row(app, Document, id=number)
        assert (held.reading_state, held.failure_code) == (animal.state, animal.code), animal.offered
        page = page_of(client.get(f"/dokumen/{number}"))
        assert animal.told in page.text, animal.offered
        assert (held.failure_reason or "") in page.text
        assert (held.failure_reason or "") in lines
        _assert_kept_aside(client, number, content)
        _assert_answers(client, f"/dokumen/{number}/halaman/1", held.page_count > 0)
        _assert_answers(client, f"/dokumen/{number}/halaman/1/gambar.png", held.page_count > 0)
    good = next(at for at, animal in enumerate(ZOO, 1) if animal.offered == "naskah baik.pdf")
    assert "yang baik" in page_of(client.get(f"/dokumen/{good}/halaman/1")).text
    listed = page_of(client.get("/dokumen/"))
    assert listed.text.count("gagal") >= sum(animal.state == FAILED for animal in ZOO)


def _assert_kept_aside(client: FlaskClient, number: int, content: bytes) -> None:
    """The bytes are there as they came, to be saved and never to be opened in the browser."""
    with client.get(f"/dokumen/{number}/asli") as answer:
        assert answer.data == content
        assert answer.headers["Content-Disposition"].startswith("attachment;")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def _assert_answers(client: FlaskClient, address: str, is_there: bool) -> None:
    answer = client.get(address)
    assert answer.status_code == (200 if is_there else 404), address
    assert answer.mimetype in ("text/html", "image/png")
