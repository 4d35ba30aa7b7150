"""The regulations a text names ("Peraturan Bupati Katingan Nomor 6 Tahun 2019"), each with page and words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.concepts import kind_at
from indexer.dates import year_in
from indexer.kinds import kind_of
from indexer.lines import Line, key_of
from indexer.words import analyse

_NAME = (
    r"Undang-?\s?Undang(?:\s+Darurat)?|Peraturan\s+Pemerintah(?:\s+Pengganti\s+Undang-?\s?Undang)?|"
    r"(?:Peraturan|Keputusan|Instruksi)\s+(?:Bersama\s+)?(?:Presiden|Menteri|Gubernur|Bupati|Wali\s?kota|Kepala|Badan|Lembaga|"
    r"Direksi|Direktur|Otoritas|Dewan|Ketua|Komisi)|Peraturan\s+Daerah(?:\s+(?:Khusus|Istimewa))?|Qanun|Perdasus|Perdasi|Surat\s+Edaran"
)
_SHORT = r"UU|Perp?pu|PP|Perpres|Inpres|Keppres|Perda|Pergub|Perbup|Perwal(?:i|kot)?|PMK|(?:Permen|Kepmen)[a-z]*"
_CITATION = re.compile(
    rf"\b(?P<form>(?:{_NAME})\b(?:(?!\b(?:Nomor|tentang|ini|tersebut|berlaku)\b)[^;:()]){{0,120}}?|(?:{_SHORT})\b[^;:(),\d]{{0,60}}?)"
    r"\s*,?\s*\b(?:Nomor|No\.?)\s*:?\s*(?P<nomor>\d[^\s,;()]*(?:\s*/\s*[^\s,;()]+)*)"
    r"(?:\s*,?\s*(?:Prp\.?|Drt\.?|Darurat)?\s*Tahun\s*(?P<tahun>[12][\dOolI]{3}))?",
    re.IGNORECASE,
)
_REGION = re.compile(
    r"\b(?:Provinsi|Propinsi|Kabupaten|Kota(?!\s*$)|Gubernur|Bupati|Wali\s?kota)\b\s+\S.*$|\bAceh\b.*$", re.IGNORECASE
)
# "UU No. 24/2011"; a coded number ("148/PMK.02/2021") keeps its year.
_NUMBER_AND_YEAR = re.compile(r"^(\d+[A-Za-z]?)/(?:19|20)\d\d$")
_LOCAL = ("Perda", "Pergub", "Perbup", "Perwali", "Instruksi", "Keputusan", "SE")


@dataclass(frozen=True, slots=True)
class Citation:
    """One regulation as named. `wilayah` is the printed region or office ("Kabupaten Pinrang"), None for a national one.

    `start` and `end` are offsets in the flowing text the citation was found in; `words` is the text between them.
    """

    jenis: str
    bentuk: str
    nomor: str
    tahun: int | None
    wilayah: str | None
    page: int
    words: str
    start: int
    end: int


class FlowingText:
    """Lines joined into one text in which a sentence runs on, each offset knowing its page."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._starts: list[int] = []
        self._pages: list[int] = []
        parts: list[str] = []
        length = 0
        for line in lines:
            text = _open_ended(line.text)
            self._starts.append(length)
            self._pages.append(line.page)
            parts.append(text)
            length += len(text)
        self.text = "".join(parts)
        self._lines = [(line.page, line.start) for line in lines]

    def place_at(self, offset: int) -> tuple[int, int]:
        """(page, offset in that page's text) of a letter of the flowing text."""
        at = bisect_right(self._starts, offset) - 1
        page, start = self._lines[at]
        return page, start + offset - self._starts[at]

    def page_at(self, offset: int) -> int:
        return self._pages[max(0, bisect_right(self._starts, offset) - 1)]


def _open_ended(text: str) -> str:
    """A line made ready to be followed: a word cut by a hyphen goes on without a space, Undang- keeps its hyphen."""
    clean = re.sub(r"(?<=[A-Z])!", "I", text.replace("\ufffe", "-"))
    return clean if clean.endswith("-") else clean + " "


def citations_in(flow: FlowingText, start: int = 0, end: int | None = None) -> Iterator[Citation]:
    """The regulations named between two offsets of a flowing text, in order, repetitions included."""
    for found in _CITATION.finditer(flow.text, start, len(flow.text) if end is None else end):
        form = re.sub(r"\s+", " ", found.group("form")).strip(" ,")
        jenis = _jenis(form)
        if jenis is None:
            continue
        nomor = re.sub(r"\s+", "", found.group("nomor")).rstrip(".")
        yield Citation(
            jenis=jenis,
            bentuk=form,
            nomor=_NUMBER_AND_YEAR.sub(r"\1", nomor),
            tahun=_year(found.group("tahun"), nomor),
            wilayah=_region(form, jenis),
            page=flow.page_at(found.start()),
            words=re.sub(r"\s+", " ", found.group(0)).strip(),
            start=found.start(),
            end=found.end(),
        )


def _jenis(form: str) -> str | None:
    """The kind of a name written out, else of one in short ("Permendagri"); None for neither."""
    reading = kind_of(key_of(form))
    if reading:
        return reading.kind.jenis
    short = kind_at(analyse(form), 0)
    return short[0].jenis if short else None


def _year(printed: str | None, nomor: str) -> int | None:
    """The year after TAHUN, else the one a coded number ends in."""
    in_code = re.search(r"/((?:19|20)\d\d)$", nomor)
    text = printed or (in_code.group(1) if in_code else "")
    reading = year_in(text)
    return reading.year if reading else None


def _region(form: str, jenis: str) -> str | None:
    if jenis not in _LOCAL:
        return None
    found = _REGION.search(form)
    return found.group(0).strip() if found else None
