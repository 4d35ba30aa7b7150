"""Pictures of pages, drawn when somebody looks. Few are drawn at once and few wait; whoever comes on top is told to ask again."""

from __future__ import annotations

import io
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path

from PIL import Image

from compliance.errors import PatuhError
from compliance.services import image_cache
from indexer import sandbox
from indexer.errors import UnreadableFile

THUMBNAIL_DPI = 20
SCREEN_DPI = 110
CLOSE_DPI = 170
READING_DPIS = (SCREEN_DPI, 150, 200, 300)
TURNS = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}
SIDE_MARGIN = 12.0
PATIENCE_SECONDS = 20
REMEMBERED_SECONDS = 600
REMEMBERED_FAILURES = 500
RETRY_SECONDS = 3
Draw = Callable[[], bytes]


class Busy(PatuhError):
    """More pictures are asked for at this moment than can be drawn; asking again after a few seconds helps."""

    def __init__(self) -> None:
        super().__init__("Terlalu banyak gambar diminta pada saat yang sama. Muat ulang beberapa detik lagi.")


class _Desk:
    """At most `drawing` pictures are drawn at a time, each in a child process of its own, and at most `waiting` requests wait."""

    def __init__(self, drawing: int, waiting: int) -> None:
        self._slots = threading.BoundedSemaphore(drawing)
        self._places = threading.BoundedSemaphore(drawing + waiting)

    @contextmanager
    def place(self) -> Iterator[None]:
        """Raises Busy where too many wait already, or the wait was too long."""
        if not self._places.acquire(blocking=False):
            raise Busy
        try:
            if not self._slots.acquire(timeout=PATIENCE_SECONDS):
                raise Busy
            try:
                yield
            finally:
                self._slots.release()
        finally:
            self._places.release()


# A strip of small pictures never keeps the page that is being read waiting.
_PAGES = _Desk(drawing=2, waiting=4)
_THUMBNAILS = _Desk(drawing=1, waiting=3)
_LOCK = threading.Lock()
_under_way: dict[Path, Future[bytes]] = {}
_failed: dict[tuple[str, int], tuple[float, UnreadableFile]] = {}


def page_image(folder: Path, original: Path, sha256: str, number: int, dpi: int = SCREEN_DPI) -> bytes:
    """Page `number` (from 1) of the file `original` as PNG; from `folder` when it was drawn before.

    However many ask for the same picture at once, it is drawn once. A page that can't be drawn is not tried again for ten minutes.

    Raises:
        UnreadableFile: the page can't be drawn.
        Busy: too many pictures are being drawn.
        FileNotFoundError: there is no such file.
    """
    path = folder / f"{sha256}-{number}-{dpi}.png"
    return image_cache.kept(path) or _drawn_once(path, lambda: _drawn(original, sha256, number, dpi))


def turned(png: bytes, degrees: int) -> bytes:
    """The picture turned clockwise by 90, 180 or 270 degrees; by 0 as it is."""
    if degrees not in TURNS:
        return png
    with Image.open(io.BytesIO(png)) as page:
        return _as_png(page.transpose(TURNS[degrees]))


def cut_out(png: bytes, box: Sequence[float], page_size: tuple[float, float]) -> bytes:
    """The part of a page's picture around `box` (points, origin top left), with a margin, as PNG."""
    with Image.open(io.BytesIO(png)) as page:
        scale = page.width / page_size[0], page.height / page_size[1]
        x0, y0, x1, y1 = box
        margin = max(2.0, min(8.0, (y1 - y0) * 0.25))
        corners = (x0 - SIDE_MARGIN, y0 - margin, x1 + SIDE_MARGIN, y1 + margin)
        left, top, right, bottom = (round(edge * scale[axis % 2]) for axis, edge in enumerate(corners))
        area = (max(0, left), max(0, top), min(page.width, right), min(page.height, bottom))
        return _as_png(page.crop(area))


def _drawn(original: Path, sha256: str, number: int, dpi: int) -> bytes:
    if not original.is_file():
        raise FileNotFoundError(original)
    _refuse_known_failure(sha256, number)
    with (_THUMBNAILS if dpi == THUMBNAIL_DPI else _PAGES).place():
        try:
            return sandbox.page_image(original, number, dpi)
        except UnreadableFile as error:
            _remember_failure(sha256, number, error)
            raise


def _drawn_once(path: Path, draw: Draw) -> bytes:
    """The picture; whoever comes while it is being drawn waits for that drawing and gets its outcome."""
    mine: Future[bytes] = Future()
    with _LOCK:
        running = _under_way.setdefault(path, mine)
    if running is not mine:
        return _awaited(running)
    try:
        png = image_cache.kept(path) or draw()
        image_cache.keep(path, png)
        mine.set_result(png)
    except BaseException as error:
        mine.set_exception(error)
        raise
    finally:
        with _LOCK:
            del _under_way[path]
    return png


def _awaited(running: Future[bytes]) -> bytes:
    try:
        return running.result(PATIENCE_SECONDS)
    except TimeoutError as error:
        raise Busy from error


def _refuse_known_failure(sha256: str, number: int) -> None:
    until, error = _failed.get((sha256, number), (0.0, None))
    if error is not None and time.monotonic() < until:
        raise UnreadableFile(error.code, error.reason)


def _remember_failure(sha256: str, number: int, error: UnreadableFile) -> None:
    with _LOCK:
        if len(_failed) >= REMEMBERED_FAILURES:
            _failed.clear()
        _failed[sha256, number] = time.monotonic() + REMEMBERED_SECONDS, error


def _as_png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
