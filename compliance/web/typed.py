"""What people type into forms, read without guessing: numbers with Indonesian separators, dates as precise as typed.

Every reader gives None for an empty field and raises ValueError with an Indonesian sentence for what it can't read.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from flask_babel import gettext as _

from compliance.data.observations import valid_from

MONTHS = (
    ("januari", "january"), ("februari", "february"), ("maret", "march"), ("april",), ("mei", "may"), ("juni", "june"),
    ("juli", "july"), ("agustus", "august"), ("september",), ("oktober", "october"), ("november",),
    ("desember", "december"),
)  # fmt: skip
"""Each month's names: pages in English show and take English ones."""
MONTH_NUMBERS = {name: number for number, names in enumerate(MONTHS, 1) for name in names}
LONGEST_NUMBER = 40
WHOLE = re.compile(r"\d+|\d{1,3}(?:\.\d{3})+")
DECIMAL = re.compile(r"(\d+|\d{1,3}(?:\.\d{3})+)(?:,(\d{1,20}))?")
DATES = {
    "hari": (
        re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})"),
        re.compile(r"(?P<d>\d{1,2})[-/ ](?P<m>\d{1,2}|[a-z]+)[-/ ](?P<y>\d{4})"),
    ),
    "bulan": (
        re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})"),
        re.compile(r"(?P<m>\d{1,2}|[a-z]+)[-/ ](?P<y>\d{4})"),
    ),
    "tahun": (re.compile(r"(?P<y>\d{4})"),),
}


def whole_number(typed: str) -> int | None:
    """2092600000 from “2.092.600.000”, “Rp2.092.600.000” or “2092600000”."""
    text = typed.strip().removeprefix("Rp").strip()
    if not text:
        return None
    if not WHOLE.fullmatch(text) or len(text) > LONGEST_NUMBER:
        raise ValueError(_("Tulis bilangan bulat, misalnya 5.600 atau 5600."))
    return int(text.replace(".", ""))


def decimal_number(typed: str) -> Decimal | None:
    """26.04 from “26,04” or “26,04 %”. A decimal point is refused, because it is a thousands mark here."""
    text = typed.strip().removesuffix("%").strip()
    if not text:
        return None
    match = DECIMAL.fullmatch(text)
    if match is None or len(text) > LONGEST_NUMBER:
        raise ValueError(_("Tulis desimal dengan koma, misalnya 26,04."))
    return Decimal(match[1].replace(".", "") + (f".{match[2]}" if match[2] else ""))


def dated(typed: str) -> tuple[date, str] | None:
    """The first day on which a date attests something, and its precision: hari, bulan or tahun.

    “15 November 2021”, “15/11/2021”, “15-11-2021”, “2021-11-15”; “November 2021”, “2021-11”; “2021”.
    """
    text = " ".join(typed.lower().split())
    if not text:
        return None
    for precision, patterns in DATES.items():
        for pattern in patterns:
            match = pattern.fullmatch(text)
            if match:
                return _certain(match.groupdict(), precision), precision
    raise ValueError(_("Tanggal belum terbaca. Contoh: 15 November 2021, November 2021, atau 2021."))


def _certain(parts: dict[str, str], precision: str) -> date:
    try:
        numbers = [parts["y"], *([f"{_month(parts['m']):02}"] if "m" in parts else [])]
        printed = "-".join([*numbers, *([f"{int(parts['d']):02}"] if "d" in parts else [])])
        day = valid_from(printed, precision)
    except ValueError:
        day = None
    if day is None:
        raise ValueError(_("Tanggal itu tidak ada dalam kalender."))
    return day


def _month(text: str) -> int:
    if text.isdigit():
        return int(text)
    if text not in MONTH_NUMBERS:
        raise ValueError(text)
    return MONTH_NUMBERS[text]


def text_or_none(typed: str) -> str | None:
    return " ".join(typed.split()) or None
