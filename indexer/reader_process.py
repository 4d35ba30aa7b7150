"""What a reader process does: opens one PDF, answers one request and ends. Started by fork_server.py only.

In: the length of a pickled request in four bytes, then the request. Out: the lines of messages.py. It ends when the parent
closes the conversation, so that it never outlives it.
"""

from __future__ import annotations

import base64
import contextlib
import os
import pickle
import resource
import signal
import socket
import threading
from dataclasses import dataclass
from typing import Any

from indexer.errors import UnreadableFile
from indexer.findings import Findings, findings_of, nothing_found
from indexer.messages import (
    LENGTH,
    NOT_IDENTIFIED,
    OUT_OF_MEMORY,
    DrawPage,
    ReadPages,
    Request,
    SaveUnlocked,
    as_sent,
    findings_line,
    line,
    page_lines,
)
from indexer.pages import Page
from indexer.pdf import PdfFile, page_png, save_unlocked
from indexer.reading import page_as_read, unread
from indexer.regions import RegionNames
from indexer.storable import storable_page


@dataclass
class Conversation:
    """The socket to the parent."""

    socket: socket.socket

    def request(self) -> Request:
        """What the parent asks. Safe to unpickle: it comes from the program itself."""
        (length,) = LENGTH.unpack(self._exactly(LENGTH.size))
        request: Request = pickle.loads(self._exactly(length))  # noqa: S301
        return request

    def tell(self, **message: Any) -> None:
        self.send(line(message))

    def send(self, lines: bytes) -> None:
        self.socket.sendall(lines)

    def end_with_parent(self) -> None:
        """Waits until the parent has closed its end, then ends this process and all it started."""
        with contextlib.suppress(OSError):
            self.socket.recv(1)
        os.killpg(0, signal.SIGKILL)

    def _exactly(self, count: int) -> bytes:
        data = bytearray()
        while len(data) < count:
            more = self.socket.recv(count - len(data))
            if not more:
                raise EOFError
            data += more
        return bytes(data)


def answer(connection: socket.socket) -> None:
    """Answers the one request that comes over the connection, under the limits it names."""
    conversation = Conversation(connection)
    request = conversation.request()
    threading.Thread(target=conversation.end_with_parent, daemon=True).start()
    _limit(request)
    try:
        _answer(request, conversation)
    except UnreadableFile as error:
        conversation.tell(type="refused", code=error.code, reason=error.reason)
    except MemoryError:
        conversation.tell(type="refused", code="memori", reason=OUT_OF_MEMORY)


def _answer(request: Request, conversation: Conversation) -> None:
    match request.task:
        case DrawPage(number, dpi):
            png = page_png(request.path, number, dpi, request.max_pixels, request.password)
            conversation.tell(type="image", png=base64.b64encode(png).decode("ascii"))
        case SaveUnlocked(target):
            save_unlocked(request.path, request.password or "", target)
            conversation.tell(type="unlocked")
        case ReadPages() as task:
            with PdfFile(request.path, request.password, request.max_pixels) as file:
                count = file.page_count
                conversation.tell(type="opened", pages=count, encrypted=file.encrypted, metadata=file.metadata)
                if count <= request.max_pages:
                    _read(file, task, conversation)


def _read(file: PdfFile, task: ReadPages, conversation: Conversation) -> None:
    pages = [known.page for known in task.known]
    for number in range(task.first, file.page_count + 1):
        page = _page(file, number, conversation, ocr=task.ocr)
        conversation.send(page_lines(as_sent(page)))
        if task.regions is not None:
            pages.append(page)
    if task.regions is not None:
        conversation.tell(type="identifying")
        conversation.send(findings_line(_findings(pages, file.metadata, task.regions, task.name)))
    conversation.tell(type="end")


def _page(file: PdfFile, number: int, conversation: Conversation, *, ocr: bool) -> Page:
    """The page as read; one bad page must not cost the document, so it says what happened."""
    try:
        return storable_page(
            page_as_read(file, number, ocr=ocr, before_ocr=lambda at: conversation.tell(type="ocr", page=at))
        )
    except MemoryError:
        return unread(number, "halaman ini butuh memori lebih dari batas")
    except BrokenPipeError:
        raise
    except Exception as error:
        return unread(number, f"halaman ini gagal dibaca ({type(error).__name__})")


def _findings(pages: list[Page], metadata: dict[str, str], regions: RegionNames, name: str) -> Findings:
    """What is found; where the program itself stumbles, every field is doubtful and says so, and the pages are kept."""
    try:
        return findings_of(pages, metadata, regions, name)
    except Exception as error:
        return nothing_found(f"{NOT_IDENTIFIED} ({type(error).__name__})")


def _limit(request: Request) -> None:
    """Memory and processor time capped, also for tesseract; systems without such a limit go without."""
    for kind, amount in (
        (resource.RLIMIT_DATA, request.memory_bytes),
        (resource.RLIMIT_CPU, request.cpu_seconds),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (amount, amount))
