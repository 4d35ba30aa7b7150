"""Reads about relations between regulations: those of one act from both sides, those that wait for a person, and where one may lead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, Select, and_, case, false, func, or_, select, true
from sqlalchemy.orm import Session, joinedload

from compliance.actor import NATIONAL, RIGHTS, Action, Actor
from compliance.errors import NotFound
from compliance.models import Document, Regulation, RegulationRelation, User
from compliance.queries.scopes import held_documents, readable
from compliance.rules.statements import is_same_statement

ROWS_PER_PAGE = 25
MOST_CANDIDATES = 30
FIRST = ("mencabut", "mencabut sebagian", "mengubah", "melaksanakan", "dasar hukum")
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class RelationRow:
    """A relation with the act at its other end (None: known only by name), who decided on it, and what says the same elsewhere."""

    bond: RegulationRelation
    other: Regulation | None
    by: str | None
    copies: tuple[RegulationRelation, ...] = ()


@dataclass(frozen=True, slots=True)
class WaitingFilter:
    """None asks nothing."""

    kind: str | None = None
    regulation_id: int | None = None
    document_id: int | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """One page of what waits, `total` over all pages, `kinds` counting each kind without the filter by kind."""

    rows: Sequence[RelationRow]
    total: int
    page: int
    kinds: dict[str, int]

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // ROWS_PER_PAGE))


def relation_by_id(session: Session, actor: Actor, relation_id: int) -> RegulationRelation:
    """Raises NotFound where there is none, or it belongs to an act that is not the actor's to read."""
    bond = session.get(RegulationRelation, relation_id)
    if bond is None or not actor.reads(bond.source.wilayah):
        raise NotFound("Hubungan itu tidak ada, atau di luar wilayah Anda.")
    return bond


def relation_row(session: Session, actor: Actor, relation_id: int) -> RelationRow:
    """A relation with its target and who decided on it; raises NotFound like `relation_by_id`."""
    bond = relation_by_id(session, actor, relation_id)
    return _rows(session, actor, [bond], is_outgoing=True)[0]


def outgoing_relations(session: Session, actor: Actor, regulation: Regulation) -> Sequence[RelationRow]:
    """What the act says of others, each statement once, in the order it was read."""
    chosen = _shown().where(RegulationRelation.from_id == regulation.id)
    found = session.scalars(chosen.options(joinedload(RegulationRelation.target)).order_by(RegulationRelation.id))
    return _rows(session, actor, found.all(), is_outgoing=True)


def incoming_relations(session: Session, actor: Actor, regulation: Regulation) -> Sequence[RelationRow]:
    """What other acts that the actor reads say of this one, each statement once, oldest act first."""
    chosen = (
        _shown()
        .join(RegulationRelation.source)
        .where(RegulationRelation.to_id == regulation.id, readable(actor, Regulation.wilayah))
        .order_by(Regulation.tahun, Regulation.id, RegulationRelation.id)
    )
    found = session.scalars(chosen.options(joinedload(RegulationRelation.source)))
    return _rows(session, actor, found.all(), is_outgoing=False)


def waiting_relations(session: Session, actor: Actor, chosen: WaitingFilter, page: int = 1) -> Waiting:
    """The proposals the actor may decide on: what ends or changes acts first, then by the act and document that state them."""
    asked = _waiting(actor, chosen)
    kinds = session.execute(
        select(RegulationRelation.kind, func.count(RegulationRelation.id))
        .join(RegulationRelation.source)
        .where(asked)
        .group_by(RegulationRelation.kind)
    )
    counts = {kind: number for kind, number in kinds}
    rows = select(RegulationRelation).join(RegulationRelation.source).where(asked)
    if chosen.kind:
        rows = rows.where(RegulationRelation.kind == chosen.kind)
    urgency = case({kind: place for place, kind in enumerate(FIRST)}, value=RegulationRelation.kind, else_=len(FIRST))
    ordered = rows.order_by(urgency, RegulationRelation.from_id, RegulationRelation.document_id, RegulationRelation.id)
    loaded = ordered.options(joinedload(RegulationRelation.source), joinedload(RegulationRelation.target))
    found = session.scalars(loaded.limit(ROWS_PER_PAGE).offset((page - 1) * ROWS_PER_PAGE)).all()
    total = counts.get(chosen.kind, 0) if chosen.kind else sum(counts.values())
    return Waiting(_rows(session, actor, found, is_outgoing=True, once=False), total, page, counts)


def waiting_count(session: Session, actor: Actor, chosen: WaitingFilter | None = None) -> int:
    """How many proposals wait for the actor."""
    counted = select(func.count(RegulationRelation.id)).join(RegulationRelation.source)
    return session.scalar(counted.where(_waiting(actor, chosen or WaitingFilter()))) or 0


def candidate_targets(session: Session, actor: Actor, text: str) -> Sequence[Regulation]:
    """Acts that a name may mean: of its number and year, else with all its words in the title; at most 30."""
    numbers = re.findall(r"\d+", text)
    year = next((number for number in reversed(numbers) if _YEAR.fullmatch(number)), None)
    nomor = next((number.lstrip("0") for number in numbers if number != year), None)
    chosen = select(Regulation).where(readable(actor, Regulation.wilayah))
    if year:
        chosen = chosen.where(Regulation.tahun == int(year))
    if nomor:
        like = Regulation.nomor.startswith(f"{nomor}/", autoescape=True)
        chosen = chosen.where(or_(func.ltrim(Regulation.nomor, "0") == nomor, like))
    if not year and not nomor:
        words = text.split()
        if not words:
            return []
        chosen = chosen.where(*(Regulation.judul.icontains(word, autoescape=True) for word in words[:8]))
    ordered = chosen.order_by(Regulation.wilayah.is_not(None), Regulation.jenis, Regulation.tahun.desc(), Regulation.id)
    return session.scalars(ordered.limit(MOST_CANDIDATES)).all()


def _waiting(actor: Actor, chosen: WaitingFilter) -> ColumnElement[bool]:
    asked = [RegulationRelation.decision.is_(None), _decidable(actor), _not_only_in_bin()]
    if chosen.regulation_id is not None:
        asked.append(RegulationRelation.from_id == chosen.regulation_id)
    if chosen.document_id is not None:
        asked.append(RegulationRelation.document_id == chosen.document_id)
    return and_(*asked)


def _decidable(actor: Actor) -> ColumnElement[bool]:
    """The acts for whose region the actor verifies, and those of no region: `Actor.may(PILIH, …)` in SQL."""
    codes = {grant.wilayah for grant in actor.grants if Action.PILIH in RIGHTS[grant.role]}
    if NATIONAL in codes:
        return true()
    regions = [
        condition
        for code in sorted(codes)
        for condition in (Regulation.wilayah == code, Regulation.wilayah.startswith(f"{code}.", autoescape=True))
    ]
    return or_(Regulation.wilayah.is_(None), *regions) if codes else false()


def _not_only_in_bin() -> ColumnElement[bool]:
    held = select(Document.id).where(held_documents())
    return or_(RegulationRelation.document_id.is_(None), RegulationRelation.document_id.in_(held))


def _shown() -> Select[RegulationRelation]:
    """Relations except proposals whose only proof lies in the bin."""
    return select(RegulationRelation).where(or_(RegulationRelation.decision.is_not(None), _not_only_in_bin()))


def _rows(
    session: Session, actor: Actor, bonds: Sequence[RegulationRelation], *, is_outgoing: bool, once: bool = True
) -> list[RelationRow]:
    names = _names(session, (bond.decided_by for bond in bonds))
    alike: dict[tuple[int, str], list[RelationRow]] = {}
    for bond in bonds:
        other = bond.target if is_outgoing else bond.source
        shown = other if other is not None and actor.reads(other.wilayah) else None
        rows = alike.setdefault((bond.from_id, bond.kind), [])
        place = next((at for at, row in enumerate(rows) if once and is_same_statement(row.bond, bond)), None)
        if place is None:
            rows.append(RelationRow(bond, shown, names.get(bond.decided_by or 0)))
        else:
            rows[place] = replace(rows[place], copies=(*rows[place].copies, bond))
    order = {bond.id: at for at, bond in enumerate(bonds)}
    return sorted((row for rows in alike.values() for row in rows), key=lambda row: order[row.bond.id])


def _names(session: Session, ids: Iterable[int | None]) -> dict[int, str]:
    wanted = {number for number in ids if number is not None}
    found = session.execute(select(User.id, User.nama).where(User.id.in_(wanted))) if wanted else ()
    return {number: name for number, name in found}
