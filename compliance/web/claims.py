"""One claim with its source and rivals, the choice among them, and the forms that add claims."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from compliance.actor import Action
from compliance.errors import Invalid
from compliance.models import Region
from compliance.queries import claims
from compliance.queries.documents import DocumentFilter, documents
from compliance.queries.region_story import region_story
from compliance.queries.regions import region_by_code
from compliance.rules.entries import ENTERED_BUDGET_RUNGS, BudgetEntry, CoverageEntry, StageEntry
from compliance.rules.ladders import REGULATION_RUNGS, RUNG_WORDS, STAGES
from compliance.services import claims as service
from compliance.web import claim_forms as forms
from compliance.web.access import actor, allow, session, writing
from compliance.web.vocabulary import in_words

blueprint = Blueprint("klaim", __name__)
LOCAL_FORMS = (
    *("Perda", "Qanun", "Perdasi", "Perdasus", "Pergub", "Perbup", "Perwali"),
    *("Instruksi", "Surat Edaran", "Keputusan"),
)
SEGMENTS = ("total", "PU", "BPU", "Jakon", "PMI", "non-ASN", "pekerja rentan", "perangkat desa", "BPD", "RT/RW")
FUNDS = ("APBD", "APBD perubahan", "APBDes/ADD", "DBHCHT", "DBH Sawit", "CSR")
MOST_LISTED = 100
READERS: dict[str, Callable[[forms.Typed], forms.Entry]] = {
    "regulasi": forms.stage_entry,
    "anggaran": forms.budget_entry,
    "cakupan": forms.coverage_entry,
}
DENOMINATORS = ("penduduk bekerja", "angkatan kerja", "potensi BPJS Ketenagakerjaan")


@blueprint.get("/klaim/<int:claim_id>")
@allow(Action.BACA)
def claim(claim_id: int) -> ResponseReturnValue:
    return _claim_page(claim_id)


@blueprint.post("/klaim/<int:claim_id>/pilih")
@allow(Action.PILIH)
def choose(claim_id: int) -> ResponseReturnValue:
    """Holds this claim to be right among those of its subject; the others stay visible."""
    try:
        with writing() as open_session:
            service.choose_claim(open_session, actor(), claim_id, request.form.get("alasan", ""))
    except Invalid as error:
        return _claim_page(claim_id, error), 422
    flash(_("Pilihan tersimpan. Catatan lain tetap terlihat."), "baik")
    return redirect(url_for("klaim.claim", claim_id=claim_id))


def _claim_page(claim_id: int, error: Invalid | None = None) -> str:
    card = claims.claim_card(session(), actor(), claim_id)
    wilayah = card.claim.wilayah
    rivals = claims.rivals_of(session(), actor(), claim_id)
    groups = region_story(session(), actor(), wilayah).groups
    group = next(group for group in groups if any(other.claim.id == claim_id for other in group.cards))
    known = {claim_id, *(rival.claim.id for rival in rivals)}
    return render_template(
        "klaim/claim.html",
        card=card,
        claim=card.claim,
        region=region_by_code(session(), actor(), wilayah),
        rivals=rivals,
        alike=[other for other in group.cards if other.claim.id not in known],
        may_choose=actor().may(Action.PILIH, wilayah),
        error=error,
    )


@blueprint.route("/wilayah/<kode>/catat/regulasi", methods=["GET", "POST"])
@allow(Action.CATAT)
def regulation_form(kode: str) -> ResponseReturnValue:
    return _form_page(kode, "regulasi")


@blueprint.route("/wilayah/<kode>/catat/anggaran", methods=["GET", "POST"])
@allow(Action.CATAT)
def budget_form(kode: str) -> ResponseReturnValue:
    return _form_page(kode, "anggaran")


@blueprint.route("/wilayah/<kode>/catat/cakupan", methods=["GET", "POST"])
@allow(Action.CATAT)
def coverage_form(kode: str) -> ResponseReturnValue:
    return _form_page(kode, "cakupan")


def _form_page(kode: str, name: str) -> ResponseReturnValue:
    """The form, filled from the address at first (dokumen, halaman); once sent, recorded or shown again with what is wrong."""
    actor().require(Action.CATAT, kode)
    region = region_by_code(session(), actor(), kode)
    if request.method == "GET":
        return _form(region, name, request.args)
    try:
        _record(kode, name)
    except Invalid as error:
        return _form(region, name, request.form, error), 422
    flash(_("Catatan tersimpan."), "baik")
    return redirect(url_for("wilayah.region", kode=kode, _anchor=name))


def _record(kode: str, name: str) -> None:
    typed = forms.Typed(request.form)
    entry, proof = READERS[name](typed), forms.evidence(typed)
    forms.check(typed, entry, proof)
    with writing() as open_session:
        match entry:
            case StageEntry():
                service.add_stage(open_session, actor(), kode, entry, proof)
            case BudgetEntry():
                service.add_budget(open_session, actor(), kode, entry, proof)
            case CoverageEntry():
                service.add_coverage(open_session, actor(), kode, entry, proof)


def _form(region: Region, name: str, typed: Mapping[str, str], error: Invalid | None = None) -> str:
    rungs = {"regulasi": REGULATION_RUNGS, "anggaran": ENTERED_BUDGET_RUNGS}.get(name, ())
    return render_template(
        f"klaim/{name}.html",
        region=region,
        typed=typed,
        wrong=error.fields if error else {},
        error=error,
        rungs=[("", _("pilih"))] + [(rung, f"{rung} {in_words(RUNG_WORDS[rung])}") for rung in rungs],
        stages=[("", _("tidak disebut"))] + [(stage, in_words(stage)) for stage in STAGES],
        forms=[("", _("tidak disebut"))] + [(form, form) for form in LOCAL_FORMS],
        segments=SEGMENTS,
        funds=FUNDS,
        denominators=DENOMINATORS,
        documents=documents(session(), actor(), DocumentFilter(wilayah=region.kode, sample=False), limit=MOST_LISTED),
    )
