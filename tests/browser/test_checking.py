"""A doubtful identity settled in a real browser with nothing but the keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from compliance.actor import Role
from tests.browser.conftest import Site

pytestmark = [pytest.mark.browser, pytest.mark.service("chromium")]
FOCUSED = "document.activeElement.closest('[data-doubtful]')?.dataset.doubtful"
TYPED = {"jenis": "Perbup", "nomor": "7", "tahun": "2024", "wilayah": "62.06", "judul": "PEKERJA RENTAN"}


def test_enter_settles_field_after_field_and_goes_on_to_the_next_document(site: Site, chromium: Browser) -> None:
    page = _first_of_the_queue(site, chromium)
    first = page.url
    names = page.eval_on_selector_all("[data-doubtful]", "rows => rows.map(row => row.dataset.doubtful)")
    assert names
    for place, name in enumerate(names):
        assert page.evaluate(FOCUSED) == name
        _settle(page, name)
        if place < len(names) - 1:
            assert page.url == first
    page.wait_for_url(lambda address: address != first)
    assert "tersimpan atas nama Anda" in page.locator(".message.baik").inner_text()
    page.close()


def test_escape_takes_back_what_was_typed_and_then_leaves_the_document_for_later(site: Site, chromium: Browser) -> None:
    page = _first_of_the_queue(site, chromium)
    here, before = page.url, page.evaluate("document.activeElement.value")
    page.keyboard.type("9")
    page.keyboard.press("Escape")
    assert (page.url, page.evaluate("document.activeElement.value")) == (here, before)
    page.keyboard.press("Escape")
    page.wait_for_url(lambda address: address != here)
    page.goto(here)
    assert page.locator("[data-doubtful]").count() > 0
    page.close()


def _first_of_the_queue(site: Site, chromium: Browser) -> Page:
    page = chromium.new_page()
    page.goto(site.sign_in_link(Role.ADMINISTRATOR))
    page.goto(f"{site.address}/periksa")
    page.get_by_role("link", name="Mulai memeriksa").click()
    page.locator("[data-doubtful] :focus").wait_for()
    return page


def _settle(page: Page, name: str) -> None:
    """Types a value where one lacks, and says that it is right."""
    if page.evaluate("document.activeElement.value") == "":
        if name in TYPED:
            page.keyboard.type(TYPED[name])
        else:
            page.keyboard.press("Enter")
            page.keyboard.press("Space")
    page.keyboard.press("Enter")
