"""Files sent in with the browser: the form, what became of each file, and the same as JSON for the page's own script."""

from __future__ import annotations

import re
from itertools import pairwise

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.datastructures import FileStorage

from compliance.actor import Action
from compliance.errors import PatuhError
from compliance.models import Document
from compliance.queries.document_lists import documents_by_ids
from compliance.queries.work import pages_reached
from compliance.services import intake
from compliance.services.documents import clean_name
from compliance.services.intake import Outcome
from compliance.web import naming
from compliance.web.access import actor, allow, session, settings, writing
from compliance.web.documents import blueprint

REFUSALS_SHOWN = 8
UNFINISHED = ("menunggu", "dibaca")


@blueprint.get("/unggah")
@allow(Action.CATAT)
def upload() -> ResponseReturnValue:
    return render_template("dokumen/upload.html", most_bytes=settings().max_upload_bytes, error=None)


@blueprint.post("/unggah")
@allow(Action.CATAT)
def receive() -> ResponseReturnValue:
    """Keeps every file that was sent, then shows what became of each; the page's script is answered in JSON."""
    sent = [file for file in request.files.getlist("berkas") if file.filename]
    if not sent:
        error = _("Pilih paling sedikit satu berkas PDF atau ZIP.")
        return render_template("dokumen/upload.html", most_bytes=settings().max_upload_bytes, error=error), 422
    outcomes = [outcome for file in sent for outcome in _taken_in(file)]
    if request.accept_mimetypes.best == "application/json":
        return {"berkas": [_told(outcome) for outcome in outcomes]}
    _tell_refusals([f"{one.place}: {one.reason}" for one in outcomes if not one.is_taken])
    new, held = (
        [one.document_id for one in outcomes if one.state == state and one.document_id]
        for state in (intake.RECEIVED, intake.HELD)
    )
    return redirect(url_for("dokumen.uploaded", baru=_ranges(new), lama=_ranges(held)), 303)


@blueprint.get("/unggahan")
@allow(Action.BACA)
def uploaded() -> ResponseReturnValue:
    """What became of the files of one upload; the documents are named in the address."""
    new = documents_by_ids(session(), actor(), _numbers(request.args.get("baru", "")))
    held = documents_by_ids(session(), actor(), _numbers(request.args.get("lama", "")))
    rows = [(document, True) for document in new] + [(document, False) for document in held]
    waiting = sum(document.reading_state in UNFINISHED for document, _is_new in rows)
    return render_template("dokumen/uploaded.html", rows=rows, waiting=waiting)


@blueprint.get("/keadaan-baca")
@allow(Action.BACA)
def reading_states() -> ResponseReturnValue:
    """How far the documents `?nomor=12-40,55` are, by id, in words for the page's script."""
    documents = documents_by_ids(session(), actor(), _numbers(request.args.get("nomor", "")))
    reached = pages_reached(session(), actor(), [document.id for document in documents])
    return {str(document.id): _state(document, reached.get(document.id)) for document in documents}


def _taken_in(file: FileStorage) -> list[Outcome]:
    """A file that breaks off keeps what became of its part that was taken."""
    name, outcomes = file.filename or "", list[Outcome]()
    try:
        for outcome in intake.take_in(file.stream, name, settings().store, actor(), writing):
            outcomes.append(outcome)
    except PatuhError as problem:
        outcomes.append(Outcome(clean_name(name), intake.REFUSED, reason=str(problem)))
    return outcomes


def _told(outcome: Outcome) -> dict[str, object]:
    words = {
        intake.RECEIVED: _("diterima"),
        intake.HELD: _("sudah ada, berkas yang sama tidak disimpan dua kali"),
        intake.IN_BIN: _("ada di keranjang"),
        intake.LEFT_OUT: _("dilewati"),
        intake.REFUSED: _("ditolak"),
    }
    known = outcome.document_id is not None
    return {
        "tempat": outcome.place,
        "keadaan": outcome.state,
        "kata": words[outcome.state],
        "alasan": outcome.reason,
        "dokumen": outcome.document_id,
        "alamat": url_for("dokumen.document", document_id=outcome.document_id) if known else None,
    }


def _state(document: Document, reached: tuple[int, int] | None) -> dict[str, object]:
    """`selesai` says that nothing more will come by itself."""
    words = naming.reading_state_text(document.reading_state)
    if document.reading_state == "dibaca" and reached:
        words = _("membaca halaman %(n)s dari %(total)s", n=reached[0], total=reached[1])
    title = naming.document_title(document)
    return {
        "selesai": document.reading_state not in UNFINISHED,
        "keadaan": document.reading_state,
        "kata": words,
        "alasan": document.failure_reason or "",
        "judul": title if title != document.file_name else "",
        "halaman": naming.reading_text(document) if document.page_count else "",
        "ragu": [_("ragu: %(bidang)s", bidang=naming.field_label(name).lower()) for name in document.doubtful],
    }


def _tell_refusals(refused: list[str]) -> None:
    for sentence in refused[:REFUSALS_SHOWN]:
        flash(sentence, "error")
    if len(refused) > REFUSALS_SHOWN:
        more = len(refused) - REFUSALS_SHOWN
        flash(ngettext("%(n)s berkas lain juga ditolak.", "%(n)s berkas lain juga ditolak.", more, n=more), "error")


def _ranges(numbers: list[int]) -> str | None:
    """ "12-40,55" for an address; None for nothing."""
    ordered = sorted(set(numbers))
    starts = ordered[:1] + [later for earlier, later in pairwise(ordered) if later > earlier + 1]
    ends = [earlier for earlier, later in pairwise(ordered) if later > earlier + 1] + ordered[-1:]
    runs = zip(starts, ends, strict=True)
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in runs) or None


def _numbers(ranges: str) -> list[int]:
    """The numbers of `_ranges`, at most 1,000; anything else in the text is left out."""
    found: list[int] = []
    for first, last in re.findall(r"(\d{1,9})(?:-(\d{1,9}))?", ranges)[:1000]:
        found += range(int(first), min(int(last or first), int(first) + 1000) + 1)
    return found[:1000]
