"""Statements about an act that can't be true, or not together. A person decides; until then they count for nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from compliance.actor import NATIONAL
from compliance.models import Regulation, RegulationRelation

ALTERING = ("mencabut", "mencabut sebagian", "mengubah")
# UU 12/2011 art. 7 and 8; acts of one number may alter each other.
_LEVEL = {
    "UU": 1, "Perppu": 1, "PP": 2, "Perpres": 3, "Keppres": 3, "Inpres": 3, "Permen": 4, "Kepmen": 4, "PeraturanLembaga": 4,
    "Perda": 5, "Pergub": 6, "Perbup": 6, "Perwali": 6,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Contradiction:
    """`code`: saling_mencabut, sebelum_dibuat, bukan_wewenang, tanggal_terbalik, habis_sebelum_mulai.

    `bond` is the relation that can't be; None where the act's own dates contradict each other.
    """

    code: str
    bond: RegulationRelation | None = None


def contradictions(act: Regulation, bonds: Sequence[RegulationRelation]) -> tuple[Contradiction, ...]:
    """What can't be true of an act, by its dates and by the relations to and from it that nobody refused."""
    held = [bond for bond in bonds if bond.decision != "ditolak" and bond.kind in ALTERING]
    incoming = [bond for bond in held if bond.to_id == act.id and bond.from_id != act.id]
    altered = {bond.to_id for bond in held if bond.from_id == act.id and bond.kind == "mencabut"}
    found = [*_own_dates(act)]
    for bond in incoming:
        code = _oddity(act, bond, altered)
        if code:
            found.append(Contradiction(code, bond))
    return tuple(found)


def _own_dates(act: Regulation) -> Iterator[Contradiction]:
    if act.ditetapkan and act.diundangkan and act.diundangkan < act.ditetapkan:
        yield Contradiction("tanggal_terbalik")
    start = act.mulai_berlaku or act.ditetapkan
    if act.berlaku_sampai and start and act.berlaku_sampai < start:
        yield Contradiction("habis_sebelum_mulai")


def _oddity(act: Regulation, bond: RegulationRelation, altered: set[int | None]) -> str | None:
    if bond.kind == "mencabut" and bond.from_id in altered:
        return "saling_mencabut"
    if _is_before(bond.source, act):
        return "sebelum_dibuat"
    if bond.decision is None and not _has_authority(bond.source, act):
        return "bukan_wewenang"
    return None


def _is_before(source: Regulation, act: Regulation) -> bool:
    """Whether the act that states it was made before the one it speaks of."""
    told, made = _made(source), _made(act)
    if told and made:
        return told < made
    return source.tahun is not None and act.tahun is not None and source.tahun < act.tahun


def _made(act: Regulation) -> date | None:
    return act.ditetapkan or act.diundangkan


def _has_authority(source: Regulation, act: Regulation) -> bool:
    """Whether acts like the source can alter this one: not of a lower level, not of another region."""
    if _LEVEL.get(source.jenis, 0) > _LEVEL.get(act.jenis, 99):
        return False
    region = source.wilayah or NATIONAL
    return region in (NATIONAL, act.wilayah) or (act.wilayah or "").startswith(f"{region}.")
