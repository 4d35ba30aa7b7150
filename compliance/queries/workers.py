"""Which workers run: each leaves a heartbeat, and one of this machine that died is known by its process."""

from __future__ import annotations

import os
import socket
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from compliance.db import now
from compliance.models import Heartbeat

SILENT_SECONDS = 60


def living_workers(session: Session) -> Sequence[Heartbeat]:
    """The workers heard of within the last minute and not known to be dead, longest running first."""
    heard = select(Heartbeat).where(Heartbeat.seen_at > now() - timedelta(seconds=SILENT_SECONDS))
    rows = session.scalars(heard.order_by(Heartbeat.started_at)).all()
    return [row for row in rows if not is_dead(row.worker)]


def is_dead(worker: str) -> bool:
    """Whether the worker was a process of this machine that no longer runs. False where that can't be told."""
    host, _, rest = worker.partition(":")
    if host != socket.gethostname()[:32]:
        return False
    try:
        os.kill(int(rest.partition(":")[0]), 0)
    except ProcessLookupError:
        return True
    except (PermissionError, ValueError):
        return False
    return False
