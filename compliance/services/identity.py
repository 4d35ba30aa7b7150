"""What a person says about a document's identity: confirmed or corrected, remembered with name and moment, never overwritten."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from compliance.actor import NATIONAL, Action, Actor
from compliance.db import now
from compliance.errors import Forbidden, Invalid
from compliance.models import Document, DocumentField, Region, User
from compliance.queries.documents import document_by_id
from compliance.rules.identity import checked_in, is_national
from compliance.services import audit, regulations
from compliance.services.reading import IDENTITY_FIELDS, refresh_search_hash
from compliance.services.versions import lock
from indexer.kinds import KINDS
from indexer.short_forms import short_form

JENIS = (*dict.fromkeys(kind.jenis for kind in KINDS), "Lainnya")
FIRST_YEAR = 1900
LONGEST_TITLE = 4000
DATES = ("ditetapkan", "diundangkan")
NATIONAL_TEXT = (
    "Ini naskah tingkat nasional. Identitasnya diperiksa oleh verifikator atau administrator nasional; "
    "beri tahu mereka bila ada yang salah."
)
Value = str | int | date | None


@dataclass(frozen=True, slots=True)
class Checked:
    """What a person settled: `corrected` fields have another value than before, `confirmed` ones were doubtful and are not any more."""

    document: Document
    corrected: tuple[str, ...]
    confirmed: tuple[str, ...]


def correct_identity(
    session: Session, actor: Actor, document_id: int, typed: Mapping[str, str], *, may_move: bool = False
) -> Checked:
    """The document has these values; a field that is new or was doubtful gets a row with the actor's name, and no doubt.

    `typed` maps identity fields to what was typed: codes for `wilayah`, ISO for dates, "" for unknown. Fields left out stay.
    `may_move` says that the actor knows of `farewell`.

    Raises:
        NotFound: no such document, or not the actor's to read.
        Forbidden: the actor is nobody in person, or does not verify where the text belongs, or where it would.
        Invalid: a value can't be one, or somebody would lose sight of the document ("pindah"); `fields` says which and why.
    """
    document = document_by_id(session, actor, document_id)
    lock(session, document)
    require_checking(actor, document)
    values = _values(session, typed)
    told = {name: value for name, value in values.items() if _is_news(document, name, value)}
    if not told:
        return Checked(document, (), ())
    told |= _what_follows(document, told)
    _require_afterwards(actor, document, told)
    lost = "" if may_move else farewell(session, document, _value_after(document, told, "wilayah"))
    if lost:
        raise Invalid("Perubahan wilayah ini memindahkan dokumen.", {"pindah": lost})
    corrected = tuple(name for name, value in told.items() if getattr(document, name) != value)
    _settle(session, actor, document, told)
    regulations.link_document(session, actor, document)
    refresh_search_hash(session, document)
    detail = "; ".join(f"{name}: {'tidak diketahui' if value is None else value}" for name, value in told.items())
    audit.record(
        session, actor, "memeriksa identitas", ("dokumen", document.id), wilayah=document.wilayah, detail=detail
    )
    return Checked(document, corrected, tuple(name for name in told if name not in corrected))


def may_check(actor: Actor, document: Document) -> bool:
    """Whether the actor settles the identity of this document: a person who verifies where the text belongs."""
    return actor.user_id is not None and actor.may(Action.PILIH, checked_in(document))


def require_checking(actor: Actor, document: Document) -> None:
    """Raises Forbidden, with the reason, unless `may_check`."""
    if actor.user_id is None:
        raise Forbidden("Identitas diperiksa oleh orang, dengan namanya. Masuklah dengan akun Anda.")
    if is_national(document) and not actor.may(Action.PILIH, NATIONAL):
        raise Forbidden(NATIONAL_TEXT)
    actor.require(Action.PILIH, document.wilayah)


def farewell(session: Session, document: Document, wilayah: str | None) -> str:
    """Who no longer sees the document once it belongs to `wilayah`, and who still does, in a sentence; "" where nobody loses it."""
    if wilayah in (None, NATIONAL, document.wilayah):
        return ""
    sender = session.get(User, document.received_by) if document.received_by else None
    came_from = document.wilayah if document.wilayah not in (None, NATIONAL) else None
    moved = came_from is not None and came_from[:2] != wilayah[:2]
    stays_with = sender if sender and not sender.actor().reads(wilayah) else None
    if not moved and stays_with is None:
        return ""
    to = _named(session, wilayah)
    said = [f"Dokumen ini pindah dari {_named(session, came_from)} ke {to}." if moved else f"Dokumen ini masuk {to}."]
    said.append("Yang hanya berperan di provinsi lain tidak melihatnya lagi.")
    if stays_with:
        said.append(f"{stays_with.nama}, yang memasukkannya, tetap dapat membacanya.")
    return " ".join(said)


def _named(session: Session, wilayah: str | None) -> str:
    region = session.get(Region, wilayah) if wilayah else None
    return region.nama if region else str(wilayah)


def _what_follows(document: Document, told: Mapping[str, Value]) -> dict[str, Value]:
    """A form printed for another kind is unknown, and the short form follows kind, form and issuer, unless a person says it."""
    follows: dict[str, Value] = {}
    if "jenis" in told and told["jenis"] != document.jenis and "bentuk" not in told and document.bentuk is not None:
        follows["bentuk"] = None
    after = {**told, **follows}
    heads = {name: _value_after(document, after, name) for name in ("jenis", "bentuk", "penerbit")}
    if "singkatan" not in told and any(value != getattr(document, name) for name, value in heads.items()):
        short = short_form(*(None if value is None else str(value) for value in heads.values()))
        follows |= {"singkatan": short} if short != document.singkatan else {}
    return follows


def _value_after(document: Document, told: Mapping[str, Value], name: str) -> Any:
    return told[name] if name in told else getattr(document, name)


def _require_afterwards(actor: Actor, document: Document, told: Mapping[str, Value]) -> None:
    """Raises Forbidden where the text would belong to a place that the actor does not verify for."""
    wilayah, jenis = _value_after(document, told, "wilayah"), _value_after(document, told, "jenis")
    doubtful = [name for name in document.doubtful if name not in told]
    after = Document(jenis=jenis, wilayah=wilayah, doubtful=doubtful)
    if is_national(after) and not actor.may(Action.PILIH, NATIONAL):
        raise Forbidden(NATIONAL_TEXT)
    actor.require(Action.PILIH, wilayah)


def _settle(session: Session, actor: Actor, document: Document, told: Mapping[str, Value]) -> None:
    for name, value in told.items():
        setattr(document, name, value)
        session.add(_row(document, actor, name, value))
    document.doubtful = [name for name in document.doubtful if name not in told]


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
    longest = getattr(Document.__table__.c[name].type, "length", None) or LONGEST_TITLE
    if len(text) > longest:
        raise ValueError(f"Paling panjang {longest} huruf.")
    return text


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError("Tanggal itu tidak ada dalam kalender. Contoh: 2021-11-15.") from None


def _year(text: str) -> int:
    if not re.fullmatch("[0-9]{4}", text) or not FIRST_YEAR <= int(text) <= now().year + 1:
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
