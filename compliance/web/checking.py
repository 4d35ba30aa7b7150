"""Pages where a person settles what a document is: the queue, one document beside cut-outs of its pages, claims to one identity."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from compliance.actor import Action
from compliance.errors import Invalid
from compliance.models import Document
from compliance.queries import checking as queries
from compliance.queries.document_lists import documents_by_ids
from compliance.queries.documents import document_by_id, fields_of
from compliance.queries.regions import all_regions, region_names
from compliance.queries.relations import waiting_count
from compliance.queries.same_identity import alike_to, all_alike
from compliance.rules.citations import citation
from compliance.services import identity
from compliance.web import naming
from compliance.web.access import actor, allow, session, writing
from compliance.web.asked import number_asked
from compliance.web.filters import tanggal
from compliance.web.typed import dated

blueprint = Blueprint("periksa", __name__)
ROWS_PER_PAGE = 50
NOT_PRINTED = "tidak-ada"


@blueprint.app_template_global()
def waiting_checks() -> int:
    """How many documents wait for the actor to settle what they are; counted once for a page."""
    if "waiting_checks" not in g:
        may = actor().may(Action.PILIH)
        g.waiting_checks = queries.count_to_check(session(), actor()) if may else 0
    count: int = g.waiting_checks
    return count


@blueprint.app_template_global()
def shown_check(name: str, value: str | None) -> str:
    """A field's value, kept as text, as people read it."""
    if value is None:
        return str(_("tidak diketahui"))
    if name == "jenis":
        return naming.kind_name(value)
    if name == "wilayah":
        return region_names(session(), [value]).get(value, value)
    return str(tanggal(date.fromisoformat(value))) if name in identity.DATES else value


@blueprint.get("/periksa")
@allow(Action.PILIH)
def queue() -> ResponseReturnValue:
    """What waits for a person, the most valuable first."""
    ids = queries.ids_to_check(session(), actor())
    page = number_asked("hal") or 1
    shown = ids[(page - 1) * ROWS_PER_PAGE : page * ROWS_PER_PAGE]
    held = {document.id: document for document in documents_by_ids(session(), actor(), shown)}
    listed = [held[number] for number in shown if number in held]
    return render_template(
        "periksa/queue.html",
        documents=listed,
        total=len(ids),
        first=ids[0] if ids else None,
        page=page,
        pages=max(1, -(-len(ids) // ROWS_PER_PAGE)),
        reasons={document.id: fields_of(session(), actor(), document.id) for document in listed},
        names=region_names(session(), [document.wilayah for document in listed]),
        failed=queries.failed_count(session(), actor()),
        alike=len(all_alike(session(), actor())),
        relations=waiting_count(session(), actor()),
    )


@blueprint.get("/periksa/<int:document_id>")
@allow(Action.PILIH)
def check(document_id: int) -> ResponseReturnValue:
    """One document of the queue."""
    return _form(document_by_id(session(), actor(), document_id), in_queue=True)


@blueprint.post("/periksa/<int:document_id>")
@allow(Action.PILIH)
def settle(document_id: int) -> ResponseReturnValue:
    """What was typed is in force, and the next document of the queue is shown."""
    following = queries.next_to_check(queries.ids_to_check(session(), actor()), document_id)
    following = None if following == document_id else following
    onward = url_for("periksa.check", document_id=following) if following else url_for("periksa.queue")
    return _settled(document_id, onward, in_queue=True)


@blueprint.get("/dokumen/<int:document_id>/identitas")
@allow(Action.PILIH)
def of_document(document_id: int) -> ResponseReturnValue:
    """One document, checked on its own."""
    return _form(document_by_id(session(), actor(), document_id), in_queue=False)


@blueprint.post("/dokumen/<int:document_id>/identitas")
@allow(Action.PILIH)
def settle_document(document_id: int) -> ResponseReturnValue:
    return _settled(document_id, url_for("dokumen.document", document_id=document_id), in_queue=False)


@blueprint.get("/periksa/kembar")
@allow(Action.BACA)
def alike() -> ResponseReturnValue:
    """Documents that claim one identity, in groups."""
    groups = all_alike(session(), actor())
    codes = {document.wilayah for group in groups for document in group.documents}
    return render_template("periksa/alike.html", groups=groups, names=region_names(session(), codes))


@blueprint.get("/periksa/kembar/<int:document_id>")
@allow(Action.BACA)
def compare(document_id: int) -> ResponseReturnValue:
    """A document side by side with those that claim its identity."""
    held = document_by_id(session(), actor(), document_id)
    groups = alike_to(session(), actor(), held)
    others = {other.id: other for group in groups for other in group.documents if other.id != held.id}
    together = [held, *others.values()]
    return render_template(
        "periksa/compare.html",
        document=held,
        documents=together,
        is_same=any(group.is_same for group in groups),
        fields={one.id: queries.machine_fields(session(), actor(), one.id) for one in together},
        names=region_names(session(), [one.wilayah for one in together]),
        may_check={one.id: identity.may_check(actor(), one) for one in together},
    )


def _settled(document_id: int, onward: str, *, in_queue: bool) -> ResponseReturnValue:
    try:
        held = document_by_id(session(), actor(), document_id)
        typed = _typed(held)
        with writing() as open_session:
            may_move = request.form.get("pindah") == "ya"
            checked = identity.correct_identity(open_session, actor(), document_id, typed, may_move=may_move)
    except Invalid as error:
        return _form(document_by_id(session(), actor(), document_id), error, in_queue=in_queue), 422
    _tell(checked)
    return redirect(onward)


def _tell(checked: identity.Checked) -> None:
    """Says what was saved, and how to change it again."""
    if not checked.corrected and not checked.confirmed:
        flash(_("Tidak ada yang berubah; tidak ada yang disimpan."), "baik")
        return
    parts = []
    if checked.corrected:
        parts.append(_("dibetulkan: %(bidang)s", bidang=_listed(checked, checked.corrected)))
    if checked.confirmed:
        parts.append(_("dipastikan: %(bidang)s", bidang=_listed(checked, checked.confirmed)))
    said = "; ".join(parts)
    title = naming.document_title(checked.document)
    flash(_("%(judul)s tersimpan atas nama Anda (%(isi)s).", judul=title, isi=said), "baik")
    if any(group.is_same for group in alike_to(session(), actor(), checked.document)):
        named = citation(checked.document)
        flash(_("Dokumen lain mengaku sebagai %(judul)s. Lihat “Identitas kembar”.", judul=named), "ingat")


def _listed(checked: identity.Checked, names: Sequence[str]) -> str:
    values = {name: getattr(checked.document, name) for name in names}
    texts = {name: None if value is None else str(value) for name, value in values.items()}
    return ", ".join(f"{naming.field_label(name).lower()} {shown_check(name, text)}" for name, text in texts.items())


def _typed(held: Document) -> dict[str, str]:
    """The form's fields, dates as ISO.

    Raises:
        Invalid: a date can't be read or says no day; or a doubtful field is empty and nobody says that it is not printed.
    """
    typed = {name: request.form[name] for name in naming.FIELDS if name in request.form}
    wrong: dict[str, str] = {}
    for name in typed:
        if not typed[name].strip() and name in held.doubtful and name not in request.form.getlist(NOT_PRINTED):
            wrong[name] = _("Isi sesuai gambar, atau centang “tidak tercetak atau tidak terbaca”.")
    for name in (name for name in identity.DATES if name in typed):
        try:
            day = dated(typed[name])
            if day and day[1] != "hari":
                wrong[name] = _("Tulis tanggal lengkap. Contoh: 15 November 2021.")
            typed[name] = day[0].isoformat() if day else ""
        except ValueError as error:
            wrong[name] = str(error)
    if wrong:
        raise Invalid(_("Ada isian yang belum benar."), wrong)
    return typed


def _form(held: Document, error: Invalid | None = None, *, in_queue: bool) -> str:
    identity.require_checking(actor(), held)
    ids = queries.ids_to_check(session(), actor()) if in_queue else []
    doubtful = [name for name in naming.FIELDS if name in held.doubtful]
    return render_template(
        "periksa/check.html",
        document=held,
        doubtful=doubtful,
        certain=[name for name in naming.FIELDS if name not in doubtful],
        fields=queries.machine_fields(session(), actor(), held.id),
        regions=all_regions(session(), actor()),
        kinds=[(jenis, naming.kind_name(jenis)) for jenis in identity.JENIS],
        names=region_names(session(), [held.wilayah]),
        in_queue=in_queue,
        following=queries.next_to_check(ids, held.id) if in_queue else None,
        left=len(ids) - (held.id in ids),
        alike=alike_to(session(), actor(), held),
        checks=queries.checks_of(session(), actor(), held.id),
        disagreements=queries.disagreements(session(), actor(), held.id),
        error=error,
        typed=request.form,
        not_printed=request.form.getlist(NOT_PRINTED),
    )
