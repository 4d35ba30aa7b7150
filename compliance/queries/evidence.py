"""What became of the documents that claims name as proof: put into the bin, replaced by a better copy, merged into another one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from compliance.actor import Actor
from compliance.models import Claim, Document, DocumentVersion
from compliance.queries.scopes import readable


@dataclass(frozen=True, slots=True)
class Proof:
    """Where a proof is today. `document_id` is the document that holds it now; `version` the number of the version that was in
    force when the proof was recorded, where another file is in force now (None where not, or where that file is not kept there).
    """

    document_id: int
    in_bin: bool
    is_replaced: bool
    version: int | None


@dataclass(frozen=True, slots=True)
class Proofs:
    """What there is to say of any document named as proof, loaded once for a page. `gone` maps the documents in the bin to the
    one that took over, `versions` those that had more than one file to theirs, oldest first.
    """

    gone: Mapping[int, int | None]
    versions: Mapping[int, Sequence[DocumentVersion]]

    def of(self, document_id: int, recorded_at: datetime | None = None) -> Proof:
        """The state of a proof recorded then; without the moment only whether it is in the bin or merged."""
        holder = document_id
        while (follower := self.gone.get(holder)) is not None:
            holder = follower
        cited = self._in_force(document_id, recorded_at) if recorded_at else None
        held = self.versions.get(holder, ())
        if cited is None or not held or held[-1].file_sha256 == cited.file_sha256:
            return Proof(holder, holder in self.gone, False, None)
        same = [row.number for row in held if row.file_sha256 == cited.file_sha256]
        return Proof(holder, holder in self.gone, True, same[-1] if same else None)

    def _in_force(self, document_id: int, moment: datetime) -> DocumentVersion | None:
        """The version read when the proof was recorded; the first one where it is older than its document."""
        rows = self.versions.get(document_id, ())
        return next((row for row in reversed(rows) if row.recorded_at <= moment), rows[0] if rows else None)


def proofs(session: Session) -> Proofs:
    """Two statements, over documents that were put into the bin or had more than one file."""
    binned = session.execute(select(Document.id, Document.replaced_by_id).where(Document.deleted_at.is_not(None)))
    gone = {document_id: replaced_by for document_id, replaced_by in binned}
    several = select(DocumentVersion.document_id).group_by(DocumentVersion.document_id).having(func.count() > 1)
    wanted = DocumentVersion.document_id.in_(several) | DocumentVersion.document_id.in_(list(gone))
    versions: dict[int, list[DocumentVersion]] = {}
    for row in session.scalars(select(DocumentVersion).where(wanted).order_by(DocumentVersion.number)):
        versions.setdefault(row.document_id, []).append(row)
    return Proofs(gone, versions)


def version_with_file_of(session: Session, keeper_id: int, replaced_id: int) -> int | None:
    """The version of the keeper that holds the file of the document it took over; None where that is the one in force."""
    keeper, replaced = session.get_one(Document, keeper_id), session.get_one(Document, replaced_id)
    if keeper.file_sha256 == replaced.file_sha256:
        return None
    same = select(DocumentVersion.number).filter_by(document_id=keeper_id, file_sha256=replaced.file_sha256)
    return session.scalar(same.order_by(DocumentVersion.number.desc()).limit(1))


def claims_citing(session: Session, actor: Actor, document_id: int) -> int:
    """How many claims the actor reads name this document as their proof."""
    cited = select(func.count(Claim.id)).where(Claim.document_id == document_id, readable(actor, Claim.wilayah))
    return session.scalar(cited) or 0
