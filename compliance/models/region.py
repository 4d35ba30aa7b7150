"""Regions by Kemendagri code: the nation 00, provinces, kabupaten and kota, and the other names people give them."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from compliance.db import Base


class Region(Base):
    """`jenis` is negara, provinsi, kabupaten or kota; `nama` is the official name ("Kabupaten Katingan")."""

    __tablename__ = "region"

    kode: Mapped[str] = mapped_column(String(5), primary_key=True)
    jenis: Mapped[str] = mapped_column(String(10))
    nama: Mapped[str] = mapped_column(String(100))
    provinsi_kode: Mapped[str | None] = mapped_column(ForeignKey("region.kode"), index=True)
    penduduk: Mapped[int | None]
    luas_km2: Mapped[float | None]
    lat: Mapped[float | None]
    lng: Mapped[float | None]

    aliases: Mapped[list[RegionAlias]] = relationship(back_populates="region")

    @property
    def is_local(self) -> bool:
        """Whether it is a kabupaten or kota."""
        return self.jenis in ("kabupaten", "kota")

    @property
    def nama_pendek(self) -> str:
        """Without "Kabupaten"; "Kota" stays, because a kabupaten may share the name."""
        return self.nama.removeprefix("Kabupaten ")


class RegionAlias(Base):
    """Another name of a region, as people type it ("Kobar")."""

    __tablename__ = "region_alias"

    id: Mapped[int] = mapped_column(primary_key=True)
    kode: Mapped[str] = mapped_column(ForeignKey("region.kode"), index=True)
    alias: Mapped[str] = mapped_column(String(100), unique=True)

    region: Mapped[Region] = relationship(back_populates="aliases")
