"""A document whose file is locked: a copy without the lock becomes its next version. The password is kept nowhere."""

from __future__ import annotations

import tempfile
from pathlib import Path

from sqlalchemy.orm import Session

from compliance.actor import Action, Actor
from compliance.errors import Invalid, NotFound
from compliance.models import Document, DocumentVersion
from compliance.services.documents import Kept, keep_bytes, stored_path
from compliance.services.versions import add_version
from indexer.errors import UnreadableFile
from indexer.sandbox import save_unlocked

LOCKED = "terkunci"
REASON = "dibuka dengan kata sandi"


def keep_unlocked(actor: Actor, document: Document, store: Path, password: str) -> Kept:
    """A copy of the document's file without its lock lies in the store; about half a second, and no transaction.

    Raises:
        Forbidden: the actor records nothing in the document's region.
        Invalid: the file is not locked, or this password does not open it.
        NotFound: the file is no longer in the store.
    """
    actor.require(Action.CATAT, document.wilayah)
    if not is_locked(document):
        raise Invalid("Berkas dokumen ini tidak terkunci; tidak ada yang perlu dibuka.")
    if not password:
        raise Invalid("Berkas belum terbuka.", {"sandi": "Ketik kata sandi berkas ini."})
    path = stored_path(store, document.file_sha256)
    if not path.is_file():
        raise NotFound("Berkas asli tidak ada lagi di tempat simpan. Masukkan berkasnya sekali lagi.")
    incoming = store / "masuk"
    incoming.mkdir(exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=incoming) as copy:
        try:
            save_unlocked(path, password, Path(copy.name))
        except UnreadableFile as error:
            raise Invalid("Berkas belum terbuka.", {"sandi": error.reason}) from error
        return keep_bytes(store, copy)


def put_unlocked_in_force(session: Session, actor: Actor, document: Document, unlocked: Kept) -> DocumentVersion:
    """The document's file is the unlocked copy from now on and waits to be read; the locked one stays as a version.

    Raises:
        Forbidden: the actor records nothing in the document's region.
        Invalid: another document holds that file.
    """
    return add_version(session, actor, document, unlocked, document.file_name, REASON)


def is_locked(document: Document) -> bool:
    """Whether reading the document failed for want of a password."""
    return document.failure_code == LOCKED
