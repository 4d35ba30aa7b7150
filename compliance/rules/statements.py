"""When two statements about other acts say the same: same kind of relation, same act named, however it is written."""

from __future__ import annotations

import re
from functools import lru_cache

from compliance.models import RegulationRelation
from indexer.citations import FlowingText, citations_in
from indexer.lines import Line, key_of
from indexer.relations import act_named

_SHORT = re.compile(r"([A-Za-z]+) (\d+[A-Za-z]?)/((?:19|20)\d\d)")


@lru_cache(maxsize=4096)
def named_in(words: str) -> tuple[str, str, int | None, str]:
    """What tells the act that words name from others; the letters and digits of words that name none, or several.

    The catalogue writes "PP 44/2015" for Peraturan Pemerintah Nomor 44 Tahun 2015.
    """
    short = _SHORT.fullmatch(words)
    if short:
        words = f"{short[1]} Nomor {short[2]} Tahun {short[3]}"
    cited = list(citations_in(FlowingText([Line(1, 0, words, key_of(words))])))
    if len(cited) == 1:
        return act_named(cited[0])
    return "", "".join(sign for sign in words.lower() if sign.isalnum()), None, ""


def is_same_statement(bond: RegulationRelation, other: RegulationRelation) -> bool:
    """Whether both say the same of the same act, whichever document says it, wherever a person let it lead."""
    if bond.from_id != other.from_id or bond.kind != other.kind:
        return False
    if bond.to_id is not None and bond.to_id == other.to_id:
        return True
    return named_in(bond.to_text) == named_in(other.to_text)
