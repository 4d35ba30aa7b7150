"""How high the right law stands among the results: MRR@10 through the real index and query path, against SQLite FTS5.

`python -m benchmarks.relevance --texts JSONL.GZ --queries TSV --qrels TSV --json [--home DIR] [--misses]`.
queries: qid, jenis, query. qrels: qid, docid, pasal. FTS5: title and text of the same documents, words joined by OR, bm25.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sqlite3
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.home import ACTOR, Home, home_of, texts_in
from compliance.queries.engines import serving_engine
from compliance.queries.search import Answer, Asked, search

PARAPHRASES = Path(__file__).with_name("paraphrases.tsv")
TOGETHER = ("judul", "judul_sebagian", "salah_ketik", "nomor", "pasal")
BEST = 10
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Question:
    """`right` maps the texts that answer to the Pasal that do (none: the whole text does)."""

    jenis: str
    query: str
    right: Mapping[str, set[str]]


@dataclass(slots=True)
class Measured:
    """Reciprocal ranks of one kind of question; `pasal`: whether the right text came first and its first page at
    the right Pasal; `pasal_shown`: whether one of the pages shown under the right text, anywhere among the ten, does."""

    patuh: list[float] = field(default_factory=list)
    fts5: list[float] = field(default_factory=list)
    pasal: list[bool] = field(default_factory=list)
    pasal_shown: list[bool] = field(default_factory=list)

    def report(self) -> dict[str, float]:
        told = {"patuh": _mean(self.patuh), "fts5": _mean(self.fts5), "n": len(self.patuh)}
        return told | ({"pasal_right": _mean(self.pasal), "pasal_shown": _mean(self.pasal_shown)} if self.pasal else {})


def questions_in(queries: Path, qrels: Path) -> list[Question]:
    """The questions with what answers them, in the file's order."""
    right: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in _rows(qrels):
        right[row["qid"]][row["docid"]].update({row["pasal"]} - {"", None})
    return [Question(row["jenis"], row["query"], right[row["qid"]]) for row in _rows(queries)]


def paraphrases() -> list[Question]:
    """Our own questions, as officials would ask them; rows of one question are alternatives."""
    right: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in _rows(PARAPHRASES):
        right[row["query"]][row["docid"]].add(row["pasal"])
    return [Question("paraphrase", query, answers) for query, answers in right.items()]


def measure(home: Home, texts: Path, questions: Sequence[Question], miss: Callable[[str], object]) -> dict[str, Any]:
    """The report, by kind of question; `miss` is told of each question whose answer does not come first."""
    measured: dict[str, Measured] = defaultdict(Measured)
    names = {document: name for name, document in home.documents.items()}
    engine, plain = serving_engine(home.settings.index_url), _fts5(texts)
    for question in questions:
        answer = search(home.session, ACTOR, engine, Asked(question.query))
        found = [names.get(hit.document.id, "") if hit.document else "" for hit in answer.hits]
        kept = measured[question.jenis]
        kept.patuh.append(_reciprocal(found, question.right))
        kept.fts5.append(_reciprocal(_plainly(plain, question.query), question.right))
        pasal_first = _pasal_first(answer, found, question.right)
        if any(question.right.values()):
            kept.pasal.append(pasal_first)
            kept.pasal_shown.append(_pasal_shown(answer, found, question.right))
        if kept.patuh[-1] < 1 or not pasal_first:
            miss(_missed(question, kept.patuh[-1], found, answer))
    together = Measured()
    for jenis in TOGETHER:
        together.patuh += measured[jenis].patuh
        together.fts5 += measured[jenis].fts5
    told = {jenis: kept.report() for jenis, kept in measured.items() if kept.patuh}
    pasal = told.get("pasal", {}).get("pasal_right")
    return {"all": together.report(), **told, "pasal_right": pasal, "index": _index(home)}


def _index(home: Home) -> dict[str, float]:
    speed = home.pages / home.index_seconds if home.index_seconds else 0.0
    return {"pages": home.pages, "pages_per_second": round(speed), "megabytes": round(home.index_bytes / 1e6, 1)}


def _rows(path: Path) -> Iterable[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t")


def _mean(values: Sequence[float]) -> float:
    return round(sum(values) / len(values), 3) if values else 0.0


def _reciprocal(found: Sequence[str], right: Mapping[str, set[str]]) -> float:
    return next((1 / rank for rank, name in enumerate(found[:BEST], 1) if name in right), 0.0)


def _pasal_first(answer: Answer, found: Sequence[str], right: Mapping[str, set[str]]) -> bool:
    """Whether the first hit is right and the first page under it opens at the right Pasal."""
    if not any(right.values()):
        return True
    if not found or found[0] not in right:
        return False
    wanted, pages = right[found[0]], answer.hits[0].pages
    return not wanted or bool(pages and pages[0].pasal in {f"Pasal {number}" for number in wanted})


def _pasal_shown(answer: Answer, found: Sequence[str], right: Mapping[str, set[str]]) -> bool:
    """Whether a page shown under a right text among the hits stands in the right Pasal."""
    return any(
        page.pasal in {f"Pasal {number}" for number in right.get(name, ())}
        for name, hit in zip(found, answer.hits, strict=True)
        for page in hit.pages
    )


def _missed(question: Question, score: float, found: Sequence[str], answer: Answer) -> str:
    pasal = answer.hits[0].pages[0].pasal if answer.hits and answer.hits[0].pages else None
    return f"{question.jenis}\t{score:.2f}\t{question.query}\t{dict(question.right)}\t{list(found[:3])} {pasal}\t{answer.total}"


def _fts5(texts: Path) -> sqlite3.Connection:
    plain = sqlite3.connect(":memory:")
    plain.execute("CREATE VIRTUAL TABLE law USING fts5(id UNINDEXED, title, text)")
    rows = (
        (text["id"], "{jenis} nomor {nomor} tahun {tahun} tentang {tentang}".format(**text), text["teks"])
        for text in texts_in(texts)
    )
    plain.executemany("INSERT INTO law VALUES (?, ?, ?)", rows)
    return plain


def _plainly(plain: sqlite3.Connection, query: str) -> list[str]:
    words = " OR ".join(f'"{word}"' for word in _WORD.findall(query))
    rows = plain.execute("SELECT id FROM law WHERE law MATCH ? ORDER BY bm25(law) LIMIT ?", (words, BEST))
    return [row[0] for row in rows]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("--texts", "--queries", "--qrels"):
        parser.add_argument(name, type=Path, required=True)
    parser.add_argument("--home", type=Path, help="where to make the home, or where it was made")
    parser.add_argument("--misses", action="store_true", help="each question not answered first, on stderr")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(arguments)
    questions = [*questions_in(given.queries, given.qrels), *(paraphrases() if PARAPHRASES.is_file() else ())]
    miss = (lambda line: print(line, file=sys.stderr)) if given.misses else (lambda line: None)
    with tempfile.TemporaryDirectory() as folder:
        told = measure(home_of(given.texts, given.home or Path(folder)), given.texts, questions, miss)
    if given.json:
        print(json.dumps(told))
    else:
        for name, figures in told.items():
            print(name, figures)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
