"""The block of lines that names a regulation: kind, NOMOR, TENTANG, title; wherever in a file it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Literal

from indexer.kinds import Kind, kind_nearly, kind_of, starts_with_a_kind
from indexer.lines import Line, capital_share, key_of
from indexer.numbers import LABEL, LABEL_INSIDE

Place = Literal["judul", "penjelasan", "lampiran", "isi"]

_HEAD_LINES = 14
_TITLE_LINES = 16
_OFFICES = (
    "BUPATI",
    "WALIKOTA",
    "GUBERNUR",
    "PRESIDEN",
    "MENTERI",
    "KEPALA",
    "KETUA",
    "DIREKTUR",
    "SEKRETARIS",
    "PENJABAT",
)
_AFTER_TITLE = (
    "DENGANRAHMAT",
    "ATASBERKAT",
    "MENIMBANG",
    "MENGINGAT",
    "MEMPERHATIKAN",
    "MEMUTUSKAN",
    "MENGINSTRUKSIKAN",
    "SEHUBUNGAN",
    "DALAMRANGKA",
    "KEPADA",
    "YTH",
    "BABI",
    "SALINAN",
    "SISTEMATIKA",
    "DAFTARISI",
)
_SENTENCE_BEFORE = (
    "ATAS",
    "PERUBAHAN",
    "PENCABUTAN",
    "MENETAPKAN",
    "PELAKSANAAN",
    "TENTANG",
    "DENGAN",
    "BERDASARKAN",
    "DAN",
)
_MARGIN_LABELS = ("MENIMBANG", "MENGINGAT")
_EXPLAINS = ("PENJELASANATAS", "ATAS", "TENTANG")
_ONE_LINE = re.compile(r"^(?P<kind>\S.*?)\s+(?P<number>(?:NOMOR\b|NO\.\s?\d).*?)\s+(?P<title>TENTANG\b.*)$")
_SUBJECT = re.compile(r"^\W*(?:Perihal|Hal)\b\s*[:.]", re.IGNORECASE)
_TENTANG = re.compile(r"^\W*T\s*E\s*N\s*T\s*A\s*N\s*G\b\W*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TitleBlock:
    """`head` runs from the kind's line to the last line before TENTANG; `number` and `title` are lines too, maybe none.

    `place` is judul before the preamble, lampiran and penjelasan under these words, isi anywhere later or in a title.
    `distance` counts misread letters of the kind. `before` are the lines of the letterhead, `official` the line of who
    speaks in the preamble.
    """

    kind: Kind
    distance: int
    place: Place
    head: tuple[Line, ...]
    number: tuple[Line, ...]
    title: tuple[Line, ...]
    before: tuple[Line, ...]
    official: Line | None


def title_blocks(lines: Sequence[Line]) -> list[TitleBlock]:
    """All blocks that name a regulation, in reading order; a regulation named inside a sentence or a title is none."""
    blocks: list[TitleBlock] = []
    lines = [piece for line in lines for piece in _heading_pieces(line)]
    body_from = body_start(lines)
    taken_to = -1
    for index in range(len(lines)):
        if index <= taken_to:
            continue
        block = _block_at(lines, index, body_from) or _letter_at(lines, index, body_from)
        if block:
            blocks.append(block)
            taken_to = index + len(block.head) + len(block.title)
    return blocks


def _heading_pieces(line: Line) -> list[Line]:
    """A heading printed on one line cut before NOMOR and TENTANG; any other line as it is."""
    found = _ONE_LINE.match(line.text) if starts_with_a_kind(line.key) else None
    if found is None or capital_share(line.text) < 0.7:
        return [line]
    starts = [found.start(group) for group in ("kind", "number", "title")]
    texts = [line.text[a:b].rstrip() for a, b in zip(starts, [*starts[1:], len(line.text)], strict=True)]
    return [Line(line.page, line.start + a, text, key_of(text)) for a, text in zip(starts, texts, strict=True)]


def body_start(lines: Sequence[Line]) -> int:
    """The index of the preamble's first sentence (Menimbang … bahwa, MEMUTUSKAN); the end where there is none."""
    considering = {line.page for line in lines if line.key.startswith("MENIMBANG")}
    for index, line in enumerate(lines):
        key = line.key
        if key.startswith("MEMUTUSKAN") or (key.startswith("MENIMBANG") and "BAHWA" in key):
            return index
        if key.startswith(("BAHWA", "ABAHWA")) and line.page in considering:
            return index
    return len(lines)


def _block_at(lines: Sequence[Line], index: int, body_from: int) -> TitleBlock | None:
    line = lines[index]
    if not _may_open(lines, index):
        return None
    reach = lines[index : index + _HEAD_LINES]
    number_at = next((i for i, other in enumerate(reach) if _number_text(other, i == 0)), None)
    tentang_at = next((i for i, other in enumerate(reach) if i and _is_tentang(other)), None)
    if number_at is None and tentang_at is None:
        return None
    head_end = tentang_at if tentang_at is not None else (number_at or 0) + 1
    key = _kind_key(line) + "".join(other.key for other in reach[1 : min(3, number_at or head_end)])
    reading = kind_of(key) or (kind_nearly(key) if number_at is not None and tentang_at is not None else None)
    if reading is None:
        return None
    head = tuple(reach[:head_end])
    if number_at is not None and number_at >= head_end:
        number_at = None
    tentang_alone = tentang_at is not None and reach[tentang_at].key == "TENTANG"
    names_parties = reading.kind.jenis == "PerjanjianKerjaSama"
    if not names_parties and not _looks_like_a_head(head, number_at, tentang_at, tentang_alone=tentang_alone):
        return None
    title_from = index + head_end + int(tentang_alone)
    title = _title_lines(lines, title_from, to_the_number=names_parties)
    title_end = title_from + len(title)
    number = head[number_at:] if number_at is not None else ()
    if names_parties and not number:
        number = tuple(takewhile(lambda other: LABEL.match(other.text), lines[title_end:]))
    return TitleBlock(
        reading.kind,
        reading.distance,
        _place(lines, index, body_from),
        head,
        number,
        title,
        _letterhead(lines, index),
        _official(lines, title_end),
    )


def _letter_at(lines: Sequence[Line], index: int, body_from: int) -> TitleBlock | None:
    """A circular written as a letter: SURAT EDARAN on a line of its own, number and subject among the lines around it."""
    line = lines[index]
    if line.key not in ("SURATEDARAN", "EDARAN") or index >= body_from:
        return None
    around = [other for other in lines[max(0, index - 20) : index + 12] if other.page == line.page]
    number = next((other for other in around if LABEL.match(other.text)), None)
    reading = kind_of(line.key)
    if number is None or reading is None:
        return None
    subject = tuple(other for other in around if _SUBJECT.match(other.text))[:1]
    return TitleBlock(reading.kind, 0, "judul", (line,), (number,), subject, _letterhead(lines, index, 20), None)


def _may_open(lines: Sequence[Line], index: int) -> bool:
    """A line may open a block when it is printed like a heading and does not go on with a sentence or a title."""
    line = lines[index]
    kind_key = _kind_key(line)
    if len(kind_key) < 5 or len(line.text) > 140:
        return False
    capitals = capital_share(line.text)
    if capitals < 0.55 and not (starts_with_a_kind(kind_key) and line.text[:1].isupper()):
        return False
    before = lines[index - 1] if index else None
    if before is None or before.page != line.page:
        return True
    last_word = key_of(before.text.split()[-1])
    return before.key in _EXPLAINS or last_word not in _SENTENCE_BEFORE


def _kind_key(line: Line) -> str:
    key = line.key
    for lead in ("SALINAN", "LAMPIRAN"):
        if key.startswith(lead) and len(key) > len(lead):
            rest = key[len(lead) :].lstrip("IVX")
            return rest if starts_with_a_kind(rest) else key[len(lead) :]
    return key


def _number_text(line: Line, first: bool) -> bool:
    if LABEL.match(line.text):
        return True
    return first and bool(LABEL_INSIDE.search(line.text))


def _is_tentang(line: Line) -> bool:
    return bool(_TENTANG.match(line.text)) or line.key in ("TENTANG", "TENTANC", "TENIANG", "TENTAHG", "TENTANQ")


def _looks_like_a_head(
    head: Sequence[Line], number_at: int | None, tentang_at: int | None, *, tentang_alone: bool
) -> bool:
    """Kind, then number, then TENTANG on lines of their own; or kind and number in capitals close together."""
    if tentang_at is not None and number_at is not None:
        return capital_share(head[0].text) >= 0.55 or tentang_alone
    if number_at is not None:
        return number_at <= 5 and capital_share(head[0].text) >= 0.55
    return tentang_at is not None and tentang_at <= 4 and capital_share(head[0].text) >= 0.8


def _title_lines(lines: Sequence[Line], start: int, *, to_the_number: bool = False) -> tuple[Line, ...]:
    """The lines of the title; an agreement's numbers stand below it and end it."""
    title: list[Line] = []
    for index in range(start, min(start + _TITLE_LINES, len(lines))):
        line = lines[index]
        if line.key in _MARGIN_LABELS and _title_goes_on(lines, index):
            continue
        if (
            line.page != lines[start].page
            or line.key.startswith(_AFTER_TITLE)
            or _speaks(line)
            or (to_the_number and LABEL.match(line.text))
            or (title and capital_share(line.text) < 0.5)
        ):
            break
        if line.key or title:
            title.append(line)
    return tuple(title)


def _title_goes_on(lines: Sequence[Line], index: int) -> bool:
    """A margin label drawn into the title: the next line that is no label is in capitals and opens no preamble."""
    after = next((line for line in lines[index : index + 4] if line.key not in _MARGIN_LABELS), None)
    if after is None or after.key.startswith(_AFTER_TITLE) or _speaks(after):
        return False
    return capital_share(after.text) >= 0.8 and len(after.key) > 3 and after.page == lines[index].page


def _speaks(line: Line) -> bool:
    """The line of who issues, which closes with a comma: BUPATI KATINGAN,"""
    return _names_an_office(line) and line.text.rstrip()[-1:] in ",;"


def _names_an_office(line: Line) -> bool:
    return line.key.startswith(_OFFICES) and capital_share(line.text) >= 0.6


def _official(lines: Sequence[Line], start: int) -> Line | None:
    for line in lines[start : start + 8]:
        if _names_an_office(line) and len(line.key) > 8:
            return line
    return None


def _letterhead(lines: Sequence[Line], index: int, most: int = 8) -> tuple[Line, ...]:
    page = lines[index].page
    return tuple(line for line in lines[max(0, index - most) : index] if line.page == page)


def _place(lines: Sequence[Line], index: int, body_from: int) -> Place:
    page = lines[index].page
    above = [line for line in lines[max(0, index - 6) : index + 1] if line.page == page]
    if any(line.key.startswith("LAMPIRAN") for line in above):
        return "lampiran"
    if any(line.key.startswith("PENJELASAN") for line in above[-4:-1]):
        return "penjelasan"
    inside_a_title = any(line.key == "TENTANG" for line in above[-5:-1]) or lines[index - 1].key == "ATAS"
    return "judul" if index < body_from and not inside_a_title else "isi"
