"""How far a rebuild of an index is: a note beside the index, for people who wait. Nothing depends on it.

Written in place and always of one length, so that it can be kept also where the disk has become full.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from indexer.engine import Building, Unit

LENGTH = 600
PAUSE_SECONDS = 0.5
# A rebuild says at least so often that it lives; its last step says nothing for a while.
SILENT_SECONDS = 120


@dataclass(slots=True)
class _Noted:
    done: int
    total: int
    since: float
    seen: float
    problem: str = ""


class BuildingNote:
    """The note of one index folder."""

    def __init__(self, root: Path) -> None:
        self._path = root / "kemajuan.json"
        self._noted = _Noted(0, 0, 0, 0)

    def counted(self, units: Iterable[Unit], total: int) -> Iterator[Unit]:
        """The units as they come, with a note of how many came."""
        started = time.time()
        self._write(_Noted(0, total, started, started))
        for done, unit in enumerate(units):
            if time.time() > self._noted.seen + PAUSE_SECONDS:
                self._write(_Noted(done, total, started, time.time()))
            yield unit
        self._write(replace(self._noted, done=total, seen=time.time()))

    def fail(self, problem: str) -> None:
        """Why the rebuild ended; it is taken up again later."""
        self._write(replace(self._noted, problem=problem[:200]))

    def clear(self) -> None:
        with suppress(OSError):
            self._path.unlink(missing_ok=True)

    def read(self) -> Building | None:
        """The rebuild under way or broken off; None where there is none."""
        try:
            noted = _Noted(**json.loads(self._path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return self._unwritable()
        goes_on = not noted.problem and time.time() < noted.seen + SILENT_SECONDS
        return Building(noted.done, noted.total, datetime.fromtimestamp(noted.since, UTC), goes_on, noted.problem)

    def _unwritable(self) -> Building | None:
        """Where the index's folder can't be written at all, that is why nothing is built."""
        root = self._path.parent
        there = next(folder for folder in (root, *root.parents) if folder.exists())
        if there.is_dir() and os.access(there, os.W_OK | os.X_OK):
            return None
        problem = f"{there} bukan folder yang boleh ditulis. Perbaiki folder itu atau hak aksesnya; pembangunan diulang sendiri."
        return Building(0, 0, datetime.now(UTC), goes_on=False, problem=problem)

    def _write(self, noted: _Noted) -> None:
        self._noted = noted
        text = json.dumps(asdict(noted)).encode().ljust(LENGTH)
        with suppress(OSError), self._path.open("r+b" if self._path.exists() else "wb") as file:
            file.write(text)
