"""Documents that claim to be the same legal act: the same one held twice, or one of them misread?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from compliance.actor import Actor
from compliance.models import Document
from compliance.queries.scopes import readable_documents
from compliance.rules.identity import claimed_identity, folded_number

SHORTEST_TITLE = 12


@dataclass(frozen=True, slots=True)
class Alike:
    """Documents, oldest first, that claim one identity, or (`is_same` False) bear one title under numbers that are in doubt."""

    documents: tuple[Document, ...]
    is_same: bool


def all_alike(session: Session, actor: Actor) -> Sequence[Alike]:
    """Every group the actor reads, the same identities first. Two statements."""
    columns = (
        *(Document.id, Document.jenis, Document.nomor, Document.tahun, Document.wilayah, Document.penerbit),
        *(Document.judul, Document.doubtful, Document.is_sample),
    )
    claiming = readable_documents(actor), Document.jenis.is_not(None), Document.tahun.is_not(None)
    rows = session.execute(select(*columns).where(*claiming).order_by(Document.id)).all()
    groups = _groups(rows)
    ids = {row.id for group, _ in groups for row in group}
    held = {document.id: document for document in session.scalars(select(Document).where(Document.id.in_(ids)))}
    return [Alike(tuple(held[row.id] for row in group), is_same) for group, is_same in groups]


def alike_to(session: Session, actor: Actor, document: Document) -> Sequence[Alike]:
    """The groups this document is in."""
    if document.jenis is None or document.tahun is None:
        return []
    near = readable_documents(actor), Document.jenis == document.jenis, Document.tahun == document.tahun
    rows = session.scalars(select(Document).where(*near).order_by(Document.id)).all()
    groups = [Alike(tuple(group), is_same) for group, is_same in _groups(rows)]
    return [group for group in groups if any(other.id == document.id for other in group.documents)]


def _groups(rows: Sequence[Any]) -> list[tuple[list[Any], bool]]:
    """Rows of one claimed identity (True), then those of one title whose numbers differ and are in doubt (False)."""
    same = _together((row, _identity(row)) for row in rows)
    titled = _together((row, _title(row)) for row in rows)
    near = [group for group in titled if _numbers_are_in_doubt(group)]
    return [*((group, True) for group in same), *((group, False) for group in near)]


def _together(keyed: Iterable[tuple[Any, Hashable]]) -> list[list[Any]]:
    by_key: dict[Hashable, list[Any]] = defaultdict(list)
    for row, key in keyed:
        if key is not None:
            by_key[key].append(row)
    return [group for group in by_key.values() if len(group) > 1]


def _identity(row: Any) -> Hashable:
    claimed = claimed_identity(row)
    return (claimed, row.is_sample) if claimed else None


def _title(row: Any) -> Hashable:
    letters = "".join(c for c in (row.judul or "").lower() if c.isalnum())
    return (row.jenis, row.tahun, row.wilayah, letters, row.is_sample) if len(letters) >= SHORTEST_TITLE else None


def _numbers_are_in_doubt(group: Sequence[Any]) -> bool:
    differ = len({folded_number(row.nomor) for row in group}) > 1
    return differ and any("nomor" in row.doubtful for row in group)
