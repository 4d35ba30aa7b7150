"""What a text names becomes a link: to its own Pasal and ayat, to instruments held, known or unknown here."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from compliance.actor import Actor
from compliance.config import Settings
from compliance.db import transaction
from compliance.models import Document, Page, Regulation
from compliance.queries.citation_links import Link, addresses_of, links_in, links_on
from indexer.lines import lines_of
from tests.unit.compliance.taken import take_in
from tests.unit.indexer.layouts import pages

PERBUP = """PERATURAN BUPATI KATINGAN
NOMOR 6 TAHUN 2019
TENTANG
PERCOBAAN TAUTAN
Menimbang : a. bahwa untuk melaksanakan ketentuan Pasal 2 ayat (1) Peraturan Daerah Kabupaten Katingan Nomor 3 Tahun 2016;
b. bahwa berdasarkan pertimbangan sebagaimana dimaksud dalam huruf a, perlu menetapkan peraturan;
Mengingat : 1. Undang-Undang Nomor 40 Tahun 2004 tentang Sistem Jaminan Sosial Nasional;
2. Undang-Undang Nomor 77 Tahun 1999 tentang Hal yang Tidak Dikenal;
3. Instruksi Presiden Nomor 4 Tahun 2022;
MEMUTUSKAN:
Menetapkan : PERATURAN BUPATI TENTANG PERCOBAAN TAUTAN.
Pasal 1
(1) Pekerja didaftarkan sesuai Pasal 2 ayat (2) huruf a.
(2) Iuran sebagaimana dimaksud pada ayat (1) dibayar menurut Pasal 99.
Pasal 2
(1) Sanksi dikenakan.
(2) Sanksi sebagaimana dimaksud pada ayat (1) berupa:
a. teguran; dan
b. denda menurut huruf a.
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
Pasal 2
(1) Bupati mengatur.
(2) Bupati melapor.
Ditetapkan di Kasongan
pada tanggal 4 Februari 2016
BUPATI KATINGAN,
"""


@pytest.fixture
def perbup(session: Session, actor: Actor, settings: Settings) -> Document:
    with transaction(session):
        take_in(session, actor, settings.store, [PERDA])
        return take_in(session, actor, settings.store, [PERBUP])


def shown(links: Sequence[Link], text: str) -> dict[str, tuple[str, str]]:
    """By the words that are marked: state and address."""
    return {" ".join(text[link.start : link.end].split()): (link.state, link.address) for link in links}


def test_the_documents_own_parts_are_linked_from_where_they_are_named(
    session: Session, actor: Actor, perbup: Document
) -> None:
    found = shown(links_on(session, actor, perbup, PERBUP, page=1), PERBUP)
    assert found["Pasal 2 ayat (2) huruf a"] == ("di sini", "pasal/2/ayat/2/huruf/a")
    assert found["ayat (1)"] == ("di sini", "pasal/2/ayat/1")
    assert "Pasal 99" not in found
    places = [link.address for link in links_on(session, actor, perbup, PERBUP, page=1) if link.state == "di sini"]
    assert places == [
        "menimbang/huruf/a",
        "pasal/2/ayat/2/huruf/a",
        "pasal/1/ayat/1",
        "pasal/2/ayat/1",
        "pasal/2/ayat/2/huruf/a",
    ]


def test_a_pasal_of_another_instrument_leads_to_that_pasal_in_its_text(
    session: Session, actor: Actor, perbup: Document
) -> None:
    links = links_on(session, actor, perbup, PERBUP, page=1)
    found = shown(links, PERBUP)
    assert found["Pasal 2 ayat (1)"] == ("ada naskahnya", "pasal/2/ayat/1")
    assert found["Peraturan Daerah Kabupaten Katingan Nomor 3 Tahun 2016"] == ("ada naskahnya", "")
    perda = session.scalars(select(Document).where(Document.jenis == "Perda")).one()
    assert {link.document_id for link in links if link.state == "ada naskahnya"} == {perda.id}


def test_what_is_known_without_text_and_what_is_unknown_are_told_apart(
    session: Session, actor: Actor, perbup: Document
) -> None:
    found = shown(links_on(session, actor, perbup, PERBUP), PERBUP)
    assert found["Undang-Undang Nomor 40 Tahun 2004"] == ("belum ada naskahnya", "")
    assert found["Undang-Undang Nomor 77 Tahun 1999"] == ("tidak dikenal", "")


def test_an_instrument_that_ended_is_marked(session: Session, actor: Actor, perbup: Document) -> None:
    links = links_on(session, actor, perbup, PERBUP)
    inpres = next(link for link in links if link.act and link.act.jenis == "Inpres")
    assert inpres.act is not None
    assert inpres.act.berlaku_sampai == date(2024, 12, 31)
    assert inpres.standing is not None
    assert inpres.standing.has_ended
    uu = next(link for link in links if link.act and link.act.jenis == "UU")
    assert uu.standing is not None
    assert not uu.standing.has_ended


def test_a_document_does_not_link_to_itself_and_one_in_the_bin_is_not_held(
    session: Session, actor: Actor, perbup: Document
) -> None:
    assert "PERATURAN BUPATI KATINGAN NOMOR 6 TAHUN 2019" not in shown(links_on(session, actor, perbup, PERBUP), PERBUP)
    perda = session.scalars(select(Document).where(Document.jenis == "Perda")).one()
    perda.deleted_at = perda.received_at
    found = shown(links_on(session, actor, perbup, PERBUP), PERBUP)
    assert found["Peraturan Daerah Kabupaten Katingan Nomor 3 Tahun 2016"] == ("belum ada naskahnya", "")
    assert "Pasal 2 ayat (1)" not in found


def test_what_the_actor_may_not_read_is_unknown_to_him(session: Session, actor: Actor, perbup: Document) -> None:
    stranger = Actor(None, "tamu")
    states = {link.state for link in links_on(session, stranger, perbup, PERBUP, page=1)}
    assert states == {"tidak dikenal"}
    assert addresses_of(session, stranger, perbup.id).parts == []


def test_a_citation_over_a_page_break_is_marked_on_both_pages(session: Session, actor: Actor, perbup: Document) -> None:
    texts = ("Mengingat : Undang-Undang Nomor 40", "Tahun 2004 tentang Sistem")
    found = links_in(session, actor, perbup, lines_of(pages(*texts)), addresses_of(session, actor, perbup.id))
    marked = [texts[link.page - 1][link.start : link.end] for link in found]
    assert marked == ["Undang-Undang Nomor 40", "Tahun 2004"]


def test_a_local_instrument_without_its_region_is_not_guessed(session: Session, actor: Actor, perbup: Document) -> None:
    text = "Peraturan Daerah Nomor 3 Tahun 2016"
    assert [link.state for link in links_on(session, actor, perbup, text)] == ["tidak dikenal"]


def test_links_do_not_overlap_and_lie_in_their_text(session: Session, actor: Actor, perbup: Document) -> None:
    page = session.scalars(select(Page).where(Page.document_id == perbup.id)).one()
    links = links_on(session, actor, perbup, page.text, page=1)
    assert all(0 <= link.start < link.end <= len(page.text) for link in links)
    assert all(one.end <= other.start for one, other in itertools.pairwise(links))
    assert session.get(Regulation, perbup.regulation_id) is not None
