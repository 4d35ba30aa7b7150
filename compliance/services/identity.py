"""What a person says about a document's identity: confirmed or corrected, remembered with name and moment, never overwritten."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session

from compliance.actor import Action, Actor
from compliance.db import now
from compliance.errors import Invalid
from compliance.models import Document, DocumentField, Region
from compliance.queries.documents import document_by_id
from compliance.services import audit, regulations
from compliance.services.reading import IDENTITY_FIELDS, refresh_search_hash
from indexer.kinds import KINDS

JENIS = (*dict.fromkeys(kind.jenis for kind in KINDS), "Lainnya")
FIRST_YEAR = 1900
DATES = ("ditetapkan", "diundangkan")
Value = str | int | date | None


def correct_identity(session: Session, actor: Actor, document_id: int, typed: Mapping[str, str]) -> Document:
    """The document has these values; a field that is new or was doubtful gets a row with the actor's name, and no doubt.

    `typed` maps identity fields to what was typed: codes for `wilayah`, ISO for dates, "" for unknown. Fields left out stay.

    Raises:
        NotFound: no such document, or not the actor's to read.
        Forbidden: the actor does not verify for the document's region, or for the one it is said to belong to.
        Invalid: a value can't be one; `fields` says which and why.
    """
    document = document_by_id(session, actor, document_id)
    actor.require(Action.PILIH, document.wilayah)
    values = _values(session, typed)
    if values.get("wilayah") is not None:
        actor.require(Action.PILIH, str(values["wilayah"]))
    told = {name: value for name, value in values.items() if _is_news(document, name, value)}
    if not told:
        return document
    if "jenis" in told and told["jenis"] != document.jenis and "bentuk" not in told:
        document.bentuk = None
    for name, value in told.items():
        setattr(document, name, value)
        session.add(_row(document, actor, name, value))
    document.doubtful = [name for name in document.doubtful if name not in told]
    regulations.link_document(session, actor, document)
    refresh_search_hash(session, document)
    detail = "; ".join(f"{name}: {'tidak diketahui' if value is None else value}" for name, value in told.items())
    audit.record(
        session, actor, "memeriksa identitas", ("dokumen", document.id), wilayah=document.wilayah, detail=detail
    )
    return document


def _is_news(document: Document, name: str, value: Value) -> bool:
    return name in document.doubtful or getattr(document, name) != value


def _values(session: Session, typed: Mapping[str, str]) -> dict[str, Value]:
    """Raises Invalid where a value can't be one."""
    values: dict[str, Value] = {}
    wrong: dict[str, str] = {}
    for name in IDENTITY_FIELDS:
        if name in typed:
            try:
                values[name] = _value(session, name, " ".join(typed[name].split()))
            except ValueError as error:
                wrong[name] = str(error)
    if wrong:
        raise Invalid("Ada isian yang belum benar.", wrong)
    return values


def _value(session: Session, name: str, text: str) -> Value:
    """Raises ValueError with a sentence for the person who typed."""
    if not text:
        return None
    if name in DATES:
        return _day(text)
    if name == "tahun":
        return _year(text)
    if name == "jenis" and text not in JENIS:
        raise ValueError("Pilih jenis dari daftar.")
    if name == "wilayah" and session.get(Region, text) is None:
        raise ValueError("Kode wilayah tidak dikenal. Contoh: 62.06.")
    longest = getattr(Document.__table__.c[name].type, "length", None)
    if longest and len(text) > longest:
        raise ValueError(f"Paling panjang {longest} huruf.")
    return text


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError("Tanggal itu tidak ada dalam kalender. Contoh: 2021-11-15.") from None


def _year(text: str) -> int:
    if not text.isdecimal() or not FIRST_YEAR <= int(text) <= now().year + 1:
        raise ValueError(f"Tulis tahun antara {FIRST_YEAR} dan {now().year + 1}.")
    return int(text)


def _row(document: Document, actor: Actor, name: str, value: Value) -> DocumentField:
    return DocumentField(
        document_id=document.id,
        name=name,
        value=value.isoformat() if isinstance(value, date) else None if value is None else str(value),
        is_doubtful=False,
        reason=f"diperiksa oleh {actor.name}",
        author_id=actor.user_id,
        recorded_at=now(),
    )
