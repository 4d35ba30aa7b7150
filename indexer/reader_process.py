"""The child process that opens one PDF. Started by sandbox.py only.

In: one JSON object on stdin. Out: one JSON object a line: `opened` (pages, encrypted, metadata), `reading` (page, ocr)
before each slow part, `page`, `image` (PNG as base64), `unlocked`, `refused` (code, reason), `end`. The process ends when its stdin
is closed, so that it never outlives its parent.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import resource
import signal
import sys
import threading
from pathlib import Path
from typing import Any, TextIO

from indexer.errors import UnreadableFile
from indexer.pages import Page, Word

OUT_OF_MEMORY = "Membaca berkas ini butuh memori lebih dari batas. Pecahlah berkas menjadi beberapa bagian."

Message = dict[str, Any]


def main() -> None:
    """Answers the one request on stdin."""
    request: Message = json.loads(sys.stdin.readline())
    out = _own_stdout()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _limit(request)
    try:
        _answer(request, out)
    except UnreadableFile as error:
        _send(out, type="refused", code=error.code, reason=error.reason)
    except MemoryError:
        _send(out, type="refused", code="memori", reason=OUT_OF_MEMORY)
    out.close()
    os._exit(0)


def page_as_json(page: Page) -> Message:
    """The page as plain lists and numbers; boxes to a hundredth of a point."""
    fields = {name: getattr(page, name) for name in Page.__dataclass_fields__ if name != "words"}
    return {**fields, "words": [_word_as_json(word) for word in page.words]}


def page_from_json(fields: Message) -> Page:
    """The page `page_as_json` wrote."""
    return Page(**{**fields, "words": tuple(Word(*word) for word in fields["words"])})


def _word_as_json(word: Word) -> list[Any]:
    box = [round(edge, 2) for edge in (word.x0, word.y0, word.x1, word.y1)]
    return [word.text, word.start, *box, word.confidence]


def _answer(request: Message, out: TextIO) -> None:
    from indexer.pdf import PdfFile, page_png, save_unlocked

    path, password = Path(request["path"]), request["password"]
    if request["task"] == "unlock":
        save_unlocked(path, password, Path(request["target"]))
        _send(out, type="unlocked")
        return
    if request["task"] == "image":
        png = page_png(path, request["page"], request["dpi"], request["max_pixels"], password)
        _send(out, type="image", png=base64.b64encode(png).decode("ascii"))
        return
    with PdfFile(path, password, request["max_pixels"]) as file:
        _send(out, type="opened", pages=file.page_count, encrypted=file.encrypted, metadata=file.metadata)
        if file.page_count <= request["max_pages"]:
            _read_pages(file, request, out)


def _read_pages(file: Any, request: Message, out: TextIO) -> None:
    from indexer.reading import page_as_read, unread

    for number in range(request["first_page"], file.page_count + 1):
        _send(out, type="reading", page=number, ocr=False)
        try:
            page = page_as_read(
                file, number, ocr=request["ocr"], before_ocr=lambda at: _send(out, type="reading", page=at, ocr=True)
            )
        except MemoryError:
            page = unread(number, "halaman ini butuh memori lebih dari batas")
        except BrokenPipeError:
            raise
        except Exception as error:
            # One bad page must not cost the document; the page says what happened.
            page = unread(number, f"halaman ini gagal dibaca ({type(error).__name__})")
        _send(out, type="page", page=page_as_json(page))
    _send(out, type="end")


def _send(out: TextIO, **message: Any) -> None:
    out.write(json.dumps(message) + "\n")
    out.flush()


def _own_stdout() -> TextIO:
    """The pipe to the parent, kept from libraries that print."""
    pipe = os.dup(1)
    os.dup2(2, 1)
    return os.fdopen(pipe, "w", encoding="ascii")


def _end_with_parent() -> None:
    sys.stdin.read()
    os.killpg(0, signal.SIGKILL)


def _limit(request: Message) -> None:
    """Memory and processor time capped, also for tesseract; systems without such a limit go without."""
    for kind, amount in (
        (resource.RLIMIT_DATA, request["memory_bytes"]),
        (resource.RLIMIT_CPU, request["cpu_seconds"]),
    ):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (amount, amount))
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
