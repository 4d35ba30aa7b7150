"""Pages of JDIH: metadata out as JSON and CSV, in with a look first; and the texts that are still to be found."""

from __future__ import annotations

from collections import Counter

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from compliance.actor import NATIONAL, Action
from compliance.errors import Invalid
from compliance.queries.jdih import feed_records
from compliance.queries.regions import all_regions, provinces, region_by_code, region_names
from compliance.queries.wanted_texts import Hunt, hunt
from compliance.reports import jdih as files
from compliance.reports.spreadsheet import semicolon_csv
from compliance.rules.citations import citation
from compliance.rules.wanted import address_of
from compliance.services.jdih import import_feed, previewed
from compliance.services.staging import stage, staged
from compliance.web import naming
from compliance.web.access import actor, allow, session, settings, writing

blueprint = Blueprint("jdih", __name__)
ROWS_SHOWN = 300
FATES = ("baru", "dilengkapi", "berbeda", "sama", "ditolak")


@blueprint.get("/jdih")
@allow(Action.BACA)
def exchange() -> ResponseReturnValue:
    return _exchange_page()


@blueprint.get("/jdih/document.<any(json,csv):form>")
@allow(Action.BACA)
def feed(form: str) -> ResponseReturnValue:
    """Every act the reader sees, or those of `?wilayah=`, in the feed's field names."""
    wilayah = _region_asked()
    address = settings().address or request.host_url.rstrip("/")
    records = feed_records(session(), actor(), address, wilayah)
    text = files.json_text(records) if form == "json" else files.csv_text(records)
    kind = "application/json" if form == "json" else "text/csv; charset=utf-8"
    return _download(text, kind, f"document-{wilayah or 'semua'}.{form}")


@blueprint.post("/jdih/periksa")
@allow(Action.CATAT)
def preview() -> ResponseReturnValue:
    """Every record's fate before anything is written."""
    file, wilayah = request.files.get("berkas"), request.form.get("wilayah") or None
    if file is None or not file.filename:
        return _exchange_page(_("Pilih berkas JSON atau CSV.")), 422
    content = file.read(files.MOST_BYTES + 1)
    try:
        fates = previewed(session(), actor(), files.records_in(content), wilayah)
    except Invalid as error:
        return _exchange_page(str(error)), 422
    counts = Counter(fate.fate for fate in fates)
    return render_template(
        "jdih/preview.html",
        fates=sorted(fates, key=lambda fate: (-FATES.index(fate.fate), fate.number))[:ROWS_SHOWN],
        counts=[(fate, counts[fate]) for fate in FATES if counts[fate]],
        total=len(fates),
        worth=counts["baru"] + counts["dilengkapi"] + counts["berbeda"],
        token=stage(settings().var / "pratinjau", actor(), content),
        file_name=file.filename,
        wilayah=wilayah,
        names=region_names(session(), [fate.wilayah for fate in fates]),
        label=naming.field_label,
    )


@blueprint.post("/jdih/impor")
@allow(Action.CATAT)
def take_in() -> ResponseReturnValue:
    content = staged(settings().var / "pratinjau", actor(), request.form.get("berkas", ""))
    records, wilayah = files.records_in(content), request.form.get("wilayah") or None
    with writing() as open_session:
        counted = import_feed(open_session, actor(), records, wilayah, request.form.get("nama", "")[:200])
    new, filled = counted["baru"], counted["dilengkapi"] + counted["berbeda"]
    flash(_("Impor JDIH selesai: %(baru)s peraturan baru, %(isi)s dicocokkan.", baru=new, isi=filled), "baik")
    return redirect(url_for("jdih.wanted", wilayah=wilayah), 303)


@blueprint.get("/peraturan/dicari")
@allow(Action.BACA)
def wanted() -> ResponseReturnValue:
    """The texts that should be held and are not; `?bentuk=csv` the same as a file."""
    wilayah = _region_asked()
    found = hunt(session(), actor(), wilayah)
    codes = [each.act.wilayah for each in found.wanted] + [claim.wilayah for claim in found.unnamed]
    names = region_names(session(), codes)
    if request.args.get("bentuk") == "csv":
        return _download(_hunt_csv(found, names), "text/csv; charset=utf-8", f"naskah-dicari-{wilayah or 'semua'}.csv")
    return render_template(
        "jdih/wanted.html",
        hunt=found,
        names=names,
        wilayah=wilayah,
        regions=_provinces(),
        address_of=address_of,
        most_cited=found.cited[:30],
    )


def _exchange_page(error: str = "") -> str:
    return render_template(
        "jdih/exchange.html", error=error, regions=all_regions(session(), actor()), provinces=_provinces()
    )


def _provinces() -> list[tuple[str, str]]:
    """The choices of a region filter: the nation and the provinces the reader sees."""
    return [(NATIONAL, _("Nasional")), *((each.kode, each.nama) for each in provinces(session(), actor()))]


def _region_asked() -> str | None:
    """Raises NotFound for an unknown region: an empty list would look complete."""
    kode = request.args.get("wilayah") or None
    if kode and kode != NATIONAL:
        region_by_code(session(), actor(), kode)
    return kode


def _hunt_csv(found: Hunt, names: dict[str, str]) -> str:
    heading = [_("Wilayah"), _("Peraturan"), _("Judul"), _("Catatan pelacak"), _("Dikutip oleh"), _("Tempat mencari")]
    acts = [
        [
            names.get(each.act.wilayah or "", _("Nasional")),
            citation(each.act),
            each.act.judul or "",
            str(each.claims),
            str(each.citations),
            address_of(each.act) or each.act.sumber or "",
        ]
        for each in found.wanted
    ]
    claims = [
        [names.get(claim.wilayah, claim.wilayah), claim.bentuk or "", claim.title, "1", "", claim.source]
        for claim in found.unnamed
    ]
    return semicolon_csv([heading, *acts, *claims])


def _download(text: str, kind: str, name: str) -> Response:
    answer = Response(text, content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
