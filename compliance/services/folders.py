"""Which files a person means who names files and folders."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

ENDINGS = (".pdf", ".zip")


def files_offered(paths: Iterable[Path]) -> Iterator[Path]:
    """Files as named, whatever their ending, and the PDFs and ZIPs of folders; each path once, whether it exists or not."""
    seen: set[Path] = set()
    for given in paths:
        for path in files_in(given) if given.is_dir() else [given]:
            if path.absolute() not in seen:
                seen.add(path.absolute())
                yield path


def files_in(folder: Path) -> Iterator[Path]:
    """The PDFs and ZIPs below a folder by name, hidden ones left out. A linked folder is entered once, so that a loop of links ends."""
    entered: set[tuple[int, int]] = set()
    for place, folders, files in os.walk(folder, followlinks=True):
        about = os.stat(place)
        if (about.st_dev, about.st_ino) in entered:
            folders.clear()
            continue
        entered.add((about.st_dev, about.st_ino))
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if name.lower().endswith(ENDINGS) and not name.startswith("."):
                yield Path(place, name)
