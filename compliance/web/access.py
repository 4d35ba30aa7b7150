"""Who may use a route, and the session and actor of the request."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, cast

from flask import current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.exceptions import Unauthorized

from compliance.actor import Action, Actor
from compliance.config import Settings
from compliance.db import transaction
from compliance.errors import Forbidden
from compliance.services.work import just_queued
from compliance.wake import Bell
from compliance.web.api.problems import is_for_programs

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

P = ParamSpec("P")
View = Callable[P, ResponseReturnValue]
Opened = TypeVar("Opened", bound=Any)


def allow(action: Action) -> Callable[[View[P]], View[P]]:
    """Lets signed-in users through whose roles allow `action` somewhere; the service decides about the region."""

    def declare(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            if not current_user.is_authenticated:
                if is_for_programs():
                    raise Unauthorized
                return redirect(url_for("security.login", next=request.full_path.rstrip("?")))
            if not actor().may(action):
                raise Forbidden("Peran Anda tidak mencakup halaman ini. Mintalah kepada administrator.")
            return view(*args, **kwargs)

        guarded.allowed = action  # type: ignore[attr-defined]
        return guarded

    return declare


def public(view: Opened) -> Opened:
    """Declares that anybody on the network may open this route."""
    view.allowed = "siapa pun"
    return view


def actor() -> Actor:
    """The signed-in user as the one who asks; an actor without rights where nobody is signed in."""
    if not current_user.is_authenticated:
        return Actor(None, "tamu")
    return cast(Actor, current_user.actor())


def session() -> Session:
    """The request's database session; it is closed when the request ends."""
    return cast("Session", current_app.extensions["patuh_sessions"]())


@contextmanager
def writing() -> Iterator[Session]:
    """A write transaction on the request's session, after whose commit workers are woken. A GET request never writes."""
    if request.method in ("GET", "HEAD"):
        raise AssertionError("a GET request must not write")
    with transaction(session()) as open_session:
        yield open_session
    cast(Bell, current_app.extensions["patuh_bell"]).ring(just_queued(open_session))


def settings() -> Settings:
    return cast(Settings, current_app.extensions["patuh_settings"])
