"""The files a document has and had: replaced by a better copy, gone back to, downloaded, looked at; two documents made one."""

from __future__ import annotations

from flask import Blueprint, Response, flash, g, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from compliance.actor import Action
from compliance.errors import Invalid, NotFound, PatuhError
from compliance.models import Document
from compliance.queries import versions as queries
from compliance.queries.documents import document_by_id
from compliance.queries.evidence import Proof, Proofs, proofs
from compliance.services import documents, images, merging
from compliance.services import versions as service
from compliance.web.access import actor, allow, session, settings, writing
from compliance.web.asked import number_typed
from indexer.errors import UnreadableFile
from indexer.sandbox import Limits, check_file

blueprint = Blueprint("versi", __name__, url_prefix="/dokumen/<int:document_id>/versi")


@blueprint.app_template_global()
def proof(document_id: int, recorded_at: object = None) -> Proof:
    """What became of the document a claim names as proof; what there is to know is loaded once for a page."""
    if "proofs" not in g:
        g.proofs = proofs(session())
    known: Proofs = g.proofs
    return known.of(document_id, recorded_at)  # type: ignore[arg-type]


@blueprint.get("")
@allow(Action.BACA)
def versions(document_id: int) -> ResponseReturnValue:
    return _page(document_id)


@blueprint.post("")
@allow(Action.CATAT)
def replace(document_id: int) -> ResponseReturnValue:
    """The file sent is the newest version of the document, for the reason given."""
    document = document_by_id(session(), actor(), document_id)
    try:
        actor().require(Action.CATAT, document.wilayah)
        reason = service.checked_reason(request.form.get("alasan", ""))
        kept, name = _received()
        with writing() as open_session:
            service.refuse_stale(open_session, document, request.form.get("dari", type=int))
            service.add_version(open_session, actor(), document, kept, name, reason)
    except (Invalid, UnreadableFile) as error:
        return _page(document_id, replacing=_as_invalid(error)), 422
    flash(_("Berkas diganti dan menunggu dibaca. Sampai selesai, isi yang lama tetap ditampilkan."), "baik")
    return redirect(url_for("versi.versions", document_id=document_id), 303)


@blueprint.post("/<int:number>/kembali")
@allow(Action.CATAT)
def go_back(document_id: int, number: int) -> ResponseReturnValue:
    """The document has the file of that version again."""
    try:
        with writing() as open_session:
            document = document_by_id(open_session, actor(), document_id)
            service.refuse_stale(open_session, document, request.form.get("dari", type=int))
            service.go_back(open_session, actor(), document, number, request.form.get("alasan", ""))
    except Invalid as error:
        return _page(document_id, going_back=error), 422
    flash(_("Berkas versi %(n)s berlaku lagi dan menunggu dibaca.", n=number), "baik")
    return redirect(url_for("versi.versions", document_id=document_id), 303)


@blueprint.post("/gabung")
@allow(Action.PILIH)
def merge(document_id: int) -> ResponseReturnValue:
    """Another document is a version of this one; its address leads here."""
    try:
        other = number_typed("dokumen")
        if other is None:
            said = _("Tulis nomor dokumen yang digabungkan.")
            raise Invalid(said, {"dokumen": said})
        newest = request.form.get("sebagai") != "lama"
        with writing() as open_session:
            merging.merge(open_session, actor(), document_id, other, request.form.get("alasan", ""), as_newest=newest)
    except (Invalid, NotFound) as error:
        document_by_id(session(), actor(), document_id)
        return _page(document_id, merging=error), 422
    flash(_("Dokumen %(n)s kini versi dokumen ini. Alamat lamanya menuju ke sini.", n=other), "baik")
    return redirect(url_for("versi.versions", document_id=document_id), 303)


@blueprint.get("/<int:number>/berkas")
@allow(Action.BACA)
def file(document_id: int, number: int) -> ResponseReturnValue:
    """The bytes of a version, always as a download."""
    held = queries.version_of(session(), actor(), document_id, number).file
    path = documents.stored_path(settings().store, held.sha256)
    if not path.is_file():
        raise NotFound(_("Berkas versi ini tidak ada lagi di tempat simpan. Pulihkan dari cadangan."))
    return send_file(path, "application/pdf", as_attachment=True, download_name=documents.clean_name(held.names[0]))


@blueprint.get("/<int:number>/halaman/<int:page>")
@allow(Action.BACA)
def page(document_id: int, number: int, page: int) -> ResponseReturnValue:
    """A page of a version as it looks on paper."""
    version = queries.version_of(session(), actor(), document_id, number)
    document = document_by_id(session(), actor(), document_id)
    newest = queries.versions_of(session(), actor(), document_id)[0].row
    return render_template("versi/page.html", document=document, version=version, newest=newest, number=page)


@blueprint.get("/<int:number>/halaman/<int:page>/gambar.png")
@allow(Action.BACA)
def page_image(document_id: int, number: int, page: int) -> ResponseReturnValue:
    sha256 = queries.version_of(session(), actor(), document_id, number).file_sha256
    path = documents.stored_path(settings().store, sha256)
    try:
        png = images.page_image(settings().images, path, sha256, page)
    except images.Busy as busy:
        return Response(str(busy), 503, {"Retry-After": str(images.RETRY_SECONDS)}, mimetype="text/plain")
    except (UnreadableFile, FileNotFoundError) as error:
        raise NotFound(_("Gambar halaman ini tidak bisa dibuat: %(sebab)s", sebab=error)) from error
    return Response(png, mimetype="image/png")


def _received() -> tuple[documents.Kept, str]:
    """The file that was sent, in the store.

    Raises:
        Invalid: none was sent.
        UnreadableFile: it is no PDF.
    """
    sent = request.files.get("berkas")
    if sent is None or not sent.filename:
        said = _("Pilih berkas PDF penggantinya.")
        raise Invalid(said, {"berkas": said})
    try:
        kept = documents.keep_bytes(settings().store, sent.stream)
    except PatuhError as error:
        raise Invalid(str(error), {"berkas": str(error)}) from error
    check_file(documents.stored_path(settings().store, kept.sha256), Limits())
    return kept, sent.filename


def _as_invalid(error: Invalid | UnreadableFile) -> Invalid:
    return error if isinstance(error, Invalid) else Invalid(error.reason, {"berkas": error.reason})


def _page(document_id: int, **errors: PatuhError) -> str:
    """`errors` names the form that was refused: replacing, going_back or merging."""
    document: Document = document_by_id(session(), actor(), document_id)
    return render_template(
        "versi/versions.html",
        document=document,
        versions=queries.versions_of(session(), actor(), document_id),
        alike=queries.alike_documents(session(), actor(), document),
        most_bytes=settings().max_upload_bytes,
        typed=request.form,
        errors=errors,
    )
