"""One database, several processes: setups, web and worker at once; and the tables are those of the models."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from compliance.actor import Actor
from compliance.config import ROOT, Settings
from compliance.db import Base, open_database, session_factory, transaction
from compliance.migrations import configuration, upgrade
from compliance.models import AuditRow, Claim, Document, Page, Region, Score, User, Work
from compliance.services import audit

WRITERS, ROWS = 4, 25
MOMENT = "2026-11-22 05:00:00.000000"
OLD_ROWS = (
    f"INSERT INTO file VALUES ('{'a' * 64}', 10, '[\"lama.pdf\"]', '{MOMENT}')",
    "INSERT INTO document (id, file_sha256, doubtful, is_sample, reading_state, page_count, pages_ocr, pages_unread, search_hash, received_at)"
    f" VALUES (7, '{'a' * 64}', '[]', 0, 'terbaca', 1, 0, 0, '', '{MOMENT}')",
    "INSERT INTO page (document_id, number, width, height, text, terms, boxes, source, reason, extractor)"
    " VALUES (7, 1, 595, 842, 'Pasal 1', '', x'', 'asli', '', '')",
    f"INSERT INTO work (kind, document_id, state, attempts, created_at) VALUES ('baca', 7, 'selesai', 0, '{MOMENT}')",
)


def test_the_migrations_make_the_tables_of_the_models(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'baru.db'}")
    upgrade(engine)
    upgrade(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def test_a_home_of_the_first_tables_keeps_its_documents_and_what_hangs_on_them(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'lama.db'}")
    config = configuration()
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        for row in OLD_ROWS:
            connection.exec_driver_sql(row)
    upgrade(engine)
    with session_factory(engine)() as session:
        document = session.scalars(select(Document)).one()
        kept = [(version.number, version.file_sha256, version.reason) for version in document.versions]
        page = session.scalars(select(Page)).one()
        assert kept == [(1, "a" * 64, "diterima")]
        assert (page.document_id, page.layer, session.scalars(select(Work)).one().pages_done) == (7, "", 0)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    engine.dispose()


def test_setups_at_the_same_moment_prepare_everything_once(tmp_path: Path) -> None:
    environment = {**os.environ, "PATUH_VAR": str(tmp_path / "var"), "PATUH_DOCUMENTS": str(tmp_path / "d")}
    command = [sys.executable, "-m", "flask", "--app", "app", "setup"]
    running = [
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        for _ in range(3)
    ]
    told = [process.communicate()[0].decode() for process in running]
    assert [process.returncode for process in running] == [0, 0, 0], told
    assert sum("/masuk/sekali/" in text for text in told) == 1
    engine = open_database(f"sqlite:///{tmp_path / 'var' / 'patuh.db'}")
    with session_factory(engine)() as session:
        counted = [session.scalar(select(func.count()).select_from(table)) for table in (Region, Claim, User)]
    engine.dispose()
    assert counted == [553, 231, 1]


def test_writers_wait_for_each_other_and_a_reader_for_nobody(settings: Settings, session: Session) -> None:
    """Each writer reads before it writes, which is what fails where the lock is only taken at the end."""
    before = session.scalar(select(func.count()).select_from(AuditRow)) or 0
    session.commit()
    failures: list[Exception] = []

    def write(number: int) -> None:
        engine = open_database(settings.database_url)
        try:
            for _ in range(ROWS):
                with session_factory(engine)() as own, transaction(own):
                    own.scalar(select(func.count()).select_from(AuditRow))
                    audit.record(own, Actor.system(f"penulis {number}"), "uji", ("uji", number))
        except Exception as error:
            failures.append(error)
        finally:
            engine.dispose()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    assert session.scalar(select(func.count()).select_from(Region)) == 553
    for thread in threads:
        thread.join()
    session.rollback()
    assert failures == []
    assert session.scalar(select(func.count()).select_from(AuditRow)) == before + WRITERS * ROWS


@pytest.mark.parametrize("table", [Claim, Score, AuditRow])
def test_what_was_recorded_is_never_altered_or_deleted(session: Session, table: type[Base]) -> None:
    row = session.scalars(select(table).limit(1)).one()
    row.note = row.detail = "lain"  # type: ignore[attr-defined]
    with pytest.raises(ValueError, match="never altered"):
        session.flush()
    session.rollback()
    with pytest.raises(ValueError, match="never altered"), transaction(session):
        session.delete(session.scalars(select(table).limit(1)).one())
