"""The history of the tables, run by `flask setup`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine

from compliance.db import wait_for_setups


def upgrade(engine: Engine) -> None:
    """Brings the database to the newest version; where it is that already, or another setup does it now, nothing changes."""
    with (
        engine.connect().execution_options(writes=True) as connection,
        tables_replaceable(connection),
        connection.begin(),
    ):
        wait_for_setups(connection)
        config = configuration()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        _check_references(connection)


@contextmanager
def tables_replaceable(connection: Connection) -> Iterator[None]:
    """SQLite alters a table by making it anew, which its foreign keys would forbid; they are checked at the end instead."""
    raw = connection.connection.driver_connection
    if connection.dialect.name != "sqlite" or raw is None:
        yield
        return
    raw.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        raw.execute("PRAGMA foreign_keys=ON")


def _check_references(connection: Connection) -> None:
    if connection.dialect.name == "sqlite" and (broken := connection.exec_driver_sql("PRAGMA foreign_key_check").all()):
        raise RuntimeError(f"the migration left rows that point nowhere: {broken[:5]}")


def configuration() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    return config
