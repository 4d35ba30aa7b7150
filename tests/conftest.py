"""A prepared database of one's own for every test, the application over it, and browsers signed in by role."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import hypothesis
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app import create_app
from compliance.actor import Actor, Role
from compliance.config import Settings, settings_from
from compliance.db import open_database, session_factory, transaction
from compliance.migrations import upgrade
from compliance.services import users
from compliance.services.setup import prepare_data
from tests.services import demand

# The same examples every time: a run that fails can be run again.
hypothesis.settings.register_profile("patuh", derandomize=True, deadline=None)
hypothesis.settings.load_profile("patuh")

SHARED = Path(__file__).resolve().parents[2] / "shared"
SignIn = Callable[..., FlaskClient]


def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker in item.iter_markers("service"):
        demand(marker.args[0])


@pytest.fixture(scope="session")
def prepared_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file after `flask setup`, made once; tests work on copies."""
    path = tmp_path_factory.mktemp("siap") / "patuh.db"
    engine = open_database(f"sqlite:///{path}")
    upgrade(engine)
    with session_factory(engine)() as session, transaction(session):
        prepare_data(session, Actor.system("uji"))
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


@pytest.fixture
def settings(tmp_path: Path, prepared_database: Path) -> Settings:
    """Settings whose database, index and documents live in this test's own folder, already set up."""
    var = tmp_path / "var"
    var.mkdir()
    shutil.copy(prepared_database, var / "patuh.db")
    made = settings_from({"PATUH_VAR": str(var), "PATUH_DOCUMENTS": str(tmp_path / "documents")})
    return replace(made, read_processes=1)


@pytest.fixture
def session(settings: Settings) -> Iterator[Session]:
    engine = open_database(settings.database_url)
    with session_factory(engine)() as open_session:
        yield open_session
    engine.dispose()


@pytest.fixture
def actor() -> Actor:
    """The program itself: may do everything."""
    return Actor.system("uji")


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    made = create_app(settings)
    made.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    yield made
    made.extensions["patuh_sessions"].remove()
    made.extensions["patuh_sessions"].get_bind().dispose()


@pytest.fixture
def sign_in(app: Flask) -> SignIn:
    """`sign_in(role, wilayah)` gives a test client signed in as a new user with that role; `name` tells two of them apart."""

    def signed_in(role: Role = Role.ADMINISTRATOR, wilayah: str = "00", name: str = "") -> FlaskClient:
        system = Actor.system("uji")
        with app.app_context():
            open_session = app.extensions["patuh_sessions"]()
            with transaction(open_session):
                email = f"{name or role.name}.{wilayah}@uji.local".lower()
                user = users.add_user(open_session, system, email=email, nama=f"{role.value} {wilayah}")
                users.grant_role(open_session, system, user, role, wilayah)
                nonce = users.issue_link(open_session, system, user)
        client = app.test_client()
        assert client.post(f"/masuk/sekali/{nonce}").status_code == 302
        return client

    return signed_in


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of public material that developers measure with; skips where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("../shared is not here")
    return SHARED
