"""Recording what a person learned, and choosing between sources, in the browser."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from compliance.actor import Role
from compliance.db import now, transaction
from compliance.models import AuditRow, BudgetClaim, Claim, CoverageClaim, Document, File, StageClaim
from tests.unit.web.strict_page import page_of

SignIn = Callable[..., FlaskClient]
PERBUP = {
    "tangga": "R3",
    "judul": "Jaminan Sosial Ketenagakerjaan",
    "bentuk": "Perbup",
    "nomor": "12",
    "tahun": "2022",
    "tanggal": "Maret 2022",
    "sumber": "Laporan Disnakertrans, 3 Maret 2022",
}
BUDGET = {
    "tahun": "2024",
    "tangga": "B2",
    "segmen": "pekerja rentan",
    "rupiah": "2.092.600.000",
    "orang": "10.000",
    "bulan": "12",
    "dana": "APBD",
    "tanggal": "2 Januari 2024",
    "sumber": "https://contoh.go.id/dpa",
}
COVERAGE = {
    "segmen": "total",
    "peserta": "12.615",
    "penyebut_orang": "10.000",
    "penyebut": "angkatan kerja",
    "persen": "126,15",
    "tanggal": "2024",
    "sumber": "Rekap BPJS Ketenagakerjaan",
}


def last(session: Session, kind: type[Claim]) -> Claim:
    return session.scalars(select(kind).order_by(kind.id.desc())).first()  # type: ignore[return-value]


def claim_id(session: Session, external_id: str) -> int:
    found = session.scalar(select(Claim.id).where(Claim.external_id == external_id))
    assert found is not None
    return found


def test_a_stage_is_recorded_and_the_province_counts_it(sign_in: SignIn, session: Session) -> None:
    client = sign_in(Role.OPERATOR, "62.07")
    page_of(client.get("/wilayah/62.07/catat/regulasi"))
    answer = client.post("/wilayah/62.07/catat/regulasi", data=PERBUP)
    assert answer.headers["Location"] == "/wilayah/62.07#regulasi"
    page = page_of(client.get("/wilayah/62.07"))
    assert "Catatan tersimpan." in page.text
    assert "Perbup 12/2022" in page.text
    claim = last(session, StageClaim)
    assert (claim.valid_from.isoformat(), claim.date_precision) == ("2022-03-01", "bulan")
    assert "5 dari 14" in page_of(client.get("/provinsi/62?per=2022-12-31")).text
    assert session.scalar(select(AuditRow).where(AuditRow.action == "mencatat", AuditRow.wilayah == "62.07"))


def test_a_budget_line_is_recorded_as_typed(sign_in: SignIn, session: Session) -> None:
    assert sign_in().post("/wilayah/62.07/catat/anggaran", data=BUDGET).status_code == 302
    claim = last(session, BudgetClaim)
    assert isinstance(claim, BudgetClaim)
    assert (claim.amount_rupiah, claim.persons, claim.months, claim.period) == (2_092_600_000, 10_000, 12, 2024)


def test_coverage_above_100_percent_is_recorded_unclamped(sign_in: SignIn, session: Session) -> None:
    client = sign_in()
    assert client.post("/wilayah/62.07/catat/cakupan", data=COVERAGE).status_code == 302
    claim = last(session, CoverageClaim)
    assert isinstance(claim, CoverageClaim)
    assert str(claim.percent) == "126.15"
    assert "126,15 %" in page_of(client.get("/wilayah/62.07")).text


@pytest.mark.parametrize(
    ("form", "typed", "changed", "message"),
    [
        ("regulasi", PERBUP, {"tangga": ""}, "Pilih R0 sampai R4."),
        ("regulasi", PERBUP, {"tanggal": "kemarin"}, "Tanggal belum terbaca."),
        ("regulasi", PERBUP, {"sumber": ""}, "Sebut dokumen dan halamannya"),
        ("regulasi", PERBUP, {"tahap": "harmonisasi"}, "Tahap hanya untuk rancangan"),
        ("anggaran", BUDGET, {"rupiah": "2,5 miliar"}, "Tulis bilangan bulat"),
        ("anggaran", BUDGET, {"bulan": "13"}, "Bulan antara 1 dan 12."),
        ("anggaran", BUDGET, {"dokumen": "999", "halaman": "1"}, "Dokumen dengan nomor itu tidak ada"),
        ("cakupan", COVERAGE, {"persen": "126.15"}, "Tulis desimal dengan koma"),
        ("cakupan", COVERAGE, {"penyebut": ""}, "Sebut pekerja yang mana"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_typed_is_lost(
    sign_in: SignIn, session: Session, form: str, typed: dict[str, str], changed: dict[str, str], message: str
) -> None:
    before = session.scalar(select(Claim.id).order_by(Claim.id.desc()))
    response = sign_in().post(f"/wilayah/62.07/catat/{form}", data={**typed, **changed})
    page = page_of(response, 422)
    assert message in page.text
    name = next(iter(changed))
    assert f'id="e-{name}"' in response.text or "dokumen" in changed
    for value in {**typed, **changed}.values():
        assert value in response.text.replace("&#34;", '"')
    session.rollback()
    assert session.scalar(select(Claim.id).order_by(Claim.id.desc())) == before


def test_what_cannot_be_read_and_what_is_missing_are_said_at_once(sign_in: SignIn) -> None:
    page = page_of(sign_in().post("/wilayah/62.07/catat/anggaran", data={"rupiah": "banyak"}), 422)
    for message in ("Tulis bilangan bulat", "Pilih B0 sampai B5", "Tulis tahun anggaran", "Tulis sejak kapan"):
        assert message in page.text


def test_a_form_can_be_opened_with_its_proof_filled_in(sign_in: SignIn) -> None:
    html = sign_in().get("/wilayah/62.07/catat/regulasi?dokumen=12&halaman=4").text
    assert re.search(r'name="dokumen" type="text" value="12"', html)
    assert re.search(r'name="halaman" type="text" value="4"', html)


def test_a_claim_proved_by_a_held_page_links_to_that_page(sign_in: SignIn, session: Session) -> None:
    client = sign_in()
    document = held_document(session)
    data = {**PERBUP, "sumber": "", "dokumen": str(document), "halaman": "2"}
    assert client.post("/wilayah/62.07/catat/regulasi", data=data).status_code == 302
    claim = last(session, StageClaim)
    assert f"/dokumen/{document}/halaman/2" in page_of(client.get(f"/klaim/{claim.id}")).links
    assert f"/dokumen/{document}/halaman/2" in page_of(client.get("/provinsi/62")).links


def held_document(session: Session) -> int:
    with transaction(session):
        session.add(File(sha256="a" * 64, size_bytes=1, names=["perbup.pdf"], received_at=now()))
        document = Document(
            file_sha256="a" * 64, wilayah="62.07", page_count=3, received_at=now(), reading_state="terbaca"
        )
        session.add(document)
        session.add(
            AuditRow(at=now(), actor_name="uji", action="menerima", subject="dokumen", subject_id="1", detail="")
        )
        session.flush()
        return document.id


@pytest.mark.parametrize("form", ["regulasi", "anggaran", "cakupan"])
def test_readers_and_operators_of_elsewhere_may_not_record(sign_in: SignIn, form: str) -> None:
    for role, wilayah in ((Role.PEMBACA, "00"), (Role.OPERATOR, "62.06")):
        client = sign_in(role, wilayah)
        page_of(client.get(f"/wilayah/62.07/catat/{form}"), 403)
        assert client.post(f"/wilayah/62.07/catat/{form}", data=PERBUP).status_code == 403
        page = page_of(client.get("/wilayah/62.07"))
        assert f"/wilayah/62.07/catat/{form}" not in page.links


def test_a_claim_says_its_source_its_date_and_who_recorded_it(sign_in: SignIn, session: Session) -> None:
    page = page_of(sign_in().get(f"/klaim/{claim_id(session, 'o045')}"))
    assert page.headings == ["Jumlah peserta Desember 2024"]
    assert "144.110 peserta" in page.text
    assert "Desember 2024" in page.text
    assert "oleh data awal Patuh" in page.text
    assert any(link.startswith("https://lombok.times.co.id/") for link in page.links)
    assert "163.927 peserta" in page.text, "the rival stands beside it"


def test_claims_that_agree_are_listed_apart_from_those_that_differ(sign_in: SignIn, session: Session) -> None:
    text = page_of(sign_in().get(f"/klaim/{claim_id(session, 'o060')}")).text
    assert "Catatan lain tentang hal yang sama Cakupan PU (versi kabarpas) : 43,20 %" in text
    assert "Sumber lain yang berbeda" not in text


def test_a_choice_needs_a_reason_and_leaves_the_other_visible(sign_in: SignIn, session: Session) -> None:
    client = sign_in(Role.VERIFIKATOR, "52")
    chosen, other = claim_id(session, "o045"), claim_id(session, "o046")
    page = page_of(client.post(f"/klaim/{chosen}/pilih", data={"alasan": " "}), 422)
    assert "Tulis mengapa catatan ini yang dipakai." in page.text
    assert client.post(f"/klaim/{chosen}/pilih", data={"alasan": "angka resmi cabang"}).status_code == 302
    story = page_of(client.get("/wilayah/52.03"))
    assert "oleh verifikator provinsi 52" in story.text
    assert "angka resmi cabang" in story.text
    assert "163.927 peserta" in story.text
    assert "yang ini tetap terlihat tetapi tidak dihitung" in page_of(client.get(f"/klaim/{other}")).text


def test_an_operator_may_not_choose(sign_in: SignIn, session: Session) -> None:
    client = sign_in(Role.OPERATOR, "52.03")
    chosen = claim_id(session, "o045")
    assert "Pilih catatan ini" not in page_of(client.get(f"/klaim/{chosen}")).text
    assert client.post(f"/klaim/{chosen}/pilih", data={"alasan": "saya mau"}).status_code == 403


def test_another_provinces_claim_does_not_exist_for_its_neighbour(sign_in: SignIn, session: Session) -> None:
    page_of(sign_in(Role.VERIFIKATOR, "62").get(f"/klaim/{claim_id(session, 'o045')}"), 404)


def test_every_claim_of_the_starting_data_has_a_page(sign_in: SignIn, session: Session) -> None:
    client = sign_in()
    for number in session.scalars(select(Claim.id)):
        page_of(client.get(f"/klaim/{number}"))
