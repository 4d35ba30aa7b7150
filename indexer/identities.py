"""Instruments as people name them: "pp 85/2013", "perbup kutim no 12 tahun 2023 pasal 4 ayat (1)"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from indexer.concepts import ISSUED, KINDS, Kind, is_year, issuer_at, issuer_of, kind_at
from indexer.nodes import Identity
from indexer.words import analyse

_LEVEL_WORDS = {
    "kabupaten": "kabupaten",
    "kab": "kabupaten",
    "kota": "kota",
    "provinsi": "provinsi",
    "propinsi": "provinsi",
    "prov": "provinsi",
}
_NUMBER_WORDS = ("nomor", "no", "nomer", "nr")
_YEAR_WORDS = ("tahun", "thn", "th")
_LONGEST_REGION = 6
_CODE = re.compile(r"(\d\d)(?:\.?(\d\d))?")
_ARTICLE_BEFORE = re.compile(
    r"\bpasal (?P<pasal>\d\w*)(?: ayat (?P<ayat>\d+\w?))?(?: huruf (?P<huruf>[a-z]))?(?: (?:dari|dalam|pada))?$"
)
_LONG_NUMBERS = ("Keputusan", "Kepmen", "SE", "Instruksi")


@dataclass(frozen=True, slots=True)
class IdentityNames:
    """The names of regions a person may type: folded alias (words of `analyse`) -> codes it may mean.

    `labels` is how a code is told back.
    """

    regions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> IdentityNames:
        """Made from (name or alias as written, code), a code's own name first; a name of several regions keeps them all."""
        regions: dict[str, tuple[str, ...]] = {}
        labels: dict[str, str] = {}
        for name, code in pairs:
            labels.setdefault(code, name)
            alias = " ".join(analyse(name))
            if alias and code not in regions.get(alias, ()):
                regions[alias] = (*regions.get(alias, ()), code)
        return cls(regions, labels)

    def codes(self, name: str) -> tuple[str, ...]:
        """The codes a name or code stands for; empty where it is unknown."""
        code = _CODE.fullmatch(name.strip())
        if code:
            return (".".join(filter(None, code.groups())),)
        return self.regions.get(" ".join(analyse(name)), ())


class Found(NamedTuple):
    """An identity said by words[first:end]; `region_words` name its region, `kind` is what its kind is called."""

    identity: Identity
    first: int
    end: int
    kind: Kind
    region_words: tuple[str, ...]


def identities(words: Sequence[str], names: IdentityNames) -> Iterator[Found]:
    """The instruments named in a list of words, in order, not overlapping."""
    at = free = 0
    while at < len(words):
        found = _identity_at(words, at, names)
        if found:
            yield _with_article_before(words[free:at], found)
            free = found.end
        at = found.end if found else at + 1


def _with_article_before(before: Sequence[str], found: Found) -> Found:
    """ "pasal 4 ayat (1) pp 85/2013" names the same as "pp 85/2013 pasal 4 ayat (1)"."""
    place = _ARTICLE_BEFORE.search(" ".join(before))
    if place is None or found.identity.pasal:
        return found
    identity = replace(found.identity, pasal=place["pasal"], ayat=place["ayat"], huruf=place["huruf"])
    return found._replace(identity=identity, first=found.first - len(place.group().split()))


def identity_terms(identity: Identity) -> tuple[str, ...]:
    """The index terms of a document's own identity, for `Unit.identity`."""
    terms: list[str] = [f"jenis={identity.jenis}"]
    if identity.nomor:
        terms += [f"nomor={form}" for form in _number_forms(identity.nomor, identity.tahun)]
    if identity.tahun is not None:
        terms.append(f"tahun={identity.tahun}")
    terms += [f"wilayah={code}" for code in identity.wilayah]
    if identity.penerbit:
        terms.append(f"penerbit={issuer_of(identity.penerbit) or identity.penerbit}")
    return tuple(terms)


def required_terms(identity: Identity) -> tuple[tuple[str, ...], ...]:
    """What a document must carry to be the instrument asked for: each inner tuple holds alternatives."""
    asked: list[tuple[str, ...]] = [(f"jenis={identity.jenis}",)]
    if identity.nomor:
        asked.append(tuple(f"nomor={form}" for form in _number_forms(identity.nomor, identity.tahun)))
    if identity.tahun is not None:
        asked.append((f"tahun={identity.tahun}",))
    if identity.wilayah:
        asked.append(tuple(f"wilayah={code}" for code in identity.wilayah))
    if identity.penerbit:
        asked.append((f"penerbit={identity.penerbit}",))
    return tuple(asked)


def kind_named(name: str) -> str | None:
    """The jenis a person means by a name or abbreviation ("perbup", "Peraturan Bupati"); None for an unknown one."""
    kind = KINDS.get(tuple(analyse(name)))
    if kind:
        return kind.jenis
    return next((kind.jenis for kind in KINDS.values() if kind.jenis.lower() == name.strip().lower()), None)


def _number_forms(nomor: str, tahun: int | None) -> Iterator[str]:
    parts = analyse(nomor)
    if not parts:
        return
    yield "/".join(parts)
    if tahun is not None and parts[-1] == str(tahun) and len(parts) > 1:
        yield "/".join(parts[:-1])


@dataclass(slots=True)
class _Reading:
    """An identity being read word by word from `at` on."""

    words: Sequence[str]
    at: int
    kind: Kind
    names: IdentityNames
    identity: Identity
    region_words: tuple[str, ...] = ()

    def read(self) -> None:
        while self.at < len(self.words) and self._part():
            pass

    def _part(self) -> bool:
        return self._labelled() or self._bare_number() or self._region() or self._filler()

    def _labelled(self) -> bool:
        word, value = self.words[self.at], self._word(self.at + 1)
        identity = self.identity
        if word in _NUMBER_WORDS and value[:1].isdigit() and not identity.nomor:
            self.at += 1
            self._take_number()
        elif word in _YEAR_WORDS and is_year(value) and identity.tahun is None:
            self._take(2, tahun=int(value))
        elif word == "pasal" and value[:1].isdigit() and not identity.pasal:
            self._take(2, pasal=value)
        elif word == "ayat" and value.isdigit() and identity.pasal and not identity.ayat:
            self._take(2, ayat=value)
        elif word == "huruf" and len(value) == 1 and identity.pasal and not identity.huruf:
            self._take(2, huruf=value)
        else:
            return False
        return True

    def _bare_number(self) -> bool:
        word = self.words[self.at]
        if not word[0].isdigit() or self.identity.pasal:
            return False
        if is_year(word) and self.identity.tahun is None:
            self._take(1, tahun=int(word))
        elif not self.identity.nomor:
            self._take_number()
        else:
            return False
        return True

    def _take_number(self) -> None:
        """12, or the several parts of 188.45/123/2019 as decisions are numbered."""
        end = self.at
        while end < len(self.words) and self.words[end][:1].isdigit():
            end += 1
        parts = self.words[self.at : end]
        if len(parts) > 2 and self.kind.jenis in _LONG_NUMBERS:
            self._take(len(parts), nomor="/".join(parts), tahun=int(parts[-1]) if is_year(parts[-1]) else None)
        else:
            self._take(1, nomor=parts[0])

    def _filler(self) -> bool:
        if self.identity.nomor or self._word(self.at) not in ("republik", "indonesia", "ri"):
            return False
        self.at += 1
        return True

    def _region(self) -> bool:
        if self.identity.wilayah or self.kind.level == "pusat":
            return False
        level = _LEVEL_WORDS.get(self.words[self.at])
        start = self.at + (1 if level else 0)
        for size in range(_LONGEST_REGION, 0, -1):
            name = tuple(self.words[start : start + size])
            codes = self.names.regions.get(" ".join(name), ()) if len(name) == size else ()
            if codes:
                self.region_words = name
                self._take(start + size - self.at, wilayah=_of_level(codes, level or self.kind.level))
                return True
        return False

    def _take(self, count: int, **parts: object) -> None:
        self.identity = replace(self.identity, **parts)  # type: ignore[arg-type]
        self.at += count

    def _word(self, at: int) -> str:
        return self.words[at] if at < len(self.words) else ""


def _identity_at(words: Sequence[str], first: int, names: IdentityNames) -> Found | None:
    found = kind_at(words, first)
    if not found:
        return None
    kind, end = found
    issuer = kind.issuer
    if issuer is None and kind.jenis in ISSUED and (ministry := issuer_at(words, end)):
        issuer, end = ministry
    reading = _Reading(words, end, kind, names, Identity(kind.jenis, penerbit=issuer))
    reading.read()
    if not _says_enough(reading):
        return None
    return Found(reading.identity, first, reading.at, kind, reading.region_words)


def _says_enough(reading: _Reading) -> bool:
    identity = reading.identity
    if reading.kind.needs_number:
        return identity.nomor is not None
    return identity.nomor is not None or identity.tahun is not None or bool(identity.wilayah)


def _of_level(codes: tuple[str, ...], level: str) -> tuple[str, ...]:
    """The codes of that level; all of them where none is (a wrong guess must not hide a region)."""
    return tuple(code for code in codes if _level_of(code) == level) or codes


def _level_of(code: str) -> str:
    if len(code) == 2:
        return "provinsi"
    return "kota" if code[3:4] in "789" else "kabupaten"
