"""What a person records, and which of several claims a person chooses."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from compliance.actor import Actor, Grant, Role
from compliance.db import now, transaction
from compliance.errors import Forbidden, Invalid, NotFound
from compliance.models import AuditRow, BudgetClaim, Claim, Document, File, Regulation, StageClaim
from compliance.queries.claims import claim_card, rivals_of
from compliance.queries.tracker import province_matrix
from compliance.rules.entries import LONGEST
from compliance.services.claims import (
    BudgetEntry,
    CoverageEntry,
    Evidence,
    StageEntry,
    add_budget,
    add_coverage,
    add_stage,
    choose_claim,
)

LETTER = Evidence(date(2024, 3, 1), source="Surat Bupati 3/2024")
KATINGAN = "62.06"


def operator(wilayah: str, role: Role = Role.OPERATOR) -> Actor:
    return Actor(None, "petugas", (Grant(role, wilayah),))


def external(session: Session, external_id: str) -> Claim:
    return session.scalars(select(Claim).where(Claim.external_id == external_id)).one()


def held_document(session: Session, *, is_sample: bool = False) -> Document:
    sha = "ab" * 32
    session.add(File(sha256=sha, size_bytes=1, names=["perbup.pdf"], received_at=now()))
    session.flush()
    document = Document(file_sha256=sha, wilayah=KATINGAN, page_count=3, is_sample=is_sample, received_at=now())
    session.add(document)
    session.commit()
    return document


def test_a_recorded_step_stands_in_the_matrix_and_leaves_an_audit_row(session: Session) -> None:
    entry = StageEntry("R3", title="Jaminan sosial", bentuk="Perbup", nomor="9", tahun=2024)
    with transaction(session):
        claim = add_stage(session, operator("62.05"), "62.05", entry, LETTER)
    row = next(
        row for row in province_matrix(session, operator("62"), "62", per=date(2024, 3, 1)).rows if row.kode == "62.05"
    )
    assert (row.regulation.rung, row.regulation.label) == ("R3", "Perbup 9/2024")
    assert row.regulation.sources[0].text == "Surat Bupati 3/2024"
    known = session.get(Regulation, claim.regulation_id)
    assert known is not None
    assert (known.jenis, known.nomor, known.tahun, known.wilayah) == ("Perbup", "9", 2024, "62.05")
    trace = session.scalars(select(AuditRow).order_by(AuditRow.id.desc())).first()
    assert trace is not None
    assert (trace.actor_name, trace.wilayah, trace.subject_id) == ("petugas", "62.05", str(claim.id))


def test_a_regulation_that_is_already_known_is_not_made_twice(session: Session, actor: Actor) -> None:
    before = external(session, "o003")
    with transaction(session):
        claim = add_stage(session, actor, KATINGAN, StageEntry("R3", bentuk="Perbup", nomor="06", tahun=2019), LETTER)
    assert claim.regulation_id == before.regulation_id  # type: ignore[attr-defined]


def test_a_budget_line_and_a_coverage_figure_are_recorded_as_given(session: Session, actor: Actor) -> None:
    entry = BudgetEntry("B2", 2024, segment="pekerja rentan", amount_rupiah=2_092_600_000, persons=10_000, months=12)
    share = CoverageEntry("total", participants=40, eligible=30, denominator="potensi BPJS", percent=Decimal("133.3"))
    with transaction(session):
        line = add_budget(session, actor, KATINGAN, entry, LETTER)
        figure = add_coverage(session, actor, KATINGAN, share, LETTER)
    assert (line.amount_rupiah, line.persons, line.months, line.period) == (2_092_600_000, 10_000, 12, 2024)
    assert line.title == "Iuran pekerja rentan 2024"
    assert (figure.percent, figure.computed_percent, figure.period) == (Decimal("133.3"), Decimal(4000) / 30, 2024)


def test_a_page_of_a_held_document_is_a_source(session: Session, actor: Actor) -> None:
    document = held_document(session)
    with transaction(session):
        proof = Evidence(date(2024, 3, 1), document_id=document.id, page=3)
        claim = add_stage(session, actor, KATINGAN, StageEntry("R3", bentuk="Perbup"), proof)
    assert (claim.document_id, claim.page) == (document.id, 3)


@pytest.mark.parametrize(("page", "field"), [(4, "halaman"), (0, "halaman"), (None, "halaman")])
def test_a_page_beyond_the_document_is_refused(session: Session, actor: Actor, page: int | None, field: str) -> None:
    proof = Evidence(date(2024, 3, 1), document_id=held_document(session).id, page=page)
    with pytest.raises(Invalid) as refused, transaction(session):
        add_stage(session, actor, KATINGAN, StageEntry("R3", bentuk="Perbup"), proof)
    assert list(refused.value.fields) == [field]


def test_a_sample_or_an_unknown_document_proves_nothing(session: Session, actor: Actor) -> None:
    entry = StageEntry("R3", bentuk="Perbup")
    sample = held_document(session, is_sample=True)
    with pytest.raises(Invalid) as refused, transaction(session):
        add_stage(session, actor, KATINGAN, entry, Evidence(date(2024, 3, 1), document_id=sample.id, page=1))
    assert "dokumen" in refused.value.fields
    with pytest.raises(Invalid) as refused, transaction(session):
        add_stage(session, actor, KATINGAN, entry, Evidence(date(2024, 3, 1), document_id=987, page=1))
    assert "dokumen" in refused.value.fields


@pytest.mark.parametrize(
    ("entry", "fields"),
    [
        (StageEntry("R9"), {"tangga"}),
        (StageEntry("R2", stage="sudah"), {"tahap"}),
        (StageEntry("R3", stage="penyusunan", bentuk="Perbup"), {"tahap"}),
        (StageEntry("R3"), {"bentuk"}),
        (StageEntry("R3", bentuk="Perbup", nomor="6"), {"tahun"}),
        (BudgetEntry("B6", 2024), {"tangga"}),
        (BudgetEntry("B2", None), {"tahun"}),
        (BudgetEntry("B2", 2024, months=13, persons=-1), {"bulan", "orang"}),
        (CoverageEntry("total"), {"peserta"}),
        (CoverageEntry("", percent=Decimal(1)), {"segmen"}),
        (CoverageEntry("total", participants=1, eligible=0), {"penyebut_orang", "penyebut"}),
        (StageEntry("R3", bentuk="x" * 81, nomor="7" * 81, tahun=2019), {"bentuk", "nomor"}),
        (StageEntry("R3", bentuk="Perbup", nomor="–", tahun=2019), {"nomor"}),
        (BudgetEntry("B2", 2024, segment="x" * 121, fund="x" * 121, payer="x" * 121), {"segmen", "dana", "pembayar"}),
        (BudgetEntry("B2", 2024, amount_rupiah=10**16, persons=2**31), {"rupiah", "orang"}),
        (CoverageEntry("total", percent=Decimal(10**9)), {"persen"}),
    ],
)
def test_what_cant_be_recorded_is_said_field_by_field(
    session: Session, actor: Actor, entry: Any, fields: set[str]
) -> None:
    adds = {StageEntry: add_stage, BudgetEntry: add_budget, CoverageEntry: add_coverage}
    with pytest.raises(Invalid) as refused, transaction(session):
        adds[type(entry)](session, actor, KATINGAN, entry, LETTER)
    assert set(refused.value.fields) == fields


def test_a_claim_needs_a_date_and_a_source(session: Session, actor: Actor) -> None:
    with pytest.raises(Invalid) as refused, transaction(session):
        add_stage(session, actor, KATINGAN, StageEntry("R0"), Evidence(None, source=" "))
    assert set(refused.value.fields) == {"tanggal", "sumber"}


def test_an_operator_records_only_in_the_own_region(session: Session) -> None:
    with pytest.raises(Forbidden), transaction(session):
        add_stage(session, operator("62.05"), KATINGAN, StageEntry("R0"), LETTER)
    with pytest.raises(Forbidden), transaction(session):
        add_stage(session, operator("62", Role.PEMBACA), KATINGAN, StageEntry("R0"), LETTER)


def test_a_region_that_does_not_exist_is_not_found(session: Session, actor: Actor) -> None:
    with pytest.raises(NotFound), transaction(session):
        add_stage(session, actor, "62.99", StageEntry("R0"), LETTER)


def test_the_chosen_claim_counts_and_its_rival_stays_visible(session: Session, actor: Actor) -> None:
    chosen = external(session, "o045")
    with transaction(session):
        choose_claim(session, actor, chosen.id, "angka resmi cabang")
    row = next(row for row in province_matrix(session, actor, "52").rows if row.kode == "52.03")
    assert row.coverage is not None
    assert row.coverage.participants == 144_110
    assert row.coverage.rivals == ()
    card = claim_card(session, actor, chosen.id)
    assert card.choice is not None
    assert card.choice.reason == "angka resmi cabang"
    [rival] = rivals_of(session, actor, chosen.id)
    assert (rival.claim.external_id, rival.is_set_aside) == ("o046", True)


def test_the_latest_choice_counts_and_the_earlier_state_of_knowledge_is_kept(session: Session, actor: Actor) -> None:
    def participants(**more: Any) -> int | None:
        row = next(row for row in province_matrix(session, actor, "52", **more).rows if row.kode == "52.03")
        return row.coverage.participants if row.coverage else None

    with transaction(session):
        choose_claim(session, actor, external(session, "o045").id, "pertama")
    between = now()
    with transaction(session):
        choose_claim(session, actor, external(session, "o046").id, "kedua")
    assert participants() == 163_927
    assert participants(diketahui=between) == 144_110


def test_choosing_among_one_year_leaves_the_other_years_of_the_conflict(session: Session, actor: Actor) -> None:
    with transaction(session):
        choose_claim(session, actor, external(session, "o072").id, "dua media")
    row = next(row for row in province_matrix(session, actor, "35").rows if row.kode == "35.03")
    assert {line.amount_rupiah for line in row.budgets[2024].lines} == {1_200_000_000}
    assert {line.amount_rupiah for line in row.budgets[2025].lines} == {2_000_000_000, 2_090_000_000}


def test_a_choice_needs_a_reason_the_right_and_a_claim(session: Session, actor: Actor) -> None:
    claim = external(session, "o045")
    with pytest.raises(Invalid), transaction(session):
        choose_claim(session, actor, claim.id, "  ")
    with pytest.raises(Forbidden), transaction(session):
        choose_claim(session, operator("52.03"), claim.id, "sebab")
    with pytest.raises(NotFound), transaction(session):
        choose_claim(session, operator("62", Role.VERIFIKATOR), claim.id, "sebab")
    with pytest.raises(NotFound):
        claim_card(session, operator("62"), claim.id)


def test_no_field_may_be_longer_than_its_columns() -> None:
    columns = {
        "bentuk": (StageClaim.__table__.c.bentuk, Regulation.__table__.c.bentuk),
        "nomor": (StageClaim.__table__.c.nomor, Regulation.__table__.c.nomor),
        "segmen": (Claim.__table__.c.segment,),
        "dana": (BudgetClaim.__table__.c.fund,),
        "pembayar": (BudgetClaim.__table__.c.payer,),
    }
    assert {field: min(column.type.length for column in held) for field, held in columns.items()} == LONGEST
