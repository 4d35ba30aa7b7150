"""The search engine on Whoosh: its only importer. Uses what whoosh 2.7.4, whoosh-reloaded and whoosh3 share.

Whoosh stores and merges the postings; `matching.py` asks them. One unit is one Whoosh document; nothing of its text is
kept but the words. On disk: `<root>/current` names the serving index among `<root>/g<n>/`; a rebuild grows in
`<root>/building/` and is switched in by one atomic replace. Each carries the version it was made with.
The index holds a pickle: never open one that came from elsewhere.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import RLock
from typing import Any

from whoosh.fields import ID, KEYWORD, STORED, TEXT, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.index import create_in, open_dir

from indexer.building import BuildingNote
from indexer.concepts import concepts
from indexer.engine import FACETS, NO_FILTERS, ORDERS, Building, Hit, IndexStatus, Results, Unit
from indexer.errors import IndexBusy, IndexDamaged, IndexUnavailable
from indexer.explaining import ScorePart
from indexer.index_files import (
    DAMAGED,
    FULL,
    NOT_MADE,
    Signature,
    broken_index_named,
    is_as_written,
    is_marked,
    mark_damaged,
    serving_name,
    signature,
    trouble,
)
from indexer.nodes import Filters, Query
from indexer.results import answer, explanation
from indexer.spelling import commoner, nearest
from indexer.whoosh_snapshot import Snapshot
from indexer.words import ANALYSIS_VERSION, stems

INDEX_VERSION = f"whoosh.2/{ANALYSIS_VERSION}"
# One commit holds so many words: bounds the memory of a rebuild without leaving many segments.
COMMIT_WORDS = 1_500_000
WRITER_MEGABYTES = 64


def _schema() -> Schema:
    return Schema(
        id=ID(unique=True, stored=True),
        about=STORED,
        body=TEXT(phrase=True),
        body_stem=KEYWORD(),
        body_concepts=KEYWORD(),
        title=TEXT(phrase=True),
        title_stem=KEYWORD(),
        title_concepts=KEYWORD(),
        identity=KEYWORD(),
    )


class WhooshEngine:
    """A SearchEngine in a directory. Any number may read it, from any process; one at a time writes.

    Raises: IndexUnavailable where there is no index, an unreadable one, or one of another version: call `replace_all`.
    """

    def __init__(self, root: Path, *, lock_timeout: float = 30.0) -> None:
        self._root = root
        self._lock_timeout = lock_timeout
        self._reading = RLock()
        self._snapshot: Snapshot | None = None
        self._serving: tuple[str, Any] | None = None
        self._files: Signature = {}
        self._note = BuildingNote(root)

    def add(self, units: Iterable[Unit]) -> None:
        latest = {unit.id: unit for unit in units}
        with self._writing(), self._writer() as writer:
            for unit in latest.values():
                writer.update_document(**_document(unit))

    def remove(self, ids: Iterable[str]) -> None:
        with self._writing(), self._writer() as writer:
            for unit_id in ids:
                writer.delete_by_term("id", unit_id)

    def replace_all(self, units: Iterable[Unit], total: int = 0) -> None:
        self._root.mkdir(parents=True, exist_ok=True)
        with self._writing(), self._failure_noted():
            building = self._root / "building"
            seen = _built(_unfinished(building), self._note.counted(units, total))
            _verify(building, seen)
            self._switch_to(building)
            self._note.clear()

    def search(  # noqa: PLR0913  (each says what is asked, by name)
        self,
        query: Query,
        *,
        filters: Filters = NO_FILTERS,
        scopes: Iterable[str] | None = None,
        facets: bool = True,
        offset: int = 0,
        limit: int = 10,
        order: str = "relevansi",
    ) -> Results:
        with self._damage_told() as snapshot:
            allowed = snapshot.passing(query.filters) & snapshot.passing(filters) & snapshot.visible(scopes)
            scores, missing = answer(snapshot, query, allowed)
            ranked = snapshot.ranked(scores, order)
            hits = [Hit(snapshot.id_of(unit), scores[unit]) for unit in ranked[offset : offset + limit]]
            counts = {name: snapshot.counts(name, scores) for name in FACETS} if facets else {}
            return Results(len(scores), hits, counts, missing)

    def nearest(self, words: Iterable[str], scopes: Iterable[str] | None = None) -> Mapping[str, str]:
        with self._reading:
            snapshot = self._current()
            return nearest(snapshot, words, snapshot.visible(scopes))

    def commoner(self, words: Iterable[str], scopes: Iterable[str] | None = None) -> Mapping[str, str]:
        with self._reading:
            snapshot = self._current()
            return commoner(snapshot, words, snapshot.visible(scopes))

    def explain(self, query: Query, unit_id: str) -> ScorePart | None:
        with self._reading:
            snapshot = self._current()
            unit = snapshot.unit_of(unit_id)
            return None if unit is None else explanation(snapshot, query, unit)

    def status(self) -> IndexStatus:
        with self._damage_told() as snapshot:
            return IndexStatus(INDEX_VERSION, snapshot.entries())

    def check(self) -> None:
        with self._damage_told():
            pass

    def building(self) -> Building | None:
        return self._note.read()

    def close(self) -> None:
        with self._reading:
            if self._snapshot:
                self._snapshot.close()
            if self._serving:
                self._serving[1].close()
            self._snapshot = self._serving = None

    @contextmanager
    def _damage_told(self) -> Iterator[Snapshot]:
        """The serving index as it is now. Damage found in it is told to every process, so that it is made anew."""
        with self._reading:
            try:
                yield self._current_after_all()
            except IndexDamaged:
                directory = self._root / serving_name(self._root)
                self.close()
                mark_damaged(directory)
                raise
            except OSError as error:
                raise IndexUnavailable(f"Indeks pencarian tidak bisa dibaca. {trouble(error)}") from error

    def _current_after_all(self) -> Snapshot:
        """Asks twice: a commit of another process may clear away files just as they are opened."""
        with suppress(IndexDamaged):
            return self._current()
        self.close()
        return self._current()

    def _current(self) -> Snapshot:
        """The serving index as it is now; reopened only where something was written since."""
        name = serving_name(self._root)
        directory = self._root / name
        if self._serving is None or self._serving[0] != name:
            self.close()
            self._serving = name, _opened(directory)
        index = self._serving[1]
        with broken_index_named():
            is_whole = is_as_written(self._files)
            latest = index.latest_generation()
        if self._snapshot is None or self._snapshot.generation != latest:
            self._renew(index, directory)
        elif not is_whole or is_marked(directory):
            mark_damaged(directory)
            raise IndexDamaged(f"{DAMAGED}.")
        assert self._snapshot
        return self._snapshot

    def _renew(self, index: Any, directory: Path) -> None:
        old = self._snapshot
        with broken_index_named():
            self._snapshot = Snapshot(index.reader(), old)
            self._files = signature(directory, self._snapshot.file_names())
        if old:
            old.close()

    @contextmanager
    def _failure_noted(self) -> Iterator[None]:
        """Why a rebuild ends is told; what can't be gone on with is cleared away, and a full disk gets its room back."""
        try:
            yield
        except BaseException as error:
            if isinstance(error, IndexDamaged) or (isinstance(error, OSError) and error.errno in FULL):
                shutil.rmtree(self._root / "building", ignore_errors=True)
            self._note.fail(trouble(error))
            raise

    @contextmanager
    def _writer(self) -> Iterator[Any]:
        index = _opened(self._root / serving_name(self._root))
        try:
            with broken_index_named(), index.writer(limitmb=WRITER_MEGABYTES) as writer:
                yield writer
        finally:
            index.close()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """One writer at a time, whatever it writes, in whichever process."""
        if not self._root.is_dir():
            raise IndexUnavailable(NOT_MADE)
        lock = FileStorage(str(self._root)).lock("tulis.lock")
        deadline = time.monotonic() + self._lock_timeout
        while not lock.acquire(blocking=False):
            if time.monotonic() > deadline:
                raise IndexBusy(
                    f"Indeks sedang ditulis proses lain; ditunggu {self._lock_timeout:g} detik tanpa hasil. Coba lagi nanti."
                )
            time.sleep(0.05)
        try:
            yield
        finally:
            lock.release()

    def _switch_to(self, building: Path) -> None:
        """The finished index serves; the one before it stays for readers that still hold it, older ones go."""
        old = sorted(self._root.glob("g[0-9]*"), key=_number)
        name = f"g{_number(old[-1]) + 1 if old else 1}"
        building.rename(self._root / name)
        fresh = self._root / "current.baru"
        with fresh.open("w", encoding="ascii") as file:
            file.write(name)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._root / "current")
        for directory in old[:-1]:
            shutil.rmtree(directory, ignore_errors=True)


def _document(unit: Unit) -> dict[str, Any]:
    body, title = list(unit.body), list(unit.title)
    return {
        "id": unit.id,
        "about": {
            "hash": unit.text_hash,
            "mark": _mark(unit),
            "facets": tuple(unit.facets.get(name, "") for name in FACETS),
            "sort": {name: unit.sort_keys.get(name, "") for name in ORDERS[1:]},
            "scopes": tuple(unit.scopes),
            "lengths": (len(body), len(title)),
        },
        "body": body,
        "body_stem": stems(body),
        "body_concepts": [*concepts(body), *unit.concepts],
        "title": title,
        "title_stem": stems(title),
        "title_concepts": concepts(title),
        "identity": list(unit.identity),
    }


def _mark(unit: Unit) -> str:
    """Changes whenever the unit must be indexed anew; "" where its text has no hash to tell by."""
    if not unit.text_hash:
        return ""
    told = (
        unit.text_hash,
        *unit.title,
        *unit.identity,
        *sorted(unit.facets.items()),
        *sorted(unit.sort_keys.items()),
        *unit.scopes,
        *unit.concepts,
    )
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


def _unfinished(building: Path) -> Any:
    """The index a rebuild grows in: that of an interrupted one of this version, else a new one."""
    with suppress(IndexUnavailable):
        return _opened(building)
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir()
    index = create_in(str(building), _schema())
    (building / "version").write_text(INDEX_VERSION, encoding="utf-8")
    return index


def _built(index: Any, units: Iterable[Unit]) -> set[str]:
    """The ids now in the index: those of the units and no others. Units an interrupted rebuild already took are skipped."""
    with broken_index_named(), index.searcher() as searcher:
        known = {row["id"]: row["about"]["mark"] for row in searcher.reader().all_stored_fields()}
    seen: set[str] = set()
    writer = _BatchWriter(index, set(known))
    try:
        for unit in units:
            if unit.id in seen or not known.get(unit.id) or known[unit.id] != _mark(unit):
                writer.write(unit)
            seen.add(unit.id)
        writer.drop(known.keys() - seen)
        writer.commit()
    except BaseException:
        writer.commit()
        raise
    finally:
        index.close()
    return seen


class _BatchWriter:
    """Writes units in commits of bounded size. Whoosh can't replace what the same commit added, so a repeat ends it."""

    def __init__(self, index: Any, committed: set[str]) -> None:
        self._index = index
        self._committed = committed
        self._fresh: set[str] = set()
        self._words = 0
        self._writer: Any = None

    def write(self, unit: Unit) -> None:
        if unit.id in self._fresh or self._words > COMMIT_WORDS:
            self.commit()
        writer = self._open()
        write = writer.update_document if unit.id in self._committed else writer.add_document
        write(**_document(unit))
        self._fresh.add(unit.id)
        self._words += len(unit.body)

    def drop(self, ids: Iterable[str]) -> None:
        self.commit()
        for unit_id in ids:
            self._open().delete_by_term("id", unit_id)

    def commit(self) -> None:
        writer, self._writer = self._writer, None
        self._committed |= self._fresh
        self._fresh, self._words = set(), 0
        if writer:
            writer.commit(merge=False)

    def _open(self) -> Any:
        if self._writer is None:
            self._writer = self._index.writer(limitmb=WRITER_MEGABYTES)
        return self._writer


def _verify(building: Path, expected: set[str]) -> None:
    index = _opened(building)
    with broken_index_named(), index.searcher() as searcher:
        held = {row["id"] for row in searcher.reader().all_stored_fields()}
        count = searcher.reader().doc_count()
    index.close()
    if held != expected or count != len(expected):
        raise IndexUnavailable(f"Indeks baru memuat {count} dari {len(expected)} naskah; indeks lama tetap dipakai.")


def _opened(directory: Path) -> Any:
    try:
        version = (directory / "version").read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise IndexUnavailable("Indeks pencarian tidak ada atau rusak dan perlu dibangun ulang.") from error
    if is_marked(directory):
        raise IndexDamaged(f"{DAMAGED}.")
    if version != INDEX_VERSION:
        raise IndexUnavailable(f"Indeks pencarian dibuat versi lain ({version}) dan perlu dibangun ulang.")
    with broken_index_named():
        return open_dir(str(directory))


def _number(directory: Path) -> int:
    digits = directory.name[1:]
    return int(digits) if digits.isdigit() else 0
