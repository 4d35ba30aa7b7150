"""The queue, one document beside its cut-outs, and claims to one identity, as a browser without scripts uses them."""

from __future__ import annotations

from flask import Flask

from compliance.actor import Role
from compliance.models import Document, DocumentField
from tests.unit.web.held import hold, row
from tests.unit.web.strict_page import page_of

SETTLED = {"nomor": "8", "wilayah": "62.06", "ditetapkan": "14 Maret 2024", "diundangkan": "15 Maret 2024"}


def doubted(app: Flask, name: str = "perbup-pekerja-rentan.pdf", **columns: object) -> int:
    return hold(app, name, **{"wilayah": "62.06", "doubtful": ["nomor"], **columns})


def test_the_navigation_counts_what_waits_for_those_who_may_settle_it(app: Flask, sign_in) -> None:
    doubted(app)
    assert "Periksa (1)" in sign_in(Role.VERIFIKATOR, "62").get("/").text
    assert "Periksa (" not in sign_in(Role.VERIFIKATOR, "52").get("/").text
    assert ">Periksa" not in sign_in(Role.OPERATOR, "62").get("/").text


def test_the_queue_names_each_doubt_and_is_closed_to_others(app: Flask, sign_in) -> None:
    number = doubted(app)
    answer = sign_in(Role.VERIFIKATOR, "62").get("/periksa")
    assert "1 dokumen menunggu" in page_of(answer).text
    assert f'href="/periksa/{number}"' in answer.text
    assert sign_in(Role.OPERATOR, "62").get("/periksa").status_code == 403
    assert "Tidak ada yang perlu diperiksa" in page_of(sign_in(Role.VERIFIKATOR, "52").get("/periksa")).text


def test_a_doubtful_field_stands_first_with_its_cut_out_and_the_rest_is_folded_away(app: Flask, sign_in) -> None:
    number = doubted(app)
    text = sign_in(Role.VERIFIKATOR, "62").get(f"/periksa/{number}").text
    form = text[text.index('id="periksa"') :]
    assert form.index("data-doubtful") < form.index(f"/dokumen/{number}/bidang/nomor.png") < form.index("<details")
    assert form.index("<details") < form.index('name="jenis"')
    assert "0 lagi" in text


def test_saving_goes_on_to_the_next_document_and_says_what_was_saved(app: Flask, sign_in) -> None:
    first = doubted(app, "kutipan-apbd.pdf", jenis="Perda", nomor="3", tahun=2020)
    second = doubted(app)
    client = sign_in(Role.VERIFIKATOR, "62")
    answer = client.post(f"/periksa/{second}", data={"nomor": "8"})
    assert answer.location == f"/periksa/{first}"
    text = page_of(client.get(answer.location)).text
    assert "tersimpan atas nama Anda (dibetulkan: nomor 8)" in text
    answer = client.post(f"/periksa/{first}", data={"nomor": "3"})
    assert answer.location == "/periksa"
    assert "dipastikan: nomor 3" in page_of(client.get("/periksa")).text


def test_an_empty_doubtful_field_is_settled_only_when_somebody_says_it_is_not_printed(app: Flask, sign_in) -> None:
    number = doubted(app)
    client = sign_in(Role.VERIFIKATOR, "62")
    answer = client.post(f"/periksa/{number}", data={"nomor": ""})
    assert "centang" in page_of(answer, 422).text
    assert row(app, Document, id=number).doubtful == ["nomor"]
    assert client.post(f"/periksa/{number}", data={"nomor": "", "tidak-ada": "nomor"}).status_code == 302
    held = row(app, Document, id=number)
    assert (held.nomor, held.doubtful) == (None, [])


def test_fields_left_out_of_a_form_stay(app: Flask, sign_in) -> None:
    number = doubted(app)
    before = row(app, Document, id=number).ditetapkan
    sign_in(Role.VERIFIKATOR, "62").post(f"/periksa/{number}", data={"nomor": "8"})
    assert before is not None
    assert row(app, Document, id=number).ditetapkan == before


def test_moving_a_document_to_another_province_asks_first(app: Flask, sign_in) -> None:
    number, client = doubted(app), sign_in(Role.VERIFIKATOR, "00")
    asked = client.post(f"/periksa/{number}", data={"wilayah": "52.03"})
    assert "Kabupaten Lombok Timur" in page_of(asked, 422).text
    assert 'name="pindah"' in asked.text
    assert row(app, Document, id=number).wilayah == "62.06"
    assert client.post(f"/periksa/{number}", data={"wilayah": "52.03", "pindah": "ya"}).status_code == 302
    assert row(app, Document, id=number).wilayah == "52.03"


def test_a_national_text_is_refused_to_a_province_with_the_reason(app: Flask, sign_in) -> None:
    number = doubted(app, jenis="Permen", wilayah="00")
    client = sign_in(Role.VERIFIKATOR, "62")
    for answer in (client.get(f"/periksa/{number}"), client.post(f"/periksa/{number}", data={"nomor": "9"})):
        assert answer.status_code == 403
        assert "tingkat nasional" in answer.text
    assert "Periksa identitas</a>" not in client.get(f"/dokumen/{number}").text
    assert "Periksa identitas</a>" in sign_in(Role.VERIFIKATOR, "00").get(f"/dokumen/{number}").text


def test_the_page_of_a_document_tells_who_settled_what_and_keeps_the_cut_out(app: Flask, sign_in) -> None:
    number, client = doubted(app), sign_in(Role.VERIFIKATOR, "62")
    client.post(f"/dokumen/{number}/identitas", data={"nomor": "8"})
    text = page_of(client.get(f"/dokumen/{number}")).text
    assert "Nomor 8: diperiksa oleh verifikator provinsi 62" in text
    with client.get(f"/dokumen/{number}/bidang/nomor.png") as picture:
        assert picture.status_code == 200
    assert row(app, DocumentField, document_id=number, name="nomor", value="8").author_id is not None


def test_two_documents_of_one_identity_stand_side_by_side_and_can_become_one(app: Flask, sign_in) -> None:
    first = doubted(app, doubtful=[], jenis="Perbup", nomor="6", tahun=2019)
    second = doubted(app, "keputusan-penerima.pdf", doubtful=[], jenis="Perbup", nomor="06", tahun=2019)
    client = sign_in(Role.VERIFIKATOR, "62")
    assert f'href="/periksa/kembar/{first}"' in client.get("/periksa/kembar").text
    for number in (first, second):
        assert f"/periksa/kembar/{number}" in client.get(f"/dokumen/{number}").text
        assert f"/periksa/kembar/{number}" in client.get(f"/dokumen/{number}/identitas").text
    page = client.get(f"/periksa/kembar/{first}")
    page_of(client.get("/periksa/kembar"))
    page_of(page)
    for part in (
        f"/dokumen/{first}/halaman/1/gambar.png",
        f"/dokumen/{second}/bidang/nomor.png",
        f"/dokumen/{second}/identitas",
    ):
        assert part in page.text
    merged = client.post(
        f"/dokumen/{first}/versi/gabung", data={"dokumen": second, "alasan": "sama", "sebagai": "lama"}
    )
    assert merged.status_code == 303
    assert "Tidak ada identitas kembar" in page_of(client.get("/periksa/kembar")).text
    assert "Tidak ada dokumen lain" in page_of(client.get(f"/periksa/kembar/{first}")).text
    assert client.get("/periksa/kembar").status_code == 200


def test_claims_to_one_identity_are_not_told_to_other_provinces(app: Flask, sign_in) -> None:
    for name in ("perbup-pekerja-rentan.pdf", "keputusan-penerima.pdf"):
        number = doubted(app, name, doubtful=[], jenis="Perbup", nomor="6", tahun=2019)
    stranger = sign_in(Role.VERIFIKATOR, "52")
    assert "Tidak ada identitas kembar" in stranger.get("/periksa/kembar").text
    assert stranger.get(f"/periksa/kembar/{number}").status_code == 404


def test_a_saved_identity_that_another_document_claims_is_told_at_once(app: Flask, sign_in) -> None:
    doubted(app, "keputusan-penerima.pdf", doubtful=[], jenis="Perbup", nomor="8", tahun=2024)
    number, client = doubted(app, jenis="Perbup", tahun=2024), sign_in(Role.VERIFIKATOR, "62")
    answer = client.post(f"/periksa/{number}", data={"nomor": "8"})
    assert "Dokumen lain mengaku sebagai" in client.get(answer.location).text
