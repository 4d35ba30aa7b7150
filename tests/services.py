"""Services that some tests need: whether they are here, and what their absence means."""

from __future__ import annotations

import ctypes.util
import os
import shutil
import subprocess

import pytest


def _tesseract() -> bool:
    if shutil.which("tesseract") is None:
        return False
    done = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=False)
    return "ind" in done.stdout.split()


def redis_url() -> str:
    """The address of a Redis that tests may use; "" where they start one of their own."""
    return os.environ.get("PATUH_TEST_REDIS", "")


PRESENT = {
    "tesseract": _tesseract,
    # Playwright's own driver needs libatomic, which Debian does not always have.
    "chromium": lambda: bool(shutil.which("chromium") and ctypes.util.find_library("atomic")),
    "postgresql": lambda: bool(os.environ.get("PATUH_TEST_POSTGRESQL")),
    "redis": lambda: bool(redis_url() or shutil.which("redis-server")),
}


def demand(name: str) -> None:
    """Skips the running test where the service is missing; fails it where PATUH_TEST_REQUIRE names the service."""
    if PRESENT[name]():
        return
    if name in os.environ.get("PATUH_TEST_REQUIRE", "").split(","):
        pytest.fail(f"{name} is required here and missing")
    pytest.skip(f"{name} is not installed")
