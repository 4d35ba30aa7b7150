"""flask worker: reads waiting documents in the background and keeps the search index in step."""

from __future__ import annotations

import signal
from collections.abc import Callable
from typing import TYPE_CHECKING, cast

import click
from flask import current_app

from compliance.cli.sessions import command_session, settings
from compliance.services.indexing import bring_index_up_to_date
from compliance.tasks import Worker
from compliance.wake import Bell

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


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
        with bell().listening(reader.hear):
            reader.work_forever()


def sessions() -> Callable[[], Session]:
    """What makes database sessions in a command, also in its threads."""
    return cast("Callable[[], Session]", current_app.extensions["patuh_sessions"])


def bell() -> Bell:
    """What wakes the workers of this installation."""
    return cast(Bell, current_app.extensions["patuh_bell"])


def local_worker() -> Worker:
    """The reader of this installation, which also keeps its index."""
    make, chosen = sessions(), settings()

    def index() -> None:
        with make() as session:
            bring_index_up_to_date(session, chosen)

    return Worker(make, chosen, index)
