"""Parts of a query -> the tree that asks for all of them: instruments, names with equals, words that need not be there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from indexer.concepts import citation, equals_at
from indexer.identities import Found
from indexer.nodes import And, Concept, Maybe, Named, Node, Not, Only, Or, Word
from indexer.words import FUNCTION_WORDS, stem


@dataclass(frozen=True, slots=True)
class Instrument:
    """An identity among the words of a sequence, until it is known what stands beside it."""

    named: Named
    mention: Node

    @property
    def certain(self) -> bool:
        return self.named.identity.nomor is not None


def word_node(text: str, field: str = "") -> Word:
    return Word(text, stem(text), field)


def equal_node(key: str, typed: Sequence[str]) -> Node:
    words = tuple(dict.fromkeys(map(word_node, typed)))
    return Or((Concept(key, tuple(typed)), words[0] if len(words) == 1 else And(words)))


def mention(found: Found, typed: Sequence[str]) -> Node:
    """What a document that cites the instrument says."""
    identity = found.identity
    if identity.nomor and "/" not in identity.nomor and identity.tahun is not None:
        cited = Concept(citation(identity.jenis, identity.penerbit, identity.nomor, identity.tahun), tuple(typed))
        return And((cited, *map(word_node, found.region_words))) if found.region_words else cited
    equal = next(equals_at(typed, 0), None)
    head: list[Node] = [equal_node(equal.key, typed[: equal.end])] if equal else []
    words = [word for word in typed[equal.end if equal else 0 :] if word not in ("pasal", identity.pasal)]
    return And(tuple(dict.fromkeys([*head, *map(word_node, words)])))


def all_of(parts: Sequence[Node | Instrument], note: Callable[[str], None]) -> Node | None:
    """The node that asks for all parts: function words only where they are all, a numbered instrument in any case."""
    instruments = [part for part in parts if isinstance(part, Instrument)]
    others = _with_optional_function_words(
        [part for part in parts if not isinstance(part, Instrument)], bool(instruments), note
    )
    if len(instruments) == 1 and instruments[0].certain:
        wanted = [part if isinstance(part, (Maybe, Not, Only)) else Maybe(part) for part in others]
        itself = joined_nodes([instruments[0].named, *wanted])
        mention = joined_nodes([instruments[0].mention, *others])
        return Or(tuple(node for node in (itself, mention) if node))
    return joined_nodes([*(Or((part.named, part.mention)) for part in instruments), *others])


def joined_nodes(parts: Sequence[Node]) -> Node | None:
    kept = tuple(dict.fromkeys(parts))
    return kept[0] if len(kept) == 1 else And(kept) if kept else None


def _with_optional_function_words(parts: Sequence[Node], others: bool, note: Callable[[str], None]) -> list[Node]:
    common = [part for part in parts if isinstance(part, Word) and part.text in FUNCTION_WORDS]
    if not common or (len(common) == len(parts) and not others):
        return list(parts)
    told = ", ".join(dict.fromkeys(word.text for word in common))
    note(f"Kata umum ({told}) tidak wajib ada; kutip kalimatnya untuk mencarinya persis.")
    return [Maybe(part) if part in common else part for part in parts]
