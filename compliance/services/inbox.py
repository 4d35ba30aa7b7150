"""The watched folder `masuk`: what somebody puts there is taken in once it is complete, and leaves the folder only after that.

A kill between taking and removing means that the same bytes are offered once more, and those are held already. What can't be taken
goes to `masuk/ditolak` with a note beside it that says why.
"""

from __future__ import annotations

import fcntl
import logging
import os
import signal
import stat
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from sqlalchemy.exc import OperationalError

from compliance.actor import Actor
from compliance.errors import PatuhError
from compliance.services.archives import is_archive
from compliance.services.documents import clean_name
from compliance.services.intake import Outcome, Writing, take_in
from indexer.errors import UnreadableFile
from indexer.sandbox import Limits, check_file

log = logging.getLogger(__name__)

ACTOR = Actor.system("folder masuk")
REFUSED = "ditolak"
SETTLED_SECONDS = 4
"""How long a file that looks whole must have stayed as it is; one that does not look whole, ten times and more as long."""
UNFINISHED_SECONDS = 60
PAUSE_SECONDS = 60
TAIL_BYTES = 2048
ENDS = (b"%%EOF", b"PK\x05\x06")
PARTIAL = (".part", ".partial", ".crdownload", ".download", ".filepart", ".tmp", "~")
NOBODYS = frozenset({"thumbs.db", "desktop.ini"})
NO_READING = "Patuh tidak boleh membaca berkas ini. Ubah izinnya supaya bisa dibaca, atau salin ulang berkasnya."
NO_REMOVING = "Patuh tidak boleh menulis di folder tempat berkas ini. Ubah izin foldernya."

Signature = tuple[int, int, int, int]
NEVER: Signature = (0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Lying:
    """A file in the folder. `place` is its path below it; `is_partial`: its name says that a program is still writing it.

    `trouble` says why it can't be taken or removed, "" where it can.
    """

    path: Path
    place: str
    size_bytes: int
    modified_at: float
    is_partial: bool
    trouble: str


@dataclass(frozen=True, slots=True)
class PutAside:
    """A file in `ditolak` and what the note beside it says."""

    place: str
    reason: str


def lying_files(folder: Path) -> list[Lying]:
    """What lies in the folder and below it, oldest first; links, hidden files and what was refused are left out."""
    return sorted(_lying(folder), key=lambda file: (file.modified_at, file.place))


def refused_files(folder: Path) -> list[PutAside]:
    """What was refused and is still there, latest first."""
    notes = sorted((folder / REFUSED).glob("*.txt"), key=lambda note: note.stat().st_mtime, reverse=True)
    return [
        PutAside(note.name.removesuffix(".txt"), note.read_text(encoding="utf-8", errors="replace").strip())
        for note in notes
        if note.with_suffix("").is_file()
    ]


class Inbox:
    """Looks into the folder again and again; remembers how each file looked, and since when. `take` writes as ACTOR."""

    def __init__(
        self, folder: Path, store: Path, writing: Writing, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.folder = folder
        self.store = store
        self.writing = writing
        self._clock = clock
        self._seen: dict[Path, tuple[Signature, float]] = {}
        self._stuck: dict[Path, Signature] = {}

    def look(self) -> int:
        """Takes what has settled since earlier looks; returns how many files left the folder."""
        self.folder.mkdir(parents=True, exist_ok=True)
        lying = [file for file in lying_files(self.folder) if not file.is_partial and not file.trouble]
        paths = {file.path for file in lying}
        self._seen = {path: seen for path, seen in self._seen.items() if path in paths}
        return sum(self._take(file) for file in lying)

    def _take(self, file: Lying) -> bool:
        signature = NEVER
        try:
            with _opened(file.path) as stream:
                signature = _signature(os.fstat(stream.fileno()))
                if not self._has_settled(file.path, signature, stream) or self._stuck.get(file.path) == signature:
                    return False
                refusal = _refusal(file.path, stream) or self._taken(file, stream, signature)
        except FileNotFoundError:
            return False
        except _StillWritten:
            self._seen.pop(file.path, None)
            return False
        except (OSError, PatuhError, OperationalError) as error:
            log.warning("%s stays in the folder for now: %s", file.place, error)
            self._seen[file.path] = signature, self._clock() + PAUSE_SECONDS
            return False
        return self._clear(file, signature, refusal)

    def _has_settled(self, path: Path, signature: Signature, stream: IO[bytes]) -> bool:
        before, since = self._seen.get(path, (None, 0.0))
        if before != signature:
            self._seen[path] = signature, self._clock()
            return False
        needed = SETTLED_SECONDS if _looks_whole(stream) else UNFINISHED_SECONDS
        return self._clock() >= since + needed and not _is_being_written(stream)

    def _taken(self, file: Lying, stream: IO[bytes], signature: Signature) -> str:
        """Why it can't leave the folder as taken; "" where all of it is held."""
        steady = cast("IO[bytes]", _Steady(stream, signature))
        outcomes = list(take_in(steady, file.path.name, self.store, ACTOR, self.writing))
        return "\n".join(_told(outcome) for outcome in outcomes if not outcome.is_taken)

    def _clear(self, file: Lying, signature: Signature, refusal: str) -> bool:
        """The file leaves the folder, unless another one took its name meanwhile."""
        self._seen.pop(file.path, None)
        try:
            if _signature(file.path.lstat()) != signature:
                return False
            if refusal:
                _put_aside(file.path, self.folder / REFUSED, refusal)
            else:
                file.path.unlink()
        except FileNotFoundError:
            return False
        except OSError as error:
            self._stuck[file.path] = signature
            log.warning("%s can't be removed from the folder: %s", file.place, error)
            return False
        return True


class _StillWritten(Exception):
    """The file changed while it was being copied."""


class _Steady:
    """A file's bytes; at their end it must still be as it was."""

    def __init__(self, stream: IO[bytes], signature: Signature) -> None:
        self.stream = stream
        self.signature = signature
        self.seek, self.tell = stream.seek, stream.tell

    def read(self, count: int = -1) -> bytes:
        data = self.stream.read(count)
        if not data and count and _signature(os.fstat(self.stream.fileno())) != self.signature:
            raise _StillWritten
        return data


def _lying(folder: Path) -> Iterator[Lying]:
    for place, folders, files in os.walk(folder):
        here = Path(place)
        folders[:] = [name for name in folders if not name.startswith(".") and here / name != folder / REFUSED]
        for name in files:
            if name.startswith(".") or name.lower() in NOBODYS:
                continue
            try:
                found = (here / name).lstat()
            except FileNotFoundError:
                continue
            if stat.S_ISREG(found.st_mode):
                yield _described(folder, here / name, found)


def _described(folder: Path, path: Path, found: os.stat_result) -> Lying:
    trouble = ""
    if not os.access(path, os.R_OK):
        trouble = NO_READING
    if not os.access(path.parent, os.W_OK | os.X_OK):
        trouble = NO_REMOVING
    shown = clean_name(path.name)
    place = "/".join([*(clean_name(step) for step in path.parent.relative_to(folder).parts), shown])
    is_partial = path.name.lower().endswith(PARTIAL) or path.name.startswith("~$")
    return Lying(path, place, found.st_size, found.st_mtime, is_partial, trouble)


def _opened(path: Path) -> IO[bytes]:
    return os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb")


def _signature(found: os.stat_result) -> Signature:
    return found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def _looks_whole(stream: IO[bytes]) -> bool:
    """Whether the file ends as a PDF or a ZIP does; a copy under way seldom does, even where its size was reserved before."""
    size = stream.seek(0, os.SEEK_END)
    stream.seek(max(0, size - TAIL_BYTES))
    tail = stream.read()
    stream.seek(0)
    return any(end in tail for end in ENDS)


def _is_being_written(stream: IO[bytes]) -> bool:
    """Whether a program of this machine has the file open for writing: the kernel then refuses a read lease. Linux only.

    False where that can't be told (another system, another's file).
    """
    if not hasattr(fcntl, "F_SETLEASE"):
        return False
    try:
        # Whoever opens the file in this very moment makes the kernel send a signal; this one is ignored by default.
        fcntl.fcntl(stream, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(stream, fcntl.F_SETLEASE, fcntl.F_RDLCK)
    except BlockingIOError:
        return True
    except OSError:
        return False
    fcntl.fcntl(stream, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    return False


def _refusal(path: Path, stream: IO[bytes]) -> str:
    """Why this is neither a PDF nor a ZIP, or too big; "" where it may be taken."""
    if is_archive(stream):
        return ""
    try:
        check_file(path, Limits())
    except UnreadableFile as error:
        return error.reason
    return ""


def _told(outcome: Outcome) -> str:
    return f"{outcome.place}: {outcome.reason}"


def _put_aside(path: Path, refused: Path, reason: str) -> None:
    """Moves the file there under a free name, with the reason beside it; the note comes first, so that no file lies there without."""
    refused.mkdir(exist_ok=True)
    stem, ending = path.stem[:180], path.suffix[:20]
    number = 1
    while True:
        name = f"{stem}{ending}" if number == 1 else f"{stem} ({number}){ending}"
        if not (refused / name).exists():
            break
        number += 1
    (refused / f"{name}.txt").write_text(f"{reason}\n", encoding="utf-8")
    path.rename(refused / name)
