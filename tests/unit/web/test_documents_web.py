"""Documents in the browser: list, upload, one document, the reader, pictures, the original, identity checked by a person."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from compliance.actor import Role
from compliance.db import transaction
from compliance.models import AuditRow, Document, DocumentField, File, Work
from compliance.queries.printed_regions import printed_regions
from compliance.services import reading
from tests.pdfs import digital_pdf
from tests.unit.web.held import SYSTEM, hold, row
from tests.unit.web.strict_page import page_of

HOSTILE_NAMES = [
    "../../etc/passwd.pdf",
    "a\x01\x7f\u202eb.pdf",
    "📄 perda.pdf",
    "n" * 300 + ".pdf",
    "..",
    "C:\\x\\y.pdf",
]


def _sent(*files: tuple[bytes, str]) -> dict[str, object]:
    return {"berkas": [(io.BytesIO(content), name) for content, name in files]}


def test_an_empty_list_says_what_belongs_here_and_how_it_gets_in(sign_in) -> None:
    page = page_of(sign_in().get("/dokumen/"))
    assert "flask ingest" in page.text
    assert "/dokumen/unggah" in page.links


def test_many_files_are_taken_at_once_and_each_ones_fate_is_told(app: Flask, sign_in, tmp_path: Path) -> None:
    client = sign_in(Role.OPERATOR, "62.06")
    one = digital_pdf(tmp_path / "satu.pdf").read_bytes()
    two = digital_pdf(tmp_path / "dua.pdf", [["Halaman lain"]]).read_bytes()
    answer = client.post("/dokumen/unggah", data=_sent((one, "satu.pdf"), (two, "dua.pdf"), (one, "salinan.pdf")))
    assert answer.status_code == 303
    page = page_of(client.get(answer.location))
    assert page.text.count("diterima") == 2
    assert page.text.count("sudah ada") == 1
    assert "menunggu dibaca" in page.text
    assert row(app, Work, state="menunggu", document_id=2) is not None


def test_the_page_of_an_upload_refreshes_itself_only_while_something_waits(app: Flask, sign_in) -> None:
    waiting, done = hold(app, reading_state="menunggu"), hold(app, "kutipan-apbd.pdf")
    client = sign_in()
    assert "data-waiting" in client.get(f"/dokumen/unggahan?baru={waiting}-{done}").text
    assert "data-waiting" not in client.get(f"/dokumen/unggahan?baru={done}").text


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_strange_file_name_is_harmless(app: Flask, sign_in, settings, tmp_path: Path, name: str) -> None:
    client = sign_in()
    content = digital_pdf(tmp_path / "x.pdf").read_bytes()
    answer = client.post("/dokumen/unggah", data=_sent((content, name)))
    assert answer.status_code == 303
    page_of(client.get(answer.location))
    kept = [path for path in settings.documents.rglob("*") if path.is_file()]
    assert [re.fullmatch(r"[0-9a-f]{64}\.pdf", path.name) is not None for path in kept] == [True]
    held = row(app, File)
    assert len(held.names[0]) <= 255
    assert not set("/\\\x01\x7f\u202e") & set(held.names[0])
    with client.get("/dokumen/1/asli") as original:
        assert original.data == content


def test_sending_nothing_stays_on_the_form_with_the_reason(sign_in) -> None:
    page = page_of(sign_in().post("/dokumen/unggah", data={}), 422)
    assert "Pilih paling sedikit satu berkas PDF atau ZIP." in page.text


def test_readers_may_not_upload(sign_in) -> None:
    assert sign_in(Role.PEMBACA, "62").get("/dokumen/unggah").status_code == 403


def test_the_list_tells_how_each_document_was_read_and_what_is_doubtful(app: Flask, sign_in) -> None:
    hold(app, page_count=12, pages_ocr=3, pages_unread=2, doubtful=["nomor"], reading_state="sebagian")
    page = page_of(sign_in().get("/dokumen/"))
    assert "12 halaman · 3 OCR · 2 belum terbaca" in page.text
    assert "ragu: nomor" in page.text


def test_the_list_can_be_narrowed(app: Flask, sign_in) -> None:
    hold(app, doubtful=[])
    hold(app, "perda-jaminan-sosial.pdf", doubtful=["nomor"])
    client = sign_in()
    for asked, shown in (("jenis=Perda", True), ("jenis=Perbup", False), ("tahun=2025", True), ("periksa=1", True)):
        page = page_of(client.get(f"/dokumen/?{asked}"))
        assert ("/dokumen/2" in page.links) is shown, asked
        assert ("/dokumen/1" in page.links) is not shown, asked
    assert "Tidak ada dokumen dengan saringan ini." in page_of(client.get("/dokumen/?keadaan=gagal")).text


def test_a_failed_document_says_why_and_can_be_tried_again(app: Flask, sign_in) -> None:
    number = hold(app, reading_state="gagal", failure_code="rusak", failure_reason="Berkas rusak. Pindai ulang.")
    client = sign_in(Role.OPERATOR, "62.06")
    assert "Berkas rusak. Pindai ulang." in page_of(client.get("/dokumen/")).text
    assert f"/dokumen/{number}/asli" in page_of(client.get(f"/dokumen/{number}")).links
    assert client.post(f"/dokumen/{number}/baca-lagi").status_code == 302
    assert row(app, Document, id=number).reading_state == "menunggu"


def test_a_document_shows_identity_with_its_page_doubts_contents_and_pages(app: Flask, sign_in) -> None:
    number = hold(app)
    page = page_of(sign_in().get(f"/dokumen/{number}"))
    assert page.headings == ["Peraturan Bupati Contoh Jaya Nomor 7 Tahun 2024"]
    assert "ragu: wilayah" in page.text
    assert "Pasal 12" in page.text
    assert {f"/dokumen/{number}/halaman/{n}" for n in range(1, 5)} <= set(page.links)


def test_documents_of_other_provinces_are_not_to_be_seen(app: Flask, sign_in) -> None:
    number = hold(app, wilayah="62.06")
    stranger, neighbour = sign_in(Role.PEMBACA, "52.03"), sign_in(Role.PEMBACA, "62.01")
    for path in ("", "/halaman/1", "/halaman/1/gambar.png", "/bidang/nomor.png", "/asli", "/pasal/1"):
        assert stranger.get(f"/dokumen/{number}{path}").status_code == 404, path
        with neighbour.get(f"/dokumen/{number}{path}") as answer:
            assert answer.status_code in (200, 302), path
    assert "Contoh Jaya" not in stranger.get("/dokumen/").text
    assert "Contoh Jaya" not in stranger.get(f"/dokumen/unggahan?baru={number}").text


def test_a_verifier_settles_a_doubt_in_their_own_name(app: Flask, sign_in) -> None:
    number = hold(app)
    before = row(app, Document, id=number).search_hash
    client = sign_in(Role.VERIFIKATOR, "62")
    form = page_of(client.get(f"/dokumen/{number}/identitas"))
    assert "Periksa identitas" in form.headings
    typed = {"nomor": "8", "wilayah": "62.06", "ditetapkan": "14 Maret 2024", "diundangkan": "15 Maret 2024"}
    assert client.post(f"/dokumen/{number}/identitas", data=typed).status_code == 302
    held = row(app, Document, id=number)
    assert (held.nomor, held.wilayah, held.doubtful) == ("8", "62.06", [])
    assert held.search_hash != before
    told = row(app, DocumentField, document_id=number, name="nomor", value="8")
    assert told.author_id is not None
    assert row(app, DocumentField, document_id=number, name="nomor", value="7") is not None, "what was read stays"
    assert "nomor: 8" in row(app, AuditRow, action="memeriksa identitas").detail


def test_what_a_person_said_survives_reading_again(app: Flask, sign_in) -> None:
    number = hold(app)
    data = {"nomor": "8", "ditetapkan": "14 Maret 2024", "diundangkan": "15 Maret 2024"}
    sign_in(Role.VERIFIKATOR, "00").post(f"/dokumen/{number}/identitas", data=data)
    with app.app_context():
        session = app.extensions["patuh_sessions"]()
        with transaction(session):
            document = session.get(Document, number)
            path = next(app.extensions["patuh_settings"].store.rglob("*.pdf"))
            again = reading.read_document(path, printed_regions(session))
            reading.store_reading(session, SYSTEM, document, again)
    assert row(app, Document, id=number).nomor == "8"


def test_a_value_that_can_not_be_one_stays_on_the_form(app: Flask, sign_in) -> None:
    number = hold(app)
    client = sign_in(Role.VERIFIKATOR, "00")
    for name, value in (
        ("tahun", "20244"),
        ("wilayah", "99.99"),
        ("jenis", "Dekrit"),
        ("ditetapkan", "31 Februari 2024"),
    ):
        answer = client.post(f"/dokumen/{number}/identitas", data={name: value})
        page_of(answer, 422)
        if name != "jenis":
            assert value in answer.text
    with app.app_context():
        session = app.extensions["patuh_sessions"]()
        assert not session.scalars(select(DocumentField).where(DocumentField.author_id.is_not(None))).all()


def test_only_verifiers_of_the_region_settle_identities(app: Flask, sign_in) -> None:
    number = hold(app, wilayah="62.06")
    assert sign_in(Role.OPERATOR, "62.06").get(f"/dokumen/{number}/identitas").status_code == 403
    elsewhere = sign_in(Role.VERIFIKATOR, "62.01")
    assert elsewhere.post(f"/dokumen/{number}/identitas", data={"nomor": "9"}).status_code == 403
    province = sign_in(Role.VERIFIKATOR, "62")
    assert province.post(f"/dokumen/{number}/identitas", data={"wilayah": "52.03"}).status_code == 403


def test_every_page_of_a_document_is_well_made(app: Flask, sign_in) -> None:
    number, client = hold(app, "keputusan-penerima.pdf"), sign_in()
    for path in (
        "/dokumen/unggah",
        f"/dokumen/{number}",
        f"/dokumen/{number}/identitas",
        f"/dokumen/{number}/halaman/2",
    ):
        page_of(client.get(path))
