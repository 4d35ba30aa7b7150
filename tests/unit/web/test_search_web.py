"""The search page: order, modes, counts, and what it says where nothing is found."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from openpyxl import Workbook, load_workbook

from compliance.actor import Role
from compliance.reports.workbook import Sheet, workbook_bytes
from compliance.services.indexing import bring_index_up_to_date
from tests.conftest import SignIn
from tests.unit.web.held import hold
from tests.unit.web.strict_page import page_of


def indexed(app: Flask, **columns: object) -> int:
    """A sample held and searchable."""
    document_id = hold(app, **columns)
    with app.app_context():
        bring_index_up_to_date(app.extensions["patuh_sessions"](), app.extensions["patuh_settings"])
    return document_id


def test_results_offer_orders_and_the_search_within_one_pasal(app: Flask, sign_in: SignIn) -> None:
    indexed(app)
    client = sign_in()
    page = page_of(client.get("/cari?q=pekerja"))
    assert any("urut=tanggal" in link for link in page.links)
    assert any("dalam=pasal" in link for link in page.links)
    within = page_of(client.get("/cari?q=pekerja+iuran&dalam=pasal&urut=nomor"))
    assert "hanya dalam satu Pasal" in within.text


def test_filters_that_leave_nothing_say_how_many_there_are_without_them(app: Flask, sign_in: SignIn) -> None:
    indexed(app)
    page = page_of(sign_in().get("/cari?q=pekerja&tahun=1950"))
    assert "Saringan menyisihkan semuanya" in page.text
    assert "/cari?q=pekerja" in page.links


def test_a_page_past_the_end_leads_to_the_last_one(app: Flask, sign_in: SignIn) -> None:
    indexed(app)
    page = page_of(sign_in().get("/cari?q=pekerja&hal=900"))
    assert "Tidak ada halaman hasil 900" in page.text


def sheets(content: bytes) -> dict[str, list[tuple[object, ...]]]:
    book = load_workbook(BytesIO(content))
    return {page.title: list(page.iter_rows(values_only=True)) for page in book.worksheets}


def test_the_whole_list_is_taken_along_with_page_pasal_snippet_and_link(app: Flask, sign_in: SignIn) -> None:
    document_id = indexed(app, judul="=JUDUL(1)")
    client = sign_in()
    made = sheets(client.get("/cari/hasil.xlsx?q=pekerja").data)
    rows = [dict(zip(made["Hasil"][0], line, strict=True)) for line in made["Hasil"][1:]]
    row = next(row for row in rows if str(row["Naskah"]).startswith("perbup-pekerja-rentan.pdf"))
    assert row["Judul"] == "=JUDUL(1)", "a text that begins like a formula stays a text"
    assert isinstance(row["Halaman"], int)
    assert "pekerja" in str(row["Cuplikan"]).lower()
    assert str(row["Tautan"]).startswith(f"http://localhost/dokumen/{document_id}/halaman/")
    told = dict(made["Keterangan"][1:])
    assert told["Pertanyaan"] == "pekerja"
    assert "Halaman belum terbaca, tidak ikut dicari" in told
    text = client.get("/cari/hasil.csv?q=pekerja").text
    assert "'=JUDUL(1)" in text
    assert "Pertanyaan;pekerja" in text


def test_a_list_of_terms_comes_back_as_a_spreadsheet_that_names_zeros_and_why(app: Flask, sign_in: SignIn) -> None:
    indexed(app)
    client = sign_in()
    page_of(client.get("/cari/daftar"))
    answer = client.post("/cari/daftar", data={"istilah": "pekerja\n\ntakpernahada\npekerja\n"})
    made = sheets(answer.data)
    assert [row[0] for row in made["Ringkasan"][1:]] == ["pekerja", "takpernahada"]
    assert made["Ringkasan"][2][1] == 0
    assert "takpernahada" in str(made["Ringkasan"][2][2])
    book = workbook_bytes([Sheet("Daftar", ("Nomor", "Istilah"), [(1, "pekerja"), (2, "iuran")], (10, 20))])
    sent = {"berkas": (BytesIO(book), "daftar.xlsx"), "kolom": "B"}
    assert len(sheets(client.post("/cari/daftar", data=sent).data)["Ringkasan"]) == 3


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xd0\xcf\x11\xe0 lama", "format lama"),
        (b"PK\x03\x04 bukan zip", "rusak"),
        (b"", "Tidak ada satu pun istilah"),
        ("\n".join(f"istilah {n}" for n in range(501)).encode(), "paling banyak 500"),
    ],
)
def test_a_list_that_cannot_be_read_is_refused_with_what_to_do(
    app: Flask, sign_in: SignIn, content: bytes, said: str
) -> None:
    answer = sign_in().post("/cari/daftar", data={"berkas": (BytesIO(content), "daftar.xlsx")})
    assert said in page_of(answer, 422).text


def test_merged_cells_are_named(app: Flask, sign_in: SignIn) -> None:
    book = Workbook()
    book.active["A1"] = "pekerja"
    book.active.merge_cells("A1:B2")
    written = BytesIO()
    book.save(written)
    answer = sign_in().post("/cari/daftar", data={"berkas": (BytesIO(written.getvalue()), "daftar.xlsx")})
    assert "sel gabungan (A1:B2)" in page_of(answer, 422).text


def test_a_search_is_saved_listed_with_what_is_new_and_deleted(app: Flask, sign_in: SignIn) -> None:
    indexed(app)
    client = sign_in()
    assert client.post("/cari/simpan?q=pekerja&tahun=2021", data={"nama": "Pekerja 2021"}).status_code == 303
    page = page_of(client.get("/cari/tersimpan"))
    assert "Pekerja 2021" in page.text
    assert "/cari?q=pekerja&tahun=2021" in page.links
    assert page_of(client.get("/cari/tersimpan/1")).headings == ["Pekerja 2021"]
    assert client.post("/cari/tersimpan/1/buka").location == "/cari?q=pekerja&tahun=2021"
    assert sign_in(name="lain").post("/cari/tersimpan/1/hapus").status_code == 404
    client.post("/cari/tersimpan/1/hapus")
    assert "Belum ada pencarian tersimpan" in page_of(client.get("/cari/tersimpan")).text
    assert "Belum ada yang dicari" in page_of(client.post("/cari/simpan", follow_redirects=True)).text


def test_a_failed_search_is_reported_settled_and_becomes_a_case(app: Flask, sign_in: SignIn, tmp_path: Path) -> None:
    document_id = indexed(app)
    reader, manager = sign_in(Role.PEMBACA), sign_in()
    sent = {"harapan": "Perbup pekerja rentan", "tautan": f"http://localhost/dokumen/{document_id}/halaman/2?q=x"}
    told = reader.post("/cari/lapor?q=buruh+lepas", data=sent, follow_redirects=True)
    assert "Laporan diterima" in page_of(told).text
    wrong = reader.post("/cari/lapor?q=buruh", data={"harapan": "x", "tautan": "http://lain"}, follow_redirects=True)
    assert "bukan halaman dokumen" in page_of(wrong).text
    assert reader.get("/cari/laporan").status_code == 403
    page = page_of(manager.get("/cari/laporan"))
    assert "buruh lepas" in page.text
    assert f"/dokumen/{document_id}/halaman/2" in page.links
    manager.post("/cari/laporan/1", data={"tindakan": "padanan ditambah"})
    assert "padanan ditambah" in page_of(manager.get("/cari/laporan")).text
    arguments = ["searches", "reports", "--format", "relevance", "--into", str(tmp_path)]
    assert app.test_cli_runner().invoke(args=arguments).exit_code == 0
    assert (tmp_path / "queries.tsv").read_text().splitlines()[1] == "laporan0001\tlaporan\tburuh lepas"
    assert (tmp_path / "qrels.tsv").read_text().splitlines()[1] == f"laporan0001\td{document_id}\t\t2"


def test_suggestions_complete_words_name_instruments_and_reveal_nothing(app: Flask, sign_in: SignIn) -> None:
    indexed(app, judul="Perlindungan Zambrud", wilayah="62.06", nomor="6", tahun=2019, jenis="Perbup")
    near = sign_in(Role.PEMBACA, "62").get("/cari/saran?q=zamb").json["saran"]
    assert {one["teks"] for one in near} >= {"zambrud"}
    assert any("Nomor 6 Tahun 2019" in one["teks"] for one in near)
    far = sign_in(Role.PEMBACA, "52").get("/cari/saran?q=zamb").json["saran"]
    assert far == []
    assert sign_in().get("/cari/saran?q=%25").json["saran"] == []
