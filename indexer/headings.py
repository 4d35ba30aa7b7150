"""Which lines of a regulation are headings of its parts, and which only look like one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.dates import digits_of
from indexer.lines import Line, capital_share

_PASAL = re.compile(
    r"^[^\w(]{0,3}P\s?a\s?s\s?a\s?[lI1|]\s*(?P<number>[0-9IVXOolSZ|][0-9IVXOolSZ| ]{0,6}[A-Z]{0,2})\W{0,2}$",
    re.IGNORECASE,
)
_ONLY_PASAL = re.compile(r"^\W*(?:Satu-satunya\s+pasal|Pasal\s+tunggal)\W*$", re.IGNORECASE)
_BAB = re.compile(r"^B\s?A\s?B\s*(?P<number>[IVXLl1|]+[A-Z]?)\b[\s.:]*(?P<title>.*)$")
_BAGIAN = re.compile(r"^Bagian\s+(?P<number>(?:Ke\w+|Pertama)(?:\s+(?:Belas|Puluh\w*|Ke\w+))?)\s*$", re.IGNORECASE)
_PARAGRAF = re.compile(r"^Paragraf\s+(?P<number>\d+)\s*$", re.IGNORECASE)
_LAMPIRAN = re.compile(r"^LAMPIRAN\s*(?P<number>[IVXLl1|]+(?![A-Za-z])|\d+)?\W*(?P<rest>.*)$")
_ORDINAL = (
    r"KESATU|PERTAMA|KEDUA\s+BELAS|KEDUA\s+PULUH|KEDUA|KETIGA\s+BELAS|KETIGA|KEEMPAT\s+BELAS|KEEMPAT|KELIMA\s+BELAS|KELIMA|"
    r"KEENAM\s+BELAS|KEENAM|KETUJUH\s+BELAS|KETUJUH|KEDELAPAN\s+BELAS|KEDELAPAN|KESEMBILAN\s+BELAS|KESEMBILAN|KESEPULUH|KESEBELAS"
)
_DIKTUM = re.compile(rf"^\W{{0,2}}(?P<number>{_ORDINAL})\b\s*(?:[:;.]|$)")
_ANGKA = re.compile(
    r"^(?P<number>\d{1,3})\s*\.\s*(?:Ketentuan|Di\s?antara|Setelah|Sesudah|Judul|Pasal|Ayat|Huruf|Frasa|Kata|Paragraf|Bagian|BAB|Bab|Penjelasan|Lampiran|"
    r"Mengubah|Menambah|Menghapus|Menyisipkan|Pada)\b"
)
_CATCHWORD = re.compile(r"(?:\.\s?){2,}\W*$|…\W*$")
_REFERRING = re.compile(
    r"\b(?:dimaksud|dalam|ketentuan|dan|atau|pada|dengan|dari|oleh|sampai|berdasarkan|menurut|terhadap|antara|juncto|jo\.?)$",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"^(?:ayat|huruf|angka|jo\b|[a-z]|,|;)")
_FIRST_WORD = re.compile(r"^\W{0,2}\S+\W{0,4}")
_UMUM = re.compile(r"^(?:[I1l|]\s*[.,]?\s*)?U\s?M\s?U\s?M\W*$")
_BEGINNINGS = (
    *(("MENIMBANG", "menimbang"), ("MENGINGAT", "mengingat"), ("MEMPERHATIKAN", "memperhatikan")),
    *((words, "memutuskan") for words in ("MEMUTUSKAN", "MENGINSTRUKSIKAN", "MENETAPKAN", "DENGANPERSETUJUANBERSAMA")),
    *(
        (words, "penutup")
        for words in ("AGARSETIAPORANG", "DITETAPKANDI", "DISAHKANDI", "DIKELUARKANDI", "DIUNDANGKANDI")
    ),
)


_WITHOUT_NUMBER = (
    "penjelasan",
    "umum",
    "pasal demi pasal",
    "penutup",
    "memutuskan",
    "mengingat",
    "menimbang",
    "memperhatikan",
)

_ALL_BEGINNINGS = tuple(words for words, _ in _BEGINNINGS)
_EXPLAINING = ("PENJELASAN", "PENJELASANATAS", "PASALDEMIPASAL", "UMUM")


@dataclass(frozen=True, slots=True)
class Heading:
    """`number` is as used in speech: "18", "25A", "I", "KESATU"; empty where the part has none.

    `words` is how much of the line is the heading itself, the rest belongs to the part's text ("Menimbang : a. bahwa").
    """

    kind: str
    number: str
    line: Line
    title: str = ""
    words: int = 0


def headings_of(lines: Sequence[Line]) -> list[Heading]:
    """All headings in order; catch-words, references in sentences and repeated running heads are none."""
    roman = _has_roman_pasal(lines)
    found: list[Heading] = []
    annex: str | None = None
    for index in range(len(lines)):
        heading = _heading_at(lines, index, roman=roman)
        if heading is None or (heading.kind == "lampiran" and heading.number == annex):
            continue
        if not found or not _repeats(found[-1], heading, lines[max(0, index - 3) : index]):
            found.append(heading)
            annex = heading.number if heading.kind == "lampiran" else annex
    return found


def _heading_at(lines: Sequence[Line], index: int, *, roman: bool) -> Heading | None:
    line = lines[index]
    if _CATCHWORD.search(line.text) and len(line.text) < 60:
        return None
    return _pasal(lines, index, roman=roman) or _division(lines, index) or _section(lines, index)


def _pasal(lines: Sequence[Line], index: int, *, roman: bool) -> Heading | None:
    line = lines[index]
    if _ONLY_PASAL.match(line.text):
        return Heading("pasal", "tunggal", line)
    found = _PASAL.match(line.text)
    if not found or _is_reference(lines, index):
        return None
    number = _pasal_number(found.group("number"), roman=roman)
    return Heading("pasal", number, line) if number else None


def _pasal_number(raw: str, *, roman: bool) -> str:
    """ "1 8" -> "18", "SIA" -> "51A"; Roman numbers stay where the regulation is an amendment that has them."""
    token = re.sub(r"\s+", "", raw)
    if re.fullmatch(r"[IVX]+", token) and (roman or "V" in token or "X" in token):
        return token
    misread = "lO|oSZ" if roman else "IlO|oSZ"
    letters = re.fullmatch(rf"([0-9IlOoSZ|]*[0-9{misread}]|[Il|])([A-Z]{{0,2}})", token)
    if not letters:
        return ""
    digits = digits_of(letters.group(1))
    return (digits.lstrip("0") + letters.group(2)) if digits.isdigit() and int(digits) else ""


def _has_roman_pasal(lines: Sequence[Line]) -> bool:
    texts = {" ".join(line.text.split()) for line in lines if line.key.startswith("PASALI")}
    return "Pasal I" in texts and "Pasal II" in texts


def _is_reference(lines: Sequence[Line], index: int) -> bool:
    """A line that holds nothing but "Pasal 5" because a sentence was broken there."""
    line = lines[index]
    after = lines[index + 1] if index + 1 < len(lines) else None
    if after is not None and after.page == line.page and re.match(r"^(?:ayat|huruf|angka)\b|^[,;]", after.text):
        return True
    before = lines[index - 1] if index else None
    if before is None or before.page != line.page:
        return False
    if _REFERRING.search(before.text):
        return True
    return before.text.endswith(",") and after is not None and bool(_GOES_ON.match(after.text))


def _division(lines: Sequence[Line], index: int) -> Heading | None:
    line = lines[index]
    bab = _BAB.match(line.text)
    if bab and (not bab.group("title") or capital_share(bab.group("title")) > 0.8):
        title = bab.group("title").strip() or _title_after(lines, index, capitals=True)
        return Heading("bab", re.sub(r"[l1|]", "I", bab.group("number")), line, title)
    for kind, pattern in (("bagian", _BAGIAN), ("paragraf", _PARAGRAF)):
        found = pattern.match(line.text)
        if found:
            return Heading(kind, found.group("number"), line, _title_after(lines, index, capitals=False))
    angka = _ANGKA.match(line.text)
    return Heading("angka", angka.group("number"), line) if angka else None


def _section(lines: Sequence[Line], index: int) -> Heading | None:
    return _explanation(lines[index]) or _preamble(lines[index]) or _annex(lines, index) or _decision(lines[index])


def _preamble(line: Line) -> Heading | None:
    """Menimbang, Mengingat, what leads over to the decision, and the ending."""
    # An instruction leads over in the middle of a sentence: "… dengan ini menginstruksikan:".
    if line.key.endswith("INIMENGINSTRUKSIKAN"):
        return Heading("memutuskan", "", line)
    if not line.text[:1].isupper() or not line.key.startswith(_ALL_BEGINNINGS):
        return None
    kind = next((kind for beginning, kind in _BEGINNINGS if line.key.startswith(beginning)), None)
    found = _FIRST_WORD.match(line.text) if kind in ("menimbang", "mengingat", "memperhatikan") else None
    return Heading(kind, "", line, words=found.end() if found else 0) if kind else None


def _explanation(line: Line) -> Heading | None:
    """The penjelasan, its general part, or its part Pasal by Pasal."""
    if not line.key.endswith(_EXPLAINING) or capital_share(line.text) <= 0.8:
        return None
    if line.key in ("PENJELASAN", "PENJELASANATAS"):
        return Heading("penjelasan", "", line)
    if line.key.endswith("PASALDEMIPASAL"):
        return Heading("pasal demi pasal", "", line)
    return Heading("umum", "", line) if _UMUM.match(line.text) else None


def _annex(lines: Sequence[Line], index: int) -> Heading | None:
    line = lines[index]
    found = _LAMPIRAN.match(line.text)
    if not found or capital_share(line.text) < 0.6 or len(line.text) > 90:
        return None
    rest = found.group("rest")
    if rest and not re.match(r"(?:PERATURAN|KEPUTUSAN|INSTRUKSI|SURAT|QANUN|UNDANG)", rest):
        return None
    if sum(other.page == line.page for other in lines[max(0, index - 8) : index]) > 7:
        return None
    number = re.sub(r"[l1|]", "I", found.group("number") or "")
    return Heading("lampiran", number, line)


def _decision(line: Line) -> Heading | None:
    found = _DIKTUM.match(line.text)
    return Heading("diktum", re.sub(r"\s+", " ", found.group("number")), line, words=found.end()) if found else None


def _title_after(lines: Sequence[Line], index: int, *, capitals: bool) -> str:
    """The title under a heading: capitals under BAB, a capitalised short line under Bagian and Paragraf."""
    title: list[str] = []
    for line in lines[index + 1 : index + 5]:
        if (
            line.page != lines[index].page
            or _PASAL.match(line.text)
            or re.match(r"(?i)(?:bagian|paragraf|pasal)\b", line.text)
        ):
            break
        if (capitals and capital_share(line.text) < 0.8) or (not capitals and (title or len(line.text) > 90)):
            break
        title.append(line.text)
    return " ".join(title)


def _repeats(last: Heading, heading: Heading, before: Sequence[Line]) -> bool:
    """The same heading again with nothing between: a catch-word, a running head, a page of the preamble printed twice."""
    if (last.kind, last.number) != (heading.kind, heading.number) or heading.kind == "lampiran":
        return False
    if heading.kind in _WITHOUT_NUMBER:
        return True
    return last.line in before and last.line.page != heading.line.page
