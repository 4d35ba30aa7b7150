"""The claims of a region as cards: each with its source, its author, what contradicts it, and whether a person chose it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, with_polymorphic

from compliance.models import Choice, Claim, User
from compliance.queries.tracker_views import ChoiceView, ClaimCard, ClaimGroup
from compliance.rules.conflicts import disagree, set_aside
from compliance.rules.states import Source

MEASURES = ("regulasi", "anggaran", "cakupan", "target", "perjanjian", "jumlah")


def region_cards(session: Session, wilayah: str, *, per: date, diketahui: datetime) -> list[ClaimCard]:
    """Every claim of a region recorded by `diketahui`, newest first; four statements."""
    claims = _claims(session, wilayah, diketahui)
    choices = _choices(session, wilayah, diketahui)
    by_id = {claim.id: claim for claim in claims}
    winners = [by_id[choice.claim_id] for choice in choices if choice.claim_id in by_id]
    aside = set_aside(claims, winners)
    names = _names(session, [*(claim.author_id for claim in claims), *(choice.author_id for choice in choices)])
    views = {choice.claim_id: _choice_view(choice, names) for choice in reversed(choices)}
    return [
        ClaimCard(
            claim=claim,
            source=source_of_claim(claim),
            author=names.get(claim.author_id, ""),
            conflicts_with=tuple(other.id for other in claims if other is not claim and disagree(claim, other)),
            choice=None if place in aside else views.get(claim.id),
            is_set_aside=place in aside,
            is_later=claim.valid_from is None or claim.valid_from > per,
        )
        for place, claim in enumerate(claims)
    ]


def grouped(cards: Iterable[ClaimCard]) -> tuple[ClaimGroup, ...]:
    """Cards by what they are about: measures in the ladder's order, then segment, then period, the latest first."""
    groups: dict[tuple[str, str | None, int | None], list[ClaimCard]] = {}
    for card in cards:
        groups.setdefault((card.claim.measure, card.claim.segment, card.claim.period), []).append(card)
    ordered = sorted(groups, key=lambda key: (MEASURES.index(key[0]), key[1] != "total", key[1] or "", -(key[2] or 0)))
    return tuple(ClaimGroup(*key, tuple(groups[key])) for key in ordered)


def source_of_claim(claim: Claim) -> Source:
    return Source(
        claim=claim.id,
        text=claim.source,
        document_id=claim.document_id,
        page=claim.page,
        on=claim.valid_from,
        precision=claim.date_precision,
        told_on=claim.told_on,
        title=claim.title,
    )


def _claims(session: Session, wilayah: str, diketahui: datetime) -> Sequence[Claim]:
    typed = with_polymorphic(Claim, "*")
    rows = select(typed).where(typed.wilayah == wilayah, typed.recorded_at <= diketahui)
    return session.scalars(rows.order_by(typed.valid_from.desc().nulls_last(), typed.id.desc())).all()


def _choices(session: Session, wilayah: str, diketahui: datetime) -> Sequence[Choice]:
    """The choices among a region's claims, newest first."""
    rows = select(Choice).join(Claim, Claim.id == Choice.claim_id)
    return session.scalars(
        rows.where(Claim.wilayah == wilayah, Choice.recorded_at <= diketahui).order_by(Choice.id.desc())
    ).all()


def _choice_view(choice: Choice, names: dict[int | None, str]) -> ChoiceView:
    return ChoiceView(choice.claim_id, choice.reason, names.get(choice.author_id, ""), choice.recorded_at)


def _names(session: Session, ids: Iterable[int | None]) -> dict[int | None, str]:
    """Names of the accounts with these ids."""
    wanted = {user_id for user_id in ids if user_id is not None}
    rows = session.execute(select(User.id, User.nama).where(User.id.in_(wanted))) if wanted else ()
    return {user_id: nama for user_id, nama in rows}
