"""The number and year of a regulation, read from its NOMOR line."""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.dates import EARLIEST_YEAR, digits_of, year_in

# NOMOR as printed or as OCR prints it (NOM OR, N0MOR, NOMOT, I{OMOR), or NO. with its stop.
_WORD = r"(?:N\s*[O0]\s*M\s*[O0]\s*[RB]|NOMO\w|NOM\wR|N\wMOR|(?:[A-Z]|I\{)OMOR|N[O0]\s*[.:])"
LABEL = re.compile(rf"^[^A-Za-z0-9]{{0,3}}{_WORD}\s*[:;.,=]{{0,3}}\s*", re.IGNORECASE)
LABEL_INSIDE = re.compile(r"\b(?:NOMOR\b\s*[:.]?|NO\.\s*(?=\d))\s*")
YEAR_WORD = re.compile(
    r"\s*T\s*A\s*[HM]\s*[UV]\s*N(?![A-Za-z])\s*[:.]?\s*|\s*TAHUN(?=\d)\s*|\s*\bTHN?\b\.?\s*(?=\d{4})", re.IGNORECASE
)
_PLAIN = re.compile(r"^\d{1,4}\s*(?:[-.]?\s*[A-Z]|PRP\.?|DRT\.?|PNPS)?$", re.IGNORECASE)
_CODED = re.compile(r"^(?=.*\d)[0-9A-Za-z]+(?:[-./_ ]*[0-9A-Za-z()&]+)*$")
_DIGITS_MISREAD = re.compile(r"^(?=.*\d)[0-9OoLlIi|!SZz]{1,4}$")
_IN_WORDS = re.compile(r"(?<=\d)\s*\([A-Za-z ]+\)$")
# A part of a coded number that was left for a hand or a stamp: 188.45/…/2021, 560/Kep.   -Kesra/2021, /KPTS/2021.
_LEFT_OPEN = re.compile(r"^[/.\-]|[/.\-]$|[/.\-…_]\s*[/\-…_]|[/\-]\s*\.|\.\s*\.|\s{3,}")
_YEAR_IN_CODE = re.compile(r"(?:^|[/\-. ])((?:19|20)\d\d)$")
_BLANK = re.compile(r"^[\s._…:,;=\-–—]*$")


@dataclass(frozen=True, slots=True)
class NumberReading:
    """What a NOMOR line says. `nomor` has no spaces, None where nothing stands there; reasons say what is odd.

    `year` is None where no year stands on the line; `year_blank` is true where TAHUN stands there and no year after it.
    """

    nomor: str | None
    nomor_reason: str = ""
    year: int | None = None
    year_reason: str = ""
    year_blank: bool = False


def number_after_label(text: str) -> str:
    """What follows the word NOMOR on a line, at its start or after the kind; the whole line without it."""
    found = LABEL.match(text) or LABEL_INSIDE.search(text)
    return text[found.end() :] if found else text


def number_in(text: str) -> NumberReading:
    """The number and year of a text that follows the label NOMOR, joined over its lines."""
    parts = YEAR_WORD.split(text, maxsplit=1)
    number, reason = _number(parts[0])
    if len(parts) == 1:
        return _number_without_year_word(number, reason)
    year = year_in(parts[1])
    if year is None:
        return NumberReading(number, reason, None, "tahun tidak tercetak sesudah kata TAHUN", year_blank=True)
    return NumberReading(number, reason, year.year, _year_reason(year.exact, parts[1][year.end :]))


def _year_reason(exact: bool, rest: str) -> str:
    if not exact:
        return "angka tahun dibetulkan dari huruf yang terbaca"
    return "" if not re.search(r"\w", rest) else f"sesudah tahun masih tercetak “{rest.strip()[:20]}”"


def _number_without_year_word(number: str | None, reason: str) -> NumberReading:
    in_code = _YEAR_IN_CODE.search(number or "")
    if in_code and int(in_code.group(1)) >= EARLIEST_YEAR:
        return NumberReading(number, reason, int(in_code.group(1)))
    return NumberReading(number, reason)


def _number(raw: str) -> tuple[str | None, str]:
    text = _IN_WORDS.sub("", raw.strip().strip(":;,=").strip())
    if _BLANK.match(text):
        return None, "nomor tidak tercetak sesudah kata NOMOR"
    squeezed = re.sub(r"\s+", "", text)
    if _PLAIN.match(text):
        return squeezed, ""
    if _DIGITS_MISREAD.match(squeezed):
        return digits_of(squeezed), "angka nomor dibetulkan dari huruf yang terbaca"
    if not re.search(r"\d", squeezed):
        return None, "sesudah kata NOMOR tidak terbaca angka"
    if _LEFT_OPEN.search(text):
        return squeezed, "sebagian nomor belum diisi, atau tidak terbaca"
    if _CODED.match(text):
        return squeezed, _coded_reason(squeezed)
    return squeezed, "nomor memuat tanda yang tidak lazim"


def _coded_reason(number: str) -> str:
    """A coded number has parts; a lower-case letter beside digits, or no separator at all, speaks of a misreading."""
    if not re.search(r"[/.\-]", number) and not re.fullmatch(r"[A-Z]{1,6}\d{1,4}[A-Z]?", number):
        return "nomor memuat huruf yang tidak lazim"
    if re.search(r"\d[a-z]|[a-z]\d|[a-z]{2,}[A-Z]", number):
        return "nomor memuat huruf yang mungkin salah baca"
    return ""
