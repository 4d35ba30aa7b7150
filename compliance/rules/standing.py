"""Whether a legal act is in force on a day, since when, what says so, and whether a person has confirmed that.

An act ends by `berlaku_sampai` or by a revocation. A relation takes effect with the act that states it: on its mulai_berlaku, else
diundangkan, else ditetapkan; where all three are unknown the date is unknown, and it counts from the year of that act on. Relations
that a person refused count for nothing. Statements that can't be true together are told and left to a person, never resolved here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from compliance.data.instruments import instrument_by_code
from compliance.models import Regulation, RegulationRelation
from compliance.rules.contradictions import Contradiction, contradictions

__all__ = [
    "ACCEPTED", "CHANGING", "ENDED", "REFUSED", "EndedCitation", "Proof", "Standing", "effect_of", "ended_when_cited",
    "standing_on", "start_of", "stored_status",
]  # fmt: skip

ACCEPTED, REFUSED = "diterima", "ditolak"
ENDED = ("dicabut", "habis", "tidak berlaku")
ENDING = ("mencabut",)
CHANGING = ("mengubah", "mencabut sebagian")
# UU 12/2011 art. 87 with UU 13/2022: these come into force on promulgation, unless they say otherwise.
PROMULGATED = (
    *("UU", "Perppu", "PP", "Perpres", "Permen", "PeraturanLembaga", "Perda", "Pergub", "Perbup", "Perwali"),
)
_JDIH = {"berlaku": "berlaku", "tidak berlaku": "tidak berlaku"}


@dataclass(frozen=True, slots=True)
class Proof:
    """What a standing rests on: a relation, a column of the act, or a list that says so (`katalog`, `jdih`)."""

    kind: Literal["hubungan", "isian", "katalog", "jdih"]
    column: str = ""
    bond: RegulationRelation | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """`state`: rancangan, belum berlaku, berlaku, diubah, dicabut, habis, tidak berlaku; None is belum diperiksa.

    `since` is the first day of the state, None where it is unknown. `contradictions` await a person.
    """

    state: str | None
    since: date | None
    proof: Proof | None
    is_confirmed: bool
    contradictions: tuple[Contradiction, ...] = ()

    @property
    def has_ended(self) -> bool:
        return self.state in ENDED

    @property
    def is_as_far_as_known(self) -> bool:
        """In force only in so far as it was issued and nothing that ended it is known."""
        return self.state == "berlaku" and self.proof is not None and self.proof.kind == "isian"


@dataclass(frozen=True, slots=True)
class EndedCitation:
    """A cited act that had ended before the citing one was made, or has ended since. `standing` tells by what."""

    had_ended: bool
    standing: Standing


def standing_on(act: Regulation, bonds: Sequence[RegulationRelation], day: date) -> Standing:
    """The act's standing on a day; `bonds` are the relations to and from it, each with its source."""
    odd = contradictions(act, bonds)
    doubted = {id(each.bond) for each in odd if each.bond}
    incoming = [bond for bond in bonds if _is_to(bond, act) and bond.decision != REFUSED and id(bond) not in doubted]
    found = (
        _unmade(act, day)
        or _ended(act, incoming, day)
        or _not_begun(act, day)
        or _changed(incoming, day)
        or _in_force(act, incoming)
    )
    end_is_open = any(each.bond and each.bond.kind in ENDING and _is_to(each.bond, act) for each in odd)
    if found is None or (end_is_open and found.state in ("berlaku", "diubah")):
        return Standing(None, None, None, is_confirmed=False, contradictions=odd)
    return Standing(found.state, found.since, found.proof, found.is_confirmed, odd)


def ended_when_cited(
    cited: Regulation, bonds: Sequence[RegulationRelation], citing: Regulation, today: date
) -> EndedCitation | None:
    """How far a citation leads to something that has ended; None where the cited act has not, as far as is known.

    Where only the year of the citing act is known, only what had ended before that year certainly had.
    """
    made = citing.ditetapkan or citing.diundangkan or (date(citing.tahun, 1, 1) if citing.tahun else None)
    if made is not None:
        before = standing_on(cited, [bond for bond in bonds if bond.from_id != citing.id], made)
        if before.has_ended and _certainly_by(before, made):
            return EndedCitation(True, before)
    now = standing_on(cited, bonds, today)
    return EndedCitation(False, now) if now.has_ended else None


def stored_status(standing: Standing) -> str | None:
    """What lists and facets may say without further words: nothing that rests on an unconfirmed relation, a JDIH or dates alone."""
    proof = standing.proof
    if proof is None or proof.kind == "jdih" or standing.is_as_far_as_known:
        return None
    if proof.kind == "hubungan" and not standing.is_confirmed:
        return None
    return standing.state


def start_of(act: Regulation) -> tuple[date | None, str]:
    """The day an act comes into force and the column that says so; (None, "") where none does."""
    columns = (
        ("mulai_berlaku", "diundangkan") if act.jenis in PROMULGATED else ("mulai_berlaku", "diundangkan", "ditetapkan")
    )
    for column in columns:
        day = getattr(act, column)
        if day is not None:
            return day, column
    return None, ""


def effect_of(bond: RegulationRelation) -> date | None:
    """The day a relation takes effect; None where no date of the act that states it is known."""
    return bond.source.mulai_berlaku or bond.source.diundangkan or bond.source.ditetapkan


def _is_to(bond: RegulationRelation, act: Regulation) -> bool:
    return bond.to_id == act.id


def _unmade(act: Regulation, day: date) -> Standing | None:
    made, column = act.ditetapkan or act.diundangkan, "ditetapkan" if act.ditetapkan else "diundangkan"
    if made is None and act.tahun is not None and day.year < act.tahun:
        return Standing("rancangan", None, Proof("isian", "tahun"), is_confirmed=_is_read(act, "tahun"))
    if made is not None and day < made:
        return Standing("rancangan", None, Proof("isian", column), is_confirmed=_is_read(act, column))
    return None


def _ended(act: Regulation, incoming: Iterable[RegulationRelation], day: date) -> Standing | None:
    ends = _stated(incoming, ENDING, "dicabut", day)
    if act.ended_before(day) and act.berlaku_sampai:
        after = act.berlaku_sampai + timedelta(days=1)
        ends.append(Standing("habis", after, Proof("isian", "berlaku_sampai"), _is_read(act, "berlaku_sampai")))
    listed = _listed(act)
    if not ends and listed and listed.has_ended and not (act.berlaku_sampai and act.berlaku_sampai >= day):
        return listed
    return _first(ends)


def _not_begun(act: Regulation, day: date) -> Standing | None:
    start, column = start_of(act)
    if start is None or start <= day:
        return None
    return Standing("belum berlaku", act.ditetapkan or act.diundangkan, Proof("isian", column), _is_read(act, column))


def _changed(incoming: Iterable[RegulationRelation], day: date) -> Standing | None:
    return _first(_stated(incoming, CHANGING, "diubah", day))


def _in_force(act: Regulation, incoming: Iterable[RegulationRelation]) -> Standing | None:
    listed = _listed(act)
    start, column = start_of(act)
    if listed and listed.state == "diubah" and not any(bond.kind in CHANGING for bond in incoming):
        return listed
    if listed and listed.state in ("berlaku", "diubah"):
        return Standing("berlaku", start, listed.proof, listed.is_confirmed)
    return Standing("berlaku", start, Proof("isian", column), is_confirmed=False) if start else None


def _stated(incoming: Iterable[RegulationRelation], kinds: Sequence[str], state: str, day: date) -> list[Standing]:
    """What relations of these kinds had brought about by a day."""
    return [
        Standing(state, effect_of(bond), Proof("hubungan", bond=bond), is_confirmed=bond.decision == ACCEPTED)
        for bond in incoming
        if bond.kind in kinds and _has_effect(bond, day)
    ]


def _has_effect(bond: RegulationRelation, day: date) -> bool:
    effect = effect_of(bond)
    if effect is not None:
        return effect <= day
    return bond.source.tahun is None or bond.source.tahun <= day.year


def _first(found: Sequence[Standing]) -> Standing | None:
    """The earliest of the confirmed, else the earliest; one without a date counts from the end of its act's year."""
    return min(found, key=lambda each: (not each.is_confirmed, _bound(each)), default=None)


def _bound(standing: Standing) -> date:
    bond = standing.proof.bond if standing.proof else None
    return standing.since or (date(bond.source.tahun, 12, 31) if bond and bond.source.tahun else date.max)


def _certainly_by(standing: Standing, day: date) -> bool:
    return standing.since is not None or _bound(standing) < day


def _listed(act: Regulation) -> Standing | None:
    """What the shipped catalogue says of the act, else what a JDIH said."""
    row = instrument_by_code().get(act.slug or "") if act.is_catalogue else None
    if row and row.status:
        return Standing(row.status, None, Proof("katalog"), is_confirmed=_is_read(act, "status"))
    said = _JDIH.get(str((act.jdih or {}).get("status", "")).strip().lower())
    return Standing(said, None, Proof("jdih"), is_confirmed=False) if said else None


def _is_read(act: Regulation, column: str) -> bool:
    return column not in (act.unverified or ())
