"""The rules of the house, held by tests: imports, routes, commands, settings, sizes."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from compliance.config import ROOT
from compliance.db import Base, open_database
from compliance.models import AuditRow

ONE_IMPORTER = {
    "huey": "compliance/wake.py",
    "redis": "compliance/wake.py",
    "pypdf": "indexer/pdf.py",
    "pypdfium2": "indexer/pdf.py",
    "pytesseract": "indexer/ocr.py",
    "whoosh": "indexer/whoosh_engine.py",
}
FOLDERS = ("compliance", "indexer", "benchmarks")
SOURCES = [
    path
    for path in (ROOT / "app.py", *(found for folder in FOLDERS for found in sorted((ROOT / folder).rglob("*.py"))))
    if "migrations/versions" not in str(path)
]


def _imported(path: Path) -> set[str]:
    """The top-level packages that a module imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


def test_imports_keep_the_contracts_of_the_house() -> None:
    command = [str(Path(sys.executable).parent / "lint-imports")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("library", ONE_IMPORTER)
def test_each_heavy_library_is_imported_by_one_module(library: str) -> None:
    importers = {str(path.relative_to(ROOT)) for path in SOURCES if library in _imported(path)}
    assert importers - {ONE_IMPORTER[library]} == {p for p in importers if p.startswith("benchmarks/")}


def test_no_module_is_longer_than_400_lines() -> None:
    long = {str(path.relative_to(ROOT)): n for path in SOURCES if (n := len(path.read_text().splitlines())) > 400}
    assert not long


def test_the_front_door_stays_under_60_lines() -> None:
    assert len((ROOT / "app.py").read_text().splitlines()) < 60


def test_every_route_declares_who_may_use_it(app: Flask) -> None:
    undeclared = {
        rule.rule for rule in app.url_map.iter_rules() if not hasattr(app.view_functions[rule.endpoint], "allowed")
    }
    assert not undeclared


def test_every_command_has_help(app: Flask) -> None:
    commands = dict(app.cli.commands)
    for group in list(commands.values()):
        commands.update({f"{group.name} {name}": sub for name, sub in getattr(group, "commands", {}).items()})
    assert {name for name, command in commands.items() if not command.help} == set()


def test_every_setting_is_documented_and_every_documented_setting_exists() -> None:
    def names(text: str) -> set[str]:
        return {word.strip("`\"'|,():;. ") for word in text.replace("(", " ").split() if "PATUH_" in word}

    read = {n for n in names((ROOT / "compliance/config.py").read_text()) if n.startswith("PATUH_") and "*" not in n}
    documented = {n for n in names((ROOT / "docs/settings.md").read_text()) if not n.startswith("PATUH_TEST")}
    assert read == documented


def test_the_migrations_make_exactly_the_tables_of_the_models(prepared_database: Path) -> None:
    engine = open_database(f"sqlite:///{prepared_database}")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def test_opening_pages_writes_nothing(app: Flask, sign_in, session: Session) -> None:
    client = sign_in()

    def traces() -> int:
        return session.scalar(select(func.count(AuditRow.id))) or 0

    before = traces()
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and not rule.arguments and rule.endpoint != "static":
            assert client.get(rule.rule).status_code < 500, rule.rule
    session.rollback()
    assert traces() == before
