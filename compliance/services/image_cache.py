"""Pictures kept on disk within a bound; the longest unused go first. A file that is not a whole PNG counts as not kept."""

from __future__ import annotations

import logging
import os
import secrets
import threading
import time
from contextlib import suppress
from pathlib import Path

CACHE_BYTES = 256 * 1024**2
UNTRIMMED_BYTES = 8 * 1024**2
LEFTOVER_SECONDS = 3600
_HEAD = b"\x89PNG\r\n\x1a\n"
_TAIL = b"IEND\xaeB`\x82"
_LOG = logging.getLogger(__name__)


class _Written:
    """How many bytes this process has written since it last trimmed; looking through the folder each time would cost more."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._bytes = UNTRIMMED_BYTES  # a process that starts looks once

    def is_enough(self, more: int) -> bool:
        with self._lock:
            self._bytes += more
            enough = self._bytes >= UNTRIMMED_BYTES
            if enough:
                self._bytes = 0
            return enough


_WRITTEN = _Written()


def kept(path: Path) -> bytes | None:
    """The picture, now the most recently used; None where there is none, or a broken one."""
    try:
        png = path.read_bytes()
        if not (png.startswith(_HEAD) and png.endswith(_TAIL)):
            return None
        os.utime(path)
    except OSError:
        return None
    return png


def keep(path: Path, png: bytes) -> None:
    """Stores the picture whole or not at all; a disk that takes nothing is logged, as the picture itself can still be shown."""
    fresh = path.with_name(f"{path.stem}.{secrets.token_hex(4)}.baru")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_bytes(png)
        fresh.replace(path)
        if _WRITTEN.is_enough(len(png)):
            trim(path.parent)
    except OSError as error:
        with suppress(OSError):
            fresh.unlink()
        _LOG.warning("picture not kept: %s", error)


def trim(folder: Path, most_bytes: int = CACHE_BYTES) -> int:
    """Deletes the longest unused pictures until the folder holds at most `most_bytes`; returns how many went.

    Also what an earlier process did not live to finish writing. Between two trims the folder may hold `UNTRIMMED_BYTES` more for each
    process.
    """
    _remove_leftovers(folder)
    held = []
    for path in folder.glob("*.png"):
        try:
            facts = path.stat()
        except FileNotFoundError:  # another request trims too
            continue
        held.append((facts.st_mtime, facts.st_size, path))
    surplus = sum(size for _, size, _ in held) - most_bytes
    dropped = 0
    for _, size, path in sorted(held, key=lambda entry: entry[0]):
        if surplus <= 0:
            break
        path.unlink(missing_ok=True)
        surplus -= size
        dropped += 1
    return dropped


def _remove_leftovers(folder: Path) -> None:
    for path in folder.glob("*.baru"):
        try:
            if time.time() - path.stat().st_mtime > LEFTOVER_SECONDS:
                path.unlink()
        except FileNotFoundError:  # another request was quicker
            continue
