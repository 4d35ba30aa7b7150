"""What a person may be about to type: own saved searches, instruments, words of titles; only out of what the person may see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from compliance.actor import Action, Actor
from compliance.models import Document, Regulation, SavedSearch
from compliance.queries.scopes import held_documents, readable
from compliance.rules.citations import citation
from indexer.words import FUNCTION_WORDS, analyse

SHORTEST, LONGEST = 2, 80
MOST = 8
MOST_WORDS = 3
ROWS = 60
TYPED_WORDS = 6


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A text to search for, and what it is: tersimpan, peraturan or kata. `about` tells more ("" where there is nothing)."""

    text: str
    kind: str
    about: str = ""


def suggestions(session: Session, actor: Actor, typed: str) -> list[Suggestion]:
    """At most MOST, the most telling first; none for less than two letters or for somebody who may not read."""
    words = analyse(typed[:LONGEST])[:TYPED_WORDS]
    if len(typed.strip()) < SHORTEST or not words or not actor.may(Action.BACA):
        return []
    acts = [*_matching(session, actor, Regulation, words), *_matching(session, actor, Document, words)]
    found = [*_saved(session, actor, typed.strip()), *_words(acts, typed), *_instruments(acts)]
    return list({one.text.lower(): one for one in reversed(found)}.values())[::-1][:MOST]


def _matching(
    session: Session, actor: Actor, table: type[Document] | type[Regulation], words: Sequence[str]
) -> Sequence[Document | Regulation]:
    wanted = [_says(table, word) for word in words]
    rows = select(table).where(readable(actor, table.wilayah), *wanted)
    if table is Document:
        rows = rows.where(held_documents())
    found: list[Document | Regulation] = []
    found.extend(session.scalars(rows.order_by(table.tahun.desc(), table.id).limit(ROWS)))
    return found


def _says(table: type[Document] | type[Regulation], word: str) -> ColumnElement[bool]:
    says = [
        func.lower(table.judul).contains(word, autoescape=True),
        func.lower(table.penerbit).contains(word, autoescape=True),
        func.lower(table.jenis).startswith(word, autoescape=True),
        func.lower(table.nomor) == word,
    ]
    if word.isdecimal() and len(word) == 4:
        says.append(table.tahun == int(word))
    return or_(*says)


def _saved(session: Session, actor: Actor, typed: str) -> Iterator[Suggestion]:
    like = func.lower(SavedSearch.text).contains(typed.lower(), autoescape=True)
    named = func.lower(SavedSearch.name).contains(typed.lower(), autoescape=True)
    rows = select(SavedSearch).where(SavedSearch.user_id == actor.user_id, or_(like, named), SavedSearch.text != "")
    for row in session.scalars(rows.order_by(SavedSearch.created_at.desc()).limit(2)):
        yield Suggestion(row.text, "tersimpan", row.name if row.name != row.text else "")


def _words(acts: Iterable[Document | Regulation], typed: str) -> Iterator[Suggestion]:
    """What is typed with its last word completed as titles have it, the most frequent first."""
    before, _, last = typed.strip().rpartition(" ")
    if len(last) < SHORTEST:
        return
    counted = Counter(
        word
        for act in acts
        for word in set(analyse(act.judul or ""))
        if word.startswith(last.lower()) and word != last.lower() and word not in FUNCTION_WORDS
    )
    for word, _count in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_WORDS]:
        yield Suggestion(f"{before} {word}".strip(), "kata")


def _instruments(acts: Iterable[Document | Regulation]) -> Iterator[Suggestion]:
    for act in acts:
        if act.nomor:
            yield Suggestion(citation(act), "peraturan", act.judul or "")
