"""The supervisor of `make run`: what dies is started again, and nothing outlives the supervisor."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable

from compliance.config import ROOT
from compliance.serving import Child

PATIENCE_SECONDS = 30
SLEEPER = [sys.executable, "-c", "import time; time.sleep(100)"]


def soon(holds: Callable[[], bool]) -> bool:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        if holds():
            return True
        time.sleep(0.05)
    return False


def test_a_killed_process_is_started_again() -> None:
    child = Child("Percobaan", SLEEPER)
    child.start()
    first = child.process
    assert first is not None
    first.kill()
    first.wait()

    def is_back() -> bool:
        child.keep_running()
        return child.process is not first

    assert soon(is_back)
    assert child.process is not None
    assert child.process.poll() is None
    child.stop()
    assert child.process.poll() is not None


def test_one_that_keeps_dying_is_started_after_longer_and_longer_pauses() -> None:
    child = Child("Percobaan", [sys.executable, "-c", ""])
    child.start()
    pauses = []
    for _ in range(7):
        assert child.process is not None
        child.process.wait()
        child.keep_running()
        pauses.append(child.pause)
        child.restart_at = time.monotonic()
        child.keep_running()
    assert pauses == [0.5, 1, 2, 4, 8, 15, 15]
    child.stop()


def test_nothing_outlives_a_killed_supervisor() -> None:
    program = (
        "import sys, time; from compliance.serving import Child; "
        f"child = Child('x', {SLEEPER!r}); child.start(); print(child.process.pid, flush=True); time.sleep(100)"
    )
    supervisor = subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert supervisor.stdout is not None
    child = int(supervisor.stdout.readline())
    supervisor.send_signal(signal.SIGKILL)
    supervisor.wait()
    supervisor.stdout.close()

    def is_gone() -> bool:
        try:
            os.kill(child, 0)
        except ProcessLookupError:
            return True
        # Nobody may be there to collect it; what has ended waits as a zombie.
        with open(f"/proc/{child}/stat") as state:
            return state.read().rpartition(")")[2].split()[0] == "Z"

    assert soon(is_gone)
