"""What programs are told: their rights, refusals that name the parameter, the JSON of the commands, keys that are shown once."""

from __future__ import annotations

import json
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from compliance.actor import Role
from compliance.models import ApiToken, AuditRow, Membership
from compliance.services.indexing import bring_index_up_to_date
from tests.unit.web.held import hold
from tests.unit.web.strict_page import page_of

SEARCH = "/api/v1/search?q=pekerja"


def _key(client: FlaskClient, name: str = "rekap") -> str:
    shown = client.post("/akun/kunci", data={"nama": name})
    found = re.search(r"patuh_[\w-]{43}", shown.get_data(as_text=True))
    assert found
    return found.group()


def _bearing(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


def _indexed(app: Flask) -> None:
    with app.app_context():
        bring_index_up_to_date(app.extensions["patuh_sessions"](), app.extensions["patuh_settings"])


@pytest.mark.parametrize("path", ["/search?q=x", "/documents", "/documents/1", "/documents/1/pages/1", "/regulations"])
def test_whoever_is_unknown_gets_401_as_json_and_no_redirect(app: Flask, path: str) -> None:
    answer = app.test_client().get(f"/api/v1{path}")
    assert answer.status_code == 401
    assert answer.mimetype == "application/problem+json"
    assert answer.json["code"] == "belum_masuk"
    assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ("documents?page=0", "page"),
        ("documents?limit=101", "limit"),
        ("documents?limit=1_0", "limit"),
        ("documents?page=" + "9" * 5000, "page"),
        ("documents?page=1&page=2", "page"),
        ("documents?tahn=2021", "tahn"),
        ("documents?jenis=Perbub", "jenis"),
        ("documents?wilayah=katingan", "wilayah"),
        ("documents/1?words=1", "words"),
        ("regulations/1?per=15-11-2021", "per"),
        ("search?q=x&tahun=kemarin", "tahun"),
        ("search?q=x&sort=acak", "sort"),
        ("search?jenis=Perbup", "q"),
    ],
)
def test_a_wrong_parameter_is_named_and_never_ignored(sign_in, question: str, field: str) -> None:
    answer = sign_in().get(f"/api/v1/{question}")
    assert (answer.status_code, answer.json["code"]) == (422, "parameter_salah")
    assert list(answer.json["fields"]) == [field]
    assert answer.json["fields"][field].endswith(".")


def test_what_does_not_exist_is_a_problem_in_json(app: Flask, sign_in) -> None:
    client = sign_in()
    for path in ("/api/v1/documents/9", "/api/v2/", "/api/v1/regulations/99999", "/api/v1/documents?wilayah=99"):
        answer = client.get(path)
        assert (answer.status_code, answer.json["code"]) == (404, "tidak_ada"), path
    refused = client.post("/api/v1/documents")
    assert (refused.status_code, refused.json["code"]) == (405, "hanya_get")
    assert "GET" in refused.headers["Allow"]


def test_without_an_index_search_says_503_and_the_rest_answers(app: Flask, sign_in) -> None:
    client = sign_in()
    answer = client.get(SEARCH)
    assert (answer.status_code, answer.json["code"]) == (503, "indeks_disiapkan")
    assert client.get("/api/v1/documents").status_code == 200


def test_rights_are_those_of_the_pages(app: Flask, sign_in) -> None:
    number = hold(app, wilayah="62.06")
    own, other = sign_in(Role.PEMBACA, "62.06"), sign_in(Role.PEMBACA, "52.03")
    for path in ("", "/pages", "/pages/1", "/pasal", "/pasal/pasal/2"):
        assert own.get(f"/api/v1/documents/{number}{path}").status_code == 200, path
        assert other.get(f"/api/v1/documents/{number}{path}").status_code == 404, path
    assert other.get("/api/v1/documents").json["total"] == 0


def test_search_and_documents_write_the_json_of_the_commands(app: Flask, sign_in) -> None:
    hold(app)
    _indexed(app)
    client, runner = sign_in(), app.test_cli_runner()
    said = json.loads(runner.invoke(args=["search", "pekerja", "--json", "--limit", "20"]).stdout)
    told = client.get(SEARCH).json
    paging = {name: told.pop(name) for name in ("page", "limit", "next")}
    assert paging == {"page": 1, "limit": 20, "next": None}
    del said["milliseconds"], told["milliseconds"]
    assert told == said
    listed = json.loads(runner.invoke(args=["documents", "--json"]).stdout)
    assert client.get("/api/v1/documents").json["documents"] == listed


def test_every_page_of_a_list_leads_to_the_next(sign_in) -> None:
    client, seen, address = sign_in(), [], "/api/v1/regulations?limit=7&wilayah=00"
    while address:
        told = client.get(address).json
        seen += [row["id"] for row in told["regulations"]]
        address = told["next"]
    assert len(seen) == len(set(seen)) == told["total"] > 7


def test_a_page_gives_its_words_where_asked_and_a_part_its_citation(app: Flask, sign_in) -> None:
    client, number = sign_in(), hold(app)
    page = client.get(f"/api/v1/documents/{number}/pages/1?words=1").json
    assert all(page["text"][word["start"] :].startswith(word["text"]) for word in page["words"])
    assert client.get(f"/api/v1/documents/{number}/pages/1").json["words"] is None
    part = client.get(f"/api/v1/documents/{number}/pasal/pasal/2/ayat/1").json
    assert part["citation"] == "Pasal 2 ayat (1) Peraturan Bupati Contoh Jaya Nomor 7 Tahun 2024"
    assert part["text"].startswith("(1) Peraturan Bupati ini dimaksudkan")
    assert part["doubtful"] == ["wilayah"]


def test_an_unchanged_answer_is_not_sent_again(app: Flask, sign_in) -> None:
    client, number = sign_in(), hold(app)
    first = client.get(f"/api/v1/documents/{number}")
    again = client.get(f"/api/v1/documents/{number}", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert "no-store" in first.headers["Cache-Control"]


def test_a_document_in_the_bin_is_told_so(app: Flask, sign_in) -> None:
    client, number = sign_in(), hold(app)
    client.post(f"/dokumen/{number}/keranjang", data={"alasan": "salah unggah"})
    answer = client.get(f"/api/v1/documents/{number}")
    assert (answer.status_code, answer.json["code"], answer.json["replaced_by"]) == (404, "di_keranjang", None)


def test_a_key_is_shown_once_kept_as_a_hash_and_works_with_the_rights_of_the_moment(
    app: Flask, sign_in, session: Session
) -> None:
    client = sign_in(Role.PEMBACA, "62.06")
    key = _key(client)
    assert key not in page_of(client.get("/akun/kunci")).text
    row = session.scalars(select(ApiToken)).one()
    assert key not in (row.hash, row.name)
    program = app.test_client()
    assert program.get("/api/v1/documents", headers=_bearing(key)).status_code == 200
    assert program.get("/dokumen/", headers=_bearing(key)).status_code == 302
    session.execute(delete(Membership).where(Membership.user_id == row.user_id))
    session.commit()
    assert program.get("/api/v1/documents", headers=_bearing(key)).status_code == 403


def test_a_key_taken_back_works_no_more_even_beside_a_session(app: Flask, sign_in, session: Session) -> None:
    client = sign_in()
    key = _key(client)
    number = session.scalars(select(ApiToken.id)).one()
    assert client.post(f"/akun/kunci/{number}/cabut").status_code == 303
    assert app.test_client().get("/api/v1/documents", headers=_bearing(key)).status_code == 401
    assert client.get("/api/v1/documents", headers=_bearing(key)).status_code == 401
    assert client.get("/api/v1/documents").status_code == 200
    session.rollback()
    told = session.scalars(select(AuditRow.action).where(AuditRow.subject == "kunci").order_by(AuditRow.id)).all()
    assert told == ["membuat kunci program", "mencabut kunci program"]


def test_nobody_takes_back_the_key_of_another(app: Flask, sign_in, session: Session) -> None:
    key = _key(sign_in(name="satu"))
    number = session.scalars(select(ApiToken.id)).one()
    assert sign_in(name="dua").post(f"/akun/kunci/{number}/cabut").status_code == 404
    assert app.test_client().get("/api/v1/documents", headers=_bearing(key)).status_code == 200


def test_a_key_needs_a_name_and_there_are_at_most_ten(sign_in) -> None:
    client = sign_in()
    assert client.post("/akun/kunci", data={"nama": " "}).status_code == 422
    for number in range(10):
        _key(client, f"kunci {number}")
    assert client.post("/akun/kunci", data={"nama": "sebelas"}).status_code == 422


def test_the_description_is_there_for_people_and_programs_without_signing_in(app: Flask) -> None:
    client = app.test_client()
    described = client.get("/api/v1/openapi.json").json
    page = page_of(client.get("/api/v1/"))
    assert described["openapi"].startswith("3.1")
    for path in described["paths"]:
        assert f"GET {path}" in page.text
