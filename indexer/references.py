"""The parts a text refers to ("Pasal 5 ayat (1) huruf b", "ayat (2) dan ayat (3)"), and of which instrument they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.citations import Citation

_UNIT = re.compile(
    r"\b(?:(?P<pasal>Pasal)\s*(?P<n1>\d{1,3}[A-Z]{0,2}|[IVX]+)\b|(?P<ayat>[Aa]yat)\s*\(\s*(?P<n2>\d{1,2}[a-z]?|[lI])\s*\)|"
    r"(?P<huruf>[Hh]uruf)\s+(?P<n3>([a-z])\7?)\b(?!['’])|(?P<angka>[Aa]ngka)\s+(?P<n4>\d{1,3})\b|"
    r"(?P<diktum>[Dd]iktum)\s+(?P<n5>K[A-Z]+(?:\s+(?:BELAS|PULUH))?)\b|(?P<bab>BAB|Bab)\s+(?P<n6>[IVXL]+)\b|"
    r"(?P<lampiran>Lampiran)\s+(?P<n7>[IVX]+)\b)"
)
_DEPTH = {"bab": 0, "lampiran": 0, "pasal": 0, "diktum": 0, "ayat": 1, "huruf": 2, "angka": 3}
_AND = re.compile(r"\s*(?:,\s*)?(?:dan/atau|dan|atau|serta|sampai\s+dengan|s\.d\.?)?\s*")
_OF = re.compile(r"[\s,]*(?:(?:dari|dalam|pada|di)\s+)?")
_INSTRUMENT = re.compile(
    r"(?:Undang-?\s?Undang|Peraturan|Keputusan|Instruksi|Qanun|Kitab|Surat|Perjanjian|Konvensi|UUD|UU|PP|Perpres|Perda|Per\w+)\b"
    r"(?P<this>(?:\s+\w+){0,4}?\s+ini\b)?"
)
# What leads from a Pasal to an instrument far off; whose Pasal it is cannot be told then.
_FAR = re.compile(
    r"[\s,]*(?:\w+\s+){0,4}?(?:dimaksud|diatur|ditetapkan|tercantum)\s+(?:dalam|pada)\s+(?:Undang|Peraturan|Kitab)"
)
_MOST_LETTERS_AHEAD = 200

Step = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Reference:
    """One part named. `path` are its steps as said, the outermost first: (("pasal", "5"), ("ayat", "1")).

    `citation` is the instrument it is a part of; None where it is one of the text's own. A path may begin with ayat, huruf or
    angka: then it is meant from where it stands. `start` and `end` are offsets in the flowing text.
    """

    path: tuple[Step, ...]
    citation: Citation | None
    start: int
    end: int


def references_in(text: str, citations: Sequence[Citation]) -> list[Reference]:
    """The parts named in a flowing text in order; those of an instrument that cannot be told are left out."""
    begins = {cited.start: cited for cited in citations}
    inside = [(cited.start, cited.end) for cited in citations]
    found: list[Reference] = []
    for group in _groups(text):
        kept = [one for one in group if not any(start <= one.start < end for start, end in inside)]
        owner = _owner(text, group, begins)
        if owner is not None:
            cited = owner if isinstance(owner, Citation) else None
            found += [Reference(one.path, cited, one.start, one.end) for one in kept]
    return found


def _groups(text: str) -> Iterator[list[Reference]]:
    """References joined by commas and "dan": what follows the last of them holds for all."""
    group: list[Reference] = []
    for found in _UNIT.finditer(text):
        step = _step(found)
        last = group[-1] if group else None
        between = _AND.fullmatch(text, last.end, found.start()) if last else None
        follows = between is not None and not between.group().strip()
        if last and follows and _DEPTH[step[0]] > _DEPTH[last.path[-1][0]]:
            group[-1] = Reference((*last.path, step), None, last.start, found.end())
        elif last and follows and step[0] in ("pasal", "diktum") and last.path[0][0] in ("ayat", "huruf", "angka"):
            group = [replace(one, path=(step, *one.path)) for one in group]
            group[-1] = replace(group[-1], end=found.end())
        elif last and between:
            above = tuple(one for one in last.path if _DEPTH[one[0]] < _DEPTH[step[0]])
            group.append(Reference((*above, step), None, found.start(), found.end()))
        else:
            if group:
                yield group
            group = [Reference((step,), None, found.start(), found.end())]
    if group:
        yield group


def _step(found: re.Match[str]) -> Step:
    kind = next(kind for kind in _DEPTH if found.group(kind))
    number = next(found.group(name) for name in ("n1", "n2", "n3", "n4", "n5", "n6", "n7") if found.group(name))
    return kind, {"l": "1", "I": "1"}.get(number, number) if kind == "ayat" else number


def _owner(text: str, group: Sequence[Reference], begins: dict[int, Citation]) -> Citation | str | None:
    """The citation that follows, "" where the text speaks of itself, None where it cannot be told."""
    end = group[-1].end
    ahead = _OF.match(text, end)
    at = ahead.end() if ahead else end
    if at in begins:
        return begins[at]
    instrument = _INSTRUMENT.match(text, at, at + _MOST_LETTERS_AHEAD)
    if instrument:
        return "" if instrument.group("this") else None
    far = group[0].path[0][0] == "pasal" and _FAR.match(text, end, end + _MOST_LETTERS_AHEAD)
    return None if far else ""
