"""The bin: what lies in it is out of lists, counts, search and evidence, nothing of it is lost, and it comes back whole."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from compliance.actor import Actor, Grant, Role
from compliance.config import Settings
from compliance.db import transaction
from compliance.errors import Forbidden, InBin, Invalid, NotFound
from compliance.models import Document, DocumentVersion, File, Page, Work
from compliance.queries import documents as queries
from compliance.queries.document_lists import document_choices, documents_by_ids
from compliance.queries.engines import serving_engine
from compliance.queries.evidence import claims_citing, proofs
from compliance.queries.regulations import RegulationFilters, documents_of, regulation_by_id, regulations
from compliance.queries.search import Asked, search
from compliance.rules.entries import Evidence, StageEntry
from compliance.services import bin as bin_of
from compliance.services import claims, documents, merging, users, versions, work
from compliance.services.indexing import bring_index_up_to_date, index_state
from tests.unit.compliance.taken import take_in

TEXT = """BUPATI KATINGAN
PERATURAN BUPATI KATINGAN
NOMOR 6 TAHUN 2019
TENTANG
PERCOBAAN KERANJANG
MEMUTUSKAN:
Pasal 1
Kata kunci {kata} ada di sini.
Ditetapkan di Kasongan
pada tanggal 4 Februari 2019
"""


@pytest.fixture
def document(session: Session, actor: Actor, settings: Settings) -> Document:
    return _taken(session, actor, settings, "belimbing")


def _taken(session: Session, actor: Actor, settings: Settings, kata: str) -> Document:
    with transaction(session):
        return take_in(session, actor, settings.store, [TEXT.format(kata=kata)])


def _found(session: Session, actor: Actor, settings: Settings, words: str) -> list[int | None]:
    bring_index_up_to_date(session, settings)
    answer = search(session, actor, serving_engine(settings.index_url), Asked(words))
    return [hit.document.id if hit.document else None for hit in answer.hits]


def _bin(session: Session, actor: Actor, document: Document) -> None:
    with transaction(session):
        bin_of.discard(session, actor, document.id, "salah unggah")


def _restore(session: Session, actor: Actor, document: Document) -> None:
    with transaction(session):
        bin_of.restore(session, actor, document.id)


def _claim(session: Session, actor: Actor, document: Document) -> int:
    entry = StageEntry(segment=None, title="Perbup", rung="R3", stage=None, bentuk="Perbup", nomor="6", tahun=2019)
    proof = Evidence(source="", document_id=document.id, page=1, valid_from=date(2019, 2, 4), precision="hari")
    with transaction(session):
        return claims.add_stage(session, actor, "62.06", entry, proof).id


def test_a_binned_document_is_not_listed_counted_searched_or_chosen(
    session: Session, actor: Actor, settings: Settings, document: Document
) -> None:
    assert _found(session, actor, settings, "belimbing") == [document.id]
    rows = session.scalar(select(func.count(Page.id)))
    _bin(session, actor, document)
    assert queries.documents(session, actor) == []
    assert queries.document_count(session, actor) == 0
    assert queries.reading_counts(session, actor) == queries.ReadingCounts(0, 0, 0, 0, 0, 0)
    assert documents_by_ids(session, actor, [document.id]) == []
    assert document_choices(session, actor).jenis == []
    assert queries.samples_are_searched(session)
    with pytest.raises(InBin):
        queries.document_by_id(session, actor, document.id)
    assert _found(session, actor, settings, "belimbing") == []
    assert session.scalar(select(func.count(Page.id))) == rows


def test_a_hit_that_went_into_the_bin_is_not_shown_even_before_the_index_knows(
    session: Session, actor: Actor, settings: Settings, document: Document
) -> None:
    bring_index_up_to_date(session, settings)
    _bin(session, actor, document)
    assert search(session, actor, serving_engine(settings.index_url), Asked("belimbing")).hits == []


def test_restored_it_is_found_again_at_once_with_all_it_had(
    session: Session, actor: Actor, settings: Settings, document: Document
) -> None:
    before = {
        column: getattr(document, column) for column in ("jenis", "nomor", "wilayah", "search_hash", "page_count")
    }
    _bin(session, actor, document)
    bring_index_up_to_date(session, settings)
    _restore(session, actor, document)
    assert _found(session, actor, settings, "belimbing") == [document.id]
    assert {column: getattr(document, column) for column in before} == before
    assert (document.deleted_at, document.deleted_by, document.deleted_reason) == (None, None, None)
    state = index_state(session, serving_engine(settings.index_url))
    assert (state.out_of_date, state.wanted) == (0, state.indexed)


def test_its_regulation_has_no_text_again_when_it_was_the_only_one(
    session: Session, actor: Actor, settings: Settings, document: Document
) -> None:
    act = document.regulation_id
    assert act is not None

    def wanted() -> set[int]:
        listed = regulations(session, actor, RegulationFilters(wilayah="62", without_text=True))
        return {row.regulation.id for row in listed.rows}

    assert act not in wanted()
    _bin(session, actor, document)
    assert act in wanted()
    assert documents_of(session, actor, regulation_by_id(session, actor, act)) == []
    assert None in _found(session, actor, settings, "perbup katingan 6/2019")


def test_a_claim_stays_and_its_proof_is_known_to_lie_in_the_bin(
    session: Session, actor: Actor, document: Document
) -> None:
    _claim(session, actor, document)
    assert claims_citing(session, actor, document.id) == 1
    _bin(session, actor, document)
    assert proofs(session).of(document.id).in_bin
    with pytest.raises(Invalid) as refused:
        _claim(session, actor, document)
    assert "keranjang" in refused.value.fields["dokumen"]
    _restore(session, actor, document)
    assert not proofs(session).of(document.id).in_bin


def test_a_claim_says_that_the_file_was_replaced_after_it_was_recorded(
    session: Session, actor: Actor, settings: Settings, document: Document
) -> None:
    claim = session.get_one(claims.Claim, _claim(session, actor, document))
    kept = documents.keep_bytes(settings.store, io.BytesIO(b"lebih baik"))
    with transaction(session):
        versions.add_version(session, actor, document, kept, "b.pdf", "lebih jelas")
    found = proofs(session).of(document.id, claim.recorded_at)
    assert (found.is_replaced, found.version) == (True, 1)
    with transaction(session):
        versions.go_back(session, actor, document, 1, "keliru")
    assert not proofs(session).of(document.id, claim.recorded_at).is_replaced


def test_a_claim_on_a_document_that_became_a_version_leads_to_the_one_that_took_over(
    session: Session, actor: Actor, settings: Settings, document: Document
) -> None:
    other = _taken(session, actor, settings, "kedondong")
    claim = session.get_one(claims.Claim, _claim(session, actor, other))
    with transaction(session):
        merging.merge(session, actor, document.id, other.id, "sama", as_newest=False)
    found = proofs(session).of(other.id, claim.recorded_at)
    assert (found.document_id, found.in_bin, found.version) == (document.id, False, 2)
    assert document.shown_sha256 == document.file_sha256
    with pytest.raises(InBin) as gone:
        queries.document_by_id(session, actor, other.id)
    assert gone.value.replaced_by_id == document.id
    _restore(session, actor, other)
    assert queries.document_by_id(session, actor, other.id).replaced_by_id is None


def test_a_document_whose_file_another_one_holds_meanwhile_is_not_restored(
    session: Session, actor: Actor, settings: Settings, document: Document
) -> None:
    other = _taken(session, actor, settings, "kedondong")
    _bin(session, actor, other)
    with transaction(session):
        kept = documents.Kept(other.file_sha256, 1)
        versions.add_version(session, actor, document, kept, "b.pdf", "lebih jelas")
    with pytest.raises(Invalid, match=f"dokumen {document.id}"):
        _restore(session, actor, other)


def test_a_file_that_another_document_holds_replaces_nothing(
    session: Session, actor: Actor, settings: Settings, document: Document
) -> None:
    other = _taken(session, actor, settings, "kedondong")
    with pytest.raises(Invalid, match=f"dokumen {other.id}"), transaction(session):
        versions.add_version(session, actor, document, documents.Kept(other.file_sha256, 1), "b.pdf", "jelas")


def test_what_lies_in_the_bin_is_not_read_until_it_is_restored(
    session: Session, actor: Actor, settings: Settings
) -> None:
    with transaction(session):
        kept = documents.keep_bytes(settings.store, io.BytesIO(b"menunggu"))
        waiting = documents.receive_document(session, actor, kept, "a.pdf").document
    _bin(session, actor, waiting)
    assert work.open_documents(session) == []
    with transaction(session):
        assert work.take(session, "uji", 5) == []
    _restore(session, actor, waiting)
    assert work.open_documents(session) == [waiting.id]


def test_a_reading_of_the_file_before_is_not_stored_over_the_new_one(
    session: Session, actor: Actor, settings: Settings, document: Document
) -> None:
    with transaction(session):
        documents.read_again(session, actor, document)
        (old,) = work.take(session, "uji", 1)
    kept = documents.keep_bytes(settings.store, io.BytesIO(b"lebih baik"))
    with transaction(session):
        versions.add_version(session, actor, document, kept, "b.pdf", "lebih jelas")
    with transaction(session):
        (new,) = work.take(session, "uji", 1)
        assert not work.is_held(session, old)
        assert work.is_held(session, new)
        assert new.file_sha256 == kept.sha256


def test_putting_aside_takes_a_right_and_a_reason(session: Session, actor: Actor, document: Document) -> None:
    with transaction(session):
        user = users.add_user(session, actor, email="a@b.id", nama="Ani")
    operator = Actor(user.id, "Ani", (Grant(Role.OPERATOR, "62.06"),))
    with pytest.raises(Forbidden), transaction(session):
        bin_of.discard(session, operator, document.id, "alasan")
    with pytest.raises(Invalid), transaction(session):
        bin_of.discard(session, actor, document.id, "   ")
    with pytest.raises(NotFound), transaction(session):
        bin_of.restore(session, actor, document.id)
    _bin(session, actor, document)
    with pytest.raises(Forbidden), transaction(session):
        bin_of.restore(session, operator, document.id)
    assert document.deleted_at is not None


def test_nothing_of_a_document_in_the_bin_is_removed(
    session: Session, actor: Actor, settings: Settings, document: Document, tmp_path: Path
) -> None:
    tables = (Page, DocumentVersion, File, Work)
    before = [session.scalar(select(func.count()).select_from(table)) for table in tables]
    _bin(session, actor, document)
    assert [session.scalar(select(func.count()).select_from(table)) for table in tables] == before
    assert documents.stored_path(settings.store, document.file_sha256).is_file()


def test_two_documents_merged_into_one_and_restored_in_turn_leave_each_with_its_own_file(
    session: Session, actor: Actor, settings: Settings, document: Document
) -> None:
    first, second = (_taken(session, actor, settings, kata) for kata in ("jambu", "salak"))
    own = {each.id: each.file_sha256 for each in (document, first, second)}
    for other in (first, second):
        with transaction(session):
            merging.merge(session, actor, document.id, other.id, "sama")
    for other in (first, second):
        _restore(session, actor, other)
    assert {each.id: each.file_sha256 for each in (document, first, second)} == own
