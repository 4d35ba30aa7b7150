"""Keys for one's programs: the page where they are made and taken back, and knowing a person by one."""

from __future__ import annotations

from flask import Blueprint, Flask, Request, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.exceptions import Unauthorized

from compliance.actor import Action
from compliance.errors import Invalid
from compliance.models import User
from compliance.queries.tokens import own_tokens, user_of_token
from compliance.services import tokens as service
from compliance.web.access import actor, allow, session, writing
from compliance.web.api.problems import is_for_programs

blueprint = Blueprint("kunci_program", __name__, url_prefix="/akun/kunci")
LONGEST_SECRET = 200


def install(app: Flask) -> None:
    """A program is known by its key, on addresses for programs only. The accounts library's own tokens are not used."""
    app.login_manager.request_loader(_bearer)  # type: ignore[attr-defined]
    app.before_request(_refuse_other_key)
    app.register_blueprint(blueprint)


def _bearer(asked: Request) -> User | None:
    """Whose key the request brings; None for no key, and for one that doesn't work."""
    scheme, _blank, secret = asked.headers.get("Authorization", "").partition(" ")
    if not is_for_programs() or scheme.lower() != "bearer" or len(secret) > LONGEST_SECRET:
        return None
    return user_of_token(session(), secret.strip())


def _refuse_other_key() -> None:
    """A key counts even where the same browser is signed in: one that doesn't work, or is someone else's, is refused.

    Raises:
        Unauthorized: it is.
    """
    if is_for_programs() and "Authorization" in request.headers:
        user = _bearer(request)
        if user is None or user.id != current_user.id:
            raise Unauthorized


@blueprint.get("")
@allow(Action.BACA)
def tokens() -> ResponseReturnValue:
    return _page()


@blueprint.post("")
@allow(Action.BACA)
def make() -> ResponseReturnValue:
    """Shows the new key, this once."""
    try:
        with writing() as open_session:
            secret = service.make_token(open_session, actor(), request.form.get("nama", ""))
    except Invalid as error:
        return _page(error=error), 422
    return _page(secret=secret)


@blueprint.post("/<int:token_id>/cabut")
@allow(Action.BACA)
def revoke(token_id: int) -> ResponseReturnValue:
    with writing() as open_session:
        service.revoke_token(open_session, actor(), token_id)
    flash(_("Kunci dicabut dan tidak berlaku lagi."), "baik")
    return redirect(url_for("kunci_program.tokens"), 303)


def _page(secret: str = "", error: Invalid | None = None) -> str:
    held = own_tokens(session(), actor())
    return render_template("akun/tokens.html", tokens=held, secret=secret, error=error)
