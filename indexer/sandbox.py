"""A file somebody sent -> its pages, read in a child process with limits on time, memory, pages and pixels.

A page on which the child dies or hangs is given up, said so, and the rest is read by a new child. Safe to call from
several threads at once. Needs POSIX process groups and resource limits.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from indexer.errors import UnreadableFile
from indexer.pages import Page, ReadFile
from indexer.reader_process import OUT_OF_MEMORY, Message, page_from_json

ROOT = Path(__file__).resolve().parents[1]
HEADER_WINDOW = 1024
OnPage = Callable[[int, int], None]

EMPTY = "Berkas kosong (0 byte). Unduh atau pindai ulang, lalu unggah lagi."
NOT_PDF = "Isi berkas bukan PDF. Simpan dokumen sebagai PDF, lalu unggah lagi."
WEB_PAGE = "Isi berkas adalah halaman web (HTML), bukan PDF; unduhannya mungkin gagal. Unduh ulang PDF aslinya."
TOO_LONG = "Membaca berkas ini terlalu lama dan dihentikan. Simpan ulang PDF dari aplikasi asalnya, lalu unggah lagi."
CRASHED = "Berkas ini membuat pembaca PDF berhenti mendadak. Simpan ulang PDF dari aplikasi asalnya, lalu unggah lagi."
NO_PAGE = "Tidak satu pun halaman berkas ini dapat dibuka. Mintalah salinan yang utuh, lalu unggah lagi."
NOT_TRIED = "halaman ini tidak dicoba, sebab pembacaan berkas sudah dihentikan"
PAGE_REASON = {
    "terlalu_lama": "halaman ini terlalu lama dibaca dan dilewati",
    "memori": "halaman ini butuh memori lebih dari batas dan dilewati",
    "gagal_dibaca": "halaman ini membuat pembaca PDF berhenti dan dilewati",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one file may cost. Seconds are for one page, waiting included; a file may use `mean_*` times its pages.

    `failed_pages` is how many pages may each kill the child before the rest of the file is given up.
    """

    max_bytes: int = 300 * 1024**2
    max_pages: int = 3000
    max_pixels: int = 25_000_000
    memory_bytes: int = 1536 * 1024**2
    open_seconds: float = 60
    page_seconds: float = 30
    ocr_seconds: float = 240
    mean_page_seconds: float = 5
    mean_ocr_seconds: float = 30
    failed_pages: int = 5


class _Failure(Exception):
    """The child ended or was ended before it was done."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


def read_file(
    path: Path,
    limits: Limits | None = None,
    *,
    ocr: bool = True,
    password: str | None = None,
    on_page: OnPage | None = None,
) -> ReadFile:
    """The file's pages, in order and complete: a page that could not be read is there as `belum` with its reason.

    `on_page(done, total)` is called after each page. Takes a child process of about 60 MB, and tesseract for scans.
    Raises: UnreadableFile with `kosong`, `bukan_pdf`, `rusak`, `terkunci`, `terlalu_besar`, `terlalu_lama`,
    `terlalu_banyak_halaman`, `memori` or `gagal_dibaca`, where not one page can be read.
    """
    limits = limits or Limits()
    check_file(path, limits)
    reading = _Reading(limits, on_page)
    while not reading.is_complete:
        request = _request(path, limits, password, task="read", ocr=ocr, first_page=len(reading.pages) + 1)
        with _Child(request) as child:
            try:
                reading.follow(child)
            except _Failure as failure:
                reading.give_up_page(failure)
    return reading.result()


def page_image(path: Path, number: int, dpi: float = 110, *, password: str | None = None) -> bytes:
    """Page `number` (from 1) as PNG, drawn in a child process; huge pages at a lower dpi. About half a second.

    Raises: UnreadableFile `terkunci`, `rusak`, `terlalu_lama`, `memori`, `gagal_dibaca`.
    """
    limits = Limits(max_pixels=8_000_000)
    return base64.b64decode(
        _answer(_request(path, limits, password, task="image", page=number, dpi=dpi), limits)["png"]
    )


def save_unlocked(path: Path, password: str, target: Path) -> None:
    """`target` is the same file without its lock, written in a child process; the password is kept nowhere.

    Raises: UnreadableFile `sandi_salah`, `rusak`, `terlalu_lama`, `memori`, `gagal_dibaca`.
    """
    limits = Limits()
    _answer(_request(path, limits, password, task="unlock", target=str(target.resolve())), limits)


def _answer(request: Message, limits: Limits) -> Message:
    """The one message a child answers with. Raises: UnreadableFile."""
    with _Child(request) as child:
        try:
            return child.message(time.monotonic() + limits.open_seconds)
        except _Failure as failure:
            raise UnreadableFile(failure.code, failure.reason) from failure


def check_file(path: Path, limits: Limits) -> None:
    """Passes where the file has a PDF's header and an allowed size; costs one small read.

    Raises: UnreadableFile `kosong`, `terlalu_besar`, `bukan_pdf`.
    """
    size = path.stat().st_size
    if size == 0:
        raise UnreadableFile("kosong", EMPTY)
    if size > limits.max_bytes:
        raise UnreadableFile("terlalu_besar", _too_big(size, limits.max_bytes))
    with path.open("rb") as file:
        head = file.read(HEADER_WINDOW)
    if b"%PDF-" not in head:
        start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
        raise UnreadableFile("bukan_pdf", WEB_PAGE if start.startswith((b"<!doctype html", b"<html")) else NOT_PDF)


def _too_big(size: int, most: int) -> str:
    sizes = f"{size / 1024**2:.0f} MB, paling besar {most / 1024**2:.0f} MB"
    return f"Berkas terlalu besar ({sizes}). Perkecil mutu pindaian atau pecah berkasnya, lalu unggah lagi."


def _request(path: Path, limits: Limits, password: str | None, **task: Any) -> Message:
    return {
        "path": str(path.resolve()),
        "password": password,
        "max_pages": limits.max_pages,
        "max_pixels": limits.max_pixels,
        "memory_bytes": limits.memory_bytes,
        "cpu_seconds": int(limits.open_seconds + limits.max_pages * limits.mean_ocr_seconds),
        **task,
    }


@dataclass
class _Reading:
    """What is known of the file so far, over as many children as it takes."""

    limits: Limits
    on_page: OnPage | None
    pages: list[Page] = field(default_factory=list)
    total: int | None = None
    encrypted: bool = False
    metadata: dict[str, str] = field(default_factory=dict)
    failures: list[_Failure] = field(default_factory=list)
    last_moment: float = 0.0

    @property
    def is_complete(self) -> bool:
        return self.total is not None and len(self.pages) >= self.total

    def follow(self, child: _Child) -> None:
        """Takes the child's messages until it is done. Raises: _Failure, UnreadableFile."""
        deadline = time.monotonic() + self.limits.open_seconds
        while (message := child.message(deadline))["type"] != "end":
            if message["type"] == "opened":
                self._open(message)
            elif message["type"] == "reading":
                deadline = self._deadline(ocr=message["ocr"])
            else:
                self._add(page_from_json(message["page"]))

    def give_up_page(self, failure: _Failure) -> None:
        """The page the child died on becomes `belum`; all remaining ones too after too many. Raises: UnreadableFile."""
        if self.total is None:
            raise UnreadableFile(failure.code, failure.reason) from failure
        self.failures.append(failure)
        is_over = len(self.failures) > self.limits.failed_pages or time.monotonic() > self.last_moment
        self._lose(PAGE_REASON[failure.code])
        while is_over and not self.is_complete:
            self._lose(NOT_TRIED)

    def result(self) -> ReadFile:
        """The whole file. Raises: UnreadableFile where not one page could even be opened."""
        if not any(page.width for page in self.pages):
            cause = self.failures[0] if self.failures else UnreadableFile("rusak", NO_PAGE)
            raise UnreadableFile(cause.code, cause.reason)
        return ReadFile(tuple(self.pages), self.encrypted, self.metadata)

    def _open(self, message: Message) -> None:
        if message["pages"] > self.limits.max_pages:
            count = f"{message['pages']} halaman, paling banyak {self.limits.max_pages}"
            raise UnreadableFile("terlalu_banyak_halaman", f"Berkas terlalu panjang ({count}). Pecah berkasnya.")
        if self.total is None:
            self.total, self.encrypted, self.metadata = message["pages"], message["encrypted"], message["metadata"]
            self.last_moment = time.monotonic() + self.limits.open_seconds
            self.last_moment += message["pages"] * self.limits.mean_page_seconds

    def _deadline(self, *, ocr: bool) -> float:
        if ocr:
            self.last_moment += self.limits.mean_ocr_seconds
        allowed = self.limits.ocr_seconds if ocr else self.limits.page_seconds
        return min(time.monotonic() + allowed, self.last_moment)

    def _lose(self, reason: str) -> None:
        self._add(Page(len(self.pages) + 1, 0, 0, "", (), "belum", reason))

    def _add(self, page: Page) -> None:
        self.pages.append(page)
        if self.on_page is not None:
            self.on_page(len(self.pages), self.total or 0)


class _Child:
    """One reader process in a process group of its own; leaving the `with` ends the whole group."""

    def __init__(self, request: Message) -> None:
        paths = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
        self._process = subprocess.Popen(
            [sys.executable, "-m", "indexer.reader_process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": paths, "OMP_THREAD_LIMIT": "1"},
            start_new_session=True,
        )
        self._request = request
        self._buffer = b""

    def __enter__(self) -> _Child:
        assert self._process.stdin is not None
        # A child that died at once tells so through `message`.
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.write(json.dumps(self._request).encode() + b"\n")
            self._process.stdin.flush()
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def message(self, deadline: float) -> Message:
        """The next message.

        Raises: _Failure where the child died or the moment has passed, UnreadableFile if it refused.
        """
        while b"\n" not in self._buffer:
            self._buffer += self._more(deadline)
        line, self._buffer = self._buffer.split(b"\n", 1)
        message: Message = json.loads(line)
        if message["type"] == "refused":
            raise UnreadableFile(message["code"], message["reason"])
        return message

    def _more(self, deadline: float) -> bytes:
        assert self._process.stdout is not None
        with selectors.DefaultSelector() as selector:
            selector.register(self._process.stdout, selectors.EVENT_READ)
            if not selector.select(max(0.0, deadline - time.monotonic())):
                raise _Failure("terlalu_lama", TOO_LONG)
        data = os.read(self._process.stdout.fileno(), 1 << 16)
        if not data:
            raise self._death()
        return data

    def _death(self) -> _Failure:
        ended = -self._process.wait()
        if ended == signal.SIGXCPU:
            return _Failure("terlalu_lama", TOO_LONG)
        # pdfium aborts where it gets no memory; the kernel kills where the machine has none.
        if ended in {signal.SIGKILL, signal.SIGABRT}:
            return _Failure("memori", OUT_OF_MEMORY)
        return _Failure("gagal_dibaca", CRASHED)
