"""News of saved searches by mail: one digest a day and person, never the same match twice.

The day's mail is leased while its sender connects and signs in; right before the mail is handed over it is noted as sent, and the
note is taken back where the server refuses it. A sender that dies before the note loses nothing: the lease runs out. One that dies
in the moment after it may lose that mail, and nothing is sent twice; what it told of stays new in the application.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import timedelta
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from compliance.config import Settings
from compliance.db import now
from compliance.models import SavedSearch, SavedSearchMatch, SearchMail, User
from compliance.queries.facts import today
from compliance.queries.saved_searches import unmailed, visible_units
from compliance.services.intake import Writing
from compliance.services.mail import NotSent, letter, mail_server

log = logging.getLogger(__name__)
LEASE = timedelta(minutes=5)
NAMED = 20


def send_digests(writing: Writing, settings: Settings) -> int:
    """How many mails were handed over just now; none where no mail server is set."""
    if not settings.smtp_url:
        return 0
    with writing() as session:
        wanting = select(SavedSearch.user_id).where(SavedSearch.is_mailed).distinct()
        users = session.scalars(select(User.id).where(User.id.in_(wanting), User.active).order_by(User.id)).all()
    return sum(_sent(writing, settings, user_id) for user_id in users)


def _sent(writing: Writing, settings: Settings, user_id: int) -> bool:
    try:
        if not _leased(writing, user_id):
            return False
        with mail_server(settings.smtp_url) as send:
            noted = _noted(writing, settings, user_id)
            if noted is None:
                return False
            try:
                send(letter(settings.mail_from, *noted))
            except NotSent:
                _take_back(writing, user_id)
                raise
    except NotSent as error:
        log.warning("mail of saved searches not sent, trying again later: %s", error)
        return False
    return True


def _leased(writing: Writing, user_id: int) -> bool:
    """Whether the day's mail is now this sender's to send: there is news, it is unsent, and nobody else is at it."""
    try:
        with writing() as session:
            user, mail = session.get_one(User, user_id), _mail_of_today(session, user_id)
            if not _news(session, user) or (mail and (mail.sent_at or mail.leased_until > now())):
                return False
            mail = mail or SearchMail(user_id=user_id, day=today())
            mail.leased_until = now() + LEASE
            session.add(mail)
    except IntegrityError:
        return False
    return True


def _noted(writing: Writing, settings: Settings, user_id: int) -> tuple[str, str, str] | None:
    """To whom, subject and text, noted as sent; None where meanwhile nothing is left to tell."""
    with writing() as session:
        user, mail = session.get_one(User, user_id), _mail_of_today(session, user_id)
        news = _news(session, user)
        if not news or mail is None:
            return None
        mail.sent_at = now()
        for match, _name in news:
            match.mailed_at = mail.sent_at
        count = len({match.unit for match, _name in news})
        return user.email, f"Patuh: {count} temuan baru dalam pencarian tersimpan", _text(settings, news)


def _take_back(writing: Writing, user_id: int) -> None:
    with writing() as session:
        mail = _mail_of_today(session, user_id)
        if mail is None or mail.sent_at is None:
            return
        mine = select(SavedSearchMatch).join(SavedSearchMatch.saved).where(SavedSearch.user_id == user_id)
        for match in session.scalars(mine.where(SavedSearchMatch.mailed_at == mail.sent_at)):
            match.mailed_at = None
        mail.sent_at = None


def _mail_of_today(session: Session, user_id: int) -> SearchMail | None:
    return session.scalar(select(SearchMail).where(SearchMail.user_id == user_id, SearchMail.day == today()))


def _news(session: Session, user: User) -> list[tuple[SavedSearchMatch, str]]:
    """Matches to tell of with their names, only those that the person may see today."""
    matches = unmailed(session, user)
    names = visible_units(session, user.actor(), (match.unit for match in matches))
    return [(match, names[match.unit]) for match in matches if match.unit in names]


def _text(settings: Settings, news: Sequence[tuple[SavedSearchMatch, str]]) -> str:
    lines = ["Temuan baru dalam pencarian yang Anda simpan di Patuh.", ""]
    for saved, found in groupby(news, lambda pair: pair[0].saved):
        told = list(found)
        lines.append(f"{saved.name}: {len(told)} baru")
        lines += [f"- {name}\n  {_link(settings, match.unit)}" for match, name in told[:NAMED]]
        lines += [f"- dan {len(told) - NAMED} lagi"] * (len(told) > NAMED)
        lines.append("")
    lines.append(f"Semua pencarian tersimpan, juga untuk menghentikan surel ini: {settings.front_page}/cari/tersimpan")
    return "\n".join(lines)


def _link(settings: Settings, unit: str) -> str:
    return f"{settings.front_page}/{'dokumen' if unit[0] == 'd' else 'peraturan'}/{unit[1:]}"
