"""What a person settles about a document's identity: kept, named, dated, never lost to the machine, and only by who may."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from compliance.actor import NATIONAL, Actor, Grant, Role
from compliance.config import Settings
from compliance.db import now, transaction
from compliance.errors import Forbidden, Invalid, NotFound
from compliance.models import Document, DocumentField, StageClaim
from compliance.queries import checking
from compliance.queries.documents import document_by_id, documents
from compliance.queries.same_identity import alike_to, all_alike
from compliance.services import audit, identity, reading, users
from compliance.services import documents as intake
from indexer.identify import Field, Identity

Take = Callable[..., Document]
Person = Callable[..., Actor]
KNOWN = {
    "jenis": "Perbup", "singkatan": "PERBUP", "nomor": "6", "tahun": 2019, "wilayah": "62.06",
    "penerbit": "Bupati Katingan", "judul": "PERLINDUNGAN PEKERJA RENTAN",
}  # fmt: skip


@pytest.fixture
def take(session: Session, actor: Actor, settings: Settings) -> Take:
    """`take(nomor=…, doubtful=(…))` is a new document with that identity, read by the machine."""

    def taken(*, by: Actor = actor, **values: Any) -> Document:
        kept = intake.keep_bytes(settings.store, io.BytesIO(str(now()).encode()))
        with transaction(session):
            document = intake.receive_document(session, by, kept, "a.pdf").document
        return read_as(session, actor, document, **values)

    return taken


@pytest.fixture
def person(session: Session, actor: Actor) -> Person:
    """`person(role, wilayah)` is somebody with an account and that role."""

    def made(role: Role = Role.VERIFIKATOR, wilayah: str = NATIONAL) -> Actor:
        with transaction(session):
            user = users.add_user(
                session, actor, email=f"{role.name}.{wilayah}@uji.local".lower(), nama=f"Uji {wilayah}"
            )
            users.grant_role(session, actor, user, role, wilayah)
        return Actor(user.id, user.nama, (Grant(role, wilayah),))

    return made


def read_as(
    session: Session, actor: Actor, document: Document, *, doubtful: tuple[str, ...] = (), **values: Any
) -> Document:
    known = KNOWN | values
    fields = {
        name: Field(known.get(name), name in doubtful, "OCR kurang yakin" if name in doubtful else "", confidence=81.0)
        for name in reading.IDENTITY_FIELDS
    }
    page = {
        "number": 1, "width": 595.0, "height": 842.0, "text": "Pasal 1", "terms": "", "boxes": b"", "other_text": None,
        "source": "asli", "reason": "", "confidence": None, "extractor": "uji",
    }  # fmt: skip
    read = reading.Reading([page], [], Identity(**fields), is_sample=False)
    with transaction(session):
        reading.store_reading(session, actor, document, read)
    return document


def settle(session: Session, who: Actor, document: Document, **typed: Any) -> identity.Checked:
    may_move = typed.pop("may_move", False)
    with transaction(session):
        return identity.correct_identity(session, who, document.id, typed, may_move=may_move)


def test_the_confidence_of_a_reading_is_kept_with_each_field(session: Session, actor: Actor, take: Take) -> None:
    assert checking.machine_fields(session, actor, take().id)["nomor"].confidence == 81.0


def test_a_doubt_confirmed_unchanged_is_no_doubt_any_more(session: Session, take: Take, person: Person) -> None:
    document, who = take(doubtful=("nomor",)), person()
    checked = settle(session, who, document, nomor="6", tahun="2019")
    assert (checked.corrected, checked.confirmed, document.doubtful) == ((), ("nomor",), [])
    [check] = checking.checks_of(session, who, document.id)
    assert (check.name, check.value, check.by) == ("nomor", "6", who.name)


def test_a_reading_that_agrees_later_says_nothing_and_one_that_disagrees_is_told(
    session: Session, actor: Actor, take: Take, person: Person
) -> None:
    document, who = take(nomor="8", doubtful=("nomor",)), person()
    settle(session, who, document, nomor="6")
    read_as(session, actor, document, nomor="06")
    assert (document.nomor, checking.disagreements(session, who, document.id)) == ("6", [])
    read_as(session, actor, document, nomor="8", doubtful=("nomor",))
    [one] = checking.disagreements(session, who, document.id)
    assert (document.nomor, document.doubtful, one.said, one.read.value) == ("6", [], "6", "8")


def test_the_form_and_short_form_follow_a_corrected_kind_also_through_another_reading(
    session: Session, actor: Actor, take: Take, person: Person
) -> None:
    printed = {"jenis": "Perda", "bentuk": "Qanun", "singkatan": "QANUN"}
    document = take(**printed, doubtful=("jenis",))
    settle(session, person(), document, jenis="Perbup")
    assert (document.bentuk, document.singkatan) == (None, "PERBUP")
    read_as(session, actor, document, **printed)
    assert (document.jenis, document.bentuk, document.singkatan) == ("Perbup", None, "PERBUP")


def test_the_program_itself_settles_no_identity(session: Session, actor: Actor, take: Take) -> None:
    document = take(doubtful=("nomor",))
    with pytest.raises(Forbidden, match="oleh orang"):
        settle(session, actor, document, nomor="6")
    assert not identity.may_check(actor, document)


def test_a_province_settles_no_national_text(session: Session, take: Take, person: Person) -> None:
    province, nation = person(wilayah="62"), person(wilayah=NATIONAL)
    national = {"jenis": "Permen", "wilayah": None, "penerbit": "Menteri Ketenagakerjaan"}
    for values in (national, national | {"jenis": "Keputusan", "wilayah": NATIONAL}):
        document = take(**values, doubtful=("nomor",))
        assert document.id not in checking.ids_to_check(session, province)
        with pytest.raises(Forbidden, match="tingkat nasional"):
            settle(session, province, document, nomor="7")
        settle(session, nation, document, nomor="7")
        assert document.nomor == "7"


def test_a_province_makes_no_text_national(session: Session, take: Take, person: Person) -> None:
    unknown = take(jenis=None, wilayah=None, doubtful=("jenis", "wilayah"))
    who = person(wilayah="62")
    assert unknown.id in checking.ids_to_check(session, who)
    with pytest.raises(Forbidden, match="tingkat nasional"):
        settle(session, who, unknown, jenis="UU", wilayah="")
    settle(session, who, unknown, jenis="Perbup", wilayah="62.06")
    assert unknown.wilayah == "62.06"


def test_a_move_to_another_province_is_said_before_and_the_sender_still_reads_it(
    session: Session, take: Take, person: Person
) -> None:
    sender, nation = person(Role.OPERATOR, "62.06"), person()
    document = take(by=sender, doubtful=("wilayah",))
    with pytest.raises(Invalid) as refusal:
        settle(session, nation, document, wilayah="52.03")
    sentence = refusal.value.fields["pindah"]
    assert "Kabupaten Katingan" in sentence
    assert "Kabupaten Lombok Timur" in sentence
    assert sender.name in sentence
    settle(session, nation, document, wilayah="52.03", may_move=True)
    assert document_by_id(session, sender, document.id).wilayah == "52.03"
    assert [held.id for held in documents(session, sender)] == [document.id]
    with pytest.raises(NotFound):
        document_by_id(session, person(Role.OPERATOR, "62"), document.id)


def test_a_region_found_for_a_text_of_none_is_a_farewell_only_to_who_loses_it(
    session: Session, take: Take, person: Person
) -> None:
    sender, nation = person(Role.OPERATOR, "62.06"), person()
    document = take(by=sender, wilayah=None, doubtful=("wilayah",))
    assert identity.farewell(session, document, "62.01") == ""
    assert sender.name in identity.farewell(session, document, "52.03")
    settle(session, nation, document, wilayah="62.01")
    assert identity.farewell(session, document, None) == ""


def test_the_queue_begins_with_proofs_then_what_can_not_be_cited_then_what_is_quick(
    session: Session, take: Take, person: Person
) -> None:
    dated = take(nomor="1", doubtful=("ditetapkan",))
    slow = take(nomor="2", doubtful=("nomor", "tahun", "judul"))
    quick = take(nomor="3", doubtful=("nomor",))
    proof = take(nomor="4", doubtful=("judul",))
    take(nomor="5")
    claim = StageClaim(
        wilayah="62.06", stage="R3", valid_from=now().date(), date_precision="hari", recorded_at=now(), source="uji", document_id=proof.id
    )  # fmt: skip
    with transaction(session):
        session.add(claim)
        audit.record(session, Actor.system("uji"), "uji", ("klaim", 0))
    who = person(wilayah="62")
    ids = checking.ids_to_check(session, who)
    assert ids == [proof.id, quick.id, slow.id, dated.id]
    assert checking.count_to_check(session, who) == 4
    assert checking.next_to_check(ids, slow.id) == dated.id
    assert checking.next_to_check(ids, dated.id) is None
    assert checking.next_to_check(ids, 0) == proof.id
    assert checking.ids_to_check(session, person(wilayah="52")) == []
    assert checking.ids_to_check(session, person(Role.OPERATOR, "62")) == []


def test_two_documents_of_one_identity_are_shown_together(session: Session, take: Take, person: Person) -> None:
    first, second = take(nomor="6"), take(nomor=" 06", judul="LAIN")
    take(nomor="7", judul="LAIN LAGI")
    [group] = all_alike(session, person())
    assert ([held.id for held in group.documents], group.is_same) == ([first.id, second.id], True)
    assert [held.id for held in alike_to(session, person(wilayah="62"), second)[0].documents] == [first.id, second.id]
    assert all_alike(session, person(wilayah="52")) == []


def test_unknown_regions_and_other_issuers_are_no_twins(session: Session, take: Take, person: Person) -> None:
    take(wilayah=None, doubtful=("wilayah",), judul="A")
    take(wilayah=None, doubtful=("wilayah",), judul="B")
    for penerbit in ("Menteri Keuangan", "Menteri Dalam Negeri"):
        take(jenis="Permen", wilayah=None, penerbit=penerbit, judul=penerbit)
    assert all_alike(session, person()) == []


def test_one_title_under_two_numbers_is_shown_together_while_one_of_them_is_in_doubt(
    session: Session, take: Take, person: Person
) -> None:
    first, second, who = take(nomor="6"), take(nomor="8", doubtful=("nomor",)), person()
    [group] = all_alike(session, who)
    assert ([held.id for held in group.documents], group.is_same) == ([first.id, second.id], False)
    settle(session, who, second, nomor="8")
    assert all_alike(session, who) == []


def test_what_lies_in_the_bin_waits_for_nobody(session: Session, take: Take, person: Person) -> None:
    document = take(doubtful=("nomor",))
    take(nomor="6")
    with transaction(session):
        session.execute(update(Document).where(Document.id == document.id).values(deleted_at=now()))
    who = person()
    assert (checking.ids_to_check(session, who), all_alike(session, who)) == ([], [])


def test_every_row_a_person_writes_names_them(session: Session, take: Take, person: Person) -> None:
    document, who = take(doubtful=("nomor", "judul")), person()
    settle(session, who, document, nomor="6", judul="")
    rows = session.scalars(select(DocumentField).where(DocumentField.author_id.is_not(None))).all()
    assert {(row.name, row.value, row.author_id) for row in rows} == {
        ("nomor", "6", who.user_id),
        ("judul", None, who.user_id),
    }
