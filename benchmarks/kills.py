"""Whether kill -9 at random moments of an intake loses or doubles anything.

`python -m benchmarks.kills [--files 60] [--kills 50] [--seed 1] [--json]`. A home of its own, web and worker started by serving.py as
`make run` does; the files come in by every way (browser, ZIP, the watched folder), sent again where a kill cut the sending off, as a
person would. Meanwhile processes of web, worker and reader are killed. In the end the database, the index, the store and the process
table are compared with what was offered.

JSON: {"files", "kills", "stored_once", "lost", "doubled", "out_of_date", "orphans", "leftovers", "seconds", "killed": {…}}. Linux only.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from benchmarks.kill_files import Paper, papers, zipped
from benchmarks.kill_site import Site, processes_of, started
from compliance.models import AuditRow, Document, DocumentVersion, Page, Work
from compliance.queries.engines import serving_engine
from compliance.services.indexing import index_state

PATIENCE_SECONDS = 240
PAUSES = (0.2, 1.5)
AT_START = 0.05
CHANCES = {"pekerja": 5, "web": 3, "pembaca": 2}
READ = "membaca dokumen"


@dataclass
class Killer:
    """Kills `count` processes one after the other; which and when is the seed's choice.

    What still starts after a kill is seldom killed again at once, for else nothing would ever run on a slow machine.
    """

    site: Site
    count: int
    chance: random.Random
    killed: Counter[str] = field(default_factory=Counter)

    def run(self, over: threading.Event) -> None:
        while self.killed.total() < self.count and not over.wait(self.chance.uniform(*PAUSES)):
            self._kill_one()

    def share(self) -> float:
        """How much of the killing is done, from 0 to 1."""
        return self.killed.total() / max(self.count, 1)

    def _kill_one(self) -> None:
        alive = processes_of(self.site.home)
        roles = [
            role for role in CHANCES if alive[role] and (self.site.is_ready(role) or self.chance.random() < AT_START)
        ]
        if not roles:
            return
        (role,) = self.chance.choices(roles, [CHANCES[role] for role in roles])
        try:
            os.kill(self.chance.choice(sorted(alive[role])), signal.SIGKILL)
        except ProcessLookupError:
            return
        self.killed[role] += 1


def measured(home: Path, files: int, kills: int, seed: int) -> dict[str, object]:
    """Runs the intake with its kills and compares what came of it."""
    chance = random.Random(seed)
    offered = papers(home / "naskah", files)
    start = time.monotonic()
    with started(home) as site:
        killer = Killer(site, kills, chance)
        over = threading.Event()
        thread = threading.Thread(target=killer.run, args=(over,))
        thread.start()
        try:
            _offer(site, offered, killer.share)
            thread.join()
        finally:
            over.set()
        _wait_until_done(site, len(offered))
        leftovers = _leftovers(site)
        with site.session() as session:
            verdict = _verdict(session, offered)
            index = index_state(session, serving_engine(site.settings.index_url))
    orphans = sum(len(found) for found in processes_of(home).values())
    return {
        "files": len(offered),
        "kills": killer.killed.total(),
        **verdict,
        "out_of_date": index.out_of_date,
        "orphans": orphans,
        "leftovers": leftovers,
        "seconds": round(time.monotonic() - start, 1),
        "killed": dict(killer.killed),
    }


def _offer(site: Site, offered: Sequence[Paper], share_killed: Callable[[], float]) -> None:
    """Spreads the files over the time of the kills: most by upload, some as ZIPs, some by the watched folder."""
    groups = [offered[at : at + 5] for at in range(0, len(offered), 5)]
    for at, group in enumerate(groups):
        while share_killed() < 0.9 * at / len(groups):
            time.sleep(0.1)
        if at % 4 == 1:
            site.send(zipped(group), f"kiriman-{at}.zip")
        elif at % 4 == 3:
            for paper in group:
                site.drop(paper.path)
        else:
            for paper in group:
                site.send(paper.path.read_bytes(), paper.path.name)


def _wait_until_done(site: Site, count: int) -> None:
    """Until everything offered is held and read, and the index agrees; or patience ends, and the verdict says what is missing."""
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        with site.session() as session:
            held = session.scalar(select(func.count(Document.id))) or 0
            is_open = session.scalar(select(Work.id).where(Work.state.in_(("menunggu", "dikerjakan"))).limit(1))
            if held >= count and is_open is None:
                index = index_state(session, serving_engine(site.settings.index_url))
                if not index.out_of_date and not _leftovers(site):
                    return
        time.sleep(0.5)


def _leftovers(site: Site) -> int:
    """Files that are neither held nor offered any more: half copies in the store, and what still lies in the watched folder."""
    places = (site.settings.store / "masuk", site.settings.inbox)
    return sum(path.is_file() for place in places for path in place.rglob("*"))


def _verdict(session: Session, offered: Sequence[Paper]) -> dict[str, int]:
    found = Counter(_fate(session, paper) for paper in offered)
    surplus = (session.scalar(select(func.count(Document.id))) or 0) - len(offered)
    return {"stored_once": found["once"], "lost": found["lost"], "doubled": found["doubled"] + max(surplus, 0)}


def _fate(session: Session, paper: Paper) -> str:
    """once, lost or doubled: the file's document, its pages with their words, its row of work, the traces of its reading."""
    sha256 = hashlib.sha256(paper.path.read_bytes()).hexdigest()
    held = session.scalars(select(DocumentVersion.document_id).where(DocumentVersion.file_sha256 == sha256)).all()
    if len(held) != 1:
        return "doubled" if held else "lost"
    (document_id,) = held
    readings = select(func.count(AuditRow.id)).where(AuditRow.action == READ, AuditRow.subject_id == str(document_id))
    states = session.scalars(select(Work.state).where(Work.document_id == document_id)).all()
    if (session.scalar(readings) or 0) > 1 or len(states) > 1:
        return "doubled"
    pages = session.execute(select(Page.number, Page.text).where(Page.document_id == document_id).order_by(Page.number))
    texts = {number: text.casefold() for number, text in pages}
    right = list(texts) == list(range(1, len(paper.words) + 1))
    right = right and all(word in texts[number] for number, word in enumerate(paper.words, 1))
    return "once" if right and states == ["selesai"] else "lost"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=60)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        result = measured(Path(home), arguments.files, arguments.kills, arguments.seed)
    print(json.dumps(result) if arguments.json else "\n".join(f"{name}: {value}" for name, value in result.items()))
    whole = result["stored_once"] == result["files"]
    sys.exit(0 if whole and not result["out_of_date"] and not result["orphans"] else 1)


if __name__ == "__main__":
    main()
