"""Which region a written name means, or which ones it may mean."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache

from compliance.data.regions import NASIONAL, RegionRow, aliases, region_by_code, regions

_TYPE_WORDS = {
    "kabupaten": "kabupaten", "kab": "kabupaten", "pemkab": "kabupaten",
    "kota": "kota", "kotamadya": "kota", "kodya": "kota", "pemkot": "kota",
    "provinsi": "provinsi", "propinsi": "provinsi", "prov": "provinsi", "pemprov": "provinsi",
}  # fmt: skip
_FILLERS = {"pemerintah", "administrasi", "adm"}
_SPELLED_OUT = {"kep": "kepulauan", "peg": "pegunungan"}
_SIMILAR = 0.82
_MOST_SUGGESTIONS = 5


@dataclass(frozen=True, slots=True)
class RegionMatch:
    """What a written name resolved to: one code, or none with the regions it may mean, likeliest first."""

    kode: str | None
    saran: tuple[RegionRow, ...] = ()
    alasan: str = ""
    """Indonesian sentence saying why there is no match; empty where there is one."""


@dataclass(frozen=True, slots=True)
class _Written:
    jenis: str | None
    bare: str
    whole: str


def match_region(name: str, provinsi: str | None = None) -> RegionMatch:
    """The region meant by an official name, its short form, a usual abbreviation or a code; never a guess.

    `provinsi` (name or code) narrows the choice to that province and what lies in it. Other spellings and former
    names are only suggested, as is a bare name that kabupaten, kota or province share.
    """
    scope = _province(provinsi) if provinsi else None
    if provinsi and scope is None:
        return RegionMatch(None, alasan=f"provinsi “{provinsi}” tidak dikenal")
    written = _written(name)
    sure = _within(scope, _named(written))
    if len(sure) == 1 and not _disputed(written, sure[0], scope):
        return RegionMatch(sure[0].kode)
    return _no_match(name, written, scope)


def _no_match(name: str, written: _Written, scope: str | None) -> RegionMatch:
    sure = _within(scope, _named(written))
    offered = _distinct([*sure, *_within(scope, _otherwise_named(written)), *_similar(written, scope)])
    if sure:
        reason = f"“{name}” dapat berarti lebih dari satu wilayah; sebutkan kabupaten, kota atau provinsi"
    elif offered:
        reason = f"“{name}” tidak sama dengan nama resmi mana pun; yang termirip disarankan"
    elif offered := _named(written):
        reason = f"“{name}” tidak ada di provinsi itu; yang bernama sama di provinsi lain disarankan"
    else:
        reason = f"“{name}” tidak dikenal sebagai nama wilayah"
    return RegionMatch(None, tuple(offered[:_MOST_SUGGESTIONS]), reason)


def _province(name: str) -> str | None:
    """The code of the province of that name or code, also where a kabupaten or kota bears the same name."""
    found = [region for region in _names_that_decide().get(_written(name).bare, ()) if region.jenis == "provinsi"]
    return found[0].kode if len(found) == 1 else None


def _written(name: str) -> _Written:
    if re.fullmatch(r"\d\d(\.\d\d)?", code := name.strip()):
        return _Written(None, code, code)
    words = [_SPELLED_OUT.get(word, word) for word in re.findall(r"[a-z0-9]+", name.casefold().replace("'", ""))]
    while words and words[0] in _FILLERS:
        words.pop(0)
    jenis = _TYPE_WORDS.get(words[0]) if len(words) > 1 else None
    bare = words[1:] if jenis else words
    while len(bare) > 1 and bare[0] in _FILLERS:
        bare = bare[1:]
    return _Written(jenis, " ".join(bare), " ".join(words))


def _named(written: _Written) -> list[RegionRow]:
    """Regions with exactly this official name, code or usual abbreviation."""
    found = _names_that_decide().get(written.bare, ())
    return [region for region in found if written.jenis in (None, region.jenis)]


def _otherwise_named(written: _Written) -> list[RegionRow]:
    """Regions that have it as another spelling or former name, then those of the same name but another type."""
    return [*_names_that_suggest("").get(written.bare, ()), *_names_that_decide().get(written.bare, ())]


def _disputed(written: _Written, region: RegionRow, scope: str | None) -> bool:
    """Whether another region bears the same name in another spelling, so that the text alone doesn't decide."""
    others = _within(scope, _names_that_suggest("ejaan").get(written.bare, ()))
    return any(other != region and written.jenis in (None, other.jenis) for other in others)


@cache
def _names_that_decide() -> dict[str, tuple[RegionRow, ...]]:
    pairs = [(region.kode, region) for region in regions()]
    pairs += [(_written(region.nama).bare, region) for region in regions()]
    pairs += [(_key(row.alias), region_by_code()[row.kode]) for row in aliases() if row.sifat == "singkatan"]
    return _grouped(pairs)


@cache
def _names_that_suggest(sifat: str) -> dict[str, tuple[RegionRow, ...]]:
    """Names of that kind of alias ('' for both kinds that only suggest)."""
    kinds = {sifat} if sifat else {"ejaan", "lama"}
    return _grouped([(_key(row.alias), region_by_code()[row.kode]) for row in aliases() if row.sifat in kinds])


def _key(alias: str) -> str:
    return _written(alias).bare


def _grouped(pairs: list[tuple[str, RegionRow]]) -> dict[str, tuple[RegionRow, ...]]:
    groups: dict[str, list[RegionRow]] = {}
    for name, region in pairs:
        groups[name] = _distinct([*groups.get(name, []), region])
    return {name: tuple(found) for name, found in groups.items()}


def _similar(written: _Written, scope: str | None) -> list[RegionRow]:
    """Regions whose name differs by spaces or a few letters, likeliest first."""
    scored = [(_likeness(written, region), region) for region in _within(scope, regions())]
    near = [pair for pair in scored if pair[0] >= _SIMILAR]
    return [region for _, region in sorted(near, key=lambda pair: (-pair[0], pair[1].kode))]


def _likeness(written: _Written, region: RegionRow) -> float:
    """0 to 1 by letters alone; a region of another type than the one written counts a little less."""
    own = _written(region.nama).bare.replace(" ", "")
    tries = {written.bare.replace(" ", ""), written.whole.replace(" ", "")}
    best = max(SequenceMatcher(None, own, text, autojunk=False).ratio() for text in tries)
    return best if written.jenis in (None, region.jenis) else best - 0.05


def _within(scope: str | None, found: Iterable[RegionRow]) -> list[RegionRow]:
    return [region for region in found if scope in (None, NASIONAL, region.kode, region.provinsi)]


def _distinct(found: list[RegionRow]) -> list[RegionRow]:
    return list(dict.fromkeys(found))
