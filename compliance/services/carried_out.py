"""Which acts an act says it carries out, as the index knows them: what "peraturan pelaksana UU 13/2003" asks for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from compliance.models import RegulationRelation
from indexer.concepts import carrying_out, concepts
from indexer.words import analyse


def carried_out(session: Session) -> Mapping[int, Sequence[str]]:
    """By regulation the keys of the acts it carries out, in order; what a person refused or the text says no more is left out."""
    told = (
        select(RegulationRelation)
        .where(RegulationRelation.kind == "melaksanakan", RegulationRelation.is_missing.is_(False))
        .where(or_(RegulationRelation.decision.is_(None), RegulationRelation.decision != "ditolak"))
        .options(joinedload(RegulationRelation.target))
    )
    found: dict[int, set[str]] = defaultdict(set)
    for bond in session.scalars(told):
        found[bond.from_id].update(map(carrying_out, _named(bond)))
    return {act: sorted(keys) for act, keys in found.items()}


def _named(bond: RegulationRelation) -> list[str]:
    """The keys of the act at the other end as a text would cite it."""
    words = analyse(bond.to_text)
    if bond.target is not None and bond.target.nomor and bond.target.tahun:
        words = [*analyse(f"{bond.target.jenis} nomor {bond.target.nomor} tahun {bond.target.tahun}"), "oleh", *words]
    return [key for key in concepts(words) if key.startswith("sebut:")]
