"""The worker in the background: woken or not it finds its work, says how far it is, and takes what lies in the watched folder."""

from __future__ import annotations

import io
import json
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from compliance import tasks
from compliance.actor import Actor
from compliance.config import Settings
from compliance.db import now, open_database, session_factory, transaction
from compliance.models import Document, Heartbeat, Work
from compliance.services import documents, inbox, reading, work
from compliance.wake import Bell
from tests.pdfs import digital_pdf

PATIENCE_SECONDS = 60
ACTOR = Actor.system("uji")


@pytest.fixture
def sessions(settings: Settings) -> Iterator[Callable[[], Session]]:
    engine = open_database(settings.database_url)
    yield session_factory(engine)
    engine.dispose()


@pytest.fixture
def worker(settings: Settings, sessions: Callable[[], Session]) -> tasks.Worker:
    return tasks.Worker(sessions, settings, lambda: None)


@contextmanager
def running(worker: tasks.Worker) -> Iterator[None]:
    loop = threading.Thread(target=worker.work_forever)
    loop.start()
    try:
        yield
    finally:
        worker.stop()
        loop.join(PATIENCE_SECONDS)
    assert not loop.is_alive()


def receive(sessions: Callable[[], Session], settings: Settings, data: bytes) -> int:
    kept = documents.keep_bytes(settings.store, io.BytesIO(data))
    with sessions() as session, transaction(session):
        return documents.receive_document(session, ACTOR, kept, "a.pdf").document.id


def soon(holds: Callable[[], bool]) -> bool:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        if holds():
            return True
        time.sleep(0.05)
    return False


def states(sessions: Callable[[], Session]) -> list[str]:
    with sessions() as session:
        return list(session.scalars(select(Work.state).order_by(Work.id)))


def test_what_never_rang_is_found_in_the_next_round(
    worker: tasks.Worker,
    sessions: Callable[[], Session],
    settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tasks, "ROUND_SECONDS", 0.2)
    with running(worker):
        assert soon(lambda: worker._indexed_change >= 0)
        receive(sessions, settings, digital_pdf(tmp_path / "a.pdf").read_bytes())
        assert soon(lambda: states(sessions) == ["selesai"])


def test_a_ring_wakes_the_worker_between_its_rounds(
    worker: tasks.Worker,
    sessions: Callable[[], Session],
    settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tasks, "ROUND_SECONDS", 10 * PATIENCE_SECONDS)
    bell = Bell(settings.queue_url)
    with bell.listening(worker.hear), running(worker):
        assert soon(lambda: worker._indexed_change >= 0)
        number = receive(sessions, settings, digital_pdf(tmp_path / "a.pdf").read_bytes())
        Bell(settings.queue_url).ring([number])
        assert soon(lambda: states(sessions) == ["selesai"])


def test_a_running_worker_is_known_and_one_that_ended_is_not(
    worker: tasks.Worker, sessions: Callable[[], Session]
) -> None:
    def heard() -> list[str]:
        with sessions() as session:
            return list(session.scalars(select(Heartbeat.worker)))

    with running(worker):
        assert soon(lambda: heard() == [worker.name])
    assert heard() == []


def test_how_far_a_reading_is_stands_in_its_row_of_work(
    worker: tasks.Worker,
    sessions: Callable[[], Session],
    settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tasks, "PROGRESS_SECONDS", 0)
    seen: set[tuple[int, int | None]] = set()
    read = reading.read_document

    def watched(*arguments: Any, on_page: Callable[[int, int], None], **named: Any) -> Any:
        def note(done: int, total: int) -> None:
            on_page(done, total)
            assert soon(lambda: (done, total) in seen or look() == (done, total))
            seen.add((done, total))

        return read(*arguments, on_page=note, **named)

    def look() -> tuple[int, int | None]:
        with sessions() as session:
            row = session.scalars(select(Work)).one()
            return row.pages_done, row.pages_total

    monkeypatch.setattr(reading, "read_document", watched)
    receive(sessions, settings, digital_pdf(tmp_path / "a.pdf", [("Satu",), ("Dua",), ("Tiga",)]).read_bytes())
    worker.work_off()
    assert seen == {(1, 3), (2, 3), (3, 3)}
    with sessions() as session:
        row = session.scalars(select(Work)).one()
        assert (row.state, row.pages_done, row.pages_total) == ("selesai", 3, 3)
        assert row.started_at is not None
        assert row.ended_at is not None
        assert row.started_at <= row.ended_at


def test_a_second_reading_begins_to_count_anew(
    worker: tasks.Worker, sessions: Callable[[], Session], settings: Settings, tmp_path: Path
) -> None:
    number = receive(sessions, settings, digital_pdf(tmp_path / "a.pdf").read_bytes())
    worker.work_off()
    with sessions() as session, transaction(session):
        documents.read_again(session, ACTOR, session.get_one(Document, number))
    with sessions() as session, transaction(session):
        work.take(session, "mesin-lain:1:x", 1)
    with sessions() as session:
        row = session.scalars(select(Work)).one()
        assert (row.pages_done, row.pages_total, row.ended_at) == (0, None, None)


def test_the_worker_command_takes_what_lies_in_the_watched_folder(
    app: Flask, settings: Settings, sessions: Callable[[], Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.inbox.mkdir(parents=True)
    digital_pdf(settings.inbox / "masuk.pdf")
    monkeypatch.setattr(inbox, "SETTLED_SECONDS", 0)
    monkeypatch.setattr("compliance.cli.worker.INBOX_SECONDS", 0.1)
    made: list[tasks.Worker] = []
    monkeypatch.setattr(tasks.Worker, "wake", lambda self: made.append(self))
    ended = threading.Thread(
        target=lambda: (soon(lambda: states(sessions) == ["selesai"]), [found.stop() for found in made])
    )
    ended.start()
    result = app.test_cli_runner().invoke(args=["worker"])
    ended.join()
    assert result.exit_code == 0, result.output
    assert states(sessions) == ["selesai"]
    assert not (settings.inbox / "masuk.pdf").exists()


def test_flask_work_lists_and_retries(app: Flask, settings: Settings, sessions: Callable[[], Session]) -> None:
    number = receive(sessions, settings, b"bukan PDF")
    tasks.Worker(sessions, settings, lambda: None).work_off()
    run = app.test_cli_runner()
    told = json.loads(run.invoke(args=["work", "--json"]).stdout)
    assert [(row["id"], row["code"]) for row in told["failed"]] == [(number, "bukan_pdf")]
    assert told["counts"] == {"running": 0, "waiting": 0, "failed": 1, "done_today": 0}
    assert "bukan PDF" in run.invoke(args=["work"]).output
    assert "1 dokumen" in run.invoke(args=["work", "retry"]).output
    assert states(sessions) == ["menunggu"]
    result = run.invoke(args=["work"])
    assert "Tidak ada pekerja yang berjalan" in result.output
    with sessions() as session, transaction(session):
        session.execute(update(Work).values(state="dikerjakan", started_at=now(), pages_done=2, pages_total=9))
    assert "halaman 2 dari 9" in run.invoke(args=["work"]).output


def test_flask_ingest_takes_a_zip_file_by_file(app: Flask, tmp_path: Path) -> None:
    data = digital_pdf(tmp_path / "a.pdf").read_bytes()
    with zipfile.ZipFile(tmp_path / "kiriman.zip", "w") as archive:
        archive.writestr("a.pdf", data)
        archive.writestr("sama.pdf", data)
        archive.writestr("rusak.pdf", b"bukan")
        archive.writestr("catatan.txt", b"halo")
    result = app.test_cli_runner().invoke(args=["ingest", str(tmp_path / "kiriman.zip"), "--json"])
    told = json.loads(result.stdout)
    assert (told["received"], told["duplicate"]) == (1, 1)
    assert [(row["file"], row["code"]) for row in told["unreadable"]] == [("kiriman.zip/rusak.pdf", "bukan_pdf")]
    assert told["skipped"] == [{"file": "kiriman.zip/catatan.txt", "reason": "Bukan PDF, jadi dilewati."}]


def test_settings_choose_the_queue(settings: Settings) -> None:
    assert settings.queue_url == f"sqlite:///{settings.var}/antrean.db"
    assert Bell(replace(settings, queue_url="redis://127.0.0.1:6379/0").queue_url).url.startswith("redis")
