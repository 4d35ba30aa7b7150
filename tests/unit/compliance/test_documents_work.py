"""Work rows: one worker at a time, nothing lost when a worker dies, nothing stored twice."""

from __future__ import annotations

import io
import os
import socket
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from compliance.actor import Actor
from compliance.config import Settings
from compliance.db import now, transaction
from compliance.models import Document, Work
from compliance.services import documents, work


@pytest.fixture
def waiting(session: Session, actor: Actor, settings: Settings) -> list[int]:
    """Three documents that wait to be read."""
    ids = []
    for data in (b"satu", b"dua", b"tiga"):
        kept = documents.keep_bytes(settings.store, io.BytesIO(data))
        with transaction(session):
            ids.append(documents.receive_document(session, actor, kept, "a.pdf").document.id)
    return ids


def take(session: Session, worker: str, count: int = 1, up_to: int | None = None) -> list[work.Task]:
    with transaction(session):
        return work.take(session, worker, count, up_to)


def row_of(session: Session, document_id: int) -> Work:
    session.expire_all()
    return session.scalars(select(Work).where(Work.document_id == document_id)).one()


def test_two_workers_never_hold_the_same_document(session: Session, waiting: list[int]) -> None:
    first, second = take(session, "a:1:x", 2), take(session, "b:1:x", 2)
    assert [task.document_id for task in first + second] == waiting


def test_only_work_queued_before_is_taken_where_so_wanted(session: Session, waiting: list[int]) -> None:
    up_to = row_of(session, waiting[1]).id
    assert [task.document_id for task in take(session, "a:1:x", 9, up_to)] == waiting[:2]
    assert not work.may_take(session, "a:1:x", up_to)
    assert work.may_take(session, "a:1:x")


def test_a_lease_that_ran_out_may_be_taken_by_anyone_and_its_first_holder_stores_nothing(
    session: Session, waiting: list[int]
) -> None:
    (lost,) = take(session, "elsewhere:1:x")
    with transaction(session):
        session.get_one(Work, lost.work_id).leased_until = now() - timedelta(seconds=1)
    assert waiting[0] in [task.document_id for task in take(session, "b:1:x", 3)]
    assert not work.is_held(session, lost)


def test_a_lease_is_prolonged_by_its_holder_only(session: Session, waiting: list[int]) -> None:
    take(session, "a:1:x")
    with transaction(session):
        row_of(session, waiting[0]).leased_until = now() + timedelta(seconds=1)
    with transaction(session):
        work.keep_leases(session, "b:1:x")
    assert (row_of(session, waiting[0]).leased_until or now()) < now() + timedelta(seconds=2)
    with transaction(session):
        work.keep_leases(session, "a:1:x")
    assert (row_of(session, waiting[0]).leased_until or now()) > now() + timedelta(seconds=30)


def test_what_a_dead_process_of_this_machine_held_is_free_at_once_and_comes_last(
    session: Session, waiting: list[int]
) -> None:
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    take(session, f"{socket.gethostname()[:32]}:{child}:x")
    assert [task.document_id for task in take(session, "b:1:x", 3)] == [*waiting[1:], waiting[0]]


def test_what_a_living_process_holds_is_left_to_it(session: Session, waiting: list[int]) -> None:
    take(session, work.worker_name(), 3)
    assert take(session, "b:1:x", 3) == []


def test_being_interrupted_is_no_failed_attempt(session: Session, waiting: list[int]) -> None:
    for _ in range(5):
        (task,) = take(session, "elsewhere:1:x", 1, up_to=row_of(session, waiting[0]).id)
        with transaction(session):
            session.get_one(Work, task.work_id).leased_until = now() - timedelta(seconds=1)
    assert row_of(session, waiting[0]).attempts == 0


def test_the_third_failed_attempt_is_the_last(session: Session, waiting: list[int]) -> None:
    may_again = []
    for _ in range(3):
        (task,) = take(session, "a:1:x", 1, up_to=row_of(session, waiting[0]).id)
        with transaction(session):
            may_again.append(work.count_failure(session, task, "RuntimeError: aduh"))
    assert may_again == [True, True, False]
    row = row_of(session, waiting[0])
    assert (row.state, row.attempts, row.error) == ("gagal", 3, "RuntimeError: aduh")


def test_work_given_back_waits_as_if_untouched(session: Session, waiting: list[int]) -> None:
    (task,) = take(session, "a:1:x")
    with transaction(session):
        work.give_back(session, task)
    row = row_of(session, waiting[0])
    assert (row.state, row.attempts, row.worker, row.error) == ("menunggu", 0, None, None)
    assert session.get_one(Document, waiting[0]).reading_state == "menunggu"
