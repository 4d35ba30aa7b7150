"""The bin in the browser: put aside with a reason, told at the old address, restored; who may."""

from __future__ import annotations

from flask import Flask

from compliance.actor import Role
from compliance.db import transaction
from compliance.models import AuditRow, Document, StageClaim, User
from compliance.services import documents
from tests.unit.web.held import SAMPLES, SYSTEM, hold, row
from tests.unit.web.strict_page import page_of


def test_a_document_goes_to_the_bin_with_a_reason_and_comes_back(app: Flask, sign_in) -> None:
    held = hold(app, wilayah="62.06")
    client = sign_in(Role.VERIFIKATOR, "62")
    asked = page_of(client.get(f"/dokumen/{held}/keranjang"))
    assert "tetap tersimpan" in asked.text
    assert client.post(f"/dokumen/{held}/keranjang", data={"alasan": " "}).status_code == 422
    gone = page_of(client.post(f"/dokumen/{held}/keranjang", data={"alasan": "salah unggah"}, follow_redirects=True))
    assert "salah unggah" in gone.text
    assert row(app, AuditRow, action="memindahkan ke keranjang").detail == "salah unggah"
    assert f"/dokumen/{held}" not in page_of(client.get("/dokumen/")).links
    back = client.post(f"/dokumen/{held}/pulihkan", follow_redirects=True)
    assert back.status_code == 200
    assert row(app, Document, id=held).deleted_at is None


def test_every_address_of_a_binned_document_says_where_it_is_since_when_and_by_whom(app: Flask, sign_in) -> None:
    held = hold(app, wilayah="62.06")
    client = sign_in(Role.VERIFIKATOR, "62")
    client.post(f"/dokumen/{held}/keranjang", data={"alasan": "salah unggah"})
    for address in ("", "/halaman/1", "/halaman/1/gambar.png", "/asli", "/versi", "/pasal/1"):
        answer = client.get(f"/dokumen/{held}{address}")
        page = page_of(answer, 404)
        assert "ada di keranjang" in page.text
        assert "verifikator provinsi 62" in page.text
        assert "salah unggah" in page.text
        assert 'action="/dokumen/1/pulihkan"' in answer.text
    reader = sign_in(Role.PEMBACA, "62")
    assert "/pulihkan" not in reader.get(f"/dokumen/{held}").text
    stranger = sign_in(Role.PEMBACA, "52")
    assert "keranjang" not in page_of(stranger.get(f"/dokumen/{held}"), 404).text


def test_who_sent_a_document_in_may_put_it_aside_only_while_nobody_relies_on_it(app: Flask, sign_in) -> None:
    client = sign_in(Role.OPERATOR, "62.06")
    own = hold(app, wilayah="62.06", received_by=row(app, User, email="operator.62.06@uji.local").id)
    others = hold(app, "kutipan-apbd.pdf", wilayah="62.06")
    assert client.post(f"/dokumen/{others}/keranjang", data={"alasan": "salah"}).status_code == 403
    assert "Hanya verifikator" in page_of(client.get(f"/dokumen/{others}/keranjang")).text
    assert client.post(f"/dokumen/{own}/keranjang", data={"alasan": "salah"}).status_code == 303
    assert client.post(f"/dokumen/{own}/pulihkan").status_code == 303
    verifier = sign_in(Role.VERIFIKATOR, "62")
    checked = verifier.post(f"/dokumen/{own}/identitas", data={"nomor": "8"})
    assert checked.status_code == 302
    assert client.post(f"/dokumen/{own}/keranjang", data={"alasan": "salah"}).status_code == 403


def test_the_same_file_offered_again_is_known_to_lie_in_the_bin(app: Flask, sign_in) -> None:
    held = hold(app)
    sign_in().post(f"/dokumen/{held}/keranjang", data={"alasan": "salah"})
    with app.app_context():
        session, store = app.extensions["patuh_sessions"](), app.extensions["patuh_settings"].store
        with transaction(session), (SAMPLES / "perbup-pekerja-rentan.pdf").open("rb") as stream:
            kept = documents.keep_bytes(store, stream)
            received = documents.receive_document(session, SYSTEM, kept, "nama lain.pdf")
            assert (received.document.id, received.is_new, received.in_bin) == (held, False, True)


def test_a_document_can_t_be_put_aside_or_restored_twice(app: Flask, sign_in) -> None:
    held = hold(app)
    client = sign_in()
    client.post(f"/dokumen/{held}/keranjang", data={"alasan": "salah"})
    assert "ada di keranjang" in page_of(client.post(f"/dokumen/{held}/keranjang", data={"alasan": "x"}), 404).text
    client.post(f"/dokumen/{held}/pulihkan")
    assert "tidak ada di keranjang" in page_of(client.post(f"/dokumen/{held}/pulihkan"), 404).text


def test_a_claim_whose_proof_lies_in_the_bin_says_so_wherever_it_is_shown(app: Flask, sign_in) -> None:
    held = hold(app, wilayah="62.06", is_sample=False)
    client = sign_in(Role.VERIFIKATOR, "62")
    told = {
        "tangga": "R4",
        "judul": "Jaminan",
        "bentuk": "Perda",
        "nomor": "12",
        "tahun": "2022",
        "tanggal": "Mei 2022",
    }
    told |= {"dokumen": str(held), "halaman": "1"}
    assert client.post("/wilayah/62.06/catat/regulasi", data=told).status_code == 302
    claim = row(app, StageClaim, wilayah="62.06", document_id=held)
    assert "1 catatan memakai dokumen ini" in page_of(client.get(f"/dokumen/{held}/keranjang")).text
    pages = (f"/klaim/{claim.id}", "/wilayah/62.06", "/provinsi/62")
    assert not any("bukti ada di keranjang" in client.get(address).text for address in pages)
    client.post(f"/dokumen/{held}/keranjang", data={"alasan": "salah"})
    for address in pages:
        assert "bukti ada di keranjang" in page_of(client.get(address)).text, address


def test_the_bin_is_reached_from_the_list_of_documents_once_something_lies_in_it(app: Flask, sign_in) -> None:
    held = hold(app)
    client = sign_in()
    assert "Keranjang kosong" in page_of(client.get("/keranjang")).text
    assert "/keranjang" not in page_of(client.get("/dokumen/")).links
    assert f"/dokumen/{held}/versi" in page_of(client.get(f"/dokumen/{held}")).links
    client.post(f"/dokumen/{held}/keranjang", data={"alasan": "salah"})
    assert "/keranjang" in page_of(client.get("/dokumen/")).links
