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


def is_national(text: DoubtedAct) -> bool:
    """Whether a text is one of the nation: of its code, or known to be of no region and of a kind that regions need not issue."""
    if text.wilayah is not None:
        return text.wilayah == NATIONAL
    return text.jenis is not None and text.jenis not in REGIONAL and "wilayah" not in text.doubtful


def checked_in(text: DoubtedAct) -> str | None:
    """The region whose verifiers settle the identity of a text; None where nobody knows its region yet: any verifier does."""
    return NATIONAL if is_national(text) else text.wilayah


def claimed_identity(act: Act) -> tuple[str, str, int, str, str] | None:
    """What an act claims to be, for comparing texts with texts: kind, number, year, region, issuer where it matters.

    None where it claims too little: no kind, number or year, or no region where the kind needs one.
    """
    nomor = folded_number(act.nomor)
    if act.jenis is None or not nomor or act.tahun is None or (act.jenis in REGIONAL and act.wilayah is None):
        return None
    issuer = "" if act.jenis in OF_ONE_ISSUER else folded_issuer(act.penerbit)
    return (act.jenis, nomor, act.tahun, _region(act), issuer)


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
