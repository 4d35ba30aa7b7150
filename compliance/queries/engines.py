"""The search engine in use, one per process and address: readers refresh, so it is opened once."""

from __future__ import annotations

from functools import cache

from indexer.engine import SearchEngine
from indexer.engines import open_engine


@cache
def serving_engine(url: str) -> SearchEngine:
    """The engine at an index address (`PATUH_INDEX_URL`)."""
    return open_engine(url)
