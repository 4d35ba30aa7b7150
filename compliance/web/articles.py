"""A page for every part of a document: its text with links, its citation to copy, and the way to the picture of the paper."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template, request
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.routing import BaseConverter

from compliance.actor import Action
from compliance.models import Document
from compliance.queries import articles
from compliance.queries.articles import Article, Block, Span
from compliance.queries.facts import today
from compliance.queries.search import understood
from compliance.queries.standing import standing_on
from compliance.rules.addresses import neighbours
from compliance.rules.citations import citation
from compliance.web import linking, naming, page_text
from compliance.web.access import actor, allow, session
from indexer.highlight import Mark, marks
from indexer.markers import marker_length
from indexer.structure import POINTS, Part, spoken

blueprint = Blueprint("pasal", __name__, url_prefix="/dokumen")
IDENTITY = ("jenis", "nomor", "tahun", "wilayah", "penerbit")


class PartAddress(BaseConverter):
    """ "pasal/7/ayat/2", "diktum/kesatu", "bab/ii", "penjelasan/pasal/7"; capitals do not count."""

    regex = (
        r"(?i:pasal-demi-pasal|pasal|diktum|bab|bagian|paragraf|lampiran|penjelasan|menimbang|mengingat|memperhatikan)"
        r"(?:/[^/]+)*"
    )
    part_isolating = False


@blueprint.record
def _knows_addresses(state: BlueprintSetupState) -> None:
    state.app.url_map.converters["part_address"] = PartAddress


_BREAK = page_text.Run(None, (page_text.Piece("\n"),))


@dataclass(frozen=True, slots=True)
class Shown:
    """A block for the eye: `marker` ("(2)") leads to `address`, `anchor` is its id ("" for none)."""

    depth: int
    kind: str
    marker: str
    address: str
    anchor: str
    is_chosen: bool
    runs: tuple[page_text.Run, ...]


@blueprint.get("/<int:document_id>/<part_address:address>")
@allow(Action.BACA)
def part(document_id: int, address: str) -> ResponseReturnValue:
    """The text of a part; an ayat is shown, marked, within its Pasal."""
    typed = request.args.get("q", "").strip()
    found = articles.article_at(session(), actor(), document_id, address)
    told = articles.explanation_of(session(), actor(), found)
    addresses = found.addresses
    act = found.document.regulation
    standing = standing_on(session(), actor(), act, today()) if act else None
    before, after = neighbours(addresses, found.whole)
    return render_template(
        "pasal/part.html",
        document=found.document,
        article=found,
        addresses=addresses,
        typed=typed,
        title=_name(found, found.whole),
        chosen_title=_name(found, found.chosen),
        blocks=_shown(found, typed, ""),
        ended=linking.ended_text(standing, act),
        instruments=linking.instruments(found.links),
        explanation=told,
        explained=_shown(told, typed, "penjelasan-") if told else [],
        above=[index for index in _above(found) if addresses.parts[index].kind != "penjelasan" or told is None],
        before=before,
        after=after,
        again=[addresses.parts[index] for index in addresses.alike(found.whole)],
        cited=(cited := cited_as(found.document, _name(found, found.chosen))),
        quoted=f"{found.text(found.chosen)}\n\n{cited}" if found.blocks else cited,
        name_of=lambda index: _name(found, index),
        address_of=lambda index: linking.part_address(document_id, addresses.of(index), typed),
    )


def cited_as(document: Document, label: str) -> str:
    """ "Pasal 7 ayat (2) Peraturan Bupati Katingan Nomor 6 Tahun 2019"; says which of its fields are not certain."""
    known = document.jenis and (document.nomor or document.tahun)
    name = citation(document) if known else document.file_name
    unsure = [naming.field_label(field).lower() for field in IDENTITY if field in document.doubtful]
    doubts = _("%(bidang)s belum pasti", bidang=", ".join(unsure)) if unsure and known else ""
    sample = _("contoh, bukan peraturan") if document.is_sample else ""
    told = "; ".join(str(word) for word in (doubts, sample) if word)
    return f"{label} {name} ({told})" if told else f"{label} {name}"


def _name(article: Article, index: int) -> str:
    chain = article.addresses.chain(index)
    return (
        spoken(chain)
        or " ".join(part.label for part in chain if part.kind in ("bab", "bagian", "paragraf"))
        or chain[-1].label
    )


def _above(article: Article) -> list[int]:
    """The parts around the one shown, the outermost first."""
    above: list[int] = []
    parent = article.addresses.parts[article.whole].parent
    while parent is not None:
        above.insert(0, parent)
        parent = article.addresses.parts[parent].parent
    return above


def _shown(article: Article, typed: str, prefix: str) -> list[Shown]:
    query = understood(typed)
    places = {page: marks(text, query) if typed else [] for page, text in article.texts.items()}
    begun: set[int] = set()
    shown = []
    for block in article.blocks:
        shown.append(_block(article, block, places, prefix if block.index not in begun else None))
        begun.add(block.index)
    return [block for block in shown if block.marker or any(run is not _BREAK for run in block.runs)]


def _block(article: Article, block: Block, places: dict[int, list[Mark]], prefix: str | None) -> Shown:
    """A block in runs, without the heading that the page's title repeats; `prefix` None where its part has begun before."""
    addresses, part = article.addresses, article.addresses.parts[block.index]
    spans, marker = list(block.spans), ""
    first = article.texts[spans[0].page][spans[0].start : spans[0].end]
    if block.index == article.whole and prefix is not None and part.kind in ("pasal", "umum"):
        spans[0] = _later(spans[0], first.find("\n") + 1 or len(first))
    elif part.kind in POINTS and prefix is not None:
        length = marker_length(first)
        marker = _marker(part, first) if length else ""
        spans[0] = _later(spans[0], length)
    address = addresses.of(block.index)
    anchor = linking.anchor_of(address) if prefix is not None and addresses.at(address) == block.index else ""
    return Shown(
        depth=block.depth,
        kind=part.kind,
        marker=marker,
        address=linking.part_address(article.document.id, address) if marker else "",
        anchor=f"{prefix}{anchor}" if anchor else "",
        is_chosen=block.index == article.chosen != article.whole,
        runs=tuple(run for span in spans for run in (*_runs(article, span, places[span.page]), _BREAK)),
    )


def _marker(part: Part, text: str) -> str:
    """How a point is marked in its text: "(2)", "a.", in a penjelasan "Ayat (2)"."""
    if text.startswith(part.kind.capitalize()):
        return part.label
    return f"({part.number})" if part.kind == "ayat" else f"{part.number}."


def _later(span: Span, by: int) -> Span:
    return Span(span.page, min(span.start + by, span.end), span.end)


def _runs(article: Article, span: Span, places: list[Mark]) -> list[page_text.Run]:
    text = article.texts[span.page][span.start : span.end]
    inside = [
        (start - span.start, end - span.start) for start, end in places if span.start <= start and end <= span.end
    ]
    links = [
        link for link in article.links if link.page == span.page and span.start <= link.start and link.end <= span.end
    ]
    return page_text.runs(text, inside, (), linking.shown_links(links, span.start)) if text else []
