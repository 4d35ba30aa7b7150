"""One state of a Whoosh index, as the postings `matching.py` asks for: read once, kept until something is written."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from functools import partial
from typing import Any

from indexer.engine import EVERYONE, FACETS, FacetValue
from indexer.index_files import broken_index_named
from indexer.nodes import Filters
from indexer.spelling import words_by_length

# Postings kept in memory between searches.
CACHED_POSTINGS = 600_000
SOFTENING = 0.75
ENDED = frozenset(("dicabut", "habis", "tidak berlaku"))
_JENIS, _TAHUN, _WILAYAH, _PENERBIT, _STATUS, _TOPIK = range(len(FACETS))


class Snapshot:
    """A Postings over an open Whoosh reader. Tables of segments the state before it had are taken over from there."""

    def __init__(self, reader: Any, before: Snapshot | None = None) -> None:
        self._reader = reader
        self.generation = reader.generation()
        self._leaves: list[tuple[Any, int]] = list(reader.leaf_readers())
        self._segments = {
            leaf.segment().segment_id(): self._rows_of(leaf, before) for leaf, _ in self._leaves if leaf.doc_count_all()
        }
        self._rows: list[dict[str, Any]] = [row for rows in self._segments.values() for row in rows]
        self._units = frozenset(
            offset + number
            for leaf, offset in self._leaves
            for number in range(leaf.doc_count_all())
            if not leaf.is_deleted(number)
        )
        self._norms: dict[str, list[float]] = {}
        self._words: Mapping[int, Sequence[str]] | None = None
        self._ties: Sequence[tuple[bool, int, str]] | None = None
        self._cache: OrderedDict[tuple[str, str], dict[int, float]] = OrderedDict()
        self._cached = 0

    @property
    def units(self) -> Set[int]:
        return self._units

    def file_names(self) -> Iterator[str]:
        """What the names of the files it reads have in them."""
        yield f"_{self.generation}.toc"
        yield from self._segments

    def close(self) -> None:
        self._reader.close()

    def id_of(self, unit: int) -> str:
        return str(self._rows[unit]["id"])

    def entries(self) -> dict[str, str]:
        return {self.id_of(unit): self._rows[unit]["about"]["hash"] for unit in sorted(self._units)}

    def counts(self, facet: str, units: Iterable[int]) -> dict[str, int]:
        place = FACETS.index(facet)
        counted = Counter(value for unit in units for value in _values(self._rows[unit]["about"]["facets"][place]))
        return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))

    def ranked(self, scores: Mapping[int, float], order: str) -> list[int]:
        """The units in this order; ties by falling score, then as `_tied` says, so that pages of results never overlap."""
        if self._ties is None:
            self._ties = list(map(_tied, self._rows))
        ties = self._ties
        ranked = sorted(scores, key=lambda unit: (-scores[unit], ties[unit]))
        if order == "relevansi":
            return ranked
        keys = {unit: self._rows[unit]["about"]["sort"][order] for unit in ranked}
        known = sorted((unit for unit in ranked if keys[unit]), key=keys.__getitem__, reverse=order == "tanggal")
        return known + [unit for unit in ranked if not keys[unit]]

    def weights(self, field: str, term: str) -> Mapping[int, float]:
        key = field, term
        found = self._cache.get(key)
        if found is None:
            found = self._cache[key] = self._read(field, term)
            self._cached += len(found)
            while self._cached > CACHED_POSTINGS and len(self._cache) > 1:
                self._cached -= len(self._cache.popitem(last=False)[1])
        else:
            self._cache.move_to_end(key)
        return found

    @broken_index_named()
    def positions(self, field: str, term: str, among: Set[int]) -> Mapping[int, Sequence[int]]:
        found: dict[int, Sequence[int]] = {}
        for leaf, offset in self._with_term(field, term):
            matcher = leaf.postings(field, term)
            for unit in sorted(unit for unit in among if offset <= unit < offset + leaf.doc_count_all()):
                matcher.skip_to(unit - offset)
                found[unit] = matcher.value_as("positions")
        return found

    @broken_index_named()
    def beginning(self, field: str, prefix: str) -> Iterable[str]:
        return sorted({term.decode("utf-8") for leaf, _ in self._leaves for term in leaf.expand_prefix(field, prefix)})

    def words(self) -> Mapping[int, Sequence[str]]:
        """The words of texts and titles by their length."""
        if self._words is None:
            self._words = words_by_length({*self.beginning("body", ""), *self.beginning("title", "")})
        return self._words

    def unit_of(self, unit_id: str) -> int | None:
        """The unit with that id."""
        return next((unit for unit in self._units if self._rows[unit]["id"] == unit_id), None)

    def norms(self, field: str) -> Sequence[float]:
        name = field.partition("_")[0]
        if name not in self._norms:
            place = ("body", "title").index(name)
            lengths = [row["about"]["lengths"][place] for row in self._rows]
            average = sum(lengths[unit] for unit in self._units) / max(1, len(self._units)) or 1.0
            self._norms[name] = [1 - SOFTENING + SOFTENING * length / average for length in lengths]
        return self._norms[name]

    def passing(self, filters: Filters) -> Set[int]:
        if not filters:
            return self._units
        tests = list(_tests(filters))
        return {unit for unit in self._units if all(test(self._rows[unit]["about"]["facets"]) for test in tests)}

    def visible(self, scopes: Iterable[str] | None) -> Set[int]:
        """The units a reader of these region codes may see."""
        if scopes is None:
            return self._units
        seen = {EVERYONE, *scopes}
        return {unit for unit in self._units if any(_within(own, seen) for own in self._rows[unit]["about"]["scopes"])}

    def _rows_of(self, leaf: Any, before: Snapshot | None) -> list[dict[str, Any]]:
        known = before._segments.get(leaf.segment().segment_id()) if before else None
        return known or [leaf.stored_fields(number) for number in range(leaf.doc_count_all())]

    def _with_term(self, field: str, term: str) -> Iterator[tuple[Any, int]]:
        return ((leaf, offset) for leaf, offset in self._leaves if (field, term) in leaf)

    @broken_index_named()
    def _read(self, field: str, term: str) -> dict[int, float]:
        weights: dict[int, float] = {}
        for leaf, offset in self._with_term(field, term):
            matcher = leaf.postings(field, term)
            while matcher.is_active():
                weights[matcher.id() + offset] = matcher.weight()
                matcher.next()
        return weights


def _tied(row: Mapping[str, Any]) -> tuple[bool, int, str]:
    """Sorts equals: what has ended last, then the newer first (no year: last), then by id."""
    facets = row["about"]["facets"]
    years = [int(year) for year in _values(facets[_TAHUN]) if year.isdigit()]
    return not ENDED.isdisjoint(_values(facets[_STATUS])), -max(years, default=0), str(row["id"])


def _within(code: str, codes: Iterable[str]) -> bool:
    """Whether a region is one of these, or lies in one of them."""
    return any(code == wider or code.startswith(f"{wider}.") for wider in codes)


def _values(value: FacetValue) -> tuple[str, ...]:
    """All values of a facet; the unknown one where there is none."""
    return (value,) if isinstance(value, str) else value or ("",)


def _tests(filters: Filters) -> Iterator[Callable[[Sequence[FacetValue]], bool]]:
    if filters.tahun:
        yield lambda facets: any(
            value.isdigit() and any(years.holds(int(value)) for years in filters.tahun)
            for value in _values(facets[_TAHUN])
        )
    if filters.wilayah:
        yield lambda facets: any(_within(value, filters.wilayah) for value in _values(facets[_WILAYAH]))
    for place, wanted in (
        (_JENIS, filters.jenis),
        (_STATUS, filters.status),
        (_PENERBIT, filters.penerbit),
        (_TOPIK, filters.topik),
    ):
        if wanted:
            yield partial(_is_any, place, frozenset(value.lower() for value in wanted))


def _is_any(place: int, wanted: Set[str], facets: Sequence[FacetValue]) -> bool:
    return any(value.lower() in wanted for value in _values(facets[place]))
