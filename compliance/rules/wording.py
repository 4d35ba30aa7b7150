"""Figures inside Indonesian sentences of the rules. For the eye only; records keep what was printed or counted."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal


def angka(value: int | Decimal, places: int = 0) -> str:
    """1.234.567 or 26,04, rounded half up to `places`."""
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{rounded:,f}".translate(str.maketrans(",.", ".,"))


def rupiah(value: int | Decimal) -> str:
    """Rp16.800"""
    return f"Rp{angka(value)}"


def persen(value: Decimal, places: int = 2) -> str:
    """26,04 %"""
    return f"{angka(value, places)} %"
