"""How an address of the API is declared: parameters, answer and refusals at once, rights first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast
from urllib.parse import urlencode

from flask import Request, Response, request
from flask_smorest import Blueprint
from marshmallow import Schema, ValidationError, fields
from webargs.flaskparser import FlaskParser

from compliance.actor import Action
from compliance.errors import InBin, Invalid
from compliance.web.access import allow
from compliance.web.api.problems import problem

Answering = Callable[..., Any]
REFUSALS = {400: "BAD_REQUEST", 401: "UNAUTHORIZED", 403: "FORBIDDEN", 404: "NOT_FOUND"}


class Parameters(FlaskParser):
    """Reads the address strictly: what the schema doesn't name is refused, and so is one value given twice."""

    DEFAULT_UNKNOWN_BY_LOCATION = {"query": None}

    def load_querystring(self, req: Request, schema: Schema) -> Any:
        several = {name for name, field in schema.fields.items() if isinstance(field, fields.List)}
        twice = {name for name, values in req.args.lists() if len(values) > 1 and name not in several}
        if twice:
            raise ValidationError({name: ["Tulis satu kali saja."] for name in twice})
        return super().load_querystring(req, schema)

    def handle_error(self, error: ValidationError, *_more: Any, **_named: Any) -> None:  # type: ignore[override]
        """Raises Invalid that names the parameters."""
        said = cast(dict[str, Any], error.messages)
        told = {name: _sentence(messages) for name, messages in said.get("query", said).items()}
        named = "; ".join(f"{name}: {sentence}" for name, sentence in told.items())
        raise Invalid(f"Parameter belum benar. {named}", told)


class Resources(Blueprint):  # type: ignore[misc]
    """The addresses of one noun."""

    ARGUMENTS_PARSER = Parameters()

    def __init__(self, name: str, description: str) -> None:
        super().__init__(name, __name__, url_prefix="/api/v1", description=description)
        self.register_error_handler(InBin, lambda error: problem(404, error, str(error)))
        self.after_request(_tagged)

    def answers(
        self, path: str, asked: type[Schema], shape: type[Schema], also: Mapping[int, str] | None = None
    ) -> Callable[[Answering], Answering]:
        """Declares a view: GET `path` with the parameters `asked`, whose answer has this shape; `also` are refusals besides the usual."""

        def declare(view: Answering) -> Answering:
            made = self.arguments(asked, location="query")(self.response(200, shape)(view))
            for status, name in {**REFUSALS, **(also or {})}.items():
                made = self.alt_response(status, response=name)(made)
            guarded = allow(Action.BACA)(made)
            self.route(path)(guarded)
            return guarded

        return declare


def page_of(rows: Mapping[str, Any], total: int, asked: Mapping[str, Any]) -> dict[str, Any]:
    """One page of a list with the address of the next one, None on the last."""
    has_next = asked["page"] * asked["limit"] < total
    return {
        "total": total,
        "page": asked["page"],
        "limit": asked["limit"],
        "next": _next(asked) if has_next else None,
        **rows,
    }


def _next(asked: Mapping[str, Any]) -> str:
    pairs = [(name, word) for name, word in request.args.items(multi=True) if name != "page"]
    return f"{request.path}?{urlencode([*pairs, ('page', str(asked['page'] + 1))])}"


def _sentence(messages: Any) -> str:
    """The first sentence of what is wrong with a parameter, or with one of its values."""
    while isinstance(messages, dict):
        messages = next(iter(messages.values()))
    return str(messages[0])


def _tagged(response: Response) -> Response:
    """An unchanged answer need not be sent again to whoever shows its tag."""
    if response.status_code == 200:
        response.add_etag()
        response.make_conditional(request)
    return response
