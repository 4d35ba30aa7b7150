"""Reads about legal acts: the catalogue, one act with what it asks, its texts, and the claims that cite it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, selectinload

from compliance.actor import NATIONAL, Actor
from compliance.errors import NotFound
from compliance.models import Document, Regulation, StageClaim
from compliance.queries.scopes import lies_in, readable, readable_documents

ROWS_PER_PAGE = 50
READABLE = ("terbaca", "sebagian", "menunggu", "dibaca")


@dataclass(frozen=True, slots=True)
class RegulationFilters:
    """None asks nothing. A two-digit `wilayah` includes its kabupaten/kota; 00 is the national acts."""

    jenis: str | None = None
    tahun: int | None = None
    wilayah: str | None = None
    without_text: bool = False


@dataclass(frozen=True, slots=True)
class RegulationRow:
    """An act and the document that holds its text, None where none is held (or none the actor may read)."""

    regulation: Regulation
    document: Document | None


@dataclass(frozen=True, slots=True)
class Catalogue:
    """One page of the acts that match, `total` over all pages."""

    rows: Sequence[RegulationRow]
    total: int
    page: int
    limit: int = ROWS_PER_PAGE

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.limit))


@dataclass(frozen=True, slots=True)
class CatalogueChoices:
    """What the filters can be set to: values that occur among the acts the actor reads."""

    jenis: Sequence[str]
    tahun: Sequence[int]
    wilayah: Sequence[str]


def regulations(
    session: Session, actor: Actor, filters: RegulationFilters, page: int = 1, limit: int = ROWS_PER_PAGE
) -> Catalogue:
    """The acts the actor reads: national ones first, then by region, newest year first."""
    chosen = _matching(actor, filters)
    total = session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
    ordered = chosen.order_by(
        func.coalesce(Regulation.wilayah, NATIONAL),
        func.coalesce(Regulation.tahun, 0).desc(),
        Regulation.jenis,
        Regulation.id,
    )
    found = session.scalars(ordered.limit(limit).offset((page - 1) * limit)).all()
    held = _first_documents(session, actor, [regulation.id for regulation in found])
    return Catalogue([RegulationRow(regulation, held.get(regulation.id)) for regulation in found], total, page, limit)


def catalogue_choices(session: Session, actor: Actor) -> CatalogueChoices:
    """The kinds, years (newest first) and regions for the filters."""
    seen = readable(actor, Regulation.wilayah)
    kinds = session.scalars(select(Regulation.jenis).where(seen).distinct().order_by(Regulation.jenis)).all()
    years = session.scalars(select(Regulation.tahun).where(seen).distinct().order_by(Regulation.tahun.desc())).all()
    codes = session.scalars(select(Regulation.wilayah).where(seen).distinct().order_by(Regulation.wilayah)).all()
    return CatalogueChoices(kinds, [year for year in years if year], [code for code in codes if code])


def regulation_by_id(session: Session, actor: Actor, regulation_id: int) -> Regulation:
    """The act with its obligations.

    Raises:
        NotFound: no such act, or not the actor's to read.
    """
    chosen = select(Regulation).where(Regulation.id == regulation_id, readable(actor, Regulation.wilayah))
    regulation = session.scalar(chosen.options(selectinload(Regulation.obligations)))
    if regulation is None:
        raise NotFound("Peraturan itu tidak ada, atau di luar wilayah Anda.")
    return regulation


def documents_of(session: Session, actor: Actor, regulation: Regulation) -> Sequence[Document]:
    """The held texts of the act that the actor reads, oldest first."""
    chosen = select(Document).where(Document.regulation_id == regulation.id, readable_documents(actor))
    return session.scalars(chosen.order_by(Document.id)).all()


def stage_claims_citing(session: Session, actor: Actor, regulation: Regulation) -> Sequence[StageClaim]:
    """The claims that name this act as a region's regulation, oldest first."""
    chosen = select(StageClaim).where(StageClaim.regulation_id == regulation.id)
    found = session.scalars(chosen.order_by(StageClaim.valid_from, StageClaim.id)).all()
    return [claim for claim in found if actor.reads(claim.wilayah)]


def _matching(actor: Actor, filters: RegulationFilters) -> Select[Regulation]:
    chosen = select(Regulation).where(readable(actor, Regulation.wilayah))
    if filters.jenis:
        chosen = chosen.where(Regulation.jenis == filters.jenis)
    if filters.tahun is not None:
        chosen = chosen.where(Regulation.tahun == filters.tahun)
    if filters.wilayah:
        chosen = chosen.where(lies_in(Regulation.wilayah, filters.wilayah))
    if filters.without_text:
        held = select(Document.regulation_id).where(
            Document.regulation_id.is_not(None),
            Document.reading_state.in_(READABLE),
            readable_documents(actor),
        )
        chosen = chosen.where(Regulation.id.not_in(held))
    return chosen


def _first_documents(session: Session, actor: Actor, ids: Sequence[int]) -> dict[int, Document]:
    chosen = select(Document).where(
        Document.regulation_id.in_(ids), Document.reading_state.in_(READABLE), readable_documents(actor)
    )
    found = session.scalars(chosen.order_by(Document.id.desc())).all()
    return {document.regulation_id: document for document in found if document.regulation_id is not None}
