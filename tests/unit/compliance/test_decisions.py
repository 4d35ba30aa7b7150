"""What a person says about relations: accepted, refused, led elsewhere, entered by hand; with rights, traces and consequences."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from compliance.actor import Actor, Grant, Role
from compliance.db import now, transaction
from compliance.errors import Forbidden, Invalid, NotFound
from compliance.models import AuditRow, Regulation, RegulationRelation
from compliance.queries import relations as queries
from compliance.services import audit, decisions
from compliance.services.decisions import NewRelation


@pytest.fixture
def acts(session: Session, actor: Actor) -> dict[str, Regulation]:
    """Perbup Katingan 6/2019 (old), 3/2023 (new) and 7/2023 (other), with dates."""
    made = {
        name: Regulation(
            jenis="Perbup",
            nomor=nomor,
            tahun=day.year,
            wilayah="62.06",
            ditetapkan=day,
            diundangkan=day,
            recorded_at=now(),
        )
        for name, nomor, day in (
            ("old", "66", date(2019, 2, 4)),
            ("new", "3", date(2023, 3, 9)),
            ("other", "7", date(2023, 5, 9)),
        )
    }
    with transaction(session):
        session.add_all(made.values())
        session.flush()
        audit.record(session, actor, "uji", ("peraturan", 1))
    return made


def propose(
    session: Session, actor: Actor, acts: dict[str, Regulation], kind: str = "mencabut", **columns: object
) -> int:
    text = "Peraturan Bupati Katingan Nomor 66 Tahun 2019"
    known = {"from_id": acts["new"].id, "kind": kind, "to_id": acts["old"].id, "to_text": text, "is_sourced": True}
    with transaction(session):
        bond = RegulationRelation(**{**known, **columns})
        session.add(bond)
        session.flush()
        audit.record(session, actor, "uji", ("peraturan", 1))
        return bond.id


def verifier(wilayah: str) -> Actor:
    return Actor(None, "Verifikator", (Grant(Role.VERIFIKATOR, wilayah),))


def test_an_accepted_repeal_makes_the_stored_status_dicabut_and_a_refused_one_does_not(
    session: Session, actor: Actor, acts: dict[str, Regulation]
) -> None:
    number = propose(session, actor, acts)
    for decision, status in (("diterima", "dicabut"), ("ditolak", None)):
        with transaction(session):
            decisions.decide_relations(session, actor, [number], decision, "sudah dibaca")
        session.refresh(acts["old"])
        assert acts["old"].status == status
    traces = session.scalars(select(AuditRow.action).order_by(AuditRow.id.desc()).limit(2)).all()
    assert traces == ["menolak hubungan", "menerima hubungan"]


def test_a_refusal_needs_a_reason_and_something_must_be_chosen(
    session: Session, actor: Actor, acts: dict[str, Regulation]
) -> None:
    number = propose(session, actor, acts)
    for ids, decision in (([number], "ditolak"), ([], "diterima"), ([number], "mungkin")):
        with pytest.raises(Invalid):
            decisions.decide_relations(session, actor, ids, decision)


def test_a_decision_holds_for_the_same_statement_in_other_copies(
    session: Session, actor: Actor, acts: dict[str, Regulation]
) -> None:
    first, second = propose(session, actor, acts), propose(session, actor, acts, to_id=None)
    with transaction(session):
        decisions.decide_relations(session, actor, [first], "ditolak", "salah baca")
    assert session.get_one(RegulationRelation, second).decision == "ditolak"
    assert queries.waiting_count(session, actor, queries.WaitingFilter(regulation_id=acts["new"].id)) == 0


def test_only_who_verifies_for_the_region_decides(session: Session, actor: Actor, acts: dict[str, Regulation]) -> None:
    number = propose(session, actor, acts)
    reader = Actor(None, "Pembaca", (Grant(Role.PEMBACA, "62"),))
    with pytest.raises(Forbidden):
        decisions.decide_relations(session, reader, [number], "diterima")
    with pytest.raises(NotFound):
        decisions.decide_relations(session, verifier("52"), [number], "diterima")
    chosen = queries.WaitingFilter(regulation_id=acts["new"].id)
    counts = [
        queries.waiting_count(session, who, chosen)
        for who in (verifier("62"), verifier("62.01"), verifier("52"), reader)
    ]
    assert counts == [1, 0, 0, 0]


def test_a_relation_can_be_led_to_the_regulation_that_is_meant(
    session: Session, actor: Actor, acts: dict[str, Regulation]
) -> None:
    number = propose(session, actor, acts, to_id=None, to_text="Peraturan Bupati Nomor 6b Tahun 2019")
    with transaction(session):
        decisions.point_relation(session, actor, number, acts["old"].id)
    assert session.get_one(RegulationRelation, number).to_id == acts["old"].id
    with pytest.raises(Invalid):
        decisions.point_relation(session, actor, number, acts["new"].id)
    with pytest.raises(NotFound):
        decisions.point_relation(session, actor, number, 10**6)


def test_a_relation_entered_by_hand_is_accepted_with_the_name_and_known_only_once(
    session: Session, actor: Actor, acts: dict[str, Regulation]
) -> None:
    entry = NewRelation("mengubah", acts["old"].id, "", None, None, "Berita Daerah 2023/7")
    with transaction(session):
        bond = decisions.add_relation(session, actor, acts["other"].id, entry)
    assert (bond.origin, bond.decision, bond.to_text) == (
        "orang",
        "diterima",
        "Peraturan Bupati Katingan Nomor 66 Tahun 2019",
    )
    session.refresh(acts["old"])
    assert acts["old"].status == "diubah"
    with pytest.raises(Invalid, match="sudah tercatat"):
        decisions.add_relation(session, actor, acts["other"].id, entry)


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        (NewRelation("menyukai", 1, "", None, None, "s"), "hubungan"),
        (NewRelation("mencabut", None, " ", None, None, "s"), "sasaran"),
        (NewRelation("mencabut", None, "x" * 201, None, None, "s"), "nama"),
        (NewRelation("mencabut", None, "PP 1/2020", 1, None, "s"), "halaman"),
        (NewRelation("mencabut", None, "PP 1/2020", None, None, ""), "alasan"),
        (NewRelation("mencabut", None, "PP 1/2020", None, None, "x" * 501), "alasan"),
    ],
)
def test_a_relation_entered_by_hand_says_what_is_missing(
    session: Session, actor: Actor, acts: dict[str, Regulation], entry: NewRelation, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        decisions.add_relation(session, actor, acts["new"].id, entry)
    assert field in refused.value.fields


def test_candidates_have_the_number_and_year_or_the_words_of_the_title(session: Session, actor: Actor) -> None:
    def found(text: str) -> list[str]:
        return [act.slug or "" for act in queries.candidate_targets(session, actor, text)]

    assert "pp-44-2015" in found("Peraturan Pemerintah Nomor 44 Tahun 2015")
    assert "pp-44-2015" in found("pp 044/2015")
    assert "uu-40-2004" in found("sistem jaminan sosial nasional")
    assert found("") == []


def test_what_ends_acts_waits_before_what_they_rest_on(
    session: Session, actor: Actor, acts: dict[str, Regulation]
) -> None:
    propose(session, actor, acts, "dasar hukum")
    propose(session, actor, acts, "mencabut")
    chosen = queries.WaitingFilter(regulation_id=acts["new"].id)
    waiting = queries.waiting_relations(session, actor, chosen)
    assert [row.bond.kind for row in waiting.rows] == ["mencabut", "dasar hukum"]
    assert waiting.kinds == {"mencabut": 1, "dasar hukum": 1}
    only = queries.waiting_relations(session, actor, queries.WaitingFilter("mencabut", acts["new"].id))
    assert (only.total, len(only.rows)) == (1, 1)


def test_both_ends_of_a_relation_show_it(session: Session, actor: Actor, acts: dict[str, Regulation]) -> None:
    propose(session, actor, acts)
    propose(session, actor, acts)
    (told,) = queries.outgoing_relations(session, actor, acts["new"])
    (heard,) = queries.incoming_relations(session, actor, acts["old"])
    assert (told.other, len(told.copies)) == (acts["old"], 1)
    assert heard.other == acts["new"]
