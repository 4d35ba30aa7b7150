"""How an indicator of the Paritrana Award is scored: formula kinds as data, named inputs in, an exact score out.

There is no expression language. Kinds: ratio (factor × numerator ÷ denominator), sum (of its inputs), manual (a person scores).
Scores are never rounded, clamped or guessed; they are shown to two places, half up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

TRACKS = ("mandiri", "verifikator", "panel", "terbit")
"""Kept apart: self-assessment, the province's verifier, the panel, and what the organiser published."""
COUNTED = ("terbit", "panel", "verifikator")
"""Whose score counts in the total, first come first. A self-assessment alone scores nothing."""
INPUT_WORDS = {"participants": "jumlah peserta", "eligible": "jumlah yang berhak (penyebut)"}
SHOWN = Decimal("0.01")

Given = Mapping[str, Decimal | None]


@dataclass(frozen=True, slots=True)
class Ratio:
    """`factor` × `numerator` ÷ `denominator`; above `factor` where the counts say so."""

    factor: Decimal
    numerator: str
    denominator: str

    @property
    def inputs(self) -> tuple[str, ...]:
        return (self.numerator, self.denominator)

    def score(self, given: Mapping[str, Decimal]) -> Decimal:
        return self.factor * given[self.numerator] / given[self.denominator]

    def sentence(self, given: Mapping[str, str]) -> str:
        return f"{written(self.factor)} × {given[self.numerator]} ÷ {given[self.denominator]}"

    def impossible(self, given: Mapping[str, Decimal]) -> str:
        """Why complete inputs still give no score; empty where they do."""
        return f"{words(self.denominator)} nol: tidak dapat dibagi" if given[self.denominator] == 0 else ""


@dataclass(frozen=True, slots=True)
class Sum:
    """The plain sum of its inputs."""

    inputs: tuple[str, ...]

    def score(self, given: Mapping[str, Decimal]) -> Decimal:
        return sum((given[name] for name in self.inputs), Decimal(0))

    def sentence(self, given: Mapping[str, str]) -> str:
        return " + ".join(given[name] for name in self.inputs)

    def impossible(self, given: Mapping[str, Decimal]) -> str:
        return ""


@dataclass(frozen=True, slots=True)
class Manual:
    """A person scores; nothing is computed."""

    inputs: tuple[str, ...] = ()


Formula = Ratio | Sum | Manual


@dataclass(frozen=True, slots=True)
class Outcome:
    """A computed score with its formula in figures; None with `missing`, the names of the inputs that are not known.

    `impossible` says why complete inputs give no score.
    """

    value: Decimal | None
    sentence: str
    missing: tuple[str, ...] = ()
    impossible: str = ""


def formula_of(data: Mapping[str, str] | None) -> Formula:
    """The formula that `data` describes: {"kind": "ratio", "factor", "numerator", "denominator"} or {"kind": "sum",
    "inputs": names parted by spaces}; no data or {"kind": "manual"}: manual.

    Raises:
        ValueError: a kind that is not known here. A formula is never passed over in silence.
    """
    kind = data.get("kind") if data else "manual"
    if data and kind == "ratio":
        return Ratio(Decimal(data["factor"]), data["numerator"], data["denominator"])
    if data and kind == "sum":
        return Sum(tuple(data["inputs"].split()))
    if kind == "manual":
        return Manual()
    raise ValueError(f"jenis rumus “{kind}” tidak dikenal")


def computed(formula: Ratio | Sum, given: Given) -> Outcome:
    """The score from the named inputs. An input that is not known stands in the sentence by its name."""
    known = {name: value for name in formula.inputs if (value := given.get(name)) is not None}
    sentence = formula.sentence(
        {name: written(known[name]) if name in known else words(name) for name in formula.inputs}
    )
    missing = tuple(name for name in formula.inputs if name not in known)
    if missing:
        return Outcome(None, sentence, missing)
    problem = formula.impossible(known)
    return Outcome(None if problem else formula.score(known), sentence, impossible=problem)


def total(values: Iterable[Decimal | None]) -> Decimal | None:
    """The plain sum of what is scored, unrounded; None where nothing is."""
    scored = [value for value in values if value is not None]
    return sum(scored, Decimal(0)) if scored else None


def shown(value: Decimal) -> Decimal:
    """The score as it is shown: two places, half up."""
    return value.quantize(SHOWN, ROUND_HALF_UP)


def words(name: str) -> str:
    """An input's name for people."""
    return INPUT_WORDS.get(name, name)


def written(number: Decimal) -> str:
    """32.644 or 0,25, all its digits."""
    return f"{number.normalize():,f}".translate(str.maketrans(",.", ".,"))


def written_shown(value: Decimal) -> str:
    """51,51: the score as it is shown, in Indonesian."""
    return f"{shown(value):,f}".translate(str.maketrans(",.", ".,"))
