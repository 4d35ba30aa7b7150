"""A better copy is of the same act: where its file reads otherwise than the one before, a person has to say so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from compliance.models import Document, DocumentField
from compliance.rules.identity import folded_number
from indexer.identify import Field

IDENTIFYING = ("jenis", "nomor", "tahun", "wilayah")
UNLIKE = "berkas sebelumnya menyebut"


@dataclass(frozen=True, slots=True)
class Expected:
    """What the file before said without doubt, and the doubts that stand since an earlier replacement: (value, reason)."""

    before: Mapping[str, Any]
    standing: Mapping[str, tuple[str | None, str]]

    def doubted(self, name: str, field: Field[Any]) -> Field[Any]:
        """The field, in doubt where it is not what the file before said."""
        value, reason = self.standing.get(name, (None, ""))
        if reason and value == str(field.value):
            return replace(field, doubtful=True, reason=reason)
        before = self.before.get(name)
        if before is None or folded_number(str(before)) == folded_number(str(field.value)):
            return field
        return replace(field, doubtful=True, reason=f"{UNLIKE} {before}; pastikan ini peraturan yang sama")


def expected(session: Session, document: Document) -> Expected:
    """What a reading about to be stored is held against; call it before the earlier reading is gone."""
    is_replaced = document.pages_sha256 not in (None, document.file_sha256)
    sure = [name for name in IDENTIFYING if is_replaced and name not in document.doubtful]
    rows = select(DocumentField).where(DocumentField.document_id == document.id, DocumentField.author_id.is_(None))
    told = session.scalars(rows.where(DocumentField.reason.startswith(UNLIKE)))
    return Expected(
        {name: getattr(document, name) for name in sure}, {row.name: (row.value, row.reason) for row in told}
    )
