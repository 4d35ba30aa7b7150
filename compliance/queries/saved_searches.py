"""A person's saved searches with what is new in them, as far as the person may see it today."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from compliance.actor import Actor
from compliance.errors import NotFound
from compliance.models import Document, Regulation, SavedSearch, SavedSearchMatch, User
from compliance.queries.scopes import held_documents, readable
from compliance.queries.search_answers import Asked
from compliance.rules.citations import citation

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Saved:
    """A saved search and how many matches its person has not seen yet."""

    search: SavedSearch
    new: int


def saved_searches(session: Session, actor: Actor) -> list[Saved]:
    """The actor's own, newest first."""
    rows = session.scalars(
        select(SavedSearch).where(SavedSearch.user_id == actor.user_id).order_by(SavedSearch.created_at.desc())
    ).all()
    unseen = _unseen(session, actor)
    visible = visible_units(session, actor, (match.unit for match in unseen))
    counts = [sum(match.saved_id == row.id and match.unit in visible for match in unseen) for row in rows]
    return [Saved(row, count) for row, count in zip(rows, counts, strict=True)]


def new_match_count(session: Session, actor: Actor) -> int:
    """How many different things wait to be seen in all the actor's saved searches."""
    return len(visible_units(session, actor, {match.unit for match in _unseen(session, actor)}))


def saved_search_by_id(session: Session, actor: Actor, saved_id: int) -> SavedSearch:
    """Raises NotFound where there is none or it is another person's."""
    saved = session.get(SavedSearch, saved_id)
    if saved is None or saved.user_id != actor.user_id:
        raise NotFound("Pencarian tersimpan ini tidak ada. Buka daftar pencarian tersimpan Anda.")
    return saved


def asked_of(saved: SavedSearch) -> Asked:
    """The question as it was saved."""
    chosen = {name: tuple(values) for name, values in saved.filters.items() if name != "dalam"}
    within = "pasal" if saved.filters.get("dalam") else ""
    return Asked(saved.text, urut=saved.sort, dalam=within, **chosen)  # type: ignore[arg-type]


def units_known(session: Session, saved: SavedSearch) -> set[str]:
    """Every unit that this search ever found."""
    return set(session.scalars(select(SavedSearchMatch.unit).where(SavedSearchMatch.saved_id == saved.id)))


def visible_units(session: Session, actor: Actor, units: Iterable[str]) -> dict[str, str]:
    """The names of those units that are held and the actor may see today."""
    wanted = sorted(set(units))
    names: dict[str, str] = {}
    for begin in range(0, len(wanted), AT_ONCE):
        names |= _named(session, actor, wanted[begin : begin + AT_ONCE])
    return names


def unmailed(session: Session, user: User) -> Sequence[SavedSearchMatch]:
    """What nobody saw in the application and no mail told of, of the searches whose person wants mail."""
    return session.scalars(
        select(SavedSearchMatch)
        .join(SavedSearchMatch.saved)
        .where(
            SavedSearch.user_id == user.id,
            SavedSearch.is_mailed,
            SavedSearchMatch.seen_at.is_(None),
            SavedSearchMatch.mailed_at.is_(None),
        )
        .order_by(SavedSearchMatch.saved_id, SavedSearchMatch.id)
    ).all()


def _named(session: Session, actor: Actor, units: Sequence[str]) -> dict[str, str]:
    documents = select(Document).where(
        Document.id.in_([int(unit[1:]) for unit in units if unit[0] == "d"]),
        held_documents(),
        readable(actor, Document.wilayah),
    )
    acts = select(Regulation).where(
        Regulation.id.in_([int(unit[1:]) for unit in units if unit[0] == "r"]), readable(actor, Regulation.wilayah)
    )
    named = {f"d{row.id}": citation(row) for row in session.scalars(documents)}
    return named | {f"r{row.id}": citation(row) for row in session.scalars(acts)}


def _unseen(session: Session, actor: Actor) -> Sequence[SavedSearchMatch]:
    if actor.user_id is None:
        return []
    mine = SavedSearch.user_id == actor.user_id
    unseen = select(SavedSearchMatch).join(SavedSearchMatch.saved).where(mine, SavedSearchMatch.seen_at.is_(None))
    return session.scalars(unseen).all()
