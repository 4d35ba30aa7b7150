"""Questions by their first words: what a term means, and which acts carry out another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

_MEANING = tuple(
    tuple(words.split())
    for words in (
        "apa yang dimaksud dengan", "yang dimaksud dengan", "apa arti dari", "apa arti", "apa pengertian", "apa definisi",
        "apa itu", "apakah itu", "apakah yang dimaksud dengan", "pengertian dari", "pengertian", "definisi dari", "definisi", "arti dari",
        "arti kata", "arti", "makna dari", "makna",
    )
)  # fmt: skip
_BETWEEN = ("dalam", "menurut", "pada", "di", "berdasarkan", "sesuai")
_CARRYING_OUT = tuple(
    (*head, *tail)
    for head in (
        ("peraturan", "pelaksana"), ("peraturan", "pelaksanaan"), ("peraturan", "turunan"), ("aturan", "pelaksana"),
        ("aturan", "pelaksanaan"), ("aturan", "turunan"), ("ketentuan", "pelaksanaan"), ("peraturan", "yang", "melaksanakan"),
    )
    for tail in ((), ("dari",), ("atas",), ("untuk",))
)  # fmt: skip


class AskedMeaning(NamedTuple):
    """The term whose meaning is asked: words[first:end]; what stands between it and a named instrument only joins them."""

    words: tuple[str, ...]
    first: int
    end: int


def asked_meaning(words: Sequence[str], instrument_at: int) -> AskedMeaning | None:
    """What "apa itu X" and its kin ask; `instrument_at` is where a named instrument begins. None for anything else."""
    opening = max((one for one in _MEANING if tuple(words[: len(one)]) == one), key=len, default=())
    end = instrument_at
    while end > len(opening) and words[end - 1] in _BETWEEN:
        end -= 1
    term = tuple(words[len(opening) : end])
    return AskedMeaning(term, len(opening), end) if opening and term and all(term) else None


def implementing_from(before: Sequence[str]) -> int | None:
    """Where, in the words right before an instrument, the question for acts that carry it out begins; None where it isn't asked."""
    ends = [
        len(before) - len(one) for one in _CARRYING_OUT if len(before) >= len(one) and tuple(before[-len(one) :]) == one
    ]
    return min(ends, default=None)
