"""flask setup: a database from nothing, and nothing changed when it is run again."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import func, select

from app import create_app
from compliance.config import settings_from
from compliance.models import AuditRow, Claim, Region, User


def test_setup_prepares_everything_once_and_gives_one_link(tmp_path: Path) -> None:
    settings = settings_from({"PATUH_VAR": str(tmp_path / "var"), "PATUH_DOCUMENTS": str(tmp_path / "dokumen")})
    app = create_app(settings)
    runner = app.test_cli_runner()
    first = runner.invoke(args=["setup"])
    assert first.exit_code == 0, first.output
    assert first.stderr.count("/masuk/sekali/") == 1
    assert "1 baris belum cocok" in first.stderr

    def counts() -> list[int | None]:
        with app.app_context():
            session = app.extensions["patuh_sessions"]()
            return [
                session.scalar(select(func.count()).select_from(table)) for table in (Region, Claim, User, AuditRow)
            ]

    before = counts()
    assert before[:3] == [553, 231, 1]
    second = runner.invoke(args=["setup"])
    assert second.exit_code == 0
    assert "/masuk/sekali/" not in second.stderr
    assert "accounts link admin@patuh.local" in second.stderr
    assert counts() == before
    app.extensions["patuh_sessions"].remove()
    app.extensions["patuh_sessions"].get_bind().dispose()


def test_the_key_that_signs_sessions_is_made_once_and_private(tmp_path: Path) -> None:
    settings = settings_from({"PATUH_VAR": str(tmp_path / "var")})
    keys = {create_app(settings).secret_key for _ in range(2)}
    assert len(keys) == 1
    assert (tmp_path / "var" / "kunci").stat().st_mode & 0o077 == 0
