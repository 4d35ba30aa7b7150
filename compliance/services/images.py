"""Pictures of pages, drawn when somebody looks and kept within a bound; the longest unused go first."""

from __future__ import annotations

import io
import os
import secrets
import threading
from collections.abc import Sequence
from pathlib import Path

from PIL import Image

from indexer import sandbox

SCREEN_DPI = 110
CLOSE_DPI = 170
SIDE_MARGIN = 12.0
CACHE_BYTES = 256 * 1024 * 1024
_AT_ONCE = threading.BoundedSemaphore(2)  # each drawing is a child process of its own


def page_image(folder: Path, original: Path, sha256: str, number: int, dpi: int = SCREEN_DPI) -> bytes:
    """Page `number` (from 1) of the file `original` as PNG; from `folder` when it was drawn before.

    Raises:
        UnreadableFile: the page can't be drawn.
    """
    kept = folder / f"{sha256}-{number}-{dpi}.png"
    try:
        png = kept.read_bytes()
        os.utime(kept)
    except FileNotFoundError:
        with _AT_ONCE:
            png = sandbox.page_image(original, number, dpi)
        _keep(kept, png)
    return png


def cut_out(png: bytes, box: Sequence[float], page_size: tuple[float, float]) -> bytes:
    """The part of a page's picture around `box` (points, origin top left), with a margin, as PNG."""
    with Image.open(io.BytesIO(png)) as page:
        scale = page.width / page_size[0], page.height / page_size[1]
        x0, y0, x1, y1 = box
        margin = max(2.0, min(8.0, (y1 - y0) * 0.25))
        corners = (x0 - SIDE_MARGIN, y0 - margin, x1 + SIDE_MARGIN, y1 + margin)
        left, top, right, bottom = (round(edge * scale[axis % 2]) for axis, edge in enumerate(corners))
        area = (max(0, left), max(0, top), min(page.width, right), min(page.height, bottom))
        out = io.BytesIO()
        page.crop(area).save(out, "PNG")
        return out.getvalue()


def trim(folder: Path, most_bytes: int = CACHE_BYTES) -> int:
    """Deletes the longest unused pictures until the folder holds at most `most_bytes`; returns how many went."""
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


def _keep(path: Path, png: bytes) -> None:
    """Stores the picture whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.stem}.{secrets.token_hex(4)}.baru")
    fresh.write_bytes(png)
    fresh.replace(path)
    trim(path.parent)
