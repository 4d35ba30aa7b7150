"""The tracker's pages: the nation, a province, a region; and rows whose region a person has to confirm."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from compliance.actor import Action
from compliance.data.contributions import government_contribution
from compliance.queries import claims, tracker
from compliance.queries.claim_cards import MEASURES
from compliance.queries.facts import today
from compliance.queries.region_story import region_story
from compliance.queries.regions import all_regions
from compliance.queries.tracker_views import ClaimCard, ProvinceMatrix, RegionRow, RegionStory
from compliance.rules.ladders import BUDGET_RUNGS, REGULATION_RUNGS, RUNG_WORDS
from compliance.rules.states import Flag
from compliance.services import claims as claim_service
from compliance.web.access import actor, allow, session, writing
from compliance.web.asked import Asked, asked, cell_filter
from compliance.web.disputes import disputes
from compliance.web.region_csv import csv_response
from compliance.web.region_maps import national_areas, province_areas
from compliance.web.vocabulary import in_words

blueprint = Blueprint("wilayah", __name__)
FIRST_YEAR = 2017


@blueprint.app_template_filter("tangga")
def rung_words(rung: str) -> str:
    """The rung in words: “Perkada berlaku”."""
    return in_words(RUNG_WORDS[rung])


@blueprint.app_template_filter("tanda")
def flag_kinds(flags: Sequence[Flag]) -> list[tuple[str, list[Flag]]]:
    """The flags under a few words for each kind, in the order they first occur; their sentences stand on the region's page."""
    words = flag_words()
    kinds: dict[str, list[Flag]] = {}
    for flag in flags:
        kinds.setdefault(words.get(flag.code, flag.text), []).append(flag)
    return list(kinds.items())


def flag_words() -> dict[str, str]:
    return {
        "hanya-r1": _("baru edaran atau instruksi"),
        "r3-tanpa-anggaran": _("berperaturan, tidak dianggarkan"),
        "anggaran-tanpa-peraturan": _("dianggarkan tanpa peraturan"),
        "dianggarkan-belum-terdaftar": _("dianggarkan, belum terdaftar"),
        "sumber-bertentangan": _("sumber bertentangan"),
        "tidak-wajar": _("jumlah tidak wajar"),
        "di-atas-100": _("cakupan di atas 100 %"),
        "beda-cetak-hitung": _("persen tercetak berbeda"),
    }


@blueprint.get("/")
@allow(Action.BACA)
def national() -> ResponseReturnValue:
    asking = asked()
    overview = tracker.national_overview(
        session(), actor(), per=asking.per, diketahui=asking.known_at, year=asking.year
    )
    rows = claims.unmatched_rows(session(), actor())
    return render_template(
        "wilayah/national.html",
        overview=overview,
        map=national_areas(overview, asking.arguments),
        years=range(FIRST_YEAR, today().year + 2),
        unmatched=rows,
        acceptable={row.id for row in rows if row.suggested and actor().may(Action.CATAT, row.suggested)},
        names={region.kode: region.nama for region in all_regions(session(), actor())} if rows else {},
        asked=asking,
        args=asking.arguments,
    )


@blueprint.get("/provinsi/<kode>")
@allow(Action.BACA)
def province(kode: str) -> ResponseReturnValue:
    asking = asked()
    matrix = _matrix(kode, asking)
    year = asking.year or asking.per.year
    rows, narrowed = _narrowed(matrix, year)
    if request.args.get("format") == "csv":
        return csv_response(matrix, rows)
    return render_template(
        "wilayah/province.html",
        matrix=matrix,
        year=year,
        rows=rows,
        narrowed=narrowed,
        map=province_areas(matrix, asking.arguments),
        rungs=REGULATION_RUNGS,
        budget_rungs=BUDGET_RUNGS,
        asked=asking,
        args=asking.arguments,
        csv_href=_csv_href(kode, asking, year),
    )


def _csv_href(kode: str, asking: Asked, year: int) -> str:
    cell = {name: request.args[name] for name in ("r", "b") if name in request.args}
    arguments: dict[str, Any] = {**asking.arguments, **cell, "anggaran": year, "format": "csv"}
    return url_for("wilayah.province", kode=kode, **arguments)


def _matrix(kode: str, asking: Asked) -> ProvinceMatrix:
    """The matrix as asked; a budget year that no claim speaks of gets its column too."""
    matrix = tracker.province_matrix(session(), actor(), kode, per=asking.per, diketahui=asking.known_at)
    if asking.year is None or asking.year in matrix.years:
        return matrix
    years = sorted({*matrix.years, asking.year})
    return tracker.province_matrix(session(), actor(), kode, per=asking.per, diketahui=asking.known_at, years=years)


def _narrowed(matrix: ProvinceMatrix, year: int) -> tuple[tuple[RegionRow, ...], str]:
    """The rows of the cell asked for by `r` and `b`, with that cell in words; all rows and no words where none is."""
    by_regulation, regulation = cell_filter("r")
    by_budget, budget = cell_filter("b")
    rows = tuple(
        row
        for row in matrix.rows
        if (not by_regulation or row.regulation.rung == regulation)
        and (not by_budget or row.budgets[year].rung == budget)
    )
    unknown = _("belum diperiksa")
    parts = [_("regulasi %(rung)s", rung=regulation or unknown)] if by_regulation else []
    parts += [_("anggaran %(year)s %(rung)s", year=year, rung=budget or unknown)] if by_budget else []
    return rows, ", ".join(parts)


@blueprint.get("/wilayah/<kode>")
@allow(Action.BACA)
def region(kode: str) -> ResponseReturnValue:
    asking = asked()
    story = region_story(session(), actor(), kode, per=asking.per, diketahui=asking.known_at)
    return render_template(
        "wilayah/region.html",
        story=story,
        disputes=disputes(story.groups),
        contributions={year: _contribution(year) for year in story.years},
        held_cards=_held_cards(story),
        later_count=sum(_is_later(card, story) for group in story.groups for card in group.cards),
        may_write=actor().may(Action.CATAT, kode),
        may_choose=actor().may(Action.PILIH, kode),
        asked=asking,
        args=asking.arguments,
    )


def _held_cards(story: RegionStory) -> dict[str, list[ClaimCard]]:
    """The claims of each measure attested by the day asked about, and those that bear no date at all."""
    held: dict[str, list[ClaimCard]] = {measure: [] for measure in MEASURES}
    for group in story.groups:
        held[group.measure] += [card for card in group.cards if not _is_later(card, story)]
    return held


def _is_later(card: ClaimCard, story: RegionStory) -> bool:
    return card.claim.valid_from is not None and card.claim.valid_from > story.per


def _contribution(year: int) -> int | None:
    """Rupiah per person-month where government pays, in force when the fiscal year begins."""
    tariff = government_contribution(date(year, 1, 1))
    return tariff.rupiah if tariff else None


@blueprint.post("/belum-cocok/<int:row_id>")
@allow(Action.CATAT)
def accept_suggestion(row_id: int) -> ResponseReturnValue:
    """Makes a row whose name matched no region a claim of the region chosen on the form."""
    with writing() as open_session:
        claim = claim_service.accept_unmatched(open_session, actor(), row_id, request.form.get("wilayah", ""))
    flash(_("Baris itu kini tercatat pada wilayahnya."), "baik")
    return redirect(url_for("wilayah.region", kode=claim.wilayah))
