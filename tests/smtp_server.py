"""A mail server of the tests' own on localhost: keeps what it takes, refuses what it is told to."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage


class Post(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Line)
        self.mails: list[EmailMessage] = []
        self.refuses = False

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}"


class _Line(socketserver.StreamRequestHandler):
    server: Post

    def handle(self) -> None:
        self._say("220 uji")
        for line in self.rfile:
            command = line[:4].upper().strip()
            if command == b"DATA":
                self._take()
            elif command == b"QUIT":
                self._say("221 selesai")
                return
            else:
                self._say("250 baik")

    def _take(self) -> None:
        if self.server.refuses:
            self._say("554 ditolak")
            return
        self._say("354 tulis")
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line[1:] if line.startswith(b"..") else line)
        self.server.mails.append(message_from_bytes(b"".join(lines), policy=policy.default))
        self._say("250 diterima")

    def _say(self, answer: str) -> None:
        self.wfile.write(answer.encode() + b"\r\n")


@contextmanager
def post_office() -> Iterator[Post]:
    with Post() as post:
        thread = threading.Thread(target=post.serve_forever)
        thread.start()
        try:
            yield post
        finally:
            post.shutdown()
            thread.join()
