"""The process that reader processes are forked from: it has everything loaded, so a reader starts in milliseconds.

Started by children.py only. It never touches a file from a stranger and has one thread. Over its stdin, a socket, come pairs of
sockets: the conversation of a new reader, and its lifeline. Over the lifeline comes, once the reader has ended, its exit code
in four bytes (negative: the signal). Where the parent shuts a lifeline, that reader's whole process group is killed; where it
closes stdin or dies, all are.
"""

from __future__ import annotations

import contextlib
import gc
import os
import selectors
import signal
import socket
import sys
from typing import Any

from indexer.messages import EXIT_CODE, FORK
from indexer.reader_process import answer
from indexer.warming import warm_up


class ForkServer:
    """The readers that live, by their process id."""

    def __init__(self, control: socket.socket) -> None:
        self._control = control
        self._lifelines: dict[int, socket.socket] = {}
        self._ended, self._wake = socket.socketpair()
        self._selector = selectors.DefaultSelector()

    def serve(self) -> None:
        """Forks and reaps until the parent is gone."""
        for end in (self._ended, self._wake):
            end.setblocking(False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self._wake.fileno(), warn_on_full_buffer=False)
        self._selector.register(self._control, selectors.EVENT_READ)
        self._selector.register(self._ended, selectors.EVENT_READ)
        while all([self._heed(key.fileobj, key.data) for key, _ in self._selector.select()]):
            pass
        for process in self._lifelines:
            _kill(process)

    def _heed(self, source: Any, process: int | None) -> bool:
        """Does what the socket asks for; False where the parent is gone."""
        if source is self._control:
            return self._fork()
        if source is self._ended:
            self._ended.recv(4096)
            self._reap()
        elif process in self._lifelines:
            # The parent says nothing on a lifeline: it has shut it.
            self._selector.unregister(source)
            _kill(process)
        return True

    def _fork(self) -> bool:
        message, handles, _flags, _address = socket.recv_fds(self._control, len(FORK), 2)
        if not message:
            return False
        conversation, lifeline = (socket.socket(fileno=handle) for handle in handles)
        try:
            process = os.fork()
        except OSError:  # the parent sees both closed without an exit code
            process = -1
        if process == 0:
            self._become_reader(conversation, lifeline)
        conversation.close()
        if process < 0:
            lifeline.close()
            return True
        self._lifelines[process] = lifeline
        self._selector.register(lifeline, selectors.EVENT_READ, process)
        return True

    def _become_reader(self, conversation: socket.socket, lifeline: socket.socket) -> None:
        """In the forked process: a process group of its own, nothing of the server kept open, one request answered."""
        code = 1
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.setsid()
            self._selector.close()
            for held in (lifeline, self._control, self._ended, self._wake, *self._lifelines.values()):
                held.close()
            answer(conversation)
            code = 0
        finally:
            os._exit(code)

    def _reap(self) -> None:
        """Tells the parent how each reader ended, and ends what it had started (tesseract)."""
        while self._lifelines:
            process, status = os.waitpid(-1, os.WNOHANG)
            if not process:
                return
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process, signal.SIGKILL)
            lifeline = self._lifelines.pop(process)
            with contextlib.suppress(KeyError):
                self._selector.unregister(lifeline)
            with contextlib.suppress(OSError):  # the parent no longer wants to know
                lifeline.send(EXIT_CODE.pack(os.waitstatus_to_exitcode(status)))
            lifeline.close()


def _kill(process: int) -> None:
    """Ends the reader's process group, also where it has not come to make one of its own."""
    for end in (os.killpg, os.kill):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            end(process, signal.SIGKILL)


def main() -> None:
    """Serves the parent at stdin."""
    warm_up()
    gc.collect()
    gc.freeze()  # what is loaded is never looked at again, so the readers share its memory
    control = socket.socket(fileno=os.dup(0))
    with open(os.devnull, "rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    ForkServer(control).serve()
    sys.exit(0)


if __name__ == "__main__":
    main()
