"""Who reads, writes and manages what: another province's records do not exist for its neighbours, whatever the way in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from compliance.actor import Role
from compliance.models import AuditRow, Claim, Score, User
from compliance.services.indexing import bring_index_up_to_date
from tests.unit.web.held import hold
from tests.unit.web.strict_page import page_of

SignIn = Callable[..., FlaskClient]
ELSEWHERE = "52.03"
STRANGERS = ((Role.PEMBACA, "62"), (Role.OPERATOR, "62.06"), (Role.VERIFIKATOR, "62"), (Role.PENILAI, "62"))


@pytest.fixture
def document(app: Flask) -> int:
    """A read and indexed document of Lombok Timur."""
    held = hold(app, wilayah=ELSEWHERE, is_sample=False, judul="RAHASIA LOMBOK", search_hash="b" * 64)
    with app.app_context():
        bring_index_up_to_date(app.extensions["patuh_sessions"](), app.extensions["patuh_settings"])
    return held


@pytest.mark.parametrize(("role", "wilayah"), STRANGERS)
def test_a_document_of_another_province_can_be_opened_in_no_way(
    sign_in: SignIn, document: int, role: Role, wilayah: str
) -> None:
    client = sign_in(role, wilayah)
    ways = ("", "/halaman/1", "/halaman/1/gambar.png", "/bidang/nomor.png", "/pasal/1", "/asli", "/identitas")
    for way in ways:
        assert client.get(f"/dokumen/{document}{way}").status_code in (403, 404), way
    for way, form in (("/identitas", {"judul": "x"}), ("/baca-lagi", {})):
        assert client.post(f"/dokumen/{document}{way}", data=form).status_code in (403, 404), way
    for listing in ("/dokumen/?nama=RAHASIA", f"/dokumen/unggahan?baru={document}", "/dokumen/?wilayah=52"):
        assert "rahasia lombok" not in client.get(listing).text.lower()


@pytest.mark.parametrize(("role", "wilayah"), STRANGERS)
def test_search_tells_nothing_of_another_province(sign_in: SignIn, document: int, role: Role, wilayah: str) -> None:
    assert "rahasia lombok" in sign_in().get("/cari?q=judul:rahasia").text.lower()
    client = sign_in(role, wilayah)
    for question in ("q=judul:rahasia", "q=judul:rahasia&wilayah=52.03", "wilayah=52.03", "q=rahasia&wilayah=52"):
        text = page_of(client.get(f"/cari?{question}")).text
        assert "0 ditemukan" in text
        assert "rahasia lombok" not in text.lower()


def test_a_document_that_moved_to_another_province_is_hidden_before_the_index_knows(
    app: Flask, sign_in: SignIn, document: int
) -> None:
    hold(app, wilayah="62.06", search_hash="b" * 64, judul="RAHASIA LOMBOK", is_sample=False)
    assert "rahasia lombok" not in sign_in(Role.PEMBACA, "52").get("/cari?q=judul:rahasia").text.lower()


@pytest.mark.parametrize(("role", "wilayah"), STRANGERS)
def test_claims_regions_and_award_sheets_of_another_province_are_not_found(
    sign_in: SignIn, session: Session, role: Role, wilayah: str
) -> None:
    client = sign_in(role, wilayah)
    claim = session.scalar(select(Claim.id).where(Claim.external_id == "o045"))
    for address in (
        *(f"/klaim/{claim}", "/wilayah/52.03", "/provinsi/52", "/provinsi/52?format=csv", "/paritrana/ntb-2025"),
        *("/paritrana/ntb-2025?format=csv", "/paritrana/ntb-2025/52.03", "/paritrana/ntb-2025/52.03?format=csv"),
    ):
        assert client.get(address).status_code == 404, address
    assert "ntb-2025" not in client.get("/paritrana").text


def test_writing_reaches_no_further_than_the_role(app: Flask, sign_in: SignIn, session: Session, document: int) -> None:
    before = session.query(Claim).count(), session.query(Score).count()
    claim = session.scalar(select(Claim.id).where(Claim.external_id == "o045"))
    score = {"indikator": "coverage", "jalur": "verifikator", "nilai": "5"}
    attempts = (
        (Role.PEMBACA, "52", f"/klaim/{claim}/pilih", {"alasan": "x"}),
        (Role.PENILAI, "52", f"/klaim/{claim}/pilih", {"alasan": "x"}),
        (Role.OPERATOR, "52.03", f"/klaim/{claim}/pilih", {"alasan": "x"}),
        (Role.OPERATOR, "52.03", f"/dokumen/{document}/identitas", {"judul": "x"}),
        (Role.OPERATOR, "52.04", f"/dokumen/{document}/baca-lagi", {}),
        (Role.VERIFIKATOR, "52", f"/dokumen/{document}/identitas", {"wilayah": "62.06"}),
        (Role.OPERATOR, "52.03", "/paritrana/ntb-2025/52.03", score),
        (Role.PENILAI, "52", "/paritrana/ntb-2025/52.03", score),
        (Role.VERIFIKATOR, "52", "/paritrana/ntb-2025/52.03", {**score, "jalur": "panel"}),
        (Role.VERIFIKATOR, "52", "/wilayah/62.06/catat/regulasi", {"tangga": "R0", "tanggal": "2021", "sumber": "s"}),
        (Role.PEMBACA, "00", "/dokumen/unggah", {}),
        (Role.VERIFIKATOR, "00", "/pengguna/", {"email": "a@b.c", "nama": "a", "peran": "pembaca", "wilayah": "00"}),
    )
    for number, (role, wilayah, address, form) in enumerate(attempts):
        assert sign_in(role, wilayah, name=f"orang{number}").post(address, data=form).status_code in (403, 404), address
    assert (session.query(Claim).count(), session.query(Score).count()) == before


def test_a_reader_sees_neither_the_changes_of_other_provinces_nor_those_about_accounts(sign_in: SignIn) -> None:
    data = {"tangga": "R0", "tanggal": "2021", "sumber": "surat rahasia"}
    assert sign_in(Role.OPERATOR, ELSEWHERE).post(f"/wilayah/{ELSEWHERE}/catat/regulasi", data=data).status_code == 302
    assert "mencatat" in sign_in(Role.PEMBACA, "52").get("/catatan").text.lower()
    text = sign_in(Role.PEMBACA, "62").get("/catatan").text
    assert ELSEWHERE not in text
    assert "@uji.local" not in text
    assert "@uji.local" in sign_in().get("/catatan").text


def test_an_administrator_of_a_province_manages_only_its_people(app: Flask, sign_in: SignIn, session: Session) -> None:
    sign_in(Role.PEMBACA, "62.06")
    local = sign_in(Role.ADMINISTRATOR, "62")
    first = session.scalar(select(User.id).where(User.email == "admin@patuh.local"))
    own = session.scalar(select(User.id).where(User.email == "pembaca.62.06@uji.local"))
    page = local.get("/pengguna/").text
    assert "pembaca.62.06@uji.local" in page
    assert "admin@patuh.local" not in page
    assert local.post(f"/pengguna/{first}/tautan").status_code == 404
    assert local.post(f"/pengguna/{first}/aktif", data={"aktif": "0"}).status_code == 404
    assert local.post(f"/pengguna/{own}/tautan").status_code == 200
    form = {"email": "a@b.c", "nama": "a", "peran": "administrator", "wilayah": "00"}
    assert local.post("/pengguna/", data=form).status_code == 403
    assert session.scalar(select(User).where(User.email == "a@b.c")) is None


def test_a_closed_account_is_signed_out_at_once_and_its_link_is_dead(sign_in: SignIn, session: Session) -> None:
    reader, keeper = sign_in(Role.PEMBACA, "62"), sign_in()
    number = session.scalar(select(User.id).where(User.email == "pembaca.62@uji.local"))
    link = keeper.post(f"/pengguna/{number}/tautan").text.split("http://localhost")[1].split("<")[0]
    assert reader.get("/akun").status_code == 200
    assert keeper.post(f"/pengguna/{number}/aktif", data={"aktif": "0"}).status_code == 302
    assert reader.get("/akun").status_code == 302
    assert reader.post(link).status_code == 404


def test_files_and_pictures_are_never_run_by_a_browser(sign_in: SignIn, document: int) -> None:
    client = sign_in()
    original = client.get(f"/dokumen/{document}/asli", buffered=True)
    assert original.headers["Content-Disposition"].startswith("attachment")
    for answer in (
        original,
        client.get(f"/dokumen/{document}/halaman/1/gambar.png"),
        client.get("/provinsi/62?format=csv"),
    ):
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "object-src 'none'" in answer.headers["Content-Security-Policy"]


def test_every_write_by_a_person_bears_the_name(sign_in: SignIn, session: Session) -> None:
    data = {"tangga": "R0", "tanggal": "2021", "sumber": "surat"}
    sign_in(Role.OPERATOR, "62.06").post("/wilayah/62.06/catat/regulasi", data=data)
    trace = session.scalars(select(AuditRow).order_by(AuditRow.id.desc())).first()
    assert trace is not None
    assert (trace.actor_name, trace.action, trace.wilayah) == ("operator wilayah 62.06", "mencatat", "62.06")
