"""Refusals as problem JSON (RFC 9457): a stable code, an Indonesian sentence, and which parameter is wrong."""

from __future__ import annotations

from typing import Any, cast

from flask import Response, current_app, request
from werkzeug.exceptions import HTTPException

from compliance.errors import InBin, Invalid

PREFIX = "/api/"
MIME = "application/problem+json"
CODES = {
    400: "tidak_terbaca",
    401: "belum_masuk",
    403: "bukan_wewenang",
    404: "tidak_ada",
    405: "hanya_get",
    422: "parameter_salah",
    500: "gagal",
    503: "indeks_disiapkan",
}
SENTENCES = {
    400: "Alamat atau parameter ini memuat huruf yang tidak bisa dibaca. Periksa, lalu kirim lagi.",
    401: "Belum dikenali. Kirim kunci pribadi (Authorization: Bearer …), atau masuklah dahulu.",
    404: "Alamat ini tidak ada. Daftarnya di /api/v1/.",
    405: "Alamat ini hanya bisa dibaca (GET).",
}
NOT_TOLD = "Permintaan ini tidak bisa dijawab. Periksa alamatnya; daftarnya di /api/v1/."
IN_BIN = "di_keranjang"


def is_for_programs() -> bool:
    """Whether the request's answer is JSON, also where it is a refusal."""
    return request.path.startswith(PREFIX)


def problem(status: int, error: Exception, detail: str = "") -> Response:
    """The refusal as JSON. `detail` is the sentence where the error has one of its own."""
    told: dict[str, Any] = {
        "status": status,
        "code": IN_BIN if isinstance(error, InBin) else CODES.get(status, "ditolak"),
        "detail": detail or SENTENCES.get(status, NOT_TOLD),
        "fields": error.fields if isinstance(error, Invalid) else {},
    }
    if isinstance(error, InBin):
        told["replaced_by"] = error.replaced_by_id
    answer = cast(Response, current_app.json.response(told))
    answer.status_code, answer.mimetype = status, MIME
    if isinstance(error, HTTPException):
        answer.headers.extend((name, value) for name, value in error.get_headers() if name == "Allow")
    if status == 401:
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer
