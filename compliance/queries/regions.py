"""Reads about regions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from compliance.actor import Actor
from compliance.errors import NotFound
from compliance.models import Region
from compliance.queries.scopes import readable


def all_regions(session: Session, actor: Actor) -> Sequence[Region]:
    """Every region the actor reads, by code; the nation first."""
    return session.scalars(select(Region).where(readable(actor, Region.kode)).order_by(Region.kode)).all()


def provinces(session: Session, actor: Actor) -> Sequence[Region]:
    """The provinces the actor reads, by code."""
    return [region for region in all_regions(session, actor) if region.jenis == "provinsi"]


def local_regions(session: Session, actor: Actor, provinsi: str) -> Sequence[Region]:
    """The kabupaten and kota of a province, by code.

    Raises:
        NotFound: no such province, or not the actor's to read.
    """
    region_by_code(session, actor, provinsi)
    return session.scalars(select(Region).where(Region.provinsi_kode == provinsi).order_by(Region.kode)).all()


def region_by_code(session: Session, actor: Actor, kode: str) -> Region:
    """Raises NotFound where the code is unknown or not the actor's to read."""
    region = session.get(Region, kode)
    if region is None or not actor.reads(kode):
        raise NotFound(f"Wilayah dengan kode {kode} tidak ada, atau di luar wilayah Anda.")
    return region


def region_names(session: Session, codes: Iterable[str | None]) -> dict[str, str]:
    """The official names of these regions by code, for labels on rows that the actor was given already."""
    wanted = {code for code in codes if code}
    found = session.execute(select(Region.kode, Region.nama).where(Region.kode.in_(wanted)))
    return {code: name for code, name in found}
