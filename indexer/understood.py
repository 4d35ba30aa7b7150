"""A query told back in Indonesian, so that nobody is answered a question they did not ask."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from indexer.concepts import KINDS, Kind
from indexer.nodes import (
    And,
    Concept,
    Filters,
    Identity,
    Maybe,
    Most,
    Named,
    Node,
    Not,
    Only,
    Or,
    Phrase,
    Prefix,
    Word,
    YearRange,
)

_NAMES = {kind.jenis: kind for kind in reversed(KINDS.values())}


def identity_in_words(identity: Identity, kind: Kind | None, region: str = "") -> str:
    """Such as: Peraturan Bupati Katingan Nomor 6 Tahun 2019, Pasal 4 ayat (1)."""
    parts = [(kind or _NAMES[identity.jenis]).name if kind or identity.jenis in _NAMES else identity.jenis]
    if identity.penerbit:
        parts.append(identity.penerbit.title())
    if region:
        parts.append(region.title())
    if identity.nomor:
        parts.append(f"Nomor {identity.nomor}")
    if identity.tahun is not None:
        parts.append(f"Tahun {identity.tahun}")
    return " ".join(parts) + _article_in_words(identity)


def filters_in_words(filters: Filters, labels: Mapping[str, str] = MappingProxyType({})) -> str:
    """Such as: jenis Perbup; tahun 2021–2024. Empty for none. `labels` are the names of regions by code."""
    told = []
    if filters.jenis:
        told.append(f"jenis {' atau '.join(filters.jenis)}")
    if filters.tahun:
        told.append(f"tahun {' atau '.join(map(_years_in_words, filters.tahun))}")
    if filters.wilayah:
        told.append(f"wilayah {' atau '.join(labels.get(code, code) for code in filters.wilayah)}")
    if filters.status:
        told.append(f"status {' atau '.join(filters.status)}")
    if filters.penerbit:
        told.append(f"penerbit {' atau '.join(filters.penerbit)}")
    if filters.topik:
        told.append(f"topik {' atau '.join(filters.topik)}")
    return "; ".join(told)


def described(node: Node) -> str:
    """What must be found, as an expression with "dan", "atau" and "tanpa"."""
    match node:
        case And(children):
            told = [described(child) for child in children if not isinstance(child, Maybe)]
            return " dan ".join(filter(None, told))
        case Or(children):
            return _alternatives(children)
        case Most(children):
            return f"sebagian dari: {', '.join(map(described, children))}"
        case Not(child):
            return f"tanpa {_bracketed(child)}"
        case Maybe(child):
            return described(child)
        case _:
            return _leaf(node)


def _alternatives(children: tuple[Node, ...]) -> str:
    if children and isinstance(children[0], Concept) and children[0].key.startswith("sama:"):
        return f"{' '.join(children[0].typed)} (atau padanannya)"
    told = list(dict.fromkeys(map(described, children)))
    return told[0] if len(told) == 1 else f"({' atau '.join(told)})" if told else "(tidak ada)"


def _bracketed(node: Node) -> str:
    told = described(node)
    return f"({told})" if isinstance(node, And) else told


def _leaf(node: Node) -> str:
    match node:
        case Word(text, _, field):
            return _in_field(text, field)
        case Phrase(words, slop, field):
            near = f" (berjarak paling banyak {slop} kata)" if slop else ""
            return _in_field(f"persis “{' '.join(words)}”{near}", field)
        case Prefix(text, field):
            return _in_field(f"kata berawalan “{text}”", field)
        case Concept(_, typed):
            return " ".join(typed)
        case Named(identity):
            return f"naskah {identity_in_words(identity, None)} sendiri"
        case Only(filters):
            return filters_in_words(filters)
        case _:
            return ""


def _in_field(told: str, field: str) -> str:
    return f"{told} (di judul)" if field else told


def _years_in_words(years: YearRange) -> str:
    if years.first == years.last:
        return str(years.first)
    if years.first is None:
        return f"sampai {years.last}"
    return f"{years.first} ke atas" if years.last is None else f"{years.first}–{years.last}"


def _article_in_words(identity: Identity) -> str:
    if not identity.pasal:
        return ""
    told = f", Pasal {identity.pasal}"
    if identity.ayat:
        told += f" ayat ({identity.ayat})"
    return told + (f" huruf {identity.huruf}" if identity.huruf else "")
