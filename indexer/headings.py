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
    r"^(?P<number>\d{1,3})\s*\.\s*(?:Ketentuan|Di\s?antara|Setelah|Sesudah|Judul|Pasal|Bagian|BAB|Bab|Penjelasan|Lampiran|"
    r"Mengubah|Menambah|Menghapus|Menyisipkan|Pada)\b"
)
_CATCHWORD = re.compile(r"(?:\.\s?){2,}\W*$|…\W*$")
_REFERRING = re.compile(
    r"\b(?:dimaksud|dalam|ketentuan|dan|atau|pada|dengan|dari|oleh|sampai|berdasarkan|menurut|terhadap|antara|juncto|jo\.?)$",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"^(?:ayat|huruf|angka|jo\b|[a-z]|,|;)")
_ENDING = ("AGARSETIAPORANG", "DITETAPKANDI", "DISAHKANDI", "DIKELUARKANDI", "DIUNDANGKANDI")


@dataclass(frozen=True, slots=True)
class Heading:
    """`number` is as used in speech: "18", "25A", "I", "KESATU"; empty where the part has none."""

    kind: str
    number: str
    line: Line
    title: str = ""


def headings_of(lines: Sequence[Line]) -> list[Heading]:
    """All headings in order; catch-words, references in sentences and repeated running heads are none."""
    roman = _has_roman_pasal(lines)
    found: list[Heading] = []
    for index in range(len(lines)):
        heading = _heading_at(lines, index, roman=roman)
        if heading and not _repeats(found, heading, lines, index):
            found.append(heading)
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
    texts = {re.sub(r"\s+", " ", line.text) for line in lines}
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
    line = lines[index]
    if line.key in ("PENJELASAN", "PENJELASANATAS") or line.key.endswith("PASALDEMIPASAL"):
        return Heading("penjelasan", "", line) if capital_share(line.text) > 0.8 else None
    if line.key.startswith("MENIMBANG") and line.text[:1].isupper():
        return Heading("menimbang", "", line)
    if line.key.startswith("MENGINGAT") and line.text[:1].isupper():
        return Heading("mengingat", "", line)
    # An instruction leads over in the middle of a sentence: "… dengan ini menginstruksikan:".
    if line.key.startswith(("MEMUTUSKAN", "MENGINSTRUKSIKAN", "MENETAPKAN")) or line.key.endswith(
        "INIMENGINSTRUKSIKAN"
    ):
        return Heading("memutuskan", "", line)
    if line.key.startswith(_ENDING) and line.text[:1].isupper():
        return Heading("penutup", "", line)
    return _annex(lines, index) or _decision(line)


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
    return Heading("diktum", re.sub(r"\s+", " ", found.group("number")), line) if found else None


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


def _repeats(found: Sequence[Heading], heading: Heading, lines: Sequence[Line], index: int) -> bool:
    """The same heading again with nothing between: a catch-word, a running head, the next page of an annex."""
    if not found:
        return False
    if heading.kind == "lampiran":
        annexes = [earlier for earlier in found if earlier.kind == "lampiran"]
        return bool(annexes) and annexes[-1].number == heading.number
    last = found[-1]
    if (last.kind, last.number) != (heading.kind, heading.number):
        return False
    if heading.kind in ("penjelasan", "penutup", "mengingat", "menimbang", "memutuskan"):
        return True
    between = lines[max(0, index - 3) : index]
    return last.line in between and last.line.page != heading.line.page
