"""Award editions, candidates' sheets and the taking down of scores."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from compliance.actor import Actor, Grant, Role
from compliance.db import now, transaction
from compliance.errors import Forbidden, Invalid, NotFound
from compliance.models import AuditRow, AwardEdition, Choice, Claim, CoverageClaim, Score
from compliance.queries.award_views import Sheet, SheetRow
from compliance.queries.awards import candidates, edition_by_code, editions, score_sheet
from compliance.services import audit, users
from compliance.services.awards import ScoreEntry, enter_score, load_editions, tracks_open_to

LOTIM = ("ntb-2025", "52.03")
Member = Callable[[Role, str], Actor]


def _row(sheet: Sheet, kode: str) -> SheetRow:
    return next(row for row in sheet.rows if row.indicator.kode == kode)


def _enter(session: Session, actor: Actor, indikator: str, nilai: str, **more: str) -> Score:
    fields = {"edisi": "ntb-2025", "wilayah": "52.03", "track": "verifikator"} | more
    with transaction(session):
        return enter_score(session, actor, ScoreEntry(indikator=indikator, nilai=nilai, **fields))


def _cover(session: Session, actor: Actor, participants: int | None, eligible: int | None, **more: object) -> int:
    fields: dict[str, object] = {
        "wilayah": "52.01",
        "segment": "non-ASN",
        "period": 2024,
        "title": "Non-ASN terlindungi",
        "valid_from": date(2024, 12, 31),
        "date_precision": "hari",
        "source": "rekap uji",
        "denominator": "potensi non-ASN",
        "recorded_at": now(),
    }
    with transaction(session):
        claim = CoverageClaim(participants=participants, eligible=eligible, **(fields | more))
        session.add(claim)
        session.flush()
        audit.record(session, actor, "mencatat", ("klaim", claim.id))
        return claim.id


@pytest.fixture
def member(session: Session, actor: Actor) -> Member:
    """`member(role, wilayah)` makes an account and gives its actor."""

    def made(role: Role, wilayah: str) -> Actor:
        with transaction(session):
            count = session.scalar(select(func.count(AuditRow.id)))
            user = users.add_user(session, actor, email=f"anggota{count}@uji.local", nama=f"Anggota {count}")
        return Actor(user.id, user.nama, (Grant(role, wilayah),))

    return made


def test_setup_loads_three_editions_and_repeating_it_changes_nothing(session: Session, actor: Actor) -> None:
    scores = session.scalar(select(func.count(Score.id)))
    with transaction(session):
        assert load_editions(session, actor) == 0
    assert session.scalar(select(func.count(Score.id))) == scores == 7
    assert {edition.kode for edition in editions(session, actor)} == {"nasional-2020", "riau-2025", "ntb-2025"}
    assert not any(edition.is_official for edition in editions(session, actor))


def test_lombok_timur_scores_51_51_from_its_published_numbers(session: Session, actor: Actor) -> None:
    sheet = score_sheet(session, actor, *LOTIM)
    assert sheet.total == Decimal("42.06") + Decimal(326440) / Decimal(34555)
    assert (sheet.dinilai, sheet.is_complete, sheet.kurang) == ("7 dari 7", True, ())
    assert sheet.track_total("terbit") == Decimal("51.51"), "what was printed adds up by itself"


def test_the_computed_score_names_its_inputs_and_their_claim(session: Session, actor: Actor) -> None:
    row = _row(score_sheet(session, actor, *LOTIM), "non-asn")
    claim = session.scalar(select(Claim.id).where(Claim.external_id == "o047"))
    assert {given.name: given.value for given in row.inputs} == {"participants": 32644, "eligible": 34555}
    assert {given.source.claim for given in row.inputs if given.source} == {claim}
    assert row.sentence == "10 × 32.644 ÷ 34.555"
    assert not row.differs_from_published


def test_a_region_without_records_scores_nothing_and_learns_what_is_lacking(session: Session, actor: Actor) -> None:
    sheet = score_sheet(session, actor, "ntb-2025", "52.01")
    assert sheet.total is None
    assert (sheet.dinilai, sheet.is_complete) == ("0 dari 7", False)
    assert len(sheet.kurang) == 7
    assert "catatan cakupan non-ASN tahun 2024" in _row(sheet, "non-asn").kurang[0]
    assert {record.kind for record in sheet.records if record.lacking} == {"regulasi", "anggaran", "cakupan"}


def test_a_regulation_attested_after_the_period_is_lacking_for_it_and_named_as_later(
    session: Session, actor: Actor
) -> None:
    regulation = score_sheet(session, actor, *LOTIM).records[0]
    assert regulation.rung == "R2"
    assert regulation.later is not None
    assert regulation.later.on == date(2025, 9, 10)
    assert regulation.lacking


def test_a_new_coverage_claim_of_the_period_is_scored_at_once(session: Session, actor: Actor) -> None:
    claim = _cover(session, actor, 50, 80)
    row = _row(score_sheet(session, actor, "ntb-2025", "52.01"), "non-asn")
    assert row.value == Decimal("6.25")
    assert row.inputs[0].source is not None
    assert row.inputs[0].source.claim == claim


@pytest.mark.parametrize("when", [date(2023, 12, 31), date(2025, 1, 1)])
def test_coverage_from_outside_the_assessed_period_does_not_count(session: Session, actor: Actor, when: date) -> None:
    _cover(session, actor, 50, 80, valid_from=when, period=when.year)
    assert _row(score_sheet(session, actor, "ntb-2025", "52.01"), "non-asn").value is None


def test_a_claim_without_its_denominator_is_named_as_incomplete_and_never_used_for_a_score(
    session: Session, actor: Actor
) -> None:
    _cover(session, actor, 50, None)
    row = _row(score_sheet(session, actor, "ntb-2025", "52.01"), "non-asn")
    assert row.value is None
    assert row.kurang == ("jumlah yang berhak (penyebut) dalam catatan cakupan non-ASN tahun 2024",)
    assert row.inputs[0].value == 50
    _cover(session, actor, 40, 80, valid_from=date(2024, 6, 30))
    assert _row(score_sheet(session, actor, "ntb-2025", "52.01"), "non-asn").value == Decimal(5)


def test_of_contradicting_claims_the_chosen_one_is_scored(session: Session, actor: Actor) -> None:
    chosen = _cover(session, actor, 20, 80)
    _cover(session, actor, 40, 80)
    row = _row(score_sheet(session, actor, "ntb-2025", "52.01"), "non-asn")
    assert (row.value, len(row.rivals)) == (Decimal(5), 1)
    with transaction(session):
        session.add(Choice(claim_id=chosen, reason="rekap resmi", recorded_at=now()))
        audit.record(session, actor, "memilih", ("klaim", chosen))
    row = _row(score_sheet(session, actor, "ntb-2025", "52.01"), "non-asn")
    assert (row.value, row.rivals) == (Decimal("2.5"), ())


def test_a_total_of_some_indicators_says_what_it_is_out_of(session: Session, actor: Actor) -> None:
    _enter(session, actor, "regulasi", "8,5", wilayah="52.01")
    sheet = score_sheet(session, actor, "ntb-2025", "52.01")
    assert (sheet.total, sheet.dinilai, sheet.is_complete) == (Decimal("8.5"), "1 dari 7", False)


def test_an_entered_zero_is_a_score(session: Session, actor: Actor) -> None:
    _enter(session, actor, "regulasi", "0", wilayah="52.01")
    assert score_sheet(session, actor, "ntb-2025", "52.01").total == 0


@pytest.mark.parametrize(("typed", "exact"), [("7,75", "7.75"), ("7.75", "7.75"), (" 9 ", "9"), ("0,0625", "0.0625")])
def test_scores_are_typed_with_comma_or_dot_and_kept_exactly(
    session: Session, actor: Actor, typed: str, exact: str
) -> None:
    assert _enter(session, actor, "materi", typed).value == Decimal(exact)


@pytest.mark.parametrize("typed", ["", "-1", "tujuh", "1.000,5", "1,2,3", "NaN", "1e3", "٧", "Infinity"])
def test_what_is_no_score_is_refused_at_its_field(session: Session, actor: Actor, typed: str) -> None:
    with pytest.raises(Invalid) as refused:
        _enter(session, actor, "materi", typed)
    assert set(refused.value.fields) == {"nilai"}


def test_a_score_above_a_known_maximum_is_refused(session: Session, actor: Actor) -> None:
    with transaction(session):
        edition_by_code(session, actor, "ntb-2025").indicators[0].maximum = Decimal("12.5")
        audit.record(session, actor, "mengubah", ("edisi", "ntb-2025"))
    assert _enter(session, actor, "coverage", "12,5").value == Decimal("12.5")
    with pytest.raises(Invalid, match="12,5"):
        _enter(session, actor, "coverage", "12,51")


def test_tracks_stay_apart_and_the_latest_of_a_track_counts_with_the_earlier_kept(
    session: Session, actor: Actor
) -> None:
    _enter(session, actor, "regulasi", "6", wilayah="52.01")
    _enter(session, actor, "regulasi", "7", wilayah="52.01")
    _enter(session, actor, "regulasi", "10", wilayah="52.01", track="mandiri")
    row = _row(score_sheet(session, actor, "ntb-2025", "52.01"), "regulasi")
    assert (row.value, row.counted) == (Decimal(7), "verifikator")
    assert row.tracks["verifikator"].scores[0].earlier == 1
    assert row.tracks["mandiri"].value == Decimal(10)
    assert session.scalar(select(func.count(Score.id)).where(Score.wilayah == "52.01")) == 3


def test_a_self_assessment_alone_is_no_score(session: Session, actor: Actor) -> None:
    _enter(session, actor, "regulasi", "10", wilayah="52.01", track="mandiri")
    row = _row(score_sheet(session, actor, "ntb-2025", "52.01"), "regulasi")
    assert row.value is None
    assert "mandiri" in row.kurang[0]


def test_a_score_by_hand_never_replaces_a_computed_one(session: Session, actor: Actor) -> None:
    _enter(session, actor, "non-asn", "3")
    row = _row(score_sheet(session, actor, *LOTIM), "non-asn")
    assert row.value == Decimal(326440) / Decimal(34555)
    assert row.tracks["verifikator"].value == Decimal(3)


def test_a_published_score_that_differs_from_the_computed_one_is_flagged(session: Session, actor: Actor) -> None:
    _enter(session, actor, "non-asn", "9,46", track="terbit", sumber="berita acara")
    assert _row(score_sheet(session, actor, *LOTIM), "non-asn").differs_from_published


def test_panel_members_see_each_others_scores_only_after_their_own(
    session: Session, actor: Actor, member: Member
) -> None:
    first, second = member(Role.PENILAI, "52"), member(Role.PENILAI, "52")
    _enter(session, first, "materi", "8", wilayah="52.01", track="panel")
    hidden = _row(score_sheet(session, second, "ntb-2025", "52.01"), "materi")
    assert (hidden.value, hidden.tracks["panel"].hidden, hidden.tracks["panel"].scores) == (None, 1, ())
    assert _row(score_sheet(session, actor, "ntb-2025", "52.01"), "materi").value == Decimal(8)
    _enter(session, second, "materi", "9", wilayah="52.01", track="panel")
    both = _row(score_sheet(session, second, "ntb-2025", "52.01"), "materi")
    assert [score.value for score in both.tracks["panel"].scores] == [Decimal(8), Decimal(9)]
    assert both.value is None, "how members' scores become one is not published"
    assert "panel" in both.kurang[0]


def test_who_scores_on_which_track_follows_from_the_role(session: Session, actor: Actor, member: Member) -> None:
    assessor, verifier = member(Role.PENILAI, "52"), member(Role.VERIFIKATOR, "52")
    assert tracks_open_to(assessor, "52.03") == ("panel",)
    assert tracks_open_to(verifier, "52.03") == ("mandiri", "verifikator", "terbit")
    assert tracks_open_to(member(Role.OPERATOR, "52.03"), "52.03") == ()
    assert tracks_open_to(assessor, "62.06") == ()
    with pytest.raises(Forbidden):
        _enter(session, assessor, "materi", "8", track="verifikator")
    with pytest.raises(Forbidden):
        _enter(session, member(Role.OPERATOR, "52.03"), "materi", "8")


def test_a_published_score_needs_its_source(session: Session, actor: Actor) -> None:
    with pytest.raises(Invalid) as refused:
        _enter(session, actor, "materi", "8", track="terbit")
    assert set(refused.value.fields) == {"sumber"}


def test_every_score_leaves_a_trace_with_its_region(session: Session, actor: Actor) -> None:
    score = _enter(session, actor, "materi", "8", catatan="paparan lengkap")
    trace = session.scalars(select(AuditRow).order_by(AuditRow.id.desc())).first()
    assert trace is not None
    assert (trace.action, trace.subject_id, trace.wilayah) == ("memberi nilai", str(score.id), "52.03")


def test_a_provincial_edition_has_its_own_regencies_and_a_national_one_all(session: Session, actor: Actor) -> None:
    assert len(candidates(session, actor, "ntb-2025")) == 10
    assert candidates(session, actor, "nasional-2020") == []
    for wilayah in ("62.06", "52", "00", "99.99"):
        with pytest.raises(NotFound):
            score_sheet(session, actor, "ntb-2025", wilayah)
    assert score_sheet(session, actor, "nasional-2020", "62.06").dinilai == "0 dari 4"
    assert score_sheet(session, actor, "nasional-2020", "62").region.nama == "Kalimantan Tengah"
    with pytest.raises(NotFound):
        score_sheet(session, actor, "nasional-2020", "00")
    with pytest.raises(NotFound):
        score_sheet(session, actor, "ntb-2031", "52.03")


def test_nationally_a_region_is_listed_once_it_has_a_score(session: Session, actor: Actor) -> None:
    _enter(session, actor, "kebijakan", "80", edisi="nasional-2020", wilayah="62.06")
    assert [sheet.region.kode for sheet in candidates(session, actor, "nasional-2020")] == ["62.06"]


def test_another_provinces_edition_and_sheets_are_not_found(session: Session, member: Member) -> None:
    reader = member(Role.PEMBACA, "62")
    assert [edition.kode for edition in editions(session, reader)] == ["nasional-2020"]
    with pytest.raises(NotFound):
        score_sheet(session, reader, *LOTIM)
    with pytest.raises(NotFound):
        score_sheet(session, reader, "nasional-2020", "52.03")


def test_an_edition_that_people_changed_is_left_alone_by_setup(session: Session, actor: Actor) -> None:
    with transaction(session):
        edition_by_code(session, actor, "riau-2025").label = "2025 (tahap dua)"
        audit.record(session, actor, "mengubah", ("edisi", "riau-2025"))
        load_editions(session, actor)
    assert session.scalar(select(AwardEdition.label).where(AwardEdition.kode == "riau-2025")) == "2025 (tahap dua)"
