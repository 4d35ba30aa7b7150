"""Claims read as plain values for the rules: one statement for each kind of claim, whatever the number of regions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime, timedelta, timezone
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Row, select
from sqlalchemy.orm import Session

from compliance.db import now
from compliance.models import BudgetClaim, Choice, Claim, CoverageClaim, StageClaim
from compliance.rules.conflicts import set_aside
from compliance.rules.facts import BudgetFact, CoverageFact, Fact, StageFact

F = TypeVar("F", bound=Fact)
OFFICE = timezone(timedelta(hours=7), "WIB")
COMMON = (
    *("id", "wilayah", "segment", "period", "title", "valid_from", "valid_to", "date_precision", "told_on"),
    *("recorded_at", "source", "document_id", "page", "conflict_group", "note"),
)
Conditions = Sequence[ColumnElement[bool]]


@dataclass(slots=True)
class RegionFacts:
    """What is known of one region."""

    stages: list[StageFact] = field(default_factory=list)
    budgets: list[BudgetFact] = field(default_factory=list)
    coverage: list[CoverageFact] = field(default_factory=list)


def facts_by_region(
    session: Session, conditions: Conditions, *, per: date, diketahui: datetime
) -> dict[str, RegionFacts]:
    """The claims that meet the conditions, attested by `per` and recorded by `diketahui`, by region; four statements.

    Coverage claims that carry a budget rung stand under both. Regions without claims are absent.
    """
    within = (*conditions, Claim.valid_from <= per, Claim.recorded_at <= diketahui)
    chosen = _chosen(session, within, diketahui)
    coverage, rated = _coverage(session, within)
    found: dict[str, RegionFacts] = {}
    for stage in _aside(_stages(session, within), chosen):
        found.setdefault(stage.wilayah, RegionFacts()).stages.append(stage)
    for budget in _aside([*_budgets(session, within), *rated], chosen):
        found.setdefault(budget.wilayah, RegionFacts()).budgets.append(budget)
    for share in _aside(coverage, chosen):
        found.setdefault(share.wilayah, RegionFacts()).coverage.append(share)
    return found


def _chosen(session: Session, within: Conditions, diketahui: datetime) -> list[int]:
    """The chosen claims, newest choice first."""
    rows = (
        select(Choice.claim_id).join(Claim, Claim.id == Choice.claim_id).where(*within, Choice.recorded_at <= diketahui)
    )
    return list(dict.fromkeys(session.scalars(rows.order_by(Choice.id.desc()))))


def _aside(facts: list[F], chosen: list[int]) -> list[F]:
    """The facts, those marked that a person's choice sets aside."""
    if not chosen:
        return facts
    by_claim = {fact.claim: fact for fact in facts}
    aside = set_aside(facts, [by_claim[claim] for claim in chosen if claim in by_claim])
    return [replace(fact, is_set_aside=True) if place in aside else fact for place, fact in enumerate(facts)]


def _rows(
    session: Session, of: type[Claim], figures: Sequence[str], within: Conditions
) -> Sequence[Row[*tuple[Any, ...]]]:
    """The claims of one kind: what every claim has, in the order of Fact's fields, then `figures`; oldest record first.

    Reads the tables themselves: building mapped objects takes several times as long, and a national page reads every claim.
    """
    base, own = Claim.__table__.c, of.__table__.c
    chosen = select(*(base[name] for name in COMMON), *(own[name] for name in figures)).join_from(
        base.id.table, own.id.table
    )
    return session.execute(chosen.where(*within).order_by(base.id)).all()


def _stages(session: Session, within: Conditions) -> list[StageFact]:
    figures = ("rung", "stage", "bentuk", "nomor", "tahun", "regulation_id")
    return [StageFact(*found) for found in _rows(session, StageClaim, figures, within)]


def _budgets(session: Session, within: Conditions) -> list[BudgetFact]:
    figures = ("rung", "amount_rupiah", "persons", "months", "fund")
    return [BudgetFact(*found) for found in _rows(session, BudgetClaim, figures, within)]


def _coverage(session: Session, within: Conditions) -> tuple[list[CoverageFact], list[BudgetFact]]:
    """Coverage claims, and those of them that carry a budget rung once more as lines of the budget."""
    figures = ("participants", "eligible", "denominator", "percent", "percent_text", "rung", "fund")
    found = _rows(session, CoverageClaim, figures, within)
    coverage = [CoverageFact(*each[:20]) for each in found]
    rated = [_rated(fact, each.rung, each.fund) for fact, each in zip(coverage, found, strict=True) if each.rung]
    return coverage, rated


def _rated(fact: CoverageFact, rung: str, fund: str | None) -> BudgetFact:
    shared: dict[str, Any] = {each.name: getattr(fact, each.name) for each in fields(Fact)}
    line: dict[str, Any] = {
        "rung": rung,
        "fund": fund,
        "persons": fact.participants,
        "amount_rupiah": None,
        "months": None,
    }
    return BudgetFact(**shared, **line, is_coverage=True)


def today() -> date:
    """The day it is in western Indonesia, where "as at today" is asked."""
    return now().astimezone(OFFICE).date()
