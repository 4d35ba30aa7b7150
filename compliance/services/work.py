"""Pending work as database rows: queued, taken under a lease, finished, given back. A crash costs time, never a row."""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import Select, and_, delete, func, or_, select, update
from sqlalchemy.orm import Session

from compliance.db import now
from compliance.models import AuditRow, Document, Heartbeat, Work
from compliance.queries.workers import is_dead

Chosen = TypeVar("Chosen")

READING = "baca"
LEASE_SECONDS = 60
MOST_ATTEMPTS = 3
INTERRUPTED = "terputus"
QUEUED = "put in line"


@dataclass(frozen=True, slots=True)
class Task:
    """One document to read, held by `worker`: the file it had when it was taken."""

    work_id: int
    document_id: int
    worker: str
    file_sha256: str


def worker_name() -> str:
    """A name no other worker has; tells machine and process, so that a dead one is recognised."""
    return f"{socket.gethostname()[:32]}:{os.getpid()}:{secrets.token_hex(4)}"


def queue_reading(session: Session, document_id: int) -> Work:
    """The document's row of work, waiting, with no attempt made."""
    row = session.scalar(select(Work).where(Work.kind == READING, Work.document_id == document_id))
    if row is None:
        row = Work(kind=READING, document_id=document_id, created_at=now())
        session.add(row)
    row.state, row.attempts, row.worker, row.leased_until, row.error = "menunggu", 0, None, None, None
    row.started_at = row.ended_at = None
    session.info.setdefault(QUEUED, set()).add(document_id)
    return row


def just_queued(session: Session) -> list[int]:
    """The documents put in line in this session since the last call; after the commit, workers are woken with them."""
    return sorted(session.info.pop(QUEUED, ()))


def take(session: Session, worker: str, count: int, up_to: int | None = None) -> list[Task]:
    """At most `count` waiting rows, oldest first, now leased to `worker`; what a dead worker left comes last.

    What lies in the bin waits there.
    `up_to` is the highest work id that is wanted.
    """
    _take_back_abandoned(session)
    waiting = _wanted(select(Work), up_to).where(Work.state == "menunggu")
    waiting = waiting.order_by(Work.attempts, Work.error.is_not(None), Work.id).limit(count)
    rows = session.scalars(waiting.with_for_update(skip_locked=True)).all()
    for row in rows:
        row.state, row.worker, row.leased_until = "dikerjakan", worker, _lease_end()
        row.started_at, row.ended_at, row.pages_done, row.pages_total = now(), None, 0, None
    _note_reading_state(session, [row.document_id for row in rows], "dibaca")
    files = _files(session, [row.document_id for row in rows])
    return [Task(row.id, row.document_id, worker, files[row.document_id]) for row in rows]


def may_take(session: Session, worker: str, up_to: int | None = None) -> bool:
    """Whether `take` might find something: a look that needs no write lock."""
    others = or_(Work.state == "menunggu", and_(Work.state == "dikerjakan", Work.worker != worker))
    return session.scalar(_wanted(select(Work.id), up_to).where(others).limit(1)) is not None


def keep_leases(session: Session, worker: str) -> None:
    """Everything `worker` holds is its own for another while."""
    held = (Work.worker == worker, Work.state == "dikerjakan")
    session.execute(update(Work).where(*held).values(leased_until=_lease_end()))


def note_heartbeat(session: Session, worker: str) -> None:
    """`worker` runs at this moment; those of whom nothing was heard for a day are forgotten."""
    row = session.get(Heartbeat, worker)
    if row is None:
        session.add(Heartbeat(worker=worker, started_at=now(), seen_at=now()))
    else:
        row.seen_at = now()
    session.execute(delete(Heartbeat).where(Heartbeat.seen_at < now() - timedelta(days=1)))


def forget_heartbeat(session: Session, worker: str) -> None:
    """`worker` has ended."""
    session.execute(delete(Heartbeat).where(Heartbeat.worker == worker))


def note_progress(session: Session, worker: str, reached: Mapping[int, tuple[int, int]]) -> None:
    """How far `worker` is with the documents it holds: pages read, pages in all, by document."""
    for document_id, (done, total) in reached.items():
        held = (Work.document_id == document_id, Work.worker == worker, Work.state == "dikerjakan")
        session.execute(update(Work).where(*held).values(pages_done=done, pages_total=total))


def is_held(session: Session, task: Task) -> bool:
    """Whether the task is still its worker's and the document has the same file; locks the row until the transaction ends."""
    row = session.get(Work, task.work_id, with_for_update=True)
    if row is None or row.state != "dikerjakan" or row.worker != task.worker:
        return False
    return _files(session, [task.document_id]) == {task.document_id: task.file_sha256}


def finish(session: Session, task: Task) -> None:
    """The task is done."""
    _close(session, task, "selesai", None)


def give_up(session: Session, task: Task, error: str) -> None:
    """The task failed for good."""
    _close(session, task, "gagal", error)


def give_back(session: Session, task: Task) -> None:
    """The task waits again, as if it had not been taken."""
    _close(session, task, "menunggu", None)
    _note_reading_state(session, [task.document_id], "menunggu")


def count_failure(session: Session, task: Task, error: str) -> bool:
    """Counts an attempt that failed; returns whether another may be made (the task then waits again)."""
    row = session.get_one(Work, task.work_id)
    row.attempts += 1
    may_again = row.attempts < MOST_ATTEMPTS
    _close(session, task, "menunggu" if may_again else "gagal", error)
    if may_again:
        _note_reading_state(session, [task.document_id], "menunggu")
    return may_again


def open_documents(session: Session, up_to: int | None = None) -> list[int]:
    """The ids of the documents whose reading is waiting or under way."""
    chosen = _wanted(select(Work.document_id), up_to).where(Work.state.in_(("menunggu", "dikerjakan")))
    return list(session.scalars(chosen.order_by(Work.id)))


def last_change(session: Session) -> int:
    """A number that grows with every change of what search shows: each leaves an audit row."""
    return session.scalar(select(func.max(AuditRow.id))) or 0


def last_queued(session: Session) -> int:
    """The highest work id; 0 where there is none."""
    return session.scalar(select(Work.id).order_by(Work.id.desc()).limit(1)) or 0


def _wanted(chosen: Select[Chosen], up_to: int | None) -> Select[Chosen]:
    binned = select(Document.id).where(Document.deleted_at.is_not(None))
    chosen = chosen.where(Work.kind == READING, Work.document_id.not_in(binned))
    return chosen if up_to is None else chosen.where(Work.id <= up_to)


def _files(session: Session, document_ids: list[int]) -> dict[int, str]:
    """The file in force of each document."""
    rows = session.execute(select(Document.id, Document.file_sha256).where(Document.id.in_(document_ids)))
    return {document_id: sha256 for document_id, sha256 in rows}


def _close(session: Session, task: Task, state: str, error: str | None) -> None:
    row = session.get_one(Work, task.work_id)
    row.state, row.error, row.worker, row.leased_until = state, error, None, None
    row.ended_at = now() if state in ("selesai", "gagal") else None


def _take_back_abandoned(session: Session) -> None:
    """Rows of workers that died wait again. Being interrupted is no failed attempt, it only puts them behind the others."""
    held = select(Work).where(Work.state == "dikerjakan")
    for row in session.scalars(held.with_for_update(skip_locked=True)):
        ran_out = row.leased_until is None or row.leased_until < now()
        if ran_out or is_dead(row.worker or ""):
            row.state, row.error, row.worker, row.leased_until = "menunggu", INTERRUPTED, None, None


def _note_reading_state(session: Session, document_ids: list[int], state: str) -> None:
    # A statement, not a changed row: that a machine took a document up is bookkeeping and leaves no audit row.
    if document_ids:
        session.execute(update(Document).where(Document.id.in_(document_ids)).values(reading_state=state))


def _lease_end() -> datetime:
    return now() + timedelta(seconds=LEASE_SECONDS)
