"""What the articles of a text revoke, whole or in part: "… dicabut dan dinyatakan tidak berlaku", "Mencabut Keputusan …"."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.citations import Citation, FlowingText, citations_in
from indexer.lines import Line
from indexer.structure import Part, outermost

Place = tuple[int, int]

_REVOKED = re.compile(
    r"\bdicabut\b|\bdinyatakan\s+(?:sudah\s+)?tidak\s+berlaku(?:\s+lagi)?|\btidak\s+berlaku\s+lagi\b", re.IGNORECASE
)
_TELLS = re.compile(r"cabut|berlaku", re.IGNORECASE)
_KEPT = re.compile(r"\btetap\s+berlaku\b|\bmasih\s+berlaku\b", re.IGNORECASE)
# "Mencabut Keputusan Bupati …": the act itself speaks; "berwenang mencabut izin" does not lead to an act at once.
_REVOKES = re.compile(
    r"\bmencabut(?:\s+dan\s+(?:me|di)nyatakan\s+tidak\s+berlaku(?:\s+lagi)?)?\s*:?\s*(?:[1a][.)]\s*)?(?=[A-Z])",
    re.IGNORECASE,
)
_AT_ONCE = re.compile(r"\bini,?\s*$|^.{0,12}$", re.IGNORECASE | re.DOTALL)
_SENTENCE = re.compile(r"(?:(?<=[a-z]{2})|(?<=\))|(?<=\d{4}))\.\s+(?=[A-Z(])")
_STOP = re.compile(r"[;.]")
_THEN = re.compile(r"\bmaka\b", re.IGNORECASE)
# A regulation named only to describe another one: amended by …, on the amendment of ….
_DESCRIBES = re.compile(
    r"(?:\bdengan|\batas|\bterakhir|\bberdasarkan|\bpelaksanaan(?:\s+dari)?|\bpelaksana(?:\s+dari)?|\bmenjadi|"
    r"\bmelaksanakan|\bdimaksud\s+(?:dalam|pada)|\bdiatur\s+(?:dalam|dengan))\s*$",
    re.IGNORECASE,
)
_LISTED = re.compile(r"\s*(?:\([^()]*\))?\s*,?\s*(?:dan|serta)?\s*", re.IGNORECASE)
_PIECE = r"(?:Pasal|ayat|huruf|angka|Bab|Bagian|Paragraf|Lampiran)"
_PARTLY = re.compile(
    rf"\b(?:ketentuan\b[^;.]{{0,200}}\b(?:dalam|dari|pada)|{_PIECE}\s+[\w()]+(?:,?\s+(?:dan|sampai\s+dengan|{_PIECE}|dalam|pada|dari)\s*"
    r"[\w()]*)*)\s*$",
    re.IGNORECASE,
)
_AS_FAR_AS = re.compile(r"^[^;]{0,300}?\b(?:sepanjang|sejauh)\b|;\W*(?:sepanjang|sejauh)\b[^;]*$", re.IGNORECASE)
_FOR_SOME = re.compile(r"\s+(?:lagi\s+)?(?:bagi|terhadap|untuk|dalam)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Repeal:
    """A regulation revoked, whole or in part, by the sentence between two offsets of `flow`."""

    cited: Citation
    in_part: bool
    flow: FlowingText
    begin: int
    end: int


def repeals_in(lines: Sequence[Line], parts: Sequence[Part]) -> Iterator[Repeal]:
    """What the articles of the body revoke, in reading order; what an amendment quotes speaks for the amended act, not for this one."""
    telling = [place_of(line) for line in lines if _TELLS.search(line.text)]
    for index, part in enumerate(parts):
        begin, end = (part.page, part.start), (part.end_page, part.end)
        tells = part.kind in ("pasal", "diktum") and bisect_left(telling, end) > bisect_left(telling, begin)
        if tells and _speaks_for_itself(parts, index):
            first, last = bisect_right(lines, begin, key=place_of), _own_end(parts, index)
            yield from _by_sentence(FlowingText(lines[first : bisect_left(lines, last, key=place_of)]))


def place_of(line: Line) -> Place:
    """Where a line begins."""
    return line.page, line.start


def _speaks_for_itself(parts: Sequence[Part], index: int) -> bool:
    if outermost(parts, index).kind in ("penjelasan", "lampiran"):
        return False
    parent = parts[index].parent
    while parent is not None:
        if parts[parent].kind == "pasal":
            return False
        parent = parts[parent].parent
    return True


def _own_end(parts: Sequence[Part], index: int) -> Place:
    """Where the article itself ends: before the first article it quotes."""
    part = parts[index]
    end = (part.end_page, part.end)
    quoted = ((p.page, p.start) for p in parts[index + 1 :] if p.kind == "pasal" and (p.page, p.start) < end)
    return next(quoted, end)


def named_for_themselves(flow: FlowingText, begin: int, end: int) -> Iterator[Citation]:
    """The regulations named between two offsets, without those that only describe another one ("… diubah dengan A, B, dan C")."""
    describing: Citation | None = None
    for cited in citations_in(flow, begin, end):
        goes_on = describing and _LISTED.fullmatch(flow.text[describing.end : cited.start])
        if goes_on or _DESCRIBES.search(flow.text[begin : cited.start]):
            describing = cited
        else:
            describing = None
            yield cited


def _by_sentence(flow: FlowingText) -> Iterator[Repeal]:
    begin = 0
    for stop in [found.end() for found in _SENTENCE.finditer(flow.text)] + [len(flow.text)]:
        revoked = list(_REVOKED.finditer(flow.text, begin, stop))
        spoken = _REVOKES.search(flow.text, begin, stop)
        if revoked:
            last = revoked[-1]
            first = _first_of(flow.text, begin, last.start())
            partly = bool(_FOR_SOME.match(flow.text, last.end()))
            yield from _between(flow, first, last.start(), (begin, stop, partly))
        elif spoken and _AT_ONCE.search(flow.text[begin : spoken.start()]):
            yield from _named_at_once(flow, spoken.end(), (begin, stop, False))
        begin = stop


def _first_of(text: str, begin: int, end: int) -> int:
    """Where the list of what is revoked can begin: after what stays in force, and after "…, maka"."""
    before = [*_KEPT.finditer(text, begin, end), *_THEN.finditer(text, begin, end)]
    return max((found.end() for found in before), default=begin)


def _between(flow: FlowingText, begin: int, end: int, sentence: tuple[int, int, bool]) -> Iterator[Repeal]:
    first, last, partly = sentence
    for cited in named_for_themselves(flow, begin, end):
        limited = _PARTLY.search(flow.text[begin : cited.start]) or _AS_FAR_AS.search(flow.text[cited.end : end])
        said = _REVOKED.search(flow.text, cited.end, last)
        stop = _STOP.search(flow.text, said.end(), last) if said else None
        yield Repeal(cited, partly or bool(limited), flow, first, stop.end() if stop else last)


def _named_at_once(flow: FlowingText, begin: int, sentence: tuple[int, int, bool]) -> Iterator[Repeal]:
    """The acts of "Mencabut …", where the first word after it already names one, or an article of one."""
    named = list(_between(flow, begin, sentence[1], sentence))
    gap = flow.text[begin : named[0].cited.start] if named else "x"
    if not gap.strip() or _PARTLY.fullmatch(gap):
        yield from named
