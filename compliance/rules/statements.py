"""When two statements about other acts say the same: same kind of relation, same act named, however it is written."""

from __future__ import annotations

import re
from functools import lru_cache

from compliance.models import RegulationRelation
from indexer.citations import FlowingText, citations_in
from indexer.lines import Line, key_of
from indexer.relations import act_named

_SHORT = re.compile(r"^([A-Za-z]+) (\d+[A-Za-z]?)/((?:19|20)\d\d)$")


@lru_cache(maxsize=65536)
def named_in(words: str) -> tuple[str, str, int | None, str]:
    """What tells the act that words name from others; the letters and digits of words that name none, or several."""
    full = written_out(words)
    cited = list(citations_in(FlowingText([Line(1, 0, full, key_of(full))])))
    if len(cited) == 1:
        return act_named(cited[0])
    return "", "".join(sign for sign in words.lower() if sign.isalnum()), None, ""


def written_out(words: str) -> str:
    """The catalogue's "PP 44/2015" as a citation: "PP Nomor 44 Tahun 2015"; other words as they are."""
    return _SHORT.sub(r"\1 Nomor \2 Tahun \3", words)


def is_same_statement(bond: RegulationRelation, other: RegulationRelation) -> bool:
    """Whether both say the same of the same act, whichever document says it, wherever a person let it lead."""
    if bond.from_id != other.from_id or bond.kind != other.kind:
        return False
    if bond.to_id is not None and bond.to_id == other.to_id:
        return True
    return named_in(bond.to_text) == named_in(other.to_text)
