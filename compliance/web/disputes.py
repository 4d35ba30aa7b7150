"""Claims of a region that contradict each other, gathered so that each contradiction stands in one place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from compliance.queries.tracker_views import ClaimCard, ClaimGroup


@dataclass(frozen=True, slots=True)
class Dispute:
    """Claims of which each contradicts at least one other; newest first within a measure."""

    cards: tuple[ClaimCard, ...]

    @property
    def measure(self) -> str:
        return self.cards[0].claim.measure

    @property
    def about(self) -> str:
        """The worker groups and years spoken of: “total 2025, 2045”."""
        segments = dict.fromkeys(card.claim.segment for card in self.cards if card.claim.segment)
        years = sorted({card.claim.period for card in self.cards if card.claim.period})
        return " ".join(part for part in (", ".join(segments), ", ".join(map(str, years))) if part)


def disputes(groups: Iterable[ClaimGroup]) -> list[Dispute]:
    """The contradictions among claims attested by the day asked about, in the order of the groups."""
    cards = {card.claim.id: card for group in groups for card in group.cards if not card.is_later}
    found: list[Dispute] = []
    waiting = dict(cards)
    while waiting:
        linked = _linked(next(iter(waiting)), cards)
        if len(linked) > 1:
            found.append(Dispute(tuple(card for key, card in cards.items() if key in linked)))
        for key in linked:
            del waiting[key]
    return found


def _linked(start: int, cards: dict[int, ClaimCard]) -> set[int]:
    """The claim and all that it contradicts, directly or through another."""
    linked, edge = {start}, [start]
    while edge:
        near = {other for other in cards[edge.pop()].conflicts_with if other in cards} - linked
        linked |= near
        edge += near
    return linked
