"""Pictures of pages and cut-outs of them, and the original file."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, request, send_file
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from compliance.actor import Action
from compliance.errors import NotFound
from compliance.models import Document
from compliance.queries import documents as queries
from compliance.queries.checking import machine_fields
from compliance.services import documents as service
from compliance.services import images
from compliance.web.access import actor, allow, session, settings
from compliance.web.asked import number_asked
from compliance.web.documents import blueprint
from indexer.errors import UnreadableFile

PICTURE_SECONDS = 86400


@blueprint.get("/<int:document_id>/halaman/<int:number>/gambar.png")
@allow(Action.BACA)
def page_image(document_id: int, number: int) -> ResponseReturnValue:
    """The picture of a page, at one of a few resolutions (`dpi`), turned clockwise by `putar` degrees."""
    held = queries.document_by_id(session(), actor(), document_id)
    queries.page_of(session(), actor(), document_id, number)
    dpi, turn = number_asked("dpi") or images.SCREEN_DPI, number_asked("putar") or 0
    if dpi not in (images.THUMBNAIL_DPI, *images.READING_DPIS) or turn not in (0, *images.TURNS):
        raise NotFound(_("Gambar dengan ukuran itu tidak dibuat. Bukalah dari halaman pembaca."))
    return _picture(held, f"{number}-{dpi}-{turn}", lambda: images.turned(_drawn(held, number, dpi), turn))


@blueprint.get("/<int:document_id>/bidang/<name>.png")
@allow(Action.BACA)
def field_image(document_id: int, name: str) -> ResponseReturnValue:
    """The piece of the page where an identity field was read."""
    held = queries.document_by_id(session(), actor(), document_id)
    field = machine_fields(session(), actor(), document_id).get(name)
    if field is None or field.page is None or not field.box:
        raise NotFound(_("Tempat bidang ini terbaca tidak tercatat."))
    number, box = field.page, field.box
    paper = queries.page_of(session(), actor(), document_id, number)
    size = paper.width, paper.height
    return _picture(held, f"{number}-{box}", lambda: images.cut_out(_drawn(held, number, images.CLOSE_DPI), box, size))


@blueprint.get("/<int:document_id>/asli")
@allow(Action.BACA)
def original(document_id: int) -> ResponseReturnValue:
    """The bytes as they were received, always as a download."""
    held = queries.document_by_id(session(), actor(), document_id)
    path = service.stored_path(settings().store, held.file_sha256)
    if not path.is_file():
        raise NotFound(_("Berkas asli tidak ada lagi di tempat simpan. Masukkan berkasnya sekali lagi."))
    return send_file(path, "application/pdf", as_attachment=True, download_name=service.clean_name(held.file_name))


def _drawn(held: Document, number: int, dpi: int) -> bytes:
    path = service.stored_path(settings().store, held.shown_sha256)
    try:
        return images.page_image(settings().images, path, held.shown_sha256, number, dpi)
    except (UnreadableFile, FileNotFoundError) as error:
        raise NotFound(_("Gambar halaman ini tidak bisa dibuat: %(sebab)s", sebab=error)) from error


def _picture(held: Document, name: str, draw: Callable[[], bytes]) -> Response:
    """The picture; 304 without drawing where the browser holds it; 503 where too many are being drawn.

    An address that names the file (`v`, the beginning of its hash) may be kept without asking, since a better copy changes it.
    """
    tag = f"{held.shown_sha256}-{name}"
    is_held = request.if_none_match.contains(tag)
    try:
        png = b"" if is_held else draw()
    except images.Busy as busy:
        return Response(str(busy), 503, {"Retry-After": str(images.RETRY_SECONDS)}, mimetype="text/plain")
    version = request.args.get("v", "")
    keeping = f"max-age={PICTURE_SECONDS}" if version and held.shown_sha256.startswith(version) else "no-cache"
    response = Response(png, 304 if is_held else 200, {"Cache-Control": f"private, {keeping}"}, mimetype="image/png")
    response.set_etag(tag)
    return response
