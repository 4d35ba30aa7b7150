"""The catalogue of legal acts in the browser."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from compliance.actor import Role
from compliance.db import now, transaction
from compliance.models import Document, Regulation, RegulationRelation, StageClaim
from compliance.services import audit
from tests.unit.web.held import SYSTEM, hold, row
from tests.unit.web.strict_page import page_of


def _number(app: Flask, slug: str) -> int:
    return row(app, Regulation, slug=slug).id


def _add_local(app: Flask) -> int:
    with app.app_context():
        session = app.extensions["patuh_sessions"]()
        with transaction(session):
            act = Regulation(jenis="Perbup", nomor="6", tahun=2019, wilayah="62.06", judul="Uji", recorded_at=now())
            session.add(act)
            session.flush()
            audit.record(session, SYSTEM, "uji", ("peraturan", act.id))
            return act.id


def test_the_catalogue_says_for_each_act_whether_its_text_is_held(app: Flask, sign_in) -> None:
    page = page_of(sign_in().get("/peraturan/"))
    assert "Instruksi Presiden Nomor 2 Tahun 2021" in page.text
    assert "belum ada naskahnya" in page.text
    assert "/dokumen/unggah" in page.links


def test_an_act_whose_text_is_held_leads_to_it_and_leaves_the_list_of_missing_ones(app: Flask, sign_in) -> None:
    act = _add_local(app)
    document = hold(app, regulation_id=act)
    client = sign_in()
    assert f"/dokumen/{document}" in page_of(client.get("/peraturan/?jenis=Perbup")).links
    assert f"/peraturan/{act}" not in page_of(client.get("/peraturan/?jenis=Perbup&tanpa_naskah=1")).links
    assert f"/dokumen/{document}" in page_of(client.get(f"/peraturan/{act}")).links
    assert f"/peraturan/{act}" in page_of(client.get(f"/dokumen/{document}")).links


def test_a_text_that_could_not_be_read_does_not_count_as_held(app: Flask, sign_in) -> None:
    act = _add_local(app)
    hold(app, regulation_id=act, reading_state="gagal")
    assert f"/peraturan/{act}" in page_of(sign_in().get("/peraturan/?jenis=Perbup&tanpa_naskah=1")).links


def test_the_catalogue_can_be_narrowed_to_a_province_with_its_kabupaten(app: Flask, sign_in) -> None:
    act = _add_local(app)
    client = sign_in()
    assert f"/peraturan/{act}" in page_of(client.get("/peraturan/?wilayah=62")).links
    assert f"/peraturan/{act}" not in page_of(client.get("/peraturan/?wilayah=6")).links
    assert f"/peraturan/{act}" not in page_of(client.get("/peraturan/?wilayah=00")).links
    assert "Tidak ada peraturan dengan saringan ini." in page_of(client.get("/peraturan/?tahun=1901")).text


def test_an_instrument_whose_validity_ran_out_is_marked_with_the_day(app: Flask, sign_in) -> None:
    page = page_of(sign_in().get(f"/peraturan/{_number(app, 'inpres-4-2022')}"))
    assert "habis masa berlaku 31 Desember 2024" in page.text


def test_what_is_asked_is_marked_sourced_or_unverified(app: Flask, sign_in) -> None:
    page = page_of(sign_in().get(f"/peraturan/{_number(app, 'uu-24-2011')}"))
    assert "bersumber" in page.text
    assert "belum diverifikasi" in page.text


def test_relations_are_seen_from_both_sides_with_the_page_that_proves_them(app: Flask, sign_in) -> None:
    act, document = _add_local(app), hold(app)
    base = _number(app, "uu-24-2011")
    with app.app_context():
        session = app.extensions["patuh_sessions"]()
        with transaction(session):
            bond = RegulationRelation(from_id=act, kind="dasar hukum", to_id=base, to_text="UU 24/2011")
            bond.document_id, bond.page = document, 1
            session.add(bond)
            audit.record(session, SYSTEM, "uji", ("peraturan", act))
    client = sign_in()
    outgoing = page_of(client.get(f"/peraturan/{act}"))
    incoming = page_of(client.get(f"/peraturan/{base}"))
    assert "berdasar pada Undang-Undang Nomor 24 Tahun 2011" in outgoing.text
    assert f"/dokumen/{document}/halaman/1" in outgoing.links
    assert "menjadi dasar bagi" in incoming.text
    assert f"/peraturan/{act}" in incoming.links


def test_an_act_lists_the_claims_that_cite_it(app: Flask, sign_in) -> None:
    with app.app_context():
        session = app.extensions["patuh_sessions"]()
        claim = session.scalars(select(StageClaim).where(StageClaim.regulation_id.is_not(None))).first()
    page = page_of(sign_in().get(f"/peraturan/{claim.regulation_id}"))
    assert f"/klaim/{claim.id}" in page.links


def test_local_acts_of_other_provinces_are_not_to_be_seen(app: Flask, sign_in) -> None:
    act = _add_local(app)
    client = sign_in(Role.PEMBACA, "52.03")
    assert client.get(f"/peraturan/{act}").status_code == 404
    assert f"/peraturan/{act}" not in page_of(client.get("/peraturan/?jenis=Perbup")).links
    assert client.get(f"/peraturan/{_number(app, 'uu-24-2011')}").status_code == 200


def test_a_document_without_certain_identity_says_why_it_has_no_act(app: Flask, sign_in) -> None:
    number = hold(app)
    assert row(app, Document, id=number).regulation_id is None
    assert "Belum tersambung ke katalog" in page_of(sign_in().get(f"/dokumen/{number}")).text
