"""flask worker: takes in what lies in `masuk`, reads waiting documents and keeps the search index in step."""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

import click
from flask import current_app

from compliance.cli.sessions import command_session, settings
from compliance.db import transaction
from compliance.queries.engines import index_answers
from compliance.services.documents import remove_leftovers
from compliance.services.inbox import Inbox
from compliance.services.indexing import bring_index_up_to_date
from compliance.services.intake import Writing
from compliance.services.search_news import tell_of_new_matches
from compliance.services.work import just_queued
from compliance.tasks import Worker
from compliance.wake import Bell

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

log = logging.getLogger(__name__)

INBOX_SECONDS = 2


@click.command()
@click.option("--once", is_flag=True, help="Read what waits now, then end.")
def worker(once: bool) -> None:
    """Read waiting documents in the background until stopped."""
    with command_session():
        reader = local_worker()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda _number, _frame: reader.stop())
        if once:
            reader.work_once()
            return
        bell = cast(Bell, current_app.extensions["patuh_bell"])
        with bell.listening(reader.hear), _inbox_watched():
            reader.work_forever()


@contextmanager
def _inbox_watched() -> Iterator[None]:
    """Meanwhile a thread looks into the folder `masuk` every few seconds."""
    inbox, done = Inbox(settings().inbox, settings().store, transactions()), threading.Event()

    def watch() -> None:
        while not done.wait(INBOX_SECONDS):
            try:
                inbox.look()
                remove_leftovers(inbox.store)
            except Exception:
                log.exception("looking into %s failed; trying again", inbox.folder)

    watcher = threading.Thread(target=watch, name="masuk", daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()


def transactions() -> Writing:
    """What opens write transactions in a command, also in its threads; after each commit workers are woken."""
    make, bell = sessions(), cast(Bell, current_app.extensions["patuh_bell"])

    @contextmanager
    def writing() -> Iterator[Session]:
        with make() as session:
            with transaction(session):
                yield session
            bell.ring(just_queued(session))

    return writing


def sessions() -> Callable[[], Session]:
    """What makes database sessions in a command, also in its threads."""
    return cast("Callable[[], Session]", current_app.extensions["patuh_sessions"])


def local_worker() -> Worker:
    """The reader of this installation, which also keeps its index."""
    make, chosen, writing = sessions(), settings(), transactions()

    def index() -> None:
        with make() as session:
            bring_index_up_to_date(session, chosen)
        tell_of_new_matches(writing, chosen)

    return Worker(make, chosen, index, lambda: index_answers(chosen.index_url))
