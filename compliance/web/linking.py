"""Links of a text (`queries/citation_links.py`) as addresses and words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from compliance.models import Regulation
from compliance.queries.citation_links import HERE, KNOWN, UNKNOWN, Link
from compliance.rules.standing import Standing
from compliance.web import page_text
from compliance.web.filters import tanggal

_POINTS = re.compile(r"(?<=/)(?:ayat|huruf|angka)/[^/]+(?:/(?:ayat|huruf|angka)/[^/]+)*$")
_AMENDING = re.compile(r"(?:^|/)pasal/[ivx]+/$")


@dataclass(frozen=True, slots=True)
class Instrument:
    """An act that a text names: where it leads ("" nowhere), what there is to say of it, and how it ended ("" for not)."""

    name: str
    href: str
    remark: str
    ended: str


def instruments(links: Iterable[Link]) -> list[Instrument]:
    """The acts that links name, each once, in the order of the text."""
    remarks = {KNOWN: _("belum ada naskahnya"), UNKNOWN: _("tidak dikenal di sini")}
    named = [
        Instrument(link.name, href(link), str(remarks.get(link.state, "")), ended_text(link.standing, link.act))
        for link in links
        if link.state != HERE and not link.address
    ]
    return list(dict.fromkeys(named))


def shown_links(links: Iterable[Link], offset: int = 0) -> list[page_text.Link]:
    """The links of a text that begins at `offset` of the page's text, in order."""
    return [page_text.Link(link.start - offset, link.end - offset, href(link), title(link)) for link in links]


def href(link: Link) -> str:
    """Where a link leads; "" for what is unknown here."""
    if link.address and link.document_id:
        return part_address(link.document_id, link.address)
    if link.document_id:
        return url_for("dokumen.document", document_id=link.document_id)
    return url_for("peraturan.regulation", regulation_id=link.act.id) if link.act else ""


def part_address(document_id: int, address: str, query: str | None = None) -> str:
    """The page of a part, at that part: "/dokumen/3/pasal/7/ayat/2#ayat-2"."""
    anchor = anchor_of(address)
    return url_for("pasal.part", document_id=document_id, address=address, q=query or None, _anchor=anchor or None)


def anchor_of(address: str) -> str:
    """The id of a part on the page of its Pasal: "ayat-2-huruf-b"; "" for what has a page of its own, like a change of Pasal I."""
    fine = _POINTS.search(address)
    if fine is None:
        return ""
    amends = fine.group().startswith("angka/") and _AMENDING.search(address[: fine.start()])
    return "-".join(fine.group().split("/")[2 if amends else 0 :])


def title(link: Link) -> str:
    """What a link says of where it leads: the name, whether a text is held, whether the act has ended."""
    if link.state == HERE:
        return link.name
    if link.state == UNKNOWN:
        return str(_("tidak dikenal di sini"))
    told = [link.name]
    if link.state == KNOWN:
        told.append(str(_("belum ada naskahnya")))
    ended = ended_text(link.standing, link.act)
    return " · ".join([*told, ended] if ended else told)


def ended_text(standing: Standing | None, act: Regulation | None) -> str:
    """ "sudah berakhir 31 Desember 2024", "sudah dicabut sejak …"; "" for an act that has not ended as far as is known."""
    if standing is None or not standing.has_ended:
        return ""
    if standing.state == "habis" and act and act.berlaku_sampai:
        return str(_("sudah berakhir %(tanggal)s", tanggal=tanggal(act.berlaku_sampai)))
    words = {"dicabut": _("sudah dicabut"), "habis": _("sudah berakhir")}.get(
        standing.state or "", _("tidak berlaku lagi")
    )
    since = _(" sejak %(tanggal)s", tanggal=tanggal(standing.since)) if standing.since else ""
    return f"{words}{since}"
