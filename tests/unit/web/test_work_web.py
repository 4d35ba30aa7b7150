"""The page about work: what runs, waits and failed, whether a worker lives, what lies in the watched folder, coba lagi."""

from __future__ import annotations

import os
import socket
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from compliance.actor import Role
from compliance.config import Settings
from compliance.db import now, transaction
from compliance.models import Document, Heartbeat, Work
from tests.pdfs import digital_pdf
from tests.unit.web.held import hold, row
from tests.unit.web.strict_page import page_of

HERE = f"{socket.gethostname()[:32]}:{os.getpid()}:abcd"


def put(app: Flask, document_id: int, state: str, **columns: object) -> None:
    """The document's row of work is in this state."""
    with app.app_context():
        session = app.extensions["patuh_sessions"]()
        with transaction(session):
            session.execute(update(Work).where(Work.document_id == document_id).values(state=state, **columns))


def fail(app: Flask, name: str, **columns: object) -> int:
    document = hold(app, name, reading_state="gagal", failure_code="rusak", failure_reason="Berkas rusak.", **columns)
    put(app, document, "gagal", attempts=3, ended_at=now())
    return document


def beat(app: Flask, worker: str, seconds_ago: int = 0) -> None:
    with app.app_context():
        session = app.extensions["patuh_sessions"]()
        with transaction(session):
            session.add(Heartbeat(worker=worker, started_at=now(), seen_at=now() - timedelta(seconds=seconds_ago)))


def test_with_nothing_to_do_the_page_says_so(sign_in) -> None:
    page = page_of(sign_in(Role.OPERATOR, "62.06").get("/pekerjaan/"))
    assert "Tidak ada dokumen yang menunggu dibaca." in page.text
    assert "make run" not in page.text


def test_what_is_read_is_shown_with_its_page_and_worker(app: Flask, sign_in) -> None:
    document = hold(app)
    held = {"worker": HERE, "leased_until": now() + timedelta(minutes=1), "started_at": now()}
    put(app, document, "dikerjakan", pages_done=3, pages_total=10, **held)
    beat(app, HERE)
    page = page_of(sign_in().get("/pekerjaan/"))
    assert "1 dokumen sedang dibaca, 0 menunggu." in page.text
    assert "3 dari 10" in page.text
    assert f"proses {os.getpid()}" in page.text


def test_work_that_nobody_does_is_told_with_what_to_do(app: Flask, sign_in) -> None:
    hold(app)
    page = page_of(sign_in().get("/pekerjaan/"))
    assert "Tidak ada pekerja yang berjalan, jadi" in page.text
    assert "make run" in page.text
    beat(app, "mesin-lain:1:x")
    assert "make run" not in page_of(sign_in(name="dua").get("/pekerjaan/")).text


@pytest.mark.parametrize(("worker", "ago"), [("mesin-lain:1:x", 120), (f"{socket.gethostname()[:32]}:999999999:x", 0)])
def test_a_worker_long_silent_or_known_to_be_dead_does_not_count(app: Flask, sign_in, worker: str, ago: int) -> None:
    hold(app)
    beat(app, worker, ago)
    assert "Tidak ada pekerja yang berjalan, jadi" in page_of(sign_in().get("/pekerjaan/")).text


def test_what_a_dead_worker_left_is_shown_as_stopped(app: Flask, sign_in) -> None:
    document = hold(app)
    put(
        app,
        document,
        "dikerjakan",
        worker="mesin-lain:1:x",
        leased_until=now() - timedelta(seconds=1),
        started_at=now(),
    )
    assert "terhenti" in page_of(sign_in().get("/pekerjaan/")).text


def test_what_failed_is_shown_with_its_reason_and_can_be_tried_again(app: Flask, sign_in) -> None:
    document = fail(app, "kutipan-apbd.pdf")
    client = sign_in()
    page = page_of(client.get("/pekerjaan/"))
    assert "Berkas rusak." in page.text
    assert "(3 percobaan)" in page.text
    page = page_of(client.post("/pekerjaan/coba-lagi", data={"dokumen": document}, follow_redirects=True))
    assert "1 dokumen menunggu dibaca lagi." in page.text
    found = row(app, Work, document_id=document)
    assert (found.state, found.attempts, found.error) == ("menunggu", 0, None)
    assert row(app, Document, id=document).reading_state == "menunggu"


def test_all_that_failed_can_be_tried_again_at_once_but_only_ones_own(app: Flask, sign_in) -> None:
    own, foreign = (
        fail(app, "kutipan-apbd.pdf", wilayah="62.06"),
        fail(app, "perbup-pekerja-rentan.pdf", wilayah="62.03"),
    )
    client = sign_in(Role.OPERATOR, "62.06")
    page = page_of(client.get("/pekerjaan/"))
    assert page.text.count("Berkas rusak.") == 2
    assert "Coba lagi semua yang gagal" in page.text
    client.post("/pekerjaan/coba-lagi")
    assert row(app, Work, document_id=own).state == "menunggu"
    assert row(app, Work, document_id=foreign).state == "gagal"
    assert "Tidak ada yang perlu" in client.post("/pekerjaan/coba-lagi", follow_redirects=True).text


def test_work_of_other_provinces_is_neither_shown_nor_counted(app: Flask, sign_in) -> None:
    fail(app, "kutipan-apbd.pdf", wilayah="62.06")
    text = page_of(sign_in(Role.OPERATOR, "52.03").get("/pekerjaan/")).text
    assert "gagal" not in text
    assert "kutipan-apbd" not in text


def test_what_is_done_today_is_counted(app: Flask, sign_in) -> None:
    first, second = hold(app, "kutipan-apbd.pdf"), hold(app)
    put(app, first, "selesai", ended_at=now())
    put(app, second, "selesai", ended_at=now() - timedelta(days=2))
    assert "Selesai hari ini: 1." in page_of(sign_in().get("/pekerjaan/")).text


def test_the_watched_folder_is_shown_with_what_was_refused(sign_in, settings: Settings) -> None:
    (settings.inbox / "ditolak").mkdir(parents=True)
    digital_pdf(settings.inbox / "baru.pdf")
    (settings.inbox / "lagi.pdf.part").write_bytes(b"%PDF")
    (settings.inbox / "ditolak" / "surat.docx").write_bytes(b"x")
    (settings.inbox / "ditolak" / "surat.docx.txt").write_text("Ini berkas Office, bukan PDF.\n")
    page = page_of(sign_in().get("/pekerjaan/"))
    assert "baru.pdf" in page.text
    assert "belum selesai diunduh" in page.text
    assert "Ini berkas Office, bukan PDF." in page.text


def test_readers_have_no_page_of_work(sign_in) -> None:
    client = sign_in(Role.PEMBACA, "62")
    assert client.get("/pekerjaan/").status_code == 403
    assert "/pekerjaan/" not in page_of(client.get("/dokumen/")).links
