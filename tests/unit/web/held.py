"""Documents in a test's own database, received and read as `flask ingest` does it, from the project's samples."""

from __future__ import annotations

from pathlib import Path

from flask import Flask
from sqlalchemy import select, update

from compliance.actor import Actor
from compliance.config import ROOT
from compliance.db import transaction
from compliance.models import Document
from compliance.queries.printed_regions import printed_regions
from compliance.services import documents, reading

SAMPLES = ROOT / "documents" / "contoh"
SYSTEM = Actor.system("uji")
_readings: dict[str, reading.Reading] = {}


def hold(app: Flask, name: str = "perbup-pekerja-rentan.pdf", **columns: object) -> int:
    """The id of a document made from a sample and read; `columns` are set on its row afterwards."""
    with app.app_context():
        session = app.extensions["patuh_sessions"]()
        store = app.extensions["patuh_settings"].store
        with transaction(session), (SAMPLES / name).open("rb") as stream:
            kept = documents.keep_bytes(store, stream)
            document = documents.receive_document(session, SYSTEM, kept, name).document
            reading.store_reading(session, SYSTEM, document, _read(session, store, document))
            session.flush()
            if columns:
                session.execute(update(Document).where(Document.id == document.id).values(**columns))
            return document.id


def row(app: Flask, table: type, **wanted: object) -> object:
    """The first row of a table with these values, as it stands in the database now."""
    with app.app_context():
        session = app.extensions["patuh_sessions"]()
        return session.scalars(select(table).filter_by(**wanted)).first()


def _read(session: object, store: Path, document: Document) -> reading.Reading:
    if document.file_sha256 not in _readings:
        path = documents.stored_path(store, document.file_sha256)
        _readings[document.file_sha256] = reading.read_document(path, printed_regions(session))  # type: ignore[arg-type]
    return _readings[document.file_sha256]
