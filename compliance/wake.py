"""Wakes workers: the ids of documents put in line go through huey, over an SQLite file or Redis.

The queue is a bell, not a store: what is to be done stands in the database, and workers look there now and then whether it rang or
not. So losing the queue costs seconds, never work, and a queue that can't be reached fails nothing.
"""

from __future__ import annotations

import json
import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from huey import Huey, RedisHuey, SqliteHuey
from huey.exceptions import HueyException
from huey.registry import Message
from huey.serializer import Serializer
from redis import ConnectionPool, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

log = logging.getLogger(__name__)

NAME = "patuh"
SQLITE, REDIS = "sqlite:///", ("redis://", "rediss://", "unix://")
LOOK_SECONDS = 0.1
CONNECT_SECONDS = 1
ANSWER_SECONDS = 5
PAUSE_SECONDS = 10
FAULTS = (RedisError, sqlite3.Error, OSError, HueyException, ValueError, TypeError)

OnRing = Callable[[list[int]], object]


class Bell:
    """Rings for workers, and listens for them. The queue is opened at its first use.

    Raises:
        ValueError: the address is of no known kind.
    """

    def __init__(self, url: str) -> None:
        if not url.startswith((SQLITE, *REDIS)):
            raise ValueError(f"PATUH_QUEUE_URL: “{url}” tidak dikenal; tulis redis://mesin:6379/0 atau kosongkan")
        self.url = url
        self._lock = threading.RLock()
        self._queue: Huey | None = None
        self._task: Any = None
        self._on_ring: OnRing = lambda _ids: None
        self._silent_until = 0.0

    def ring(self, document_ids: Sequence[int]) -> None:
        """A worker that listens hears of these documents; without any, that something it keeps in step has changed.

        Call it after the commit. Where the queue can't be reached, says so in the log and tries again ten seconds later.
        """
        with self._lock:
            if time.monotonic() < self._silent_until:
                return
            try:
                queue = self._opened()
                self._task(list(document_ids))
                queue.storage.close()
            except FAULTS as error:
                self._pause(error)

    @contextmanager
    def listening(self, on_ring: OnRing) -> Iterator[None]:
        """Meanwhile a thread tells `on_ring` the ids of every ring."""
        self._on_ring = on_ring
        done = threading.Event()
        listener = threading.Thread(target=self._listen, args=(done,), name="antrean", daemon=True)
        listener.start()
        try:
            yield
        finally:
            done.set()
            listener.join()
            with self._lock:
                if self._queue is not None:
                    self._queue.storage.close()

    def _listen(self, done: threading.Event) -> None:
        while not done.is_set():
            try:
                queue = self._opened()
                task = queue.dequeue()
            except FAULTS as error:
                self._pause(error)
                done.wait(PAUSE_SECONDS)
                continue
            if task is not None:
                queue.execute(task)
            elif not queue.storage.blocking:
                done.wait(LOOK_SECONDS)

    def _opened(self) -> Huey:
        with self._lock:
            if self._queue is None:
                self._queue = _queue(self.url)
                self._task = self._queue.task(name="wake")(self._wake)
            return self._queue

    def _wake(self, document_ids: list[int]) -> None:
        self._on_ring(document_ids)

    def _pause(self, error: Exception) -> None:
        """Opened anew at the next try, for a file may have been replaced."""
        self._silent_until = time.monotonic() + PAUSE_SECONDS
        with self._lock:
            self._queue = None
        log.warning("Antrean %s tidak bisa dipakai (%s). Pekerjaan tetap diambil, hanya lebih lambat.", NAME, error)


class _Plain(Serializer):  # type: ignore[misc]
    """Messages as JSON: what stands in a shared Redis is never run."""

    def _serialize(self, data: Any) -> bytes:
        return json.dumps(data).encode()

    def _deserialize(self, data: bytes) -> Any:
        return Message(*json.loads(data))


def _queue(url: str) -> Huey:
    if url.startswith(SQLITE):
        file = {"filename": url.removeprefix(SQLITE), "timeout": 1, "fsync": False}
        return SqliteHuey(NAME, results=False, serializer=_Plain(), **file)
    pool = ConnectionPool.from_url(
        url, socket_connect_timeout=CONNECT_SECONDS, socket_timeout=ANSWER_SECONDS, retry=Retry(NoBackoff(), 0)
    )
    return RedisHuey(NAME, results=False, serializer=_Plain(), connection_pool=pool)
