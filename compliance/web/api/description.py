"""Puts the API into the application and describes it: OpenAPI for programs, a page for people."""

from __future__ import annotations

import http
from typing import Any

from flask import Blueprint as Pages
from flask import Flask, current_app, render_template
from flask.typing import ResponseReturnValue
from flask_smorest import Api
from flask_smorest.utils import prepare_response

from compliance.web.access import public, settings
from compliance.web.api import description_words as words
from compliance.web.api import documents, regulations, search
from compliance.web.api.problems import MIME
from compliance.web.api.shapes import Problem

RESOURCES = (search.resources, documents.resources, regulations.resources)
SECURITY: list[dict[str, list[str]]] = [{"token": []}, {"session": []}]
INTRODUCTION = (
    "What Patuh's pages show, as JSON, with the same rights. Only GET. Errors are problem JSON with a stable `code` and an Indonesian "
    "sentence. Dates are ISO 8601, percentages and confidences unrounded numbers, null means that nobody has looked (belum diperiksa). "
    "Unknown parameters are refused. Fields may be added; none changes its meaning."
)
pages = Pages("api", __name__, url_prefix="/api/v1")


class _Described(Api):  # type: ignore[misc]
    """The library's own description, with our refusals; the application's error handlers stay in charge."""

    DEFAULT_ERROR_RESPONSE_NAME = None

    def _register_error_handlers(self) -> None:
        """Nothing is registered: `errors.py` answers for the whole application."""

    def _register_responses(self) -> None:
        for status in http.HTTPStatus:
            response: dict[str, Any] = {"description": status.phrase, "schema": Problem}
            prepare_response(response, self.spec, MIME)
            self.spec.components.response(status.name, response, lazy=True)


def install(app: Flask) -> None:
    """The API's addresses are in the application, and so is their description."""
    app.config.update(API_TITLE="Patuh", API_VERSION="1", OPENAPI_VERSION="3.1.0")
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    api = _Described(app, spec_kwargs={"info": {"description": INTRODUCTION}, "security": SECURITY})
    schemes = api.spec.components
    schemes.security_scheme("token", {"type": "http", "scheme": "bearer"})
    schemes.security_scheme("session", {"type": "apiKey", "in": "cookie", "name": app.config["SESSION_COOKIE_NAME"]})
    for resources in RESOURCES:
        api.register_blueprint(resources)
    app.register_blueprint(pages)
    app.extensions["patuh_api"] = api.spec.to_dict()


@pages.get("/openapi.json")
@public
def openapi() -> ResponseReturnValue:
    """The description for programs; it tells nothing of what is held."""
    return _description()


@pages.get("/")
@public
def overview() -> ResponseReturnValue:
    """The description for people, made from the same."""
    return render_template(
        "api/overview.html",
        described=_description(),
        front_page=settings().front_page.rstrip("/"),
        example_of=words.example_of,
        shape_of=words.shape_of,
        type_of=words.type_of,
    )


def _description() -> dict[str, Any]:
    described: dict[str, Any] = current_app.extensions["patuh_api"]
    return described
