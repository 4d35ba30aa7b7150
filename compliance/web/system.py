"""Pages about Patuh itself: state of the machine, trace of changes, sources and licences, language."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from compliance.actor import Action
from compliance.queries import audit
from compliance.queries.documents import reading_counts
from compliance.queries.engines import serving_engine
from compliance.services.indexing import index_state
from compliance.web.access import actor, allow, public, session, settings
from compliance.web.asked import number_asked
from indexer.ocr import ocr_available

blueprint = Blueprint("sistem", __name__)


@blueprint.app_context_processor
def _navigation() -> dict[str, object]:
    return {"navigation": navigation}


def navigation() -> list[tuple[str, str]]:
    """The pages of the top bar that the actor may open: (endpoint, label)."""
    entries = [
        ("wilayah.national", _("Beranda"), Action.BACA),
        ("cari.search", _("Cari"), Action.BACA),
        ("dokumen.documents", _("Dokumen"), Action.BACA),
        ("periksa.queue", _("Periksa"), Action.PILIH),
        ("peraturan.regulations", _("Peraturan"), Action.BACA),
        ("paritrana.editions", _("Paritrana"), Action.BACA),
        ("sistem.status", _("Keadaan"), Action.BACA),
        ("pengguna.all_users", _("Pengguna"), Action.KELOLA),
    ]
    return [(endpoint, label) for endpoint, label, action in entries if actor().may(action)]


@blueprint.post("/bahasa")
@public
def language() -> ResponseReturnValue:
    """Remembers the language in the cookie and goes back to the page it was chosen on."""
    cookie["bahasa"] = request.form.get("bahasa", "")[:2]
    return redirect(_own_path(request.referrer))


def _own_path(referrer: str | None) -> str:
    """The path of an address on this host, else the front page. Never one that a browser takes for another host ("//…")."""
    own = request.host_url
    path = referrer[len(own) :] if referrer and referrer.startswith(own) else ""
    return "/" + path.lstrip("/\\")


@blueprint.get("/keadaan")
@allow(Action.BACA)
def status() -> ResponseReturnValue:
    """What is held, what waits, what nobody could read, and whether the index agrees with the database."""
    return render_template(
        "sistem/status.html",
        counts=reading_counts(session(), actor()),
        index=index_state(session(), serving_engine(settings().index_url)),
        ocr=ocr_available(),
    )


@blueprint.get("/catatan")
@allow(Action.BACA)
def changes() -> ResponseReturnValue:
    before = number_asked("sebelum")
    return render_template("sistem/changes.html", rows=audit.recent_changes(session(), actor(), before_id=before))


@blueprint.get("/sumber")
@allow(Action.BACA)
def about() -> ResponseReturnValue:
    return render_template("sistem/about.html")
