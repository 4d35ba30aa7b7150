"""What a reader process is asked, pickled, and what it answers, in lines of JSON: a hostile file may have taken it over.

Answers: `opened` (pages, encrypted, metadata), `ocr` before a slow page, `page` and a line with its words, `identifying` and
`findings`, `image` (PNG as base64), `unlocked`, `refused` (code, reason), `end`.
"""

from __future__ import annotations

import base64
import json
import struct
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from indexer.findings import Findings
from indexer.highlight import page_terms
from indexer.identify import Field, Identity
from indexer.packing import pack_words, unpack_words
from indexer.pages import Page, Word
from indexer.regions import RegionNames
from indexer.relations import Relation
from indexer.structure import Part

OUT_OF_MEMORY = "Membaca berkas ini butuh memori lebih dari batas. Pecahlah berkas menjadi beberapa bagian."
NOT_IDENTIFIED = "isi berkas ini tidak dapat dikenali oleh program"

Message = dict[str, Any]
FORK = b"f"
"""Asks the fork server for a reader; two sockets go with it: the conversation and the lifeline."""
EXIT_CODE = struct.Struct("<i")
LENGTH = struct.Struct("<I")
_OWN_FIELDS = tuple(name for name in Page.__dataclass_fields__ if name != "words")


@dataclass(frozen=True, slots=True)
class SentPage:
    """A page as it came from the reader: `row` is ready to be stored, `words` are the words with exact places as JSON.

    `row` has the fields of `Page` without the words, `terms` (`highlight.page_terms`) and `boxes` (`packing.pack_words`).
    `words` is "null" for a text layer, whose words have no confidence: those in `boxes` are exact enough.
    """

    row: Message
    words: bytes

    @property
    def page(self) -> Page:
        """The page with its words; those of a text layer to a tenth of a point."""
        fields = {name: self.row[name] for name in _OWN_FIELDS}
        words = json.loads(self.words)
        if words is None:
            return Page(**fields, words=unpack_words(self.row["boxes"], self.row["text"]))
        return Page(**fields, words=tuple(Word(*word) for word in words))


@dataclass(frozen=True, slots=True)
class ReadPages:
    """The pages from `first` on are wanted. With `regions` identity and structure follow, of all pages: also those `known` before.

    `name` is the file's own, for the identity.
    """

    ocr: bool
    regions: RegionNames | None = None
    name: str = ""
    first: int = 1
    known: tuple[SentPage, ...] = ()


@dataclass(frozen=True, slots=True)
class DrawPage:
    """The picture of one page is wanted."""

    number: int
    dpi: float


@dataclass(frozen=True, slots=True)
class SaveUnlocked:
    """A copy without the lock is wanted."""

    target: Path


Task = ReadPages | DrawPage | SaveUnlocked


@dataclass(frozen=True, slots=True)
class Request:
    """One file, what is wanted of it, and how much that may cost."""

    path: Path
    task: Task
    password: str | None
    max_pages: int
    max_pixels: int
    memory_bytes: int
    cpu_seconds: int


def line(message: Message) -> bytes:
    """A message as one line."""
    return json.dumps(message, separators=(",", ":")).encode("ascii") + b"\n"


def as_sent(page: Page) -> SentPage:
    """The page as it is sent and stored."""
    row = {name: getattr(page, name) for name in _OWN_FIELDS}
    words = _words_as_json(page.words) if page.source == "ocr" else b"null"
    return SentPage({**row, "terms": page_terms(page.text), "boxes": pack_words(page.words)}, words)


def page_lines(sent: SentPage) -> bytes:
    """A page as two lines, the second with its words."""
    boxes = base64.b64encode(sent.row["boxes"]).decode("ascii")
    return line({"type": "page", "row": {**sent.row, "boxes": boxes}}) + sent.words + b"\n"


def sent_page(row: Message, words: bytes) -> SentPage:
    """The page of the two lines `page_lines` made."""
    return SentPage({**row, "boxes": base64.b64decode(row["boxes"])}, words)


def findings_line(findings: Findings) -> bytes:
    """What was found, as one line."""
    identity = {name: _plain(field) for name, field in _fields_of(findings.identity).items()}
    parts, stated = [asdict(part) for part in findings.parts], [asdict(one) for one in findings.relations]
    found = {"identity": identity, "parts": parts, "relations": stated, "is_sample": findings.is_sample}
    return line({"type": "findings", **found})


def sent_findings(message: Message) -> Findings:
    """The findings of the line `findings_line` made."""
    identity = Identity(**{name: _field(raw) for name, raw in message["identity"].items()})
    parts, stated = (Part(**part) for part in message["parts"]), (Relation(**one) for one in message["relations"])
    return Findings(identity, tuple(parts), tuple(stated), bool(message["is_sample"]))


def _words_as_json(words: Sequence[Word]) -> bytes:
    """Every word with its place to a hundredth of a point."""
    rows = [
        (w.text, w.start, round(w.x0, 2), round(w.y0, 2), round(w.x1, 2), round(w.y1, 2), w.confidence) for w in words
    ]
    return json.dumps(rows, separators=(",", ":")).encode("ascii")


def _fields_of(identity: Identity) -> dict[str, Field[Any]]:
    return {name: getattr(identity, name) for name in Identity.__dataclass_fields__}


def _plain(field: Field[Any]) -> Message:
    value = {"day": field.value.isoformat()} if isinstance(field.value, date) else field.value
    return {**asdict(field), "value": value}


def _field(raw: Message) -> Field[Any]:
    value, box = raw["value"], raw["box"]
    day = date.fromisoformat(value["day"]) if isinstance(value, dict) else value
    return Field(**{**raw, "value": day, "box": None if box is None else tuple(box)})
