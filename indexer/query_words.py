"""What was typed, cut into words, quoted phrases, operators, brackets and fields."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from indexer.law_words import mended

FIELDS = ("jenis", "tahun", "wilayah", "status", "penerbit", "topik", "judul", "pasal")
MAX_CHARACTERS = 4_000
MAX_SLOP = 50
# A query all in capitals is a title copied from a document from so many words on, and its DAN is a word.
_TITLE_WORDS = 5

Sort = Literal["word", "phrase", "field", "and", "or", "not", "(", ")"]
_OPERATORS: dict[str, Sort] = {
    "DAN": "and",
    "AND": "and",
    "ATAU": "or",
    "OR": "or",
    "TIDAK": "not",
    "NOT": "not",
    "BUKAN": "not",
}
_QUOTES = str.maketrans("“”„‟«»＂", '"' * 7)
_LEXEME = re.compile(
    r'(?P<field>[a-z]+):(?:"(?P<quoted>[^"]*)"(?:~(?P<near>\d+))?|(?P<value>[^\s()"]+))'
    r'|"(?P<phrase>[^"]*)"(?:~(?P<slop>\d+))?'
    r"|(?P<minus>(?<![^\s(])-(?=[^\s-]))"
    r"|(?P<amount>\bRp\.?\s*\d[\d.,]*)"
    r"|(?P<number>\(\s*\d{1,4}[a-z]?\s*\))"
    r"|(?P<bracket>[()])"
    r'|(?P<word>[^\s()"]+)'
    r'|(?P<lone>")',
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Lexeme:
    """One piece of a query. `field` and `quoted` only for fields; `slop` for phrases with ~n."""

    kind: Sort
    text: str = ""
    field: str = ""
    quoted: bool = False
    slop: int = 0


def lexemes(text: str, note: Callable[[str], None]) -> list[Lexeme]:
    """The pieces of a query in order; what is left out is told to `note`."""
    clean = "".join(" " if unicodedata.category(c) in ("Cc", "Cs", "Co", "Cn") else c for c in text.translate(_QUOTES))
    if len(clean) > MAX_CHARACTERS:
        note(f"Hanya {MAX_CHARACTERS} huruf pertama yang dibaca; selebihnya diabaikan.")
        clean = clean[:MAX_CHARACTERS]
    clean = mended(clean)
    operators = _operators_of(clean, note)
    return [_lexeme(match, operators, note) for match in _LEXEME.finditer(clean)]


def _operators_of(text: str, note: Callable[[str], None]) -> dict[str, Sort]:
    words = text.split()
    if len(words) < _TITLE_WORDS or text != text.upper():
        return _OPERATORS
    if set(words) & set(_OPERATORS):
        note("Karena semuanya huruf besar, DAN, ATAU dan TIDAK dibaca sebagai kata biasa.")
    return {}


def _lexeme(match: re.Match[str], operators: dict[str, Sort], note: Callable[[str], None]) -> Lexeme:
    match match.lastgroup:
        case "minus":
            return Lexeme("not")
        case "bracket":
            return Lexeme("(" if match.group() == "(" else ")")
        case "lone":
            note("Tanda kutip tanpa pasangan diabaikan.")
            return Lexeme("and")
        case "phrase" | "slop":
            return Lexeme("phrase", match["phrase"], slop=_slop(match["slop"], note))
        case "word" | "number" | "amount":
            word = match.group()
            return Lexeme(operators.get(word, "word"), word)
        case _:
            return _field(match, note)


def _field(match: re.Match[str], note: Callable[[str], None]) -> Lexeme:
    name = match["field"].lower()
    quoted = match["quoted"] is not None
    value = match["quoted"] if quoted else match["value"]
    if name not in FIELDS:
        note(f"“{name}:” bukan nama saringan; dibaca sebagai kata biasa.")
        return Lexeme("word", f"{name} {value}")
    return Lexeme("field", value, name, quoted, _slop(match["near"], note))


def _slop(typed: str | None, note: Callable[[str], None]) -> int:
    if typed is None:
        return 0
    if len(typed) > 3 or int(typed) > MAX_SLOP:
        note(f"Jarak paling jauh {MAX_SLOP} kata; yang lebih dipendekkan.")
        return MAX_SLOP
    return int(typed)
