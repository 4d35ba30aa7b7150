"""Pages of documents: the list and one document. The reader's page stands in reading.py, identity's in checking.py."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from compliance.actor import Action
from compliance.queries import checking
from compliance.queries import documents as queries
from compliance.queries import regulations as acts
from compliance.queries.document_lists import document_choices
from compliance.queries.regions import region_names
from compliance.queries.same_identity import alike_to
from compliance.services import documents as service
from compliance.services import identity
from compliance.web import naming, reader, relation_words
from compliance.web.access import actor, allow, session, writing
from compliance.web.asked import number_asked

blueprint = Blueprint("dokumen", __name__, url_prefix="/dokumen")
ROWS_PER_PAGE = 50
FILTERS = ("jenis", "tahun", "wilayah", "keadaan", "nama", "periksa")


@blueprint.app_context_processor
def _words() -> dict[str, object]:
    return {"naming": naming}


@blueprint.get("/")
@allow(Action.BACA)
def documents() -> ResponseReturnValue:
    filters = _filters()
    page = number_asked("hal") or 1
    found = queries.documents(session(), actor(), filters, limit=ROWS_PER_PAGE, offset=(page - 1) * ROWS_PER_PAGE)
    choices = document_choices(session(), actor())
    total = queries.document_count(session(), actor(), filters)
    return render_template(
        "dokumen/documents.html",
        documents=found,
        total=total,
        page=page,
        pages=max(1, -(-total // ROWS_PER_PAGE)),
        counts=queries.reading_counts(session(), actor()),
        samples=queries.document_count(session(), actor(), queries.DocumentFilter(sample=True)),
        filters=filters,
        choices=choices,
        names=region_names(session(), {*choices.wilayah, *(document.wilayah for document in found)}),
        arguments={name: value for name, value in request.args.items() if value and name in FILTERS},
    )


@blueprint.get("/<int:document_id>")
@allow(Action.BACA)
def document(document_id: int) -> ResponseReturnValue:
    held = queries.document_by_id(session(), actor(), document_id)
    linked = held.regulation_id if actor().reads(held.wilayah) else None
    act = acts.regulation_by_id(session(), actor(), linked) if linked else None
    others = acts.documents_of(session(), actor(), act) if act else []
    return render_template(
        "dokumen/document.html",
        document=held,
        act=act,
        fields=queries.fields_of(session(), actor(), document_id),
        pages=queries.pages_of(session(), actor(), document_id),
        outline=reader.outline(queries.parts_of(session(), actor(), document_id)),
        others=[other for other in others if other.id != held.id],
        said=relation_words.said(act) if act else [],
        names=region_names(session(), [held.wilayah]),
        may_verify=identity.may_check(actor(), held),
        checks=checking.checks_of(session(), actor(), document_id),
        disagreements=checking.disagreements(session(), actor(), document_id),
        alike=alike_to(session(), actor(), held),
    )


@blueprint.post("/<int:document_id>/baca-lagi")
@allow(Action.CATAT)
def read_again(document_id: int) -> ResponseReturnValue:
    with writing() as open_session:
        service.read_again(open_session, actor(), queries.document_by_id(open_session, actor(), document_id))
    flash(_("Dokumen ini menunggu dibaca sekali lagi."), "baik")
    return redirect(url_for("dokumen.document", document_id=document_id))


def _filters() -> queries.DocumentFilter:
    return queries.DocumentFilter(
        jenis=request.args.get("jenis") or None,
        tahun=number_asked("tahun"),
        wilayah=request.args.get("wilayah") or None,
        reading_state=request.args.get("keadaan") or None,
        text=request.args.get("nama", "").strip(),
        doubtful=request.args.get("periksa") == "1",
    )
