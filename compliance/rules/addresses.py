"""The address of every part of a document: "pasal/7/ayat/2", "diktum/kesatu", "bab/ii/bagian/kesatu", "penjelasan/pasal/7"."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.structure import Part

_DIVISIONS = ("bab", "bagian", "paragraf")
_ARTICLES = ("pasal", "diktum")


class Addresses:
    """The parts of one document by address and the other way round. Capitals do not count.

    A Pasal keeps its address wherever its BAB stands, since Pasal are counted through; what an amendment quotes has two, its own
    ("pasal/i/angka/4/pasal/9") and that of the Pasal quoted ("pasal/9"). Where an address is read twice the first part has it.
    """

    def __init__(self, parts: Sequence[Part]) -> None:
        self.parts = parts
        self._chains = _chains(parts)
        self._addresses = [_address(chain) for chain in self._chains]
        self._index: dict[str, int] = {}
        self._alike: dict[str, list[int]] = {}
        for index, address in enumerate(self._addresses):
            self._index.setdefault(address, index)
            self._alike.setdefault(address, []).append(index)
        for index, chain in enumerate(self._chains):
            self._index.setdefault(_address(_quoted(chain)), index)

    def of(self, index: int) -> str:
        return self._addresses[index]

    def chain(self, index: int) -> list[Part]:
        """The part and all it lies in, the outermost first."""
        return self._chains[index]

    def at(self, address: str) -> int | None:
        """The index of the part with this address; None where nothing has it."""
        return self._index.get(address.strip("/").lower())

    def alike(self, index: int) -> list[int]:
        """The other parts that were read with the same address: a page scanned twice, or a misread number."""
        return [other for other in self._alike[self._addresses[index]] if other != index]


def _chains(parts: Sequence[Part]) -> list[list[Part]]:
    chains: list[list[Part]] = []
    for part in parts:
        above = chains[part.parent] if part.parent is not None else []
        chains.append([*above, part])
    return chains


def _address(chain: Sequence[Part]) -> str:
    has_article = any(part.kind in _ARTICLES for part in chain)
    unsaid = (*_DIVISIONS, "pasal demi pasal") if has_article else ()
    steps = [part for part in chain if part.kind not in unsaid]
    return "/".join(step for part in steps for step in (part.kind, part.number) if step).replace(" ", "-").lower()


def _quoted(chain: Sequence[Part]) -> Sequence[Part]:
    """The chain from its innermost Pasal on, outside penjelasan and annexes; else as it is."""
    if chain[0].kind in ("penjelasan", "lampiran"):
        return chain
    innermost = [at for at, part in enumerate(chain) if part.kind == "pasal"]
    return chain[innermost[-1] :] if innermost else chain
