"""Results taken along as XLSX or CSV, and a list of terms searched in one go."""

from __future__ import annotations

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from compliance.actor import Action
from compliance.db import now
from compliance.errors import Invalid, SearchUnavailable
from compliance.queries.documents import reading_counts
from compliance.queries.engines import serving_engine
from compliance.queries.regions import all_regions
from compliance.queries.search import search
from compliance.queries.search_lists import MOST_HITS, MOST_TERMS, asked_in_one_go, every_hit
from compliance.reports.search_results import Frame, results_csv, results_xlsx, rows_of, terms_xlsx
from compliance.reports.terms import MOST_BYTES, checked_terms, terms_in
from compliance.reports.workbook import Cell
from compliance.web.access import actor, allow, session, settings
from compliance.web.filters import waktu
from compliance.web.search import FACETS, address, asked_of_request, blueprint

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/cari/hasil.<any(xlsx,csv):form>")
@allow(Action.BACA)
def results_file(form: str) -> ResponseReturnValue:
    """The whole list of results as it stands on the screen, at most MOST_HITS of them."""
    asked = asked_of_request()
    engine = serving_engine(settings().index_url)
    try:
        answer = search(session(), actor(), engine, asked)
    except SearchUnavailable as error:
        return render_template("cari/search.html", asked=asked, answer=None, problem=error), 503
    frame = _frame(asked.text)
    told: list[tuple[str, Cell]] = [
        ("Pertanyaan", asked.text),
        *(("Dipahami sebagai", sentence) for sentence in answer.query.understood),
        *((f"Saringan {name}", ", ".join(getattr(asked, name))) for name in FACETS if getattr(asked, name)),
        ("Kata dicari", "hanya dalam satu Pasal" if asked.dalam else "di seluruh dokumen"),
        ("Urutan", asked.urut),
        ("Ditemukan", answer.total),
        *(("Perhatian", notice.text) for notice in answer.notices),
        *_about(),
        ("Alamat", frame.address + address(asked)),
    ]
    if answer.total > MOST_HITS:
        told.append(
            (
                "Tidak lengkap",
                f"Berkas ini memuat {MOST_HITS} yang pertama dari {answer.total}. Persempit pencariannya.",
            )
        )
    rows = rows_of(every_hit(session(), actor(), engine, asked), frame)
    if form == "csv":
        return download(results_csv(rows, told), "text/csv; charset=utf-8", "hasil-cari.csv")
    return download(results_xlsx(rows, told), XLSX, "hasil-cari.xlsx")


@blueprint.get("/cari/daftar")
@allow(Action.BACA)
def terms_form() -> ResponseReturnValue:
    return _terms_page()


@blueprint.post("/cari/daftar")
@allow(Action.BACA)
def terms_search() -> ResponseReturnValue:
    """The hits of every term of an uploaded or pasted list, as a spreadsheet."""
    try:
        terms = _terms_sent()
        answers = asked_in_one_go(session(), actor(), serving_engine(settings().index_url), terms)
        told: list[tuple[str, Cell]] = [("Istilah", len(terms)), *_about()]
        return download(terms_xlsx(answers, _frame(), told), XLSX, "hasil-daftar-istilah.xlsx")
    except Invalid as error:
        return _terms_page(str(error)), 422
    except SearchUnavailable as error:
        return _terms_page(str(error)), 503


def download(content: str | bytes, kind: str, name: str) -> Response:
    answer = Response(content, content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _terms_sent() -> list[str]:
    file = request.files.get("berkas")
    if file is not None and file.filename:
        return terms_in(file.read(MOST_BYTES + 1), request.form.get("kolom", ""), MOST_TERMS)
    return checked_terms(request.form.get("istilah", "").splitlines(), MOST_TERMS)


def _terms_page(error: str = "") -> str:
    return render_template("cari/terms.html", error=error, most=MOST_TERMS, form=request.form)


def _frame(text: str = "") -> Frame:
    names = {region.kode: region.nama for region in all_regions(session(), actor())}
    return Frame(settings().address or request.host_url.rstrip("/"), names, text)


def _about() -> list[tuple[str, Cell]]:
    counts = reading_counts(session(), actor())
    return [
        ("Dibuat", waktu(now())),
        ("Oleh", actor().name),
        ("Halaman belum terbaca, tidak ikut dicari", counts.pages_unread),
        ("Dokumen menunggu dibaca, tidak ikut dicari", counts.waiting),
        ("Dokumen gagal dibaca, tidak ikut dicari", counts.failed),
    ]
