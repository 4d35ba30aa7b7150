"""A page read the way a screen reader needs it: one h1, labels for inputs, no id twice, no inline style or script."""

from __future__ import annotations

from html.parser import HTMLParser

from werkzeug.test import TestResponse

VOID = {"meta", "link", "input", "br", "img", "hr", "wbr"}
UNLABELLED = {"hidden", "submit", "button"}


class StrictPage(HTMLParser):
    """Raises AssertionError for a page that is not well made; afterwards `links`, `text` and `headings` hold what is on it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.labelled: list[str] = []
        self.inputs: list[dict[str, str | None]] = []
        self.links: list[str] = []
        self.headings: list[str] = []
        self.words: list[str] = []
        self.feed(html)
        self.close()
        self._check()

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        assert "style" not in given, f"inline style on {tag}"
        assert not any(name.startswith("on") for name in given), f"inline script on {tag}"
        if tag not in VOID:
            self.open.append(tag)
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if tag == "label" and given.get("for"):
            self.labelled.append(str(given["for"]))
        if tag in ("input", "select", "textarea") and given.get("type") not in UNLABELLED:
            self.inputs.append({**given, "inside": "label" if "label" in self.open else None})
        if tag == "a" and given.get("href"):
            self.links.append(str(given["href"]))
        if tag == "th":
            assert given.get("scope") in ("col", "row"), "a table heading without scope"
        if tag == "h1":
            self.headings.append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag, f"</{tag}> out of place at {self.getpos()}"

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in ("script", "style"):
            return
        self.words.append(data)
        if self.open and self.open[-1] == "h1":
            self.headings[-1] += data

    def _check(self) -> None:
        assert not self.open, f"never closed: {self.open}"
        assert len(self.headings) == 1, f"{len(self.headings)} h1"
        twice = {name for name in self.ids if self.ids.count(name) > 1}
        assert not twice, f"ids used twice: {twice}"
        for given in self.inputs:
            named = given["inside"] or given.get("aria-label") or given.get("id") in self.labelled
            assert named, f"an input without a label: {given}"


def page_of(response: TestResponse, status: int = 200) -> StrictPage:
    assert response.status_code == status, response.text[:500]
    return StrictPage(response.text)
