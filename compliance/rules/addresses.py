"""The address of every part of a document: "pasal/7/ayat/2", "diktum/kesatu", "bab/ii/bagian/kesatu", "penjelasan/pasal/7"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from indexer.structure import Part, spoken

_DIVISIONS = ("bab", "bagian", "paragraf")
_ARTICLES = ("pasal", "diktum")
_APART = ("penjelasan", "lampiran")
_COUNTED = ("pasal", "diktum", "bab", "lampiran", "angka")


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


def neighbours(addresses: Addresses, index: int) -> tuple[int | None, int | None]:
    """The parts before and after of the same kind and in the same section, by reading order."""
    rank, kind = _rank(addresses, index), addresses.parts[index].kind
    first = (other for other in range(len(addresses.parts)) if addresses.at(addresses.of(other)) == other)
    alike = [other for other in first if _rank(addresses, other) == rank]
    at = alike.index(index) if kind in _COUNTED and index in alike else None
    if at is None:
        return None, None
    return alike[at - 1] if at else None, alike[at + 1] if at + 1 < len(alike) else None


def missing(addresses: Addresses, address: str) -> str:
    """Which part was not read, and which of its kind were."""
    steps = [step for step in address.strip("/").lower().split("/") if step]
    known = next((at for at in range(len(steps) - 1, 0, -1) if addresses.at("/".join(steps[:at])) is not None), 0)
    kind = steps[known] if known < len(steps) else steps[-1]
    above = addresses.at("/".join(steps[:known])) if known else None
    place = (spoken(addresses.chain(above)) or addresses.parts[above].label) if above is not None else "dokumen ini"
    named = " ".join(steps[known : known + 2]).replace("-", " ")
    there = _numbers(addresses, kind, above)
    held = f"Yang dikenali di sana: {there}." if there else f"Tidak ada {kind} yang dikenali di sana."
    return f"{named[0].upper()}{named[1:]} tidak ditemukan dalam {place}. {held}"


def _numbers(addresses: Addresses, kind: str, above: int | None) -> str:
    """ "pasal 1–12, 15": the numbers of a kind below a part, or in the body; runs are drawn together."""
    numbers = []
    for index, part in enumerate(addresses.parts):
        section = _section(addresses, index)
        inside = part.parent == above if above is not None else section not in _APART or kind == section
        if part.kind == kind and inside and part.number not in numbers:
            numbers.append(part.number)
    keyed = [(int(n) - at if n.isdigit() else n, n) for at, n in enumerate(numbers)]
    runs = [[n for _, n in run] for _, run in groupby(keyed, key=lambda pair: pair[0])]
    told = ", ".join(run[0] if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
    return f"{kind} {told}".strip() if numbers else ""


def _rank(addresses: Addresses, index: int) -> tuple[str, str, int]:
    """What parts have in common that follow each other: kind, section, and how many Pasal they lie in."""
    chain = addresses.chain(index)
    return chain[-1].kind, chain[0].kind if chain[0].kind in _APART else "", sum(part.kind == "pasal" for part in chain)


def _section(addresses: Addresses, index: int) -> str:
    return addresses.chain(index)[0].kind


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
    if chain[0].kind in _APART:
        return chain
    innermost = [at for at, part in enumerate(chain) if part.kind == "pasal"]
    return chain[innermost[-1] :] if innermost else chain
