"""Reporting a search that failed, and the administrators' list of such reports."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from compliance.actor import Action
from compliance.errors import Invalid, NotFound
from compliance.queries.engines import serving_engine
from compliance.queries.search import search
from compliance.queries.search_reports import search_reports
from compliance.services.search_reports import report_search, resolve_report
from compliance.web.access import actor, allow, session, settings, writing
from compliance.web.search import address, asked_of_request, blueprint


@blueprint.post("/cari/lapor")
@allow(Action.BACA)
def report() -> ResponseReturnValue:
    """Keeps what was asked, how many are found for it now, and what was expected."""
    asked = asked_of_request()
    total = search(session(), actor(), serving_engine(settings().index_url), asked).total
    form = request.form
    try:
        with writing() as open_session:
            report_search(
                open_session,
                actor(),
                asked,
                total,
                expected=form.get("harapan", ""),
                address=form.get("tautan", ""),
            )
    except (Invalid, NotFound) as error:
        flash(str(error), "error")
    else:
        flash(_("Laporan diterima. Administrator akan memeriksanya."), "baik")
    return redirect(address(asked), 303)


@blueprint.get("/cari/laporan")
@allow(Action.KELOLA)
def reports() -> ResponseReturnValue:
    return render_template("cari/reports.html", rows=search_reports(session(), actor()))


@blueprint.post("/cari/laporan/<int:report_id>")
@allow(Action.KELOLA)
def resolve(report_id: int) -> ResponseReturnValue:
    try:
        with writing() as open_session:
            resolve_report(open_session, actor(), report_id, request.form.get("tindakan", ""))
    except Invalid as error:
        flash(str(error), "error")
    return redirect(url_for("cari.reports"), 303)
