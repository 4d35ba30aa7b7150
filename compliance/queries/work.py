"""Reads about background work: what runs, waits and failed, how far it is, and whether anybody does it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from compliance.actor import Actor
from compliance.db import now
from compliance.models import Document, Heartbeat, Work
from compliance.queries.facts import OFFICE, today
from compliance.queries.scopes import readable_documents
from compliance.queries.workers import is_dead, living_workers

MOST_ROWS = 200
MOST_IDS = 500
WAITING, RUNNING, DONE, FAILED = "menunggu", "dikerjakan", "selesai", "gagal"


@dataclass(frozen=True, slots=True)
class Item:
    """A document with its row of work. `is_abandoned`: its worker died or fell silent; the next one takes it."""

    document: Document
    work: Work
    is_abandoned: bool = False


@dataclass(frozen=True, slots=True)
class Overview:
    """The work on documents that the actor reads; lists of at most 200, counts of all.

    `waiting` stands in the order in which it will be taken; `failed` has the latest first.
    """

    running: Sequence[Item]
    waiting: Sequence[Item]
    failed: Sequence[Item]
    running_count: int
    waiting_count: int
    failed_count: int
    done_today: int
    workers: Sequence[Heartbeat]

    @property
    def is_unattended(self) -> bool:
        """Whether work waits that no worker will take."""
        return bool(self.waiting_count + self.running_count) and not self.workers

    @property
    def is_busy(self) -> bool:
        return bool(self.waiting_count + self.running_count)


def work_overview(session: Session, actor: Actor) -> Overview:
    """What the page about work shows."""
    by_state = select(Work.state, func.count()).join(Document, Document.id == Work.document_id)
    by_state = by_state.where(readable_documents(actor)).group_by(Work.state)
    counts = {state: count for state, count in session.execute(by_state)}
    return Overview(
        running=_items(session, actor, RUNNING, (Work.started_at, Work.id)),
        waiting=_items(session, actor, WAITING, (Work.attempts, Work.error.is_not(None), Work.id)),
        failed=_items(session, actor, FAILED, (Work.ended_at.desc(), Work.id.desc())),
        running_count=counts.get(RUNNING, 0),
        waiting_count=counts.get(WAITING, 0),
        failed_count=counts.get(FAILED, 0),
        done_today=_done_today(session, actor),
        workers=living_workers(session),
    )


def pages_reached(session: Session, actor: Actor, document_ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Pages read and pages in all of those documents whose reading is under way and known so far."""
    rows = select(Work.document_id, Work.pages_done, Work.pages_total).join(Document, Document.id == Work.document_id)
    rows = rows.where(readable_documents(actor), Work.document_id.in_(list(document_ids)[:MOST_IDS]))
    known = session.execute(rows.where(Work.state == RUNNING, Work.pages_total.is_not(None)))
    return {document_id: (done, total or 0) for document_id, done, total in known}


def failed_documents(session: Session, actor: Actor) -> Sequence[Document]:
    """All documents the actor reads whose reading failed."""
    failed = select(Document).join(Work, Work.document_id == Document.id)
    return session.scalars(failed.where(Work.state == FAILED, readable_documents(actor)).order_by(Document.id)).all()


def _items(session: Session, actor: Actor, state: str, order: Sequence[Any]) -> list[Item]:
    chosen = select(Document, Work).join(Work, Work.document_id == Document.id)
    chosen = chosen.where(Work.state == state, readable_documents(actor)).order_by(*order).limit(MOST_ROWS)
    return [Item(document, work, _is_abandoned(work)) for document, work in session.execute(chosen)]


def _is_abandoned(work: Work) -> bool:
    if work.state != RUNNING:
        return False
    return work.leased_until is None or work.leased_until < now() or is_dead(work.worker or "")


def _done_today(session: Session, actor: Actor) -> int:
    midnight = datetime.combine(today(), time(), OFFICE)
    done = select(func.count(Work.id)).join(Document, Document.id == Work.document_id)
    return session.scalar(done.where(readable_documents(actor), Work.state == DONE, Work.ended_at >= midnight)) or 0
