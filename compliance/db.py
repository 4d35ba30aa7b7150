"""Engines, column types and transactions. The caller opens a transaction; nothing below it commits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import DateTime, Dialect, Engine, MetaData, String, create_engine, event, func, select
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.orm import DeclarativeBase, Session, scoped_session, sessionmaker
from sqlalchemy.types import TypeDecorator

from compliance.errors import UnauditedWrite

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

SETUP_LOCK = 0x5061747568
"""Any number that no other program of the same PostgreSQL database locks."""


class Base(DeclarativeBase):
    """Every table. `audited` is False where a row is bookkeeping of the machine and needs no audit row."""

    metadata = MetaData(naming_convention=NAMES)
    audited = True


def keep_as_recorded(*tables: type[Base]) -> None:
    """Rows of these tables (and of those below them) are never altered or deleted: a session that tries raises ValueError."""
    for table in tables:
        for moment in ("before_update", "before_delete"):
            event.listen(table, moment, _refuse_change, propagate=True)


def _refuse_change(_mapper: object, _connection: Connection, row: Base) -> None:
    raise ValueError(f"{type(row).__name__} is never altered or deleted; add a later one")


class UtcDateTime(TypeDecorator[datetime]):
    """A moment with its zone: stored as UTC, given back as UTC. A moment without a zone is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=value.tzinfo or UTC)


class DecimalText(TypeDecorator[Decimal]):
    """An exact decimal, stored as its own digits, so that neither database rounds it."""

    impl = String(60)
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


def now() -> datetime:
    return datetime.now(UTC)


def open_database(url: str) -> Engine:
    """An engine for SQLite (WAL, foreign keys, 30 s busy timeout) or PostgreSQL. Makes the SQLite file's folder."""
    parsed = make_url(url)
    if parsed.drivername == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.get_backend_name() != "sqlite":
        return create_engine(parsed, pool_pre_ping=True)
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(parsed)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the "begin" event below decides how a transaction starts
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "busy_timeout=30000", "synchronous=NORMAL"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def session_factory(engine: Engine) -> sessionmaker[Session]:
    factory = sessionmaker(engine, expire_on_commit=False)
    event.listen(factory, "after_flush", _note_writes)
    return factory


def session_registry(engine: Engine) -> scoped_session[Session]:
    """One session per thread of the web process, dropped when its request ends."""
    return scoped_session(session_factory(engine))


@contextmanager
def transaction(session: Session) -> Iterator[Session]:
    """A write transaction: commits at the end, rolls back on any error.

    SQLite takes its write lock at the start, so that two writers wait for each other instead of failing at the end.

    Raises:
        UnauditedWrite: something was written and no audit row with it.
    """
    if session.in_transaction():
        session.commit()
    session.connection(execution_options={"writes": True})
    session.info.update(wrote=False, audited=False)
    try:
        yield session
        session.flush()
        if session.info["wrote"] and not session.info["audited"]:
            raise UnauditedWrite("a write left no audit row")
        session.commit()
    except BaseException:
        session.rollback()
        raise


def wait_for_setups(connection: Connection) -> None:
    """Until this transaction ends no other setup goes on; on SQLite the write lock sees to that."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(SETUP_LOCK)))


def _note_writes(session: Session, _context: object) -> None:
    for row in (*session.new, *session.dirty, *session.deleted):
        if type(row).__name__ == "AuditRow":
            session.info["audited"] = True
        elif getattr(row, "audited", True):
            session.info["wrote"] = True
