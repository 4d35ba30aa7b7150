"""Makes the search index agree with the database. The database is the truth; the index is a cache that can be made again.

A unit is a document with pages that is not in the bin, or a regulation that nobody has uploaded a text of; samples only where
nothing else is held.
The index stores each unit's hash; comparing those hashes with the database's is the sweep, so a crash between commit and index
costs time and no answer.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session

from compliance.actor import NATIONAL
from compliance.config import Settings
from compliance.models import Document, Page, Regulation
from compliance.queries.documents import samples_are_searched
from compliance.queries.engines import serving_engine, why_unavailable
from compliance.queries.scopes import held_documents
from compliance.rules.citations import full_name
from compliance.services.carried_out import carried_out
from indexer.definitions import definitions
from indexer.engine import Building, SearchEngine, Unit
from indexer.errors import IndexBusy, IndexUnavailable
from indexer.identities import identity_terms
from indexer.nodes import Identity
from indexer.words import analyse

BATCH = 50
OnUnit = Callable[[int, int], object]


@dataclass(frozen=True, slots=True)
class IndexState:
    """How the two sides compare: units the database wants, those indexed as they are, those missing, changed or too many.

    `problem` is why the index can't be asked, "" where it can; `building` a rebuild that goes on or broke off.
    """

    wanted: int
    indexed: int
    out_of_date: int
    version: str
    problem: str = ""
    building: Building | None = None


def bring_index_up_to_date(session: Session, settings: Settings) -> int:
    """`bring_up_to_date` for the index that the settings name."""
    return bring_up_to_date(session, serving_engine(settings.index_url))


def bring_up_to_date(session: Session, engine: SearchEngine) -> int:
    """Indexes what is new or changed and removes what is gone; returns how many units were touched.

    Makes the whole index where it is missing, broken or of another version. Waits while another process writes.

    Raises:
        IndexBusy: another process keeps writing.
        OSError: the index's folder can't be written, or the disk is full; what served before serves on.
    """
    try:
        return _sweep(session, engine)
    except IndexBusy:
        raise
    except IndexUnavailable:
        return rebuild(session, engine)


def _sweep(session: Session, engine: SearchEngine) -> int:
    held = engine.status().entries
    wanted = wanted_units(session)
    changed = [unit for unit, text_hash in wanted.items() if held.get(unit) != text_hash]
    gone = [unit for unit in held if unit not in wanted]
    remaining = iter(changed)
    while batch := list(islice(remaining, BATCH)):
        engine.add(_units(session, batch, wanted))
    if gone:
        engine.remove(gone)
    return len(changed) + len(gone)


def rebuild(session: Session, engine: SearchEngine, on_unit: OnUnit | None = None) -> int:
    """Builds the index anew beside the serving one and switches; returns the number of units.

    `on_unit` is told of each unit how many came before it, of how many.
    """
    wanted = wanted_units(session)
    units = _units(session, wanted, wanted)
    engine.replace_all(_watched(units, len(wanted), on_unit) if on_unit else units, len(wanted))
    return len(wanted)


def _watched(units: Iterable[Unit], total: int, on_unit: OnUnit) -> Iterator[Unit]:
    for done, unit in enumerate(units):
        on_unit(done, total)
        yield unit


def index_state(session: Session, engine: SearchEngine) -> IndexState:
    """Compares both sides without changing either."""
    wanted = wanted_units(session)
    try:
        status = engine.status()
    except IndexUnavailable as error:
        return IndexState(len(wanted), 0, len(wanted), "", why_unavailable(session, engine, error), engine.building())
    right = sum(status.entries.get(unit) == text_hash for unit, text_hash in wanted.items())
    gone = sum(unit not in wanted for unit in status.entries)
    return IndexState(len(wanted), right, len(wanted) - right + gone, status.version, building=engine.building())


def wanted_units(session: Session) -> dict[str, str]:
    """Every unit that should be searchable with the hash of what search shows of it."""
    columns = select(Document.id, Document.search_hash, Document.regulation_id, Regulation.topik)
    held = columns.outerjoin(Document.regulation)
    held = held.where(held_documents(), Document.page_count > 0)
    if not samples_are_searched(session):
        held = held.where(Document.is_sample.is_(False))
    carried = carried_out(session)
    units = {
        f"d{document_id}": _with_more(search_hash, topics or (), carried.get(act_id or 0, ()))
        for document_id, search_hash, act_id, topics in session.execute(held)
    }
    acts = session.scalars(_without_text())
    return units | {f"r{act.id}": _with_more(_regulation_hash(act), carried.get(act.id, ())) for act in acts}


def _with_more(known_hash: str, *told: Sequence[str]) -> str:
    return hashlib.sha256(f"{known_hash} {told}".encode()).hexdigest() if any(told) else known_hash


def _without_text() -> Select[Regulation]:
    held = exists().where(held_documents(), Document.regulation_id == Regulation.id, Document.page_count > 0)
    return select(Regulation).where(~held)


def _regulation_hash(act: Regulation) -> str:
    shown = (act.jenis, act.bentuk, act.nomor, act.tahun, act.wilayah, act.penerbit, act.judul, act.status, act.topik)
    return hashlib.sha256(repr((*shown, act.ditetapkan)).encode()).hexdigest()


def _units(session: Session, ids: Iterable[str], hashes: Mapping[str, str]) -> Iterator[Unit]:
    """The units in order, each read from the database when its turn comes."""
    carried = carried_out(session)
    for unit in ids:
        if unit.startswith("d"):
            document = session.get(Document, int(unit[1:]))
            if document is not None:
                said = carried.get(document.regulation_id or 0, ())
                yield _document_unit(session, document, hashes[unit], said)
        else:
            act = session.get(Regulation, int(unit[1:]))
            if act is not None:
                yield replace(_unit(unit, act, [], hashes[unit]), concepts=carried.get(act.id, ()))


def _document_unit(session: Session, document: Document, text_hash: str, carried: Sequence[str]) -> Unit:
    pages = session.scalars(select(Page.text).where(Page.document_id == document.id).order_by(Page.number))
    text = "\n".join(pages)
    defined = dict.fromkeys(definition.key for definition in definitions(text))
    return replace(_unit(f"d{document.id}", document, analyse(text), text_hash), concepts=(*defined, *carried))


def _unit(unit: str, act: Document | Regulation, body: list[str], text_hash: str) -> Unit:
    identity = Identity(
        act.jenis or "Lainnya",
        nomor=act.nomor,
        tahun=act.tahun,
        wilayah=(act.wilayah,) if act.wilayah else (),
        penerbit=act.penerbit,
    )
    regulation = act if isinstance(act, Regulation) else act.regulation
    topics = regulation.topik if regulation else []
    return Unit(
        id=unit,
        body=body,
        title=analyse(" ".join([full_name(act), *(topics if regulation is act else [])])),
        identity=identity_terms(identity),
        facets={
            "jenis": act.jenis or "",
            "tahun": str(act.tahun or ""),
            "wilayah": act.wilayah or "",
            "penerbit": act.penerbit or "",
            "status": act.status or "",
            "topik": tuple(dict.fromkeys(topics)),
        },
        scopes=(act.wilayah or NATIONAL,),
        text_hash=text_hash,
        sort_keys={"tanggal": _day(act), "nomor": _number(act)},
    )


def _day(act: Document | Regulation) -> str:
    """The day it was made, else the year alone, which sorts before its days; "" where neither is known."""
    return act.ditetapkan.isoformat() if act.ditetapkan else str(act.tahun or "")


def _number(act: Document | Regulation) -> str:
    """The number so written that 9 sorts before 12, then the year; "" where it has none."""
    if not act.nomor:
        return ""
    return re.sub(r"\d+", lambda digits: digits[0].zfill(12), act.nomor.lower()) + f" {act.tahun or 0:04}"
