"""What one offered file holds: itself, or the PDFs of a ZIP, each its own line. A ZIP says how big it is; here is counted."""

from __future__ import annotations

import os
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import RawIOBase
from pathlib import Path
from typing import IO, cast

from compliance.errors import Unreadable
from compliance.services.documents import MOST_BYTES, Kept, clean_name, keep_bytes
from indexer.sandbox import HEADER_WINDOW

SKIPPED = "dilewati"
BROKEN = Unreadable(
    "zip_rusak", "ZIP ini rusak atau terpotong. Buatlah sekali lagi, atau masukkan PDF-nya satu per satu."
)
BROKEN_ENTRY = "Berkas ini rusak di dalam ZIP-nya. Masukkan PDF-nya tersendiri."
LOCKED = "Berkas ini berkata sandi di dalam ZIP-nya. Bongkar ZIP itu dengan sandinya, lalu masukkan PDF-nya."
NESTED = "ZIP di dalam ZIP tidak dibongkar. Masukkan ZIP itu tersendiri."
NOT_PDF = "Bukan PDF, jadi dilewati."
PACKING = "Cara pemampatan berkas ini tidak dikenal. Buatlah ZIP biasa (Deflate), atau masukkan PDF-nya tersendiri."
OFFICE = "Ini berkas Office (misalnya Word), bukan PDF. Simpan sebagai PDF, lalu masukkan PDF-nya."
BOMB = "Isi ZIP ini mengembang tidak wajar; sisanya tidak dibongkar. Masukkan PDF-nya satu per satu."

# Everything that zipfile raises on bytes that are no sound ZIP.
FAULTS = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, struct.error, ValueError, OverflowError,
)  # fmt: skip
OFFICE_ENTRIES = frozenset({"[Content_Types].xml", "mimetype"})
ENCRYPTED, UTF8_NAME = 0x1, 0x800
ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one ZIP may hold. The ratio is unpacked bytes to the ZIP's own size, asked once `free_bytes` are unpacked."""

    entries: int = 2000
    directory_bytes: int = 4 << 20
    entry_bytes: int = MOST_BYTES
    total_bytes: int = 4 << 30
    ratio: int = 100
    free_bytes: int = 100 << 20


@dataclass(frozen=True, slots=True)
class Offered:
    """One file as it was offered. `place` tells people where: its name, or "kiriman.zip/perbup.pdf"."""

    name: str
    place: str
    keep: Callable[[Path], Kept]
    """Puts the bytes into a store. Raises Unreadable (code `dilewati`: no PDF and left out) or PatuhError."""


def is_archive(stream: IO[bytes]) -> bool:
    """Whether the bytes begin as a ZIP does; the stream stands at its start again."""
    stream.seek(0)
    head = stream.read(len(ZIP_STARTS[0]))
    stream.seek(0)
    return head in ZIP_STARTS


def offered_files(stream: IO[bytes], name: str, limits: Limits | None = None) -> Iterator[Offered]:
    """The files that a person offers with this one. Each must be kept before the next is asked for; directories are none.

    Entries of a ZIP are read as they come; nothing is written anywhere under a name that stands in the ZIP.
    """
    name = clean_name(name)
    if not is_archive(stream):
        yield Offered(name, name, lambda store: keep_bytes(store, stream))
        return
    yield from _Archive(stream, name, limits or Limits()).offered()


class _Archive:
    def __init__(self, stream: IO[bytes], name: str, limits: Limits) -> None:
        self.name = name
        self.limits = limits
        self.size_bytes = stream.seek(0, os.SEEK_END)
        self.unpacked_bytes = 0
        self.stream = cast("IO[bytes]", _Guarded(stream, limits.directory_bytes))

    def offered(self) -> Iterator[Offered]:
        try:
            archive = zipfile.ZipFile(self.stream)
        except Unreadable as error:
            yield self._refused(error)
            return
        except FAULTS:
            yield self._refused(BROKEN)
            return
        with archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir() and not _is_hidden(entry)]
            if len(entries) > self.limits.entries:
                yield self._refused(_too_many(self.limits.entries))
                return
            if not entries:
                yield self._refused(Unreadable("zip_kosong", "ZIP ini tidak berisi berkas. Periksa isinya."))
            if any(entry.filename in OFFICE_ENTRIES for entry in entries):
                yield self._refused(Unreadable("bukan_pdf", OFFICE))
                return
            for entry in entries:
                yield self._entry(archive, entry)

    def unpacked(self, count: int) -> None:
        """Counts what came out. Raises Unreadable where a ZIP of this size can't hold so much."""
        self.unpacked_bytes += count
        most = max(self.limits.free_bytes, self.limits.ratio * self.size_bytes)
        if self.unpacked_bytes > min(most, self.limits.total_bytes):
            raise Unreadable("zip_mengembang", BOMB)

    def _entry(self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Offered:
        name = clean_name(_true_name(entry))

        def keep(store: Path) -> Kept:
            _refuse_unopenable(entry)
            try:
                with archive.open(entry) as packed:
                    stream = _Entry(packed, self, name)
                    return keep_bytes(store, cast("IO[bytes]", stream), self.limits.entry_bytes)
            except FAULTS as error:
                raise Unreadable("zip_rusak", BROKEN_ENTRY) from error

        return Offered(name, f"{self.name}/{name}", keep)

    def _refused(self, error: Unreadable) -> Offered:
        def keep(_store: Path) -> Kept:
            raise error

        return Offered(self.name, self.name, keep)


class _Entry:
    """A packed file's bytes as they are unpacked: counted, and refused where they are no PDF."""

    def __init__(self, packed: IO[bytes], archive: _Archive, name: str) -> None:
        self.packed = packed
        self.archive = archive
        self.head = packed.read(HEADER_WINDOW)
        archive.unpacked(len(self.head))
        is_zip = self.head.startswith(ZIP_STARTS)
        if is_zip and name.lower().endswith(".zip"):
            raise Unreadable("zip_bersarang", NESTED)
        if not name.lower().endswith(".pdf") and (is_zip or b"%PDF-" not in self.head):
            raise Unreadable(SKIPPED, NOT_PDF)

    def read(self, count: int) -> bytes:
        if self.head:
            head, self.head = self.head, b""
            return head
        try:
            data = self.packed.read(count)
        except FAULTS as error:
            raise Unreadable("zip_rusak", BROKEN_ENTRY) from error
        self.archive.unpacked(len(data))
        return data


class _Guarded(RawIOBase):
    """The ZIP's own bytes; a single read of more than `most` is refused, for a table of contents of that size fills the memory."""

    def __init__(self, stream: IO[bytes], most: int) -> None:
        self.stream = stream
        self.most = most

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self.stream.tell()

    def seek(self, offset: int, whence: int = 0) -> int:
        return self.stream.seek(offset, whence)

    def read(self, count: int = -1) -> bytes:
        if count > self.most:
            raise Unreadable("zip_terlalu_banyak", "Daftar isi ZIP ini terlalu panjang. Bagilah menjadi beberapa ZIP.")
        return self.stream.read(count if count >= 0 else self.most)


def _too_many(most: int) -> Unreadable:
    return Unreadable("zip_terlalu_banyak", f"ZIP ini berisi lebih dari {most} berkas. Bagilah menjadi beberapa ZIP.")


def _refuse_unopenable(entry: zipfile.ZipInfo) -> None:
    """Other ways of packing unpack a whole chunk at once, however large it grows."""
    if entry.flag_bits & ENCRYPTED:
        raise Unreadable("terkunci", LOCKED)
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Unreadable("zip_pemampatan", PACKING)


def _true_name(entry: zipfile.ZipInfo) -> str:
    """The name as its author wrote it: many programs write UTF-8 without saying so, and zipfile then takes it for cp437."""
    if entry.flag_bits & UTF8_NAME:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return entry.filename


def _is_hidden(entry: zipfile.ZipInfo) -> bool:
    """What macOS puts beside every file, and other hidden ones: left out as they are in a folder."""
    steps = entry.filename.replace("\\", "/").split("/")
    return steps[0] == "__MACOSX" or steps[-1].startswith(".")
