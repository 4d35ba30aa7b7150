"""The search engine in use, one per process and address: readers refresh, so it is opened once. And why it can't be asked."""

from __future__ import annotations

from functools import cache

from sqlalchemy.orm import Session

from compliance.queries.workers import living_workers
from indexer.engine import SearchEngine
from indexer.engines import open_engine
from indexer.errors import IndexUnavailable

ELSE_WORKS = "Dokumen dan halaman lain tetap bisa dibuka."


@cache
def serving_engine(url: str) -> SearchEngine:
    """The engine at an index address (`PATUH_INDEX_URL`)."""
    return open_engine(url)


def index_answers(url: str) -> bool:
    """Whether the index at that address can be asked. Costs no more than looking at a few files."""
    try:
        serving_engine(url).check()
    except IndexUnavailable:
        return False
    return True


def why_unavailable(session: Session, engine: SearchEngine, problem: IndexUnavailable) -> str:
    """In sentences why search doesn't answer, how long that may last, and what to do where it won't end by itself."""
    building = engine.building()
    if building and building.goes_on:
        return (
            f"Indeks pencarian sedang dibangun ulang: {_told(building.done)} dari {_told(building.total)} dokumen dan peraturan. "
            f"{ELSE_WORKS} Coba cari lagi sebentar lagi."
        )
    if building and building.problem:
        return f"Indeks pencarian belum bisa dibangun ulang: {building.problem} {ELSE_WORKS}"
    if not living_workers(session):
        return (
            f"{problem} Pekerja latar tidak berjalan, jadi itu tidak terjadi sendiri: "
            f"jalankan “flask worker” atau “flask index rebuild”. {ELSE_WORKS}"
        )
    return f"{problem} Pekerja latar memulainya dalam beberapa detik. {ELSE_WORKS}"


def _told(number: int) -> str:
    return f"{number:,}".replace(",", ".")
