"""Which claims contradict each other, and which a person's choice sets aside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

VALUES = (
    "rung",
    "stage",
    "amount_rupiah",
    "persons",
    "of_persons",
    "months",
    "participants",
    "eligible",
    "percent",
    "number",
    "text",
)
SAME_THING = ("bentuk", "nomor", "tahun", "fund", "denominator", "title")


class Comparable(Protocol):
    """What two claims are compared by; figures are read where the kind of claim has them."""

    @property
    def wilayah(self) -> str: ...
    @property
    def segment(self) -> str | None: ...
    @property
    def period(self) -> int | None: ...
    @property
    def conflict_group(self) -> str | None: ...


C = TypeVar("C", bound=Comparable)


def disagree(one: Comparable, other: Comparable) -> bool:
    """Whether two claims contradict each other.

    Those that the source list marks as one conflict do unless they say the same; others do where they speak of the same thing
    on the same day and a figure that both give differs. Titles must match for budgets, since one year holds many lines.
    """
    if one.conflict_group is not None and one.conflict_group == other.conflict_group:
        return _period_of(one) != _period_of(other) or _figures_differ(one, other)
    return _same_thing(one, other) and _figures_differ(one, other)


def set_aside(facts: Sequence[C], chosen: Iterable[C]) -> set[int]:
    """Positions in `facts` of those that give way to a chosen claim of the same subject. `chosen`: newest choice first."""
    aside: set[int] = set()
    places = {id(fact): place for place, fact in enumerate(facts)}
    for winner in chosen:
        if places.get(id(winner)) in aside:
            continue
        aside |= {
            place
            for place, fact in enumerate(facts)
            if fact is not winner and _subject(fact) == _subject(winner) and disagree(fact, winner)
        }
    return aside


def _subject(fact: Comparable) -> tuple[str, str | None, int | None]:
    return (fact.wilayah, fact.segment, fact.period)


def _period_of(fact: Comparable) -> tuple[str | None, int | None]:
    return (fact.segment, fact.period)


def _same_thing(one: Comparable, other: Comparable) -> bool:
    if type(one) is not type(other) or _subject(one) != _subject(other):
        return False
    if getattr(one, "valid_from", None) != getattr(other, "valid_from", None):
        return False
    if hasattr(one, "participants"):
        return _named(one, "denominator") == _named(other, "denominator")
    if hasattr(one, "months") and getattr(one, "rung", None) != getattr(other, "rung", None):
        return False  # planned and registered are two steps of one line, not two opinions
    return all(getattr(one, name, None) == getattr(other, name, None) for name in SAME_THING)


def _named(fact: Comparable, name: str) -> str:
    return getattr(fact, name, None) or ""


def _figures_differ(one: Comparable, other: Comparable) -> bool:
    """Whether some figure that both give is not the same."""
    pairs = ((getattr(one, name, None), getattr(other, name, None)) for name in VALUES)
    return any(mine is not None and theirs is not None and mine != theirs for mine, theirs in pairs)
