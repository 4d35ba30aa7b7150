"""Makes a database ready: its tables, the starting data, the first administrator. Repeating it changes nothing that is there."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from compliance.actor import NATIONAL, Actor, Role
from compliance.data import regions as region_data
from compliance.db import wait_for_setups
from compliance.models import Region, RegionAlias, User
from compliance.queries.users import user_count
from compliance.services import audit, awards, catalogue, observations, users

FIRST_EMAIL = "admin@patuh.local"


@dataclass(frozen=True, slots=True)
class Prepared:
    """What setup added this time. `link_nonce` is set only where the first administrator was made just now.

    `unused_link_for` is the address of an administrator whose one-time link nobody has used yet, None where there is none.
    """

    regions: int
    instruments: int
    claims: int
    unmatched: int
    link_nonce: str | None
    unused_link_for: str | None


def prepare_data(session: Session, actor: Actor) -> Prepared:
    """Loads what is missing of the starting data and makes the first administrator where there is no account."""
    wait_for_setups(session.connection())
    added_regions = load_regions(session, actor)
    added_instruments = catalogue.load_catalogue(session, actor)
    loaded = observations.load_observations(session, actor)
    awards.load_editions(session, actor)
    unused_link_for = session.scalar(select(User.email).where(User.email == FIRST_EMAIL, User.link_nonce.is_not(None)))
    return Prepared(
        regions=added_regions,
        instruments=added_instruments,
        claims=loaded.claims,
        unmatched=loaded.unmatched,
        link_nonce=_first_administrator(session, actor),
        unused_link_for=unused_link_for,
    )


def load_regions(session: Session, actor: Actor) -> int:
    """Adds the regions and aliases that are not there yet; returns how many regions."""
    held = set(session.scalars(select(Region.kode)))
    missing = [row for row in region_data.regions() if row.kode not in held]
    for row in missing:
        session.add(
            Region(
                kode=row.kode,
                jenis=row.jenis,
                nama=row.nama,
                provinsi_kode=row.provinsi,
                penduduk=row.penduduk,
                luas_km2=None if row.luas_km2 is None else float(row.luas_km2),
                lat=row.lat,
                lng=row.lng,
            )
        )
    session.flush()
    known = set(session.scalars(select(RegionAlias.alias)))
    session.add_all(
        RegionAlias(kode=row.kode, alias=row.alias) for row in region_data.aliases() if row.alias not in known
    )
    if missing:
        audit.record(session, actor, "memuat wilayah", ("wilayah", NATIONAL), detail=f"{len(missing)} wilayah")
    return len(missing)


def _first_administrator(session: Session, actor: Actor) -> str | None:
    if user_count(session):
        return None
    user = users.add_user(session, actor, email=FIRST_EMAIL, nama="Administrator")
    users.grant_role(session, actor, user, Role.ADMINISTRATOR, NATIONAL)
    return users.issue_link(session, actor, user)
