"""Pages of legal acts: the catalogue, and one act with its standing, its life, what it asks, its relations and who cites it."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from compliance.actor import Action
from compliance.models import RegulationRelation
from compliance.queries import regulations as queries
from compliance.queries import relations
from compliance.queries import standing as standings
from compliance.queries.facts import today
from compliance.queries.jdih import jdih_differences
from compliance.queries.regions import region_names
from compliance.rules.citations import citation
from compliance.rules.standing import Standing
from compliance.web import naming, relation_words, standing_words
from compliance.web.access import actor, allow, session
from compliance.web.asked import asked, number_asked

blueprint = Blueprint("peraturan", __name__, url_prefix="/peraturan")


blueprint.add_app_template_filter(citation, "sebutan")


@blueprint.get("/")
@allow(Action.BACA)
def regulations() -> ResponseReturnValue:
    """The catalogue with its filters; `?tanpa_naskah=1` lists what to look for."""
    filters = _filters()
    page = number_asked("hal") or 1
    found = queries.regulations(session(), actor(), filters, page)
    choices = queries.catalogue_choices(session(), actor())
    acts = [row.regulation for row in found.rows]
    today_of = standings.standings_on(session(), actor(), acts, today())
    return render_template(
        "peraturan/regulations.html",
        found=found,
        filters=filters,
        choices=choices,
        names=region_names(session(), {*choices.wilayah, *(act.wilayah for act in acts)}),
        kind_name=naming.kind_name,
        marks={act.id: standing_words.mark(act, today_of[act.id]) for act in acts},
        waiting=relations.waiting_count(session(), actor()) if actor().may(Action.PILIH) else 0,
        arguments=_arguments(filters),
    )


@blueprint.get("/<int:regulation_id>")
@allow(Action.BACA)
def regulation(regulation_id: int) -> ResponseReturnValue:
    """One act, its standing as at `?per=`."""
    when = asked()
    act = queries.regulation_by_id(session(), actor(), regulation_id)
    story = standings.story_of(session(), actor(), act, when.per)
    claims = queries.stage_claims_citing(session(), actor(), act)
    chosen = relations.WaitingFilter(regulation_id=act.id)
    return render_template(
        "peraturan/regulation.html",
        act=act,
        when=when,
        mark=standing_words.mark(act, story.standing),
        has_ended=story.standing.has_ended,
        proof_bond=_readable_proof(story.standing),
        odd=[standing_words.contradiction_words(each) for each in story.standing.contradictions],
        steps=relation_words.steps(act, story),
        said=relation_words.said(act),
        heard=relation_words.heard(act),
        waiting=relations.waiting_count(session(), actor(), chosen) if actor().may(Action.PILIH, act.wilayah) else 0,
        claims=claims,
        jdih_differences=jdih_differences(act),
        field_label=naming.field_label,
        documents=queries.documents_of(session(), actor(), act),
        names=region_names(session(), {act.wilayah, *(claim.wilayah for claim in claims)}),
        may_decide=actor().may(Action.PILIH, act.wilayah),
    )


def _readable_proof(standing: Standing) -> RegulationRelation | None:
    """The relation a standing rests on, where the actor reads the act that states it."""
    bond = standing.proof.bond if standing.proof else None
    return bond if bond and actor().reads(bond.source.wilayah) else None


def _filters() -> queries.RegulationFilters:
    return queries.RegulationFilters(
        jenis=request.args.get("jenis") or None,
        tahun=number_asked("tahun"),
        wilayah=request.args.get("wilayah") or None,
        without_text=request.args.get("tanpa_naskah") == "1",
    )


def _arguments(filters: queries.RegulationFilters) -> dict[str, str]:
    """The filters as a link to another page of the list carries them."""
    asked_for = {
        "jenis": filters.jenis or "",
        "tahun": str(filters.tahun or ""),
        "wilayah": filters.wilayah or "",
        "tanpa_naskah": "1" if filters.without_text else "",
    }
    return {name: value for name, value in asked_for.items() if value}
