"""Saving a search, and noting what it finds anew: each match once, ever."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from compliance.actor import Action, Actor
from compliance.db import now
from compliance.errors import Invalid
from compliance.models import SavedSearch, SavedSearchMatch, User
from compliance.queries.saved_searches import asked_of, saved_search_by_id, units_known
from compliance.queries.search_answers import Asked
from compliance.queries.search_lists import every_unit
from compliance.services import audit
from indexer.engine import FACETS, SearchEngine

MOST_SAVED = 50
LONGEST_NAME = 120


def save_search(
    session: Session, actor: Actor, asked: Asked, name: str, found: Sequence[str], *, is_mailed: bool = False
) -> SavedSearch:
    """The question, kept for its person. `found` is what it finds today, which is no news.

    Raises:
        Invalid: nothing is asked, or the actor keeps too many.
        Forbidden: the actor may not read.
    """
    actor.require(Action.BACA)
    filters = {facet: list(getattr(asked, facet)) for facet in FACETS if getattr(asked, facet)}
    if not (asked.text.strip() or filters) or actor.user_id is None:
        raise Invalid("Belum ada yang dicari. Cari dahulu, lalu simpan pencariannya.")
    kept = session.scalars(select(SavedSearch.id).where(SavedSearch.user_id == actor.user_id)).all()
    if len(kept) >= MOST_SAVED:
        raise Invalid(f"Sudah ada {MOST_SAVED} pencarian tersimpan. Hapus yang tidak dipakai lagi.")
    moment = now()
    saved = SavedSearch(
        user_id=actor.user_id,
        name=(name.strip() or asked.text.strip() or "Saringan")[:LONGEST_NAME],
        text=asked.text,
        filters=filters | ({"dalam": [asked.dalam]} if asked.dalam else {}),
        sort=asked.urut,
        is_mailed=is_mailed,
        created_at=moment,
        checked_at=moment,
        matches=[SavedSearchMatch(unit=unit, first_seen_at=moment, seen_at=moment) for unit in dict.fromkeys(found)],
    )
    session.add(saved)
    session.flush()
    audit.record(session, actor, "menyimpan pencarian", ("pencarian", saved.id))
    return saved


def delete_search(session: Session, actor: Actor, saved_id: int) -> None:
    """The saved search and what it noted are gone.

    Raises:
        NotFound: there is none, or it is another person's.
    """
    saved = saved_search_by_id(session, actor, saved_id)
    session.delete(saved)
    audit.record(session, actor, "menghapus pencarian", ("pencarian", saved_id))


def mark_seen(session: Session, actor: Actor, saved_id: int) -> None:
    """Nothing in this saved search is new any more.

    Raises:
        NotFound: there is none, or it is another person's.
    """
    saved = saved_search_by_id(session, actor, saved_id)
    unseen = update(SavedSearchMatch).where(SavedSearchMatch.saved_id == saved.id, SavedSearchMatch.seen_at.is_(None))
    session.execute(unseen.values(seen_at=now()))


def check_searches(session: Session, engine: SearchEngine) -> int:
    """Notes what every saved search finds for its person and never found before; returns how many matches are new.

    Raises:
        SearchUnavailable: there is no index to ask at the moment.
    """
    rows = session.execute(
        select(SavedSearch, User).join(User, User.id == SavedSearch.user_id).where(User.active).order_by(SavedSearch.id)
    )
    return sum(_note_new(session, engine, saved, user.actor()) for saved, user in rows.all())


def _note_new(session: Session, engine: SearchEngine, saved: SavedSearch, actor: Actor) -> int:
    """The row is locked first, so that two workers that look at once note a match once."""
    moment = now()
    session.execute(update(SavedSearch).where(SavedSearch.id == saved.id).values(checked_at=moment))
    if not actor.may(Action.BACA):
        return 0
    known = units_known(session, saved)
    new = [unit for unit in every_unit(session, actor, engine, asked_of(saved)) if unit not in known]
    session.add_all(SavedSearchMatch(saved_id=saved.id, unit=unit, first_seen_at=moment) for unit in new)
    return len(new)
