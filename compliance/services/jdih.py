"""A JDIHN feed taken in: looked at first, written once confirmed. What we hold is completed, never overwritten."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from compliance.actor import NATIONAL, Action, Actor
from compliance.data.regions import region_by_code
from compliance.db import now
from compliance.errors import Invalid
from compliance.models import Regulation
from compliance.queries.printed_regions import printed_regions
from compliance.rules.identity import folded_number, is_same
from compliance.rules.jdih import Difference, JdihRecord, differences, gains, record_from
from compliance.services import audit, relations
from indexer.lines import key_of
from indexer.regions import RegionNames
from indexer.storable import storable

HEADS = ("Bupati", "Wali Kota", "Walikota", "Gubernur")
NO_REGION = "wilayahnya tidak terbaca dari judul, teuBadan atau penerbit; pilih wilayah sebelum memeriksa"


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes, or became, of one record. `number` counts from 1 as the file has them.

    `fate`: baru, dilengkapi, sama, berbeda (ours stays, both are shown), ditolak (with `reason`). `gains` are columns that get a value.
    """

    number: int
    title: str
    fate: str
    reason: str = ""
    record: JdihRecord | None = None
    wilayah: str | None = None
    act: Regulation | None = None
    gains: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class _Act:
    """A record as the identity rules compare it."""

    jenis: str
    nomor: str
    tahun: int
    wilayah: str | None
    penerbit: str | None


def previewed(
    session: Session, actor: Actor, records: Iterable[Mapping[str, Any]], wilayah: str | None = None
) -> list[Fate]:
    """Every record's fate; nothing is written. `wilayah` is the region of records that name none.

    Raises:
        Forbidden: the actor records nothing anywhere.
        Invalid: no such region.
    """
    actor.require(Action.CATAT)
    regions, wilayah = printed_regions(session), _chosen(wilayah)
    known = _Known(session)
    fates: list[Fate] = []
    for number, raw in enumerate(records, 1):
        fate = _fate(known, actor, regions, number, raw, wilayah)
        if fate.fate == "baru" and fate.record:
            # So that the same act a second time in the file is told as such.
            known.add(_new(fate.record, fate.wilayah))
        fates.append(fate)
    return fates


def import_feed(
    session: Session, actor: Actor, records: Iterable[Mapping[str, Any]], wilayah: str | None, file_name: str
) -> Counter[str]:
    """Regulations the feed tells of are known, with what it says; returns how many records had which fate. Safe to repeat.

    Raises:
        Invalid: no such region.
    """
    regions, known, wilayah = printed_regions(session), _Known(session), _chosen(wilayah)
    counted: Counter[str] = Counter()
    for number, raw in enumerate(records, 1):
        fate = _fate(known, actor, regions, number, raw, wilayah)
        counted[fate.fate] += 1
        if fate.record is not None and fate.fate != "ditolak":
            _keep(session, known, fate, fate.record)
    told = ", ".join(f"{count} {name}" for name, count in counted.items())
    audit.record(
        session, actor, "mengimpor JDIH", ("peraturan", "jdih"), wilayah=wilayah, detail=f"{file_name[:200]}: {told}"
    )
    return counted


def _chosen(wilayah: str | None) -> str | None:
    """The region chosen for records that name none; the nation's acts belong to none. Raises Invalid for an unknown one."""
    if wilayah in (None, "", NATIONAL):
        return None
    if wilayah not in region_by_code():
        raise Invalid("Wilayah itu tidak dikenal. Pilih wilayah dari daftar, lalu periksa lagi.")
    return wilayah


class _Known:
    """The regulations by kind, year and folded number; those of a kind and year are read when first asked for."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._read: set[tuple[str, int]] = set()
        self._held: dict[tuple[str, int, str], list[Regulation]] = defaultdict(list)

    def like(self, act: _Act) -> Regulation | None:
        self._read_all(act.jenis, act.tahun)
        held = self._held[act.jenis, act.tahun, folded_number(act.nomor)]
        return next((each for each in held if is_same(act, each)), None)

    def add(self, act: Regulation) -> None:
        self._held[act.jenis, act.tahun or 0, folded_number(act.nomor)].append(act)

    def _read_all(self, jenis: str, tahun: int) -> None:
        if (jenis, tahun) in self._read:
            return
        self._read.add((jenis, tahun))
        chosen = select(Regulation).where(Regulation.jenis == jenis, Regulation.tahun == tahun)
        for act in self._session.scalars(chosen.order_by(Regulation.id)):
            self.add(act)


def _fate(
    known: _Known, actor: Actor, regions: RegionNames, number: int, raw: Mapping[str, Any], wilayah: str | None
) -> Fate:
    title = storable(str(raw.get("judul") or raw.get("noPeraturan") or "tanpa judul")[:300])
    try:
        record = record_from(raw)
        kode = _region(record, regions, wilayah)
    except ValueError as error:
        return Fate(number, title, "ditolak", str(error))
    if not actor.may(Action.CATAT, kode or NATIONAL):
        return Fate(number, title, "ditolak", f"Anda tidak mencatat untuk wilayah {kode or 'nasional'}", record, kode)
    act = known.like(_Act(record.jenis, record.nomor, record.tahun, kode, _issuer(record, kode)))
    if act is None:
        return Fate(number, title, "baru", "", record, kode)
    gained, differing = tuple(gains(act, record)), tuple(differences(act, record))
    fate = "berbeda" if differing else "dilengkapi" if gained else "sama"
    return Fate(number, title, fate, "", record, kode, act, gained, differing)


def _region(record: JdihRecord, regions: RegionNames, wilayah: str | None) -> str | None:
    """The region the record names exactly, else the one the person chose; None for the nation's acts.

    Raises:
        ValueError: a region's act that names no region, and none was chosen.
    """
    if record.is_regional is False:
        return None
    readings = (regions.read(key_of(place)) for place in record.places if place)
    named = next((reading.kode for reading in readings if reading and reading.exact), None)
    if named or wilayah:
        return named or wilayah
    if record.is_regional:
        raise ValueError(NO_REGION)
    return None


def _issuer(record: JdihRecord, kode: str | None) -> str | None:
    """ "Bupati Katingan" for a decision of the Bupati in 62.06; a ministry as the feed names it."""
    region = region_by_code().get(kode or "")
    return f"{record.issuer} {region.nama_pendek}" if region and record.issuer in HEADS else record.issuer


def _keep(session: Session, known: _Known, fate: Fate, record: JdihRecord) -> None:
    act = fate.act or _new(record, fate.wilayah)
    for name in fate.gains:
        setattr(act, name, getattr(record, name))
    act.jdih = dict(record.raw)
    if fate.act is None:
        session.add(act)
        session.flush()
        known.add(act)
        relations.point_at(session, act)


def _new(record: JdihRecord, wilayah: str | None) -> Regulation:
    address = record.raw.get("urlDetailPeraturan") or record.raw.get("urlDownload") or "umpan JDIHN"
    named = ("jenis", "bentuk", "nomor", "tahun", "judul", "ditetapkan", "diundangkan", "gazette")
    values = {name: getattr(record, name) for name in named}
    issuer = _issuer(record, wilayah)
    return Regulation(**values, penerbit=issuer, wilayah=wilayah, sumber=address, recorded_at=now())
