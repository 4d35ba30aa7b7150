"""What a regulation does to others: amends, repeals, carries out, rests on; each with the page and the words that say so."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from indexer.citations import Citation, FlowingText, citations_in
from indexer.concepts import issuer_of
from indexer.identify import main_title_block
from indexer.lines import Line, key_of, lines_of
from indexer.pages import Page
from indexer.repeals import named_for_themselves, place_of, repeals_in
from indexer.structure import Part, parts_of

RelationKind = Literal["mengubah", "mencabut", "mencabut_sebagian", "melaksanakan", "dasar_hukum"]

_CARRIES_OUT = re.compile(r"\bmelaksanakan\b", re.IGNORECASE)
_PURPOSE = re.compile(r"\bperlu\b|;", re.IGNORECASE)
_MORE = re.compile(r"(?:,|\bDAN|\bSERTA|\bDENGAN)\s*$", re.IGNORECASE)
_TITLE_PAGES = 30
_LONGEST_QUOTE = 500
_AROUND = 120


@dataclass(frozen=True, slots=True)
class Relation:
    """`nomor`, `tahun` and `wilayah` are those of the other regulation, as printed. `words` is the quotation of its name.

    `sentence` is what says so, on one line; of a long one its beginning, the words around the name, and its end.
    """

    kind: RelationKind
    jenis: str
    nomor: str
    tahun: int | None
    wilayah: str | None
    page: int
    words: str
    sentence: str = ""


def citations(pages: Sequence[Page]) -> list[Citation]:
    """Every regulation the pages name, in reading order, repetitions included."""
    return list(citations_in(FlowingText(lines_of(pages))))


def relations(pages: Sequence[Page], parts: Sequence[Part] | None = None) -> list[Relation]:
    """What the title, Menimbang, Mengingat and the articles say; the same statement twice is one row.

    `parts` are those of `parts_of`, where they are known already.
    """
    lines = lines_of(pages)
    parts = parts_of(pages) if parts is None else parts
    rows = [
        *_from_title(pages[:_TITLE_PAGES]),
        *_carried_out(_lines_in(lines, parts, "menimbang")),
        *_rested_on(_lines_in(lines, parts, "mengingat")),
        *_repealed(lines, parts),
    ]
    once = list({(row.kind, *act_named(row)): row for row in reversed(rows)}.values())[::-1]
    placed = {(row.kind, *act_named(row)[:3]) for row in once if act_named(row)[3]}
    return [row for row in once if act_named(row)[3] or (row.kind, *act_named(row)[:3]) not in placed]


def act_named(cited: Citation | Relation) -> tuple[str, str, int | None, str]:
    """What tells one named act from another: kind, folded number, year, and the region or ministry ("" where none is printed)."""
    number = "".join(cited.nomor.split()).lower().lstrip("0")
    place = key_of(cited.wilayah) if cited.wilayah else issuer_of(cited.words)
    return cited.jenis, number, cited.tahun, place or ""


def _relation(kind: RelationKind, cited: Citation, flow: FlowingText, begin: int, end: int) -> Relation:
    sentence = _quoted(flow.text, cited, begin, end)
    return Relation(kind, cited.jenis, cited.nomor, cited.tahun, cited.wilayah, cited.page, cited.words, sentence)


def _quoted(text: str, cited: Citation, begin: int, end: int) -> str:
    if end - begin <= _LONGEST_QUOTE:
        return " ".join(text[begin:end].split())
    spans = [(begin, begin + _AROUND), (cited.start - _AROUND, cited.end + _AROUND), (end - _AROUND, end)]
    joined: list[tuple[int, int]] = []
    for start, stop in spans:
        start, stop = max(start, begin), min(stop, end)
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(stop, joined[-1][1]))
        else:
            joined.append((start, stop))
    return " … ".join(" ".join(text[start:stop].split()) for start, stop in joined)


def _from_title(pages: Sequence[Page]) -> Iterator[Relation]:
    block = main_title_block(pages)
    if block is None or not block.title:
        return
    flow = FlowingText(block.title)
    named = [cited for cited in citations_in(flow) if cited.jenis]
    if not named:
        return
    whole = (0, len(flow.text))
    before = flow.text[: named[0].start]
    also = [cited for earlier, cited in itertools.pairwise(named) if _MORE.search(flow.text[earlier.end : cited.start])]
    if re.search(r"\bPERUBAHAN\b.*\bATAS\s*$", before):
        yield _relation("mengubah", named[0], flow, *whole)
    elif re.match(r"\W*(?:TENTANG\b\W*)?PENCABUTAN\b", flow.text):
        yield from (_relation("mencabut", cited, flow, *whole) for cited in (named[0], *also))
    elif re.search(r"\bPELAKSANAAN\s*$", before):
        yield _relation("melaksanakan", named[0], flow, *whole)


def _lines_in(lines: Sequence[Line], parts: Sequence[Part], kind: str) -> list[Line]:
    inside: list[Line] = []
    for part in parts:
        if part.kind == kind:
            begin, end = (part.page, part.start), (part.end_page, part.end)
            inside += lines[bisect_left(lines, begin, key=place_of) : bisect_left(lines, end, key=place_of)]
    return inside


def _carried_out(lines: Sequence[Line]) -> Iterator[Relation]:
    """Menimbang: bahwa untuk melaksanakan ketentuan Pasal … Undang-Undang …, perlu menetapkan …"""
    flow = FlowingText(lines)
    for found in _CARRIES_OUT.finditer(flow.text):
        stop = _PURPOSE.search(flow.text, found.end())
        end = stop.start() if stop else len(flow.text)
        for cited in named_for_themselves(flow, found.end(), end):
            yield _relation("melaksanakan", cited, flow, *_item(flow.text, cited))


def _rested_on(lines: Sequence[Line]) -> Iterator[Relation]:
    flow = FlowingText(lines)
    for cited in named_for_themselves(flow, 0, len(flow.text)):
        yield _relation("dasar_hukum", cited, flow, *_item(flow.text, cited))


def _item(text: str, cited: Citation) -> tuple[int, int]:
    """The item of a list around a citation: from semicolon to semicolon."""
    end = text.find(";", cited.end)
    return text.rfind(";", 0, cited.start) + 1, end + 1 if end >= 0 else len(text)


def _repealed(lines: Sequence[Line], parts: Sequence[Part]) -> Iterator[Relation]:
    for repeal in repeals_in(lines, parts):
        kind: RelationKind = "mencabut_sebagian" if repeal.in_part else "mencabut"
        yield _relation(kind, repeal.cited, repeal.flow, repeal.begin, repeal.end)
