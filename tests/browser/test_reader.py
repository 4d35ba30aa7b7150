"""The reader's page under the fingers: keys, hits, zoom, small pictures; and the same without script."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from compliance.actor import Role
from tests.browser.conftest import Site

pytestmark = [pytest.mark.browser, pytest.mark.service("chromium")]
FRAME = "(() => { const s = document.querySelector('.sheet'); return [s.scrollLeft, s.scrollTop]; })()"


def until(page: Page, script: str) -> None:
    """Waits until the script says true; the pages' own policy forbids Playwright's way of waiting."""
    for _ in range(150):
        if page.evaluate(script):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"never true: {script}")


@pytest.fixture(scope="module")
def state(site: Site, chromium: Browser) -> dict[str, object]:
    context = chromium.new_context()
    page = context.new_page()
    page.goto(site.sign_in_link(Role.PEMBACA))
    page.wait_for_url(site.address + "/**")
    kept = context.storage_state()
    context.close()
    return kept  # type: ignore[return-value]


@pytest.fixture
def document(site: Site) -> str:
    from sqlalchemy import select

    from compliance.models import Document, File

    with site.app.app_context():
        session = site.app.extensions["patuh_sessions"]()
        held = session.scalars(select(Document).join(File, File.sha256 == Document.file_sha256)).all()
        chosen = next(one for one in held if one.file_name == "perbup-pekerja-rentan.pdf")
        return f"{site.address}/dokumen/{chosen.id}"


@pytest.fixture
def page(chromium: Browser, state: dict[str, object]) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, storage_state=state)  # type: ignore[arg-type]
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    yield opened
    context.close()
    assert not faults


def test_pages_turn_by_key_but_never_while_typing(page: Page, document: str) -> None:
    page.goto(f"{document}/halaman/1")
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**/halaman/2")
    page.keyboard.press("ArrowLeft")
    page.wait_for_url("**/halaman/1")
    page.keyboard.press("/")
    expect(page.locator("#cari-di-dokumen")).to_be_focused()
    page.keyboard.type("nelayan+")
    page.keyboard.press("ArrowLeft")
    assert page.url.endswith("/halaman/1")
    assert page.input_value("#cari-di-dokumen") == "nelayan+"
    page.locator("h1").click()
    page.keyboard.press("g")
    page.keyboard.type("3")
    page.keyboard.press("Enter")
    page.wait_for_url("**/halaman/3")
    page.keyboard.press("Control+ArrowLeft")
    page.keyboard.press("Alt+n")
    assert page.url.endswith("/halaman/3")


def test_n_and_p_walk_the_hits_on_the_picture_and_in_the_text_and_over_pages(page: Page, document: str) -> None:
    page.goto(f"{document}/halaman/3?q=iuran")
    told = page.locator("#langkah [role=status]")
    first = int(re.findall(r"\d+", told.inner_text())[0])
    page.keyboard.press("n")
    expect(told).to_contain_text(f"Temuan {first + 1} dari")
    assert page.locator("mark.current").get_attribute("data-hit") == "2"
    assert {rect.get_attribute("data-hit") for rect in page.locator("rect.current").all()} == {"2"}
    page.keyboard.press("p")
    expect(told).to_contain_text(f"Temuan {first} dari")
    page.keyboard.press("p")
    page.wait_for_url(re.compile(r"/halaman/[12]\?"))
    expect(page.locator("#langkah [role=status]")).to_contain_text(f"Temuan {first - 1} dari")
    expect(page.locator("rect.current").first).to_be_in_viewport()


def test_the_picture_grows_by_key_stays_large_while_paging_and_is_dragged(page: Page, document: str) -> None:
    page.goto(f"{document}/halaman/1")
    fit = page.locator("#halaman").bounding_box()["width"]  # type: ignore[index]
    for wanted in ("zoom=100", "zoom=150", "zoom=200"):
        page.keyboard.press("+")
        page.wait_for_url(f"**{wanted}*")
    assert page.locator("#halaman").bounding_box()["width"] == 1587 > 2 * fit  # type: ignore[index]
    until(page, "document.querySelector('#halaman').naturalWidth > 1600")
    before = page.evaluate(FRAME)
    page.mouse.move(500, 600)
    page.mouse.down()
    page.mouse.move(400, 400, steps=4)
    page.mouse.up()
    left, top = page.evaluate(FRAME)
    assert (left - before[0], top - before[1]) == (100, 200)
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**/halaman/2?zoom=200")
    page.keyboard.press("0")
    page.wait_for_url("**/halaman/2")


def test_a_picture_that_could_not_be_drawn_at_once_is_asked_for_again(page: Page, document: str) -> None:
    asked: list[str] = []

    def first_busy(route) -> None:  # type: ignore[no-untyped-def]
        asked.append(route.request.url)
        if len(asked) == 1:
            route.fulfill(status=503, body="")
        else:
            route.continue_()

    page.route("**/halaman/4/gambar.png*", first_busy)
    page.goto(f"{document}/halaman/4")
    until(page, "document.querySelector('#halaman').naturalWidth > 0")
    assert len(asked) >= 2


def test_small_pictures_come_when_they_are_opened(page: Page, document: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "dpi=20" in request.url else None)
    page.goto(f"{document}/halaman/1")
    page.wait_for_load_state("networkidle")
    assert asked == []
    page.locator(".strips summary").click()
    until(page, "[...document.querySelectorAll('.smallpages img')].some((image) => image.naturalWidth > 0)")
    assert asked


@pytest.mark.parametrize("zoom", ["", "&zoom=300"])
def test_a_phone_shows_the_picture_first_and_never_scrolls_the_page_sideways(
    chromium: Browser, state: dict[str, object], document: str, zoom: str
) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, has_touch=True, storage_state=state)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{document}/halaman/3?q=iuran{zoom}")
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    tops = [page.locator(part).bounding_box()["y"] for part in (".picture", ".words", ".contents")]  # type: ignore[index]
    assert tops == sorted(tops)
    if not zoom:
        assert page.locator(".paper").bounding_box()["width"] >= 388  # type: ignore[index]
    page.get_by_role("link", name="Teks", exact=True).click()
    expect(page.locator("#j-teks")).to_be_in_viewport()
    context.close()


def test_everything_works_without_script(chromium: Browser, state: dict[str, object], document: str) -> None:
    context = chromium.new_context(
        viewport={"width": 1280, "height": 900},
        storage_state=state,  # type: ignore[arg-type]
        java_script_enabled=False,
    )
    page = context.new_page()
    page.goto(f"{document}/halaman/1")
    page.fill("#cari-di-dokumen", "iuran")
    page.locator(".seek button").click()
    page.locator('#langkah [data-step="1"]').click()
    expect(page.locator("rect.current").first).to_be_in_viewport()
    page.get_by_role("link", name="200 %").click()
    assert "zoom=200" in page.url
    assert "q=iuran" in page.url
    page.get_by_role("link", name="Berikutnya →").click()
    assert "zoom=200" in page.url
    context.close()
