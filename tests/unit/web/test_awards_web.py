"""The Paritrana pages and command, as people and programs meet them."""

from __future__ import annotations

import json

import pytest
from flask import Flask

from compliance.actor import Role

SHEET = "/paritrana/ntb-2025/52.03"
SCORE = {"indikator": "regulasi", "jalur": "verifikator", "nilai": "7,25", "sumber": "berita acara", "catatan": ""}


def _json(app: Flask, edisi: str, wilayah: str) -> dict:
    done = app.test_cli_runner().invoke(args=["paritrana", "--edisi", edisi, "--wilayah", wilayah, "--json"])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_the_command_gives_the_contracts_shape_unrounded(app: Flask) -> None:
    sheet = _json(app, "ntb-2025", "52.03")
    assert sheet["total"] == pytest.approx(42.06 + 326440 / 34555, abs=1e-12)
    assert sheet["dinilai"] == "7 dari 7"
    asn = next(row for row in sheet["indikator"] if row["kode"] == "non-asn")
    assert asn["nilai"] == pytest.approx(326440 / 34555, abs=1e-14)
    assert asn["cara"] == "otomatis"
    assert asn["masukan"] == {"participants": 32644, "eligible": 34555}
    assert asn["kurang"] == []
    assert {row["cara"] for row in sheet["indikator"] if row["kode"] != "non-asn"} == {"manual"}


def test_the_command_tells_missing_from_zero(app: Flask) -> None:
    sheet = _json(app, "ntb-2025", "52.01")
    assert sheet["total"] is None
    assert all(row["nilai"] is None and row["kurang"] for row in sheet["indikator"])


def test_the_command_without_json_is_a_readable_sheet(app: Flask) -> None:
    done = app.test_cli_runner().invoke(args=["paritrana", "--edisi", "ntb-2025", "--wilayah", "52.03"])
    assert "51,51  jumlah, 7 dari 7 indikator dinilai" in done.stdout
    assert "10 × 32.644 ÷ 34.555" in done.stdout
    assert "Bukan bobot resmi" in done.stderr


@pytest.mark.parametrize(("edisi", "wilayah"), [("ntb-2025", "62.06"), ("tiada", "52.03")])
def test_the_command_refuses_in_one_sentence(app: Flask, edisi: str, wilayah: str) -> None:
    done = app.test_cli_runner().invoke(args=["paritrana", "--edisi", edisi, "--wilayah", wilayah, "--json"])
    assert done.exit_code == 1
    assert done.stdout == ""


@pytest.mark.parametrize(
    "path", ["/paritrana", "/paritrana/ntb-2025", SHEET, "/paritrana/nasional-2020", "/paritrana/riau-2025/14.01"]
)
def test_no_award_page_hides_that_the_weights_are_not_official(sign_in, path: str) -> None:
    page = sign_in(Role.PEMBACA).get(path)
    assert page.status_code == 200
    assert "bukan bobot resmi" in page.text
    assert page.text.count("<h1") == 1


def test_the_sheet_shows_total_formula_and_the_claim_behind_it(sign_in) -> None:
    page = sign_in(Role.PEMBACA).get(SHEET).text
    assert "51,51" in page
    assert "7 dari 7 indikator dinilai" in page
    assert "10 × 32.644 ÷ 34.555</a>" in page
    assert "/klaim/" in page
    assert "Jumlah sementara" not in page


def test_a_region_without_scores_is_told_what_to_record_and_where(sign_in) -> None:
    page = sign_in(Role.VERIFIKATOR, "52").get("/paritrana/ntb-2025/52.01").text
    assert "Belum ada nilai" in page
    assert "belum diperiksa" in page
    assert "/wilayah/52.01/catat/regulasi" in page
    assert "/wilayah/52.01/catat" not in sign_in(Role.PEMBACA, "52").get("/paritrana/ntb-2025/52.01").text


def test_a_verifier_enters_a_score_and_the_sum_is_called_provisional(sign_in) -> None:
    client = sign_in(Role.VERIFIKATOR, "52")
    assert client.post("/paritrana/ntb-2025/52.01", data=SCORE).status_code == 302
    page = client.get("/paritrana/ntb-2025/52.01").text
    assert "Jumlah sementara" in page
    assert "7,25" in page
    assert "1 dari 7 indikator dinilai" in page
    assert "verifikator provinsi 52" in page, "who gave it stands beside it"


def test_a_wrong_score_stays_on_the_form_as_typed(sign_in) -> None:
    page = sign_in(Role.VERIFIKATOR, "52").post(SHEET, data=SCORE | {"nilai": "tujuh <b>", "indikator": "materi"})
    assert page.status_code == 422
    assert 'value="tujuh &lt;b&gt;"' in page.text
    assert '<option value="materi" selected>' in page.text
    assert 'aria-invalid="true"' in page.text


def test_readers_and_other_provinces_verifiers_score_nothing_here(sign_in) -> None:
    reader = sign_in(Role.PEMBACA)
    assert "Beri nilai" not in reader.get(SHEET).text
    assert reader.post(SHEET, data=SCORE).status_code == 403
    assert sign_in(Role.VERIFIKATOR, "62").post(SHEET, data=SCORE).status_code == 404
    assert sign_in(Role.PENILAI, "52").post(SHEET, data=SCORE).status_code == 403, "the panel has its own track"


def test_a_regency_outside_the_edition_is_not_found(sign_in) -> None:
    client = sign_in()
    assert client.get("/paritrana/ntb-2025/62.06").status_code == 404
    assert client.get("/paritrana/tiada").status_code == 404


def test_the_edition_opens_the_sheet_of_the_region_chosen(sign_in) -> None:
    answer = sign_in().get("/paritrana/nasional-2020?wilayah=62.06")
    assert answer.location.endswith("/paritrana/nasional-2020/62.06")


def test_candidates_and_sheets_can_be_taken_away_as_csv(sign_in) -> None:
    client = sign_in(Role.PEMBACA, "52")
    listed = client.get("/paritrana/ntb-2025?format=csv").text.splitlines()
    assert len(listed) == 11
    lotim = next(line for line in listed if line.startswith("52.03"))
    assert "51,5069686" in lotim
    assert lotim.endswith("7 dari 7;bukan bobot resmi")
    sheet = client.get(f"{SHEET}?format=csv").text.splitlines()
    assert "10 × 32.644 ÷ 34.555" in next(line for line in sheet if line.startswith("non-asn"))
