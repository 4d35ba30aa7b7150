"""Names of provinces, kabupaten and kota as they are printed, each with its Kemendagri code."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from indexer.lines import key_of, prefix_distance

# Which words announce a region, and of which kind. Longer words first: WALIKOTA ends in KOTA.
_ANNOUNCERS: tuple[tuple[str, str], ...] = (
    ("KABUPATENADMINISTRASI", "kabupaten"),
    ("KOTAADMINISTRASI", "kota"),
    ("WALIKOTAMADYA", "kota"),
    ("KOTAMADYA", "kota"),
    ("WALIKOTA", "kota"),
    ("KABUPATEN", "kabupaten"),
    ("GUBERNUR", "provinsi"),
    ("PROVINSI", "provinsi"),
    ("PROPINSI", "provinsi"),
    ("BUPATI", "kabupaten"),
    ("KOTA", "kota"),
    ("KAB", "kabupaten"),
)
# What may stand between the announcing word and the name.
_BETWEEN = (
    "KABUPATENADMINISTRASI",
    "KOTAADMINISTRASI",
    "ADMINISTRASI",
    "KEPALADAERAHTINGKATII",
    "KEPALADAERAHTINGKATI",
    "DAERAHTINGKATII",
    "DAERAHTINGKATI",
    "KABUPATEN",
    "PROVINSI",
    "PROPINSI",
    "KOTA",
)
# What may follow a name on its line without making the reading doubtful.
_AFTER = ("PROVINSI", "PROPINSI", "NOMOR", "DAN", "DENGAN", "TENTANG", "SELAKU", "TAHUN", "NO", "REPUBLIK")
_LEVEL = re.compile(r"^(kabupaten administrasi|kota administrasi|kabupaten|kota|provinsi)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RegionReading:
    """A region as read from a line; `exact` is false where letters were guessed or something odd follows the name."""

    kode: str
    jenis: str
    nama: str
    exact: bool


@dataclass(frozen=True)
class RegionNames:
    """Folded names per kind of region (provinsi, kabupaten, kota): name -> (code, name without its level)."""

    names: dict[str, dict[str, tuple[str, str]]] = field(default_factory=dict)

    @classmethod
    def from_rows(cls, rows: Iterable[tuple[str, str, str, Sequence[str]]]) -> RegionNames:
        """Built from (kode, jenis, nama, aliases), names with or without their level ("Kabupaten Katingan")."""
        names: dict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
        everything = list(rows)
        for kode, jenis, nama, _ in everything:
            bare = _LEVEL.sub("", nama.strip())
            for spelling in _spellings(bare):
                names[jenis][key_of(spelling)] = (kode, bare)
        for kode, jenis, nama, aliases in everything:
            bare = _LEVEL.sub("", nama.strip())
            for alias in aliases:
                names[jenis].setdefault(key_of(_LEVEL.sub("", alias.strip())), (kode, bare))
        return cls(dict(names))

    def named_at_start(self, key: str, jenis: str) -> RegionReading | None:
        """The region of that kind whose name begins a folded text, or the only one that is nearly so named."""
        known = self.names.get(jenis, {})
        fitting = [name for name in known if key.startswith(name)]
        if fitting:
            name = max(fitting, key=len)
            rest = key[len(name) :]
            exact = not rest or rest.startswith(_AFTER)
            if exact or not self._nearest(key, known):
                kode, nama = known[name]
                return RegionReading(kode, jenis, nama, exact)
        return self._guessed(key, jenis)

    def _guessed(self, key: str, jenis: str) -> RegionReading | None:
        known = self.names.get(jenis, {})
        codes = {known[name] for name in self._nearest(key, known)}
        if len(codes) != 1:
            return None
        kode, nama = codes.pop()
        return RegionReading(kode, jenis, nama, exact=False)

    def _nearest(self, key: str, known: dict[str, tuple[str, str]]) -> list[str]:
        """Names within one misread letter in five of the whole text."""
        best: list[str] = []
        least = len(key) // 5
        for name in known:
            if len(name) < 5 or abs(len(name) - len(key)) > least:
                continue
            letters = prefix_distance(name, key, least)
            if letters is None:
                continue
            distance = max(letters, abs(len(name) - len(key)))
            if distance < least:
                best, least = [name], distance
            elif distance == least:
                best.append(name)
        return best

    def read(self, key: str) -> RegionReading | None:
        """The first region a folded line announces ("BUPATI …", "KABUPATEN …"); None where it announces none."""
        for position, announcer, jenis in _announcements(key):
            rest = key[position + len(announcer) :]
            found = self._after_announcer(rest, jenis)
            if found:
                return found
        return self.province_named_in(key)

    def _after_announcer(self, rest: str, jenis: str) -> RegionReading | None:
        found = self.named_at_start(rest, jenis)
        if found and found.exact:
            return found
        for word in _BETWEEN:
            if rest.startswith(word):
                return self.named_at_start(rest[len(word) :], jenis) or found
        return found

    def province_named_in(self, key: str) -> RegionReading | None:
        """A province that carries its own level in its name, wherever it stands (Daerah Istimewa Yogyakarta)."""
        for name, (kode, nama) in self.names.get("provinsi", {}).items():
            if name.startswith(("DAERAHISTIMEWA", "DAERAHKHUSUS")) and name in key:
                return RegionReading(kode, "provinsi", nama, exact=True)
        return None


def _spellings(name: str) -> list[str]:
    spellings = [name]
    if name.startswith("Kep. "):
        spellings.append("Kepulauan " + name[5:])
    if name.startswith("Kepulauan "):
        spellings.append("Kep " + name[10:])
    return spellings


def _announcements(key: str) -> list[tuple[int, str, str]]:
    """Announcing words of a folded line from left to right; no word inside a longer one."""
    found: list[tuple[int, str, str]] = []
    position = 0
    while position < len(key):
        here = next(((w, j) for w, j in _ANNOUNCERS if key.startswith(w, position)), None)
        if here:
            found.append((position, *here))
        position += len(here[0]) if here else 1
    return found
