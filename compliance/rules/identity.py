"""When two papers speak of the same legal act. Numbers and issuers are compared as people mean them, not letter by letter."""

from __future__ import annotations

import re
from typing import Protocol

from compliance.actor import NATIONAL
from indexer.concepts import issuer_of

REGIONAL = ("Perda", "Pergub", "Perbup", "Perwali")
# For these, kind and region name the issuer. For all others many issuers share a number, so the issuer has to agree too.
OF_ONE_ISSUER = ("UU", "Perppu", "PP", "Perpres", "Inpres", "Keppres", *REGIONAL)
WITHOUT_IDENTITY = ("Lainnya",)
_HEADS = ("bupati", "walikota", "gubernur")


class Act(Protocol):
    """What identifies an act; Document and Regulation both have it."""

    @property
    def jenis(self) -> str | None: ...
    @property
    def nomor(self) -> str | None: ...
    @property
    def tahun(self) -> int | None: ...
    @property
    def wilayah(self) -> str | None: ...
    @property
    def penerbit(self) -> str | None: ...


class DoubtedAct(Act, Protocol):
    """An act as read, with the names of the fields that need a person."""

    @property
    def doubtful(self) -> list[str]: ...


class Citation(Protocol):
    """An act as another one names it."""

    @property
    def jenis(self) -> str: ...
    @property
    def nomor(self) -> str: ...
    @property
    def tahun(self) -> int | None: ...
    @property
    def wilayah(self) -> str | None: ...
    @property
    def words(self) -> str: ...


def is_certain(act: DoubtedAct) -> bool:
    """Whether kind, number, year and region (and the issuer where it matters) are known and none of them doubtful."""
    needed = ["jenis", "nomor", "tahun"]
    needed += ["wilayah"] if act.jenis in REGIONAL else []
    needed += [] if act.jenis in OF_ONE_ISSUER else ["penerbit"]
    if act.jenis in WITHOUT_IDENTITY or any(getattr(act, name) is None for name in needed):
        return False
    return not {*needed, "wilayah"} & set(act.doubtful)


def is_same(text: Act, act: Act) -> bool:
    """Whether a certain text is one of this act. An act known without its issuer is the head of region's."""
    if _numbered(text) != _numbered(act) or _region(text) != _region(act):
        return False
    if text.jenis in OF_ONE_ISSUER:
        return True
    issuer = folded_issuer(text.penerbit)
    if act.penerbit is None:
        return act.wilayah is not None and issuer.startswith(_HEADS)
    return issuer == folded_issuer(act.penerbit)


def is_cited(act: Act, citation: Citation, kode: str | None) -> bool:
    """Whether the citation certainly means this act; `kode` is the region it names, None where it names none."""
    cited = (citation.jenis, folded_number(citation.nomor), citation.tahun)
    if _numbered(act) != cited or _region(act) != (kode or NATIONAL):
        return False
    if citation.jenis in OF_ONE_ISSUER:
        return citation.jenis not in REGIONAL or kode is not None
    ministry = issuer_of(citation.words)
    return ministry is not None and ministry == issuer_of(act.penerbit or "")


def folded_number(nomor: str | None) -> str:
    """A number for comparing: no blanks, small letters, no zeros in front."""
    return re.sub(r"\s+", "", nomor or "").lower().lstrip("0")


def folded_issuer(penerbit: str | None) -> str:
    """An issuer for comparing: the ministry's key whatever it is called, else the letters of the name."""
    return issuer_of(penerbit or "") or "".join(re.findall(r"[a-z]+", (penerbit or "").lower()))


def _numbered(act: Act) -> tuple[str | None, str, int | None]:
    return (act.jenis, folded_number(act.nomor), act.tahun)


def _region(act: Act) -> str:
    return act.wilayah or NATIONAL
