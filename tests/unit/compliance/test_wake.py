"""The bell: a ring reaches a listener over an SQLite file or Redis, and a queue that is gone or down fails nothing."""

from __future__ import annotations

import queue
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import ConnectionError as RedisConnectionError
from redis import Redis

from compliance.wake import Bell
from tests.services import demand, redis_url

PATIENCE_SECONDS = 30


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def redis_server() -> Iterator[str]:
    """The address of a Redis for these tests: the one named for them, else one of our own."""
    demand("redis")
    if redis_url():
        yield redis_url()
        return
    port = free_port()
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    url = f"redis://127.0.0.1:{port}/0"
    with Redis.from_url(url) as client:
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            try:
                client.ping()
                break
            except RedisConnectionError:
                time.sleep(0.05)
    yield url
    server.terminate()
    server.wait()


@pytest.fixture(params=["sqlite", pytest.param("redis", marks=pytest.mark.service("redis"))])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'antrean.db'}"
    address: str = request.getfixturevalue("redis_server")
    with Redis.from_url(address) as client:
        client.delete("huey.redis.patuh")
    return address


def test_a_ring_reaches_the_listener_of_another_process(url: str) -> None:
    heard: queue.Queue[list[int]] = queue.Queue()
    with Bell(url).listening(heard.put):
        Bell(url).ring([7, 12])
        assert heard.get(timeout=PATIENCE_SECONDS) == [7, 12]


def test_what_rang_while_nobody_listened_is_heard_later(url: str) -> None:
    Bell(url).ring([3])
    heard: queue.Queue[list[int]] = queue.Queue()
    with Bell(url).listening(heard.put):
        assert heard.get(timeout=PATIENCE_SECONDS) == [3]


def test_a_message_that_is_none_of_ours_is_dropped_and_the_next_one_heard(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("compliance.wake.PAUSE_SECONDS", 0.1)
    bell = Bell(url)
    bell._opened().storage.enqueue(b"cos\nsystem\n(S'true'\ntR.")
    heard: queue.Queue[list[int]] = queue.Queue()
    with Bell(url).listening(heard.put):
        bell.ring([5])
        assert heard.get(timeout=PATIENCE_SECONDS) == [5]


def test_a_redis_that_is_down_costs_a_line_in_the_log_and_no_time(caplog: pytest.LogCaptureFixture) -> None:
    bell = Bell(f"redis://127.0.0.1:{free_port()}/0")
    start = time.monotonic()
    for _ in range(20):
        bell.ring([1])
    assert time.monotonic() < start + 5
    assert [record.levelname for record in caplog.records] == ["WARNING"]


def test_a_broken_or_unwritable_file_fails_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "antrean.db").write_bytes(b"bukan SQLite" * 1000)
    Bell(f"sqlite:///{tmp_path / 'antrean.db'}").ring([1])
    Bell(f"sqlite:///{tmp_path / 'tiada' / 'antrean.db'}").ring([1])
    assert [record.levelname for record in caplog.records] == ["WARNING", "WARNING"]


def test_a_file_that_was_deleted_is_made_anew(tmp_path: Path) -> None:
    folder = tmp_path / "var"
    folder.mkdir()
    url = f"sqlite:///{folder / 'antrean.db'}"
    Bell(url).ring([1])
    shutil.rmtree(folder)
    folder.mkdir()
    heard: queue.Queue[list[int]] = queue.Queue()
    with Bell(url).listening(heard.put):
        Bell(url).ring([2])
        assert heard.get(timeout=PATIENCE_SECONDS) == [2]


def test_an_address_of_no_known_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="PATUH_QUEUE_URL"):
        Bell("amqp://antrean")
