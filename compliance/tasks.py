"""The work loop: takes waiting documents under a lease, reads several at once in child processes, stores each in one transaction.

Used by `flask ingest` and by `flask worker`; several may run at once, on one machine or many. Whatever dies here, the database row of
the work stays, and the next loop takes it up.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from datetime import date
from functools import cached_property, partial

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from compliance.actor import Actor
from compliance.config import Settings
from compliance.db import transaction
from compliance.models import Document
from compliance.queries.facts import today
from compliance.queries.printed_regions import printed_regions
from compliance.services import reading, work
from compliance.services.documents import read_again_with_ocr, stored_path
from compliance.services.standing import refresh_all_standings
from indexer.children import start_server
from indexer.errors import IndexUnavailable, UnreadableFile
from indexer.ocr import ocr_available
from indexer.regions import RegionNames

log = logging.getLogger(__name__)

ACTOR = Actor.system("pembaca dokumen")
AHEAD = 1  # taken beyond what is being read, so that no reader waits while another document is stored
IDLE_SECONDS = 1.0
LOOK_SECONDS = 0.5
ROUND_SECONDS = 5
PROGRESS_SECONDS = 1.0
LEASE_KEEPING_SECONDS = 15
INDEX_SECONDS = 20
ASKED_INDEX_SECONDS = 1.0
SWEEP_SECONDS = 300
INDEX_REST_SECONDS = 60
GONE = "Berkas asli tidak ada lagi di tempat simpan. Masukkan berkasnya sekali lagi."
TROUBLE = f"Pembacaan terganggu {work.MOST_ATTEMPTS} kali berturut-turut. Masukkan berkasnya sekali lagi untuk mencoba."

OnLook = Callable[[int], object]


class Stopped(Exception):
    """The worker was told to stop while a document was being read."""


class Worker:
    """Reads what is waiting. `sessions` makes a session, `index` brings the search index up to date.

    `index_answers` says, quickly, whether it can be asked: where it can't, it is made anew though nothing else changed.
    """

    def __init__(
        self,
        sessions: Callable[[], Session],
        settings: Settings,
        index: Callable[[], None],
        index_answers: Callable[[], bool] = lambda: True,
    ) -> None:
        self.sessions = sessions
        self.settings = settings
        self.index = index
        self.index_answers = index_answers
        self.name = work.worker_name()
        self._stopping = threading.Event()
        self._rung = threading.Event()
        self._asked: set[int] = set()
        self._reached: dict[int, tuple[int, int]] = {}
        self._noted: dict[int, tuple[int, int]] = {}
        self._noted_at = 0.0
        self._indexed_change = -1
        self._indexed_at = time.monotonic()
        self._index_asked = False
        self._index_rests_until = 0.0
        self._keeps_leases = False
        self._statuses_at: tuple[date, float] | None = None

    def stop(self) -> None:
        """Ends the work soon: documents being read are given back after the page they are at."""
        self._stopping.set()
        self._rung.set()

    def hear(self, document_ids: list[int]) -> None:
        """Somebody rang: looks for work at once, and makes these documents searchable as soon as they are read.

        Without any, something else that search shows has changed. Called from other threads.
        """
        self._asked.update(document_ids)
        self._index_asked = self._index_asked or not document_ids
        self._rung.set()

    @property
    def part_read(self) -> float:
        """How much of the documents in hand is read, in documents: 0.5 is one of them half read."""
        return sum(done / total for done, total in self._reached.copy().values())

    def wake(self) -> None:
        """Readers are being made ready; pages that waited for OCR wait to be read once OCR is there."""
        start_server()
        if ocr_available():
            with self.sessions() as session, transaction(session):
                read_again_with_ocr(session, ACTOR)

    def work_once(self) -> None:
        """Reads what waits now and makes it searchable."""
        self.wake()
        with self.sessions() as session:
            up_to = work.last_queued(session)
        self.work_until_done(up_to)

    def work_forever(self) -> None:
        """Works until stopped, looking round every few seconds or when rung; also makes searchable what others change."""
        self.wake()
        with self._leases_kept():
            while not self._stopping.is_set():
                self._rung.clear()
                self.work_off()
                self._asked.clear()
                is_in_step = self._indexed_or_rested()
                self._rung.wait(ROUND_SECONDS if is_in_step else IDLE_SECONDS)

    def work_off(self, up_to: int | None = None, on_look: OnLook | None = None) -> None:
        """Reads everything that waits and nobody else holds.

        `up_to` is the highest work id wanted. `on_look` is told now and then how many documents up to that id are still open.
        """
        in_hand: dict[Future[reading.Reading], work.Task] = {}
        with self._leases_kept(), self._readers() as readers:
            try:
                while not self._stopping.is_set():
                    for task in self._taken(self.settings.read_processes + AHEAD - len(in_hand), up_to):
                        in_hand[readers.submit(self._read, task)] = task
                    if not in_hand:
                        break
                    for future in wait(in_hand, LOOK_SECONDS, FIRST_COMPLETED).done:
                        self._store(in_hand.pop(future), future)
                    self._note_progress()
                    if on_look:
                        on_look(self._open_count(up_to))
                    if self._is_index_due():
                        self._indexed_or_rested()
            finally:
                self._give_back(list(in_hand.values()))

    def work_until_done(self, up_to: int, on_look: OnLook | None = None) -> None:
        """All work up to that id is finished, by this worker or by another one, and searchable."""
        while not self._stopping.is_set():
            self.work_off(up_to, on_look)
            still_open = self._open_count(up_to)
            if on_look:
                on_look(still_open)
            if not still_open:
                break
            self._stopping.wait(LOOK_SECONDS)
        while not self._stopping.is_set() and not self._index_changes():
            self._stopping.wait(IDLE_SECONDS)

    def _indexed_or_rested(self) -> bool:
        """`_index_changes`; where disk or folder stand against it that is said, and tried again a minute later."""
        if time.monotonic() < self._index_rests_until:
            return False
        try:
            return self._index_changes()
        except OSError:
            log.exception("the search index could not be written; trying again in %d seconds", INDEX_REST_SECONDS)
            self._index_rests_until = time.monotonic() + INDEX_REST_SECONDS
            return False

    def _index_changes(self) -> bool:
        """Whether the index now holds what the database said at the start; False while another process writes it."""
        with self.sessions() as session:
            change = work.last_change(session)
        self._index_asked = False
        moment = time.monotonic()
        is_known = change == self._indexed_change and moment < self._indexed_at + SWEEP_SECONDS
        if is_known and self.index_answers():
            return True
        self._renew_statuses()
        try:
            self.index()
        except IndexUnavailable as error:
            log.warning("%s", error)
            return False
        finally:
            self._indexed_at = time.monotonic()
        self._indexed_change = change
        return True

    def _renew_statuses(self) -> None:
        """Legal statuses are those of today: at the start, when a day begins, and with every sweep."""
        day, moment = today(), time.monotonic()
        if self._statuses_at is None or self._statuses_at[0] != day or moment >= self._statuses_at[1] + SWEEP_SECONDS:
            with self.sessions() as session, transaction(session):
                refresh_all_standings(session, ACTOR)
            self._statuses_at = (day, moment)

    def _is_index_due(self) -> bool:
        """While others are still being read, what somebody waits for is indexed soon, the rest now and then."""
        pause = ASKED_INDEX_SECONDS if self._index_asked else INDEX_SECONDS
        return time.monotonic() > self._indexed_at + pause

    def _open_count(self, up_to: int | None) -> int:
        with self.sessions() as session:
            return len(work.open_documents(session, up_to))

    @cached_property
    def _regions(self) -> RegionNames:
        with self.sessions() as session:
            return printed_regions(session)

    @contextmanager
    def _readers(self) -> Iterator[ThreadPoolExecutor]:
        """Threads that each wait for a child process; leaving by an error stops their reading first."""
        with ThreadPoolExecutor(self.settings.read_processes, "baca") as readers:
            try:
                yield readers
            except BaseException:
                self.stop()
                raise

    @contextmanager
    def _leases_kept(self) -> Iterator[None]:
        """Meanwhile a thread says that this worker lives and keeps its leases, also while a commit or a long file holds up the loop."""
        if self._keeps_leases:
            yield
            return
        done = threading.Event()
        keeper = threading.Thread(target=self._keep_leases, args=(done,), daemon=True)
        self._keeps_leases = True
        keeper.start()
        try:
            yield
        finally:
            self._keeps_leases = False
            done.set()
            keeper.join()

    def _keep_leases(self, done: threading.Event) -> None:
        while not done.is_set():
            with self._bookkeeping() as session:
                work.keep_leases(session, self.name)
                work.note_heartbeat(session, self.name)
            done.wait(LEASE_KEEPING_SECONDS)
        with self._bookkeeping() as session:
            work.forget_heartbeat(session, self.name)

    @contextmanager
    def _bookkeeping(self) -> Iterator[Session]:
        """A transaction that may fail where the database is busy: the next turn says it again."""
        try:
            with self.sessions() as session, transaction(session):
                yield session
        except OperationalError:
            log.warning("the state of the work could not be noted; trying again", exc_info=True)

    def _note_progress(self) -> None:
        """At most once a second, and only what changed."""
        reached = self._reached.copy()
        if time.monotonic() < self._noted_at + PROGRESS_SECONDS or reached == self._noted:
            return
        with self._bookkeeping() as session:
            changed = {document: pages for document, pages in reached.items() if self._noted.get(document) != pages}
            work.note_progress(session, self.name, changed)
        self._noted, self._noted_at = reached, time.monotonic()

    def _taken(self, count: int, up_to: int | None) -> list[work.Task]:
        with self.sessions() as session:
            if count < 1 or not work.may_take(session, self.name, up_to):
                return []
            with transaction(session):
                return work.take(session, self.name, count, up_to)

    def _read(self, task: work.Task) -> reading.Reading:
        """Runs in a thread of its own, with a session of its own for as long as the look-up takes."""
        with self.sessions() as session:
            document = session.get_one(Document, task.document_id)
            path, name = stored_path(self.settings.store, document.file_sha256), document.file_name
        return reading.read_document(path, self._regions, name=name, on_page=partial(self._reach, task.document_id))

    def _reach(self, document_id: int, done: int, total: int) -> None:
        if self._stopping.is_set():
            raise Stopped
        self._reached[document_id] = done, total

    def _store(self, task: work.Task, future: Future[reading.Reading]) -> None:
        """The outcome stands in the database exactly once: a task that lost its lease stores nothing."""
        reached = self._reached.pop(task.document_id, None)
        self._index_asked = self._index_asked or task.document_id in self._asked
        self._asked.discard(task.document_id)
        try:
            with self.sessions() as session, transaction(session):
                if work.is_held(session, task):
                    document = session.get_one(Document, task.document_id)
                    reading.store_reading(session, ACTOR, document, future.result())
                    if reached:
                        work.note_progress(session, self.name, {task.document_id: reached})
                    work.finish(session, task)
        except Exception as error:
            self._store_failure(task, error)

    def _store_failure(self, task: work.Task, error: Exception) -> None:
        with self.sessions() as session, transaction(session):
            if not work.is_held(session, task):
                return
            if isinstance(error, Stopped):
                work.give_back(session, task)
                return
            document = session.get_one(Document, task.document_id)
            if isinstance(error, UnreadableFile | FileNotFoundError):
                code, reason = _verdict(error)
                work.give_up(session, task, f"{code}: {reason}")
                reading.store_failure(session, ACTOR, document, code, reason)
                return
            log.error("reading document %s failed", task.document_id, exc_info=error)
            if not work.count_failure(session, task, f"{type(error).__name__}: {error}"):
                reading.store_failure(session, ACTOR, document, "gangguan", TROUBLE)

    def _give_back(self, tasks: list[work.Task]) -> None:
        if tasks:
            with self.sessions() as session, transaction(session):
                for task in tasks:
                    if work.is_held(session, task):
                        work.give_back(session, task)


def _verdict(error: UnreadableFile | FileNotFoundError) -> tuple[str, str]:
    return (error.code, error.reason) if isinstance(error, UnreadableFile) else ("hilang", GONE)
