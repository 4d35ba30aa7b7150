"""A home of Patuh made for a measurement: files taken in by its own worker, an upload waited for until it is found."""

from __future__ import annotations

import io
import os
import re
import secrets
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from sqlalchemy import func, select

from app import create_app
from compliance.actor import NATIONAL, Actor, Role
from compliance.config import ROOT, Settings, settings_from
from compliance.db import open_database, session_factory, transaction
from compliance.migrations import upgrade
from compliance.models import Page
from compliance.services import users
from compliance.services.documents import keep_bytes, receive_document
from compliance.services.indexing import bring_index_up_to_date
from compliance.services.setup import prepare_data
from compliance.tasks import Worker

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session, sessionmaker

ACTOR = Actor.system("pengukuran")
PATIENCE_SECONDS = 60
LOOK_SECONDS = 0.05
LINES = (
    "Setiap pemberi kerja wajib mendaftarkan dirinya dan pekerjanya sebagai peserta kepada badan penyelenggara",
    "jaminan sosial sesuai dengan program jaminan sosial yang diikuti, dan memberikan data dirinya dan pekerjanya",
    "berikut anggota keluarganya secara lengkap dan benar paling lambat tiga puluh hari sejak pekerja diterima.",
)


def paper(path: Path, pages: int, word: str = "percobaan") -> Path:
    """A born-digital regulation of so many pages of 36 lines, our own words, `word` on its first page."""
    canvas = Canvas(str(path), pagesize=A4)
    for page in range(pages):
        head = ("PERATURAN BUPATI KATINGAN", "NOMOR 6 TAHUN 2019", "TENTANG", word.upper()) if not page else ()
        lines = [*head, f"Pasal {page + 1}", *LINES * 12][:36]
        canvas.setFont("Times-Roman", 11)
        for at, line in enumerate(lines):
            canvas.drawString(50, A4[1] - 60 - 20 * at, line)
        canvas.showPage()
    canvas.save()
    return path


def take_in(home: Path, files: Sequence[Path], processes: int) -> dict[str, float]:
    """Takes the files into a fresh home; returns pages, seconds until they are stored, and seconds to index them.

    `start_seconds` went before: the reader made ready and a first paper of one page, not counted, read.
    """
    settings = replace(_prepared(home), read_processes=processes)
    sessions = session_factory(open_database(settings.database_url))
    worker = Worker(sessions, settings, lambda: None)
    start = time.perf_counter()
    worker.wake()
    _take(settings, sessions, worker, [paper(home / "pertama.pdf", 1)])
    started, cost_before = time.perf_counter(), processor_seconds(os.getpid())
    _take(settings, sessions, worker, files)
    stored, cost = time.perf_counter(), processor_seconds(os.getpid()) - cost_before
    with sessions() as session:
        bring_index_up_to_date(session, settings)
        indexed = time.perf_counter()
        pages = session.scalar(select(func.count()).select_from(Page)) or 0
    return {
        "pages": pages - 1,
        "seconds": stored - started,
        "processor_seconds": cost,
        "start_seconds": started - start,
        "index_seconds": indexed - stored,
    }


def with_descendants(root: int) -> list[int]:
    """The process and all below it, parents before children."""
    parents = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(entry.parent.name)] = int(_facts(int(entry.parent.name))[1])
        except OSError:
            continue
    found = [root]
    for known in found:
        found += [process for process, parent in parents.items() if parent == known]
    return found


def processor_seconds(root: int) -> float:
    """What the process, all below it, and those below it that have ended, have used of the processors."""
    ticks = sum(int(number) for process in with_descendants(root) for number in _facts(process)[11:15])
    return ticks / os.sysconf("SC_CLK_TCK")


def _facts(process: int) -> list[str]:
    """The fields of /proc/…/stat from the state on."""
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()


def _take(settings: Settings, sessions: sessionmaker[Session], worker: Worker, files: Sequence[Path]) -> None:
    for file in files:
        with file.open("rb") as stream:
            kept = keep_bytes(settings.store, stream)
        with sessions() as session, transaction(session):
            receive_document(session, ACTOR, kept, file.name)
    worker.work_off()


def upload_until_found(home: Path, pages: int, times: int) -> list[float]:
    """Seconds from sending a paper of so many pages to the upload page until a search finds it, a worker beside it."""
    settings = _prepared(home)
    app = create_app(settings)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    client = _signed_in(app)
    command = [sys.executable, "-m", "flask", "--app", "app", "worker"]
    worker = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **_environment(home)})
    try:
        _seconds_until_found(client, home, 1)
        return [_seconds_until_found(client, home, pages) for _ in range(times)]
    finally:
        worker.terminate()
        worker.wait()


def _seconds_until_found(client: FlaskClient, home: Path, pages: int) -> float:
    word = "uji" + re.sub(r"\d", lambda digit: "abcdefghij"[int(digit[0])], secrets.token_hex(4))
    content = paper(home / "unggah.pdf", pages, word).read_bytes()
    start = time.perf_counter()
    client.post("/dokumen/unggah", data={"berkas": (io.BytesIO(content), f"{word}.pdf")})
    while time.perf_counter() < start + PATIENCE_SECONDS:
        if f"<mark>{word}" in client.get("/cari", query_string={"q": word}).text.lower():
            return time.perf_counter() - start
        time.sleep(LOOK_SECONDS)
    raise TimeoutError(f"not found within {PATIENCE_SECONDS} s")


def _signed_in(app: Flask) -> FlaskClient:
    with app.app_context():
        session = app.extensions["patuh_sessions"]()
        with transaction(session):
            user = users.add_user(session, ACTOR, email="ukur@uji.local", nama="Pengukuran")
            users.grant_role(session, ACTOR, user, Role.ADMINISTRATOR, NATIONAL)
            nonce = users.issue_link(session, ACTOR, user)
    client = app.test_client()
    client.post(f"/masuk/sekali/{nonce}")
    return client


def _prepared(home: Path) -> Settings:
    settings = settings_from(_environment(home))
    engine = open_database(settings.database_url)
    upgrade(engine)
    with session_factory(engine)() as session, transaction(session):
        prepare_data(session, ACTOR)
    engine.dispose()
    return settings


def _environment(home: Path) -> dict[str, str]:
    return {"PATUH_VAR": str(home / "var"), "PATUH_DOCUMENTS": str(home / "documents")}
