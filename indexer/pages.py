"""What a document is once it has been read: pages of text whose every word knows its place on the paper."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

PageSource = Literal["asli", "ocr", "belum"]
Verdict = Literal["baik", "ragu", "buruk", "tidak ada"]


@dataclass(frozen=True, slots=True)
class Word:
    """One printed word. `start` is its offset in the page's text: `text[start:start + len(word.text)] == word.text`.

    The box is in PDF points, origin at the top left of the page as it is shown (rotation applied), y growing downwards.
    `confidence` is 0-100 for OCR, None for a text layer.
    """

    text: str
    start: int
    x0: float
    y0: float
    x1: float
    y1: float
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page, counted from 1. `source` is where its text came from: asli (text layer), ocr, or belum (not readable yet).

    `width` and `height` are points as shown. `reason` says why that source was taken. `confidence` is the mean of OCR words.
    `other_text` keeps the loser when a text layer and an OCR reading both exist. `layer` is the verdict on the page's
    own text layer; "" where the page could not even be opened.
    """

    number: int
    width: float
    height: float
    text: str
    words: tuple[Word, ...]
    source: PageSource
    reason: str = ""
    confidence: float | None = None
    extractor: str = ""
    other_text: str | None = None
    layer: Verdict | Literal[""] = ""


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A whole file as read. `encrypted` is true where an empty password opened it. `metadata` is the PDF's /Info as text."""

    pages: tuple[Page, ...]
    encrypted: bool = False
    metadata: dict[str, str] = field(default_factory=dict)
