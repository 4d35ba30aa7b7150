"""Taking files in: what is kept, what is remembered, who may."""

from __future__ import annotations

import fcntl
import io
import os
import time
from hashlib import sha256

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from compliance.actor import Actor, Grant, Role
from compliance.config import Settings
from compliance.db import transaction
from compliance.errors import Forbidden, PatuhError, Unreadable
from compliance.models import AuditRow, Document, File, Work
from compliance.services import documents, reading, work


def received(
    session: Session, actor: Actor, settings: Settings, data: bytes, name: str = "perbup.pdf"
) -> documents.Received:
    kept = documents.keep_bytes(settings.store, io.BytesIO(data))
    with transaction(session):
        return documents.receive_document(session, actor, kept, name)


def test_bytes_lie_under_their_hash_and_no_copy_is_left(settings: Settings) -> None:
    kept = documents.keep_bytes(settings.store, io.BytesIO(b"isi"))
    assert kept == documents.Kept(sha256(b"isi").hexdigest(), 3)
    assert documents.stored_path(settings.store, kept.sha256).read_bytes() == b"isi"
    assert [path.name for path in settings.store.rglob("*") if path.is_file()] == [f"{kept.sha256}.pdf"]


def test_a_new_document_waits_to_be_read_and_is_audited(session: Session, actor: Actor, settings: Settings) -> None:
    found = received(session, actor, settings, b"isi")
    assert found.is_new
    assert (found.document.reading_state, found.document.file_name) == ("menunggu", "perbup.pdf")
    assert work.open_documents(session) == [found.document.id]
    row = session.scalars(select(AuditRow).where(AuditRow.action == "menerima dokumen")).one()
    assert (row.subject_id, row.detail) == (str(found.document.id), "perbup.pdf")


def test_the_same_bytes_twice_are_one_document_with_both_names(
    session: Session, actor: Actor, settings: Settings
) -> None:
    first = received(session, actor, settings, b"isi", "satu.pdf")
    second = received(session, actor, settings, b"isi", "dua.pdf")
    third = received(session, actor, settings, b"isi", "dua.pdf")
    assert (second.is_new, third.is_new) == (False, False)
    assert first.document.id == second.document.id == third.document.id
    session.expire_all()
    assert session.scalars(select(File)).one().names == ["satu.pdf", "dua.pdf"]
    assert session.scalar(select(func.count(Work.id))) == 1


def test_a_reader_may_not_add_documents(session: Session, settings: Settings) -> None:
    reader = Actor(None, "pembaca", (Grant(Role.PEMBACA, "00"),))
    with pytest.raises(Forbidden):
        received(session, reader, settings, b"isi")


def test_a_file_beyond_the_limit_is_refused_and_not_kept(settings: Settings) -> None:
    with pytest.raises(Unreadable) as refusal:
        documents.keep_bytes(settings.store, io.BytesIO(b"x" * 11), most=10)
    assert refusal.value.code == "terlalu_besar"
    assert not [path for path in settings.store.rglob("*") if path.is_file()]


def test_a_store_that_cannot_be_written_is_named(settings: Settings) -> None:
    settings.documents.mkdir(parents=True)
    settings.store.write_bytes(b"ini berkas, bukan folder")
    with pytest.raises(PatuhError, match="tidak bisa disimpan"):
        documents.keep_bytes(settings.store, io.BytesIO(b"isi"))


@pytest.mark.parametrize(
    ("offered", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Dokumen\\perbup 1.pdf", "perbup 1.pdf"),
        ("nama\x00\x1b[31m\u202efdp.pdf", "nama[31mfdp.pdf"),
        ("📄 perbup.pdf", "📄 perbup.pdf"),
        ("rusak\udcff.pdf", "rusak\ufffd.pdf"),
        ("", "tanpa nama.pdf"),
        ("a" * 300 + ".pdf", "a" * 251 + ".pdf"),
    ],
)
def test_a_hostile_name_becomes_one_that_can_be_shown(offered: str, kept: str) -> None:
    assert documents.clean_name(offered) == kept


def test_a_document_that_failed_by_a_passing_fault_is_tried_again_when_offered_again(
    session: Session, actor: Actor, settings: Settings
) -> None:
    document = received(session, actor, settings, b"isi").document
    task = taken(session)
    with transaction(session):
        reading.store_failure(session, actor, document, "gangguan", "terganggu")
        work.give_up(session, task, "terganggu")
    assert received(session, actor, settings, b"isi").document.reading_state == "menunggu"
    assert work.open_documents(session) == [document.id]


def test_a_file_known_to_be_broken_is_not_read_again_when_offered_again(
    session: Session, actor: Actor, settings: Settings
) -> None:
    document = received(session, actor, settings, b"isi").document
    task = taken(session)
    with transaction(session):
        reading.store_failure(session, actor, document, "rusak", "Berkas rusak.")
        work.give_up(session, task, "rusak")
    assert received(session, actor, settings, b"isi").document.reading_state == "gagal"
    assert work.open_documents(session) == []


def taken(session: Session) -> work.Task:
    with transaction(session):
        (task,) = work.take(session, "uji", 1)
    return task


def test_a_document_taken_up_says_so(session: Session, actor: Actor, settings: Settings) -> None:
    document_id = received(session, actor, settings, b"isi").document.id
    taken(session)
    session.expire_all()
    assert session.get_one(Document, document_id).reading_state == "dibaca"


def test_a_copy_is_cleared_away_once_nobody_writes_it_any_more(settings: Settings) -> None:
    folder = settings.store / "masuk"
    folder.mkdir(parents=True)
    for name in ("mati", "hidup", "baru"):
        (folder / name).write_bytes(b"separuh")
    for name in ("mati", "hidup"):
        os.utime(folder / name, (time.time() - 60, time.time() - 60))
    with (folder / "hidup").open("ab") as copy:
        fcntl.flock(copy, fcntl.LOCK_EX)
        documents.remove_leftovers(settings.store)
    assert {path.name for path in folder.iterdir()} == {"hidup", "baru"}
