"""The reader's page of a document: the picture of a page, its text, hits, thumbnails; pictures, cut-outs and the original file."""

from __future__ import annotations

from flask import Response, render_template, request, send_file
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from compliance.actor import Action
from compliance.errors import NotFound
from compliance.models import Document, Part
from compliance.queries import documents as queries
from compliance.queries.search import understood
from compliance.services import documents as service
from compliance.services import images
from compliance.web import naming, reader
from compliance.web.access import actor, allow, session, settings
from compliance.web.documents import blueprint
from indexer.errors import UnreadableFile
from indexer.highlight import marks

PICTURE_SECONDS = 86400


@blueprint.get("/<int:document_id>/halaman/<int:number>")
@allow(Action.BACA)
def page(document_id: int, number: int) -> ResponseReturnValue:
    """The reader: the picture of the page with the words of `?q=` marked, and its text beside it."""
    held = queries.document_by_id(session(), actor(), document_id)
    shown = queries.page_of(session(), actor(), document_id, number)
    typed = request.args.get("q", "").strip()
    query = understood(typed)
    places = marks(shown.text, query) if typed else []
    found = reader.hits_by_page(queries.pages_of(session(), actor(), document_id), query) if typed else []
    parts = queries.parts_of(session(), actor(), document_id)
    cited = reader.cited_parts(parts, shown)
    return render_template(
        "dokumen/page.html",
        document=held,
        page=shown,
        typed=typed,
        looks_for_words=reader.looks_for_words(query),
        pieces=reader.pieces(shown.text, places),
        boxes=reader.boxes(queries.words_of(shown), places),
        hit_pages=found,
        hits=sum(count for _number, count in found),
        around=reader.neighbours(found, number),
        outline=reader.outline(parts),
        cited=cited,
        here=[part.urutan for part in parts if reader.stands_on(part, shown)],
        citation=_citation(held, cited[0] if cited else None, number),
    )


@blueprint.get("/<int:document_id>/halaman/<int:number>/gambar.png")
@allow(Action.BACA)
def page_image(document_id: int, number: int) -> ResponseReturnValue:
    held = queries.document_by_id(session(), actor(), document_id)
    queries.page_of(session(), actor(), document_id, number)
    return _picture(_drawn(held, number, images.SCREEN_DPI))


@blueprint.get("/<int:document_id>/bidang/<name>.png")
@allow(Action.BACA)
def field_image(document_id: int, name: str) -> ResponseReturnValue:
    """The piece of the page where an identity field was read."""
    held = queries.document_by_id(session(), actor(), document_id)
    field = queries.fields_of(session(), actor(), document_id).get(name)
    if field is None or field.page is None or not field.box:
        raise NotFound(_("Tempat bidang ini terbaca tidak tercatat."))
    paper = queries.page_of(session(), actor(), document_id, field.page)
    png = _drawn(held, field.page, images.CLOSE_DPI)
    return _picture(images.cut_out(png, field.box, (paper.width, paper.height)))


@blueprint.get("/<int:document_id>/asli")
@allow(Action.BACA)
def original(document_id: int) -> ResponseReturnValue:
    """The bytes as they were received, always as a download."""
    held = queries.document_by_id(session(), actor(), document_id)
    path = service.stored_path(settings().store, held.file_sha256)
    if not path.is_file():
        raise NotFound(_("Berkas asli tidak ada lagi di tempat simpan. Masukkan berkasnya sekali lagi."))
    return send_file(path, "application/pdf", as_attachment=True, download_name=service.clean_name(held.file_name))


def _citation(held: Document, part: Part | None, number: int) -> str:
    """What a person pastes into a letter: "Pasal 7 Peraturan Bupati Katingan Nomor 6 Tahun 2019, halaman 4"."""
    label = f"{naming.part_label(part)} " if part else ""
    place = _("halaman %(n)s", n=number)
    return f"{label}{naming.document_title(held)}, {place}"


def _drawn(held: Document, number: int, dpi: int) -> bytes:
    path = service.stored_path(settings().store, held.file_sha256)
    try:
        return images.page_image(settings().images, path, held.file_sha256, number, dpi)
    except (UnreadableFile, FileNotFoundError) as error:
        raise NotFound(_("Gambar halaman ini tidak bisa dibuat: %(sebab)s", sebab=error)) from error


def _picture(png: bytes) -> Response:
    response = Response(png, mimetype="image/png")
    response.headers["Cache-Control"] = f"private, max-age={PICTURE_SECONDS}"
    return response
