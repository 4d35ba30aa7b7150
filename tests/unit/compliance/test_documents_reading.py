"""What was read becomes rows: pages, parts, identity with its doubts, and the regulation it is a text of."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, undefer

from compliance.actor import Actor
from compliance.config import Settings
from compliance.db import now, transaction
from compliance.models import Document, DocumentField, Page, Part, Regulation
from compliance.queries.page_words import words_of
from compliance.queries.printed_regions import printed_regions
from compliance.services import documents, reading, users
from indexer.errors import UnreadableFile
from indexer.identify import Field, Identity
from indexer.packing import pack_words
from indexer.pages import Word
from tests.pdfs import digital_pdf, truncated_pdf

KATINGAN = (
    "BUPATI KATINGAN",
    "PROVINSI KALIMANTAN TENGAH",
    "PERATURAN BUPATI KATINGAN",
    "NOMOR 6 TAHUN 2019",
    "TENTANG",
    "PERCOBAAN PENYIMPANAN DOKUMEN",
    "DENGAN RAHMAT TUHAN YANG MAHA ESA",
    "BUPATI KATINGAN,",
    "Menimbang : a. bahwa naskah ini hanya percobaan;",
    "MEMUTUSKAN:",
    "Menetapkan : PERATURAN BUPATI TENTANG PERCOBAAN PENYIMPANAN DOKUMEN.",
    "Pasal 1",
    "Setiap naskah disimpan satu kali.",
    "Pasal 2",
    "Peraturan ini mulai berlaku pada tanggal ditetapkan.",
    "Ditetapkan di Kasongan",
    "pada tanggal 4 Februari 2019",
    "BUPATI KATINGAN,",
)
Store = Callable[..., Document]


@pytest.fixture
def document(session: Session, actor: Actor, settings: Settings) -> Document:
    kept = documents.keep_bytes(settings.store, io.BytesIO(b"isi"))
    with transaction(session):
        return documents.receive_document(session, actor, kept, "a.pdf").document


@pytest.fixture
def store(session: Session, actor: Actor, document: Document) -> Store:
    """`store(nomor=…, is_sample=…)` stores a reading with that identity for the document."""

    def stored(*, text: str = "Pasal 1", source: str = "asli", is_sample: bool = False, **values: Any) -> Document:
        page = {
            "number": 1, "width": 595.0, "height": 842.0, "text": text, "terms": "", "boxes": b"", "other_text": None,
            "source": source, "reason": "", "confidence": None, "extractor": "uji",
        }  # fmt: skip
        read = reading.Reading([page], [], identity(**values), is_sample)
        with transaction(session):
            reading.store_reading(session, actor, document, read)
        return document

    return stored


def identity(*, doubtful: tuple[str, ...] = (), **values: Any) -> Identity:
    known = {"jenis": "Perbup", "nomor": "6", "tahun": 2019, "wilayah": "62.06", "penerbit": "Bupati Katingan"} | values
    fields = {name: Field(known.get(name), name in doubtful) for name in reading.IDENTITY_FIELDS}
    return Identity(**fields)


def test_a_real_file_becomes_pages_parts_identity_and_a_regulation(
    session: Session, actor: Actor, document: Document, tmp_path: Path
) -> None:
    read = reading.read_document(digital_pdf(tmp_path / "a.pdf", (KATINGAN,)), printed_regions(session))
    with transaction(session):
        reading.store_reading(session, actor, document, read)
    assert (document.jenis, document.nomor, document.tahun, document.wilayah) == ("Perbup", "6", 2019, "62.06")
    assert (document.ditetapkan, document.doubtful, document.reading_state) == (date(2019, 2, 4), [], "terbaca")
    pasal = session.scalars(select(Part.number).where(Part.kind == "pasal").order_by(Part.urutan)).all()
    assert pasal == ["1", "2"]
    page = session.scalars(select(Page).options(undefer(Page.boxes))).one()
    assert "katingan" in page.terms.split()
    assert page.layer == "baik"
    assert [word.text for word in words_of(page)] == page.text.split()
    nomor = session.scalars(select(DocumentField).where(DocumentField.name == "nomor")).one()
    assert (nomor.value, nomor.page, nomor.author_id) == ("6", 1, None)
    assert nomor.box is not None
    assert document.regulation is not None
    assert document.regulation.status is None


def test_reading_again_replaces_rows_and_changes_the_search_hash_only_with_what_is_shown(
    session: Session, store: Store
) -> None:
    first = store().search_hash
    assert store().search_hash == first
    assert store(text="Pasal 2").search_hash != first
    assert len(session.scalars(select(Page)).all()) == 1
    assert len(session.scalars(select(DocumentField)).all()) == len(reading.IDENTITY_FIELDS)


def test_what_a_person_corrected_survives_another_reading(
    session: Session, actor: Actor, document: Document, store: Store
) -> None:
    store(nomor="8", doubtful=("nomor",))
    assert document.doubtful == ["nomor"]
    with transaction(session):
        person = users.add_user(session, actor, email="uji@uji.local", nama="Uji")
        document.nomor, document.doubtful = "6", []
        row = DocumentField(name="nomor", value="6", is_doubtful=False, author_id=person.id, recorded_at=now())
        document.fields.append(row)
    store(nomor="8", doubtful=("nomor",))
    assert (document.nomor, document.doubtful) == ("6", [])
    rows = session.scalars(select(DocumentField).where(DocumentField.name == "nomor")).all()
    assert {(row.value, row.author_id) for row in rows} == {("6", person.id), ("8", None)}


def test_an_unknown_region_and_an_overlong_number_are_doubtful_not_stored(store: Store) -> None:
    document = store(wilayah="99.99", nomor="9" * 200)
    assert (document.wilayah, document.nomor) == (None, None)
    assert document.doubtful == ["nomor", "wilayah"]


def test_a_page_nobody_could_read_makes_the_document_sebagian(store: Store) -> None:
    document = store(source="belum", text="")
    assert (document.reading_state, document.pages_unread, document.page_count) == ("sebagian", 1, 1)


def test_a_truncated_pdf_is_refused_by_code_and_reason(session: Session, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        reading.read_document(truncated_pdf(tmp_path / "a.pdf"), printed_regions(session))
    assert refusal.value.code == "rusak"
    assert refusal.value.reason


def test_a_failure_keeps_code_and_reason(session: Session, actor: Actor, document: Document) -> None:
    with transaction(session):
        reading.store_failure(session, actor, document, "terkunci", "Berkas terkunci.")
    assert (document.reading_state, document.failure_code, document.failure_reason) == (
        "gagal", "terkunci", "Berkas terkunci.",
    )  # fmt: skip


def test_an_identity_spelled_otherwise_is_the_same_regulation(session: Session, store: Store) -> None:
    first = store(nomor="06").regulation_id
    assert first is not None
    assert store(nomor=" 6").regulation_id == first
    assert store(nomor="7").regulation_id != first


def test_a_doubtful_identity_belongs_to_no_regulation(session: Session, store: Store) -> None:
    known = session.scalar(select(func.count(Regulation.id)))
    for name in ("jenis", "nomor", "tahun", "wilayah"):
        assert store(doubtful=(name,)).regulation_id is None
    assert store(nomor=None).regulation_id is None
    assert session.scalar(select(func.count(Regulation.id))) == known


def test_two_ministers_may_use_the_same_number(session: Session, store: Store) -> None:
    national = {"jenis": "Permen", "nomor": "900", "tahun": 2016, "wilayah": None}
    first = store(**national, penerbit="Menteri Ketenagakerjaan").regulation_id
    assert first is not None
    assert store(**national, penerbit="Menteri Dalam Negeri").regulation_id != first
    assert store(**national, penerbit="MENTERI KETENAGAKERJAAN").regulation_id == first
    assert store(**national, penerbit=None).regulation_id is None


def test_a_text_of_a_catalogued_instrument_takes_its_legal_status(session: Session, store: Store) -> None:
    known = session.scalars(select(Regulation).where(Regulation.slug == "uu-40-2004")).one()
    document = store(jenis="UU", nomor="40", tahun=2004, wilayah=None, penerbit="Presiden")
    assert (document.regulation_id, document.status) == (known.id, known.status)


def test_a_sample_belongs_to_no_regulation(store: Store) -> None:
    document = store(is_sample=True)
    assert (document.is_sample, document.regulation_id) == (True, None)


def test_words_keep_their_places_when_packed() -> None:
    words = (Word("Pasal", 0, 60.04, 72.0, 88.26, 84.1), Word("12", 6, 91.0, 72.0, 99.9, 84.1, 87.4))
    assert words_of(Page(text="Pasal 12", boxes=pack_words(words))) == (
        Word("Pasal", 0, 60.0, 72.0, 88.3, 84.1),
        Word("12", 6, 91.0, 72.0, 99.9, 84.1, 87.0),
    )
    assert words_of(Page(text="", boxes=pack_words(()))) == ()


def test_a_word_with_an_impossible_place_is_left_out() -> None:
    words = (Word("a", 0, float("nan"), 0, 1, 1), Word("b", 2, 1e300, 0, 1, 1), Word("c", 4, 0, 0, 1, 1))
    assert [word.text for word in words_of(Page(text="a b c", boxes=pack_words(words)))] == ["c"]
