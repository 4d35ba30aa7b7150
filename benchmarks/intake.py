"""How fast born-digital files are taken in, against bare pdfium on the same files in the same run.

`python -m benchmarks.intake --pdfs DIR [--labels CSV] [--json]`. Files are chosen whose every page has a good text layer, so that none
goes to OCR; with labels, only those of the quality `digital`. Reference: text and a box for each character of every page, by two
processes that are already running. Intake: bytes kept, document received, read with boxes, identity and structure, stored in SQLite, by
two readers in a home of its own. The two take turns, `--rounds` times; the ratio is the median of the rounds'.
"""

from __future__ import annotations

import argparse
import csv
import json
import multiprocessing
import os
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium

from benchmarks.intake_home import paper, take_in, upload_until_found, with_descendants
from indexer.errors import UnreadableFile
from indexer.pdf import PdfFile
from indexer.reading import judged

PROCESSES = 2
ROUNDS = 3
UPLOADS = 3
UPLOADED_PAGES = 10
LOOK_SECONDS = 0.02
_SPAWN = multiprocessing.get_context("spawn")


def born_digital(pdfs: Path, labels: Path | None) -> list[Path]:
    """The files whose every page's text layer is judged good, so that none goes to OCR; of those labelled `digital`, if labelled."""
    paths = sorted(pdfs.glob("*.pdf"))
    if labels:
        rows = csv.DictReader(labels.read_text(encoding="utf-8").splitlines(keepends=True))
        chosen = {row["file"] for row in rows if row["kualitas"] == "digital"}
        paths = [path for path in paths if path.name in chosen]
    with ProcessPoolExecutor(PROCESSES, _SPAWN) as pool:
        return [path for path, good in zip(paths, pool.map(_is_good, paths), strict=True) if good]


def _is_good(path: Path) -> bool:
    try:
        with PdfFile(path) as file:
            numbers = range(1, file.page_count + 1)
            return all(judged(file.layer(at), is_first=at == 1).verdict == "baik" for at in numbers)
    except UnreadableFile:
        return False


def bare_pdfium(path: Path) -> tuple[int, float]:
    """Reads the text and every character's box of each page and forgets them; returns how many pages, and processor seconds."""
    start = time.process_time()
    document = pdfium.PdfDocument(path)
    for page in document:
        text = page.get_textpage()
        text.get_text_range()
        [text.get_charbox(at) for at in range(text.count_chars())]
        text.close()
        page.close()
    count = len(document)
    document.close()
    return count, time.process_time() - start


@dataclass
class Peaks:
    """The most memory a process and its descendants have held, in MB; looked at now and then until stopped."""

    process: int
    parent: float = 0.0
    child: float = 0.0
    _over: threading.Event = field(default_factory=threading.Event)

    def watch(self) -> None:
        while not self._over.wait(LOOK_SECONDS):
            held = {process: _peak_of(process) for process in with_descendants(self.process)}
            self.parent = max(self.parent, held.pop(self.process, 0.0))
            self.child = max([self.child, *held.values()])

    def __enter__(self) -> Peaks:
        self._thread = threading.Thread(target=self.watch)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()


def _peak_of(process: int) -> float:
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM")), 0.0)


def taken_in(files: Sequence[Path]) -> tuple[dict[str, float], Peaks]:
    """What taking in the files cost, and the most memory held meanwhile; in a process and a home of their own."""
    mine, theirs = _SPAWN.Pipe()
    with tempfile.TemporaryDirectory() as home:
        process = _SPAWN.Process(target=_tell, args=(theirs, Path(home), list(files)))
        process.start()
        theirs.close()
        with Peaks(process.pid or 0) as peaks:
            cost: dict[str, float] = mine.recv()
            process.join()
    return cost, peaks


def _tell(answer: Connection, home: Path, files: list[Path]) -> None:
    answer.send(take_in(home, files, PROCESSES))


@dataclass(frozen=True, slots=True)
class Turn:
    """One round: pages a second and processor seconds of bare pdfium, and what the intake of the same files cost."""

    bare: float
    bare_processor_seconds: float
    intake: dict[str, float]

    @property
    def ratio(self) -> float:
        return self.intake["pages"] / self.intake["seconds"] / self.bare

    @property
    def processor_ratio(self) -> float:
        """The same in processor time: what the ratio is where nothing waits, and other programs disturb it less."""
        return self.bare_processor_seconds / self.intake["processor_seconds"]


def measured(files: Sequence[Path], rounds: int, memory_pages: int) -> dict[str, Any]:
    """All figures; speeds are those of the round whose ratio is the median."""
    turns = []
    with ProcessPoolExecutor(PROCESSES, _SPAWN) as pool:
        list(pool.map(bare_pdfium, files[:PROCESSES]))
        for _ in range(rounds):
            start = time.perf_counter()
            read = list(pool.map(bare_pdfium, files))
            bare = sum(pages for pages, _cost in read) / (time.perf_counter() - start)
            cost, _peaks = taken_in(files)
            turns.append(Turn(bare, sum(seconds for _pages, seconds in read), cost))
            assert cost["pages"] == sum(pages for pages, _cost in read), "not every page was stored"
    middle = sorted(turns, key=lambda turn: turn.ratio)[(len(turns) - 1) // 2]
    return {
        "pages": int(middle.intake["pages"]),
        "files": len(files),
        "pdfium_pages_per_second": round(middle.bare, 1),
        "intake_pages_per_second": round(middle.intake["pages"] / middle.intake["seconds"], 1),
        "ratio": round(middle.ratio, 3),
        "ratios": [round(turn.ratio, 3) for turn in turns],
        "processor_ratio": round(statistics.median(turn.processor_ratio for turn in turns), 3),
        "index_seconds": round(middle.intake["index_seconds"], 2),
        "start_seconds": round(middle.intake["start_seconds"], 2),
        "peak_memory_mb": _peak_memory(memory_pages),
        "upload_to_searchable_seconds": _upload_seconds(),
    }


def _peak_memory(pages: int) -> dict[str, int]:
    with tempfile.TemporaryDirectory() as folder:
        cost, peaks = taken_in([paper(Path(folder) / "panjang.pdf", pages)])
    return {"pages": int(cost["pages"]), "parent": round(peaks.parent), "child": round(peaks.child)}


def _upload_seconds() -> float:
    with tempfile.TemporaryDirectory() as home:
        return round(statistics.median(upload_until_found(Path(home), UPLOADED_PAGES, UPLOADS)), 2)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pdfs", type=Path, required=True)
    parser.add_argument("--labels", type=Path, help="CSV with the columns file and kualitas")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--memory-pages", type=int, default=1000)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    os.environ["OMP_THREAD_LIMIT"] = "1"
    files = born_digital(arguments.pdfs, arguments.labels)
    if not files:
        sys.exit(f"{arguments.pdfs}: no born-digital PDF here")
    result = measured(files, arguments.rounds, arguments.memory_pages)
    print(json.dumps(result) if arguments.json else "\n".join(f"{name}: {value}" for name, value in result.items()))


if __name__ == "__main__":
    main()
