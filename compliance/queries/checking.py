"""Documents whose identity waits for a person, in the order of their worth, and what people said of one before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, String, and_, case, cast, func, or_, select, true
from sqlalchemy.orm import Session

from compliance.actor import NATIONAL, RIGHTS, Action, Actor
from compliance.models import Claim, Document, DocumentField, User
from compliance.queries.documents import document_by_id, samples_are_searched
from compliance.queries.scopes import readable_documents
from compliance.rules.identity import REGIONAL

IDENTIFYING = ("jenis", "nomor", "tahun", "wilayah")


@dataclass(frozen=True, slots=True)
class Check:
    """What somebody said of one field; `value` as text, dates ISO, None for unknown."""

    name: str
    value: str | None
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A field whose value a person gave and which the machine, reading again later, reads otherwise."""

    name: str
    said: str | None
    read: DocumentField


def ids_to_check(session: Session, actor: Actor) -> Sequence[int]:
    """The documents with doubtful fields that the actor may settle, the most valuable first.

    First what claims rely on, then what can't be cited for want of kind, number, year or region, then what is settled fastest.
    """
    proves = select(func.count(Claim.id)).where(Claim.document_id == Document.id).scalar_subquery()
    nameless = case((or_(*(_is_doubtful(name) for name in IDENTIFYING)), 0), else_=1)
    order = (proves.desc(), nameless, func.length(cast(Document.doubtful, String)), Document.id.desc())
    return session.scalars(select(Document.id).where(_to_check(session, actor)).order_by(*order)).all()


def count_to_check(session: Session, actor: Actor) -> int:
    """How many documents `ids_to_check` gives."""
    return session.scalar(select(func.count(Document.id)).where(_to_check(session, actor))) or 0


def next_to_check(ids: Sequence[int], document_id: int) -> int | None:
    """The document that follows in the queue; the first one where this one is not in it, None at the end."""
    if document_id not in ids:
        return ids[0] if ids else None
    after = ids[list(ids).index(document_id) + 1 :]
    return after[0] if after else None


def failed_count(session: Session, actor: Actor) -> int:
    """How many documents the actor reads that could not be read."""
    failed = Document.reading_state == "gagal"
    return session.scalar(select(func.count(Document.id)).where(readable_documents(actor), failed)) or 0


def checks_of(session: Session, actor: Actor, document_id: int) -> Sequence[Check]:
    """Everything people said of the document's identity, the latest first."""
    document_by_id(session, actor, document_id)
    rows = select(DocumentField, User.nama).join(User, User.id == DocumentField.author_id)
    said = session.execute(rows.where(DocumentField.document_id == document_id).order_by(DocumentField.id.desc()))
    return [Check(row.name, row.value, name, row.recorded_at) for row, name in said]


def machine_fields(session: Session, actor: Actor, document_id: int) -> Mapping[str, DocumentField]:
    """Each field as the machine read it last, with its place on the paper."""
    document_by_id(session, actor, document_id)
    by_machine = (DocumentField.document_id == document_id, DocumentField.author_id.is_(None))
    rows = session.scalars(select(DocumentField).where(*by_machine).order_by(DocumentField.id))
    return {row.name: row for row in rows}


def disagreements(session: Session, actor: Actor, document_id: int) -> Sequence[Disagreement]:
    """Where a later reading gave something else than a person had said; the person's value is in force."""
    read = machine_fields(session, actor, document_id)
    latest: dict[str, Check] = {}
    for check in checks_of(session, actor, document_id):
        latest.setdefault(check.name, check)
    return [
        Disagreement(name, check.value, read[name])
        for name, check in latest.items()
        if name in read and read[name].recorded_at > check.at and _folded(read[name].value) != _folded(check.value)
    ]


def _folded(value: str | None) -> str:
    return "".join((value or "").lower().split()).lstrip("0")


def _to_check(session: Session, actor: Actor) -> ColumnElement[bool]:
    samples = true() if samples_are_searched(session) else Document.is_sample.is_(False)
    return and_(readable_documents(actor), _may_settle(actor), cast(Document.doubtful, String) != "[]", samples)


def _may_settle(actor: Actor) -> ColumnElement[bool]:
    """Where the actor verifies, and what belongs nowhere yet (`rules.identity.checked_in` in SQL)."""
    scopes = {grant.wilayah for grant in actor.grants if Action.PILIH in RIGHTS[grant.role]}
    if NATIONAL in scopes:
        return true()
    nowhere = or_(Document.jenis.is_(None), Document.jenis.in_(REGIONAL), _is_doubtful("wilayah"))
    own = [
        or_(Document.wilayah == scope, Document.wilayah.startswith(f"{scope}.", autoescape=True)) for scope in scopes
    ]
    return or_(and_(Document.wilayah.is_(None), nowhere), *own) if scopes else Document.id.is_(None)


def _is_doubtful(name: str) -> ColumnElement[bool]:
    return cast(Document.doubtful, String).contains(f'"{name}"', autoescape=True)
