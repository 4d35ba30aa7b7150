"""Suggestions while somebody types, for the search page's own script."""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from compliance.actor import Action
from compliance.queries.suggestions import suggestions
from compliance.web.access import actor, allow, session
from compliance.web.search import blueprint
from compliance.web.titles import readable_title


@blueprint.get("/cari/saran")
@allow(Action.BACA)
def suggest() -> ResponseReturnValue:
    """What `?q=` may become, out of what the reader may see."""
    kinds = {"tersimpan": _("tersimpan"), "peraturan": _("peraturan"), "kata": _("kata")}
    found = suggestions(session(), actor(), request.args.get("q", ""))
    told = [{"teks": one.text, "jenis": kinds[one.kind], "tentang": readable_title(one.about)} for one in found]
    return {"saran": told}
