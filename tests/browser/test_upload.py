"""Sending files with the page's own script: chosen or dropped, one line each, another try after the network was away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from compliance.actor import Role
from tests.browser.conftest import Site
from tests.pdfs import digital_pdf

pytestmark = [pytest.mark.browser, pytest.mark.service("chromium")]
DROP = """([name, text]) => {
    const carried = new DataTransfer();
    carried.items.add(new File([text], name, {type: "application/pdf"}));
    document.body.dispatchEvent(new DragEvent("drop", {bubbles: true, cancelable: true, dataTransfer: carried}));
}"""


@pytest.fixture
def page(site: Site, chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(locale="id-ID")
    opened = context.new_page()
    opened.goto(site.sign_in_link(Role.OPERATOR))
    opened.goto(f"{site.address}/dokumen/unggah")
    yield opened
    context.close()


def paper(path: Path, text: str) -> Path:
    return digital_pdf(path, [(text,)])


def test_each_chosen_file_has_its_line_and_is_sent_at_once(page: Page, tmp_path: Path) -> None:
    files = [paper(tmp_path / f"{word}.pdf", word) for word in ("satu", "dua", "tiga")]
    page.set_input_files("#berkas", files)
    lines = page.locator("#kiriman tbody tr")
    expect(lines).to_have_count(3)
    for at, file in enumerate(files):
        expect(lines.nth(at).locator("th a")).to_have_text(file.name)
        expect(lines.nth(at)).to_contain_text(re.compile("diterima|menunggu dibaca"))
    expect(page.locator("#ringkasan")).to_contain_text("boleh ditutup")


def test_a_dropped_file_is_sent_and_the_same_bytes_are_told(page: Page) -> None:
    for _ in range(2):
        page.evaluate(DROP, ["jatuh.pdf", "%PDF-1.7 percobaan"])
        expect(page.locator("#kiriman tbody tr").last).to_contain_text(re.compile("diterima|sudah ada|menunggu"))
    expect(page.locator("#kiriman tbody tr").last).to_contain_text("sudah ada")


def test_a_file_that_did_not_get_through_can_be_sent_again(page: Page, tmp_path: Path) -> None:
    file = paper(tmp_path / "putus.pdf", "putus")
    page.route("**/dokumen/unggah", lambda route: route.abort())
    page.set_input_files("#berkas", file)
    line = page.locator("#kiriman tbody tr")
    expect(line).to_contain_text("gagal terkirim")
    page.unroute("**/dokumen/unggah")
    line.get_by_role("button").click()
    expect(line).to_contain_text(re.compile("diterima|menunggu dibaca"))


def test_a_file_larger_than_the_limit_is_refused_before_it_is_sent(page: Page, tmp_path: Path) -> None:
    page.evaluate("document.getElementById('unggah').dataset.terbesar = 100")
    page.set_input_files("#berkas", paper(tmp_path / "besar.pdf", "besar"))
    expect(page.locator("#kiriman tbody tr")).to_contain_text("lebih besar dari batas")


def test_the_page_with_lines_is_accessible_and_fits_a_phone(page: Page, site: Site, tmp_path: Path) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.set_input_files("#berkas", [paper(tmp_path / "a.pdf", "a"), tmp_path / "a.pdf"])
    expect(page.locator("#ringkasan")).to_contain_text("boleh ditutup")
    for address in ("", f"{site.address}/pekerjaan/"):
        if address:
            page.goto(address)
        found = Axe().run(page).response["violations"]
        assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 1
