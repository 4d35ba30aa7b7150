"""The search page tells what it searched instead, and why hits stand as they do."""

from __future__ import annotations

from flask import Flask

from compliance.actor import Actor, Role
from compliance.services.indexing import bring_index_up_to_date
from tests.conftest import SignIn
from tests.integration.test_search import Desk
from tests.unit.web.held import hold
from tests.unit.web.strict_page import page_of


def test_a_respelt_word_is_told_with_a_way_back_and_scores_open_up(app: Flask, sign_in: SignIn) -> None:
    hold(app)
    with app.app_context():
        bring_index_up_to_date(app.extensions["patuh_sessions"](), app.extensions["patuh_settings"])
    reader = sign_in(Role.PEMBACA)
    answered = reader.get("/cari?q=pekerj+rentn&jelaskan=1")
    page_of(answered)
    assert "tidak ada di naskah; dicari “pekerja”" in answered.text
    assert "Cari persis seperti diketik" in answered.text
    assert "Mengapa di urutan ini: nilai" in answered.text
    partly = reader.get("/cari?q=pekerja+rentan+zwetschge")
    page_of(partly)
    assert "0 ditemukan" in partly.text
    assert "memuat sebagian" in partly.text
    assert "Tidak ada di naskah mana pun: zwetschge" in partly.text


def test_a_far_commoner_word_is_offered_as_a_link_beside_the_results(app: Flask, sign_in: SignIn, actor: Actor) -> None:
    with app.app_context():
        desk = Desk(app.extensions["patuh_sessions"](), app.extensions["patuh_settings"], actor)
        for number, word in enumerate(["nelayar", *["nelayan"] * 10]):
            desk.hold((f"Iuran bagi {word}.",), nomor=str(number), judul="IURAN")
        desk.index()
    answered = sign_in(Role.PEMBACA).get("/cari?q=nelayar+iuran")
    page_of(answered)
    assert 'Mungkin maksud Anda: <a href="/cari?q=nelayan+iuran">nelayan iuran</a>' in answered.text
    assert "1 ditemukan" in answered.text
