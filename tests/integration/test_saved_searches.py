"""Saved searches: what is new is told once, in the application and by mail, and only to those who may see it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from compliance.actor import Actor, Role
from compliance.config import Settings
from compliance.db import now, open_database, session_factory, transaction
from compliance.errors import NotFound
from compliance.models import SavedSearch, SearchMail, User
from compliance.queries.engines import serving_engine
from compliance.queries.saved_searches import new_match_count, saved_searches
from compliance.queries.search import Asked
from compliance.queries.search_lists import every_unit
from compliance.services import audit, users
from compliance.services import saved_searches as services
from compliance.services.intake import Writing
from compliance.services.search_news import tell_of_new_matches
from tests.integration.test_search import Desk
from tests.smtp_server import Post, post_office


@pytest.fixture
def desk(session: Session, settings: Settings, actor: Actor) -> Desk:
    return Desk(session, settings, actor)


@pytest.fixture
def post() -> Iterator[Post]:
    with post_office() as made:
        yield made


@pytest.fixture
def check(settings: Settings, post: Post) -> Iterator[Callable[[], tuple[int, int]]]:
    """Looks for news as the worker does, with a mail server."""
    engine = open_database(settings.database_url)
    factory = session_factory(engine)

    @contextmanager
    def opened() -> Iterator[Session]:
        with factory() as session, transaction(session):
            yield session

    writing: Writing = opened
    yield lambda: tell_of_new_matches(writing, replace(settings, smtp_url=post.url, address="http://kantor"))
    engine.dispose()


def person(desk: Desk, wilayah: str = "00") -> Actor:
    with transaction(desk.session):
        user = users.add_user(desk.session, desk.actor, email=f"orang.{wilayah}@kantor.local", nama="Orang")
        users.grant_role(desk.session, desk.actor, user, Role.PEMBACA, wilayah)
    return desk.session.get_one(User, user.id).actor()


def look_again(desk: Desk) -> None:
    """What others committed meanwhile is seen."""
    desk.session.rollback()
    desk.session.expire_all()


def save(desk: Desk, reader: Actor, text: str = "nelayan") -> SavedSearch:
    engine = serving_engine(desk.settings.index_url)
    found = every_unit(desk.session, reader, engine, Asked(text))
    with transaction(desk.session):
        return services.save_search(desk.session, reader, Asked(text), "Nelayan", found, is_mailed=True)


def test_what_was_there_is_no_news_and_what_comes_is_told_once(
    desk: Desk, post: Post, check: Callable[[], tuple[int, int]]
) -> None:
    desk.hold()
    desk.index()
    reader = person(desk)
    save(desk, reader)
    assert check() == (0, 0)
    new = desk.hold(nomor="7", tahun=2021)
    desk.index()
    assert check() == (1, 1)
    assert check() == (0, 0), "each match once, ever"
    look_again(desk)
    assert new_match_count(desk.session, reader) == 1
    mail = post.mails[0]
    assert mail["To"] == "orang.00@kantor.local"
    assert f"http://kantor/dokumen/{new.id}" in mail.get_content()
    assert len(post.mails) == 1
    saved = saved_searches(desk.session, reader)[0].search
    with transaction(desk.session):
        services.mark_seen(desk.session, reader, saved.id)
    assert new_match_count(desk.session, reader) == 0


def test_a_person_gets_one_mail_a_day_and_the_rest_another_day(
    desk: Desk, post: Post, check: Callable[[], tuple[int, int]]
) -> None:
    desk.index()
    save(desk, person(desk))
    for number in ("7", "8"):
        desk.hold(nomor=number)
        desk.index()
        check()
    assert len(post.mails) == 1
    look_again(desk)
    yesterday = desk.session.scalars(select(SearchMail)).one()
    with transaction(desk.session):
        yesterday.day = yesterday.day.replace(year=2020)
    assert check() == (0, 1)
    assert "Nomor 8" in post.mails[1].get_content()
    assert "Nomor 7" not in post.mails[1].get_content()


def test_a_refused_mail_is_sent_later_and_one_that_may_have_gone_out_is_not_sent_again(
    desk: Desk, post: Post, check: Callable[[], tuple[int, int]]
) -> None:
    desk.index()
    save(desk, person(desk))
    desk.hold()
    desk.index()
    post.refuses = True
    assert check() == (1, 0)
    post.refuses = False
    look_again(desk)
    assert check() == (0, 0), "the lease of the one who tried still runs"
    mail = desk.session.scalars(select(SearchMail)).one()
    with transaction(desk.session):
        mail.leased_until = now()
    assert check() == (0, 1)
    assert check() == (0, 0)
    assert len(post.mails) == 1


def test_who_loses_a_region_sees_nothing_and_is_mailed_nothing_of_it(
    desk: Desk, post: Post, check: Callable[[], tuple[int, int]]
) -> None:
    desk.index()
    reader = person(desk, "62")
    save(desk, reader)
    desk.hold(wilayah="62.06")
    desk.index()
    with transaction(desk.session):
        services.check_searches(desk.session, serving_engine(desk.settings.index_url))
    assert new_match_count(desk.session, reader) == 1
    user = desk.session.get_one(User, reader.user_id)
    with transaction(desk.session):
        user.memberships[0].wilayah = "52"
        audit.record(desk.session, desk.actor, "uji", ("pengguna", user.id))
    look_again(desk)
    assert new_match_count(desk.session, desk.session.get_one(User, user.id).actor()) == 0
    assert check() == (0, 0)
    assert post.mails == []


def test_a_saved_search_is_its_persons_own(desk: Desk) -> None:
    desk.index()
    saved = save(desk, person(desk))
    with pytest.raises(NotFound), transaction(desk.session):
        services.delete_search(desk.session, person(desk, "62"), saved.id)
