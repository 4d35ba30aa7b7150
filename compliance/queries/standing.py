"""The standing of legal acts on a day, from their own dates and the relations between them (`rules/standing.py` says how).

`standing_on(session, actor, regulation, day) -> Standing` for one act, `standings_on(session, actor, regulations, day)` for many at
once, `ended_citations(session, actor, citing, cited, today) -> {id of the cited act: EndedCitation}` for what an act cites.
Relations proved only by a document in the bin, and not accepted by anybody, count for nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from compliance.actor import Actor
from compliance.models import Document, DocumentField, Regulation, RegulationRelation
from compliance.queries.scopes import readable_documents
from compliance.rules import standing as rule
from compliance.rules.contradictions import ALTERING
from compliance.rules.standing import EndedCitation, Standing
from compliance.rules.timeline import Step, timeline

MOST_IDS = 400


def standing_on(session: Session, actor: Actor, regulation: Regulation, day: date) -> Standing:
    """The act's standing on a day; belum diperiksa (state None) where the actor doesn't read the act."""
    unknown = Standing(None, None, None, is_confirmed=False)
    return standings_on(session, actor, [regulation], day).get(regulation.id, unknown)


def standings_on(session: Session, actor: Actor, regulations: Iterable[Regulation], day: date) -> dict[int, Standing]:
    """The standing on a day of each act that the actor reads, by id; one statement for every 400 acts."""
    acts = {act.id: act for act in regulations if actor.reads(act.wilayah)}
    bonds = altering_bonds(session, list(acts))
    return {number: rule.standing_on(act, bonds.get(number, ()), day) for number, act in acts.items()}


def ended_citations(
    session: Session, actor: Actor, citing: Regulation, cited: Iterable[Regulation], today: date
) -> dict[int, EndedCitation]:
    """The cited acts that had ended before the citing one was made, or have ended since, by id."""
    acts = {act.id: act for act in cited if actor.reads(act.wilayah)}
    bonds = altering_bonds(session, list(acts))
    found = {number: rule.ended_when_cited(act, bonds.get(number, ()), citing, today) for number, act in acts.items()}
    return {number: ended for number, ended in found.items() if ended}


def altering_bonds(session: Session, ids: Sequence[int]) -> Mapping[int, Sequence[RegulationRelation]]:
    """The relations that alter or end these acts or are stated by them, under each act's id, sources loaded."""
    found: dict[int, list[RegulationRelation]] = defaultdict(list)
    binned = select(Document.id).where(Document.deleted_at.is_not(None))
    for begin in range(0, len(ids), MOST_IDS):
        wanted = ids[begin : begin + MOST_IDS]
        chosen = select(RegulationRelation).where(
            RegulationRelation.kind.in_(ALTERING),
            or_(RegulationRelation.to_id.in_(wanted), RegulationRelation.from_id.in_(wanted)),
            or_(
                RegulationRelation.document_id.is_(None),
                RegulationRelation.document_id.not_in(binned),
                RegulationRelation.decision.is_not(None),
            ),
        )
        for bond in session.scalars(
            chosen.options(joinedload(RegulationRelation.source)).order_by(RegulationRelation.id)
        ):
            for number in {bond.to_id, bond.from_id}.intersection(wanted):
                if number is not None:
                    found[number].append(bond)
    return found


@dataclass(frozen=True, slots=True)
class DateProof:
    """The page where a date of an act was read; `is_checked` where a person confirmed or corrected it."""

    document_id: int
    page: int
    is_checked: bool


@dataclass(frozen=True, slots=True)
class Story:
    """An act's standing on a day, its life, and the pages where its dates were read, by column."""

    standing: Standing
    steps: Sequence[Step]
    dates: Mapping[str, DateProof]


def story_of(session: Session, actor: Actor, act: Regulation, day: date) -> Story:
    """What is told of an act's life and of its standing on a day; four statements."""
    bonds = altering_bonds(session, [act.id]).get(act.id, ())
    readable_bonds = [bond for bond in bonds if actor.reads(bond.source.wilayah)]
    return Story(rule.standing_on(act, bonds, day), timeline(act, readable_bonds), _date_proofs(session, actor, act))


def ended_when_cited_by(
    session: Session, actor: Actor, cited: Regulation, citing: Iterable[Regulation], today: date
) -> dict[int, EndedCitation]:
    """The acts that cite something ended: how `cited` stood for each of them, by the id of the citing act."""
    bonds = altering_bonds(session, [cited.id]).get(cited.id, ())
    acts = [act for act in citing if actor.reads(act.wilayah)]
    found = {act.id: rule.ended_when_cited(cited, bonds, act, today) for act in acts}
    return {number: ended for number, ended in found.items() if ended}


def _date_proofs(session: Session, actor: Actor, act: Regulation) -> dict[str, DateProof]:
    """The pages of held texts that say the dates the act has; a person's word goes before the machine's."""
    columns = ("ditetapkan", "diundangkan")
    chosen = (
        select(DocumentField)
        .join(DocumentField.document)
        .where(
            Document.regulation_id == act.id,
            readable_documents(actor),
            DocumentField.name.in_(columns),
            DocumentField.page.is_not(None),
        )
    )
    found: dict[str, DateProof] = {}
    for field in session.scalars(chosen.order_by(DocumentField.author_id.is_not(None), DocumentField.id)):
        day = getattr(act, field.name)
        if day is not None and field.value == day.isoformat() and field.page is not None:
            is_checked = field.author_id is not None
            found[field.name] = DateProof(field.document_id, field.page, is_checked)
    return found
