"""`jenis:` `tahun:` `wilayah:` `status:` `penerbit:` `topik:` of a query -> a filter; unknown values are told, never dropped in silence."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from indexer.identities import IdentityNames, kind_named
from indexer.nodes import Filters, Only, YearRange
from indexer.query_words import Lexeme

_YEARS = re.compile(r"(?P<first>\d{4})?(?P<to>\s*(?:\.{2,3}|-|–|—)\s*)?(?P<last>\d{4})?")

Values = tuple[object, ...]


def filter_of(lexeme: Lexeme, names: IdentityNames, note: Callable[[str], None]) -> Only | None:
    """The filter of one field with its comma-separated values; None where none of them is known."""
    readers: dict[str, Callable[[str], Values]] = {
        "jenis": _kinds,
        "tahun": _years,
        "wilayah": names.codes,
        "status": _as_typed,
        "penerbit": _as_typed,
        "topik": _as_typed,
    }
    values: list[object] = []
    for typed in lexeme.text.split(","):
        found = readers[lexeme.field](typed.strip())
        values += found
        if not found:
            note(f"“{lexeme.field}:{typed.strip()[:60]}” tidak dikenal dan diabaikan.")
    if not values:
        return None
    return Only(replace(Filters(), **{lexeme.field: tuple(dict.fromkeys(values))}))  # type: ignore[arg-type]


def joined(filters: Filters, more: Filters) -> Filters:
    """Both filters as one: values of the same facet are alternatives."""
    return Filters(
        tuple(dict.fromkeys(filters.jenis + more.jenis)),
        tuple(dict.fromkeys(filters.tahun + more.tahun)),
        tuple(dict.fromkeys(filters.wilayah + more.wilayah)),
        tuple(dict.fromkeys(filters.status + more.status)),
        tuple(dict.fromkeys(filters.penerbit + more.penerbit)),
        tuple(dict.fromkeys(filters.topik + more.topik)),
    )


def _kinds(typed: str) -> Values:
    kind = kind_named(typed)
    return (kind,) if kind else ()


def _as_typed(typed: str) -> Values:
    return (" ".join(typed.lower().split()),) if typed else ()


def _years(typed: str) -> Values:
    match = _YEARS.fullmatch(typed)
    if not match or not (match["first"] or match["last"]):
        return ()
    first = int(match["first"]) if match["first"] else None
    last = int(match["last"]) if match["last"] else None
    if not match["to"]:
        return (YearRange(first, first),) if last is None else ()
    if first is not None and last is not None and first > last:
        first, last = last, first
    return (YearRange(first, last),)
