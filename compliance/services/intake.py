"""The one way in for files, however they are offered: bytes kept, then a document in a transaction of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from sqlalchemy.orm import Session

from compliance.actor import Actor
from compliance.errors import Unreadable
from compliance.services.archives import SKIPPED, Offered, offered_files
from compliance.services.documents import Received, receive_document

Writing = Callable[[], AbstractContextManager[Session]]
"""Opens a write transaction that is committed at its end."""

RECEIVED, HELD, IN_BIN, LEFT_OUT, REFUSED = "diterima", "sudah ada", "keranjang", "dilewati", "ditolak"
BINNED = "Berkas yang sama ada di keranjang sebagai dokumen {}. Pulihkan dari keranjang bila masih diperlukan."


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file that was offered; `place` says where it was: "perbup.pdf", "kiriman.zip/perbup.pdf".

    `state`: diterima, sudah ada (the same bytes are held), keranjang (they lie in the bin), dilewati (in a ZIP, no PDF), ditolak.
    """

    place: str
    state: str
    document_id: int | None = None
    code: str = ""
    reason: str = ""

    @property
    def is_taken(self) -> bool:
        """Whether its bytes are those of a held document, now or before."""
        return self.state in (RECEIVED, HELD)


def take_in(stream: IO[bytes], name: str, store: Path, actor: Actor, writing: Writing) -> Iterator[Outcome]:
    """What becomes of this file, or of each file in it where it is a ZIP; one after the other, each committed before the next.

    Raises:
        PatuhError: the store can't be written, or the actor may not record.
    """
    for offered in offered_files(stream, name):
        yield _taken(offered, store, actor, writing)


def _taken(offered: Offered, store: Path, actor: Actor, writing: Writing) -> Outcome:
    try:
        kept = offered.keep(store)
    except Unreadable as error:
        state = LEFT_OUT if error.code == SKIPPED else REFUSED
        return Outcome(offered.place, state, None, error.code, str(error))
    with writing() as session:
        return _outcome(offered.place, receive_document(session, actor, kept, offered.name))


def _outcome(place: str, received: Received) -> Outcome:
    document_id = received.document.id
    if received.in_bin:
        return Outcome(place, IN_BIN, document_id, "di_keranjang", BINNED.format(document_id))
    return Outcome(place, RECEIVED if received.is_new else HELD, document_id)
