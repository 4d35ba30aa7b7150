"""How much a text looks like printed Indonesian, told without a dictionary.

Counts the shapes of words, letters that no keyboard in a law office makes, and the small words no Indonesian
sentence does without. It judges readings of the same page against each other; it never corrects a text.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

_FUNCTION_WORDS = """
yang dan di dengan untuk dalam pada dari atau oleh adalah sebagai sebagaimana dimaksud tentang ayat pasal huruf tahun
nomor kepada ini itu tidak dapat akan bahwa serta secara terhadap ke atas telah ketentuan peraturan undang-undang
republik indonesia daerah pemerintah negara menteri kabupaten provinsi bab lembaran tambahan
"""
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())

_EDGES = "\"'“”‘’()[]{}.,;:!?…-–—/*•·"
_WORD = re.compile(r"[A-Za-zÀ-ÿ]+(?:[-/'’.][A-Za-zÀ-ÿ]+)*")
_FIGURE = re.compile(r"(?:Rp\.?)?\(?\d+(?:[.,:/-]\d+)*(?:,-|%|[a-zA-Z])?")
_CODE = re.compile(r"[A-Z]{2,6}\d?[A-Z]?|[\dA-Z]+(?:/[\dA-Z.]+)+")
_CONFUSED = re.compile(
    r"\d[OoIl]|[OoIl]\d|[a-z]\d[a-z]|(?:Pasal|ayat|Nomor|Tahun|NOMOR|TAHUN)\d|[A-Za-z][\^<>{}|\\€]", re.ASCII
)
_COMPOUND = re.compile(r"[/-]")
_MARKED = re.compile(r"[A-Za-z]?\d*[.)]|[-–—•·*…=+%&]+|\W{1,4}")
_LOOSE_CASE = re.compile(r"[a-zà-ÿ][A-ZÀ-Ý]|[A-Z]{2}[a-z]{2}")
_VOWEL = re.compile(r"[aeiouyAEIOUYÀ-ÿ]")
_CONSONANTS = re.compile(r"[bcdfghjklmnpqrstvwxz]{5}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wording:
    """`words` counts tokens, `plausible` those shaped like words or figures, `common` function words.

    `confused` counts figures with letters in them (2OO5, Pasal24) and letters with signs (l^enteri);
    `odd_letters` is the share of all letters that do not belong in a regulation.
    """

    words: int
    plausible: int
    common: int
    confused: int
    odd_letters: float

    @property
    def share(self) -> float:
        """Plausible tokens of all, 0 to 1; 0 for no text."""
        return self.plausible / self.words if self.words else 0.0

    @property
    def weight(self) -> float:
        """What a reading is worth against another of the same page: how much was read, less for what is rubbish."""
        return self.plausible * self.share**2 * (1 - self.odd_letters) + self.common


def wording_of(text: str) -> Wording:
    """The counts of one page's text."""
    tokens = text.split()
    looks = list(map(_look_of, tokens))
    counts = Counter("".join(tokens))
    letters, odd = counts.total(), sum(count for letter, count in counts.items() if _is_odd(letter))
    plausible, common, confused = map(sum, zip(*looks, strict=True)) if looks else (0, 0, 0)
    return Wording(len(tokens), plausible, common, confused, odd / letters if letters else 0.0)


@lru_cache(maxsize=65536)
def _look_of(token: str) -> tuple[bool, bool, bool]:
    """Whether it is plausible, a function word, confused; kept, for the same few words make most of every page."""
    return is_plausible(token), token.strip(_EDGES).lower() in FUNCTION_WORDS, bool(_CONFUSED.search(token))


def is_plausible(token: str) -> bool:
    """Whether the token is shaped like an Indonesian word, a figure, a date, a list mark or punctuation."""
    if _MARKED.fullmatch(token):
        return True
    core = token.strip(_EDGES)
    if _FIGURE.fullmatch(core) or _CODE.fullmatch(core):
        return True
    return all(_is_word(part.strip(_EDGES)) for part in _COMPOUND.split(core))


def _is_word(core: str) -> bool:
    if not _WORD.fullmatch(core):
        return bool(_CODE.fullmatch(core))
    if len(core) <= 3 or core.isupper():
        return len(core) <= 24 and (len(core) <= 4 or bool(_VOWEL.search(core)))
    odd = _LOOSE_CASE.search(core) or _CONSONANTS.search(core) or len(core) > 40
    return not odd and bool(_VOWEL.search(core))


def _is_odd(letter: str) -> bool:
    if letter < "\x7f":
        return letter < " " or letter in "~^`|{}\\<>_#@$"
    return unicodedata.category(letter) in {"Co", "Cn", "Cc", "Cs", "So", "Sm", "Sc", "Sk"} or letter == "\ufffd"
