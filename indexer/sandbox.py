"""A file somebody sent -> its pages, read in a child process with limits on time, memory, pages and pixels.

A page on which the child dies or hangs is given up, said so, and the rest is read by a new child. Safe to call from
several threads at once. Needs POSIX process groups and resource limits.
"""

from __future__ import annotations

import base64
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from indexer.children import CRASHED, Child, ReaderFailed
from indexer.errors import UnreadableFile
from indexer.findings import Findings, nothing_found
from indexer.messages import (
    NOT_IDENTIFIED,
    DrawPage,
    Message,
    ReadPages,
    Request,
    SaveUnlocked,
    SentPage,
    Task,
    as_sent,
    sent_findings,
    sent_page,
)
from indexer.pages import Page, ReadFile
from indexer.regions import RegionNames

log = logging.getLogger(__name__)

HEADER_WINDOW = 1024
OnPage = Callable[[int, int], None]

EMPTY = "Berkas kosong (0 byte). Unduh atau pindai ulang, lalu unggah lagi."
NOT_PDF = "Isi berkas bukan PDF. Simpan dokumen sebagai PDF, lalu unggah lagi."
WEB_PAGE = "Isi berkas adalah halaman web (HTML), bukan PDF; unduhannya mungkin gagal. Unduh ulang PDF aslinya."
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
    identify_seconds: float = 120
    mean_page_seconds: float = 5
    mean_ocr_seconds: float = 30
    failed_pages: int = 5


@dataclass(frozen=True, slots=True)
class IdentifiedFile:
    """A whole file as it came from its reader: its pages ready to be stored, and what was found on them."""

    pages: tuple[SentPage, ...]
    findings: Findings


@dataclass(frozen=True, slots=True)
class Terms:
    """How a file is read: whether with OCR, with which password, and who is told of each page (`on_page(done, total)`)."""

    ocr: bool = True
    password: str | None = None
    on_page: OnPage | None = None
    limits: Limits = field(default_factory=Limits)


def read_file(
    path: Path,
    limits: Limits | None = None,
    *,
    ocr: bool = True,
    password: str | None = None,
    on_page: OnPage | None = None,
) -> ReadFile:
    """The file's pages, in order and complete: a page that could not be read is there as `belum` with its reason.

    `on_page(done, total)` is called after each page. Takes a child process, and tesseract for scans.
    Raises: UnreadableFile with `kosong`, `bukan_pdf`, `rusak`, `terkunci`, `terlalu_besar`, `terlalu_lama`,
    `terlalu_banyak_halaman`, `memori` or `gagal_dibaca`, where not one page can be read. ReaderLost.
    """
    reading = _read(path, Terms(ocr, password, on_page, limits or Limits()))
    return ReadFile(tuple(sent.page for sent in reading.pages), reading.encrypted, reading.metadata)


def read_and_identify(path: Path, regions: RegionNames, name: str, terms: Terms | None = None) -> IdentifiedFile:
    """Like `read_file`, with identity and structure found in the child as well; `name` is the file's own.

    Raises: as `read_file`.
    """
    reading = _read(path, terms or Terms(), regions, name)
    return IdentifiedFile(tuple(reading.pages), reading.findings or nothing_found(NOT_IDENTIFIED))


def page_image(path: Path, number: int, dpi: float = 110, *, password: str | None = None) -> bytes:
    """Page `number` (from 1) as PNG, drawn in a child process; huge pages at a lower dpi. About a tenth of a second.

    Raises: UnreadableFile `terkunci`, `rusak`, `terlalu_lama`, `memori`, `gagal_dibaca`. ReaderLost.
    """
    answer = _answer(_request(path, DrawPage(number, dpi), Limits(max_pixels=8_000_000), password))
    return base64.b64decode(answer["png"])


def save_unlocked(path: Path, password: str, target: Path) -> None:
    """`target` is the same file without its lock, written in a child process; the password is kept nowhere.

    Raises: UnreadableFile `sandi_salah`, `rusak`, `terlalu_lama`, `memori`, `gagal_dibaca`. ReaderLost.
    """
    _answer(_request(path, SaveUnlocked(target.resolve()), Limits(), password))


def _answer(request: Request) -> Message:
    """The one message a child answers with. Raises: UnreadableFile, ReaderLost."""
    with Child(request) as child:
        try:
            return child.message(time.monotonic() + Limits().open_seconds)
        except ReaderFailed as failure:
            raise UnreadableFile(failure.code, failure.reason) from failure


def _read(path: Path, terms: Terms, regions: RegionNames | None = None, name: str = "") -> _Reading:
    check_file(path, terms.limits)
    reading = _Reading(terms, is_identified=regions is not None)
    while not reading.is_complete:
        known = tuple(reading.pages) if regions else ()
        task = ReadPages(terms.ocr, regions, name, len(reading.pages) + 1, known)
        with Child(_request(path, task, terms.limits, terms.password)) as child:
            try:
                reading.follow(child)
            except ReaderFailed as failure:
                reading.give_up(failure)
    reading.check()
    return reading


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


def _request(path: Path, task: Task, limits: Limits, password: str | None) -> Request:
    return Request(
        path=path.resolve(),
        task=task,
        password=password,
        max_pages=limits.max_pages,
        max_pixels=limits.max_pixels,
        memory_bytes=limits.memory_bytes,
        cpu_seconds=int(limits.open_seconds + limits.max_pages * limits.mean_ocr_seconds),
    )


@dataclass
class _Reading:
    """What is known of the file so far, over as many children as it takes; `is_identified`: it is to have findings too."""

    terms: Terms
    is_identified: bool
    pages: list[SentPage] = field(default_factory=list)
    total: int | None = None
    encrypted: bool = False
    metadata: dict[str, str] = field(default_factory=dict)
    findings: Findings | None = None
    failures: list[ReaderFailed] = field(default_factory=list)
    last_moment: float = 0.0

    @property
    def is_complete(self) -> bool:
        return self.total == len(self.pages) and (self.findings is not None or not self.is_identified)

    def follow(self, child: Child) -> None:
        """Takes the child's messages until it is done. Raises: ReaderFailed, ReaderLost, UnreadableFile."""
        deadline = time.monotonic() + self.terms.limits.open_seconds
        while (message := child.message(deadline))["type"] != "end":
            match message["type"]:
                case "opened":
                    self._open(message)
                case "page":
                    self._add(sent_page(message["row"], child.line(deadline)))
                case "findings":
                    self.findings = sent_findings(message)
            deadline = self._deadline(message["type"])
        if not self.is_complete:
            raise ReaderFailed("gagal_dibaca", CRASHED)

    def give_up(self, failure: ReaderFailed) -> None:
        """The page the child died on becomes `belum`; all remaining ones too after too many. Raises: UnreadableFile.

        Where it died after the last page, the identity is unknown for that reason.
        """
        if self.total is None:
            raise UnreadableFile(failure.code, failure.reason) from failure
        self.failures.append(failure)
        if len(self.pages) == self.total:
            log.error("a file of %s pages could not be identified: %s", self.total, failure.code)
            self.findings = nothing_found(f"{NOT_IDENTIFIED} ({failure.code})")
            return
        is_over = len(self.failures) > self.terms.limits.failed_pages or time.monotonic() > self.last_moment
        self._lose(PAGE_REASON[failure.code])
        while is_over and len(self.pages) < self.total:
            self._lose(NOT_TRIED)

    def check(self) -> None:
        """Raises: UnreadableFile where not one page could even be opened."""
        if not any(sent.row["width"] for sent in self.pages):
            cause = self.failures[0] if self.failures else UnreadableFile("rusak", NO_PAGE)
            raise UnreadableFile(cause.code, cause.reason)

    def _open(self, message: Message) -> None:
        limits = self.terms.limits
        if message["pages"] > limits.max_pages:
            count = f"{message['pages']} halaman, paling banyak {limits.max_pages}"
            raise UnreadableFile("terlalu_banyak_halaman", f"Berkas terlalu panjang ({count}). Pecah berkasnya.")
        if self.total is None:
            self.total, self.encrypted, self.metadata = message["pages"], message["encrypted"], message["metadata"]
            self.last_moment = time.monotonic() + limits.open_seconds + message["pages"] * limits.mean_page_seconds

    def _deadline(self, begun: str) -> float:
        """When the next message must be there, after one that says what has begun."""
        limits = self.terms.limits
        if begun == "identifying":
            return time.monotonic() + limits.identify_seconds
        if begun == "ocr":
            self.last_moment += limits.mean_ocr_seconds
        allowed = limits.ocr_seconds if begun == "ocr" else limits.page_seconds
        return min(time.monotonic() + allowed, self.last_moment)

    def _lose(self, reason: str) -> None:
        lost = Page(len(self.pages) + 1, 0, 0, "", (), "belum", reason)
        self._add(as_sent(lost))

    def _add(self, sent: SentPage) -> None:
        self.pages.append(sent)
        if self.terms.on_page is not None:
            self.terms.on_page(len(self.pages), self.total or 0)
