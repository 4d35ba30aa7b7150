"""The catalogue of legal acts in the browser."""

from __future__ import annotations

from datetime import date

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
    assert "Dasar hukum Undang-Undang Nomor 24 Tahun 2011" in outgoing.text
    assert any(link.startswith(f"/dokumen/{document}/halaman/1") for link in outgoing.links)
    assert "Menjadi dasar hukum bagi" in incoming.text
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


def _relate(app: Flask, source: int, target: int | None, kind: str = "mencabut", **columns: object) -> int:
    """A relation read from page 1 of a sample, waiting for a person."""
    document = row(app, Document, file_sha256=row(app, Document, id=hold(app)).file_sha256).id
    with app.app_context():
        session = app.extensions["patuh_sessions"]()
        with transaction(session):
            text = "Peraturan Bupati Katingan Nomor 6 Tahun 2019"
            known = {
                "to_text": text,
                "document_id": document,
                "page": 1,
                "quote": f"{text} dicabut.",
                "is_sourced": True,
            }
            bond = RegulationRelation(from_id=source, kind=kind, to_id=target, **{**known, **columns})
            session.add(bond)
            session.flush()
            audit.record(session, SYSTEM, "uji", ("peraturan", source))
            return bond.id


def _add_act(app: Flask, **columns: object) -> int:
    with app.app_context():
        session = app.extensions["patuh_sessions"]()
        with transaction(session):
            known = {"jenis": "Perbup", "wilayah": "62.06", "recorded_at": now()}
            act = Regulation(**{**known, **columns})
            session.add(act)
            session.flush()
            audit.record(session, SYSTEM, "uji", ("peraturan", act.id))
            return act.id


def _later(app: Flask) -> int:
    day = date(2023, 3, 9)
    return _add_act(app, nomor="3", tahun=2023, ditetapkan=day, diundangkan=day)


def test_a_proposed_repeal_is_shown_with_its_proof_and_as_unconfirmed(app: Flask, sign_in) -> None:
    old, new = _add_local(app), _later(app)
    _relate(app, new, old)
    page = page_of(sign_in().get(f"/peraturan/{old}"))
    assert "dicabut 9 Maret 2023, belum dikonfirmasi" in page.text
    assert "Peraturan Bupati Katingan Nomor 3 Tahun 2023 halaman 1; belum dikonfirmasi siapa pun" in page.text
    assert "9 Maret 2023 Dicabut oleh Peraturan Bupati Katingan Nomor 3 Tahun 2023" in page.text
    assert any("halaman/1?q=%22Peraturan" in link for link in page.links)


def test_the_standing_is_told_as_at_any_day(app: Flask, sign_in) -> None:
    client, number = sign_in(), _number(app, "inpres-4-2022")
    assert "Per 31 Desember 2024: berlaku" in page_of(client.get(f"/peraturan/{number}?per=2024-12-31")).text
    assert "habis masa berlaku 31 Desember 2024" in page_of(client.get(f"/peraturan/{number}?per=2025-01-01")).text
    assert "belum ditetapkan" in page_of(client.get(f"/peraturan/{number}?per=2020-01-01")).text
    assert "tidak terbaca" in page_of(client.get(f"/peraturan/{number}?per=besok")).text


def test_nothing_is_called_in_force_that_nobody_says_is(app: Flask, sign_in) -> None:
    client = sign_in()
    assert "status belum diperiksa" in page_of(client.get(f"/peraturan/{_add_local(app)}")).text
    assert "berlaku sejauh diketahui" in page_of(client.get(f"/peraturan/{_later(app)}")).text


def test_the_queue_accepts_and_refuses_what_is_ticked(app: Flask, sign_in) -> None:
    old, new = _add_local(app), _later(app)
    number = _relate(app, new, old)
    client = sign_in(Role.VERIFIKATOR, "62")
    page = page_of(client.get("/peraturan/hubungan"))
    assert "Peraturan Bupati Katingan Nomor 6 Tahun 2019 dicabut." in page.text
    refused = client.post("/peraturan/hubungan", data={"id": number, "keputusan": "ditolak"})
    assert refused.status_code == 422
    assert "Tulis alasan menolak" in page_of(refused, 422).text
    client.post("/peraturan/hubungan", data={"id": number, "keputusan": "diterima"})
    assert row(app, RegulationRelation, id=number).decision == "diterima"
    assert row(app, Regulation, id=old).status == "dicabut"
    assert "Tidak ada hubungan yang menunggu." in page_of(client.get(f"/peraturan/hubungan?peraturan={new}")).text
    assert "dikonfirmasi oleh verifikator provinsi 62" in page_of(client.get(f"/peraturan/{old}")).text


def test_a_decision_can_be_turned_round_on_the_page_of_the_relation(app: Flask, sign_in) -> None:
    old, new = _add_local(app), _later(app)
    number = _relate(app, new, old, decision="diterima")
    client = sign_in()
    assert client.post(f"/peraturan/hubungan/{number}", data={"keputusan": "ditolak"}).status_code == 422
    client.post(f"/peraturan/hubungan/{number}", data={"keputusan": "ditolak", "alasan": "salah baca"})
    assert row(app, RegulationRelation, id=number).decision_reason == "salah baca"
    assert "salah baca" in page_of(client.get(f"/peraturan/{new}")).text
    assert "Dicabut oleh" not in page_of(client.get(f"/dokumen/{row(app, Document, id=1).id}")).text


def test_an_unknown_target_is_chosen_among_acts_of_its_number(app: Flask, sign_in) -> None:
    old, new = _add_local(app), _later(app)
    number = _relate(app, new, None, to_text="Peraturan Bupati Nomor 6 Tahun 2019")
    client = sign_in()
    page = page_of(client.get(f"/peraturan/hubungan/{number}"))
    assert f'value="{old}"' in client.get(f"/peraturan/hubungan/{number}").text
    assert "Peraturan mana yang dimaksud?" in page.text
    assert page_of(client.get(f"/peraturan/hubungan/{number}?cari=sistem jaminan sosial nasional"))
    client.post(f"/peraturan/hubungan/{number}", data={"sasaran": old, "keputusan": ""})
    bond = row(app, RegulationRelation, id=number)
    assert (bond.to_id, bond.decision) == (old, None)


def test_a_relation_is_entered_by_hand_and_what_is_missing_is_said(app: Flask, sign_in) -> None:
    old, new = _add_local(app), _later(app)
    client = sign_in()
    assert "1. Cari peraturan yang lain" in page_of(client.get(f"/peraturan/{new}/hubungan?cari=6/2019")).text
    wrong = client.post(f"/peraturan/{new}/hubungan", data={"hubungan": "mencabut"})
    assert wrong.status_code == 422
    assert "Pilih peraturannya, atau tulis namanya." in page_of(wrong, 422).text
    client.post(
        f"/peraturan/{new}/hubungan", data={"hubungan": "mengubah", "sasaran": old, "alasan": "Berita Daerah 2023/3"}
    )
    assert row(app, RegulationRelation, from_id=new).origin == "orang"
    assert "berlaku, sudah diubah" in page_of(client.get(f"/peraturan/{old}")).text


def test_a_relation_known_already_or_to_itself_is_refused_with_the_chosen_act_still_chosen(app: Flask, sign_in) -> None:
    old, new = _add_local(app), _later(app)
    client = sign_in()
    typed = {"hubungan": "mengubah", "sasaran": old, "alasan": "Berita Daerah 2023/3", "cari": "6/2019"}
    assert client.post(f"/peraturan/{new}/hubungan", data=typed).status_code == 302
    again = client.post(f"/peraturan/{new}/hubungan", data=typed)
    assert "Hubungan itu sudah tercatat" in page_of(again, 422).text
    assert f'value="{old}" checked' in again.text
    itself = client.post(f"/peraturan/{new}/hubungan", data={**typed, "sasaran": new})
    assert "tidak berhubungan dengan dirinya sendiri" in page_of(itself, 422).text


def test_only_verifiers_of_the_region_decide(app: Flask, sign_in) -> None:
    old, new = _add_local(app), _later(app)
    number = _relate(app, new, old)
    form = {"id": number, "keputusan": "diterima"}
    assert sign_in(Role.OPERATOR, "62.06").post("/peraturan/hubungan", data=form).status_code == 403
    stranger = sign_in(Role.VERIFIKATOR, "52")
    assert stranger.post("/peraturan/hubungan", data=form).status_code == 404
    assert stranger.get(f"/peraturan/hubungan/{number}").status_code == 404
    assert stranger.get(f"/peraturan/{new}/hubungan").status_code == 404
    assert "Katingan" not in page_of(stranger.get("/peraturan/hubungan")).text
    reader = sign_in(Role.PEMBACA, "62")
    assert "Peraturan mana yang dimaksud?" not in page_of(reader.get(f"/peraturan/hubungan/{number}")).text


def test_citing_an_instrument_that_had_ended_is_marked_on_both_pages(app: Flask, sign_in) -> None:
    ended = _number(app, "inpres-4-2022")
    late = _add_act(app, nomor="1", tahun=2025, ditetapkan=date(2025, 2, 3))
    _relate(app, late, ended, "dasar hukum", to_text="Instruksi Presiden Nomor 4 Tahun 2022")
    client = sign_in()
    for page in (f"/peraturan/{late}", f"/peraturan/{ended}"):
        assert "sudah berakhir saat dirujuk: habis masa berlaku 31 Desember 2024" in page_of(client.get(page)).text


def test_contradictions_are_told_with_what_to_do(app: Flask, sign_in) -> None:
    old, new = _add_local(app), _later(app)
    _relate(app, old, new)
    page = page_of(sign_in().get(f"/peraturan/{new}"))
    assert "status belum diperiksa" in page.text
    assert "dibuat sebelum peraturan ini" in page.text


def test_what_a_jdih_says_stands_beside_our_record(app: Flask, sign_in) -> None:
    act = _add_act(
        app, nomor="5", tahun=2020, jdih={"status": "Tidak Berlaku", "urlDetailPeraturan": "https://jdih.example/5"}
    )
    page = page_of(sign_in().get(f"/peraturan/{act}"))
    assert "tidak berlaku, belum diverifikasi Menurut keterangan JDIH." in page.text
    assert "Status menurut JDIH Tidak Berlaku" in page.text


def test_an_act_of_another_province_is_not_named_where_it_ends_one_of_ours(app: Flask, sign_in) -> None:
    old = _add_local(app)
    foreign = _add_act(app, nomor="8", tahun=2024, wilayah="52.03", diundangkan=date(2024, 1, 2))
    _relate(app, foreign, old, decision="diterima")
    page = page_of(sign_in(Role.PEMBACA, "62").get(f"/peraturan/{old}"))
    assert "dicabut 2 Januari 2024" in page.text
    assert "Lombok" not in page.text
