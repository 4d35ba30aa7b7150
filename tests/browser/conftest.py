"""A real server over a prepared home with the project's own samples in it, and a real Chromium."""

from __future__ import annotations

import logging
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import make_server

from app import create_app
from compliance.actor import Actor, Role
from compliance.config import ROOT, settings_from
from compliance.db import transaction
from compliance.services import users
from tests.services import demand

CHROMIUM_FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-quic",
]  # fmt: skip
ROLES = {
    Role.PEMBACA: "62",
    Role.OPERATOR: "62.06",
    Role.VERIFIKATOR: "52",
    Role.PENILAI: "52",
    Role.ADMINISTRATOR: "00",
}


@dataclass(frozen=True)
class Site:
    """A served Patuh: its address, and a one-time link for each role."""

    address: str
    app: Flask

    def sign_in_link(self, role: Role) -> str:
        system = Actor.system("uji")
        with self.app.app_context():
            session = self.app.extensions["patuh_sessions"]()
            with transaction(session):
                email = f"{role.name.lower()}@uji.local"
                user = next((held for held in users_by_email(session, system) if held.email == email), None)
                if user is None:
                    user = users.add_user(session, system, email=email, nama=role.value.title())
                    users.grant_role(session, system, user, role, ROLES[role])
                nonce = users.issue_link(session, system, user)
        return f"{self.address}/masuk/sekali/{nonce}"


def users_by_email(session, actor):  # type: ignore[no-untyped-def]
    from compliance.queries.users import all_users

    return all_users(session, actor)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, prepared_database: Path) -> Iterator[Site]:
    demand("chromium")
    home = tmp_path_factory.mktemp("situs")
    (home / "var").mkdir()
    shutil.copy(prepared_database, home / "var" / "patuh.db")
    settings = settings_from({"PATUH_VAR": str(home / "var"), "PATUH_DOCUMENTS": str(home / "documents")})
    app = create_app(settings)
    samples = sorted((ROOT / "documents" / "contoh").glob("*.pdf"))
    result = app.test_cli_runner().invoke(args=["ingest", *map(str, samples)])
    assert result.exit_code == 0, result.output
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Site(f"http://127.0.0.1:{server.server_port}", app)
    server.shutdown()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    demand("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM_FLAGS)
        yield browser
        browser.close()
