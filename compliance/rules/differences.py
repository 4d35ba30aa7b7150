"""How one text became another, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

MOST_COMPARED = 6000
_PIECES = re.compile(r"\s+|\S+")


@dataclass(frozen=True, slots=True)
class Difference:
    """A stretch of text: in both, only in the first (hapus), or only in the second (tambah)."""

    text: str
    kind: Literal["sama", "hapus", "tambah"]


def differences(before: str, after: str) -> list[Difference]:
    """The stretches in order; without the added ones they make `before`, without the removed ones `after`."""
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    if max(len(old), len(new)) > MOST_COMPARED:
        stretches = [Difference(before, "hapus"), Difference(after, "tambah")]
        return [Difference(before, "sama")] if before == after else [one for one in stretches if one.text]
    found: list[Difference] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        found += _stretches(kind, "".join(old[a:b]), "".join(new[c:d]))
    return found


def _stretches(kind: str, removed: str, added: str) -> Iterator[Difference]:
    if kind == "equal":
        yield Difference(removed, "sama")
        return
    if removed:
        yield Difference(removed, "hapus")
    if added:
        yield Difference(added, "tambah")
