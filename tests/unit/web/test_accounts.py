"""Signing in, one-time links, roles and passwords."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from compliance.actor import Action, Actor, Grant, Role
from compliance.db import transaction
from compliance.errors import Forbidden, UnauditedWrite
from compliance.models import AuditRow, Region, User


def _link(app: Flask, email: str = "admin@patuh.local") -> str:
    result = app.test_cli_runner().invoke(args=["accounts", "link", email])
    return result.output.strip().split("8000")[-1]


def test_whoever_is_not_signed_in_is_sent_to_the_sign_in_page(app: Flask) -> None:
    answer = app.test_client().get("/provinsi/62?per=2021-11-15")
    assert answer.status_code == 302
    assert answer.location.startswith("/masuk?next=")


def test_the_one_time_link_signs_in_once(app: Flask) -> None:
    path = _link(app)
    first, second = app.test_client(), app.test_client()
    assert first.get(path).status_code == 200
    assert first.get(path).status_code == 200, "looking at the link does not use it up"
    assert first.post(path).status_code == 302
    assert first.get("/akun").status_code == 200
    assert second.post(path).status_code == 404
    assert second.get("/akun").status_code == 302


def test_a_newer_link_replaces_the_older_one(app: Flask) -> None:
    older, newer = _link(app), _link(app)
    assert app.test_client().post(older).status_code == 404
    assert app.test_client().post(newer).status_code == 302


def test_a_password_made_after_the_link_signs_in_and_a_wrong_one_does_not(app: Flask) -> None:
    client = app.test_client()
    client.post(_link(app))
    assert client.post("/akun/kata-sandi", data={"baru": "pendek", "ulang": "pendek"}).status_code == 422
    assert client.post("/akun/kata-sandi", data={"baru": "kuda sungai biru", "ulang": "kuda sungai"}).status_code == 422
    assert (
        client.post("/akun/kata-sandi", data={"baru": "kuda sungai biru", "ulang": "kuda sungai biru"}).status_code
        == 302
    )
    client.post("/keluar")
    assert client.get("/akun").status_code == 302
    refused = client.post("/masuk", data={"email": "admin@patuh.local", "password": "kuda sungai hijau"})
    assert "Surel atau kata sandi salah." in refused.text
    client.post("/masuk", data={"email": "admin@patuh.local", "password": "kuda sungai biru"})
    assert client.get("/akun").status_code == 200


def test_whoever_forgot_the_password_makes_a_new_one_after_a_link_but_not_after_a_password(app: Flask) -> None:
    first, second = "kuda sungai biru", "kuda sungai hijau"
    client = app.test_client()
    client.post(_link(app))
    client.post("/akun/kata-sandi", data={"baru": first, "ulang": first})
    assert 'name="lama"' in client.get("/akun").text
    assert client.post("/akun/kata-sandi", data={"baru": second, "ulang": second}).status_code == 422

    forgetful = app.test_client()
    forgetful.post(_link(app))
    assert 'name="lama"' not in forgetful.get("/akun").text
    assert forgetful.post("/akun/kata-sandi", data={"baru": second, "ulang": second}).status_code == 302

    client = app.test_client()
    client.post(_link(app))
    client.post("/keluar")
    client.post("/masuk", data={"email": "admin@patuh.local", "password": second})
    assert client.post("/akun/kata-sandi", data={"baru": first, "ulang": first}).status_code == 422


def test_a_changed_password_signs_out_every_other_browser(app: Flask) -> None:
    here, elsewhere = app.test_client(), app.test_client()
    elsewhere.post(_link(app))
    here.post(_link(app))
    here.post("/akun/kata-sandi", data={"baru": "kuda sungai biru", "ulang": "kuda sungai biru"})
    assert here.get("/akun").status_code == 200
    assert elsewhere.get("/akun").status_code == 302


def test_a_form_without_its_token_is_refused_in_a_sentence(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    answer = app.test_client().post("/masuk", data={"email": "a@b.id", "password": "x"})
    assert answer.status_code == 400
    assert "Formulir ini" in answer.text


def test_only_administrators_manage_accounts(sign_in) -> None:
    assert sign_in(Role.VERIFIKATOR, "62").get("/pengguna/").status_code == 403
    assert sign_in(Role.ADMINISTRATOR, "00").get("/pengguna/").status_code == 200


def test_a_new_account_gets_its_role_and_a_link(app: Flask, sign_in) -> None:
    form = {"nama": "Siti", "email": "siti@katingan.go.id", "peran": "operator wilayah", "wilayah": "62.06"}
    page = sign_in().post("/pengguna/", data=form)
    assert "/masuk/sekali/" in page.text
    path = page.text.split("<code>")[1].split("</code>")[0].replace("http://localhost", "")
    siti = app.test_client()
    siti.post(path)
    assert "operator wilayah, Kabupaten Katingan" in siti.get("/akun").text


def test_a_wrong_region_keeps_what_was_typed_and_says_so(sign_in) -> None:
    form = {"nama": "Siti", "email": "siti@katingan.go.id", "peran": "pembaca", "wilayah": "99.99"}
    page = sign_in().post("/pengguna/", data=form)
    assert page.status_code == 422
    assert "99.99 tidak dikenal" in page.text
    assert 'value="siti@katingan.go.id"' in page.text


def test_pages_carry_safe_headers_and_cookies(app: Flask) -> None:
    client = app.test_client()
    answer = client.post(_link(app))
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_rights_reach_down_from_nation_to_province_to_regency() -> None:
    operator = Actor(1, "Siti", (Grant(Role.OPERATOR, "62.06"),))
    assert operator.may(Action.CATAT, "62.06")
    assert not operator.may(Action.CATAT, "62.01")
    assert operator.reads("62.01"), "neighbours in the province are read for comparison"
    assert not operator.reads("52.03")
    with pytest.raises(Forbidden):
        operator.require(Action.PILIH, "62.06")
    assert Actor(2, "Budi", (Grant(Role.VERIFIKATOR, "62"),)).may(Action.PILIH, "62.06")
    assert Actor.system("uji").read_scopes() is None
    assert not Actor(None, "tamu").reads("00")


def test_a_write_without_an_audit_row_is_refused_whole(session: Session) -> None:
    region = session.get(Region, "62")
    assert region is not None
    with pytest.raises(UnauditedWrite), transaction(session):
        region.penduduk = 1
    session.expire_all()
    assert session.get(Region, "62").penduduk != 1  # type: ignore[union-attr]


def test_signing_in_leaves_a_trace(app: Flask, session: Session) -> None:
    app.test_client().post(_link(app))
    admin = session.scalar(select(User))
    assert admin is not None
    traces = session.scalars(select(AuditRow.action).where(AuditRow.actor_id == admin.id)).all()
    assert "masuk dengan tautan" in traces
