"""The one place that knows every search engine there is."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

from indexer.engine import SearchEngine
from indexer.whoosh_engine import WhooshEngine


def open_engine(url: str | Path) -> SearchEngine:
    """The engine a setting names: `whoosh:///absolute/path`, or a path. Opens no file yet.

    Raises: ValueError for an engine that does not exist.
    """
    if isinstance(url, Path) or "://" not in url:
        return WhooshEngine(Path(url))
    parts = urlsplit(url)
    if parts.scheme == "whoosh" and not parts.netloc and parts.path:
        return WhooshEngine(Path(unquote(parts.path)))
    raise ValueError(f"tidak ada mesin pencari untuk {url!r}; yang dikenal: whoosh:///alamat/mutlak")
