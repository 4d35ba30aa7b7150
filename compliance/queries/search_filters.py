"""What a typed query and the filters chosen beside it mean: names of regions, kinds, years."""

from __future__ import annotations

from functools import cache

from compliance.actor import NATIONAL
from compliance.data.regions import aliases, regions
from compliance.queries.search_answers import Asked, Notice
from indexer.identities import IdentityNames, kind_named
from indexer.nodes import Filters, Query, YearRange
from indexer.query import parse

STATUSES = ("berlaku", "diubah", "dicabut", "habis", "belum berlaku", "rancangan")


@cache
def identity_names() -> IdentityNames:
    """The names and everyday aliases of regions that a query may hold."""
    names = [(region.nama, region.kode) for region in regions()]
    names += [(region.nama_pendek, region.kode) for region in regions()]
    return IdentityNames.of([*names, *((alias.alias, alias.kode) for alias in aliases())])


def understood(text: str) -> Query:
    """The query that a typed text means."""
    return parse(text, identity_names())


def chosen_filters(asked: Asked) -> tuple[Filters, tuple[Notice, ...]]:
    """The filters chosen beside the text; a value that means nothing is told and matches nothing, never dropped in silence."""
    unknown: list[Notice] = []
    filters = Filters(
        jenis=tuple(kind_named(value) or _told(unknown, "jenis", value) for value in asked.jenis),
        tahun=tuple(_years(value) or _no_year(unknown, value) for value in asked.tahun),
        wilayah=tuple(code for value in asked.wilayah for code in _regions(unknown, value)),
        status=tuple(value if value.lower() in STATUSES else _told(unknown, "status", value) for value in asked.status),
        penerbit=asked.penerbit,
        topik=asked.topik,
    )
    return filters, tuple(unknown)


def _regions(unknown: list[Notice], value: str) -> tuple[str, ...]:
    """The codes a filter's value stands for. The nation's own acts bear its code or none."""
    codes = tuple(code for code in identity_names().codes(value) if code in identity_names().labels)
    return (*codes, "") if codes == (NATIONAL,) else codes or (_told(unknown, "wilayah", value),)


def _told(unknown: list[Notice], field: str, value: str) -> str:
    text = f"Saringan {field} “{value}” tidak dikenal, jadi tidak ada yang cocok dengannya."
    unknown.append(Notice("saringan_tidak_dikenal", text, 1))
    return value


def _no_year(unknown: list[Notice], value: str) -> YearRange:
    _told(unknown, "tahun", value)
    return YearRange(9999, 0)


def _years(value: str) -> YearRange | None:
    """2021, 2021..2024, 2021.. or ..2024; None for anything else."""
    first, dots, last = value.partition("..")
    if not (first or last) or any(part and not (part.isdigit() and len(part) == 4) for part in (first, last)):
        return None
    from_year, to_year = (int(part) if part else None for part in (first, last))
    return YearRange(from_year, to_year if dots else from_year)
