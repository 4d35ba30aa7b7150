"""Reading again only what is affected: the documents that some conditions name wait to be read once more."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, false, func, not_, select
from sqlalchemy.orm import Session

from compliance.actor import Actor
from compliance.errors import Invalid
from compliance.models import Document, Page
from compliance.queries.regions import region_by_code
from compliance.queries.scopes import lies_in, readable_documents
from compliance.services.documents import read_again
from indexer.identities import kind_named
from indexer.ocr import MISSING, ocr_available

WAITING = ("menunggu", "dibaca")
CURRENT = ("terkini", "current")
UNJUDGED = "belum dinilai"
SOURCES = ("asli", "ocr", "belum")
LAYERS = ("baik", "ragu", "buruk", "tidak ada", UNJUDGED)
STATES = ("terbaca", "sebagian", "gagal")
NAMES = {
    "extractor": "extractor", "pembaca": "extractor",
    "source": "source", "sumber": "source",
    "confidence": "confidence", "keyakinan": "confidence",
    "layer": "layer", "lapisan": "layer",
    "state": "state", "keadaan": "state",
    "document": "document", "dokumen": "document",
    "jenis": "jenis", "wilayah": "wilayah",
}  # fmt: skip
OF_PAGES = ("extractor", "source", "confidence", "layer")
COMPARED: dict[str, Callable[[Any, Any], Any]] = {
    "=": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
_CONDITION = re.compile(r"\s*([a-z]+)\s*(<=|>=|!=|=|<|>)\s*(.+?)\s*", re.IGNORECASE)
_PERCENT = re.compile(r"\d{1,3}(?:[.,]\d+)?")


@dataclass(frozen=True, slots=True)
class Condition:
    """`name` is one of the values of NAMES, `compared` a key of COMPARED."""

    name: str
    compared: str
    value: str


@dataclass(frozen=True, slots=True)
class Affected:
    """Documents to be read again and how many of their pages the conditions name; `waiting` more are in line already."""

    documents: Sequence[Document]
    pages: int
    waiting: int


def condition(text: str) -> Condition:
    """The condition a person typed: `sumber=ocr`, `keyakinan<70`, `pembaca!=terkini`.

    Raises:
        Invalid: no such name, comparison or value.
    """
    typed = _CONDITION.fullmatch(text)
    name = NAMES.get(typed[1].lower()) if typed else None
    if typed is None or name is None:
        raise Invalid(
            f"Syarat “{text}” tidak dikenal. Contoh: sumber=ocr, keyakinan<70, pembaca!=terkini, jenis=Perbup."
        )
    made = Condition(name, typed[2], typed[3])
    _check(made, text)
    return made


def affected(session: Session, actor: Actor, conditions: Sequence[Condition]) -> Affected:
    """What the actor reads and all the conditions hold for; those of pages hold for one and the same page.

    Raises:
        Invalid: an extractor that read no page, or no conditions at all.
        NotFound: no such region.
    """
    if not conditions:
        raise Invalid("Sebutkan paling sedikit satu syarat, misalnya sumber=ocr.")
    clauses = [(made.name in OF_PAGES, _clause(session, actor, made)) for made in conditions]
    of_pages = [clause for is_of_pages, clause in clauses if is_of_pages]
    of_documents = [clause for is_of_pages, clause in clauses if not is_of_pages]
    chosen = [readable_documents(actor), *of_documents]
    if of_pages:
        chosen.append(Document.id.in_(select(Page.document_id).where(*of_pages)))
    found = session.scalars(select(Document).where(*chosen).order_by(Document.id)).all()
    ready = [document for document in found if document.reading_state not in WAITING]
    is_ready = Document.reading_state.not_in(WAITING)
    named = select(func.count(Page.id)).join(Document, Document.id == Page.document_id)
    pages = session.scalar(named.where(*chosen, *of_pages, is_ready)) or 0
    return Affected(ready, pages, len(found) - len(ready))


def reread(session: Session, actor: Actor, found: Affected) -> int:
    """All of these documents wait to be read again; returns how many. What was read before stays until then.

    Raises:
        Forbidden: one of them lies where the actor records nothing.
        Invalid: there is no OCR on this machine, and pages read by OCR would be lost.
    """
    if not ocr_available() and any(document.pages_ocr for document in found.documents):
        raise Invalid(f"{MISSING} Halaman hasil OCR akan hilang bila dibaca ulang sekarang; pasang dulu, lalu ulangi.")
    for document in found.documents:
        read_again(session, actor, document)
    return len(found.documents)


def _check(made: Condition, text: str) -> None:
    allowed = {"source": SOURCES, "layer": LAYERS, "state": STATES}.get(made.name)
    if made.name != "confidence" and made.compared not in ("=", "!="):
        raise Invalid(f"Syarat “{text}”: di sini hanya = dan != yang berlaku.")
    if allowed and made.value.lower() not in allowed:
        raise Invalid(f"Syarat “{text}”: pilih salah satu dari {', '.join(allowed)}.")
    if made.name == "confidence" and not _PERCENT.fullmatch(made.value):
        raise Invalid(f"Syarat “{text}”: keyakinan adalah angka 0 sampai 100.")
    if made.name == "document" and not (made.value.isdecimal() and len(made.value) < 10):
        raise Invalid(f"Syarat “{text}”: sebutkan nomor dokumennya, misalnya dokumen=12.")
    if made.name == "jenis" and kind_named(made.value) is None:
        raise Invalid(f"Syarat “{text}”: jenis itu tidak dikenal. Contoh: UU, PP, Perda, Perbup.")


def _clause(session: Session, actor: Actor, made: Condition) -> ColumnElement[bool]:
    if made.name == "extractor":
        return _read_by(session, made)
    if made.name == "wilayah":
        region_by_code(session, actor, made.value)
        inside = lies_in(Document.wilayah, made.value)
        return inside if made.compared == "=" else not_(func.coalesce(inside, false()))
    if made.name == "jenis":
        jenis = kind_named(made.value)
        return Document.jenis == jenis if made.compared == "=" else Document.jenis.is_distinct_from(jenis)
    column, value = _column(made)
    clause: ColumnElement[bool] = COMPARED[made.compared](column, value)
    return clause


def _column(made: Condition) -> tuple[Any, Any]:
    word = made.value.lower()
    columns: dict[str, tuple[Any, Any]] = {
        "source": (Page.source, word),
        "layer": (Page.layer, "" if word == UNJUDGED else word),
        "state": (Document.reading_state, word),
    }
    if made.name == "confidence":
        return Page.confidence, float(made.value.replace(",", "."))
    return (Document.id, int(made.value)) if made.name == "document" else columns[made.name]


def _read_by(session: Session, made: Condition) -> ColumnElement[bool]:
    """Pages read by something, and by that extractor or not; `terkini` are those of this program."""
    # Here, lest every command and every page of the product load the PDF libraries.
    from indexer.reading import current_extractors

    if made.value.lower() in CURRENT:
        named = current_extractors()
    else:
        known = session.scalars(select(Page.extractor).where(Page.extractor != "").distinct()).all()
        if made.value not in known:
            raise Invalid(f"Tidak ada halaman yang dibaca dengan “{made.value}”. Yang ada: {', '.join(sorted(known))}.")
        named = frozenset({made.value})
    matches = Page.extractor.in_(named)
    return (Page.extractor != "") & (matches if made.compared == "=" else not_(matches))
