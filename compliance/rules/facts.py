"""What the tracker's rules read: one claim as plain values, without a session."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar


@dataclass(frozen=True, slots=True)
class Fact:
    """One claim. `is_set_aside`: a person chose another claim of the same subject with which it disagrees."""

    claim: int
    wilayah: str
    segment: str | None
    period: int | None
    title: str
    valid_from: date
    valid_to: date | None
    precision: str
    told_on: date | None
    recorded_at: datetime
    source: str
    document_id: int | None
    page: int | None
    conflict_group: str | None
    note: str
    is_set_aside: bool = field(default=False, kw_only=True)

    def holds_on(self, day: date) -> bool:
        """Whether it is attested on `day` and has not ended."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class StageFact(Fact):
    rung: str | None
    stage: str | None
    bentuk: str | None
    nomor: str | None
    tahun: int | None
    regulation_id: int | None


@dataclass(frozen=True, slots=True)
class BudgetFact(Fact):
    """Also made of coverage claims that carry a budget rung; `is_coverage` tells them apart."""

    rung: str | None
    amount_rupiah: int | None
    persons: int | None
    months: int | None
    fund: str | None
    is_coverage: bool = field(default=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class CoverageFact(Fact):
    participants: int | None
    eligible: int | None
    denominator: str | None
    percent: Decimal | None
    percent_text: str | None

    @property
    def computed_percent(self) -> Decimal | None:
        """Participants ÷ eligible × 100, never clamped; None without both counts."""
        if self.participants is None or not self.eligible:
            return None
        return Decimal(self.participants) * 100 / Decimal(self.eligible)


F = TypeVar("F", bound=Fact)


def holding(facts: Iterable[F], day: date) -> list[F]:
    """Those attested on `day` that no person set aside, oldest first."""
    kept = [fact for fact in facts if fact.holds_on(day) and not fact.is_set_aside]
    return sorted(kept, key=lambda fact: (fact.valid_from, fact.recorded_at, fact.claim))
