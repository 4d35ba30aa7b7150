"""What a word is: one rule for the index, the query, the highlighter and the suggestions.

Folding makes spellings equal that a reader calls equal: case, ligatures, accents, soft hyphens, a word broken at a line
end (pemerin-/tah), law words an OCR tore (TENT ANG), digits it took for letters (2OL4), leading zeros, and amounts
(Rp2.092.600.000 is the word 2092600000). No word is dropped.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import Stemmer

from indexer.law_words import PRINTED, law_word

DATA = Path(__file__).parent / "data"
# Found in nearly every document: a query asks for them only where it asks for nothing else.
_FUNCTION_WORDS = """
dan atau yang di ke dari untuk dengan atas dalam pada oleh tentang para serta itu ini adalah akan bagi sebagai
apa bagaimana siapa apakah
"""
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())
_RULES = "4"
_REMEMBERED = 400_000

_LETTER = r"[^\W_]"
# Accents typed apart, and marks that stand inside a word without ending it (Jum'at, soft hyphen, PDFium's hyphen).
_INSIDE = "[\u00ad\u200b-\u200d\u2060\ufeff\ufffe\x02\u0300-\u036f'’ʼ`]"
_BREAK = "[-\u2010\u2011\u00ad\ufffe\x02][ \\t]*\\r?\\n[ \\t]*"
_RP = r"(?:[Rr][Pp]\.?[ \t]?)"
_GROUP = r"[\dOolI]{3}"
_WORD = re.compile(
    rf"{PRINTED}(?!{_LETTER}|{_INSIDE}|{_BREAK})|"
    rf"{_RP}?\d[\dOolI]{{0,2}}(?:(?:[.,]{_GROUP}){{2,}}|\.{_GROUP})(?:,\d{{1,2}})?(?![.,]?\d|{_LETTER})"
    rf"|{_RP}\d+(?!{_LETTER})"
    rf"|{_LETTER}+(?:{_INSIDE}+{_LETTER}+)*(?:{_BREAK}{_LETTER}+)?"
)
_HALF = re.compile(rf"{_LETTER}+(?:{_INSIDE}+{_LETTER}+)*")
_AMOUNT = re.compile(r"(?:rp\.?\s?)?(\d[\doli]*(?:[.,][\doli]{3})*?)(?:,\d{1,2})?")
_MISREAD = str.maketrans("oli", "011")
_DIGITS_OR_MISREAD = re.compile(r"[\doli]+")
_PARTICLE = re.compile(r"(.{3,}?)(?:nya|lah|kah|pun)")


class Token(NamedTuple):
    """One word of a text: as folded, and where it stands (`text[start:end]` is what is printed)."""

    text: str
    start: int
    end: int


def _loaded(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


def _data_digest() -> str:
    return hashlib.sha256(b"".join(path.read_bytes() for path in sorted(DATA.glob("*.toml")))).hexdigest()[:8]


ANALYSIS_VERSION = f"{_RULES}.{_data_digest()}"

_STEMS = _loaded("stems.toml")
_WHOLE: dict[str, str] = {word: word for word in _STEMS["keep"]} | _STEMS["word"]
_REPAIR: dict[str, str] = _STEMS["repair"]
_SNOWBALL = Stemmer.Stemmer("indonesian")
_folded: dict[str, str] = {}
_stemmed: dict[str, str] = {}


def tokens(text: str) -> Iterator[Token]:
    """The words of a text in order, each with its place in it."""
    known, made = _folded.get, tuple.__new__  # a Token by its own constructor costs twice as much
    for match in _WORD.finditer(text):
        raw = match[0]
        folded = known(raw) or _remember(raw)
        if " " in folded:
            yield from _halves(raw, match.start())
        else:
            yield made(Token, (folded, *match.span()))


def analyse(text: str) -> list[str]:
    """The folded words of a text in order: the same as those of `tokens`, faster."""
    words: list[str] = []
    for raw in _WORD.findall(text):
        folded = _folded.get(raw) or _remember(raw)
        if " " in folded:
            words.extend(folded.split(" "))
        else:
            words.append(folded)
    return words


def exact(word: str) -> str:
    """One word as it is stored for exact search; "" where there is no word in it."""
    return " ".join(analyse(word))


def stem(word: str) -> str:
    """The stem shared by a folded word and its kin (menetapkan, penetapan, ditetapkan: tetap)."""
    found = _stemmed.get(word)
    if found is None:
        if len(_stemmed) > _REMEMBERED:
            _stemmed.clear()
        found = _stemmed[word] = _stem(word)
    return found


def stems(words: Sequence[str]) -> list[str]:
    """The stems of folded words, in order."""
    known = _stemmed.get
    return [known(word) or stem(word) for word in words]


def _stem(word: str) -> str:
    if word in _WHOLE:
        return _WHOLE[word]
    bare = _PARTICLE.fullmatch(word)
    if bare and bare[1] in _WHOLE:
        return _WHOLE[bare[1]]
    if not word.isalpha():
        return word
    cut: str = _SNOWBALL.stemWord(word)
    return _REPAIR.get(cut, cut)


def _remember(raw: str) -> str:
    """The folded word, kept for next time; two words with a blank between where a line end only looked like hyphenation."""
    if len(_folded) > _REMEMBERED:
        _folded.clear()
    halves = _HALF.findall(raw) if "\n" in raw and not _is_one_word(raw) else [raw]
    folded = _folded[raw] = law_word(raw) or " ".join(map(_fold, halves))
    return folded


def _halves(raw: str, offset: int) -> Iterator[Token]:
    for half in _HALF.finditer(raw):
        yield Token(_fold(half.group()), offset + half.start(), offset + half.end())


def _is_one_word(raw: str) -> bool:
    """Whether a hyphen at a line end breaks a word (pemerin-/tah) and does not join two (undang-/undang, non-/ASN)."""
    first, second = _HALF.findall(raw)
    if not (first.isalpha() and second.isalpha()) or first.lower() in ("non", "pra", "pasca", "anti", "sub"):
        return False
    if not (first[-1:].islower() and second.islower()) and not (first.isupper() and second.isupper()):
        return False
    low, follow = first.lower(), second.lower()
    return not any(low.endswith(follow[:size]) for size in range(3, len(follow) + 1))


def _fold(raw: str) -> str:
    """The word folded until folding changes nothing more: what is indexed can be searched as it stands."""
    word = _folded_once(raw)
    while (again := _folded_once(word)) != word:
        word = again
    return word


def _folded_once(raw: str) -> str:
    word = raw.lower() if raw.isascii() else _plain(raw)
    if word[0].isdigit() or word.startswith("rp"):
        amount = _AMOUNT.fullmatch(word)
        if amount:
            word = amount[1].replace(".", "").replace(",", "").translate(_MISREAD)
    word = "".join(filter(str.isalnum, word)) or raw.lower()
    if _DIGITS_OR_MISREAD.fullmatch(word) and 2 * sum(map(str.isdigit, word)) >= len(word):
        word = word.translate(_MISREAD).lstrip("0") or "0"
    return word


def _plain(raw: str) -> str:
    decomposed = unicodedata.normalize("NFKD", raw).casefold()
    # Combining accents go, and signs that only spell a letter out (the slash of a fraction).
    return (
        "".join(character for character in decomposed if character.isalnum() or character.isascii()) or raw.casefold()
    )
