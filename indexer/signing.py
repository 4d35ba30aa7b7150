"""When and where a regulation was signed and promulgated, and its place in the gazette."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.dates import DateReading, date_in
from indexer.lines import Line, key_of
from indexer.titleblock import body_start

_SIGNED = ("DITETAPKANDI", "DISAHKANDI", "DIKELUARKANDI", "DITANDATANGANIDI")
_PROMULGATED = ("DIUNDANGKANDI",)
_GAZETTES = (
    ("BERITADAERAH", "BD"),
    ("LEMBARANDAERAH", "LD"),
    ("BERITANEGARA", "BN"),
    ("LEMBARANNEGARA", "LN"),
)
_GAZETTE_TEXT = re.compile(r"TAHUN\s*:?\s*(\d{4})\s*(?:,|\.)?\s*NO(?:MOR)?\s*[:.]?\s*(\d+)", re.IGNORECASE)
_GAZETTE_TEXT_OLD = re.compile(r"NO(?:MOR)?\s*[:.]?\s*(\d+)\s*TAHUN\s*:?\s*(\d{4})", re.IGNORECASE)
_LETTER_DATE = re.compile(r"^[A-Z][A-Za-z]+(?: [A-Z][a-z]+)?\s*,\s*(?=\d)")
_REACH = 4
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class Dated:
    """A date and the lines it was read from. `reading` is None where the place is printed and no date can be read."""

    reading: DateReading | None
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Gazette:
    """`text` is short: BD 2019/6."""

    text: str
    line: Line


def signed_on(lines: Sequence[Line]) -> Dated | None:
    """The first "Ditetapkan/Disahkan/Dikeluarkan di … pada tanggal …"; None where no such words stand."""
    return _dated_after(lines, _SIGNED, _PROMULGATED)


def promulgated_on(lines: Sequence[Line]) -> Dated | None:
    """The first "Diundangkan di … pada tanggal …"; None where no such words stand."""
    return _dated_after(lines, _PROMULGATED, _SIGNED)


def heading_date(head: Sequence[Line]) -> Dated | None:
    """The date of a TANGGAL line in a heading, as annexes and agreements carry it."""
    for line in head:
        reading = date_in(line.text) if line.key.startswith("TANGGAL") else None
        if reading:
            return Dated(reading, (line,))
    return None


def letter_date(lines: Sequence[Line]) -> Dated | None:
    """The date at the head of a letter ("Kasongan, 5 Mei 2021"), among its first lines."""
    for line in lines[:25]:
        if _LETTER_DATE.match(line.text):
            reading = date_in(line.text)
            if reading:
                return Dated(reading, (line,))
    return None


def gazette_of(lines: Sequence[Line]) -> Gazette | None:
    """The gazette named at the end of a regulation, outside brackets; None where year or number are not printed."""
    start = body_start(lines)
    for index in range(start if start < len(lines) else 0, len(lines)):
        line = lines[index]
        short = next((s for words, s in _GAZETTES if line.key.startswith(words)), None)
        if short is None or "(" in line.text or ")" in line.text:
            continue
        text = _with_next(lines, index)
        found = _year_and_number(text)
        if found:
            return Gazette(f"{short} {found[0]}/{found[1]}", line)
    return None


def _with_next(lines: Sequence[Line], index: int) -> str:
    text = lines[index].text
    if index + 1 < len(lines) and not _year_and_number(text):
        text = f"{text} {lines[index + 1].text}"
    return text


def _year_and_number(text: str) -> tuple[str, str] | None:
    found = _GAZETTE_TEXT.search(text)
    if found:
        return found.group(1), found.group(2).lstrip("0") or "0"
    found = _GAZETTE_TEXT_OLD.search(text)
    return (found.group(2), found.group(1).lstrip("0") or "0") if found else None


def _dated_after(lines: Sequence[Line], words: tuple[str, ...], others: tuple[str, ...]) -> Dated | None:
    unread: Dated | None = None
    for index, line in enumerate(lines):
        if len(line.text) > _LONGEST or not any(w in line.key for w in words):
            continue
        dated = _date_near(lines, index, words, others)
        if dated.reading is not None and dated.reading.day is not None:
            return dated
        unread = unread or dated
    return unread


def _date_near(lines: Sequence[Line], index: int, words: tuple[str, ...], others: tuple[str, ...]) -> Dated:
    """The date in this line or the next three, up to the next such formula; of two side by side, the right one."""
    line = lines[index]
    side_by_side = any(w in line.key for w in others)
    second = side_by_side and _position(line.key, words) > _position(line.key, others)
    used: list[Line] = []
    for other in lines[index : index + _REACH]:
        if used and any(w in other.key for w in (*words, *others)):
            break
        used.append(other)
        reading = _nth_date(other.text, 1 if second else 0)
        if reading:
            return Dated(reading, tuple(used))
        if "TANGGAL" in other.key and key_of(other.text.split("anggal")[-1]) and len(used) > 1:
            break
    return Dated(None, tuple(used))


def _position(key: str, words: tuple[str, ...]) -> int:
    return min(key.find(w) for w in words if w in key)


def _nth_date(text: str, skip: int) -> DateReading | None:
    reading = date_in(text)
    if reading and skip:
        later = date_in(text[reading.end :])
        return later or reading
    return reading
