"""Texts we hold: bytes, documents, pages with their words' places, what was read of their identity and structure."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from compliance.db import Base, UtcDateTime, keep_as_recorded
from compliance.models.regulation import Regulation


class File(Base):
    """Bytes, kept under their SHA-256. `names` are all the names they were offered under, first one first."""

    __tablename__ = "file"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    size_bytes: Mapped[int]
    names: Mapped[list[str]] = mapped_column(JSON)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)


class DocumentVersion(Base):
    """The bytes a document has, or had, under its one id. `number` counts from 1; the highest is the one read and shown.

    Going back to an older file is a new version with its bytes.
    `reason` says in words why it came: diterima, salinan yang lebih baik, dibuka dengan kata sandi, …
    """

    __tablename__ = "document_version"
    __table_args__ = (UniqueConstraint("document_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    number: Mapped[int]
    file_sha256: Mapped[str] = mapped_column(ForeignKey("file.sha256"), index=True)
    reason: Mapped[str] = mapped_column(Text)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)

    file: Mapped[File] = relationship(lazy="joined")


class Document(Base):
    """One held text with a stable id. Identity columns hold the value in force: a person's correction, else what was read.

    `file_sha256` is the version in force; `pages_sha256` the earlier file whose pages are shown as long as that one waits to be read,
    None once it was. `deleted_at` puts it into the bin: neither listed, searched nor counted, and restored whole.
    `replaced_by_id` names the document that took over its file and its addresses.

    `reading_state`: menunggu, dibaca (being read), terbaca, sebagian (some pages belum terbaca), gagal.
    `failure_code` and `failure_reason` belong to gagal. `doubtful` names the identity fields that need a person.
    `status` is its regulation's. `search_hash` changes with everything search shows.
    """

    __tablename__ = "document"

    id: Mapped[int] = mapped_column(primary_key=True)
    file_sha256: Mapped[str] = mapped_column(ForeignKey("file.sha256"), index=True)
    pages_sha256: Mapped[str | None] = mapped_column(ForeignKey("file.sha256"))
    regulation_id: Mapped[int | None] = mapped_column(ForeignKey("regulation.id"), index=True)
    jenis: Mapped[str | None] = mapped_column(String(30), index=True)
    bentuk: Mapped[str | None] = mapped_column(String(80))
    nomor: Mapped[str | None] = mapped_column(String(80))
    tahun: Mapped[int | None] = mapped_column(index=True)
    wilayah: Mapped[str | None] = mapped_column(ForeignKey("region.kode"), index=True)
    penerbit: Mapped[str | None] = mapped_column(String(200))
    judul: Mapped[str | None] = mapped_column(Text)
    ditetapkan: Mapped[date | None]
    diundangkan: Mapped[date | None]
    gazette: Mapped[str | None] = mapped_column(String(120))
    singkatan: Mapped[str | None] = mapped_column(String(40))
    doubtful: Mapped[list[str]] = mapped_column(JSON, default=list)
    status: Mapped[str | None] = mapped_column(String(20))
    is_sample: Mapped[bool] = mapped_column(default=False)
    reading_state: Mapped[str] = mapped_column(String(20), default="menunggu", index=True)
    failure_code: Mapped[str | None] = mapped_column(String(40))
    failure_reason: Mapped[str | None] = mapped_column(Text)
    page_count: Mapped[int] = mapped_column(default=0)
    pages_ocr: Mapped[int] = mapped_column(default=0)
    pages_unread: Mapped[int] = mapped_column(default=0)
    search_hash: Mapped[str] = mapped_column(String(64), default="")
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    received_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    deleted_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    deleted_reason: Mapped[str | None] = mapped_column(Text)
    replaced_by_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))

    file: Mapped[File] = relationship(lazy="joined", foreign_keys=[file_sha256])
    versions: Mapped[list[DocumentVersion]] = relationship(order_by="DocumentVersion.number")
    regulation: Mapped[Regulation | None] = relationship(foreign_keys=[regulation_id])
    fields: Mapped[list[DocumentField]] = relationship(back_populates="document", cascade="all, delete-orphan")
    parts: Mapped[list[Part]] = relationship(
        back_populates="document", cascade="all, delete-orphan", order_by="Part.urutan"
    )

    @property
    def file_name(self) -> str:
        return self.file.names[0]

    @property
    def shown_sha256(self) -> str:
        """The file that the stored pages were read from; their pictures are drawn from it."""
        return self.pages_sha256 or self.file_sha256


class Page(Base):
    """One page, counted from 1. `source`: asli, ocr, belum, or tangan (not readable, typed by a person).

    `boxes` is the compressed list of its words' places. `layer` is the verdict on the file's own text layer: baik, ragu, buruk,
    tidak ada ("" where read before verdicts were kept).
    Where a person corrected the text, `text`, `terms` and `boxes` follow the correction, and the machine's stay in `machine_*`.
    """

    __tablename__ = "page"
    __table_args__ = (UniqueConstraint("document_id", "number"), Index("ix_page_source", "source"))

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    number: Mapped[int]
    width: Mapped[float]
    height: Mapped[float]
    text: Mapped[str] = mapped_column(Text)
    terms: Mapped[str] = mapped_column(Text, default="")
    boxes: Mapped[bytes] = deferred(mapped_column(LargeBinary))
    other_text: Mapped[str | None] = deferred(mapped_column(Text))
    machine_text: Mapped[str | None] = deferred(mapped_column(Text))
    machine_boxes: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))
    source: Mapped[str] = mapped_column(String(10))
    layer: Mapped[str] = mapped_column(String(12), default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    confidence: Mapped[float | None]
    extractor: Mapped[str] = mapped_column(String(60), default="")


class PageCorrection(Base):
    """What a person says a page reads, of one file; `text` None withdraws. The latest of a page is in force, all stay."""

    __tablename__ = "page_correction"
    __table_args__ = (Index("ix_page_correction_document_page", "document_id", "page"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    file_sha256: Mapped[str] = mapped_column(ForeignKey("file.sha256"))
    page: Mapped[int]
    text: Mapped[str | None] = mapped_column(Text)
    author_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)


class DocumentField(Base):
    """One identity field as the machine read it, with where on which page, or as a person corrected it (`author_id`).

    `confidence` is OCR's for the words it was read from (0-100, their least); None for a text layer or a person.
    """

    __tablename__ = "document_field"
    __table_args__ = (Index("ix_document_field_document_name", "document_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    name: Mapped[str] = mapped_column(String(30))
    value: Mapped[str | None] = mapped_column(Text)
    is_doubtful: Mapped[bool]
    confidence: Mapped[float | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    page: Mapped[int | None]
    box: Mapped[list[float] | None] = mapped_column(JSON)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)

    document: Mapped[Document] = relationship(back_populates="fields")


class Part(Base):
    """A piece of structure (bab, pasal, diktum, lampiran…) from a place on one page to a place on another.

    Offsets count characters of the page's text; `parent_urutan` points at the enclosing part of the same document.
    """

    __tablename__ = "part"
    __table_args__ = (UniqueConstraint("document_id", "urutan"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    urutan: Mapped[int]
    parent_urutan: Mapped[int | None]
    kind: Mapped[str] = mapped_column(String(20))
    number: Mapped[str] = mapped_column(String(40))
    heading: Mapped[str] = mapped_column(Text, default="")
    page: Mapped[int]
    start: Mapped[int]
    end_page: Mapped[int]
    end: Mapped[int]

    document: Mapped[Document] = relationship(back_populates="parts")


keep_as_recorded(DocumentVersion, PageCorrection)
