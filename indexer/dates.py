"""Indonesian dates as printed, years and numbers misread by OCR, and the places where a regulation dates itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from indexer.lines import key_of, prefix_distance

MONTHS = (
    ("JANUARI", "DJANUARI"),
    ("FEBRUARI", "PEBRUARI", "NOPEBRUARI"),
    ("MARET",),
    ("APRIL",),
    ("MEI",),
    ("JUNI", "DJUNI"),
    ("JULI", "DJULI"),
    ("AGUSTUS",),
    ("SEPTEMBER",),
    ("OKTOBER",),
    ("NOVEMBER", "NOPEMBER"),
    ("DESEMBER", "DECEMBER"),
)
_DIGIT_FOR = str.maketrans("OoQDLlIi|!zZSsBTAa", "000011111122558744")
_LIKE_DIGIT = r"[0-9OoQDLlIi|!zZSsBTAa]"
_YEAR = re.compile(rf"(?<![0-9A-Za-z])({_LIKE_DIGIT}{{4}})(?![0-9A-Za-z])")
_DAY_MONTH_YEAR = re.compile(
    rf"(?<![0-9A-Za-z])({_LIKE_DIGIT}{{1,2}})[\s.,;'-]*([A-Za-z][A-Za-z;'.]{{2,11}}?)[\s.,;'-]*({_LIKE_DIGIT}{{4}})(?![0-9A-Za-z])"
)
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4})(?!\d)")
EARLIEST_YEAR = 1945


@dataclass(frozen=True, slots=True)
class YearReading:
    year: int
    exact: bool
    end: int


@dataclass(frozen=True, slots=True)
class DateReading:
    """`day` is None where a date stands but can't be read; `exact` is false where a letter or digit was put right."""

    day: date | None
    exact: bool
    start: int
    end: int


def digits_of(text: str) -> str:
    """A text with the letters that OCR prints for digits put right ("2OL4" -> "2014")."""
    return text.translate(_DIGIT_FOR)


def year_in(text: str) -> YearReading | None:
    """The first plausible year of a text; at least two of its four characters must be digits."""
    for found in _YEAR.finditer(text):
        raw = found.group(1)
        year = _plausible_year(raw)
        if year:
            return YearReading(year, raw.isdigit(), found.end())
    return None


def _plausible_year(raw: str) -> int | None:
    if sum(c.isdigit() for c in raw) < 2 and raw[:1] not in "12":
        return None
    fixed = digits_of(raw)
    if not fixed.isdigit():
        return None
    return int(fixed) if EARLIEST_YEAR <= int(fixed) <= date.today().year + 1 else None


def date_in(text: str) -> DateReading | None:
    """The first date of a text ("4 Januari 2016", "12-04-2010"); misread ones are put right and marked inexact."""
    for found in _DAY_MONTH_YEAR.finditer(text):
        month = _month(found.group(2))
        if month:
            return _dated(found, month)
    found_numeric = _NUMERIC.search(text)
    if found_numeric:
        month_number = int(found_numeric.group(2))
        return _dated(found_numeric, (month_number, True)) if 1 <= month_number <= 12 else None
    return None


def _dated(found: re.Match[str], month: tuple[int, bool]) -> DateReading:
    raw_day, raw_year = found.group(1), found.group(3)
    exact = raw_day.isdigit() and raw_year.isdigit() and month[1]
    year = _plausible_year(raw_year)
    day = digits_of(raw_day)
    value: date | None = None
    if year and day.isdigit():
        try:
            value = date(year, month[0], int(day))
        except ValueError:
            value = None
    return DateReading(value, exact and value is not None, found.start(), found.end())


def _month(raw: str) -> tuple[int, bool] | None:
    """The month's number and whether it was printed without a fault."""
    key = key_of(raw)
    for number, names in enumerate(MONTHS, 1):
        if key in names:
            return number, raw.isalpha()
    near = [n for n, names in enumerate(MONTHS, 1) if any(_near(name, key) for name in names)]
    return (near[0], False) if len(near) == 1 else None


def _near(name: str, key: str) -> bool:
    if abs(len(name) - len(key)) > 1 or len(name) < 4:
        return False
    return prefix_distance(name, key, len(name) // 4) is not None
