"""Every page that the navigation leads to, as every role, on a desk and on a phone. New pages are swept without a test of their own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from urllib.parse import urldefrag, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page
from werkzeug.exceptions import HTTPException

from compliance.actor import Role
from tests.browser.conftest import ROLES, Site

pytestmark = [pytest.mark.browser, pytest.mark.service("chromium")]
WIDTHS = {"desk": (1280, 900), "phone": (390, 844)}
SERIOUS = ("serious", "critical")
VISITS = {Role.ADMINISTRATOR: 2}
FOCUSABLE = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']"
# The attribute, because a link inside a map has no plain href property.
LINKS = "links => links.map(link => new URL(link.getAttribute('href'), location).href)"
NOT_PAGES = (
    *("static", "dokumen.page_image", "dokumen.original", "dokumen.field_image"),
    *("versi.file", "versi.page_image", "dokumen.reading_states", "cari.results_file", "cari.suggest"),
    *("jdih.feed", "api.openapi"),
)
STARTS = ("/", "/cari?q=pekerja+rentan", "/?per=2021-11-15")


class Visitor:
    """A signed-in browser that walks the site and keeps what went wrong."""

    def __init__(self, site: Site, page: Page, visits: int = 1) -> None:
        self.site = site
        self.page = page
        self.visits = visits
        self.faults: list[str] = []
        self.seen: Counter[str] = Counter()
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: script error: {error}"))
        page.on("request", self._asked)

    def _heard(self, message) -> None:  # type: ignore[no-untyped-def]
        if message.type == "error":
            self.faults.append(f"{self.page.url}: console: {message.text}")

    def _asked(self, request) -> None:  # type: ignore[no-untyped-def]
        if urlsplit(request.url).scheme in ("http", "https") and not request.url.startswith(self.site.address):
            self.faults.append(f"{self.page.url}: asked for {request.url}")

    def pages(self) -> Iterator[str]:
        """Opens page after page, following links; yields each address while it is open."""
        waiting = [self.site.address + path for path in STARTS]
        known = set(waiting)
        while waiting:
            address = waiting.pop(0)
            route = route_of(self.site.app, address)
            if route is None or self.seen[route] >= self.visits:
                continue
            self.seen[route] += 1
            answer = self.page.goto(address)
            if answer is None or answer.status >= 400:
                self.faults.append(f"{address}: answered {answer.status if answer else 'nothing'}")
                continue
            if self.page.url.startswith(self.site.address):
                yield address
            for link in self.page.eval_on_selector_all("a[href]", LINKS):
                found = urldefrag(link).url
                if found.startswith(self.site.address) and found not in known:
                    known.add(found)
                    waiting.append(found)

    def check_accessibility(self) -> None:
        for violation in Axe().run(self.page).response["violations"]:
            if violation["impact"] in SERIOUS:
                places = ", ".join(node["html"][:120] for node in violation["nodes"][:3])
                self.faults.append(f"{self.page.url}: axe {violation['id']}: {places}")

    def check_keyboard(self) -> None:
        """Pressing Tab reaches every visible control, and what is reached shows that it is."""
        script = f"""() => {{
            const group = e => [...document.querySelectorAll("input[type=radio]")].filter(r => r.name === e.name && r.form === e.form);
            const entry = e => e.type !== "radio" || e === (group(e).find(r => r.checked) ?? group(e)[0]);  // arrows go on from there
            const all = [...document.querySelectorAll("{FOCUSABLE}")].filter(e => e.checkVisibility() && !e.disabled && entry(e));
            all.forEach((e, i) => e.dataset.swept = i);
            document.activeElement.blur();
            return all.length;
        }}"""
        wanted = set(range(self.page.evaluate(script)))
        reached: set[int] = set()
        for _ in range(2 * len(wanted) + 20):  # a date field takes several presses
            if reached == wanted:
                break
            self.page.keyboard.press("Tab")
            index = self.page.evaluate("() => document.activeElement.dataset.swept")
            if index is not None:
                reached.add(int(index))
        if missed := wanted - reached:
            html = self.page.evaluate(f"document.querySelector('[data-swept=\"{min(missed)}\"]').outerHTML")
            self.faults.append(f"{self.page.url}: Tab never reaches {len(missed)} controls, such as {html[:120]}")

    def check_width(self) -> None:
        overflow = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if overflow > 1:
            self.faults.append(f"{self.page.url}: {overflow} px wider than the screen")


def route_of(app: Flask, address: str) -> str | None:
    """The route that answers a GET of this address; None for downloads, pictures and addresses that are no page."""
    try:
        endpoint, _ = app.url_map.bind("localhost").match(urlsplit(address).path, method="GET")
    except HTTPException:
        return None
    is_file = endpoint in NOT_PAGES or endpoint.startswith("api_") or "format=csv" in address or "bentuk=csv" in address
    return None if is_file else endpoint


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("role", ROLES)
def test_every_page_works_for_every_role_on_desk_and_phone(
    site: Site, chromium: Browser, role: Role, width: str
) -> None:
    wide, high = WIDTHS[width]
    context = chromium.new_context(viewport={"width": wide, "height": high}, locale="id-ID")
    page = context.new_page()
    page.goto(site.sign_in_link(role))
    page.wait_for_url(site.address + "/")
    visitor = Visitor(site, page, VISITS.get(role, 1))
    for _address in visitor.pages():
        visitor.check_accessibility()
        visitor.check_width()
        if role is Role.ADMINISTRATOR:
            visitor.check_keyboard()
    context.close()
    assert not visitor.faults, "\n".join(visitor.faults)
    assert len(visitor.seen) >= 10


@pytest.mark.parametrize("width", WIDTHS)
def test_signing_in_is_a_good_page_too(site: Site, chromium: Browser, width: str) -> None:
    wide, high = WIDTHS[width]
    context = chromium.new_context(viewport={"width": wide, "height": high})
    page = context.new_page()
    visitor = Visitor(site, page)
    page.goto(f"{site.address}/provinsi/62")
    assert page.url.startswith(f"{site.address}/masuk")
    visitor.check_accessibility()
    visitor.check_keyboard()
    visitor.check_width()
    context.close()
    assert not visitor.faults, "\n".join(visitor.faults)
