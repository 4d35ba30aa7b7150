"""What a regulation does to others: amends, repeals, carries out, rests on; each with the page and the words that say so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from indexer.citations import Citation, FlowingText, citations_in
from indexer.identify import main_title_block
from indexer.lines import Line, lines_of
from indexer.pages import Page
from indexer.structure import Part, outermost, parts_of

RelationKind = Literal["mengubah", "mencabut", "mencabut_sebagian", "melaksanakan", "dasar_hukum"]

_REPEALED = re.compile(
    r"\bdicabut\b|\bdinyatakan\s+(?:sudah\s+)?tidak\s+berlaku(?:\s+lagi)?|\btidak\s+berlaku\s+lagi\b", re.IGNORECASE
)
_KEPT = re.compile(r"\btetap\s+berlaku\b|\bmasih\s+berlaku\b", re.IGNORECASE)
_SENTENCE = re.compile(r"(?:(?<=[a-z]{2})|(?<=\))|(?<=\d{4}))\.\s+(?=[A-Z(])")
# A regulation named only to describe another one: amended by …, on the amendment of ….
_NESTED = re.compile(
    r"(?:\bdengan|\batas|\bterakhir|\bberdasarkan|\bpelaksanaan(?:\s+dari)?|\bpelaksana(?:\s+dari)?|\bmenjadi)\s*$",
    re.IGNORECASE,
)
_PARTLY = re.compile(
    r"\b(?:ketentuan\b[^;.]{0,160}\bdalam|(?:Pasal|ayat|huruf|angka|Bab)\s+[\w()]+(?:,?\s+(?:dan|ayat|huruf|Pasal|dalam)\s*[\w()]*)*)\s*$",
    re.IGNORECASE,
)
_CARRIES_OUT = re.compile(r"\bmelaksanakan\b", re.IGNORECASE)
_PURPOSE = re.compile(r"\bperlu\b|;", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Relation:
    """`nomor`, `tahun` and `wilayah` are those of the other regulation, as printed. `words` is the quotation of its name."""

    kind: RelationKind
    jenis: str
    nomor: str
    tahun: int | None
    wilayah: str | None
    page: int
    words: str


def citations(pages: Sequence[Page]) -> list[Citation]:
    """Every regulation the pages name, in reading order, repetitions included."""
    return list(citations_in(FlowingText(lines_of(pages))))


def relations(pages: Sequence[Page]) -> list[Relation]:
    """What the title, Menimbang, Mengingat and the closing articles say; the same statement twice is one row."""
    lines = lines_of(pages)
    parts = parts_of(pages)
    rows = [
        *_from_title(pages),
        *_carried_out(_lines_in(lines, parts, "menimbang")),
        *_rested_on(_lines_in(lines, parts, "mengingat")),
        *_repealed(lines, parts),
    ]
    return list({(row.kind, row.jenis, row.nomor, row.tahun): row for row in reversed(rows)}.values())[::-1]


def _relation(kind: RelationKind, cited: Citation) -> Relation:
    return Relation(kind, cited.jenis, cited.nomor, cited.tahun, cited.wilayah, cited.page, cited.words)


def _from_title(pages: Sequence[Page]) -> Iterator[Relation]:
    block = main_title_block(pages)
    if block is None or not block.title:
        return
    flow = FlowingText(block.title)
    text = re.sub(r"^\W*TENTANG\b\W*", "", flow.text)
    named = [cited for cited in citations_in(flow) if cited.jenis]
    if not named:
        return
    before = flow.text[: named[0].start]
    if re.search(r"\bPERUBAHAN\b.*\bATAS\s*$", before):
        yield _relation("mengubah", named[0])
    elif text.startswith("PENCABUTAN"):
        yield from (
            _relation("mencabut", c) for c in named if c is named[0] or flow.text[: c.start].rstrip().endswith(" DAN")
        )
    elif re.search(r"\bPELAKSANAAN\s*$", before):
        yield _relation("melaksanakan", named[0])


def _lines_in(lines: Sequence[Line], parts: Sequence[Part], kind: str) -> list[Line]:
    inside: list[Line] = []
    for part in parts:
        if part.kind == kind:
            begin, end = (part.page, part.start), (part.end_page, part.end)
            inside += [line for line in lines if begin <= (line.page, line.start) < end]
    return inside


def _carried_out(lines: Sequence[Line]) -> Iterator[Relation]:
    """Menimbang: bahwa untuk melaksanakan ketentuan Pasal … Undang-Undang …, perlu menetapkan …"""
    flow = FlowingText(lines)
    for found in _CARRIES_OUT.finditer(flow.text):
        stop = _PURPOSE.search(flow.text, found.end())
        for cited in citations_in(flow, found.end(), stop.start() if stop else None):
            if not _NESTED.search(flow.text[: cited.start]):
                yield _relation("melaksanakan", cited)


def _rested_on(lines: Sequence[Line]) -> Iterator[Relation]:
    flow = FlowingText(lines)
    for cited in citations_in(flow):
        if not _NESTED.search(flow.text[: cited.start]):
            yield _relation("dasar_hukum", cited)


def _repealed(lines: Sequence[Line], parts: Sequence[Part]) -> Iterator[Relation]:
    """Articles of the body that say "dicabut" or "dinyatakan tidak berlaku", sentence by sentence."""
    for index, part in enumerate(parts):
        if part.kind not in ("pasal", "diktum") or outermost(parts, index).kind in ("penjelasan", "lampiran"):
            continue
        begin, end = (part.page, part.start), (part.end_page, part.end)
        flow = FlowingText([line for line in lines if begin < (line.page, line.start) < end])
        yield from _repealed_in(flow)


def _repealed_in(flow: FlowingText) -> Iterator[Relation]:
    begin = 0
    for stop in [found.end() for found in _SENTENCE.finditer(flow.text)] + [len(flow.text)]:
        repeal = list(_REPEALED.finditer(flow.text, begin, stop))
        if repeal:
            kept = list(_KEPT.finditer(flow.text, begin, repeal[-1].start()))
            yield from _repealed_between(flow, kept[-1].end() if kept else begin, repeal[-1].start())
        begin = stop


def _repealed_between(flow: FlowingText, begin: int, end: int) -> Iterator[Relation]:
    for cited in citations_in(flow, begin, end):
        before = flow.text[begin : cited.start]
        if not _NESTED.search(before):
            yield _relation("mencabut_sebagian" if _PARTLY.search(before) else "mencabut", cited)
