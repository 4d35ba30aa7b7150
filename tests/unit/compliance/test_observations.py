"""The published observations as claims."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from compliance.actor import Actor, Grant, Role
from compliance.data.observations import observations
from compliance.db import transaction
from compliance.errors import Forbidden, Invalid, NotFound
from compliance.models import (
    AuditRow,
    BudgetClaim,
    Claim,
    CountClaim,
    CoverageClaim,
    Regulation,
    StageClaim,
    TargetClaim,
    UnmatchedRow,
)
from compliance.queries.claims import unmatched_rows
from compliance.services.observations import Loaded, load_observations, resolve_unmatched

KINDS = {
    "regulation": "regulasi",
    "budget": "anggaran",
    "coverage": "cakupan",
    "target": "target",
    "agreement": "perjanjian",
    "count": "jumlah",
}


def claim(session: Session, external_id: str) -> Claim:
    return session.scalars(select(Claim).where(Claim.external_id == external_id)).one()


def test_every_row_is_a_claim_of_its_kind_or_waits_for_its_region(session: Session) -> None:
    held = {kode: measure for kode, measure in session.execute(select(Claim.external_id, Claim.measure))}
    waiting = set(session.scalars(select(UnmatchedRow.external_id)))
    for row in observations():
        assert (row.id in waiting) is (row.wilayah is None)
        if row.wilayah is not None:
            assert held[row.id] == KINDS[row.jenis]


def test_loading_again_adds_nothing_and_leaves_no_trace(session: Session, actor: Actor) -> None:
    before = session.scalar(select(func.count()).select_from(AuditRow))
    with transaction(session):
        assert load_observations(session, actor) == Loaded(claims=0, unmatched=1)
    assert session.scalar(select(func.count()).select_from(AuditRow)) == before


def test_figures_source_and_dates_are_as_printed(session: Session) -> None:
    budget = claim(session, "o027")
    assert isinstance(budget, BudgetClaim)
    assert (budget.amount_rupiah, budget.persons, budget.months, budget.rung) == (739_122_000, 4_400, 9, "B4")
    assert (budget.period, budget.fund, budget.payer, budget.segment) == (2024, "DBH Sawit", "pemda", "pekerja rentan")
    assert budget.printed_name == "Kotawaringin Timur"
    assert budget.source.startswith("http")
    told = claim(session, "o013")
    assert (told.valid_from, told.told_on, told.date_precision) == (date(2023, 11, 19), date(2023, 11, 23), "hari")


def test_a_coverage_row_keeps_its_budget_rung(session: Session) -> None:
    registered = claim(session, "o266")
    assert isinstance(registered, CoverageClaim)
    assert (registered.rung, registered.participants, registered.eligible) == ("B4", 334, 16_000)


def test_no_rung_is_read_out_of_prose(session: Session) -> None:
    for external_id in ("o278", "o279"):
        row = claim(session, external_id)
        assert isinstance(row, StageClaim)
        assert row.rung is None
    rungs = {row.id: row.tangga for row in observations()}
    for model in (StageClaim, BudgetClaim, CoverageClaim):
        for held in session.scalars(select(model)):
            assert held.rung == rungs[held.external_id or ""]


def test_a_text_instead_of_a_number_stays_text(session: Session) -> None:
    share, number = claim(session, "o017"), claim(session, "o008")
    assert isinstance(share, CoverageClaim)
    assert isinstance(number, CountClaim)
    assert (share.percent, share.percent_text) == (None, ">80")
    assert (number.number, number.text) == (None, "4 kabupaten")


def test_contradicting_rows_share_their_group(session: Session) -> None:
    targets = session.scalars(select(TargetClaim).where(TargetClaim.conflict_group == "nasional-target-2025")).all()
    assert {str(target.percent) for target in targets} == {"52.15", "32.15"}


def test_the_row_without_a_date_is_kept_and_holds_on_no_day(session: Session) -> None:
    undated = claim(session, "o132")
    assert (undated.valid_from, undated.date_precision) == (None, "")


def test_a_numbered_regulation_is_known_without_its_text_and_a_numberless_one_is_not(session: Session) -> None:
    katingan, kapuas = claim(session, "o003"), claim(session, "o005")
    assert isinstance(katingan, StageClaim)
    assert isinstance(kapuas, StageClaim)
    known = session.get(Regulation, katingan.regulation_id)
    assert known is not None
    assert (known.jenis, known.nomor, known.tahun, known.wilayah) == ("Perbup", "6", 2019, "62.06")
    assert (known.slug, known.status, known.is_catalogue) == ("perbup-6-2019-62.06", None, False)
    assert kapuas.regulation_id is None


def test_a_qanun_is_known_as_a_perda_of_its_own_form(session: Session) -> None:
    row = claim(session, "o262")
    assert isinstance(row, StageClaim)
    qanun = session.get(Regulation, row.regulation_id)
    assert qanun is not None
    assert (qanun.jenis, qanun.bentuk) == ("Perda", "Qanun")


def test_a_name_that_matches_no_region_waits_with_its_suggestion(session: Session, actor: Actor) -> None:
    [waiting] = unmatched_rows(session, actor)
    assert (waiting.external_id, waiting.printed_name, waiting.suggested) == ("o019", "Kota Palangka Raya", "62.71")


def test_a_person_places_a_waiting_row_once(session: Session, actor: Actor) -> None:
    [waiting] = unmatched_rows(session, actor)
    with transaction(session):
        placed = resolve_unmatched(session, actor, waiting.id, "62.71")
    assert isinstance(placed, CoverageClaim)
    assert (placed.wilayah, placed.printed_name, placed.percent_text) == ("62.71", "Kota Palangka Raya", "<50")
    assert unmatched_rows(session, actor) == []
    with pytest.raises(NotFound), transaction(session):
        resolve_unmatched(session, actor, waiting.id, "62.71")
    with transaction(session):
        assert load_observations(session, actor) == Loaded(claims=0, unmatched=0)


def test_a_waiting_row_is_placed_only_in_a_known_region_of_the_actors(session: Session, actor: Actor) -> None:
    [waiting] = unmatched_rows(session, actor)
    with pytest.raises(Invalid), transaction(session):
        resolve_unmatched(session, actor, waiting.id, "99.99")
    neighbour = Actor(None, "operator", (Grant(Role.OPERATOR, "62.06"),))
    for wilayah in ("62.71", "62.06"):
        with pytest.raises(Forbidden), transaction(session):
            resolve_unmatched(session, neighbour, waiting.id, wilayah)
    elsewhere = Actor(None, "operator", (Grant(Role.OPERATOR, "52.03"),))
    assert unmatched_rows(session, elsewhere) == []
    with pytest.raises(NotFound), transaction(session):
        resolve_unmatched(session, elsewhere, waiting.id, "52.03")
    assert len(unmatched_rows(session, actor)) == 1


def test_a_claim_is_never_altered(session: Session) -> None:
    row = claim(session, "o003")
    row.note = "lain"
    with pytest.raises(ValueError, match="never altered"):
        session.flush()
    session.rollback()
