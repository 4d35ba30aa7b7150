"""Reader processes as their parent sees them: started by the fork server, talked to, ended.

The fork server is started at first use and shared by all threads; a process forked from this one starts its own. Where the server
died it is started again for the next reader.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import pickle
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from pathlib import Path

from indexer.errors import UnreadableFile
from indexer.messages import EXIT_CODE, FORK, LENGTH, OUT_OF_MEMORY, Message, Request

ROOT = Path(__file__).resolve().parents[1]
CHUNK_BYTES = 1 << 18
LONGEST_LINE = 128 * 1024**2
EXIT_SECONDS = 5

TOO_LONG = "Membaca berkas ini terlalu lama dan dihentikan. Simpan ulang PDF dari aplikasi asalnya, lalu unggah lagi."
CRASHED = "Berkas ini membuat pembaca PDF berhenti mendadak. Simpan ulang PDF dari aplikasi asalnya, lalu unggah lagi."


class ReaderFailed(Exception):
    """A reader ended or was ended before it was done; code and reason are those of UnreadableFile."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class ReaderLost(Exception):
    """No reader could be started, or the fork server died under it: a fault of the moment, not of the file."""


class _Server:
    """The fork server of this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None

    def start(self) -> None:
        """It runs, or is on its way: being loaded takes half a second, which nobody waits for here."""
        with self._lock:
            self._started()

    def fork(self, conversation: socket.socket, lifeline: socket.socket) -> None:
        """A new reader has these two sockets. Raises: ReaderLost."""
        handles = [conversation.fileno(), lifeline.fileno()]
        with self._lock:
            for _ in range(2):
                try:
                    socket.send_fds(self._started(), [FORK], handles)
                    return
                except OSError:
                    self._stop()
        raise ReaderLost("no reader process could be started")

    def stop(self) -> None:
        """It and all its readers are gone."""
        with self._lock:
            self._stop()

    def forget(self) -> None:
        """In a process forked from this one: the server is the other's."""
        if self._control is not None:
            self._control.close()
        self._lock, self._process, self._control = threading.Lock(), None, None

    def _started(self) -> socket.socket:
        if self._control is not None and self._process is not None and self._process.poll() is None:
            return self._control
        self._stop()
        self._control, theirs = socket.socketpair()
        paths = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "indexer.fork_server"],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": paths, "OMP_THREAD_LIMIT": "1"},
                start_new_session=True,
            )
        return self._control

    def _stop(self) -> None:
        if self._control is not None:
            self._control.close()
        if self._process is not None:
            try:
                self._process.wait(EXIT_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._process = self._control = None


_SERVER = _Server()
atexit.register(_SERVER.stop)
os.register_at_fork(after_in_child=_SERVER.forget)

start_server = _SERVER.start


class Child:
    """One reader process in a process group of its own; leaving the `with` ends the whole group.

    Raises: ReaderLost.
    """

    def __init__(self, request: Request) -> None:
        self._request = pickle.dumps(request)
        self._buffer = bytearray()

    def __enter__(self) -> Child:
        self._socket, conversation = socket.socketpair()
        self._lifeline, lifeline = socket.socketpair()
        try:
            with conversation, lifeline:
                _SERVER.fork(conversation, lifeline)
            # A child that died at once tells so through `message`.
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                self._socket.sendall(LENGTH.pack(len(self._request)) + self._request)
        except BaseException:
            self._socket.close()
            self._lifeline.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()
        with contextlib.suppress(OSError):
            self._lifeline.shutdown(socket.SHUT_WR)
        self._exit_code()
        self._lifeline.close()

    def message(self, deadline: float) -> Message:
        """The next message.

        Raises: ReaderFailed where the child died or the moment has passed, UnreadableFile if it refused.
        """
        message: Message = json.loads(self.line(deadline))
        if message["type"] == "refused":
            raise UnreadableFile(message["code"], message["reason"])
        return message

    def line(self, deadline: float) -> bytes:
        """The next line. Raises: ReaderFailed, ReaderLost."""
        searched = 0
        while (end := self._buffer.find(b"\n", searched)) < 0:
            searched = len(self._buffer)
            if searched > LONGEST_LINE:
                raise ReaderFailed("memori", OUT_OF_MEMORY)
            self._buffer += self._more(deadline)
        line = bytes(self._buffer[:end])
        del self._buffer[: end + 1]
        return line

    def _more(self, deadline: float) -> bytes:
        self._socket.settimeout(max(0.001, deadline - time.monotonic()))
        try:
            data = self._socket.recv(CHUNK_BYTES)
        except TimeoutError as error:
            raise ReaderFailed("terlalu_lama", TOO_LONG) from error
        except ConnectionResetError:
            data = b""
        if not data:
            raise self._death()
        return data

    def _exit_code(self) -> int | None:
        """How the reader ended (negative: by that signal), once it has; None where nobody can tell."""
        self._lifeline.settimeout(EXIT_SECONDS)
        try:
            return int(EXIT_CODE.unpack(self._lifeline.recv(EXIT_CODE.size))[0])
        except (OSError, struct.error):
            return None

    def _death(self) -> Exception:
        code = self._exit_code()
        if code is None:
            return ReaderLost("the fork server died, or could not fork")
        if code == -signal.SIGXCPU:
            return ReaderFailed("terlalu_lama", TOO_LONG)
        # pdfium aborts where it gets no memory; the kernel kills where the machine has none.
        if code in {-signal.SIGKILL, -signal.SIGABRT}:
            return ReaderFailed("memori", OUT_OF_MEMORY)
        return ReaderFailed("gagal_dibaca", CRASHED)
