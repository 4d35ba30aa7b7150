"""Titles as lists show them: those printed in capitals are written as a sentence is read, the record keeps what was printed."""

from __future__ import annotations

import re

CAPITALS = frozenset((
    "APBD", "APBN", "APBDES", "ASN", "BPJS", "BUMD", "BUMN", "CPMI", "DIPA", "DKI", "DPRD", "DIY", "JHT", "JKK",
    "JKM", "JKP", "KB", "KUA", "NTB", "NTT", "OPD", "PAUD", "PKH", "PKK", "PKS", "PMI", "PNS", "PPAS", "PPPK",
    "RI", "RKPD", "RPJMD", "RPJPD", "RT", "RW", "SDM", "SJSN", "SKPD", "TKA", "TNI", "TP", "UMKM", "UU",
))  # fmt: skip
SMALL = frozenset((
    "atas", "atau", "bagi", "bukan", "dalam", "dan", "dari", "dengan", "di", "guna", "ke", "kepada", "oleh",
    "pada", "sebagai", "serta", "tentang", "terhadap", "untuk", "yang",
))  # fmt: skip
_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_ROMAN = re.compile(r"[IVXLC]+")


def readable_title(title: str) -> str:
    """A title printed all in capitals with only first letters and known abbreviations capital; any other as it is."""
    if not title.isupper():
        return title
    return _WORD.sub(lambda found: _word(found.group(), is_first=found.start() == 0), title)


def _word(word: str, *, is_first: bool) -> str:
    if word in CAPITALS or _ROMAN.fullmatch(word) or not set(word) & set("AEIOU"):
        return word
    small = word.lower()
    return small if small in SMALL and not is_first else small.capitalize()
