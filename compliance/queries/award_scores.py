"""The scores given to candidates, track by track, as one viewer may see them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from compliance.actor import Actor, Role, covers
from compliance.models import Indicator, Score, User
from compliance.queries.award_views import ScoreView, TrackView
from compliance.rules.scores import TRACKS

Tracks = Mapping[str, TrackView]
ScoresByRegion = Mapping[str, Mapping[int, Tracks]]
Entered = tuple[Score, str]
NONE: Tracks = {track: TrackView() for track in TRACKS}


def scores_by_region(session: Session, actor: Actor, edisi: str, regions: Collection[str] | None) -> ScoresByRegion:
    """Every track of every scored indicator, by region and indicator id; one statement. `regions` None: all of them."""
    chosen = (
        select(Score, User.nama)
        .join(Indicator, Indicator.id == Score.indicator_id)
        .outerjoin(User, User.id == Score.author_id)
        .where(Indicator.edition_kode == edisi)
        .order_by(Score.id)
    )
    if regions is not None:
        chosen = chosen.where(Score.wilayah.in_(regions))
    entered: dict[str, dict[int, list[Entered]]] = {}
    for score, name in session.execute(chosen):
        entered.setdefault(score.wilayah, {}).setdefault(score.indicator_id, []).append((score, name or ""))
    return {
        wilayah: {indicator: _tracks(actor, wilayah, given) for indicator, given in by_indicator.items()}
        for wilayah, by_indicator in entered.items()
    }


def _tracks(actor: Actor, wilayah: str, given: Sequence[Entered]) -> Tracks:
    by_track = {track: [one for one in given if one[0].track == track] for track in TRACKS}
    views = {track: _latest(entries) for track, entries in by_track.items() if track != "panel"}
    return {**views, "panel": _panel(by_track["panel"], actor, wilayah)}


def _latest(entries: Sequence[Entered]) -> TrackView:
    return TrackView((_view(entries),)) if entries else TrackView()


def _panel(entries: Sequence[Entered], actor: Actor, wilayah: str) -> TrackView:
    """Each member's latest score. A member who has not scored sees only how many others have."""
    by_author: dict[int | None, list[Entered]] = {}
    for score, name in entries:
        by_author.setdefault(score.author_id, []).append((score, name))
    if by_author and actor.user_id not in by_author and _only_on_panel(actor, wilayah):
        return TrackView(hidden=len(by_author))
    return TrackView(tuple(_view(own) for own in by_author.values()))


def _only_on_panel(actor: Actor, wilayah: str) -> bool:
    roles = {grant.role for grant in actor.grants if covers(grant.wilayah, wilayah)}
    return Role.PENILAI in roles and not roles & {Role.VERIFIKATOR, Role.ADMINISTRATOR}


def _view(entries: Sequence[Entered]) -> ScoreView:
    score, name = entries[-1]
    return ScoreView(
        value=score.value,
        note=score.note,
        source=score.source,
        document_id=score.document_id,
        page=score.page,
        by=name,
        at=score.recorded_at,
        earlier=len(entries) - 1,
    )
