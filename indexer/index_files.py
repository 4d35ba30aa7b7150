"""The files of an index on Whoosh: which folder serves, whether its files are as they were written, what a failure means."""

from __future__ import annotations

import errno
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from indexer.errors import IndexDamaged, IndexUnavailable

DAMAGED = "Indeks pencarian rusak dan perlu dibangun ulang"
NOT_MADE = "Indeks pencarian belum dibuat."
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
# Troubles of the machine: the files may be whole.
_OF_THE_MACHINE = (*FULL, errno.EACCES, errno.EPERM, errno.EROFS, errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EIO)
Signature = Mapping[Path, tuple[int, int]]


@contextmanager
def broken_index_named() -> Iterator[None]:
    """Whatever Whoosh trips over in damaged files becomes IndexDamaged: it has no error of its own for that.

    Raises: OSError, MemoryError where the machine is in trouble and not the index.
    """
    try:
        yield
    except (IndexUnavailable, MemoryError):
        raise
    except Exception as error:
        if isinstance(error, OSError) and error.errno in _OF_THE_MACHINE:
            raise
        raise IndexDamaged(f"{DAMAGED} ({type(error).__name__}).") from error


def serving_name(root: Path) -> str:
    """The folder below the root that serves.

    Raises: IndexUnavailable where none does, or where it may not be read.
    """
    try:
        return (root / "current").read_text(encoding="ascii").strip()
    except PermissionError as error:
        raise IndexUnavailable(f"Indeks pencarian di {root} tidak boleh dibaca; periksa hak aksesnya.") from error
    except (OSError, ValueError) as error:
        raise IndexUnavailable(NOT_MADE) from error


def mark_damaged(directory: Path) -> None:
    """Whoever found the damage tells all processes: the index is not used any more, and is made anew."""
    with suppress(OSError):
        (directory / "rusak").touch()


def is_marked(directory: Path) -> bool:
    return (directory / "rusak").exists()


def signature(directory: Path, names: Iterable[str]) -> Signature:
    """Size and time of writing of the files with one of these in their names. Whoosh never writes to them again."""
    wanted = tuple(names)
    paths = [path for path in directory.iterdir() if any(name in path.name for name in wanted)]
    return {path: _written(path) for path in paths}


def is_as_written(files: Signature) -> bool:
    try:
        return all(_written(path) == written for path, written in files.items())
    except OSError:
        return False


def _written(path: Path) -> tuple[int, int]:
    told = path.stat()
    return told.st_size, told.st_mtime_ns


def trouble(error: BaseException) -> str:
    """In a sentence why writing the index failed, and what to do."""
    if isinstance(error, OSError) and error.errno in FULL:
        return "Ruang disk habis. Kosongkan ruang; pembangunan diulang sendiri."
    if isinstance(error, PermissionError):
        return f"{error.filename or 'Folder indeks'} tidak boleh ditulis. Perbaiki hak aksesnya; pembangunan diulang sendiri."
    return str(error) or type(error).__name__
