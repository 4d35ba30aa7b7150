"""What lines begin with that may be items of a list: "(2)", "a.", "1.", in a penjelasan "Ayat (2)"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from indexer.dates import digits_of
from indexer.lines import Line

_AYAT = re.compile(
    r"^[({\[]\s?(?P<number>[0-9lI|!OoSsZ]{1,2})\s?(?P<letter>[a-z]?)\s?[)}\]]\.?(?P<rest>.*)$", re.DOTALL
)
# An old OCR layer prints "(21" for "(2)"; only the order of the markers tells.
_AYAT_UNCLOSED = re.compile(r"^[({\[](?P<number>\d{1,2}?)(?P<letter>)[1lItj|](?=\s)(?P<rest>.*)$", re.DOTALL)
_HURUF = re.compile(r"^(?P<number>([a-z])\2?|I)\s{0,2}\.(?=\s|$|[a-z]{2})(?P<rest>.*)$", re.DOTALL)
_ANGKA = re.compile(r"^(?P<number>\d{1,3}|[lI])\s{0,2}\.(?=\s|$|[A-Z])(?!\s*\d{3}\b)(?P<rest>.*)$", re.DOTALL)
_NAMED = re.compile(r"^(?P<kind>Ayat|Huruf|Angka)\s*\(?(?P<number>[0-9lI|]{1,3}[a-z]?|[a-z]{1,2})\)?(?P<rest>\W*)$")
_NAMED_FIRST = re.compile(r"(?:Ayat|Huruf|Angka)\s*\(?\w{1,3}\)?[^\S\n]*\n(?P<rest>.*)", re.DOTALL)
_NAMED_ODDLY = re.compile(r"^(?P<kind>Ayat|Huruf|Angka)\s*\(?\w{1,3}\b.{0,40}$")
_CATCHWORD = re.compile(r"(?:\.\s?){2,}\W*$|…\W*$")
# How a line ends that goes on with a number in the middle of its sentence. Items of a list end in "dan", an ayat never does.
_REFERRING = re.compile(r"\b(?:ayat|huruf|angka|pasal|nomor|butir|dimaksud|dalam|pada|dengan)\s*$", re.IGNORECASE)
_REFERRING_TO_AYAT = re.compile(r"(?:\b(?:dan|atau|sampai|serta|s\.d\.?)|,)\s*$", re.IGNORECASE)
_BEGINS = re.compile(r"[^\w(]*(?:[A-Z0-9(]|$)")
Number = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Marker:
    """What a line may begin with: by kind the numbers it can be read as. `named` is "Ayat (2)" as the penjelasan has it."""

    page: int
    start: int
    readings: tuple[tuple[str, Number], ...]
    named: bool = False


def marker_length(text: str) -> int:
    """How many letters the marker at the beginning of a point's text has; 0 where it has none."""
    found = (
        _NAMED_FIRST.match(text)
        or _AYAT.match(text)
        or _AYAT_UNCLOSED.match(text)
        or _HURUF.match(text)
        or _ANGKA.match(text)
    )
    return found.start("rest") if found else 0


def markers(lines: Sequence[Line], first: int) -> Iterator[Marker]:
    """The lines that begin like an item; one that goes on a reference ("pada ayat / (2) huruf b") does not."""
    before = ""
    for order, line in enumerate(lines):
        skipped = first if order == 0 else 0
        text = line.text[skipped:]
        inset = skipped + len(text) - len(text.lstrip())
        text = text.strip()
        if text and (text[0] in "({[" or "." in text[:6]) and not _is_catchword(line) and not _REFERRING.search(before):
            readings = tuple(_readings(text, after_a_stop=order <= 1 or before.endswith((".", ";", ":"))))
            if readings and not (readings[0][0] == "ayat" and _REFERRING_TO_AYAT.search(before)):
                yield Marker(line.page, line.start + inset, readings)
        before = line.text


def _is_catchword(line: Line) -> bool:
    return len(line.text) < 60 and bool(_CATCHWORD.search(line.text))


def _readings(text: str, *, after_a_stop: bool) -> Iterable[tuple[str, Number]]:
    """What the beginning of a line can be read as. An ayat begins with a capital, or at least where a sentence ended."""
    ayat = _AYAT.match(text) or _AYAT_UNCLOSED.match(text)
    if ayat:
        digits = digits_of(ayat.group("number"))
        if digits.isdigit() and int(digits) and (after_a_stop or _BEGINS.match(ayat.group("rest"))):
            yield "ayat", (int(digits), ayat.group("letter"))
        return
    for kind, pattern in (("huruf", _HURUF), ("angka", _ANGKA)):
        found = pattern.match(text)
        number = _number(kind, found.group("number")) if found else None
        if number:
            yield kind, number


def _number(kind: str, raw: str) -> Number | None:
    if kind == "huruf":
        letter = "l" if raw == "I" else raw[0]
        return (ord(letter) - ord("a") + 1 + 26 * (len(raw) - 1), "")
    digits = digits_of(raw)
    return (int(digits), "") if digits.isdigit() and int(digits) else None


def named_markers(lines: Sequence[Line]) -> Iterator[Marker]:
    """The lines "Ayat (2)", "Huruf a" of a penjelasan; one that names several at once ends what stands before it."""
    for line in lines[1:]:
        found = _NAMED.match(line.text)
        oddly = None if found else _NAMED_ODDLY.match(line.text)
        if found:
            kind = found.group("kind").lower()
            number = _named_number(kind, found.group("number"))
            if number:
                yield Marker(line.page, line.start, ((kind, number),), named=True)
        elif oddly:
            yield Marker(line.page, line.start, ((oddly.group("kind").lower(), (999, "")),))


def _named_number(kind: str, raw: str) -> Number | None:
    if kind == "huruf":
        return _number(kind, raw) if raw.isalpha() and len(set(raw)) == 1 else None
    letter = raw[-1] if raw[-1:].islower() and raw[:-1].isdigit() else ""
    digits = digits_of(raw.removesuffix(letter))
    return (int(digits), letter) if digits.isdigit() and int(digits) else None
