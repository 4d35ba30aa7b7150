"""The search page."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup, escape

from compliance.actor import Action
from compliance.errors import SearchUnavailable
from compliance.queries.engines import serving_engine
from compliance.queries.regions import all_regions
from compliance.queries.search import Answer, Asked, Notice, search
from compliance.queries.search_scores import explained
from compliance.web.access import actor, allow, session, settings
from compliance.web.asked import number_asked
from compliance.web.filters import angka
from indexer.engine import ORDERS
from indexer.highlight import Snippet

blueprint = Blueprint("cari", __name__)
LONGEST = 10_000
FACETS = ("jenis", "tahun", "wilayah", "penerbit", "status", "topik")


@blueprint.get("/cari", endpoint="search")
@allow(Action.BACA)
def search_view() -> ResponseReturnValue:
    """Results with filters and counts; without a question, an invitation to ask."""
    asked = asked_of_request()
    if not asked.text.strip() and not any(getattr(asked, name) for name in FACETS):
        return render_template("cari/search.html", asked=asked, answer=None, problem=None)
    engine = serving_engine(settings().index_url)
    try:
        answer = search(session(), actor(), engine, asked)
        scores = explained(engine, answer) if "jelaskan" in request.args else {}
    except SearchUnavailable as error:
        return render_template("cari/search.html", asked=asked, answer=None, problem=error), 503
    around = _around(asked, answer)
    return render_template("cari/search.html", asked=asked, answer=answer, problem=None, scores=scores, **around)


def asked_of_request() -> Asked:
    """The question in the address: q, the filters (repeatable), order, whether within one Pasal, and the page of results."""
    chosen = {name: tuple(filter(None, request.args.getlist(name))) for name in FACETS}
    order = request.args.get("urut", "")
    return Asked(
        request.args.get("q", "")[:LONGEST],
        page=number_asked("hal") or 1,
        urut=order if order in ORDERS else ORDERS[0],
        dalam="pasal" if request.args.get("dalam") == "pasal" else "",
        **chosen,  # type: ignore[arg-type]
    )


def _around(asked: Asked, answer: Answer) -> dict[str, object]:
    names = {region.kode: region.nama for region in all_regions(session(), actor())}
    pages = max(1, -(-answer.listed // asked.limit))
    return {
        "facets": facet_choices(asked, answer, names),
        "pages": pages,
        "address": address,
        "region_names": names,
        "orders": [
            (name, label, address(replace(asked, urut=name, page=1)))
            for name, label in zip(ORDERS, (_("relevansi"), _("tanggal terbaru"), _("nomor")), strict=True)
        ],
        "other_mode": address(replace(asked, dalam="" if asked.dalam else "pasal", page=1)),
        "bare": address(Asked(asked.text)),
    }


def facet_choices(asked: Asked, answer: Answer, names: dict[str, str]) -> dict[str, list[dict[str, object]]]:
    """For each filter its values: label, count, whether chosen, and the address that adds or removes it. Unknown values last."""
    choices: dict[str, list[dict[str, object]]] = {}
    for name in FACETS:
        counts = dict(answer.facets.get(name, {}))
        chosen = getattr(asked, name)
        counts.update({value: 0 for value in chosen if value not in counts})
        choices[name] = [
            {
                "label": names.get(value, value) or None,
                "count": count,
                "chosen": value in chosen,
                "href": address(replace(asked, page=1, **{name: _toggled(chosen, value)})),  # type: ignore[arg-type]
                "selectable": bool(value),
            }
            for value, count in sorted(counts.items(), key=lambda pair: (pair[0] == "", -pair[1], pair[0]))
        ]
    return choices


def _toggled(chosen: tuple[str, ...], value: str) -> tuple[str, ...]:
    return tuple(held for held in chosen if held != value) if value in chosen else (*chosen, value)


def address(asked: Asked, path: str = "/cari") -> str:
    """The address of a question, the same for the same question; its results as a file under another path."""
    pairs = [("q", asked.text)]
    pairs += [(name, value) for name in FACETS for value in getattr(asked, name)]
    pairs += [("urut", asked.urut)] if asked.urut != ORDERS[0] else []
    pairs += [("dalam", asked.dalam)] if asked.dalam else []
    pairs += [("hal", str(asked.page))] if asked.page > 1 else []
    return f"{path}?{urlencode(pairs)}"


@blueprint.app_template_filter("marked")
def marked(snippet: Snippet) -> Markup:
    """The snippet's text with its marks as <mark>."""
    written, at = Markup(), 0
    for start, end in snippet.marks:
        written += escape(snippet.text[at:start]) + Markup("<mark>{}</mark>").format(snippet.text[start:end])
        at = end
    return written + escape(snippet.text[at:])


@blueprint.app_template_filter("pemberitahuan")
def notice_text(notice: Notice) -> str:
    """The notice in the reader's language; one that repeats words of the question stays as it was made."""
    num, n = notice.count, angka(notice.count)
    sentences = {
        "sebagian_kata": _(
            "Tidak ada naskah yang memuat semuanya sekaligus. Yang di bawah memuat sebagian: "
            "yang memuat paling banyak, dan kata yang paling jarang, lebih dulu."
        ),
        "halaman_belum_terbaca": ngettext(
            "%(n)s halaman belum terbaca, jadi belum ikut dicari.",
            "%(n)s halaman belum terbaca, jadi belum ikut dicari.",
            num,
            n=n,
        ),
        "dokumen_menunggu": ngettext(
            "%(n)s dokumen masih menunggu dibaca.", "%(n)s dokumen masih menunggu dibaca.", num, n=n
        ),
        "dokumen_gagal": ngettext("%(n)s dokumen tidak bisa dibaca.", "%(n)s dokumen tidak bisa dibaca.", num, n=n),
        "contoh_tidak_dicari": ngettext(
            "%(n)s dokumen contoh tidak ikut dicari.", "%(n)s dokumen contoh tidak ikut dicari.", num, n=n
        ),
        "belum_ada_naskah": ngettext(
            "%(n)s peraturan di halaman ini belum ada naskahnya — unggah.",
            "%(n)s peraturan di halaman ini belum ada naskahnya — unggah.",
            num,
            n=n,
        ),
    }
    return str(sentences.get(notice.code, notice.text))


@blueprint.app_template_filter("at_page")
def at_page(asked: Asked, page: int) -> Asked:
    """The same question, another page of results."""
    return replace(asked, page=page)
