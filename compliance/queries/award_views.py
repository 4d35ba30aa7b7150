"""What the award's pages and commands are given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from compliance.models import AwardEdition, Indicator, Region
from compliance.rules import scores
from compliance.rules.readiness import Record
from compliance.rules.states import Source


@dataclass(frozen=True, slots=True)
class InputValue:
    """A named number that goes into a formula. `value` None: not known. `source` is the claim it comes from."""

    name: str
    words: str
    value: int | None
    source: Source | None


@dataclass(frozen=True, slots=True)
class ScoreView:
    """A score as it was entered, by whom and when. `by` is empty for the loader; `earlier` counts those it replaces."""

    value: Decimal
    note: str
    source: str
    document_id: int | None
    page: int | None
    by: str
    at: datetime
    earlier: int


@dataclass(frozen=True, slots=True)
class TrackView:
    """One track of an indicator: the latest score of each of its authors on the panel, else the latest of all.

    `hidden` counts panel scores that the viewer, a panel member, may see after giving an own one.
    """

    scores: tuple[ScoreView, ...] = ()
    hidden: int = 0

    @property
    def value(self) -> Decimal | None:
        """The one value all agree on; None where none is given, some are hidden or members differ."""
        values = {score.value for score in self.scores}
        return values.pop() if len(values) == 1 and not self.hidden else None

    @property
    def is_divided(self) -> bool:
        return len({score.value for score in self.scores}) > 1


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One indicator of a candidate. `value` None: not scored, `kurang` says what is lacking.

    `counted` names the track whose score counts, None where it is computed or lacking; `sentence` is the formula in figures,
    empty where a person scores; `rivals` disagree with the claim that the inputs come from.
    """

    indicator: Indicator
    tracks: Mapping[str, TrackView]
    value: Decimal | None
    counted: str | None
    sentence: str
    inputs: tuple[InputValue, ...]
    rivals: tuple[Source, ...]
    kurang: tuple[str, ...]

    @property
    def has_origin(self) -> bool:
        """Whether a score was entered, or an input is known."""
        return any(view.scores for view in self.tracks.values()) or any(given.source for given in self.inputs)

    @property
    def differs_from_published(self) -> bool:
        """Whether a computed score, as shown, is not the one the organiser published."""
        published = self.tracks["terbit"].value
        if not self.sentence or self.value is None or published is None:
            return False
        return scores.shown(self.value) != scores.shown(published)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The score sheet of a candidate, and what the tracker's records lack for the assessed period."""

    edition: AwardEdition
    region: Region
    rows: tuple[SheetRow, ...]
    records: tuple[Record, ...]
    records_on: date

    @property
    def total(self) -> Decimal | None:
        """The plain sum of what is scored, unrounded; None where nothing is. Final only if `is_complete`."""
        return scores.total(row.value for row in self.rows)

    @property
    def scored(self) -> int:
        return sum(row.value is not None for row in self.rows)

    @property
    def is_complete(self) -> bool:
        return bool(self.rows) and self.scored == len(self.rows)

    @property
    def dinilai(self) -> str:
        """ "7 dari 7": what the total is out of."""
        return f"{self.scored} dari {len(self.rows)}"

    @property
    def kurang(self) -> tuple[str, ...]:
        """What is lacking, indicator by indicator."""
        return tuple(f"{row.indicator.nama}: {text}" for row in self.rows for text in row.kurang)

    def track_total(self, track: str) -> Decimal | None:
        """The plain sum of one track by itself."""
        return scores.total(row.tracks[track].value for row in self.rows)

    def track_scored(self, track: str) -> int:
        return sum(row.tracks[track].value is not None for row in self.rows)
