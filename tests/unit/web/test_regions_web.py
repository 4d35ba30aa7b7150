"""The tracker's pages over the starting data, as an official reads them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from compliance.actor import Role
from tests.unit.web.strict_page import page_of

SignIn = Callable[..., FlaskClient]
ISSUED = ("Katingan", "Kapuas", "Kotawaringin Barat", "Sukamara")


def rows_of(html: str) -> dict[str, str]:
    """The matrix's rows as text, by the name in their heading."""
    found = {}
    for row in re.findall(r"<tr[^>]*>\s*<th scope=\"row\">.*?</tr>", html, re.S):
        name, rest = row.split("</th>", 1)
        found[plain(name)] = plain(rest)
    return found


def plain(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_as_at_15_november_2021_four_kabupaten_of_kalimantan_tengah_had_a_perbup(sign_in: SignIn) -> None:
    response = sign_in().get("/provinsi/62?per=2021-11-15")
    page = page_of(response)
    assert page.headings == ["Provinsi Kalimantan Tengah per 15 November 2021"]
    assert "4 dari 14 kab/kota sudah berperaturan · 10 belum diperiksa" in page.text
    matrix = rows_of(response.text[response.text.index('id="tabel"') :])
    assert len(matrix) == 15
    for name, row in matrix.items():
        if not name.startswith("Kalimantan Tengah"):
            assert row.startswith("R3 Perbup" if name in ISSUED else "? belum diperiksa"), name


def test_before_the_first_attested_day_nothing_is_known(sign_in: SignIn) -> None:
    page = page_of(sign_in().get("/provinsi/62?per=2018-01-01"))
    assert "Regulasi 14 kab/kota belum diperiksa" in page.text


def test_the_provinces_own_row_stands_apart_and_is_not_counted(sign_in: SignIn) -> None:
    response = sign_in().get("/provinsi/62?per=2022-12-31")
    matrix = rows_of(response.text[response.text.index('id="tabel"') :])
    assert next(iter(matrix)) == "Kalimantan Tengah (provinsi sendiri)"
    assert matrix["Kalimantan Tengah (provinsi sendiri)"].startswith("R3 Pergub 3/2022")
    assert "4 dari 14" in page_of(response).text


def test_every_shape_of_the_map_is_a_link_that_says_its_state_in_words(sign_in: SignIn) -> None:
    html = sign_in().get("/provinsi/62?per=2021-11-15").text
    assert 'aria-label="Katingan: R3 Perbup 6/2019"' in html
    assert 'aria-label="Seruyan: belum diperiksa"' in html
    assert html.count('class="shape ') == 14
    assert 'href="/wilayah/62.06?per=2021-11-15"' in html


def test_a_cell_of_regulation_and_budget_opens_its_list(sign_in: SignIn) -> None:
    client = sign_in()
    html = client.get("/provinsi/62?per=2021-11-15").text
    cell = re.search(r'href="(/provinsi/62\?[^"]*r=R3[^"]*b=belum[^"]*)"[^>]*>4</a>', html)
    assert cell is not None
    narrowed = client.get(cell[1].replace("&amp;", "&").split("#")[0])
    assert "Disaring: regulasi R3, anggaran 2021 belum diperiksa" in page_of(narrowed).text
    assert sorted(rows_of(narrowed.text[narrowed.text.index('id="tabel"') :])) == sorted(ISSUED)


def test_a_cell_nobody_stands_in_says_so(sign_in: SignIn) -> None:
    page = page_of(sign_in().get("/provinsi/62?per=2021-11-15&r=R4"))
    assert "Tidak ada kab/kota pada sel itu." in page.text


def test_a_date_that_cannot_be_read_is_named_and_never_guessed(sign_in: SignIn) -> None:
    page = page_of(sign_in().get("/provinsi/62?per=15/11/2021&anggaran=dua"))
    assert "Tanggal “15/11/2021” tidak terbaca" in page.text
    assert "Tahun anggaran “dua” tidak terbaca" in page.text


def test_a_budget_year_no_claim_speaks_of_is_shown_as_unexamined(sign_in: SignIn) -> None:
    page = page_of(sign_in().get("/provinsi/62?per=2021-11-15&anggaran=2019"))
    assert "Anggaran 2019" in page.text


def test_the_table_downloads_as_excel_in_indonesian_opens_it(sign_in: SignIn) -> None:
    response = sign_in().get("/provinsi/35?per=2025-01-01&format=csv")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "patuh-35-2025-01-01.csv" in response.headers["Content-Disposition"]
    assert response.data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(response.data.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 38
    trenggalek = next(row for row in rows if row["Kode"] == "35.03")
    assert trenggalek["Persen cakupan"] == "26,04"
    assert trenggalek["Regulasi"] == "belum diperiksa"
    assert trenggalek["Anggaran 2024"] == "B2"


def test_the_national_page_counts_all_514_and_names_unmatched_rows(sign_in: SignIn) -> None:
    response = sign_in().get("/?per=2021-11-15")
    page = page_of(response)
    assert re.search(r"\d+ dari 514 kab/kota diketahui sudah berperaturan · \d+ belum diperiksa", page.text)
    assert "1 baris belum cocok dengan wilayah mana pun" in page.text
    assert "Kota Palangka Raya" in page.text
    provinces = rows_of(response.text)
    assert "4 dari 14" in provinces["Kalimantan Tengah"]
    assert "0 dari" not in provinces["Riau"], "nobody looked at Riau: that is unknown, not zero"


def test_accepting_the_suggested_region_makes_the_row_a_claim_there(sign_in: SignIn) -> None:
    client = sign_in()
    html = client.get("/").text
    form = re.search(r'action="(/belum-cocok/\d+)"', html)
    assert form is not None
    answer = client.post(form[1], data={"wilayah": "62.71"})
    assert answer.headers["Location"] == "/wilayah/62.71"
    assert "belum cocok" not in client.get("/").text
    assert "Maret 2025" in page_of(client.get("/wilayah/62.71")).text


def test_a_reader_sees_unmatched_rows_but_no_button(sign_in: SignIn) -> None:
    client = sign_in(Role.PEMBACA, "00")
    html = client.get("/").text
    row = re.search(r"/belum-cocok/(\d+)", html)
    assert row is None
    assert "Kota Palangka Raya" in html
    assert client.post("/belum-cocok/1", data={"wilayah": "62.71"}).status_code == 403


def test_a_region_shows_both_sides_of_every_contradiction(sign_in: SignIn) -> None:
    page = page_of(sign_in().get("/wilayah/52.03"))
    assert "2 catatan tentang cakupan total 2024" in page.text
    assert "163.927 peserta" in page.text
    assert "144.110 peserta" in page.text
    assert "Pilih yang ini" in page.text


def test_a_budget_line_is_weighed_against_the_contribution_in_force(sign_in: SignIn) -> None:
    page = page_of(sign_in().get("/wilayah/35.03"))
    assert "5.600 orang × 3 bulan Rp365.600.000 21.762 ≈ 1,30× iuran" in page.text


def test_a_region_as_at_a_day_hides_what_was_attested_later_and_says_how_much(sign_in: SignIn) -> None:
    page = page_of(sign_in().get("/wilayah/52.03?per=2024-06-30"))
    assert "R2 rancangan Perbup" in page.text
    assert "163.927" not in page.text
    assert "Sasaran" not in page.text, "a heading without anything under it teaches nothing"
    assert re.search(r"\d+ catatan lebih baru dari 30 Juni 2024 tidak ditampilkan", page.text)


def test_a_claim_without_a_date_is_shown_as_such_and_not_counted(sign_in: SignIn) -> None:
    page = page_of(sign_in().get("/wilayah/73"))
    assert "tanpa tanggal Rancangan Perda penyelenggaraan jaminan sosial (judul belum pasti)" in page.text
    assert "Belum dihitung karena sumbernya tidak bertanggal." in page.text


def test_a_conflict_told_by_two_measures_still_stands_side_by_side(sign_in: SignIn) -> None:
    page = page_of(sign_in().get("/wilayah/35.08"))
    assert "Sumber berbeda" in page.text
    assert "8.363 peserta" in page.text


def test_every_link_within_a_region_page_leads_somewhere(sign_in: SignIn) -> None:
    page = page_of(sign_in().get("/wilayah/35.03"))
    for link in page.links:
        if link.startswith("#"):
            assert link[1:] in page.ids


@pytest.mark.parametrize("path", ["/provinsi/99", "/provinsi/62.06", "/wilayah/99.99"])
def test_what_does_not_exist_is_not_found(sign_in: SignIn, path: str) -> None:
    page_of(sign_in().get(path), 404)


def test_another_provinces_records_do_not_exist_for_its_neighbour(sign_in: SignIn) -> None:
    client = sign_in(Role.VERIFIKATOR, "62")
    page_of(client.get("/provinsi/62"))
    page_of(client.get("/provinsi/52"), 404)
    page_of(client.get("/wilayah/52.03"), 404)


def test_nobody_reads_without_signing_in(sign_in: SignIn) -> None:
    client = sign_in()
    client.post("/keluar")
    assert client.get("/provinsi/62").status_code == 302


def test_the_nations_own_figures_have_a_page(sign_in: SignIn) -> None:
    assert "35,68 %" in page_of(sign_in().get("/wilayah/00")).text
