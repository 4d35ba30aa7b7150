"""The Paritrana Award's pages: editions, an edition with its instrument and candidates, a candidate's score sheet."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from compliance.actor import Action
from compliance.errors import Invalid
from compliance.queries import awards
from compliance.rules.scores import TRACKS
from compliance.services import awards as award_service
from compliance.web.access import actor, allow, session, writing
from compliance.web.award_csv import candidates_csv, sheet_csv

blueprint = Blueprint("paritrana", __name__, url_prefix="/paritrana")


@blueprint.app_template_global()
def track_words(track: str) -> str:
    """A track's name for people."""
    words = {"mandiri": _("Mandiri"), "verifikator": _("Verifikator"), "panel": _("Panel"), "terbit": _("Terbit")}
    return str(words[track])


@blueprint.get("")
@allow(Action.BACA)
def editions() -> ResponseReturnValue:
    return render_template("paritrana/editions.html", editions=awards.editions(session(), actor()))


@blueprint.get("/<edisi>")
@allow(Action.BACA)
def edition(edisi: str) -> ResponseReturnValue:
    """The instrument and the candidates; `wilayah` in the address opens that candidate's sheet."""
    if request.args.get("wilayah"):
        return redirect(url_for("paritrana.sheet", edisi=edisi, wilayah=request.args["wilayah"].strip()))
    shown = awards.edition_by_code(session(), actor(), edisi)
    sheets = awards.candidates(session(), actor(), edisi)
    if request.args.get("format") == "csv":
        return _download(candidates_csv(shown, sheets), f"paritrana-{edisi}")
    regions = awards.eligible_regions(session(), actor(), shown)
    return render_template("paritrana/edition.html", edition=shown, sheets=sheets, regions=regions)


@blueprint.get("/<edisi>/<wilayah>")
@allow(Action.BACA)
def sheet(edisi: str, wilayah: str) -> ResponseReturnValue:
    if request.args.get("format") == "csv":
        return _download(
            sheet_csv(awards.score_sheet(session(), actor(), edisi, wilayah)), f"paritrana-{edisi}-{wilayah}"
        )
    return _sheet_page(edisi, wilayah)


@blueprint.post("/<edisi>/<wilayah>")
@allow(Action.NILAI)
def enter_score(edisi: str, wilayah: str) -> ResponseReturnValue:
    """Takes down one score; what can't be taken down stays on the form as typed."""
    form = request.form
    names = ("indikator", "jalur", "nilai", "sumber", "catatan")
    entry = award_service.ScoreEntry(edisi, wilayah, *(form.get(name, "") for name in names))
    try:
        with writing() as open_session:
            score = award_service.enter_score(open_session, actor(), entry)
    except Invalid as error:
        return _sheet_page(edisi, wilayah, error), 422
    flash(_("Nilai %(nama)s tersimpan pada jalur %(jalur)s.", nama=score.indicator.nama, jalur=entry.track), "baik")
    return redirect(url_for("paritrana.sheet", edisi=edisi, wilayah=wilayah))


def _sheet_page(edisi: str, wilayah: str, error: Invalid | None = None) -> str:
    return render_template(
        "paritrana/sheet.html",
        sheet=awards.score_sheet(session(), actor(), edisi, wilayah),
        tracks=TRACKS,
        open_tracks=award_service.tracks_open_to(actor(), wilayah),
        error=error,
    )


def _download(text: str, name: str) -> Response:
    answer = Response(text, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer
