"""English, chosen in the footer: every sentence has its translation, and pages, dates and numbers follow."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import force_locale

from compliance.actor import Role
from compliance.rules.ladders import RUNG_WORDS
from compliance.rules.ladders import STAGES as DRAFT_STAGES
from compliance.web.typed import dated
from compliance.web.vocabulary import VOCABULARY, in_words, state_label
from tests.unit.web.strict_page import page_of

SignIn = Callable[..., FlaskClient]
ROOT = Path(__file__).resolve().parents[3]
ENGLISH = ROOT / "compliance/web/translations/en/LC_MESSAGES"
PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w+\}|%%")
PAGES = (
    "/",
    "/provinsi/62",
    "/wilayah/62.06",
    "/cari",
    "/dokumen/",
    "/peraturan/",
    "/paritrana",
    "/keadaan",
    "/sumber",
)
MONTHS = "Januari|Februari|Maret|Mei|Juni|Juli|Agustus|Oktober|Desember"


@cache
def english() -> Catalog:
    with (ENGLISH / "messages.po").open("rb") as file:
        return read_po(file)


def said() -> set[tuple[str | None, str]]:
    """The sentences of code and templates as `make translations` finds them: (context, first form)."""
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    keywords = {**DEFAULT_KEYWORDS, "_lazy": None}
    found = set()
    for folder in ("compliance/web", "templates"):
        inside = [(pattern.removeprefix(f"{folder}/"), method) for pattern, method in methods]
        given = {pattern.removeprefix(f"{folder}/"): chosen for pattern, chosen in options.items()}
        for _file, _line, text, _comments, context in extract_from_dir(ROOT / folder, inside, given, keywords):
            found.add((context, text if isinstance(text, str) else text[0]))
    return found


def forms(message: Message) -> list[str]:
    """The translation, one string for each plural form."""
    return [message.string] if isinstance(message.string, str) else list(message.string)


def test_every_sentence_of_code_and_templates_has_an_english_one() -> None:
    sentences = said()
    assert len(sentences) > 400
    held = {(context, text): english().get(text, context) for context, text in sentences}
    lacking = [key for key, message in held.items() if message is None or message.fuzzy or not all(forms(message))]
    assert not lacking, "make translations, then translate these"


def test_the_collection_sees_templates_code_and_marked_words() -> None:
    assert {
        (None, "Simpan"),
        (None, "Beranda"),
        (None, "Surel atau kata sandi salah."),
        (None, "harmonisasi"),
    } <= said()


def test_placeholders_are_the_same_in_both_languages() -> None:
    for message in english():
        wanted = message.id if isinstance(message.id, str) else message.id[0]
        for form in filter(None, forms(message) if wanted else []):
            assert sorted(PLACEHOLDER.findall(form)) == sorted(PLACEHOLDER.findall(wanted)), wanted


def test_the_compiled_translations_are_those_of_the_text_file() -> None:
    compiled = io.BytesIO()
    write_mo(compiled, english())
    assert (ENGLISH / "messages.mo").read_bytes() == compiled.getvalue(), "make translations"


def test_every_word_of_the_ladders_the_stages_and_the_roles_can_be_translated() -> None:
    assert {*RUNG_WORDS.values(), *DRAFT_STAGES, *(role.value for role in Role)} <= VOCABULARY


def in_english(client: FlaskClient) -> FlaskClient:
    assert client.post("/bahasa", data={"bahasa": "en"}).status_code == 302
    return client


def test_pages_say_that_they_are_english_and_are_well_made(sign_in: SignIn) -> None:
    client = in_english(sign_in())
    for path in PAGES:
        response = client.get(path)
        page_of(response)
        assert '<html lang="en">' in response.text, path
        assert "Data sources and licences" in response.text, path


def test_the_front_page_is_in_english(sign_in: SignIn) -> None:
    page = page_of(in_english(sign_in()).get("/?per=2021-08-17"))
    assert page.headings == ["Indonesia as at 17 August 2021"]
    assert "regencies and cities are known to have a regulation in force" in page.text
    assert "belum diperiksa" not in page.text


def test_a_provinces_page_has_english_dates_ladders_and_numbers(sign_in: SignIn) -> None:
    client = in_english(sign_in())
    page = page_of(client.get("/provinsi/62?per=2021-11-15"))
    assert page.headings == ["Kalimantan Tengah Province as at 15 November 2021"]
    assert "4 of 14 regencies and cities have a regulation in force" in page.text
    assert "10 not checked yet" in page.text
    assert "Perkada in force" in page.text
    assert not re.search(rf"\d ({MONTHS}) \d", page.text)
    budgets = page_of(client.get("/provinsi/35?per=2025-12-31&anggaran=2024")).text
    assert "Rp2,092,600,000" in budgets
    assert not re.search(r"Rp\d{1,3}\.\d{3}", budgets)


def test_a_downloaded_table_keeps_its_decimal_commas_in_english(sign_in: SignIn) -> None:
    table = in_english(sign_in()).get("/provinsi/35?per=2025-12-31&format=csv").text
    assert "Coverage percent" in table
    assert ";26,04;" in table


def test_the_search_page_is_in_english(sign_in: SignIn) -> None:
    page = page_of(in_english(sign_in()).get("/cari"))
    assert page.headings == ["Search regulations and documents"]
    assert "Search by words, a phrase, or the identity of a regulation." in page.text


def test_the_footer_leads_back_to_indonesian(sign_in: SignIn) -> None:
    client = in_english(sign_in())
    client.post("/bahasa", data={"bahasa": "id"})
    assert '<html lang="id">' in client.get("/").text


def test_a_refused_sign_in_is_told_in_the_language_chosen(app: Flask) -> None:
    client = in_english(app.test_client())
    answer = client.post("/masuk", data={"email": "x@uji.local", "password": "salah"})
    assert "Wrong e-mail address or password." in answer.text


def test_labels_of_states_are_translated_but_names_of_acts_are_not(app: Flask) -> None:
    with app.test_request_context(), force_locale("en"):
        assert state_label("Perbup 6/2019") == "Perbup 6/2019"
        assert state_label("rancangan Perbup") == "draft Perbup"
        assert state_label("Perbup (nomor belum tercatat)") == "Perbup (number not recorded yet)"
        assert in_words("belum diperiksa") == "not checked yet"
        assert in_words(None) == ""


def test_english_month_names_can_be_typed_back() -> None:
    assert dated("17 August 2021") == dated("17 Agustus 2021")
    assert dated("October 2022") == dated("Oktober 2022")
