"""The page about background work: what is being read, what waits, what failed and can be tried again, what lies in `masuk`."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from compliance.actor import Action
from compliance.errors import NotFound
from compliance.queries.work import work_overview
from compliance.services import inbox
from compliance.services.retries import try_again
from compliance.web.access import actor, allow, session, settings, writing

blueprint = Blueprint("pekerjaan", __name__, url_prefix="/pekerjaan")
FILES_SHOWN = 200


@blueprint.app_template_filter("pekerja")
def worker_in_words(name: str | None) -> str:
    """ "mesin-kantor, proses 4711" for the name a worker gives itself."""
    host, _colon, rest = (name or "").partition(":")
    process = rest.partition(":")[0]
    return str(_("%(mesin)s, proses %(nomor)s", mesin=host, nomor=process)) if process else host


@blueprint.get("/")
@allow(Action.CATAT)
def overview() -> ResponseReturnValue:
    lying = inbox.lying_files(settings().inbox)
    return render_template(
        "pekerjaan/overview.html",
        work=work_overview(session(), actor()),
        lying=lying[:FILES_SHOWN],
        lying_count=len(lying),
        refused=inbox.refused_files(settings().inbox)[:FILES_SHOWN],
        folder=settings().inbox,
    )


@blueprint.post("/coba-lagi")
@allow(Action.CATAT)
def retry() -> ResponseReturnValue:
    """The failed document named in the form, or all failed ones where none is named, wait to be read again."""
    named = request.form.get("dokumen", "")
    if named and not named.isdecimal():
        raise NotFound(_("Dokumen itu tidak ada. Muat ulang halaman ini, lalu coba lagi."))
    with writing() as open_session:
        count = try_again(open_session, actor(), [int(named)] if named else None)
    if count:
        flash(
            ngettext("%(n)s dokumen menunggu dibaca lagi.", "%(n)s dokumen menunggu dibaca lagi.", count, n=count),
            "baik",
        )
    else:
        flash(_("Tidak ada yang perlu dicoba lagi; mungkin sudah ada yang mendahului."), "ingat")
    return redirect(url_for("pekerjaan.overview"), 303)
