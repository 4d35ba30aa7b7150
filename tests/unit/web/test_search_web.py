"""The search page: order, modes, counts, and what it says where nothing is found."""

from __future__ import annotations

from flask import Flask

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
