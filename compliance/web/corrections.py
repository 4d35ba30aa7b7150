"""A page's text set right by hand: its picture beside the text, who said what before, and the way back to the machine's."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from compliance.actor import Action
from compliance.errors import Invalid
from compliance.queries.corrections import corrections_in_force, corrections_of_page
from compliance.queries.documents import document_by_id, page_of
from compliance.rules.differences import differences
from compliance.services import page_texts
from compliance.web.access import actor, allow, session, writing

blueprint = Blueprint("koreksi", __name__, url_prefix="/dokumen/<int:document_id>/halaman/<int:number>/perbaiki")


@blueprint.get("")
@allow(Action.CATAT)
def correct(document_id: int, number: int) -> ResponseReturnValue:
    return _form(document_id, number)


@blueprint.post("")
@allow(Action.CATAT)
def save(document_id: int, number: int) -> ResponseReturnValue:
    """The page reads as typed, unless it changed meanwhile: then both texts are shown and nothing is lost."""
    form = request.form
    typed = page_texts.Typed(form.get("teks", ""), form.get("dari", ""), form.get("kosong") == "1")
    try:
        with writing() as open_session:
            is_news = page_texts.correct_page(open_session, actor(), document_id, number, typed)
    except page_texts.ChangedMeanwhile as error:
        return _form(document_id, number, typed, error), 409
    except Invalid as error:
        return _form(document_id, number, typed, error), 422
    told = _("Teks halaman tersimpan atas nama Anda.") if is_news else _("Teksnya sama dengan yang sudah ada.")
    flash(told, "baik")
    return _reader(document_id, number)


@blueprint.post("/mesin")
@allow(Action.CATAT)
def withdraw(document_id: int, number: int) -> ResponseReturnValue:
    """The page reads as the machine read it; what people said stays in its history."""
    try:
        with writing() as open_session:
            page_texts.withdraw_correction(open_session, actor(), document_id, number)
    except Invalid as error:
        return _form(document_id, number, None, error), 422
    flash(_("Halaman ini memakai teks mesin lagi. Pembetulan yang lama tetap tercatat."), "baik")
    return _reader(document_id, number)


def _reader(document_id: int, number: int) -> ResponseReturnValue:
    return redirect(url_for("dokumen.page", document_id=document_id, number=number), 303)


def _form(document_id: int, number: int, typed: page_texts.Typed | None = None, error: Invalid | None = None) -> str:
    document = document_by_id(session(), actor(), document_id)
    actor().require(Action.CATAT, document.wilayah)
    page = page_of(session(), actor(), document_id, number)
    machine = page.text if page.machine_text is None else page.machine_text
    is_changed = isinstance(error, page_texts.ChangedMeanwhile)
    return render_template(
        "koreksi/correct.html",
        document=document,
        page=page,
        typed=typed,
        state=page_texts.state_of(document, page),
        error=error,
        clash=differences(page.text, typed.text.replace("\r\n", "\n")) if is_changed and typed else [],
        changes=differences(machine, page.text) if page.machine_text is not None else [],
        told=corrections_of_page(session(), actor(), document_id, number),
        in_force=corrections_in_force(session(), actor(), document_id).get(number),
    )
