"""Whatever happens to the search index: search says so, everything else works, and the worker makes it anew by itself."""

from __future__ import annotations

import errno
import gc
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from compliance import tasks
from compliance.cli.worker import local_worker
from compliance.config import Settings
from compliance.queries.engines import serving_engine
from compliance.queries.search import Asked, search
from compliance.services import indexing
from compliance.services.indexing import bring_index_up_to_date, index_state
from indexer.engine import Unit
from tests.unit.web.held import SYSTEM, hold
from tests.unit.web.strict_page import page_of

PATIENCE_SECONDS = 60
QUESTION = "/cari?q=pekerja"
ELSEWHERE = ("/", "/dokumen/", "/keadaan", "/peraturan/")

# Whoosh leaves files open that it could not read.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")


@pytest.fixture
def root(app: Flask, settings: Settings) -> Iterator[Path]:
    """The folder of an index in which a document can be found."""
    hold(app)
    with app.app_context():
        bring_index_up_to_date(app.extensions["patuh_sessions"](), settings)
    yield Path(settings.index_url.removeprefix("whoosh://"))
    serving_engine(settings.index_url).close()
    gc.collect()


@contextmanager
def worker_running(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(tasks, "ROUND_SECONDS", 0.2)
    with app.app_context():
        worker = local_worker()
    loop = threading.Thread(target=worker.work_forever)
    loop.start()
    try:
        yield
    finally:
        worker.stop()
        loop.join(PATIENCE_SECONDS)
    assert not loop.is_alive()


def answers(client: FlaskClient) -> bool:
    return client.get(QUESTION).status_code == 200


def answers_soon(client: FlaskClient) -> bool:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not answers(client) and time.monotonic() < deadline:
        time.sleep(0.1)
    return answers(client)


def cut(root: Path) -> None:
    for path in root.glob("g*/*.seg"):
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def spoil(root: Path) -> None:
    for path in root.glob("g*/*.toc"):
        path.write_bytes(b"rusak" * 20)


def forget(root: Path) -> None:
    (root / "current").unlink()


def remove(root: Path) -> None:
    shutil.rmtree(root)


def empty(root: Path) -> None:
    shutil.rmtree(root)
    root.mkdir()


def age(root: Path) -> None:
    (next(root.glob("g*")) / "version").write_text("whoosh.0/lama", encoding="utf-8")


@pytest.mark.parametrize("damage", [cut, spoil, forget, remove, empty])
def test_a_damaged_index_is_told_and_made_anew_by_the_running_worker(
    app: Flask,
    sign_in: Callable[..., FlaskClient],
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
    damage: Callable[[Path], None],
) -> None:
    client = sign_in()
    assert answers(client)
    damage(root)
    serving_engine(app.extensions["patuh_settings"].index_url).close()
    gc.collect()
    refused = client.get(QUESTION)
    assert refused.status_code == 503
    assert "Indeks pencarian" in page_of(refused, 503).text
    assert "flask worker" in refused.text, "no worker runs, so the page says what to do"
    for address in ELSEWHERE:
        assert client.get(address).status_code == 200, address
    with worker_running(app, monkeypatch):
        assert answers_soon(client)


def test_damage_while_the_worker_runs_is_repaired_without_anybody_asking(
    app: Flask, sign_in: Callable[..., FlaskClient], root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = sign_in()
    with worker_running(app, monkeypatch):
        cut(root)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not (root / "g2").exists() and time.monotonic() < deadline:
            time.sleep(0.1)
        assert answers_soon(client)


def test_an_index_of_another_version_is_not_asked_and_the_next_start_of_the_worker_replaces_it(
    app: Flask, sign_in: Callable[..., FlaskClient], root: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    client = sign_in()
    serving_engine(settings.index_url).close()
    age(root)
    assert "versi lain" in client.get(QUESTION).text
    with worker_running(app, monkeypatch):
        assert answers_soon(client)


def test_while_it_is_made_anew_search_says_how_far_that_is(
    app: Flask, sign_in: Callable[..., FlaskClient], root: Path, settings: Settings
) -> None:
    client = sign_in()
    forget(root)
    told: list[str] = []
    with app.app_context():
        session = app.extensions["patuh_sessions"]()
        indexing.rebuild(
            session, serving_engine(settings.index_url), lambda done, total: told.append(client.get(QUESTION).text)
        )
    assert "sedang dibangun ulang: 0 dari" in told[0]
    assert answers(client)


def test_a_rebuild_on_a_full_disk_leaves_the_old_index_serving_and_the_status_page_says_why(
    app: Flask, sign_in: Callable[..., FlaskClient], root: Path, settings: Settings
) -> None:
    def until_full() -> Iterator[Unit]:
        raise OSError(errno.ENOSPC, "No space left on device")
        yield

    client, engine = sign_in(), serving_engine(settings.index_url)
    with pytest.raises(OSError, match="No space"):
        engine.replace_all(until_full(), 5)
    assert answers(client)
    assert "Ruang disk habis" in page_of(client.get("/keadaan")).text
    with app.app_context():
        indexing.rebuild(app.extensions["patuh_sessions"](), engine)
    assert "Ruang disk habis" not in client.get("/keadaan").text


def test_a_folder_that_cannot_be_written_is_named_and_the_worker_lives_on(
    app: Flask, sign_in: Callable[..., FlaskClient], root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "INDEX_REST_SECONDS", 0.2)
    client = sign_in()
    remove(root)
    root.write_text("not a folder", encoding="utf-8")
    with worker_running(app, monkeypatch):
        time.sleep(1)
        assert "bukan folder yang boleh ditulis" in client.get(QUESTION).text
        assert "bukan folder yang boleh ditulis" in client.get("/keadaan").text
        root.unlink()
        assert answers_soon(client)


def test_twenty_readers_and_a_writer_see_no_error_and_lose_no_document(
    app: Flask, root: Path, settings: Settings
) -> None:
    """Every reader has a session of its own; what was found once is found ever after."""
    done, faults = threading.Event(), []
    engine = serving_engine(settings.index_url)

    def read() -> None:
        seen = 0
        with app.app_context():
            session = app.extensions["patuh_sessions"]()
            while not done.is_set():
                try:
                    total = search(session, SYSTEM, engine, Asked("katakunci")).total
                    assert total >= seen, (total, seen)
                    seen = total
                except Exception as error:
                    faults.append(error)
                    return

    readers = [threading.Thread(target=read) for _ in range(20)]
    for reader in readers:
        reader.start()
    try:
        for number in range(8):
            engine.add([Unit(f"r9{number:05}", ["katakunci"], ["uji"], (), {}, text_hash="x")])
    finally:
        done.set()
        for reader in readers:
            reader.join(PATIENCE_SECONDS)
    assert not faults
    with app.app_context():
        session = app.extensions["patuh_sessions"]()
        assert search(session, SYSTEM, engine, Asked("katakunci")).total == 8
        assert index_state(session, engine).out_of_date == 8, (
            "the index holds what the database doesn't know, and says so"
        )
        bring_index_up_to_date(session, settings)
        assert index_state(session, engine).out_of_date == 0
