"""`flask ingest`, `flask documents`, `flask worker` on real files: everything taken once, broken ones named, nothing lost by a kill."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from compliance import tasks
from compliance.config import ROOT, Settings
from compliance.db import open_database, session_factory, transaction
from compliance.services import reading, work
from indexer import ocr
from tests.pdfs import digital_pdf, locked_pdf, mixed_pdf, truncated_pdf, web_page_named_pdf

Run = Callable[..., Result]


@pytest.fixture
def run(app: Flask) -> Run:
    return lambda *arguments: app.test_cli_runner().invoke(args=[str(argument) for argument in arguments])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "map"
    (made / "dalam").mkdir(parents=True)
    return made


def perbup(path: Path, number: int, pages: int = 1) -> Path:
    lines = (
        "PERATURAN BUPATI KATINGAN",
        f"NOMOR {number} TAHUN 2021",
        "TENTANG",
        "PERCOBAAN",
        "Pasal 1",
        "Naskah percobaan.",
    )
    return digital_pdf(path, [lines] + [(f"Halaman lanjutan {at}",) for at in range(2, pages + 1)])


def report_of(result: Result) -> dict[str, Any]:
    assert result.exit_code == 0, result.output
    report: dict[str, Any] = json.loads(result.stdout)
    return report


def rows(settings: Settings, statement: str) -> list[Any]:
    with sqlite3.connect(settings.var / "patuh.db") as connection:
        found = connection.execute(statement).fetchall()
    connection.close()
    return found


def execute(settings: Settings, statement: str) -> None:
    with sqlite3.connect(settings.var / "patuh.db") as connection:
        connection.execute(statement)
    connection.close()


def test_a_folder_is_taken_in_recursively_hidden_and_other_files_left_out(run: Run, folder: Path) -> None:
    perbup(folder / "satu.pdf", 1)
    perbup(folder / "dalam" / "DUA.PDF", 2, pages=3)
    perbup(folder / ".tersembunyi.pdf", 3)
    (folder / "catatan.txt").write_text("bukan PDF")
    (folder / "dalam" / "lagi").symlink_to(folder, target_is_directory=True)
    report = report_of(run("ingest", folder, "--json"))
    assert (report["received"], report["duplicate"], report["unreadable"]) == (2, 0, [])
    assert (report["pages"], report["pages_unread"]) == (4, 0)
    listed = json.loads(run("documents", "--json").stdout)
    assert {row["file"]: (row["jenis"], row["nomor"], row["wilayah"], row["pages"]) for row in listed} == {
        "satu.pdf": ("Perbup", "1", "62.06", 1),
        "DUA.PDF": ("Perbup", "2", "62.06", 3),
    }


def test_the_same_bytes_are_one_document_whatever_they_are_called(run: Run, folder: Path, settings: Settings) -> None:
    data = perbup(folder / "satu.pdf", 1).read_bytes()
    (folder / "salinan.pdf").write_bytes(data)
    assert report_of(run("ingest", folder, "--json"))["duplicate"] == 1
    again = report_of(run("ingest", folder, "--json"))
    assert (again["received"], again["duplicate"], again["pages"]) == (0, 2, 0)
    assert rows(settings, "select count(*) from document") == [(1,)]
    assert len(list(settings.store.glob("*/*.pdf"))) == 1


def test_broken_locked_and_fake_files_are_named_with_the_reason_and_the_rest_goes_on(run: Run, folder: Path) -> None:
    perbup(folder / "baik.pdf", 1)
    truncated_pdf(folder / "terpotong.pdf")
    locked_pdf(folder / "terkunci.pdf", "rahasia")
    locked_pdf(folder / "sandi kosong.pdf", "")
    web_page_named_pdf(folder / "halaman web.pdf")
    (folder / "kosong.pdf").write_bytes(b"")
    result = run("ingest", folder, folder / "tiada.pdf", "--json")
    report = report_of(result)
    assert {row["file"]: row["code"] for row in report["unreadable"]} == {
        "terpotong.pdf": "rusak",
        "terkunci.pdf": "terkunci",
        "halaman web.pdf": "bukan_pdf",
        "kosong.pdf": "kosong",
        "tiada.pdf": "tidak_ada",
    }
    assert report["received"] == 2
    lines = result.stderr.splitlines()
    assert all(any(row["file"] in line and row["reason"] in line for line in lines) for row in report["unreadable"])
    again = report_of(run("ingest", folder, "--json"))
    assert (again["received"], again["duplicate"], len(again["unreadable"])) == (0, 2, 4)


def test_a_file_named_explicitly_is_tried_whatever_its_ending(run: Run, folder: Path) -> None:
    perbup(folder / "naskah.pdf", 1).rename(folder / "naskah.bin")
    assert report_of(run("ingest", folder / "naskah.bin", "--json"))["received"] == 1


def test_nothing_to_do_is_a_failure_said_in_words(run: Run, folder: Path) -> None:
    assert run("ingest", folder).exit_code == 1
    result = run("ingest", folder / "tiada.pdf", "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["unreadable"][0]["code"] == "tidak_ada"


def test_the_table_for_people_names_what_is_doubtful(run: Run, folder: Path) -> None:
    digital_pdf(folder / "surat.pdf", (("Yang terhormat, berikut kami sampaikan undangan rapat.",),))
    run("ingest", folder)
    table = run("documents").stdout
    assert "surat.pdf" in table
    assert "jenis" in table.splitlines()[1]


@pytest.mark.service("tesseract")
def test_scanned_pages_are_read_by_ocr_and_counted(run: Run, folder: Path) -> None:
    mixed_pdf(folder / "campuran.pdf")
    report = report_of(run("ingest", folder, "--json"))
    assert (report["pages"], report["pages_ocr"], report["pages_unread"]) == (3, 1, 0)


def test_what_was_taken_in_can_be_found_at_once(run: Run, folder: Path, settings: Settings) -> None:
    from compliance.queries.engines import serving_engine

    perbup(folder / "satu.pdf", 1)
    report_of(run("ingest", folder, "--json"))
    entries = serving_engine(settings.index_url).status().entries
    assert entries["d1"] == rows(settings, "select search_hash from document")[0][0]


def command(settings: Settings, *arguments: object) -> subprocess.Popen[bytes]:
    environment = os.environ | {
        "PATUH_VAR": str(settings.var), "PATUH_DOCUMENTS": str(settings.documents), "PATUH_READ_PROCESSES": "2",
        "FLASK_APP": "app",
    }  # fmt: skip
    return subprocess.Popen(
        [sys.executable, "-m", "flask", *map(str, arguments)],
        cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip


def wait_for(condition: Callable[[], object], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.05)


def ended(process: subprocess.Popen[bytes]) -> bytes:
    out, _ = process.communicate(timeout=120)
    return out


def test_a_kill_in_the_middle_loses_nothing_and_repeats_nothing(settings: Settings, folder: Path) -> None:
    for number in range(1, 9):
        perbup(folder / f"{number:02}.pdf", number, pages=10)
    for finished in (1, 3):
        process = command(settings, "ingest", folder)
        wait_for(
            lambda least=finished: rows(settings, "select count(*) from work where state = 'selesai'")[0][0] >= least
        )
        os.killpg(process.pid, signal.SIGKILL)
        ended(process)
    assert rows(settings, "select count(*) from work where state <> 'selesai'")[0][0] > 0
    process = command(settings, "ingest", folder, "--json")
    report = json.loads(ended(process))
    assert (process.returncode, report["received"] + report["duplicate"]) == (0, 8)
    assert rows(settings, "select count(*), count(distinct document_id) from page") == [(80, 8)]
    assert rows(settings, "select reading_state, count(*) from document group by 1") == [("terbaca", 8)]
    assert rows(settings, "select count(*) from audit where action = 'membaca dokumen'") == [(8,)]


@pytest.fixture
def waiting(settings: Settings, folder: Path) -> Iterator[tasks.Worker]:
    """A worker with one document that waits for it; its index is left alone."""
    perbup(folder / "satu.pdf", 1, pages=4)
    engine = open_database(settings.database_url)
    sessions = session_factory(engine)
    from compliance.services.documents import keep_bytes, receive_document

    with sessions() as session, transaction(session), (folder / "satu.pdf").open("rb") as stream:
        receive_document(session, tasks.ACTOR, keep_bytes(settings.store, stream), "satu.pdf")
    yield tasks.Worker(sessions, settings, lambda: None)
    engine.dispose()


def test_a_background_worker_reads_what_is_received_and_ends_cleanly_on_sigterm(
    settings: Settings, waiting: tasks.Worker
) -> None:
    process = command(settings, "worker")
    wait_for(lambda: rows(settings, "select state, worker from work") == [("selesai", None)])
    os.kill(process.pid, signal.SIGTERM)
    ended(process)
    assert process.returncode == 0


def test_a_fault_of_the_program_is_tried_three_times_and_then_told(
    settings: Settings, waiting: tasks.Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("aduh")

    monkeypatch.setattr(reading, "read_document", broken)
    waiting.work_off()
    assert rows(settings, "select state, attempts, error from work") == [("gagal", 3, "RuntimeError: aduh")]
    assert rows(settings, "select reading_state, failure_code from document") == [("gagal", "gangguan")]


def test_a_file_gone_from_the_store_is_told_as_such(settings: Settings, waiting: tasks.Worker) -> None:
    next(settings.store.glob("*/*.pdf")).unlink()
    waiting.work_off()
    assert rows(settings, "select reading_state, failure_code from document") == [("gagal", "hilang")]


def test_a_stopped_worker_gives_the_document_back(
    settings: Settings, waiting: tasks.Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = threading.Event()
    read = reading.read_document

    def slow(*arguments: Any, on_page: reading.OnPage, **named: Any) -> reading.Reading:
        def paused(done: int, total: int) -> None:
            begun.set()
            time.sleep(0.3)
            on_page(done, total)

        return read(*arguments, on_page=paused, **named)

    monkeypatch.setattr(reading, "read_document", slow)
    loop = threading.Thread(target=waiting.work_off)
    loop.start()
    assert begun.wait(30)
    waiting.stop()
    loop.join(30)
    assert rows(settings, "select state, attempts, worker from work") == [("menunggu", 0, None)]
    assert rows(settings, "select reading_state from document") == [("menunggu",)]


def test_a_result_whose_lease_was_lost_is_not_stored(
    settings: Settings, waiting: tasks.Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = reading.read_document

    def robbed(*arguments: Any, **named: Any) -> reading.Reading:
        result = read(*arguments, **named)
        with waiting.sessions() as session, transaction(session):
            (row,) = session.scalars(work.select(work.Work))
            row.worker = "lain:1:x"
        return result

    monkeypatch.setattr(reading, "read_document", robbed)
    waiting.work_off()
    assert rows(settings, "select count(*) from page") == [(0,)]
    assert rows(settings, "select worker from work") == [("lain:1:x",)]


@pytest.mark.shared
def test_every_public_file_is_taken(run: Run, shared: Path) -> None:
    """The short digital ones, so that the suite stays quick; `make bench` takes them all."""
    files = sorted((shared / "corpus/pdf").glob("uu__*.pdf"))[:3]
    assert files
    assert report_of(run("ingest", *files, "--json"))["received"] == len(files)


def test_pages_that_waited_for_ocr_are_read_once_it_is_there(settings: Settings, waiting: tasks.Worker) -> None:
    waiting.work_off()
    execute(settings, "update document set reading_state = 'sebagian', pages_unread = 1")
    execute(
        settings, f"update page set source = 'belum', text = '', reason = 'tanpa teks; {ocr.MISSING}' where number = 2"
    )
    waiting.wake()
    if not ocr.ocr_available():
        assert rows(settings, "select state from work") == [("selesai",)]
        return
    waiting.work_once()
    assert rows(settings, "select reading_state, pages_unread from document") == [("terbaca", 0)]


def test_the_share_of_documents_in_hand_that_is_read_is_known(
    waiting: tasks.Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[float] = []
    read = reading.read_document

    def watched(*arguments: Any, on_page: reading.OnPage, **named: Any) -> reading.Reading:
        def note(done: int, total: int) -> None:
            on_page(done, total)
            seen.append(waiting.part_read)

        return read(*arguments, on_page=note, **named)

    monkeypatch.setattr(reading, "read_document", watched)
    waiting.work_off()
    assert seen == [0.25, 0.5, 0.75, 1.0]
    assert waiting.part_read == 0


def test_a_name_that_is_no_text_is_told_and_listed_without_harm(run: Run, folder: Path) -> None:
    name = os.fsdecode(b"rusak\xff.pdf")
    (folder / name).write_bytes(b"bukan PDF")
    perbup(folder / os.fsdecode(b"baik\xff.pdf"), 1)
    assert report_of(run("ingest", folder, "--json"))["unreadable"][0]["file"] == "rusak\ufffd.pdf"
    assert "baik\ufffd.pdf" in run("documents", "--json").stdout
