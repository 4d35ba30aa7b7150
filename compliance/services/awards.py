"""Loads the award editions and takes down scores. A score is never overwritten: the latest of its track counts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from compliance.actor import RIGHTS, Action, Actor, Role, covers
from compliance.data import awards as data
from compliance.db import now
from compliance.errors import Forbidden, Invalid, NotFound
from compliance.models import AwardEdition, Indicator, Score
from compliance.queries.awards import candidate_region, edition_by_code
from compliance.rules.scores import TRACKS, written
from compliance.services import audit

TRACKS_OF = {
    Role.VERIFIKATOR: ("mandiri", "verifikator", "terbit"),
    Role.PENILAI: ("panel",),
    Role.ADMINISTRATOR: TRACKS,
}
"""Which tracks a role may fill: a verifier takes down what was handed in and published; only the panel scores as panel."""
TYPED = re.compile(r"[0-9]{1,6}(?:[.,][0-9]{1,20})?")


@dataclass(frozen=True, slots=True)
class ScoreEntry:
    """A score as a person typed it."""

    edisi: str
    wilayah: str
    indikator: str
    track: str
    nilai: str
    sumber: str = ""
    catatan: str = ""


def load_editions(session: Session, actor: Actor) -> int:
    """Adds the shipped editions and published scores that are not there yet; returns how many editions.

    An edition that is there is left as people have made it.
    """
    held = set(session.scalars(select(AwardEdition.kode)))
    missing = [row for row in data.editions() if row.kode not in held]
    session.add_all(_edition(row) for row in missing)
    session.flush()
    published = [score for row in data.editions() for score in _published(session, actor, row)]
    session.add_all(published)
    if missing or published:
        detail = f"{len(missing)} edisi, {len(published)} nilai terbit"
        audit.record(session, actor, "memuat edisi Paritrana", ("edisi", "paritrana"), detail=detail)
    return len(missing)


def _edition(row: data.EditionRow) -> AwardEdition:
    return AwardEdition(
        kode=row.kode,
        nama=row.nama,
        label=row.label,
        period_from=row.periode_mulai,
        period_to=row.periode_akhir,
        level=row.tingkat,
        organiser=row.penyelenggara,
        wilayah=row.wilayah,
        is_official=row.resmi,
        sumber=row.sumber,
        catatan=row.catatan,
        indicators=[_indicator(asked) for asked in row.indicators],
    )


def _indicator(row: data.IndicatorRow) -> Indicator:
    return Indicator(
        kode=row.kode,
        urutan=row.urutan,
        nama=row.nama,
        maximum=row.maksimum,
        method=row.cara,
        formula=None if row.rumus is None else _formula(row.rumus),
        evidence=[{"teks": asked.teks, "sourced": asked.is_sourced} for asked in row.bukti],
        note=row.catatan,
    )


def _formula(row: data.FormulaRow) -> dict[str, str]:
    return {
        "kind": row.jenis,
        "factor": str(row.faktor),
        "numerator": row.pembilang,
        "denominator": row.penyebut,
        "segment": row.segmen,
    }


def _published(session: Session, actor: Actor, row: data.EditionRow) -> list[Score]:
    """The published scores of the edition that are not held. That of a computed indicator is kept to compare, never summed."""
    indicators = {held.kode: held.id for held in _indicators(session, row.kode)}
    printed = select(Score.indicator_id, Score.wilayah).where(
        Score.track == "terbit", Score.indicator_id.in_(indicators.values())
    )
    held = {(found.indicator_id, found.wilayah) for found in session.execute(printed)}
    return [
        Score(
            indicator_id=indicators[entry.indikator],
            wilayah=sheet.wilayah,
            track="terbit",
            value=entry.nilai,
            note=entry.catatan,
            source=sheet.sumber,
            author_id=actor.user_id,
            recorded_at=now(),
        )
        for sheet in row.sheets
        for entry in sheet.entries
        if entry.indikator in indicators and (indicators[entry.indikator], sheet.wilayah) not in held
    ]


def _indicators(session: Session, edisi: str) -> list[Indicator]:
    return list(session.scalars(select(Indicator).where(Indicator.edition_kode == edisi)))


def enter_score(session: Session, actor: Actor, entry: ScoreEntry) -> Score:
    """Takes down a score beside those that are there.

    Raises:
        NotFound: no such edition or indicator, or a region that is no candidate of it.
        Forbidden: the actor may not score this region, or not on this track.
        Invalid: by field what can't be taken down.
    """
    edition = edition_by_code(session, actor, entry.edisi)
    candidate_region(session, actor, edition, entry.wilayah)
    actor.require(Action.NILAI, entry.wilayah)
    indicator = _asked_indicator(edition, entry.indikator)
    _check_track(actor, entry)
    score = Score(
        indicator_id=indicator.id,
        wilayah=entry.wilayah,
        track=entry.track,
        value=_value(entry.nilai, indicator.maximum),
        note=entry.catatan.strip(),
        source=entry.sumber.strip(),
        author_id=actor.user_id,
        recorded_at=now(),
    )
    session.add(score)
    session.flush()
    detail = f"{edition.kode} {indicator.kode} {entry.track}: {written(score.value)}"
    audit.record(session, actor, "memberi nilai", ("nilai", score.id), wilayah=entry.wilayah, detail=detail)
    return score


def tracks_open_to(actor: Actor, wilayah: str) -> tuple[str, ...]:
    """The tracks on which the actor may score a region, in their usual order; none for who may not score it."""
    reaching = [grant.role for grant in actor.grants if covers(grant.wilayah, wilayah)]
    opened = {track for role in reaching if Action.NILAI in RIGHTS[role] for track in TRACKS_OF.get(role, ())}
    return tuple(track for track in TRACKS if track in opened)


def _asked_indicator(edition: AwardEdition, kode: str) -> Indicator:
    found = next((indicator for indicator in edition.indicators if indicator.kode == kode), None)
    if found is None:
        raise NotFound(f"Indikator {kode} tidak ada dalam {edition.nama}.")
    return found


def _check_track(actor: Actor, entry: ScoreEntry) -> None:
    if entry.track not in TRACKS:
        raise Invalid("Pilih jalur penilaiannya.", {"jalur": "Pilih dari daftar."})
    if entry.track not in tracks_open_to(actor, entry.wilayah):
        raise Forbidden(f"Peran Anda tidak mengisi jalur {entry.track}. Mintalah kepada yang berperan untuk itu.")
    if entry.track == "terbit" and not entry.sumber.strip():
        message = "Tulis di mana nilai ini diumumkan."
        raise Invalid(message, {"sumber": message})


def _value(typed: str, maximum: Decimal | None) -> Decimal:
    """The exact number from “7,75” or “7.75”, at least 0 and at most the maximum where that is known."""
    text = typed.strip()
    if not TYPED.fullmatch(text):
        message = "Tulis angka nol atau lebih tanpa pemisah ribuan, misalnya 7,75."
        raise Invalid(message, {"nilai": message})
    value = Decimal(text.replace(",", "."))
    if maximum is not None and value > maximum:
        message = f"Nilai tertinggi indikator ini {written(maximum)}."
        raise Invalid(message, {"nilai": message})
    return value
