"""The history of the tables, run by `flask setup`."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine

from compliance.db import wait_for_setups


def upgrade(engine: Engine) -> None:
    """Brings the database to the newest version; where it is that already, or another setup does it now, nothing changes."""
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        wait_for_setups(connection)
        config = configuration()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def configuration() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    return config
