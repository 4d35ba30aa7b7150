"""What a held text says of other regulations: proved by its page, leading to the right act, gone when the text no longer says it."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from compliance.actor import Actor
from compliance.config import Settings
from compliance.db import session_factory, transaction
from compliance.models import Document, Regulation, RegulationRelation
from compliance.queries.printed_regions import printed_regions
from compliance.rules.identity import folded_issuer, is_same
from compliance.services import audit, documents, reading, standing
from compliance.services.known_regulations import KnownRegulations, NamedAct
from compliance.tasks import Worker
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


def bond_to(session: Session, nomor: str) -> RegulationRelation:
    """The only relation whose words name this number."""
    named = select(RegulationRelation).where(RegulationRelation.to_text.contains(f"Nomor {nomor} "))
    return session.scalars(named).one()


def decide(session: Session, actor: Actor, bond: RegulationRelation, decision: str) -> None:
    with transaction(session):
        bond.decision = decision
        audit.record(session, actor, "uji", ("peraturan", bond.from_id))


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


def test_a_refused_relation_does_not_come_back_as_a_proposal(session: Session, actor: Actor, take_in: TakeIn) -> None:
    document = take_in(PERBUP)
    decide(session, actor, bond_to(session, "4"), "ditolak")
    with transaction(session):
        read_again(session, actor, document, PERBUP.replace("Nomor 4 Tahun", "NOMOR 4 TAHUN"))
    assert [
        bond.decision
        for bond in session.scalars(
            select(RegulationRelation).where(
                RegulationRelation.kind == "mencabut", RegulationRelation.document_id == document.id
            )
        )
    ] == ["ditolak"]


def test_an_accepted_relation_stays_when_the_text_no_longer_says_it_and_says_so(
    session: Session, actor: Actor, take_in: TakeIn
) -> None:
    document = take_in(PERBUP)
    bond = bond_to(session, "4")
    decide(session, actor, bond, "diterima")
    without = PERBUP.replace("Peraturan Bupati Katingan Nomor 4 Tahun 2017 dicabut", "Semua hal lain dicabut")
    for text, missing in ((without, True), (PERBUP, False)):
        with transaction(session):
            read_again(session, actor, document, text)
        session.refresh(bond)
        assert (bond.decision, bond.is_missing, bond.page) == ("diterima", missing, 1)


def test_a_copy_of_the_text_proposes_nothing_that_was_decided_on(
    session: Session, actor: Actor, take_in: TakeIn
) -> None:
    take_in(PERBUP)
    decide(session, actor, bond_to(session, "4"), "ditolak")
    copy = take_in(PERBUP + "salinan sesuai dengan aslinya")
    again = select(RegulationRelation).where(
        RegulationRelation.document_id == copy.id, RegulationRelation.kind == "mencabut"
    )
    assert session.scalars(again).one().decision == "ditolak"


def test_a_decision_follows_the_document_to_the_regulation_it_belongs_to(
    session: Session, actor: Actor, take_in: TakeIn
) -> None:
    document = take_in(PERBUP)
    bond = bond_to(session, "4")
    decide(session, actor, bond, "diterima")
    with transaction(session):
        read_again(session, actor, document, PERBUP.replace("NOMOR 6 TAHUN 2019", "NOMOR 7 TAHUN 2019"))
    session.refresh(bond)
    assert (bond.from_id, bond.is_missing) == (document.regulation_id, False)


def test_a_regulation_without_its_region_in_print_is_amended_by_its_like_of_the_same_region(
    session: Session, take_in: TakeIn
) -> None:
    first = take_in(PERBUP)
    text = PERBUP.replace("NOMOR 6 TAHUN 2019", "NOMOR 8 TAHUN 2020").replace(
        "PERCOBAAN HUBUNGAN\n", "PERUBAHAN ATAS PERATURAN BUPATI NOMOR 6 TAHUN 2019\nTENTANG PERCOBAAN\n", 1
    )
    second = take_in(text.replace("4 Februari 2019", "4 Februari 2020"))
    amending = select(RegulationRelation).where(
        RegulationRelation.kind == "mengubah", RegulationRelation.document_id == second.id
    )
    assert session.scalars(amending).one().to_id == first.regulation_id


def test_the_stored_status_follows_what_is_decided_and_search_is_told(
    session: Session, actor: Actor, take_in: TakeIn
) -> None:
    old = take_in(
        PERBUP.replace("NOMOR 6 TAHUN 2019", "NOMOR 4 TAHUN 2017")
        .replace("Nomor 4 Tahun", "Nomor 1 Tahun")
        .replace("4 Februari 2019", "4 Februari 2017")
    )
    take_in(PERBUP)
    session.refresh(old)
    before = old.search_hash
    assert old.status is None
    decide(session, actor, bond_to(session, "4"), "diterima")
    with transaction(session):
        standing.refresh_standings(session, [old.regulation_id])
        audit.record(session, actor, "uji", ("peraturan", 1))
    session.refresh(old)
    assert old.status == "dicabut"
    assert old.search_hash != before
    assert old.regulation is not None
    assert old.regulation.status == "dicabut"


def test_what_ran_out_overnight_says_so_after_the_sweep(
    session: Session, actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = select(Regulation).where(Regulation.slug == "inpres-8-2025")
    assert session.scalars(chosen).one().status == "berlaku"
    monkeypatch.setattr(standing, "today", lambda: date(2030, 1, 1))
    with transaction(session):
        assert standing.refresh_all_standings(session, actor) > 0
    assert session.scalars(chosen).one().status == "habis"
    with transaction(session):
        assert standing.refresh_all_standings(session, actor) == 0


def test_the_worker_brings_statuses_to_the_day(session: Session, settings: Settings) -> None:
    chosen = select(Regulation).where(Regulation.slug == "inpres-8-2025")
    session.execute(
        update(Regulation).where(Regulation.slug == "inpres-8-2025").values(berlaku_sampai=date(2025, 4, 1))
    )
    session.commit()
    indexed = []
    sessions = session_factory(session.get_bind())
    Worker(sessions, settings, lambda: indexed.append(session.scalars(chosen).one().status)).work_once()
    assert indexed == ["habis"]


def test_a_regulation_that_arrives_later_is_what_earlier_texts_spoke_of(session: Session, take_in: TakeIn) -> None:
    perbup = take_in(PERBUP)
    cited = select(RegulationRelation).where(RegulationRelation.to_text.contains("Nomor 3 Tahun 2016"))
    assert session.scalars(cited).one().to_id is None
    perda = take_in(PERDA)
    assert perda.regulation_id is not None
    session.expire_all()
    assert session.scalars(cited).one().to_id == perda.regulation_id
    assert perbup.regulation_id != perda.regulation_id


def test_a_regulation_known_from_a_claim_is_what_earlier_texts_spoke_of(
    session: Session, actor: Actor, take_in: TakeIn
) -> None:
    take_in(PERBUP)
    named = NamedAct("62.06", "Perbup", "4", 2017, "", "uji", "")
    with transaction(session):
        known = KnownRegulations(session).named(named)
        audit.record(session, actor, "uji", ("peraturan", 1))
    assert known is not None
    assert bond_to(session, "4").to_id == known.id


def test_a_misread_year_still_leads_to_the_regulation(session: Session, take_in: TakeIn) -> None:
    take_in(PERBUP.replace("Nomor 3 Tahun 2016", "Nomor 3 Tahun 2O16"))
    perda = take_in(PERDA)
    session.expire_all()
    assert bond_to(session, "3").to_id == perda.regulation_id


MINISTERIAL = """MENTERI KETENAGAKERJAAN
REPUBLIK INDONESIA
PERATURAN MENTERI KETENAGAKERJAAN
REPUBLIK INDONESIA
NOMOR {nomor} TAHUN 2019
TENTANG
PERCOBAAN {nomor}
Menetapkan : PERATURAN MENTERI TENTANG PERCOBAAN.
Pasal 1
Peraturan Menteri Ketenagakerjaan Nomor 71 Tahun 2019 dicabut.
Ditetapkan di Jakarta
pada tanggal 4 Februari 2019
MENTERI KETENAGAKERJAAN,
"""


def test_a_ministers_regulation_that_arrives_later_is_recognised_by_its_ministry(
    session: Session, take_in: TakeIn
) -> None:
    take_in(MINISTERIAL.format(nomor=72))
    later = take_in(MINISTERIAL.format(nomor=71).replace("Nomor 71", "Nomor 70"))
    assert later.regulation_id is not None
    session.expire_all()
    assert bond_to(session, "71").to_id == later.regulation_id


def test_what_the_catalogue_says_in_short_and_the_text_in_full_is_one_relation(
    session: Session, take_in: TakeIn
) -> None:
    text = PERDA.replace(
        "PERATURAN DAERAH KABUPATEN KATINGAN\nNOMOR 3 TAHUN 2016",
        "UNDANG-UNDANG REPUBLIK INDONESIA\nNOMOR 24 TAHUN 2011",
    )
    text = text.replace("Naskah ini percobaan.", "Undang-Undang Nomor 3 Tahun 1992 dicabut.").replace(
        "Februari 2016", "Februari 2011"
    )
    law = take_in(text)
    stated = select(RegulationRelation).where(
        RegulationRelation.from_id == law.regulation_id, RegulationRelation.kind == "mencabut"
    )
    (bond,) = session.scalars(stated)
    assert (bond.origin, bond.decision, bond.page) == ("katalog", "diterima", 1)


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
