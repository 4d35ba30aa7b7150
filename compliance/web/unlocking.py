"""Where a person types the password of a locked file; it is used once and kept nowhere."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from compliance.actor import Action
from compliance.errors import Invalid
from compliance.models import Document
from compliance.queries.documents import document_by_id
from compliance.services import unlocking
from compliance.web.access import actor, allow, session, settings, writing

blueprint = Blueprint("kunci", __name__, url_prefix="/dokumen")


@blueprint.get("/<int:document_id>/buka")
@allow(Action.CATAT)
def locked(document_id: int) -> ResponseReturnValue:
    """The form; where nothing is locked, the document."""
    held = document_by_id(session(), actor(), document_id)
    return _form(held) if unlocking.is_locked(held) else _document(held)


@blueprint.post("/<int:document_id>/buka")
@allow(Action.CATAT)
def unlock(document_id: int) -> ResponseReturnValue:
    """The document's file is a copy without the lock, waiting to be read."""
    held = document_by_id(session(), actor(), document_id)
    try:
        unlocked = unlocking.keep_unlocked(actor(), held, settings().store, request.form.get("sandi", ""))
        with writing() as open_session:
            unlocking.put_unlocked_in_force(open_session, actor(), held, unlocked)
    except Invalid as error:
        return (_form(held, error), 422) if unlocking.is_locked(held) else _document(held)
    flash(_("Berkas terbuka dan menunggu dibaca. Kata sandinya tidak disimpan."), "baik")
    return _document(held)


def _form(held: Document, error: Invalid | None = None) -> str:
    return render_template("dokumen/unlock.html", document=held, error=error)


def _document(held: Document) -> ResponseReturnValue:
    return redirect(url_for("dokumen.document", document_id=held.id), 303)
