"""Texts that every database takes: PostgreSQL stores no NUL and no half of a surrogate pair."""

from __future__ import annotations

import re
from dataclasses import replace

from indexer.pages import Page

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(text: str) -> str:
    """The text with a replacement mark for each character that a database refuses, one for one, so that offsets stay right."""
    return _UNSTORABLE.sub("\ufffd", text)


def storable_page(page: Page) -> Page:
    """The page with texts that both databases can store."""
    if not _UNSTORABLE.search(page.text + (page.other_text or "")):
        return page
    return replace(page, text=storable(page.text), other_text=page.other_text and storable(page.other_text))
