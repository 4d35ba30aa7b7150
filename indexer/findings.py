"""Pages -> everything that is made of them before they are stored: identity, parts, relations, being a sample."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace

from indexer.identify import Identity, identify, is_sample
from indexer.pages import Page
from indexer.regions import RegionNames
from indexer.relations import Relation, relations
from indexer.structure import Part, parts_of


@dataclass(frozen=True, slots=True)
class Findings:
    """What a file is, how it is built, and what it says of others; `relations` are those of its texts alone, without places."""

    identity: Identity
    parts: tuple[Part, ...]
    relations: tuple[Relation, ...]
    is_sample: bool


def findings_of(pages: Sequence[Page], metadata: Mapping[str, str], regions: RegionNames, name: str) -> Findings:
    """All that is found on the pages; `name` (the file's own) can only raise doubt about the identity."""
    parts = parts_of(pages)
    texts = [replace(page, words=()) for page in pages]
    return Findings(
        identify(pages, regions, name), tuple(parts), tuple(relations(texts, parts)), is_sample(pages, metadata)
    )


def nothing_found(reason: str) -> Findings:
    """No identity, every field of it that a regulation needs doubtful for this reason; no parts and relations."""
    unknown = identify((), RegionNames())
    doubts = {field.name: replace(getattr(unknown, field.name), reason=reason) for field in fields(unknown)}
    known_to_lack = {name: field for name, field in doubts.items() if field.doubtful}
    return Findings(replace(unknown, **known_to_lack), (), (), is_sample=False)
