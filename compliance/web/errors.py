"""Error pages: what happened, what still works, what to do next."""

from __future__ import annotations

from flask import Flask, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from compliance.errors import Forbidden, Invalid, NotFound, PatuhError, SearchUnavailable

STATUS: dict[type[PatuhError], int] = {NotFound: 404, Forbidden: 403, Invalid: 422, SearchUnavailable: 503}


def install(app: Flask) -> None:
    app.register_error_handler(PatuhError, _patuh_error)
    app.register_error_handler(CSRFError, _csrf_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(500, _broken)


def _patuh_error(error: PatuhError) -> ResponseReturnValue:
    status = STATUS.get(type(error), 400)
    return render_template("galat/error.html", status=status, message=str(error)), status


def _csrf_error(_error: CSRFError) -> ResponseReturnValue:
    message = _("Formulir ini sudah terlalu lama terbuka. Kembali, muat ulang halamannya, lalu kirim lagi.")
    return render_template("galat/error.html", status=400, message=message), 400


def _http_error(error: HTTPException) -> ResponseReturnValue:
    messages = {
        404: _("Halaman ini tidak ada. Periksa alamatnya, atau mulailah dari Beranda."),
        405: _("Halaman ini tidak bisa dibuka dengan cara itu. Mulailah dari Beranda."),
        413: _("Kiriman terlalu besar. Kirim berkasnya beberapa kali, atau satu per satu."),
    }
    status = error.code or 500
    if status < 400:
        return error
    return render_template("galat/error.html", status=status, message=messages.get(status, error.description)), status


def _broken(_error: Exception) -> ResponseReturnValue:
    message = _("Patuh gagal menjawab. Data Anda tidak berubah. Coba lagi; bila tetap gagal, kabari administrator.")
    return render_template("galat/error.html", status=500, message=message), 500
