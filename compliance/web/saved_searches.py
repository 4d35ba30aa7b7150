"""A person's saved searches: kept from the results, listed with what is new, opened, deleted."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from compliance.actor import Action
from compliance.errors import Invalid
from compliance.queries import saved_searches as queries
from compliance.queries.engines import serving_engine
from compliance.queries.search_filters import understood
from compliance.queries.search_lists import every_unit
from compliance.services import saved_searches as services
from compliance.web.access import actor, allow, session, settings, writing
from compliance.web.search import address, asked_of_request, blueprint


@blueprint.app_template_global()
def new_matches() -> int:
    """How many things wait to be seen in the actor's saved searches; counted once for a page."""
    if "new_matches" not in g:
        g.new_matches = queries.new_match_count(session(), actor()) if actor().may(Action.BACA) else 0
    count: int = g.new_matches
    return count


@blueprint.get("/cari/tersimpan")
@allow(Action.BACA)
def saved() -> ResponseReturnValue:
    rows = [
        (row, address(queries.asked_of(row.search)), understood(row.search.text).understood)
        for row in queries.saved_searches(session(), actor())
    ]
    return render_template("cari/saved.html", rows=rows, mails=bool(settings().smtp_url))


@blueprint.post("/cari/simpan")
@allow(Action.BACA)
def save() -> ResponseReturnValue:
    """Keeps the question in the address; what it finds today is no news."""
    asked = asked_of_request()
    found = every_unit(session(), actor(), serving_engine(settings().index_url), asked)
    mailed = bool(request.form.get("surel"))
    try:
        with writing() as open_session:
            services.save_search(open_session, actor(), asked, request.form.get("nama", ""), found, is_mailed=mailed)
    except Invalid as error:
        flash(str(error), "error")
        return redirect(address(asked), 303)
    flash(_("Pencarian disimpan. Temuan baru akan terhitung di sini."), "baik")
    return redirect(url_for("cari.saved"), 303)


@blueprint.get("/cari/tersimpan/<int:saved_id>")
@allow(Action.BACA)
def saved_search(saved_id: int) -> ResponseReturnValue:
    """What is new in it, by name, before it is marked as seen."""
    row = queries.saved_search_by_id(session(), actor(), saved_id)
    unseen = [match.unit for match in row.matches if match.seen_at is None]
    names = queries.visible_units(session(), actor(), unseen)
    return render_template("cari/saved_search.html", saved=row, names=names, href=address(queries.asked_of(row)))


@blueprint.post("/cari/tersimpan/<int:saved_id>/buka")
@allow(Action.BACA)
def open_saved(saved_id: int) -> ResponseReturnValue:
    """Marks what is new as seen and goes to the results."""
    with writing() as open_session:
        services.mark_seen(open_session, actor(), saved_id)
    row = queries.saved_search_by_id(session(), actor(), saved_id)
    return redirect(address(queries.asked_of(row)), 303)


@blueprint.post("/cari/tersimpan/<int:saved_id>/hapus")
@allow(Action.BACA)
def delete_saved(saved_id: int) -> ResponseReturnValue:
    with writing() as open_session:
        services.delete_search(open_session, actor(), saved_id)
    flash(_("Pencarian tersimpan dihapus."), "baik")
    return redirect(url_for("cari.saved"), 303)
