"""Taking files in: bytes are kept under their SHA-256, the same bytes once; each becomes a document that waits to be read."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import re
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from compliance.actor import Action, Actor
from compliance.db import now
from compliance.errors import PatuhError, Unreadable
from compliance.models import Document, DocumentVersion, File, Page
from compliance.queries.scopes import held_documents
from compliance.services import audit, work
from indexer.ocr import MISSING
from indexer.sandbox import Limits

CHUNK_BYTES = 1 << 20
MOST_BYTES = Limits().max_bytes
LONGEST_NAME = 255
FRESH_SECONDS = 10
LEFTOVER_SECONDS = 3600
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
# Faults of the moment, not of the bytes: offering the file again is a reason to try again.
PASSING_FAILURES = ("gangguan", "hilang")


@dataclass(frozen=True, slots=True)
class Kept:
    """Bytes that lie in the store."""

    sha256: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Received:
    """`is_new` is False where the same bytes had been received before; `in_bin` where their document lies in the bin."""

    document: Document
    is_new: bool
    in_bin: bool = False


def stored_path(store: Path, sha256: str) -> Path:
    """Where bytes with this hash lie."""
    return store / sha256[:2] / f"{sha256}.pdf"


def keep_bytes(store: Path, stream: IO[bytes], most: int = MOST_BYTES) -> Kept:
    """Copies a stream into the store; afterwards all of it is there under its hash, or nothing.

    Raises:
        Unreadable: longer than `most` bytes, or the stream breaks.
        PatuhError: the store can't be written.
    """
    try:
        incoming = store / "masuk"
        incoming.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=incoming)
        try:
            with os.fdopen(handle, "wb") as copy:
                _mark_as_written(copy)
                kept = _copied(stream, copy, most)
                _settle(Path(name), stored_path(store, kept.sha256), kept.size_bytes)
        finally:
            Path(name).unlink(missing_ok=True)
    except OSError as error:
        raise PatuhError(f"Berkas tidak bisa disimpan di {store}: {error.strerror}.") from error
    return kept


def remove_leftovers(store: Path) -> None:
    """Copies that a program did not live to finish are gone."""
    for path in (store / "masuk").glob("*"):
        try:
            if _is_leftover(path):
                path.unlink()
        except FileNotFoundError:
            continue  # finished in this very moment


def receive_document(session: Session, actor: Actor, kept: Kept, name: str) -> Received:
    """The document of these bytes, made and put in line for reading where they are new; `name` is remembered.

    Raises:
        Forbidden: the actor records nothing anywhere.
    """
    actor.require(Action.CATAT)
    name = clean_name(name)
    held = _document_of(session, kept.sha256)
    if held is None:
        try:
            with session.begin_nested():
                return Received(_new_document(session, actor, kept, name), is_new=True)
        except IntegrityError:
            # Another process received the same bytes in this very moment.
            held = _document_of(session, kept.sha256)
            if held is None:
                raise
    _offered_again(session, actor, held, name)
    return Received(held, is_new=False, in_bin=held.deleted_at is not None)


def clean_name(name: str) -> str:
    """A file's own name as it can be shown and stored: no folders, no control or direction marks, at most 255 characters."""
    text = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace").replace("\\", "/")
    text = _CONTROL.sub("", text.rsplit("/", 1)[-1]).strip()
    stem, dot, ending = text.rpartition(".")
    if len(text) > LONGEST_NAME and dot and len(ending) < 10:
        text = stem[: LONGEST_NAME - len(ending) - 1] + dot + ending
    return text[:LONGEST_NAME] or "tanpa nama.pdf"


def _copied(stream: IO[bytes], copy: IO[bytes], most: int) -> Kept:
    digest, size = hashlib.sha256(), 0
    while chunk := _next_chunk(stream):
        size += len(chunk)
        if size > most:
            raise Unreadable(
                "terlalu_besar", f"Berkas terlalu besar, paling besar {most // 1024**2} MB. Pecah berkasnya."
            )
        digest.update(chunk)
        copy.write(chunk)
    copy.flush()
    os.fsync(copy.fileno())
    return Kept(digest.hexdigest(), size)


def _mark_as_written(copy: IO[bytes]) -> None:
    """As long as this program lives and has the copy open, others see that it is being written, where the file system tells."""
    with contextlib.suppress(OSError):
        fcntl.flock(copy, fcntl.LOCK_EX)


def _is_leftover(path: Path) -> bool:
    """Whether nobody writes the copy any more: none holds its mark, or, where marks are unknown, it has lain there for an hour."""
    age = time.time() - path.stat().st_mtime
    if age < FRESH_SECONDS:
        return False
    with path.open("rb") as copy:
        try:
            fcntl.flock(copy, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return age > LEFTOVER_SECONDS
    return True


def _next_chunk(stream: IO[bytes]) -> bytes:
    try:
        return stream.read(CHUNK_BYTES)
    except OSError as error:
        raise Unreadable("tak_terbuka", f"Berkas tidak bisa dibaca dari tempatnya: {error.strerror}.") from error


def _settle(copy: Path, target: Path, size: int) -> None:
    """Moves a finished copy to its place, unless the same bytes lie there already."""
    if target.exists() and target.stat().st_size == size:
        return
    target.parent.mkdir(exist_ok=True)
    os.replace(copy, target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _document_of(session: Session, sha256: str) -> Document | None:
    """The document that has or had these bytes; one that is not in the bin before others."""
    chosen = select(Document).join(DocumentVersion, DocumentVersion.document_id == Document.id)
    chosen = chosen.where(DocumentVersion.file_sha256 == sha256)
    return session.scalar(chosen.order_by(Document.deleted_at.is_not(None), Document.id).limit(1))


def _new_document(session: Session, actor: Actor, kept: Kept, name: str) -> Document:
    moment = now()
    file = File(sha256=kept.sha256, size_bytes=kept.size_bytes, names=[name], received_at=moment)
    document = Document(file=file, received_at=moment, received_by=actor.user_id)
    session.add(document)
    session.flush()
    session.add(
        DocumentVersion(
            document_id=document.id,
            number=1,
            file_sha256=kept.sha256,
            reason="diterima",
            author_id=actor.user_id,
            recorded_at=moment,
        )
    )
    work.queue_reading(session, document.id)
    audit.record(session, actor, "menerima dokumen", ("dokumen", document.id), detail=name)
    return document


def _offered_again(session: Session, actor: Actor, document: Document, name: str) -> None:
    if name not in document.file.names:
        document.file.names = [*document.file.names, name]
        audit.record(
            session, actor, "menerima salinan", ("dokumen", document.id), wilayah=document.wilayah, detail=name
        )
    if document.failure_code in PASSING_FAILURES and document.deleted_at is None:
        read_again(session, actor, document)


def read_again(session: Session, actor: Actor, document: Document) -> None:
    """The document waits to be read once more; what was read before stays until then."""
    actor.require(Action.CATAT, document.wilayah)
    document.reading_state = "menunggu"
    document.failure_code = document.failure_reason = None
    work.queue_reading(session, document.id)
    audit.record(session, actor, "membaca ulang", ("dokumen", document.id), wilayah=document.wilayah)


def read_again_with_ocr(session: Session, actor: Actor) -> int:
    """Documents with pages that waited for OCR to be installed wait to be read again; returns how many."""
    waiting = select(Page.document_id).where(Page.source == "belum", Page.reason.contains(MISSING, autoescape=True))
    chosen = select(Document).where(held_documents(), Document.id.in_(waiting), Document.reading_state == "sebagian")
    documents = session.scalars(chosen).all()
    for document in documents:
        read_again(session, actor, document)
    return len(documents)
