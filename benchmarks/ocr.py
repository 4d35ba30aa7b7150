"""How many words of a scanned page are read right, in order, and how fast, against bare tesseract on the same pages.

`python -m benchmarks.ocr --pdfs DIR --truth DIR --json`; the truth is one file a page, `<pdf's stem>__p<page>.txt`.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer.ocr import DPI, LANGUAGE, first_reading, is_unsure, second_reading
from indexer.pdf import PdfFile
from indexer.reading import page_as_read

ROUNDS = 3


@dataclass(frozen=True, slots=True)
class TruePage:
    """A page whose words were typed out by eye; `picture` is its PNG at 200 dpi."""

    name: str
    pdf: Path
    number: int
    words: tuple[str, ...]
    picture: Path


@dataclass(frozen=True, slots=True)
class Read:
    """One page as Patuh reads it; `reread_seconds` is None where the first look was enough."""

    words: tuple[str, ...]
    reread_seconds: float | None


def true_pages(pdfs: Path, truth: Path, pictures: Path) -> list[TruePage]:
    """The pages with a truth whose PDF is there, drawn once."""
    pages = []
    for file in sorted(truth.glob("*__p*.txt")):
        stem, _, number = file.stem.rpartition("__p")
        pdf = pdfs / f"{stem}.pdf"
        if not pdf.exists():
            print(f"tidak ada: {pdf}", file=sys.stderr)
            continue
        picture = pictures / f"{file.stem}.png"
        with PdfFile(pdf) as opened:
            opened.image(int(number), DPI).save(picture)
        words = tuple(file.read_text(encoding="utf-8").split())
        pages.append(TruePage(file.stem, pdf, int(number), words, picture))
    return pages


def bare_words(page: TruePage) -> tuple[str, ...]:
    """The words the tesseract command reads, as anybody would call it."""
    command = ["tesseract", str(page.picture), "-", "-l", LANGUAGE]
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    told = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return tuple(told.stdout.split())


def patuh_words(page: TruePage) -> Read:
    """The words of the page as `flask ingest` would keep them, and what a second look at its picture cost."""
    with PdfFile(page.pdf) as file:
        kept = page_as_read(file, page.number, ocr=True)
        image, width = file.image(page.number, DPI), kept.width
        first = first_reading(image, width)
        started = time.perf_counter()
        if is_unsure(first):
            second_reading(first, image, lambda dpi: file.image(page.number, dpi), width)
            return Read(tuple(kept.text.split()), time.perf_counter() - started)
    return Read(tuple(kept.text.split()), None)


def first_pass(page: TruePage) -> None:
    """What Patuh does with most scanned pages: drawn, set level, read once with boxes and confidence."""
    with PdfFile(page.pdf) as file:
        image = file.image(page.number, DPI)
        first_reading(image, image.width * 72 / DPI)


def word_errors(truth: Sequence[str], read: Sequence[str]) -> int:
    """The fewest words put in, left out or exchanged that make one of the other (Levenshtein)."""
    row = list(range(len(read) + 1))
    for above, true_word in enumerate(truth, 1):
        corner, row[0] = row[0], above
        for at, word in enumerate(read, 1):
            corner, row[at] = row[at], min(row[at] + 1, row[at - 1] + 1, corner + (true_word != word))
    return row[-1]


def accuracy(pages: Sequence[TruePage], readings: Sequence[Sequence[str]]) -> float:
    """1 less the word errors for each true word, over all pages together."""
    errors = sum(word_errors(page.words, read) for page, read in zip(pages, readings, strict=True))
    return 1 - errors / sum(len(page.words) for page in pages)


def seconds_for(pool: Executor, read: Callable[[TruePage], Any], pages: Sequence[TruePage]) -> float:
    started = time.perf_counter()
    list(pool.map(read, pages))
    return time.perf_counter() - started


def pace(pages: Sequence[TruePage], processes: int) -> tuple[float, float]:
    """Pages a second of Patuh's first pass and of bare tesseract, taking turns on the same pages."""
    seconds = {"patuh": 0.0, "bare": 0.0}
    with ProcessPoolExecutor(processes) as readers, ThreadPoolExecutor(processes) as callers:
        list(readers.map(first_pass, pages[:processes]))
        turns: list[tuple[str, Executor, Callable[[TruePage], Any]]] = [
            ("patuh", readers, first_pass),
            ("bare", callers, bare_words),
        ]
        for _ in range(ROUNDS):
            for name, pool, read in turns:
                seconds[name] += seconds_for(pool, read, pages)
            turns.reverse()
    read_in_all = ROUNDS * len(pages)
    return read_in_all / seconds["patuh"], read_in_all / seconds["bare"]


def measured(pdfs: Path, truth: Path, processes: int) -> dict[str, Any]:
    """Accuracy over every page with a truth, and pages a second."""
    with tempfile.TemporaryDirectory() as folder:
        pages = true_pages(pdfs, truth, Path(folder))
        if not pages:
            raise SystemExit(f"Tidak ada halaman bernaskah acuan di {truth} yang PDF-nya ada di {pdfs}.")
        with ThreadPoolExecutor(processes) as callers:
            bare = list(callers.map(bare_words, pages))
        with ProcessPoolExecutor(processes) as readers:
            ours = list(readers.map(patuh_words, pages))
        by_patuh, by_tesseract = pace(pages, processes)
    patuh_accuracy, tesseract_accuracy = accuracy(pages, [read.words for read in ours]), accuracy(pages, bare)
    again = [read.reread_seconds for read in ours if read.reread_seconds is not None]
    return {
        "pages": len(pages),
        "patuh_accuracy": round(patuh_accuracy, 4),
        "tesseract_accuracy": round(tesseract_accuracy, 4),
        "difference": round(patuh_accuracy - tesseract_accuracy, 4),
        "patuh_pages_per_second": round(by_patuh, 3),
        "tesseract_pages_per_second": round(by_tesseract, 3),
        "throughput_ratio": round(by_patuh / by_tesseract, 3),
        "processes": processes,
        "rereads": {"pages": len(again), "seconds": round(sum(again), 2)},
        "per_page": {
            page.name: {
                "patuh": round(accuracy([page], [read.words]), 4),
                "tesseract": round(accuracy([page], [old]), 4),
            }
            for page, read, old in zip(pages, ours, bare, strict=True)
        },
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pdfs", type=Path, required=True)
    parser.add_argument("--truth", type=Path, required=True)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1, help="one a core unless told otherwise")
    parser.add_argument("--json", action="store_true", help="one line of JSON instead of an indented one")
    arguments = parser.parse_args()
    result = measured(arguments.pdfs, arguments.truth, arguments.processes)
    print(json.dumps(result, ensure_ascii=False, indent=None if arguments.json else 1))


if __name__ == "__main__":
    main()
