"""The words of a page with their places, as pages mark them."""

from __future__ import annotations

from compliance.models import Page
from indexer.packing import unpack_words
from indexer.pages import Word


def words_of(page: Page) -> tuple[Word, ...]:
    """The words of a page in reading order, boxes to a tenth of a point, confidences whole."""
    return unpack_words(page.boxes or b"", page.text)
