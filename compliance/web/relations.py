"""Pages about relations between acts: what waits for a person, one relation with its proof and where it leads, one entered by hand."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from compliance.actor import Action
from compliance.errors import Invalid
from compliance.queries import regulations as acts
from compliance.queries import relations as queries
from compliance.rules.standing import ACCEPTED, REFUSED
from compliance.services import decisions
from compliance.web import relation_words
from compliance.web.access import actor, allow, session, writing
from compliance.web.asked import LARGEST, number_asked, number_typed
from compliance.web.regulations import blueprint


@blueprint.app_context_processor
def _words() -> dict[str, object]:
    return {"relation_words": relation_words}


@blueprint.get("/hubungan")
@allow(Action.PILIH)
def waiting_relations() -> ResponseReturnValue:
    """What waits; `?jenis=`, `?peraturan=` and `?dokumen=` narrow it."""
    return _queue()


@blueprint.post("/hubungan")
@allow(Action.PILIH)
def decide_relations() -> ResponseReturnValue:
    """The ticked relations are accepted or refused."""
    ids = [number for number in request.form.getlist("id", type=int) if 1 <= number <= LARGEST]
    try:
        with writing() as open_session:
            decided = decisions.decide_relations(
                open_session, actor(), ids, request.form.get("keputusan", ""), request.form.get("alasan", "")
            )
    except Invalid as error:
        return _queue(error, ids), 422
    _tell(request.form["keputusan"], len(decided))
    return redirect(url_for("peraturan.waiting_relations", **_asked()))


@blueprint.get("/hubungan/<int:relation_id>")
@allow(Action.BACA)
def relation(relation_id: int) -> ResponseReturnValue:
    """One relation; `?cari=` looks for the act it may lead to."""
    return _relation(relation_id)


@blueprint.post("/hubungan/<int:relation_id>")
@allow(Action.PILIH)
def decide_relation(relation_id: int) -> ResponseReturnValue:
    """The relation leads where the form says, then it is accepted, refused, or left as it was."""
    target, decision = number_typed("sasaran"), request.form.get("keputusan", "")
    try:
        with writing() as open_session:
            bond = queries.relation_by_id(open_session, actor(), relation_id)
            if target is not None and target != bond.to_id:
                decisions.point_relation(open_session, actor(), relation_id, target)
            if decision:
                reason = request.form.get("alasan", "")
                decisions.decide_relations(open_session, actor(), [relation_id], decision, reason)
    except Invalid as error:
        return _relation(relation_id, error), 422
    if decision:
        _tell(decision, 1)
    else:
        flash(_("Sasaran hubungan tersimpan."), "baik")
    return redirect(url_for("peraturan.relation", relation_id=relation_id))


@blueprint.get("/<int:regulation_id>/hubungan")
@allow(Action.PILIH)
def new_relation(regulation_id: int) -> ResponseReturnValue:
    return _new_relation(regulation_id)


@blueprint.post("/<int:regulation_id>/hubungan")
@allow(Action.PILIH)
def add_relation(regulation_id: int) -> ResponseReturnValue:
    typed = request.form
    entry = decisions.NewRelation(
        kind=typed.get("hubungan", ""),
        target_id=number_typed("sasaran"),
        name=typed.get("nama", ""),
        document_id=number_typed("dokumen"),
        page=number_typed("halaman"),
        reason=typed.get("alasan", ""),
    )
    try:
        with writing() as open_session:
            decisions.add_relation(open_session, actor(), regulation_id, entry)
    except Invalid as error:
        return _new_relation(regulation_id, error), 422
    flash(_("Hubungan tercatat atas nama Anda."), "baik")
    return redirect(url_for("peraturan.regulation", regulation_id=regulation_id))


def _queue(error: Invalid | None = None, ticked: list[int] | None = None) -> str:
    chosen = queries.WaitingFilter(
        kind=request.args.get("jenis") or None,
        regulation_id=number_asked("peraturan"),
        document_id=number_asked("dokumen"),
    )
    about = acts.regulation_by_id(session(), actor(), chosen.regulation_id) if chosen.regulation_id else None
    return render_template(
        "peraturan/waiting.html",
        waiting=queries.waiting_relations(session(), actor(), chosen, number_asked("hal") or 1),
        chosen=chosen,
        about=about,
        error=error,
        ticked=ticked or [],
        arguments=_asked(),
        kinds=decisions.KINDS,
    )


def _asked() -> dict[str, Any]:
    return {name: value for name, value in request.args.items() if value and name in ("jenis", "peraturan", "dokumen")}


def _relation(relation_id: int, error: Invalid | None = None) -> str:
    row = queries.relation_row(session(), actor(), relation_id)
    may_decide = actor().may(Action.PILIH, row.bond.source.wilayah)
    typed = request.args.get("cari", "").strip()
    found = queries.candidate_targets(session(), actor(), typed or row.bond.to_text) if may_decide else []
    return render_template(
        "peraturan/relation.html",
        row=row,
        bond=row.bond,
        may_decide=may_decide,
        typed=typed,
        candidates=[act for act in found if act.id != row.bond.from_id],
        error=error,
        accepted=ACCEPTED,
        refused=REFUSED,
    )


def _new_relation(regulation_id: int, error: Invalid | None = None) -> str:
    act = acts.regulation_by_id(session(), actor(), regulation_id)
    actor().require(Action.PILIH, act.wilayah)
    typed = request.values.get("cari", "").strip()
    found = queries.candidate_targets(session(), actor(), typed)
    return render_template(
        "peraturan/new_relation.html",
        act=act,
        typed=typed,
        target=number_typed("sasaran"),
        candidates=[candidate for candidate in found if candidate.id != act.id],
        document_choices=[(held.id, held.file_name) for held in acts.documents_of(session(), actor(), act)],
        kind_choices=[(kind, relation_words.kind_words(kind)[0].lower()) for kind in decisions.KINDS],
        error=error,
    )


def _tell(decision: str, count: int) -> None:
    if decision == ACCEPTED:
        flash(ngettext("%(num)s hubungan diterima.", "%(num)s hubungan diterima.", count), "baik")
    else:
        flash(ngettext("%(num)s hubungan ditolak.", "%(num)s hubungan ditolak.", count), "baik")
