"""The regions as the library's readers need them: by the names that stand in print."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from compliance.models import Region, RegionAlias
from indexer.regions import RegionNames


def printed_regions(session: Session) -> RegionNames:
    """Every region with its other names. About 10 ms."""
    aliases: dict[str, list[str]] = {}
    for alias in session.scalars(select(RegionAlias)):
        aliases.setdefault(alias.kode, []).append(alias.alias)
    regions = session.scalars(select(Region))
    return RegionNames.from_rows((row.kode, row.jenis, row.nama, aliases.get(row.kode, [])) for row in regions)
