"""A home of Patuh made of law texts: documents with pages and parts, their identity from the metadata, and the index of them.

A text is one line of JSON: id, jenis, tahun, nomor, tentang, teks. A home made before from the same file is used again.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import shutil
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from compliance.actor import Actor
from compliance.config import Settings, settings_from
from compliance.db import open_database, session_factory, transaction
from compliance.migrations import upgrade
from compliance.models import Document, File, Page
from compliance.services.documents import keep_bytes, receive_document
from compliance.services.indexing import bring_index_up_to_date
from compliance.services.page_rows import Reading, part_rows
from compliance.services.reading import store_reading
from compliance.services.setup import prepare_data
from indexer.highlight import page_terms
from indexer.identify import Field, Identity
from indexer.identities import kind_named
from indexer.pages import Page as ReadPage
from indexer.structure import parts_of

ACTOR = Actor.system("pengukuran")
PAGE_CHARACTERS = 2_400
AT_ONCE = 40
PAPER = (595.0, 842.0)


@dataclass(frozen=True, slots=True)
class Home:
    """`documents` maps the id of a text to its document; the rest is how the index was made (`index_seconds` 0: used again)."""

    settings: Settings
    session: Session
    documents: Mapping[str, int]
    pages: int
    index_seconds: float
    index_bytes: int


def texts_in(path: Path) -> Iterator[Mapping[str, Any]]:
    """The texts of a JSONL file, gzipped or not, in its order."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def home_of(texts: Path, folder: Path) -> Home:
    """A home in the folder that holds the texts and no other documents, indexed as the program at hand does it."""
    _emptied_unless_made_of(texts, folder)
    settings = settings_from({"PATUH_VAR": str(folder / "var"), "PATUH_DOCUMENTS": str(folder / "documents")})
    database = open_database(settings.database_url)
    upgrade(database)
    session = session_factory(database)()
    with transaction(session):
        prepare_data(session, ACTOR)
    remaining = iter(texts_in(texts))
    while batch := list(islice(remaining, AT_ONCE)):
        with transaction(session):
            for text in batch:
                _hold(session, settings, text)
    (folder / "made-of").write_text(_mark(texts), encoding="ascii")
    documents = _documents(session)
    started = time.perf_counter()
    touched = bring_index_up_to_date(session, settings)
    seconds = time.perf_counter() - started if touched >= len(documents) else 0.0
    pages = session.scalar(select(func.count()).select_from(Page)) or 0
    serving = (settings.var / "indeks" / "current").read_text(encoding="ascii").strip()
    size = sum(file.stat().st_size for file in (settings.var / "indeks" / serving).iterdir())
    return Home(settings, session, documents, pages, seconds, size)


def _emptied_unless_made_of(texts: Path, folder: Path) -> None:
    made_of = folder / "made-of"
    if folder.is_dir() and not (made_of.is_file() and made_of.read_text(encoding="ascii") == _mark(texts)):
        for name in ("var", "documents"):
            shutil.rmtree(folder / name, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)


def _mark(texts: Path) -> str:
    return hashlib.sha256(texts.read_bytes()).hexdigest()


def _documents(session: Session) -> dict[str, int]:
    rows = session.execute(select(Document.id, File.names).join(File, File.sha256 == Document.file_sha256))
    return {names[0].removesuffix(".txt").replace("_", "/"): key for key, names in rows}


def _hold(session: Session, settings: Settings, text: Mapping[str, Any]) -> None:
    content = json.dumps(text, sort_keys=True).encode()
    kept = keep_bytes(settings.store, io.BytesIO(content))
    received = receive_document(session, ACTOR, kept, f"{text['id'].replace('/', '_')}.txt")
    if received.is_new:
        store_reading(session, ACTOR, received.document, _reading(text))
        session.flush()


def _reading(text: Mapping[str, Any]) -> Reading:
    pages = [
        ReadPage(number, *PAPER, piece, (), "asli", extractor="ukur")
        for number, piece in enumerate(_cut(text["teks"]), 1)
    ]
    rows = [
        {
            "number": page.number, "width": page.width, "height": page.height, "text": page.text,
            "terms": page_terms(page.text), "boxes": b"", "source": page.source, "extractor": page.extractor,
            "other_text": None, "confidence": None, "layer": "baik", "reason": "", "machine_text": None,
            "machine_boxes": None,
        }
        for page in pages
    ]  # fmt: skip
    return Reading(rows, part_rows(parts_of(pages)), _identity(text), is_sample=False)


def _cut(text: str) -> Iterator[str]:
    """The text in pages of at most about PAGE_CHARACTERS, cut between lines."""
    page: list[str] = []
    length = 0
    for line in text.splitlines():
        if page and length + len(line) > PAGE_CHARACTERS:
            yield "\n".join(page)
            page, length = [], 0
        page.append(line)
        length += len(line) + 1
    yield "\n".join(page)


def _identity(text: Mapping[str, Any]) -> Identity:
    kind = kind_named(text["jenis"])
    known = {"jenis": kind, "nomor": str(text["nomor"]), "tahun": int(text["tahun"]), "judul": text["tentang"]}
    fields = ("bentuk", "wilayah", "penerbit", "ditetapkan", "diundangkan", "gazette", "singkatan")
    return Identity(**{name: Field(value) for name, value in {**known, **dict.fromkeys(fields)}.items()})
