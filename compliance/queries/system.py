"""The versions of what Patuh stands on."""

from __future__ import annotations

import platform
from importlib.metadata import version

from indexer.words import ANALYSIS_VERSION

LIBRARIES = ("flask", "sqlalchemy", "whoosh3", "pypdf", "pypdfium2", "pytesseract")


def versions(index: str) -> dict[str, str]:
    """Version by name: the index (empty where there is none), the analysis of words, Python, and the main libraries."""
    known = {"index": index, "analysis": ANALYSIS_VERSION, "python": platform.python_version()}
    return known | {name: version(name) for name in LIBRARIES}
