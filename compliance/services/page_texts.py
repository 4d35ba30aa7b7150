"""A page's text set right by a person, or given back to the machine; structure, identity and search follow at once."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sqlalchemy.orm import Session

from compliance.actor import Action, Actor
from compliance.db import now
from compliance.errors import Forbidden, Invalid
from compliance.models import Document, Page, PageCorrection
from compliance.queries.corrections import texts_in_force
from compliance.queries.documents import document_by_id, page_of
from compliance.services import audit, corrections
from compliance.services.page_rows import TYPED, machine_rows
from compliance.services.reading import store_content
from compliance.services.versions import lock
from indexer.storable import storable

LONGEST_TEXT = 200_000


@dataclass(frozen=True, slots=True)
class Typed:
    """What a person says a page reads. `begun_from` is the `state_of` the page that was corrected; `is_blank`: nothing stands on it."""

    text: str
    begun_from: str
    is_blank: bool = False


class ChangedMeanwhile(Invalid):
    """The page no longer reads as it did when the correction was begun."""

    def __init__(self) -> None:
        super().__init__(
            "Teks halaman ini berubah sementara Anda membetulkannya. Bandingkan keduanya, lalu simpan lagi."
        )


def state_of(document: Document, page: Page) -> str:
    """A short name for what a page of a file reads now; another one as soon as either changes."""
    return hashlib.sha256(f"{document.shown_sha256}\n{page.text}".encode()).hexdigest()[:32]


def correct_page(session: Session, actor: Actor, document_id: int, number: int, typed: Typed) -> bool:
    """The page reads as typed; returns False where it did already.

    What the machine read stays beside. Typing exactly that gives the page back to the machine.

    Raises:
        NotFound: no such page, or not the actor's to read.
        Forbidden: the actor records nothing in the document's region.
        ChangedMeanwhile: the page reads differently by now.
        Invalid: see `fields`.
    """
    document, page = _locked(session, actor, document_id, number)
    if typed.begun_from != state_of(document, page):
        raise ChangedMeanwhile
    text = _checked(typed)
    if text == _plain(page.text) and not (typed.is_blank and page.source == "belum"):
        return False
    machine = page.text if page.machine_text is None else page.machine_text
    is_the_machine_s = text == _plain(machine) and page.source not in ("belum", TYPED)
    _tell(session, actor, document, number, None if is_the_machine_s else text)
    return True


def withdraw_correction(session: Session, actor: Actor, document_id: int, number: int) -> bool:
    """The page reads as the machine read it; returns False where it did already.

    Raises:
        NotFound: no such page, or not the actor's to read.
        Forbidden: the actor records nothing in the document's region.
        Invalid: a new file waits to be read.
    """
    document, page = _locked(session, actor, document_id, number)
    if page.machine_text is None:
        return False
    _tell(session, actor, document, number, None)
    return True


def _locked(session: Session, actor: Actor, document_id: int, number: int) -> tuple[Document, Page]:
    document = document_by_id(session, actor, document_id)
    actor.require(Action.CATAT, document.wilayah)
    if actor.user_id is None:
        raise Forbidden("Teks halaman hanya dibetulkan oleh orang yang masuk dengan namanya.")
    lock(session, document)
    if document.shown_sha256 != document.file_sha256:
        raise Invalid(
            "Berkas dokumen ini baru saja diganti dan belum selesai dibaca. Tunggu sampai terbaca, lalu betulkan."
        )
    page = page_of(session, actor, document_id, number)
    session.refresh(page, ["text", "source", "machine_text"])
    return document, page


def _checked(typed: Typed) -> str:
    text = storable(_plain(typed.text))
    if len(text) > LONGEST_TEXT:
        said = f"Teks satu halaman paling panjang {LONGEST_TEXT} huruf; ini {len(text)}."
        raise Invalid(said, {"teks": said})
    if typed.is_blank and text.strip():
        raise Invalid(
            "Halaman tidak bisa kosong dan berisi sekaligus.", {"teks": "Kosongkan teksnya, atau hapus centang."}
        )
    if not text.strip() and not typed.is_blank:
        raise Invalid("Teksnya kosong.", {"teks": "Ketik teksnya, atau centang bahwa halaman ini memang kosong."})
    return text if text.strip() else ""


def _plain(text: str) -> str:
    """A text with line ends as they are kept; a browser sends others."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _tell(session: Session, actor: Actor, document: Document, number: int, text: str | None) -> None:
    session.add(
        PageCorrection(
            document_id=document.id,
            file_sha256=document.file_sha256,
            page=number,
            text=text,
            author_id=actor.user_id,
            recorded_at=now(),
        )
    )
    session.flush()
    rows = corrections.corrected(machine_rows(session, document.id), texts_in_force(session, document))
    read = corrections.understood(session, document, rows, is_sample=document.is_sample)
    store_content(session, actor, document, read)
    if document.reading_state in ("terbaca", "sebagian"):
        document.reading_state = "sebagian" if document.pages_unread else "terbaca"
    action = "mengembalikan teks mesin" if text is None else "membetulkan halaman"
    audit.record(session, actor, action, ("dokumen", document.id), wilayah=document.wilayah, detail=f"halaman {number}")
    session.flush()
