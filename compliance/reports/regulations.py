"""Legal acts as JSON names things: the row of a list; one act with its standing on a day and its relations with their proof."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from compliance.models import Document, Regulation, RegulationRelation
from compliance.queries.regulations import RegulationRow
from compliance.queries.relations import RelationRow
from compliance.rules.citations import citation
from compliance.rules.standing import Standing

NAMED = (
    *("id", "slug", "jenis", "bentuk", "nomor", "tahun", "wilayah", "penerbit", "judul", "ditetapkan", "diundangkan"),
    *("mulai_berlaku", "berlaku_sampai", "gazette", "status", "topik", "unverified"),
)
Described = dict[str, Any]
Reads = Callable[[str | None], bool]


@dataclass(frozen=True, slots=True)
class KnownAct:
    """All that is told of one act: `reads` says of which regions acts may be named, `per` is the day of the standing."""

    act: Regulation
    standing: Standing
    per: date
    documents: Iterable[Document]
    said: Iterable[RelationRow]
    heard: Iterable[RelationRow]
    reads: Reads


def described_regulation(row: RegulationRow) -> Described:
    """An act as lists have it; `document` is the id of a held text."""
    return {**_identity(row.regulation), "document": row.document.id if row.document else None}


def described_act(known: KnownAct) -> Described:
    """One act with its texts, standing, relations and obligations."""
    act = known.act
    return {
        **_identity(act),
        "sumber": act.sumber,
        "documents": [document.id for document in known.documents],
        "standing": _standing(known),
        "relations": [
            *(_relation(row, "outgoing") for row in known.said),
            *(_relation(row, "incoming") for row in known.heard),
        ],
        "obligations": [
            {
                "subjek": one.subjek,
                "teks": one.teks,
                "pasal": one.pasal,
                "verified": one.is_sourced,
                "sumber": one.sumber,
            }
            for one in act.obligations
        ],
    }


def _identity(act: Regulation) -> Described:
    told = {name: getattr(act, name) for name in NAMED}
    return {**told, "unverified": act.unverified or [], "topik": act.topik or [], "name": citation(act)}


def _standing(known: KnownAct) -> Described:
    standing = known.standing
    proof = standing.proof
    bond = proof.bond if proof and proof.bond and known.reads(proof.bond.source.wilayah) else None
    return {
        "per": known.per,
        "state": standing.state,
        "since": standing.since,
        "confirmed": standing.is_confirmed,
        "proof": {"kind": proof.kind, "column": proof.column or None, "relation": bond and bond.id} if proof else None,
        "contradictions": [each.code for each in standing.contradictions],
    }


def _relation(row: RelationRow, direction: str) -> Described:
    bond, other = row.bond, row.other
    return {
        "id": bond.id,
        "direction": direction,
        "kind": bond.kind,
        "regulation": other.id if other else None,
        "name": citation(other) if other else _said_name(bond, direction),
        "decision": bond.decision,
        "origin": bond.origin,
        "document": bond.document_id,
        "page": bond.page,
        "quote": bond.quote,
    }


def _said_name(bond: RegulationRelation, direction: str) -> str | None:
    """The words an act uses for one that is not known here; of an incoming one that the reader may not see nothing is told."""
    return bond.to_text if direction == "outgoing" else None
