"""Texts that should be held and are not: the catalogue, what the tracker knows, what held texts cite, what a JDIH told of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from compliance.actor import Actor
from compliance.models import Document, Regulation, RegulationRelation, StageClaim
from compliance.queries.regulations import READABLE
from compliance.queries.scopes import lies_in, readable, readable_documents
from compliance.rules.wanted import WantedAct, in_order


@dataclass(frozen=True, slots=True)
class Hunt:
    """`known` acts are known in all, `held` of them with a text; `wanted` are the others, most needed first.

    `unnamed` are claims of a regulation whose number nobody knows yet; `cited` names what held texts cite and nobody knows, with
    how often.
    """

    known: int
    held: int
    wanted: Sequence[WantedAct]
    unnamed: Sequence[StageClaim]
    cited: Sequence[tuple[str, int]]


def hunt(session: Session, actor: Actor, wilayah: str | None = None) -> Hunt:
    """What to look for, for one region (a province's includes its kabupaten/kota) or all the actor reads."""
    acts = session.scalars(select(Regulation).where(*_within(actor, Regulation.wilayah, wilayah))).all()
    with_text = _with_text(session, actor)
    claims = _claims(session, actor, wilayah)
    cited = _citations(session, actor)
    told = Counter(claim.regulation_id for claim in claims if claim.regulation_id)
    missing = [WantedAct(act, told[act.id], cited[act.id]) for act in acts if act.id not in with_text]
    unnamed = [claim for claim in claims if claim.regulation_id is None and claim.rung in ("R2", "R3", "R4")]
    return Hunt(len(acts), len(acts) - len(missing), in_order(missing), unnamed, _unknown(session, actor))


def _within(actor: Actor, column: object, wilayah: str | None) -> list[ColumnElement[bool]]:
    seen = [readable(actor, column)]  # type: ignore[arg-type]
    return [*seen, lies_in(column, wilayah)] if wilayah else seen  # type: ignore[arg-type]


def _with_text(session: Session, actor: Actor) -> set[int | None]:
    chosen = select(Document.regulation_id).where(
        Document.regulation_id.is_not(None),
        Document.reading_state.in_(READABLE),
        readable_documents(actor),
    )
    return set(session.scalars(chosen))


def _claims(session: Session, actor: Actor, wilayah: str | None) -> Sequence[StageClaim]:
    chosen = select(StageClaim).where(*_within(actor, StageClaim.wilayah, wilayah))
    return session.scalars(chosen.order_by(StageClaim.wilayah, StageClaim.valid_from, StageClaim.id)).all()


def _citations(session: Session, actor: Actor) -> Counter[int]:
    """How many acts that the actor reads name each act."""
    named = (
        select(RegulationRelation.to_id, func.count(RegulationRelation.from_id.distinct()))
        .join(RegulationRelation.source)
        .where(RegulationRelation.to_id.is_not(None), readable(actor, Regulation.wilayah))
        .group_by(RegulationRelation.to_id)
    )
    return Counter({act: count for act, count in session.execute(named) if act is not None})


def _unknown(session: Session, actor: Actor) -> list[tuple[str, int]]:
    """What held texts name and no act is known for, most named first."""
    named = (
        select(RegulationRelation.to_text)
        .join(RegulationRelation.source)
        .where(RegulationRelation.to_id.is_(None), readable(actor, Regulation.wilayah))
    )
    counted = Counter(" ".join(text.split()) for text in session.scalars(named))
    return sorted(counted.items(), key=lambda each: (-each[1], each[0]))
