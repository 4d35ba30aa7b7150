"""flask ingest, flask documents, flask worker: files in, what is held, and the background reader."""

from __future__ import annotations

import os
import signal
import stat
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from flask import current_app

from compliance.cli.sessions import COMMAND_ACTOR, command_session, print_json, say, settings
from compliance.db import transaction
from compliance.errors import Unreadable
from compliance.queries import documents as held
from compliance.services import work
from compliance.services.documents import keep_bytes, receive_document, remove_leftovers
from compliance.services.indexing import bring_index_up_to_date
from compliance.tasks import Worker

if TYPE_CHECKING:
    from compliance.models import Document

COLUMNS = ("id", "file", "jenis", "nomor", "tahun", "wilayah", "pages", "reading_state", "doubtful")


@dataclass
class Intake:
    """What was offered, and what became of it. `documents` holds one id per file taken, in the order offered."""

    documents: list[tuple[str, int, bool]] = field(default_factory=list)
    unreadable: list[dict[str, str]] = field(default_factory=list)

    @property
    def offered(self) -> int:
        return len(self.documents) + len(self.unreadable)

    def refuse(self, path: str, code: str, reason: str) -> None:
        self.unreadable.append({"file": Path(path).name, "code": code, "reason": reason})
        say(f"{path}: {reason}")


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path())
@click.option("--json", "as_json", is_flag=True, help="Print the outcome as JSON.")
def ingest(paths: tuple[str, ...], as_json: bool) -> None:
    """Take in PDF files and folders of them; return when all is read and searchable."""
    started = time.monotonic()
    with command_session():
        intake = _receive(list(_files_offered(paths)))
        finished = _read_what_waits()
        report = _report(intake, finished, time.monotonic() - started)
    if as_json:
        print_json(report)
    else:
        say(_in_words(report))
    if report["received"] + report["duplicate"] == 0:
        raise SystemExit(1)


@click.command()
@click.option("--jenis")
@click.option("--tahun", type=int)
@click.option("--wilayah", help="Kemendagri code; a province's includes its kabupaten/kota.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
def documents(jenis: str | None, tahun: int | None, wilayah: str | None, as_json: bool) -> None:
    """List the documents held, newest first."""
    chosen = held.DocumentFilter(jenis=jenis, tahun=tahun, wilayah=wilayah)
    with command_session() as session:
        rows = [_described(document) for document in held.documents(session, COMMAND_ACTOR, chosen)]
    if as_json:
        print_json(rows)
    else:
        _print_table(rows)


@click.command()
@click.option("--once", is_flag=True, help="Read what waits now, then end.")
def worker(once: bool) -> None:
    """Read waiting documents in the background until stopped."""
    with command_session():
        reader = _worker()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda _number, _frame: reader.stop())
        if once:
            reader.work_off()
            reader.index()
        else:
            reader.work_forever()


def _files_offered(paths: Sequence[str]) -> Iterator[Path]:
    """Files as named, and the PDFs of folders in the order of their names; nothing twice, nothing hidden."""
    seen: set[Path] = set()
    for given in map(Path, paths):
        for path in _pdfs_in(given) if given.is_dir() else [given]:
            if path.absolute() not in seen:
                seen.add(path.absolute())
                yield path


def _pdfs_in(folder: Path) -> Iterator[Path]:
    """The PDFs below a folder. Linked folders are entered once, so that a loop of links ends."""
    entered: set[tuple[int, int]] = set()
    for place, folders, files in os.walk(folder, followlinks=True):
        about = os.stat(place)
        if (about.st_dev, about.st_ino) in entered:
            folders.clear()
            continue
        entered.add((about.st_dev, about.st_ino))
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if name.lower().endswith(".pdf") and not name.startswith("."):
                yield Path(place, name)


def _receive(paths: list[Path]) -> Intake:
    intake = Intake()
    remove_leftovers(settings().store)
    with _progress(len(paths), "Menyimpan") as show:
        for done, path in enumerate(paths, start=1):
            try:
                intake.documents.append(_received(path))
            except Unreadable as error:
                intake.refuse(str(path), error.code, str(error))
            show(done)
    return intake


def _received(path: Path) -> tuple[str, int, bool]:
    """Path, document and whether it is new.

    Raises:
        Unreadable: there is no such file, it can't be opened, or it is too big to keep.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise Unreadable("bukan_berkas", "Ini bukan berkas biasa.")
        stream = path.open("rb")
    except FileNotFoundError as error:
        raise Unreadable("tidak_ada", "Berkas atau foldernya tidak ada.") from error
    except OSError as error:
        raise Unreadable("tak_terbuka", f"Berkas tidak bisa dibuka: {error.strerror}.") from error
    with stream:
        kept = keep_bytes(settings().store, stream)
    with _sessions()() as session, transaction(session):
        received = receive_document(session, COMMAND_ACTOR, kept, path.name)
        return str(path), received.document.id, received.is_new


def _read_what_waits() -> list[int]:
    """Everything that waited is read and searchable; returns the documents' ids."""
    with _sessions()() as session:
        up_to = work.last_queued(session)
        waiting = work.open_documents(session, up_to)
    with _progress(len(waiting), "Membaca") as show:
        _worker().work_until_done(up_to, lambda: show(len(waiting) - _still_open(up_to)))
    return waiting


def _still_open(up_to: int) -> int:
    with _sessions()() as session:
        return len(work.open_documents(session, up_to))


def _report(intake: Intake, finished: list[int], seconds: float) -> dict[str, Any]:
    """The contract's figures. A file counts as unreadable whenever its document is, however often it was offered."""
    with _sessions()() as session:
        outcomes = held.outcomes(session, COMMAND_ACTOR, [number for _, number, _ in intake.documents] + finished)
    counts: Counter[str] = Counter()
    for path, number, is_new in intake.documents:
        outcome = outcomes[number]
        if outcome.failure_code:
            intake.refuse(path, outcome.failure_code, outcome.failure_reason or "")
        else:
            counts["received" if is_new else "duplicate"] += 1
    read = [outcomes[number] for number in finished]
    return {
        "received": counts["received"],
        "duplicate": counts["duplicate"],
        "unreadable": intake.unreadable,
        "pages": sum(outcome.pages for outcome in read),
        "pages_ocr": sum(outcome.pages_ocr for outcome in read),
        "pages_unread": sum(outcome.pages_unread for outcome in read),
        "seconds": round(seconds, 2),
    }


def _in_words(report: dict[str, Any]) -> str:
    return (
        f"{report['received']} diterima, {report['duplicate']} sudah ada, {len(report['unreadable'])} tidak terbaca; "
        f"{report['pages']} halaman dibaca ({report['pages_ocr']} lewat OCR, {report['pages_unread']} belum terbaca) "
        f"dalam {report['seconds']:.0f} detik."
    )


def _described(document: Document) -> dict[str, Any]:
    """A document as the command contract names things."""
    named = (
        "id",
        "jenis",
        "bentuk",
        "nomor",
        "tahun",
        "wilayah",
        "penerbit",
        "judul",
        "ditetapkan",
        "doubtful",
        "status",
    )
    return {
        **{name: getattr(document, name) for name in named},
        "sha256": document.file_sha256,
        "file": document.file_name,
        "pages": document.page_count,
        "pages_unread": document.pages_unread,
        "reading_state": document.reading_state,
        "contoh": document.is_sample,
    }


def _print_table(rows: list[dict[str, Any]]) -> None:
    cells = [[name.replace("_", " ") for name in COLUMNS]]
    for row in rows:
        shown = {**row, "doubtful": ", ".join(row["doubtful"])}
        cells.append(["–" if shown[name] in (None, "") else str(shown[name])[:48] for name in COLUMNS])
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for line in cells:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


@contextmanager
def _progress(length: int, label: str) -> Iterator[Callable[[int], object]]:
    """A bar on stderr where that is a terminal; gives the function that is told how much is done."""
    if not sys.stderr.isatty() or not length:
        yield lambda _done: None
        return
    with click.progressbar(length=length, label=label, file=sys.stderr, show_pos=True) as bar:
        yield lambda done: bar.update(done - bar.pos)


def _sessions() -> Callable[[], Any]:
    return current_app.extensions["patuh_sessions"]  # type: ignore[no-any-return]


def _worker() -> Worker:
    """The reader of this installation, which also keeps its index."""

    def index() -> None:
        with _sessions()() as session:
            bring_index_up_to_date(session, settings())

    return Worker(_sessions(), settings(), index)
