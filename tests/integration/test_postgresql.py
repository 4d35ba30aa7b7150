"""The same product on PostgreSQL: tables, starting data, matrix, documents, search."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from app import create_app
from compliance.config import ROOT, Settings, settings_from

pytestmark = pytest.mark.service("postgresql")


@pytest.fixture
def postgres(tmp_path: Path) -> Iterator[Settings]:
    """Settings over a database of this test's own, dropped afterwards."""
    server = make_url(os.environ["PATUH_TEST_POSTGRESQL"]).set(drivername="postgresql+psycopg")
    name = f"patuh_uji_{secrets.token_hex(4)}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    address = server.set(drivername="postgresql", database=name).render_as_string(hide_password=False)
    yield settings_from(
        {"PATUH_VAR": str(tmp_path / "var"), "PATUH_DOCUMENTS": str(tmp_path / "d"), "PATUH_DATABASE_URL": address}
    )
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


def test_the_whole_job_runs_on_postgresql(postgres: Settings) -> None:
    app = create_app(postgres)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    runner = app.test_cli_runner()

    def run(*words: str) -> str:
        result = runner.invoke(args=list(words))
        assert result.exit_code == 0, result.output
        return result.stdout

    run("setup")
    run("setup")
    sample = next(path for path in sorted((ROOT / "documents/contoh").glob("*.pdf")) if "pindai" not in path.name)
    taken = json.loads(run("ingest", str(sample), "--json"))
    assert (taken["received"], taken["duplicate"]) == (1, 0)
    assert json.loads(run("ingest", str(sample), "--json"))["duplicate"] == 1
    rows = {
        row["wilayah"]: row["regulasi"]
        for row in json.loads(run("tracker", "--provinsi", "62", "--per", "2021-11-15", "--json"))
    }
    assert [code for code, rung in sorted(rows.items()) if rung == "R3"] == ["62.01", "62.03", "62.06", "62.08"]
    assert json.loads(run("search", "pp 85/2013", "--json"))["hits"][0]["nomor"] == "85"
    assert json.loads(run("status", "--json"))["out_of_date"] == 0
    sheet = json.loads(run("paritrana", "--edisi", "ntb-2025", "--wilayah", "52.03", "--json"))
    assert round(sheet["total"], 2) == 51.51
    client = app.test_client()
    link = run("accounts", "link", "admin@patuh.local").strip()
    client.post("/" + link.split("/", 3)[3])
    for path in ("/", f"/provinsi/62?per={date(2021, 11, 15)}", "/wilayah/35.03", "/dokumen", "/peraturan", "/keadaan"):
        assert client.get(path, follow_redirects=True).status_code == 200, path
    app.extensions["patuh_sessions"].remove()
    app.extensions["patuh_sessions"].get_bind().dispose()
