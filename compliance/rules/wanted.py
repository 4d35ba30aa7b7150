"""Which missing text to look for first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from compliance.models import Regulation


@dataclass(frozen=True, slots=True)
class WantedAct:
    """An act without a text: how many claims rest on it, how many acts name it."""

    act: Regulation
    claims: int
    citations: int


def in_order(wanted: Iterable[WantedAct]) -> list[WantedAct]:
    """Those that claims rest on first, then the national catalogue, then what is cited most; newest first among equals."""
    return sorted(
        wanted,
        key=lambda each: (
            -each.claims,
            not each.act.is_catalogue,
            -each.citations,
            -(each.act.tahun or 0),
            each.act.id,
        ),
    )


def address_of(act: Regulation) -> str | None:
    """Where its text may be had: what a JDIH said, else the source it is known from. None where no address is known."""
    jdih = act.jdih or {}
    for place in (jdih.get("urlDownload"), jdih.get("urlDetailPeraturan"), act.sumber):
        if isinstance(place, str) and place.startswith(("http://", "https://")):
            return place
    return None
