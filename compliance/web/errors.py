"""Error pages: what happened, what still works, what to do next."""

from __future__ import annotations

from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import BadRequest, HTTPException

from compliance.errors import Forbidden, Invalid, NotFound, PatuhError, SearchUnavailable
from compliance.web.api.problems import is_for_programs, problem

STATUS: dict[type[PatuhError], int] = {NotFound: 404, Forbidden: 403, Invalid: 422, SearchUnavailable: 503}


def install(app: Flask) -> None:
    app.register_error_handler(PatuhError, _patuh_error)
    app.register_error_handler(CSRFError, _csrf_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(500, _broken)
    app.before_request(_refuse_unstorable)


def _refuse_unstorable() -> None:
    """No address and no field holds a NUL character: nobody types it, and PostgreSQL can't even look for it.

    A search (`q`) may: its words are taken apart before anything is asked.

    Raises:
        BadRequest: one does.
    """
    pairs = [pair for pair in request.args.items(multi=True) if pair[0] != "q"]
    pairs += request.form.items(multi=True) if request.method == "POST" else ()
    given = [request.path, *(word for pair in pairs for word in pair)]
    if any("\0" in word for word in given):
        raise BadRequest


def _patuh_error(error: PatuhError) -> ResponseReturnValue:
    status = STATUS.get(type(error), 400)
    return _answer(status, str(error), error)


def _csrf_error(_error: CSRFError) -> ResponseReturnValue:
    message = _("Formulir ini sudah terlalu lama terbuka. Kembali, muat ulang halamannya, lalu kirim lagi.")
    return render_template("galat/error.html", status=400, message=message), 400


def _http_error(error: HTTPException) -> ResponseReturnValue:
    messages = {
        400: _("Kiriman ini memuat sesuatu yang tidak bisa dibaca. Kembali, periksa isiannya, lalu kirim lagi."),
        404: _("Halaman ini tidak ada. Periksa alamatnya, atau mulailah dari Beranda."),
        405: _("Halaman ini tidak bisa dibuka dengan cara itu. Mulailah dari Beranda."),
        413: _("Kiriman terlalu besar. Kirim berkasnya beberapa kali, atau satu per satu."),
    }
    status = error.code or 500
    if status < 400:
        return error
    if is_for_programs():
        return problem(status, error)
    return _answer(status, messages.get(status, _("Permintaan ini tidak bisa dijawab. Mulailah dari Beranda.")), error)


def _broken(error: Exception) -> ResponseReturnValue:
    message = _("Patuh gagal menjawab. Data Anda tidak berubah. Coba lagi; bila tetap gagal, kabari administrator.")
    return _answer(500, message, error)


def _answer(status: int, message: str, error: Exception) -> ResponseReturnValue:
    """The sentence as a page, or for a program as JSON."""
    if is_for_programs():
        return problem(status, error, message)
    return render_template("galat/error.html", status=status, message=message), status
