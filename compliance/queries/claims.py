"""Single claims: one by id with what contradicts it, and the rows whose region nobody knows yet."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from compliance.actor import Action, Actor
from compliance.db import now
from compliance.errors import NotFound
from compliance.models import Claim, UnmatchedRow
from compliance.queries.claim_cards import region_cards
from compliance.queries.facts import today
from compliance.queries.tracker_views import ClaimCard


def claim_card(session: Session, actor: Actor, claim_id: int) -> ClaimCard:
    """One claim, with the claims that contradict it.

    Raises:
        NotFound: no such claim, or not the actor's to read.
    """
    wilayah = session.scalar(select(Claim.wilayah).where(Claim.id == claim_id))
    if wilayah is None or not actor.reads(wilayah):
        raise NotFound("Catatan itu tidak ada, atau di luar wilayah Anda.")
    cards = region_cards(session, wilayah, per=today(), diketahui=now())
    found = [card for card in cards if card.claim.id == claim_id]
    if not found:
        raise NotFound("Catatan itu belum ada pada saat yang ditanyakan.")
    return found[0]


def rivals_of(session: Session, actor: Actor, claim_id: int) -> list[ClaimCard]:
    """The claims that contradict this one, newest first.

    Raises:
        NotFound: no such claim, or not the actor's to read.
    """
    card = claim_card(session, actor, claim_id)
    cards = region_cards(session, card.claim.wilayah, per=today(), diketahui=now())
    return [other for other in cards if other.claim.id in card.conflicts_with]


def unmatched_rows(session: Session, actor: Actor) -> Sequence[UnmatchedRow]:
    """Rows whose region a person has still to decide, in the order they came: those that may speak of a region the actor reads."""
    actor.require(Action.BACA)
    rows = session.scalars(select(UnmatchedRow).where(UnmatchedRow.claim_id.is_(None)).order_by(UnmatchedRow.id))
    return [row for row in rows if actor.reads(row.suggested)]
