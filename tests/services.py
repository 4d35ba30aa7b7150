"""Services that some tests need: whether they are here, and what their absence means."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest


def _tesseract() -> bool:
    if shutil.which("tesseract") is None:
        return False
    done = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=False)
    return "ind" in done.stdout.split()


PRESENT = {
    "tesseract": _tesseract,
    "chromium": lambda: shutil.which("chromium") is not None,
    "postgresql": lambda: bool(os.environ.get("PATUH_TEST_POSTGRESQL")),
}


def demand(name: str) -> None:
    """Skips the running test where the service is missing; fails it where PATUH_TEST_REQUIRE names the service."""
    if PRESENT[name]():
        return
    if name in os.environ.get("PATUH_TEST_REQUIRE", "").split(","):
        pytest.fail(f"{name} is required here and missing")
    pytest.skip(f"{name} is not installed")
