"""The bin: what lies in it, putting a document there with a reason, taking it out; what its address says meanwhile."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from compliance.actor import Action
from compliance.errors import InBin, Invalid
from compliance.models import Document
from compliance.queries import bin as queries
from compliance.queries.documents import document_by_id
from compliance.queries.evidence import claims_citing, version_with_file_of
from compliance.services import bin as service
from compliance.web.access import actor, allow, session, writing
from compliance.web.asked import number_asked

blueprint = Blueprint("keranjang", __name__)
ROWS_PER_PAGE = 50


@blueprint.app_template_global()
def may_discard(document: Document) -> bool:
    """Whether who asks may put the document into the bin."""
    return service.may_discard(session(), actor(), document)


@blueprint.app_template_global()
def may_restore(document: Document) -> bool:
    """Whether who asks may take the document out of the bin."""
    return service.may_restore(actor(), document)


@blueprint.app_template_global()
def binned_count() -> int:
    """How many documents lie in the bin of what who asks reads."""
    return queries.binned_count(session(), actor())


@blueprint.get("/keranjang")
@allow(Action.BACA)
def contents() -> ResponseReturnValue:
    page = number_asked("hal") or 1
    total = queries.binned_count(session(), actor())
    return render_template(
        "keranjang/contents.html",
        rows=queries.binned_documents(session(), actor(), limit=ROWS_PER_PAGE, offset=(page - 1) * ROWS_PER_PAGE),
        total=total,
        page=page,
        pages=max(1, -(-total // ROWS_PER_PAGE)),
    )


@blueprint.get("/dokumen/<int:document_id>/keranjang")
@allow(Action.CATAT)
def confirm(document_id: int) -> ResponseReturnValue:
    """Asks for the reason, and says what will happen."""
    return _confirmation(document_id)


@blueprint.post("/dokumen/<int:document_id>/keranjang")
@allow(Action.CATAT)
def discard(document_id: int) -> ResponseReturnValue:
    try:
        with writing() as open_session:
            service.discard(open_session, actor(), document_id, request.form.get("alasan", ""))
    except Invalid as error:
        return _confirmation(document_id, error), 422
    flash(_("Dokumen dipindahkan ke keranjang. Tidak ada yang hilang; ia bisa dipulihkan kapan saja."), "baik")
    return redirect(url_for("keranjang.contents"), 303)


@blueprint.post("/dokumen/<int:document_id>/pulihkan")
@allow(Action.CATAT)
def restore(document_id: int) -> ResponseReturnValue:
    try:
        with writing() as open_session:
            service.restore(open_session, actor(), document_id)
    except Invalid as error:
        flash(str(error), "error")
        return redirect(url_for("keranjang.contents"), 303)
    flash(_("Dokumen dipulihkan dan kembali ikut dicari."), "baik")
    return redirect(url_for("dokumen.document", document_id=document_id), 303)


@blueprint.app_errorhandler(InBin)
def in_bin(error: InBin) -> ResponseReturnValue:
    """Any address of a document in the bin says so; of one that became a version of another, leads there."""
    if error.replaced_by_id is not None and request.method in ("GET", "HEAD"):
        return redirect(_same_place(error.document_id, error.replaced_by_id))
    found = queries.binned_document(session(), actor(), error.document_id)
    return render_template("keranjang/in_bin.html", found=found, document=found.document), 404


def _same_place(document_id: int, keeper_id: int) -> str:
    """The address asked for, of the document that took over. A page of a file that is not in force there is that version's page."""
    asked = request.view_args or {}
    if request.endpoint in ("dokumen.page", "dokumen.page_image"):
        number = version_with_file_of(session(), keeper_id, document_id)
        if number is not None:
            endpoint = "versi." + request.endpoint.partition(".")[2]
            return url_for(endpoint, document_id=keeper_id, number=number, page=asked["number"])
    place: dict[str, Any] = {name: words for name, words in request.args.lists() if not _steers(name)}
    return url_for(request.endpoint or "dokumen.document", **{**place, **asked, "document_id": keeper_id})


def _steers(name: str) -> bool:
    """Whether `url_for` takes an argument of this name for itself."""
    return name.startswith("_") or name == "endpoint"


def _confirmation(document_id: int, error: Invalid | None = None) -> str:
    document = document_by_id(session(), actor(), document_id)
    return render_template(
        "keranjang/confirm.html",
        document=document,
        citing=claims_citing(session(), actor(), document_id),
        typed=request.form.get("alasan", ""),
        error=error,
    )
