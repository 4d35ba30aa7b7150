"""The legal act: national instruments and local regulations, held as text or only known; what they ask; how they relate."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from compliance.db import Base, UtcDateTime


class Regulation(Base):
    """A legal act. Unknown parts are None. `status` is what `rules/standing.py` lets lists say today: berlaku,
    diubah, dicabut, habis, belum berlaku, rancangan, or None (belum diperiksa).

    `slug` is set for rows of the shipped catalogue ("inpres-2-2021") and for regulations made by the loader. `berlaku_sampai` is the
    last day of validity where one is set. `unverified` names the columns that nobody read in a source yet. `jdih` keeps what a JDIHN feed
    said of it, field for field.
    """

    __tablename__ = "regulation"
    __table_args__ = (Index("ix_regulation_identity", "jenis", "nomor", "tahun", "wilayah"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str | None] = mapped_column(String(120), unique=True)
    jenis: Mapped[str] = mapped_column(String(30))
    bentuk: Mapped[str | None] = mapped_column(String(80))
    nomor: Mapped[str | None] = mapped_column(String(80))
    tahun: Mapped[int | None]
    wilayah: Mapped[str | None] = mapped_column(ForeignKey("region.kode"), index=True)
    penerbit: Mapped[str | None] = mapped_column(String(200))
    judul: Mapped[str | None] = mapped_column(Text)
    ditetapkan: Mapped[date | None]
    diundangkan: Mapped[date | None]
    gazette: Mapped[str | None] = mapped_column(String(120))
    mulai_berlaku: Mapped[date | None]
    berlaku_sampai: Mapped[date | None]
    status: Mapped[str | None] = mapped_column(String(20))
    catatan: Mapped[str | None] = mapped_column(Text)
    sumber: Mapped[str | None] = mapped_column(Text)
    unverified: Mapped[list[str]] = mapped_column(JSON, default=list)
    topik: Mapped[list[str]] = mapped_column(JSON, default=list)
    jdih: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    is_catalogue: Mapped[bool] = mapped_column(default=False)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)

    obligations: Mapped[list[Obligation]] = relationship(back_populates="regulation", order_by="Obligation.urutan")
    relations: Mapped[list[RegulationRelation]] = relationship(
        back_populates="source", foreign_keys="RegulationRelation.from_id"
    )

    def ended_before(self, day: date) -> bool:
        """Whether its validity had run out on `day`."""
        return self.berlaku_sampai is not None and self.berlaku_sampai < day


class RegulationRelation(Base):
    """`kind`: mengubah, mencabut, melaksanakan, dasar hukum, dilanjutkan. The target may be known only by name (`to_text`).

    Read from `page` of a document, where `quote` says it, it is a proposal until a person decides: `decision` is diterima, ditolak, or
    None (belum diperiksa). `origin`: naskah (read from the document), orang (entered by hand), katalog (shipped). `is_missing`: decided
    on, and the latest reading of the document no longer finds it. `kind` may also be mencabut sebagian.
    """

    __tablename__ = "regulation_relation"

    id: Mapped[int] = mapped_column(primary_key=True)
    from_id: Mapped[int] = mapped_column(ForeignKey("regulation.id"), index=True)
    kind: Mapped[str] = mapped_column(String(30))
    to_id: Mapped[int | None] = mapped_column(ForeignKey("regulation.id"), index=True)
    to_text: Mapped[str] = mapped_column(Text)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    page: Mapped[int | None]
    is_sourced: Mapped[bool] = mapped_column(default=False)
    origin: Mapped[str] = mapped_column(String(12), default="naskah")
    quote: Mapped[str | None] = mapped_column(Text)
    is_missing: Mapped[bool] = mapped_column(default=False)
    decision: Mapped[str | None] = mapped_column(String(12))
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decision_reason: Mapped[str | None] = mapped_column(Text)

    source: Mapped[Regulation] = relationship(back_populates="relations", foreign_keys=[from_id])
    target: Mapped[Regulation | None] = relationship(foreign_keys=[to_id])


class Obligation(Base):
    """What an instrument asks of a kabupaten/kota or province, in our words. `is_sourced` False is shown as belum diverifikasi."""

    __tablename__ = "obligation"

    id: Mapped[int] = mapped_column(primary_key=True)
    regulation_id: Mapped[int] = mapped_column(ForeignKey("regulation.id"), index=True)
    kode: Mapped[str] = mapped_column(String(120), unique=True)
    urutan: Mapped[int]
    subjek: Mapped[str] = mapped_column(String(30))
    teks: Mapped[str] = mapped_column(Text)
    pasal: Mapped[str | None] = mapped_column(Text)
    is_sourced: Mapped[bool]
    sumber: Mapped[str | None] = mapped_column(Text)

    regulation: Mapped[Regulation] = relationship(back_populates="obligations")
