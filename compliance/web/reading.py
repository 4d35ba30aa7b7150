"""The reader's page of a document: the picture of a page with its text, hits and contents beside it; and the whole text to print."""

from __future__ import annotations

from collections.abc import Sequence

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from compliance.actor import Action
from compliance.errors import NotFound
from compliance.models import Document, Page, Part
from compliance.queries import documents as queries
from compliance.queries import regulations as acts
from compliance.queries.citation_links import addresses_of, links_on
from compliance.queries.page_sources import corrected_by, page_sources
from compliance.queries.search import library_part, understood
from compliance.web import linking, naming, page_text, reader, zoom
from compliance.web.access import actor, allow, session
from compliance.web.asked import number_asked
from compliance.web.documents import blueprint
from compliance.web.hits import Hits, hits_in, looks_for_words
from compliance.web.looking import Looking, looking
from compliance.web.page_strip import strip
from indexer.highlight import marks
from indexer.structure import spoken

PAGES_OF_TEXT = 200


@blueprint.get("/<int:document_id>/halaman/<int:number>")
@allow(Action.BACA)
def page(document_id: int, number: int) -> ResponseReturnValue:
    """The reader: the picture of the page with the words of `?q=` marked, and its text beside it."""
    held = queries.document_by_id(session(), actor(), document_id)
    look = looking(document_id)
    if goal := number_asked("ke"):
        return _gone_to(held, look, goal)
    shown = queries.page_of(session(), actor(), document_id, number)
    parts = queries.parts_of(session(), actor(), document_id)
    here = [part.urutan for part in parts if reader.stands_on(part, shown)]
    cited = reader.cited_parts(parts, shown)
    hits = _hits(look, number, parts)
    return render_template(
        "dokumen/page.html",
        document=held,
        page=shown,
        look=look,
        act=acts.regulation_by_id(session(), actor(), held.regulation_id) if held.regulation_id else None,
        picture=zoom.picture((shown.width, shown.height), look.zoom, look.turn),
        zoom=zoom,
        looks_for_words=looks_for_words(understood(look.typed)),
        hits=hits,
        strip=strip(page_sources(session(), actor(), document_id), number, hits.by_page),
        outline=reader.folded(reader.outline(parts), here),
        here=here,
        cited=cited,
        citation=_citation(held, cited[0] if cited else None, number),
        corrected=corrected_by(session(), actor(), held, number) if shown.machine_text is not None else None,
        **_marked(held, shown, look.typed),
        **_part_asked(document_id, shown),
    )


@blueprint.get("/<int:document_id>/teks")
@allow(Action.BACA)
def whole_text(document_id: int) -> ResponseReturnValue:
    """The text of all pages one below the other, for printing and for the browser's own search; long documents in stretches."""
    held = queries.document_by_id(session(), actor(), document_id)
    look = looking(document_id)
    first = ((number_asked("dari") or 1) - 1) // PAGES_OF_TEXT * PAGES_OF_TEXT
    pages = queries.pages_of(session(), actor(), document_id)
    parts = queries.parts_of(session(), actor(), document_id)
    anchors = reader.anchors(parts)
    query = understood(look.typed)
    shown = pages[first : first + PAGES_OF_TEXT]
    return render_template(
        "dokumen/text.html",
        document=held,
        look=look,
        stretch=(first, len(shown), PAGES_OF_TEXT),
        pages=[
            (
                page,
                page_text.runs(page.text, marks(page.text, query) if look.typed else (), anchors=anchors[page.number]),
            )
            for page in shown
        ],
    )


def _gone_to(held: Document, look: Looking, goal: int) -> ResponseReturnValue:
    if goal > held.page_count:
        raise NotFound(_("Dokumen ini berakhir pada halaman %(n)s.", n=held.page_count))
    return redirect(look.page(goal))


def _hits(look: Looking, number: int, parts: Sequence[Part]) -> Hits:
    if not look.typed:
        return Hits(number=number)
    pages = queries.pages_of(session(), actor(), look.document_id)
    return hits_in(pages, understood(look.typed), number, look.hit, [library_part(part) for part in parts])


def _marked(held: Document, shown: Page, typed: str) -> dict[str, object]:
    """The page's text in runs and the boxes of its hits."""
    links = links_on(session(), actor(), held, shown.text, page=shown.number)
    places = marks(shown.text, understood(typed)) if typed else []
    words = queries.words_of(shown)
    unsure = page_text.unsure_words(words) if shown.source == "ocr" and shown.machine_text is None else []
    return {
        "runs": page_text.runs(shown.text, places, unsure, linking.shown_links(links)),
        "boxes": reader.boxes(words, places),
        "unsure": len(unsure),
    }


def _part_asked(document_id: int, shown: Page) -> dict[str, object]:
    """The part of `?pasal=` (its address, such as pasal/7/ayat/2): its name, and where it stands on the picture of this page."""
    asked = request.args.get("pasal", "")
    addresses = addresses_of(session(), actor(), document_id) if asked else None
    index = addresses.at(asked) if addresses else None
    if addresses is None or index is None:
        return {"part_asked": "", "part_boxes": []}
    place = reader.stretch(addresses.parts[index], shown)
    boxes = reader.boxes(queries.words_of(shown), [place]) if place else []
    return {"part_asked": spoken(addresses.chain(index)) or addresses.parts[index].label, "part_boxes": boxes}


def _citation(held: Document, part: Part | None, number: int) -> str:
    """What a person pastes into a letter: "Pasal 7 Peraturan Bupati Katingan Nomor 6 Tahun 2019, halaman 4"."""
    label = f"{naming.part_label(part)} " if part else ""
    place = _("halaman %(n)s", n=number)
    return f"{label}{naming.document_title(held)}, {place}"
