"""The life of a legal act in order: made, promulgated, in force, changed, ended; each step with its day and its proof."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from compliance.models import Regulation, RegulationRelation
from compliance.rules.contradictions import contradictions
from compliance.rules.standing import ACCEPTED, REFUSED, effect_of, start_of

_STEPS = ("ditetapkan", "diundangkan", "mulai berlaku", "diubah", "dicabut sebagian", "dicabut", "habis")
_PASSIVE = {"mengubah": "diubah", "mencabut sebagian": "dicabut sebagian", "mencabut": "dicabut"}


@dataclass(frozen=True, slots=True)
class Step:
    """`day` None: the day is not known. A relation `is_confirmed` where a person accepted it, a date where it was read in a source.

    `is_contradictory`: it can't be so, see `rules/contradictions.py`, and counts for nothing.
    """

    what: str
    day: date | None
    is_confirmed: bool
    column: str = ""
    bond: RegulationRelation | None = None
    is_contradictory: bool = False


def timeline(act: Regulation, bonds: Sequence[RegulationRelation]) -> list[Step]:
    """The steps known of an act, earliest first; one without a day stands at the end of its act's year, else where it belongs in a life.

    `bonds` are the relations to and from the act. Making and promulgation are always there, known or not.
    """
    doubted = {id(each.bond) for each in contradictions(act, bonds) if each.bond}
    steps = [*_own(act), *_by_others(act, bonds, doubted)]
    latest = date.min
    placed: list[tuple[date, int, int, Step]] = []
    for order, step in enumerate(steps):
        day = step.day or _year_end(step)
        latest = max(latest, day) if day else latest
        placed.append((day or latest, _STEPS.index(step.what), order, step))
    return [step for *_, step in sorted(placed, key=lambda row: row[:3])]


def _own(act: Regulation) -> Iterator[Step]:
    yield _dated(act, "ditetapkan", "ditetapkan")
    if act.diundangkan or start_of(act)[1] != "ditetapkan":
        yield _dated(act, "diundangkan", "diundangkan")
    if act.mulai_berlaku:
        yield _dated(act, "mulai berlaku", "mulai_berlaku")
    if act.berlaku_sampai:
        yield _dated(act, "habis", "berlaku_sampai")


def _dated(act: Regulation, what: str, column: str) -> Step:
    day = getattr(act, column)
    return Step(what, day, day is not None and column not in (act.unverified or ()), column)


def _by_others(act: Regulation, bonds: Sequence[RegulationRelation], doubted: set[int]) -> Iterator[Step]:
    """What other acts did to it; said by two copies of a text, it is told once, by the one a person accepted."""
    told: dict[tuple[int, str], RegulationRelation] = {}
    for bond in bonds:
        if bond.to_id == act.id and bond.kind in _PASSIVE and bond.decision != REFUSED:
            key = (bond.from_id, bond.kind)
            told[key] = bond if bond.decision == ACCEPTED else told.get(key, bond)
    for bond in told.values():
        yield Step(
            _PASSIVE[bond.kind],
            effect_of(bond),
            bond.decision == ACCEPTED,
            bond=bond,
            is_contradictory=id(bond) in doubted,
        )


def _year_end(step: Step) -> date | None:
    return date(step.bond.source.tahun, 12, 31) if step.bond and step.bond.source.tahun else None
