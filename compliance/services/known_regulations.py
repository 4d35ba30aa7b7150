"""Local regulations that a claim names by number and year: known, and so searchable, though nobody holds their text yet."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from compliance.db import now
from compliance.models import Regulation
from compliance.rules.ladders import PERDA_FORMS
from compliance.services.relations import point_at

KINDS = {kind: kind for kind in ("Perda", "Pergub", "Perbup", "Perwali", "Instruksi", "Keputusan", "SE")} | {
    "Surat Edaran": "SE",
    "Perwal": "Perwali",
}
"""The kind in the catalogue for each form as officials write it."""


@dataclass(frozen=True, slots=True)
class NamedAct:
    """What a claim says of the regulation it speaks of; None is not said."""

    wilayah: str
    bentuk: str | None
    nomor: str | None
    tahun: int | None
    judul: str
    sumber: str
    catatan: str

    @property
    def jenis(self) -> str | None:
        """The kind as the catalogue names it: a Qanun or Perdasus is a Perda."""
        if self.bentuk in PERDA_FORMS:
            return "Perda"
        return KINDS.get(self.bentuk or "")

    @property
    def identity(self) -> tuple[str, str, int, str] | None:
        """Kind, folded number, year and region; None where one of them is not said."""
        if self.jenis is None or self.nomor is None or self.tahun is None:
            return None
        return (self.jenis, _folded(self.nomor), self.tahun, self.wilayah)


class KnownRegulations:
    """The regulations of a session by identity, read once; a new one joins them."""

    def __init__(self, session: Session) -> None:
        self._session = session
        rows = session.scalars(select(Regulation).where(Regulation.wilayah.is_not(None)).order_by(Regulation.id.desc()))
        self._held = {_identity(regulation): regulation for regulation in rows}

    def named(self, act: NamedAct) -> Regulation | None:
        """The regulation the act names, made where nobody knew it; None where its identity is not said in full.

        Its legal status stays unknown: that it was issued does not say that it still holds.
        """
        if act.identity is None:
            return None
        found = self._held.get(act.identity)
        if found is None:
            found = _new(act, act.identity)
            self._session.add(found)
            self._session.flush()
            point_at(self._session, found)
            self._held[act.identity] = found
        return found


def _new(act: NamedAct, identity: tuple[str, str, int, str]) -> Regulation:
    return Regulation(
        slug="-".join(str(part).lower() for part in identity),
        jenis=identity[0],
        bentuk=act.bentuk,
        nomor=act.nomor,
        tahun=act.tahun,
        wilayah=act.wilayah,
        judul=act.judul or None,
        sumber=act.sumber,
        catatan=act.catatan or None,
        recorded_at=now(),
    )


def _identity(regulation: Regulation) -> tuple[str, str, int | None, str | None]:
    return (regulation.jenis, _folded(regulation.nomor or ""), regulation.tahun, regulation.wilayah)


def _folded(nomor: str) -> str:
    """The number for comparing: small letters, nothing but letters and digits between dashes, no zeros in front."""
    return re.sub(r"[^0-9a-z]+", "-", nomor.lower()).strip("-").lstrip("0")
