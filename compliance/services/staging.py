"""Files that a person looks at before they count: kept beside the database between preview and confirmation, for a day."""

from __future__ import annotations

import hashlib
import re
import time
from pathlib import Path

from compliance.actor import Actor
from compliance.errors import NotFound

KEPT_SECONDS = 86400
_TOKEN = re.compile(r"[0-9a-f]{64}")


def stage(folder: Path, actor: Actor, content: bytes) -> str:
    """The token under which this person finds these bytes again; what is older than a day goes."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        if old.stat().st_mtime < time.time() - KEPT_SECONDS:
            old.unlink(missing_ok=True)
    token = hashlib.sha256(content).hexdigest()
    _place(folder, actor, token).write_bytes(content)
    return token


def staged(folder: Path, actor: Actor, token: str) -> bytes:
    """Raises NotFound where this person has staged no such bytes, or longer than a day ago."""
    gone = "Berkas pratinjau itu tidak ada lagi. Pilih berkasnya sekali lagi."
    if not _TOKEN.fullmatch(token):
        raise NotFound(gone)
    try:
        return _place(folder, actor, token).read_bytes()
    except FileNotFoundError:
        raise NotFound(gone) from None


def _place(folder: Path, actor: Actor, token: str) -> Path:
    return folder / f"{actor.user_id or 0}-{token}"
