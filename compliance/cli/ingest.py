"""flask ingest: files and folders in; it returns when all of it is read and searchable."""

from __future__ import annotations

import stat
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import click

from compliance.cli.sessions import COMMAND_ACTOR, command_session, print_json, say, settings
from compliance.cli.worker import local_worker, sessions, transactions
from compliance.errors import Unreadable
from compliance.queries import documents as held
from compliance.services import work
from compliance.services.documents import clean_name, remove_leftovers
from compliance.services.folders import files_offered
from compliance.services.intake import LEFT_OUT, RECEIVED, REFUSED, Outcome, take_in

STEPS = 100  # of the progress bar, for each document


@dataclass
class Intake:
    """What was offered, and what became of it."""

    taken: list[Outcome] = field(default_factory=list)
    unreadable: list[dict[str, str]] = field(default_factory=list)
    skipped: list[dict[str, str]] = field(default_factory=list)

    def add(self, outcome: Outcome) -> None:
        """Counts one file; what needs a person is told at once. What lies in the bin is a duplicate too."""
        if outcome.state == REFUSED:
            self.refuse(outcome.place, outcome.code, outcome.reason)
            return
        if outcome.state == LEFT_OUT:
            self.skipped.append({"file": outcome.place, "reason": outcome.reason})
        else:
            self.taken.append(outcome)
        if outcome.reason:
            say(f"{outcome.place}: {outcome.reason}")

    def refuse(self, place: str, code: str, reason: str) -> None:
        self.unreadable.append({"file": place, "code": code, "reason": reason})
        say(f"{place}: {reason}")


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the outcome as JSON.")
def ingest(paths: tuple[Path, ...], as_json: bool) -> None:
    """Take in PDF files, ZIPs and folders of them; return when all is read and searchable."""
    started = time.monotonic()
    with command_session():
        intake = _receive(list(files_offered(paths)))
        finished = _read_what_waits()
        report = _report(intake, finished, time.monotonic() - started)
    if as_json:
        print_json(report)
    else:
        say(_in_words(report))
    if report["received"] + report["duplicate"] == 0:
        raise SystemExit(1)


def _receive(paths: list[Path]) -> Intake:
    intake, writing = Intake(), transactions()
    remove_leftovers(settings().store)
    with _progress(len(paths), "Menyimpan") as show:
        for done, path in enumerate(paths, start=1):
            try:
                with _opened(path) as stream:
                    for outcome in take_in(stream, path.name, settings().store, COMMAND_ACTOR, writing):
                        intake.add(outcome)
            except Unreadable as error:
                intake.refuse(clean_name(path.name), error.code, str(error))
            show(done)
    return intake


def _opened(path: Path) -> IO[bytes]:
    """Raises Unreadable where there is no such file or it can't be opened."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise Unreadable("bukan_berkas", "Ini bukan berkas biasa.")
        return path.open("rb")
    except FileNotFoundError as error:
        raise Unreadable("tidak_ada", "Berkas atau foldernya tidak ada.") from error
    except OSError as error:
        raise Unreadable("tak_terbuka", f"Berkas tidak bisa dibuka: {error.strerror}.") from error


def _read_what_waits() -> list[int]:
    """Everything that waited is read and searchable; returns the documents' ids."""
    worker = local_worker()
    worker.wake()
    with sessions()() as session:
        up_to = work.last_queued(session)
        waiting = work.open_documents(session, up_to)
    with _progress(len(waiting) * STEPS, "Membaca") as show:
        worker.work_until_done(
            up_to, lambda still_open: show(int((len(waiting) - still_open + worker.part_read) * STEPS))
        )
    return waiting


def _report(intake: Intake, finished: list[int], seconds: float) -> dict[str, Any]:
    """The contract's figures. A file counts as unreadable whenever its document is, however often it was offered."""
    asked = [one.document_id for one in intake.taken if one.document_id] + finished
    with sessions()() as session:
        outcomes = held.outcomes(session, COMMAND_ACTOR, asked)
    counts: Counter[str] = Counter()
    for one in intake.taken:
        outcome = outcomes[one.document_id or 0]
        if outcome.failure_code:
            intake.refuse(one.place, outcome.failure_code, outcome.failure_reason or "")
        else:
            counts["received" if one.state == RECEIVED else "duplicate"] += 1
    read = [outcomes[document_id] for document_id in finished]
    return {
        "received": counts["received"],
        "duplicate": counts["duplicate"],
        "unreadable": intake.unreadable,
        "skipped": intake.skipped,
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


@contextmanager
def _progress(length: int, label: str) -> Iterator[Callable[[int], object]]:
    """A bar on stderr where that is a terminal; gives the function that is told how much is done."""
    if not sys.stderr.isatty() or not length:
        yield lambda _done: None
        return
    with click.progressbar(length=length, label=label, file=sys.stderr) as bar:
        yield lambda done: bar.update(done - bar.pos)
