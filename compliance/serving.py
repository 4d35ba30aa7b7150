"""Serves: the web processes and the background worker side by side, each started again when it dies, ended with their parent."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from types import FrameType

from compliance.config import ROOT, Settings

PATIENCE_SECONDS = 20
LOOK_SECONDS = 0.25
FIRST_PAUSE_SECONDS = 0.5
MAX_PAUSE_SECONDS = 15
YOUNG_SECONDS = 5
PARENT_DEATH_SIGNAL = 1


@dataclass
class Child:
    """A program kept running. The pause before a restart doubles while it keeps dying young."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    pause: float = 0.0
    restart_at: float = field(default=0.0)

    def start(self) -> None:
        self.process = subprocess.Popen(self.command, cwd=ROOT, preexec_fn=_end_with_parent)
        self.started_at = time.monotonic()

    def keep_running(self) -> None:
        """Starts it again where it ended, after its pause."""
        if self.process is None or self.process.poll() is None:
            return
        moment = time.monotonic()
        if not self.restart_at:
            died_young = self.pause and moment < self.started_at + YOUNG_SECONDS
            self.pause = min(self.pause * 2, MAX_PAUSE_SECONDS) if died_young else FIRST_PAUSE_SECONDS
            self.restart_at = moment + self.pause
            print(f"{self.name} berhenti; dijalankan lagi.", file=sys.stderr, flush=True)
        elif moment >= self.restart_at:
            self.restart_at = 0.0
            self.start()

    def stop(self) -> None:
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()


def serve(settings: Settings) -> None:
    """Runs until it is told to stop (Ctrl-C or SIGTERM), then ends both children.

    Raises:
        SystemExit: the port is taken.
    """
    if _port_taken(settings.host, settings.port):
        raise SystemExit(
            f"Port {settings.port} sedang dipakai program lain. Jalankan dengan port lain: PATUH_PORT=8001 make run"
        )
    children = [Child("Web", _web(settings)), Child("Pekerja", [sys.executable, "-m", "flask", "worker"])]
    for child in children:
        child.start()
    print(f"\nPatuh: {settings.front_page}   (berhenti: Ctrl-C)\n", flush=True)
    signal.signal(signal.SIGTERM, _stop)
    try:
        while True:
            time.sleep(LOOK_SECONDS)
            for child in children:
                child.keep_running()
    except KeyboardInterrupt:
        pass
    finally:
        for child in children:
            child.stop()


def _end_with_parent() -> None:
    """Linux tells this process to stop when the one that started it dies, even by kill -9; elsewhere it goes on."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PARENT_DEATH_SIGNAL, signal.SIGTERM)


def _web(settings: Settings) -> list[str]:
    workers = str(min(4, (os.cpu_count() or 1) + 1))
    bind = f"{settings.host}:{settings.port}"
    gunicorn = [sys.executable, "-m", "gunicorn", "--bind", bind, "--workers", workers, "--threads", "12", "--preload"]
    return [*gunicorn, "--timeout", "120", "--log-level", "warning", "app:create_app()"]


def _port_taken(host: str, port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((host, port)) == 0


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
