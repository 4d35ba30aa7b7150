"""Pages of legal acts: the catalogue, and one act with what it asks, its relations, its texts and who cites it."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from compliance.actor import Action
from compliance.queries import regulations as queries
from compliance.queries.regions import region_names
from compliance.rules.citations import citation
from compliance.web import naming
from compliance.web.access import actor, allow, session
from compliance.web.asked import number_asked

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
    codes = {*choices.wilayah, *(row.regulation.wilayah for row in found.rows)}
    return render_template(
        "peraturan/regulations.html",
        found=found,
        filters=filters,
        choices=choices,
        names=region_names(session(), codes),
        kind_name=naming.kind_name,
        status_of=naming.act_status,
        arguments=_arguments(filters),
    )


@blueprint.get("/<int:regulation_id>")
@allow(Action.BACA)
def regulation(regulation_id: int) -> ResponseReturnValue:
    act = queries.regulation_by_id(session(), actor(), regulation_id)
    incoming = queries.relations_to(session(), actor(), act)
    claims = queries.stage_claims_citing(session(), actor(), act)
    documents = queries.documents_of(session(), actor(), act)
    related = [relation.target for relation in act.relations if relation.target] + [bond.source for bond in incoming]
    codes = {act.wilayah, *(other.wilayah for other in related), *(claim.wilayah for claim in claims)}
    return render_template(
        "peraturan/regulation.html",
        act=act,
        incoming=incoming,
        claims=claims,
        documents=documents,
        names=region_names(session(), codes),
        kind_name=naming.kind_name,
        status=naming.act_status(act),
        bonds=_bonds(),
    )


def _filters() -> queries.RegulationFilters:
    return queries.RegulationFilters(
        jenis=request.args.get("jenis") or None,
        tahun=number_asked("tahun"),
        wilayah=request.args.get("wilayah") or None,
        without_text=request.args.get("tanpa_naskah") == "1",
    )


def _arguments(filters: queries.RegulationFilters) -> dict[str, str]:
    """The filters as a link to another page of the list carries them."""
    asked = {
        "jenis": filters.jenis or "",
        "tahun": str(filters.tahun or ""),
        "wilayah": filters.wilayah or "",
        "tanpa_naskah": "1" if filters.without_text else "",
    }
    return {name: value for name, value in asked.items() if value}


def _bonds() -> dict[str, tuple[str, str]]:
    """Each kind of relation in words: seen from the act that says it, and from the other one."""
    return {
        "mengubah": (_("mengubah"), _("diubah oleh")),
        "mencabut": (_("mencabut"), _("dicabut oleh")),
        "melaksanakan": (_("melaksanakan"), _("dilaksanakan oleh")),
        "dasar hukum": (_("berdasar pada"), _("menjadi dasar bagi")),
        "dilanjutkan": (_("dilanjutkan oleh"), _("melanjutkan")),
    }
