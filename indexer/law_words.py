"""Words every regulation prints in capitals, known again where an OCR tore them or misread their I: TENT ANG, PROVINS!.

Only these reviewed words, only in capitals and only as a whole: any other two words side by side stay two.
"""

from __future__ import annotations

import re

_IN_CAPITALS = """
BUPATI DAERAH GUBERNUR INDONESIA JAMINAN KABUPATEN KEPUTUSAN KETENAGAKERJAAN MEMUTUSKAN MENETAPKAN MENGINGAT MENIMBANG
NOMOR PERATURAN PERLINDUNGAN PROVINSI REPUBLIK SOSIAL TAHUN TENTANG WALIKOTA
"""
LAW_WORDS = _IN_CAPITALS.split()
# A blank after these may be one that was meant: KE PUTUSAN, BU PATI (Pati is a kabupaten).
_WORDS_OF_THEIR_OWN = frozenset(("BU", "KE"))
_MISREAD = str.maketrans({"!": "I", "|": "I", "1": "I", "l": "I", " ": None, "\t": None})


def _after_first(word: str) -> str:
    """The pattern of a word's letters after its first, each perhaps after a blank, each I perhaps misread."""
    pattern = ""
    for at in range(1, len(word)):
        blank = "" if word[:at] in _WORDS_OF_THEIR_OWN else "[ \\t]?"
        pattern += blank + ("[I!|1l]" if word[at] == "I" else word[at])
    return pattern


# The first letter and the look-ahead spare the words in small letters, nearly all of a text.
_FIRST = "".join(sorted({word[0] for word in LAW_WORDS}))
PRINTED = rf"[{_FIRST}](?=[A-Z \t])(?:{'|'.join(f'(?<={word[0]}){_after_first(word)}' for word in LAW_WORDS)})"
_WHOLE = re.compile(PRINTED)
_AMONG_OTHERS = re.compile(rf"(?<!\w){PRINTED}(?!\w)")


def law_word(printed: str) -> str | None:
    """The word in small letters that is printed here, whole or torn; None where it is none of them."""
    return printed.translate(_MISREAD).lower() if _WHOLE.fullmatch(printed) else None


def mended(text: str) -> str:
    """The text with its torn and misread law words whole, in capitals."""
    return _AMONG_OTHERS.sub(lambda match: match[0].translate(_MISREAD), text)
