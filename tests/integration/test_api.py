"""The API answers as it describes itself, whatever is asked."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import schemathesis
from flask import Flask
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema

from app import create_app
from compliance.actor import Actor, Role
from compliance.config import settings_from
from compliance.db import transaction
from compliance.services import tokens, users
from compliance.services.indexing import bring_index_up_to_date
from tests.unit.web.held import hold

ADDRESS = "/api/v1/openapi.json"
Headers = dict[str, str]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, prepared_database: Path) -> Iterator[Flask]:
    """The application with one document that is read and searchable."""
    home = tmp_path_factory.mktemp("api")
    (home / "var").mkdir()
    shutil.copy(prepared_database, home / "var" / "patuh.db")
    app = create_app(settings_from({"PATUH_VAR": str(home / "var"), "PATUH_DOCUMENTS": str(home / "documents")}))
    assert hold(app) == 1
    with app.app_context():
        bring_index_up_to_date(app.extensions["patuh_sessions"](), app.extensions["patuh_settings"])
    yield app
    app.extensions["patuh_sessions"].remove()
    app.extensions["patuh_sessions"].get_bind().dispose()


@pytest.fixture(scope="module")
def key(office: Flask) -> Headers:
    """What a program of someone who reads everything sends."""
    system = Actor.system("uji")
    with office.app_context():
        session = office.extensions["patuh_sessions"]()
        with transaction(session):
            user = users.add_user(session, system, email="pembaca@uji.local", nama="Pembaca")
            users.grant_role(session, system, user, Role.PEMBACA, "00")
            session.flush()
            return {"Authorization": f"Bearer {tokens.make_token(session, user.actor(), 'uji')}"}


OF_WHAT_IS_HELD = {"path.document_id": 1, "path.number": 1, "path.regulation_id": 1, "path.address": "pasal/2"}


@pytest.mark.filterwarnings("ignore:Generating overly large repr")
@pytest.mark.parametrize("known", [{}, OF_WHAT_IS_HELD], ids=["anything", "what is held"])
def test_any_question_gets_an_answer_as_described(office: Flask, key: Headers, known: dict[str, object]) -> None:
    wrong = _faults(office, key, known)
    assert not wrong, "\n\n".join(wrong)


def _faults(app: Flask, headers: Headers, known: dict[str, object]) -> list[str]:
    """What schemathesis says against the API: every check, examples, edges of every parameter, and what it makes up."""
    config = SchemathesisConfig.from_dict(
        {
            "headers": headers,
            "parameters": known,
            "continue-on-failure": True,
            "generation": {
                "max-examples": 12,
                "deterministic": True,
                "database": "none",
                "with-security-parameters": False,
            },
            "phases": {"stateful": {"enabled": False}},
            # The library can't ask again without the key in-process; test_api_web.py does.
            "checks": {"ignored_auth": {"enabled": False}},
        }
    )
    found: list[str] = []
    answers: Counter[int] = Counter()
    for event in from_schema(schemathesis.openapi.from_wsgi(ADDRESS, app, config=config)).execute():
        if isinstance(event, events.NonFatalError):
            found.append(f"{event.label}: {event.info.title} {event.value}")
        assert not isinstance(event, events.FatalError), event.exception
        if isinstance(event, events.ScenarioFinished):
            answers.update(one.response.status_code for one in event.recorder.interactions.values() if one.response)
            found += [
                f"{event.recorder.label}: {check.name}: {check.failure_info.failure}\n{check.failure_info.code_sample}"
                for checks in event.recorder.checks.values()
                for check in checks
                if check.failure_info
            ]
    assert answers[200] > 150 < answers[422], answers
    return found
