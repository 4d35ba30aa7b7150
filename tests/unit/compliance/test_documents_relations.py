"""What a held text says of other regulations: proved by its page, leading to the right act, gone when the text no longer says it."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from compliance.actor import Actor
from compliance.config import Settings
from compliance.db import transaction
from compliance.models import Document, Regulation, RegulationRelation
from compliance.queries.printed_regions import printed_regions
from compliance.rules.identity import folded_issuer, is_same
from compliance.services import documents, reading
from indexer.identify import identify, is_sample
from indexer.pages import Page
from indexer.structure import parts_of

PERBUP = """PERATURAN BUPATI KATINGAN
NOMOR 6 TAHUN 2019
TENTANG
PERCOBAAN HUBUNGAN
Menimbang : a. bahwa untuk melaksanakan ketentuan Pasal 15 Undang-Undang Nomor 24 Tahun 2011, perlu menetapkan peraturan;
Mengingat : 1. Undang-Undang Nomor 40 Tahun 2004 tentang Sistem Jaminan Sosial Nasional;
2. Peraturan Menteri Ketenagakerjaan Nomor 1 Tahun 2025;
3. Peraturan Daerah Kabupaten Katingan Nomor 3 Tahun 2016;
4. Peraturan Daerah Nomor 9 Tahun 2016;
MEMUTUSKAN:
Menetapkan : PERATURAN BUPATI TENTANG PERCOBAAN HUBUNGAN.
Pasal 1
Naskah ini percobaan.
Pasal 2
Peraturan Bupati Katingan Nomor 4 Tahun 2017 dicabut dan dinyatakan tidak berlaku.
Ditetapkan di Kasongan
pada tanggal 4 Februari 2019
BUPATI KATINGAN,
"""
PERDA = """PERATURAN DAERAH KABUPATEN KATINGAN
NOMOR 3 TAHUN 2016
TENTANG
PERCOBAAN PERTAMA
Menetapkan : PERATURAN DAERAH TENTANG PERCOBAAN PERTAMA.
Pasal 1
Naskah ini percobaan.
Ditetapkan di Kasongan
pada tanggal 4 Februari 2016
BUPATI KATINGAN,
"""
TakeIn = Callable[[str], Document]


@pytest.fixture
def take_in(session: Session, actor: Actor, settings: Settings) -> TakeIn:
    """A document whose only page says this."""

    def taken(text: str) -> Document:
        kept = documents.keep_bytes(settings.store, io.BytesIO(text.encode()))
        with transaction(session):
            document = documents.receive_document(session, actor, kept, "a.pdf").document
            read_again(session, actor, document, text)
        return document

    return taken


def read_again(session: Session, actor: Actor, document: Document, text: str) -> None:
    page = Page(1, 595, 842, text, (), "asli")
    row = {
        name: getattr(page, name)
        for name in ("number", "width", "height", "text", "source", "other_text", "confidence")
    }
    rows = [{**row, "terms": "", "boxes": b"", "reason": "", "extractor": "uji"}]
    read = reading.Reading(rows, [], identify([page], printed_regions(session)), is_sample([page], {}))
    assert parts_of([page])
    reading.store_reading(session, actor, document, read)


def stated(session: Session, document: Document) -> dict[tuple[str, str], str | None]:
    """What the document proves: kind and words, with the identity of the target where it is known."""
    proved = select(RegulationRelation).where(RegulationRelation.document_id == document.id)
    bonds = session.scalars(proved).all()
    assert all(bond.page == 1 and bond.is_sourced and bond.from_id == document.regulation_id for bond in bonds)
    return {(bond.kind, bond.to_text): bond.target.slug if bond.target else None for bond in bonds}


def test_a_text_proves_what_it_amends_repeals_and_rests_on(session: Session, take_in: TakeIn) -> None:
    found = stated(session, take_in(PERBUP))
    assert found["melaksanakan", "Undang-Undang Nomor 24 Tahun 2011"] == "uu-24-2011"
    assert found["dasar hukum", "Undang-Undang Nomor 40 Tahun 2004"] == "uu-40-2004"
    assert found["dasar hukum", "Peraturan Menteri Ketenagakerjaan Nomor 1 Tahun 2025"] == "permenaker-1-2025"
    assert found["mencabut", "Peraturan Bupati Katingan Nomor 4 Tahun 2017"] is None
    assert found["dasar hukum", "Peraturan Daerah Nomor 9 Tahun 2016"] is None


def test_reading_again_states_each_relation_once(session: Session, actor: Actor, take_in: TakeIn) -> None:
    document = take_in(PERBUP)
    first = stated(session, document)
    with transaction(session):
        read_again(session, actor, document, PERBUP)
    assert stated(session, document) == first


def test_a_regulation_that_arrives_later_is_what_earlier_texts_spoke_of(session: Session, take_in: TakeIn) -> None:
    perbup = take_in(PERBUP)
    cited = select(RegulationRelation).where(RegulationRelation.to_text.contains("Nomor 3 Tahun 2016"))
    assert session.scalars(cited).one().to_id is None
    perda = take_in(PERDA)
    assert perda.regulation_id is not None
    session.expire_all()
    assert session.scalars(cited).one().to_id == perda.regulation_id
    assert perbup.regulation_id != perda.regulation_id


def test_relations_go_when_the_identity_no_longer_holds(session: Session, actor: Actor, take_in: TakeIn) -> None:
    document = take_in(PERBUP)
    with transaction(session):
        read_again(session, actor, document, PERBUP.replace("NOMOR 6 TAHUN 2019", "NOMOR … TAHUN 2019"))
    assert document.regulation_id is None
    assert stated(session, document) == {}


def test_what_the_text_tells_completes_a_regulation_known_only_from_a_claim(session: Session, take_in: TakeIn) -> None:
    chosen = select(Regulation).where(
        Regulation.jenis == "Perbup", Regulation.wilayah == "62.06", Regulation.tahun == 2019
    )
    known = session.scalars(chosen).one()
    told, unknown = known.judul, known.ditetapkan
    assert take_in(PERBUP).regulation_id == known.id
    assert (unknown, known.ditetapkan) == (None, date(2019, 2, 4))
    assert (known.judul, known.status) == (told, None)


def test_an_act_known_without_issuer_is_the_head_of_regions() -> None:
    known = Regulation(jenis="Instruksi", nomor="1", tahun=2016, wilayah="35.08", penerbit=None)
    for penerbit, same in (("Bupati Lumajang", True), ("Wali Kota Batu", True), ("Sekretaris Daerah", False)):
        text = Document(jenis="Instruksi", nomor="001", tahun=2016, wilayah="35.08", penerbit=penerbit)
        assert is_same(text, known) is same


def test_a_ministry_is_the_same_however_it_is_written() -> None:
    assert folded_issuer("Menteri Ketenagakerjaan Republik Indonesia") == folded_issuer("MENTERI KETENAGAKERJAAN")
    assert folded_issuer("Menteri Keuangan") != folded_issuer("Menteri Ketenagakerjaan")
