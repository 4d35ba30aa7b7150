"""/api/v1/regulations: the legal acts that are known, and one act with its standing and relations."""

from __future__ import annotations

from typing import Any

from compliance.queries import regulations as queries
from compliance.queries.facts import today
from compliance.queries.regions import region_by_code
from compliance.queries.relations import incoming_relations, outgoing_relations
from compliance.queries.standing import standing_on
from compliance.reports.regulations import KnownAct, described_act, described_regulation
from compliance.web.access import actor, session
from compliance.web.api import parameters, shapes
from compliance.web.api.resources import Resources, page_of

resources = Resources("api_regulations", "Legal acts, held as text or only known.")


@resources.answers("/regulations", parameters.RegulationsAsked, shapes.RegulationRows)
def regulations(asked: dict[str, Any]) -> dict[str, Any]:
    """List legal acts.

    National ones first, then by region, newest year first. 404 where the region is unknown or not yours to read.
    """
    if asked.get("wilayah"):
        region_by_code(session(), actor(), asked["wilayah"])
    chosen = queries.RegulationFilters(
        jenis=asked.get("jenis"),
        tahun=asked.get("tahun"),
        wilayah=asked.get("wilayah"),
        without_text=bool(asked.get("without_text")),
    )
    found = queries.regulations(session(), actor(), chosen, asked["page"], asked["limit"])
    return page_of({"regulations": [described_regulation(row) for row in found.rows]}, found.total, asked)


@resources.answers("/regulations/<int:regulation_id>", parameters.ActAsked, shapes.RegulationWhole)
def regulation(asked: dict[str, Any], regulation_id: int) -> dict[str, Any]:
    """One legal act.

    Its standing as at ?per=, what it asks, and its relations with the page and sentence that prove each.
    """
    act = queries.regulation_by_id(session(), actor(), regulation_id)
    per = asked.get("per") or today()
    return described_act(
        KnownAct(
            act=act,
            standing=standing_on(session(), actor(), act, per),
            per=per,
            documents=queries.documents_of(session(), actor(), act),
            said=outgoing_relations(session(), actor(), act),
            heard=incoming_relations(session(), actor(), act),
            reads=actor().reads,
        )
    )
