"""Claims of a region that contradict each other, gathered so that each contradiction stands in one place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from compliance.queries.tracker_views import ClaimCard, ClaimGroup
from compliance.web.vocabulary import in_words


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
        return " ".join(part for part in (", ".join(map(in_words, segments)), ", ".join(map(str, years))) if part)


def disputes(groups: Iterable[ClaimGroup]) -> list[Dispute]:
    """The contradictions among claims attested by the day asked about, in the order of the groups."""
    cards = {card.claim.id: card for group in groups for card in group.cards if not card.is_later}
    rivals = {key: _rivals(card, cards) for key, card in cards.items()}
    found: list[Dispute] = []
    waiting = dict(cards)
    while waiting:
        linked = _linked(next(iter(waiting)), rivals)
        if len(linked) > 1:
            found.append(Dispute(tuple(card for key, card in cards.items() if key in linked)))
        for key in linked:
            del waiting[key]
    return found


def _rivals(card: ClaimCard, cards: dict[int, ClaimCard]) -> set[int]:
    """What contradicts the claim: by its figures, or, told by another measure, by the conflict its source list names."""
    named = card.claim.conflict_group
    elsewhere = {
        key
        for key, other in cards.items()
        if named and other.claim.conflict_group == named and other.claim.measure != card.claim.measure
    }
    return elsewhere | {key for key in card.conflicts_with if key in cards}


def _linked(start: int, rivals: dict[int, set[int]]) -> set[int]:
    """The claim and all that it contradicts, directly or through another."""
    linked, edge = {start}, [start]
    while edge:
        near = rivals[edge.pop()] - linked
        linked |= near
        edge += near
    return linked
