"""How long a whole answer takes, by kind of question: Patuh's search against SQLite FTS5 and tantivy over the same made documents.

`python -m benchmarks.latency --pages N --json [--rounds 2]` → `{"<class>": {"whoosh": {"p50", "p95"}, "fts5", "tantivy"}, "build": {…}}`,
milliseconds. Each question is put to the three in turn. Patuh's answer has its facets, notices, and the best pages of ten documents
with their Pasal and marked snippets, read from the database; the others' has ten snippets, the total and the facets.
"""

from __future__ import annotations

import argparse
import json
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from benchmarks.made_pages import made, questions, store_pages
from benchmarks.rivals import Fts5, Rival, Tantivy, Text
from compliance.actor import Actor
from compliance.config import Settings, settings_from
from compliance.db import open_database, session_factory, transaction
from compliance.migrations import upgrade
from compliance.models import Document, Page
from compliance.queries.engines import serving_engine
from compliance.queries.search import Asked, search
from compliance.rules.citations import full_name
from compliance.services.indexing import bring_index_up_to_date, rebuild
from compliance.services.setup import prepare_data

ACTOR = Actor.system("pengukuran")
STEPS = ("first", "rebuild")


def home_at(folder: Path) -> tuple[Settings, Session]:
    settings = settings_from({"PATUH_VAR": str(folder / "var"), "PATUH_DOCUMENTS": str(folder / "documents")})
    settings.var.mkdir(parents=True, exist_ok=True)
    database = open_database(settings.database_url)
    upgrade(database)
    return settings, session_factory(database)()


def measure(folder: Path, pages: int, rounds: int) -> dict[str, Any]:
    settings, session = home_at(folder)
    with transaction(session):
        prepare_data(session, ACTOR)
    source = made()
    started = time.perf_counter()
    documents = store_pages(session, source, pages)
    generated = time.perf_counter() - started
    build: dict[str, Any] = {"pages": pages, "documents": documents, "generated_seconds": round(generated, 1)}
    build["whoosh"] = _alone("rebuild", folder) | {"first_answer": _alone("first", folder)["milliseconds"]}
    rivals: dict[str, Rival] = {"fts5": Fts5(folder), "tantivy": Tantivy(folder)}
    for name, rival in rivals.items():
        started = time.perf_counter()
        rival.build(_texts(session))
        build[name] = {"seconds": round(time.perf_counter() - started, 1)}
    figures = _asked(session, settings, rivals, list(questions(source)) * rounds)
    build["new_document"] = _new_document(session, settings, source)
    return figures | {"build": build | {"machine": f"{platform.machine()}, Python {platform.python_version()}"}}


def _asked(
    session: Session,
    settings: Settings,
    rivals: Mapping[str, Rival],
    asked: Sequence[tuple[str, str, Sequence[str]]],
) -> dict[str, Any]:
    taken: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    engine = serving_engine(settings.index_url)
    for kind, text, words in asked:
        started = time.perf_counter()
        search(session, ACTOR, engine, Asked(text))
        taken[kind]["whoosh"].append(time.perf_counter() - started)
        session.expire_all()
        for name, rival in rivals.items():
            started = time.perf_counter()
            rival.ask(kind, words)
            taken[kind][name].append(time.perf_counter() - started)
    return {kind: {name: _spread(times) for name, times in engines.items()} for kind, engines in taken.items()}


def _spread(seconds: Sequence[float]) -> dict[str, float]:
    p95 = quantiles(seconds, n=20, method="inclusive")[-1]
    return {"p50": round(median(seconds) * 1000, 1), "p95": round(p95 * 1000, 1)}


def _texts(session: Session) -> Iterator[Text]:
    for document in session.scalars(select(Document).execution_options(yield_per=50)):
        pages = session.scalars(select(Page.text).where(Page.document_id == document.id).order_by(Page.number))
        values = (document.jenis, document.tahun, document.wilayah, document.penerbit, document.status)
        yield Text(document.id, full_name(document), "\n".join(pages), [str(value) for value in values])


def _new_document(session: Session, settings: Settings, source: Any) -> float:
    """Milliseconds from a text being stored to its being in the index."""
    last = session.scalars(select(Document).order_by(Document.id.desc()).limit(1)).one()
    last.search_hash = "changed"
    session.commit()
    started = time.perf_counter()
    bring_index_up_to_date(session, settings)
    return round((time.perf_counter() - started) * 1000, 1)


def _alone(step: str, folder: Path) -> dict[str, float]:
    """One step in a process of its own, as after a start."""
    command = [sys.executable, "-m", "benchmarks.latency", "--step", step, "--home", str(folder)]
    told: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return told


def step_alone(step: str, folder: Path) -> dict[str, float]:
    settings, session = home_at(folder)
    engine = serving_engine(settings.index_url)
    started = time.perf_counter()
    if step == "first":
        search(session, ACTOR, engine, Asked("jaminan sosial ketenagakerjaan"))
        return {"milliseconds": round((time.perf_counter() - started) * 1000, 1)}
    rebuild(session, engine)
    seconds = time.perf_counter() - started
    size = sum(file.stat().st_size for file in settings.var.glob("**/g[0-9]*/*") if file.is_file())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    cpu = round(time.process_time(), 1)  # tells more than the clock on a machine that others use
    return {
        "seconds": round(seconds, 1),
        "cpu_seconds": cpu,
        "peak_megabytes": round(peak),
        "index_megabytes": round(size / 1e6, 1),
    }


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--step", choices=STEPS, help=argparse.SUPPRESS)
    parser.add_argument("--home", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.step:
        print(json.dumps(step_alone(given.step, given.home)))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        told = measure(Path(folder), given.pages, given.rounds)
    if given.json:
        print(json.dumps(told))
    else:
        for name, figures in told.items():
            print(name, figures)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
