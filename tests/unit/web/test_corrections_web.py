"""Setting a page's text right in the browser: picture beside text, two at once, back to the machine, who may."""

from __future__ import annotations

import re

from flask import Flask
from flask.testing import FlaskClient

from compliance.actor import Role
from compliance.models import Page, PageCorrection
from tests.unit.web.held import hold, row
from tests.unit.web.strict_page import page_of


def _begun(client: FlaskClient, address: str) -> str:
    found = re.search(r'name="dari" value="(\w+)"', client.get(address).text)
    assert found
    return found.group(1)


def test_a_page_is_set_right_and_given_back_to_the_machine(app: Flask, sign_in) -> None:
    held = hold(app, wilayah="62.06")
    address = f"/dokumen/{held}/halaman/1/perbaiki"
    machine = row(app, Page, document_id=held, number=1).text
    client = sign_in(Role.OPERATOR, "62.06")
    assert address in page_of(client.get(f"/dokumen/{held}/halaman/1")).links
    form = client.get(address)
    assert page_of(form).headings
    sent = {"teks": machine.replace("BUPATI", "BUPATI KATAKUNCI", 1), "dari": _begun(client, address)}
    saved = page_of(client.post(address, data=sent, follow_redirects=True))
    assert "KATAKUNCI" in saved.text
    assert "dibetulkan oleh operator wilayah 62.06" in saved.text
    history = page_of(client.get(address))
    assert "Kembalikan ke teks mesin" in history.text
    assert re.search(r"<ins>[^<]*KATAKUNCI", client.get(address).text)
    back = page_of(client.post(f"{address}/mesin", follow_redirects=True))
    assert "KATAKUNCI" not in back.text
    assert "dikembalikan ke teks mesin" in page_of(client.get(address)).text


def test_the_second_of_two_who_correct_a_page_sees_both_texts_and_loses_nothing(app: Flask, sign_in) -> None:
    held = hold(app)
    address = f"/dokumen/{held}/halaman/1/perbaiki"
    client = sign_in()
    begun = _begun(client, address)
    client.post(address, data={"teks": "ketikan pertama", "dari": begun})
    late = client.post(address, data={"teks": "ketikan\r\nkedua", "dari": begun})
    page = page_of(late, 409)
    assert "berubah sementara" in page.text
    assert "<del> pertama</del>" in late.text
    assert "\nketikan\r\nkedua</textarea>" in late.text or "\nketikan\nkedua</textarea>" in late.text
    assert row(app, Page, document_id=held, number=1).text == "ketikan pertama"
    fresh = re.search(r'name="dari" value="(\w+)"', late.text).group(1)
    assert client.post(address, data={"teks": "ketikan\r\nkedua", "dari": fresh}).status_code == 303
    assert row(app, Page, document_id=held, number=1).text == "ketikan\nkedua"


def test_an_empty_text_is_saved_only_where_the_page_is_said_to_be_blank(app: Flask, sign_in) -> None:
    held = hold(app)
    address = f"/dokumen/{held}/halaman/1/perbaiki"
    client = sign_in()
    begun = _begun(client, address)
    assert "centang" in page_of(client.post(address, data={"teks": " \n", "dari": begun}), 422).text
    both = client.post(address, data={"teks": "ada isinya", "dari": begun, "kosong": "1"})
    assert "ada isinya</textarea>" in both.text
    assert both.status_code == 422
    assert client.post(address, data={"teks": " ", "dari": begun, "kosong": "1"}).status_code == 303
    assert row(app, Page, document_id=held, number=1).text == ""


def test_only_who_records_for_the_region_sets_pages_right(app: Flask, sign_in) -> None:
    held = hold(app, wilayah="62.06")
    address = f"/dokumen/{held}/halaman/1/perbaiki"
    other = sign_in(Role.OPERATOR, "62.01")
    assert other.get(address).status_code == 403
    assert other.post(address, data={"teks": "x", "dari": "y"}).status_code == 403
    assert "perbaiki" not in other.get(f"/dokumen/{held}/halaman/1").text
    assert sign_in(Role.OPERATOR, "52").get(address).status_code == 404
    assert sign_in().get(f"/dokumen/{held}/halaman/99/perbaiki").status_code == 404
    assert row(app, PageCorrection) is None
