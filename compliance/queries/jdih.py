"""Acts as JDIHN records, with the address of the text where one is held; and where a feed and our record disagree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from compliance.actor import Actor
from compliance.data.regions import region_by_code
from compliance.models import Document, Regulation
from compliance.queries.facts import today
from compliance.queries.regulations import READABLE
from compliance.queries.scopes import lies_in, readable, readable_documents
from compliance.rules.jdih import Difference, Held, differences, feed_record, record_from


def feed_records(session: Session, actor: Actor, address: str, wilayah: str | None = None) -> Iterator[dict[str, str]]:
    """Every act the actor reads as a record, in the order they were recorded; `address` is where this Patuh answers."""
    chosen = select(Regulation).where(readable(actor, Regulation.wilayah))
    if wilayah:
        chosen = chosen.where(lies_in(Regulation.wilayah, wilayah))
    acts = session.scalars(chosen.order_by(Regulation.id)).all()
    held = _held(session, actor, address)
    day = today()
    for act in acts:
        region = region_by_code().get(act.wilayah or "")
        yield feed_record(act, held.get(act.id), region.nama if region else "", f"{address}/peraturan/{act.id}", day)


def jdih_differences(act: Regulation) -> Sequence[Difference]:
    """Where the feed's record of an act says something else than we hold; empty where none was taken in."""
    try:
        return differences(act, record_from(act.jdih)) if act.jdih else ()
    except ValueError:
        return ()


def _held(session: Session, actor: Actor, address: str) -> dict[int, Held]:
    """The newest readable text of each act."""
    chosen = select(Document).where(
        Document.regulation_id.is_not(None),
        Document.reading_state.in_(READABLE),
        readable_documents(actor),
    )
    rows = session.scalars(chosen.order_by(Document.id))
    return {
        row.regulation_id: Held(row.file_name, row.page_count, f"{address}/dokumen/{row.id}/asli", row.singkatan)
        for row in rows
        if row.regulation_id is not None
    }
