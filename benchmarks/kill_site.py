"""A served home of Patuh for the kills: started as `make run` does it, sent to as a browser does, its processes found in /proc."""

from __future__ import annotations

import http.cookiejar
import json
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path

from sqlalchemy.orm import Session, sessionmaker

from compliance.actor import NATIONAL, Actor, Role
from compliance.config import ROOT, Settings, settings_from
from compliance.db import open_database, session_factory, transaction
from compliance.migrations import upgrade
from compliance.queries.workers import living_workers
from compliance.services import users
from compliance.services.setup import prepare_data

ACTOR = Actor.system("pengukuran")
PATIENCE_SECONDS = 300
ROLES = {"flask worker": "pekerja", "gunicorn": "web", "indexer.": "pembaca", "tesseract": "pembaca"}
TAKEN = ("diterima", "sudah ada")


@dataclass
class Site:
    """A running Patuh: its home, settings and database, and a signed-in browser."""

    home: Path
    settings: Settings
    sessions: sessionmaker[Session]
    browser: urllib.request.OpenerDirector
    address: str
    token: str = ""

    def session(self) -> Session:
        return self.sessions()

    def send(self, content: bytes, name: str) -> None:
        """Uploads the file, again and again until Patuh has said of all of it that it is held. Raises TimeoutError."""
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            try:
                answer = self._post("/dokumen/unggah", content, name)
                if all(one["keadaan"] in TAKEN for one in answer["berkas"]):
                    return
            except (OSError, HTTPException, ValueError):
                pass  # killed meanwhile: the sender tries again, as a person would
            time.sleep(0.3)
        raise TimeoutError(f"{name} was not taken within {PATIENCE_SECONDS} s")

    def is_ready(self, role: str) -> bool:
        """Whether web answers, or a worker has said that it lives."""
        if role == "web":
            with socket.socket() as probe:
                return probe.connect_ex((self.settings.host, self.settings.port)) == 0
        with self.session() as session:
            return bool(living_workers(session))

    def drop(self, path: Path) -> None:
        """Copies the file into the watched folder."""
        self.settings.inbox.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, self.settings.inbox / path.name)

    def _post(self, path: str, content: bytes, name: str) -> dict[str, list[dict[str, str]]]:
        edge = secrets.token_hex(16)
        parts = (
            f'--{edge}\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{self.token}\r\n'
            f'--{edge}\r\nContent-Disposition: form-data; name="berkas"; filename="{name}"\r\n\r\n'
        )
        body = parts.encode() + content + f"\r\n--{edge}--\r\n".encode()
        headers = {"Content-Type": f"multipart/form-data; boundary={edge}", "Accept": "application/json"}
        with self.browser.open(urllib.request.Request(self.address + path, body, headers), timeout=30) as answer:
            told: dict[str, list[dict[str, str]]] = json.load(answer)
            return told

    def sign_in(self, nonce: str) -> None:
        """Follows the one-time link as soon as the server answers. Raises TimeoutError."""
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            try:
                token = self._token(f"/masuk/sekali/{nonce}")
                self.browser.open(
                    f"{self.address}/masuk/sekali/{nonce}", f"csrf_token={token}".encode(), timeout=30
                ).close()
                self.token = self._token("/dokumen/unggah")
                return
            except OSError:
                time.sleep(0.3)
        raise TimeoutError("the server does not answer")

    def _token(self, path: str) -> str:
        with self.browser.open(self.address + path, timeout=30) as page:
            found = re.search(r'name="csrf_token" value="([^"]+)"', page.read().decode())
        if found is None:
            raise OSError(f"{path} has no form")
        return found[1]


@contextmanager
def started(home: Path) -> Iterator[Site]:
    """Web and worker over a fresh home, signed in; stopped in order at the end."""
    environment = {
        "PATUH_VAR": str(home / "var"),
        "PATUH_DOCUMENTS": str(home / "documents"),
        "PATUH_PORT": str(_free_port()),
    }
    settings = settings_from(environment)
    engine = open_database(settings.database_url)
    upgrade(engine)
    sessions = session_factory(engine)
    with sessions() as session, transaction(session):
        prepare_data(session, ACTOR)
        user = users.add_user(session, ACTOR, email="ukur@uji.local", nama="Pengukuran")
        users.grant_role(session, ACTOR, user, Role.ADMINISTRATOR, NATIONAL)
        nonce = users.issue_link(session, ACTOR, user)
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    site = Site(home, settings, sessions, browser, settings.front_page)
    with (home / "catatan.txt").open("wb") as log:
        command = [sys.executable, "app.py"]
        server = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **environment, "FLASK_APP": "app"}, stdout=log, stderr=log
        )
        try:
            site.sign_in(nonce)
            yield site
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait()
            engine.dispose()
            time.sleep(1)


def processes_of(home: Path) -> dict[str, set[int]]:
    """The living processes that belong to this home, by what they are; the supervisor itself is left out."""
    found: dict[str, set[int]] = {"pekerja": set(), "web": set(), "pembaca": set()}
    mark = f"PATUH_VAR={home / 'var'}".encode()
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            if not command or mark not in (entry / "environ").read_bytes().split(b"\0"):
                continue
        except OSError:
            continue
        role = next((role for word, role in ROLES.items() if word in command), None)
        if role:
            found[role].add(int(entry.name))
    return found


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
