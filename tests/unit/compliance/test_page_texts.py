"""A page set right: search, structure, identity and boxes follow; it survives another reading of the same file, and no other."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from compliance.actor import Actor, Grant, Role
from compliance.config import Settings
from compliance.db import transaction
from compliance.errors import Forbidden, Invalid, NotFound
from compliance.models import AuditRow, Document, DocumentField, DocumentVersion, Page, PageCorrection, Part
from compliance.queries.corrections import corrections_in_force, corrections_of_page
from compliance.queries.engines import serving_engine
from compliance.queries.page_sources import corrected_by
from compliance.queries.page_words import words_of
from compliance.queries.printed_regions import printed_regions
from compliance.queries.search import Asked, search
from compliance.queries.versions import versions_of
from compliance.services import documents, merging, page_texts, reading, users, versions
from compliance.services.indexing import bring_index_up_to_date
from compliance.services.page_rows import Reading, page_row, part_rows
from indexer import pages as read
from indexer.identify import identify
from indexer.messages import as_sent
from indexer.structure import parts_of

MISREAD = "BUPATI KATINGAN\nPERATURAN BUPATI KATINGAN\nNOM0R b TAHUN 2019\nTENTANG\nPERCOBAAN\nMEMUTUSKAN:\nPasa1 1\nIuran dibayar."
RIGHT = MISREAD.replace("NOM0R b", "NOMOR 6").replace("Pasa1", "Pasal")
Store = Callable[[Document, list[str]], None]


@pytest.fixture
def person(session: Session, actor: Actor) -> Actor:
    with transaction(session):
        user = users.add_user(session, actor, email="a@b.id", nama="Ani")
        return Actor(user.id, "Ani", (Grant(Role.OPERATOR, "62"),))


@pytest.fixture
def store(session: Session, actor: Actor) -> Store:
    """`store(document, texts)` stores what a machine read: pages that say this, "" for one it could not read."""

    def stored(document: Document, texts: list[str]) -> None:
        pages = [_page(number, text) for number, text in enumerate(texts, 1)]
        rows = [page_row(as_sent(page)) for page in pages]
        read_now = Reading(rows, part_rows(parts_of(pages)), identify(pages, printed_regions(session)), is_sample=False)
        with transaction(session):
            reading.store_reading(session, actor, document, read_now)

    return stored


@pytest.fixture
def document(session: Session, actor: Actor, settings: Settings, store: Store) -> Document:
    kept = documents.keep_bytes(settings.store, io.BytesIO(b"isi"))
    with transaction(session):
        document = documents.receive_document(session, actor, kept, "a.pdf").document
    store(document, [MISREAD, "Pasal 2\nPeraturan ini berlaku.", ""])
    return document


def _page(number: int, text: str) -> read.Page:
    words, at = [], 0
    for said in text.split():
        at = text.index(said, at)
        words.append(read.Word(said, at, at, 10.0, at + 5.0, 20.0, 96.0))
        at += len(said)
    return read.Page(number, 595, 842, text, tuple(words), "ocr" if text else "belum", "OCR mati" if not text else "")


def _stored(session: Session, document: Document, number: int) -> Page:
    chosen = select(Page).where(Page.document_id == document.id, Page.number == number)
    chosen = chosen.options(undefer(Page.boxes), undefer(Page.machine_text), undefer(Page.machine_boxes))
    return session.scalars(chosen.execution_options(populate_existing=True)).one()


def _correct(session: Session, who: Actor, document: Document, text: str, number: int = 1, **said: bool) -> bool:
    begun = page_texts.state_of(document, _stored(session, document, number))
    with transaction(session):
        typed = page_texts.Typed(text, begun, **said)
        return page_texts.correct_page(session, who, document.id, number, typed)


def test_search_structure_identity_and_boxes_follow_a_corrected_page(
    session: Session, person: Actor, document: Document
) -> None:
    before = document.search_hash
    assert _correct(session, person, document, RIGHT)
    page = _stored(session, document, 1)
    assert page.text == RIGHT
    assert "pasal" in page.terms.split()
    assert page.machine_text == MISREAD
    assert [word.text for word in words_of(page)] == RIGHT.split()
    assert (document.nomor, document.search_hash == before) == ("6", False)
    numbers = session.scalars(select(Part.number).where(Part.document_id == document.id, Part.kind == "pasal"))
    assert list(numbers) == ["1", "2"]
    assert session.scalars(select(AuditRow.action).order_by(AuditRow.id.desc())).first() == "membetulkan halaman"
    assert corrections_in_force(session, person, document.id)[1].by == "Ani"


def test_a_page_goes_back_to_the_machine_as_it_was(session: Session, person: Actor, document: Document) -> None:
    before = _stored(session, document, 1)
    text, terms, boxes, hashed = before.text, before.terms, before.boxes, document.search_hash
    _correct(session, person, document, RIGHT)
    with transaction(session):
        assert page_texts.withdraw_correction(session, person, document.id, 1)
    after = _stored(session, document, 1)
    assert (after.text, after.terms, after.boxes, after.machine_text) == (text, terms, boxes, None)
    assert document.search_hash == hashed
    with transaction(session):
        assert not page_texts.withdraw_correction(session, person, document.id, 1)
    assert [one.row.text for one in corrections_of_page(session, person, document.id, 1)] == [None, RIGHT]


def test_typing_what_the_machine_read_gives_the_page_back_to_it(
    session: Session, person: Actor, document: Document
) -> None:
    assert not _correct(session, person, document, MISREAD.replace("\n", "\r\n"))
    _correct(session, person, document, RIGHT)
    assert _correct(session, person, document, MISREAD)
    assert _stored(session, document, 1).machine_text is None


def test_a_page_nobody_could_read_counts_as_read_once_it_is_typed(
    session: Session, person: Actor, document: Document
) -> None:
    assert (document.pages_unread, document.reading_state) == (1, "sebagian")
    _correct(session, person, document, "Lampiran", 3)
    typed = _stored(session, document, 3)
    assert (typed.source, typed.text, document.pages_unread, document.reading_state) == (
        "tangan", "Lampiran", 0, "terbaca",
    )  # fmt: skip
    with transaction(session):
        page_texts.withdraw_correction(session, person, document.id, 3)
    assert (_stored(session, document, 3).source, document.pages_unread) == ("belum", 1)
    _correct(session, person, document, "", 3, is_blank=True)
    assert (_stored(session, document, 3).source, document.reading_state) == ("tangan", "terbaca")


def test_a_correction_survives_another_reading_of_the_same_file_but_not_another_file(
    session: Session, actor: Actor, person: Actor, document: Document, settings: Settings, store: Store
) -> None:
    _correct(session, person, document, RIGHT)
    store(document, [MISREAD.replace("Iuran", "luran"), "Pasal 2\nBaru.", ""])
    page = _stored(session, document, 1)
    assert (page.text, page.machine_text) == (RIGHT, MISREAD.replace("Iuran", "luran"))
    kept = documents.keep_bytes(settings.store, io.BytesIO(b"lebih baik"))
    with transaction(session):
        versions.add_version(session, actor, document, kept, "b.pdf", "lebih jelas")
    with pytest.raises(Invalid, match="belum selesai dibaca"):
        _correct(session, person, document, "x")
    store(document, ["Teks lain sama sekali"])
    assert _stored(session, document, 1).text == "Teks lain sama sekali"
    assert [version.corrected for version in versions_of(session, actor, document.id)] == [0, 1]
    with transaction(session):
        versions.go_back(session, actor, document, 1, "keliru")
    store(document, [MISREAD])
    assert _stored(session, document, 1).text == RIGHT


def test_what_a_database_can_t_keep_is_replaced_and_too_much_is_refused(
    session: Session, person: Actor, document: Document
) -> None:
    _correct(session, person, document, "a\x00b \ud800")
    assert _stored(session, document, 1).text == "a\ufffdb \ufffd"
    with pytest.raises(Invalid, match="paling panjang"):
        _correct(session, person, document, "x" * (page_texts.LONGEST_TEXT + 1))


def test_only_a_person_who_records_for_the_region_sets_a_page_right(
    session: Session, actor: Actor, person: Actor, document: Document
) -> None:
    reader = Actor(person.user_id, "Ani", (Grant(Role.PEMBACA, "00"),))
    stranger = Actor(person.user_id, "Ani", (Grant(Role.OPERATOR, "52"),))
    for who, refusal in ((actor, Forbidden), (reader, Forbidden), (stranger, NotFound)):
        with pytest.raises(refusal):
            _correct(session, who, document, "x")


def test_corrections_and_versions_are_never_altered(session: Session, person: Actor, document: Document) -> None:
    _correct(session, person, document, RIGHT)
    for table in (PageCorrection, DocumentVersion):
        row = session.scalars(select(table)).first()
        row.recorded_at = document.received_at.replace(year=2001)
        with pytest.raises(ValueError, match="never altered"):
            session.flush()
        session.rollback()


def test_a_copy_that_reads_as_another_act_is_in_doubt_until_a_person_says_so(
    session: Session, actor: Actor, document: Document, settings: Settings, store: Store
) -> None:
    signed = f"{RIGHT}\nDitetapkan di Kasongan\npada tanggal 4 Februari 2019"
    store(document, [signed])
    assert (document.nomor, document.doubtful, document.regulation_id is None) == ("6", [], False)
    kept = documents.keep_bytes(settings.store, io.BytesIO(b"peraturan lain"))
    with transaction(session):
        versions.add_version(session, actor, document, kept, "b.pdf", "lebih jelas")
    for _ in range(2):  # reading the same file again does not make it certain
        store(document, [signed.replace("NOMOR 6", "NOMOR 9")])
        assert (document.nomor, document.doubtful, document.regulation_id) == ("9", ["nomor"], None)
    reasons = session.scalars(select(DocumentField.reason).where(DocumentField.name == "nomor"))
    assert list(reasons) == ["berkas sebelumnya menyebut 6; pastikan ini peraturan yang sama"]
    with transaction(session):
        versions.go_back(session, actor, document, 1, "keliru")
    store(document, [signed])
    assert (document.nomor, document.doubtful, document.regulation_id is None) == ("6", [], False)


def test_what_is_searched_and_marked_is_the_corrected_text(
    session: Session, person: Actor, document: Document, settings: Settings
) -> None:
    def found(words: str) -> list[int]:
        bring_index_up_to_date(session, settings)
        answer = search(session, person, serving_engine(settings.index_url), Asked(words))
        return [page.number for hit in answer.hits if hit.document for page in hit.pages]

    assert found("pinang") == []
    _correct(session, person, document, RIGHT.replace("Iuran", "Iuran pinang"))
    assert found("pinang") == [1]
    with transaction(session):
        page_texts.withdraw_correction(session, person, document.id, 1)
    assert found("pinang") == []


def test_corrections_follow_their_file_into_the_document_that_takes_it_over(
    session: Session, actor: Actor, person: Actor, document: Document, settings: Settings, store: Store
) -> None:
    _correct(session, person, document, RIGHT)
    kept = documents.keep_bytes(settings.store, io.BytesIO(b"naskah kedua"))
    with transaction(session):
        keeper = documents.receive_document(session, actor, kept, "b.pdf").document
    store(keeper, ["Naskah kedua"])
    with transaction(session):
        merging.merge(session, actor, keeper.id, document.id, "sama")
    store(keeper, [MISREAD])
    assert _stored(session, keeper, 1).text == RIGHT
    assert [version.corrected for version in versions_of(session, actor, keeper.id)] == [1, 0]
    assert corrected_by(session, actor, keeper, 1).nama == "Ani"
