"""A locked file asks for its password in the browser, uses it once, and keeps it nowhere."""

from __future__ import annotations

import io
import logging
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from compliance.actor import Role
from compliance.config import Settings
from compliance.models import Document, DocumentVersion
from compliance.tasks import Worker
from tests.pdfs import REGULATION, locked_pdf
from tests.unit.web.held import hold, row
from tests.unit.web.strict_page import page_of

PASSWORD = "kuda-Sungai-7"


def read_what_waits(app: Flask) -> None:
    sessions = app.extensions["patuh_sessions"]
    Worker(sessions, app.extensions["patuh_settings"], lambda: None).work_off()
    sessions.remove()


@pytest.fixture
def client(app: Flask, sign_in, tmp_path: Path) -> FlaskClient:
    """Signed in as an operator who has just sent document 1, a locked file."""
    signed_in = sign_in(Role.OPERATOR, "62.06")
    content = locked_pdf(tmp_path / "terkunci.pdf", PASSWORD).read_bytes()
    signed_in.post("/dokumen/unggah", data={"berkas": [(io.BytesIO(content), "terkunci.pdf")]})
    read_what_waits(app)
    return signed_in


def test_a_locked_document_asks_for_its_password(client: FlaskClient) -> None:
    answer = client.get("/dokumen/1")
    page = page_of(answer)
    assert "Berkas terkunci dengan kata sandi." in page.text
    assert "Kata sandi berkas" in page.text
    assert 'type="password"' in answer.text
    assert "Coba baca lagi" not in page.text


def test_the_right_password_makes_a_version_without_the_lock_and_the_document_is_read(
    client: FlaskClient, app: Flask
) -> None:
    before = row(app, Document, id=1).file_sha256
    answer = client.post("/dokumen/1/buka", data={"sandi": PASSWORD})
    assert (answer.status_code, answer.location) == (303, "/dokumen/1")
    assert "Kata sandinya tidak disimpan." in page_of(client.get("/dokumen/1")).text
    read_what_waits(app)
    assert REGULATION[-1] in page_of(client.get("/dokumen/1/halaman/1")).text
    held = row(app, Document, id=1)
    assert (held.reading_state, held.failure_code) == ("terbaca", None)
    assert row(app, DocumentVersion, document_id=1, number=1).file_sha256 == before
    newest = row(app, DocumentVersion, document_id=1, number=2)
    assert (newest.reason, newest.file_sha256) == ("dibuka dengan kata sandi", held.file_sha256)


@pytest.mark.parametrize("typed", ["", "salah", "kuda-sungai-7", "x" * 5000, "<script>alert(1)</script>"])
def test_a_wrong_password_is_said_beside_its_field_and_changes_nothing(
    client: FlaskClient, app: Flask, typed: str
) -> None:
    answer = client.post("/dokumen/1/buka", data={"sandi": typed})
    page = page_of(answer, 422)
    assert ("tidak membuka berkas ini" in page.text) is bool(typed)
    assert not typed or typed not in answer.text
    held = row(app, Document, id=1)
    assert (held.failure_code, held.reading_state) == ("terkunci", "gagal")


def test_the_password_is_kept_nowhere(
    client: FlaskClient, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for typed in (f"{PASSWORD}-salah", PASSWORD):
        client.post("/dokumen/1/buka", data={"sandi": typed})
    assert PASSWORD not in caplog.text
    kept = [path for folder in (settings.var, settings.documents) for path in folder.rglob("*") if path.is_file()]
    assert len(kept) > 2
    assert not [path for path in kept if PASSWORD.encode() in path.read_bytes()]
    assert not list((settings.store / "masuk").iterdir())


def test_a_reader_is_not_asked_and_may_not_open(client: FlaskClient, sign_in) -> None:
    reader = sign_in(Role.PEMBACA, "62")
    assert "Kata sandi berkas" not in page_of(reader.get("/dokumen/1")).text
    assert reader.post("/dokumen/1/buka", data={"sandi": PASSWORD}).status_code == 403


def test_who_records_elsewhere_may_not_open(client: FlaskClient, app: Flask, sign_in) -> None:
    hold(app, wilayah="52.03", failure_code="terkunci", reading_state="gagal")
    assert client.post("/dokumen/2/buka", data={"sandi": PASSWORD}).status_code in (403, 404)


def test_the_form_has_a_page_of_its_own_while_the_file_is_locked(client: FlaskClient, app: Flask) -> None:
    assert page_of(client.get("/dokumen/1/buka")).headings == ["Buka berkas terkunci"]
    open_one = hold(app)
    assert client.get(f"/dokumen/{open_one}/buka").location == f"/dokumen/{open_one}"
    assert client.post(f"/dokumen/{open_one}/buka", data={"sandi": "x"}).location == f"/dokumen/{open_one}"
    assert client.get("/dokumen/99/buka").status_code == 404


def test_a_locked_file_that_is_gone_says_so(client: FlaskClient, settings: Settings) -> None:
    for path in settings.store.rglob("*.pdf"):
        path.unlink()
    answer = client.post("/dokumen/1/buka", data={"sandi": PASSWORD})
    assert "tidak ada lagi di tempat simpan" in page_of(answer, 404).text
