"""The title of a regulation as one text, and what in it speaks of a misreading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.dates import digits_of
from indexer.lines import capital_share

_OPENING = re.compile(r"^\W*(?:TENTANG|PERIHAL\s*:|HAL\s*:)(?!\w)\W*", re.IGNORECASE)
_YEAR_AFTER_WORD = re.compile(r"(?<=TAHUN )([12][0-9OoLlIiSZz]{3})\b")
_MARK_IN_WORD = re.compile(r"(?<=[A-Z])!|!(?=[A-Z])")
_SMALL_IN_CAPITALS = re.compile(r"\b(?=\w*[A-Z]{2})\w*[a-z]\w*\b")


@dataclass(frozen=True, slots=True)
class TitleText:
    """`text` is in capitals, without TENTANG. `reason` says why it may be misread."""

    text: str
    reason: str = ""


def title_text(lines: Sequence[str]) -> TitleText:
    """The title over its lines, spaces closed up, marks and years that OCR misread put right."""
    joined = re.sub(r"\s+", " ", " ".join(lines))
    joined = re.sub(r"-[\ufffe\s]+(?=[A-Z])", "-", joined)
    text = _OPENING.sub("", _MARK_IN_WORD.sub("I", joined)).strip(" .;:,")
    text = _YEAR_AFTER_WORD.sub(lambda found: digits_of(found.group(1)), text)
    misread = _SMALL_IN_CAPITALS.search(text) if capital_share(text) > 0.8 else None
    reason = f"kata “{misread.group(0)}” mungkin salah baca" if misread else ""
    return TitleText(text.upper(), reason)
