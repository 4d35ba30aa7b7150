"""Puts the web application together: database sessions, accounts, forms' protection, languages, headers, blueprints."""

from __future__ import annotations

import secrets
from pathlib import Path

from flask import Flask, Response, request
from flask import session as cookie
from flask_babel import Babel, get_locale
from flask_wtf import CSRFProtect
from werkzeug.routing import IntegerConverter, Map

from compliance.actor import Action
from compliance.config import ROOT, Settings
from compliance.db import open_database, session_registry
from compliance.wake import Bell
from compliance.web import access, accounts, errors, filters, tokens
from compliance.web.api import description as api
from compliance.web.asked import LARGEST
from compliance.web.blueprints import BLUEPRINTS

LANGUAGES = ("id", "en")
CONTENT_POLICY = (
    "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


class _RowNumber(IntegerConverter):
    """A number in an address that a row may have; a longer one is no address of Patuh."""

    def __init__(self, map: Map) -> None:
        super().__init__(map, max=LARGEST)


def make_app(settings: Settings) -> Flask:
    """The whole web application over the database of `settings`. The database need not exist yet."""
    app = Flask("patuh", template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "compliance/web/static"))
    app.config.update(
        SECRET_KEY=secret_key(settings.var),
        SECURITY_PASSWORD_SALT="argon2 salts each password itself",  # noqa: S106
        MAX_CONTENT_LENGTH=settings.max_upload_bytes,
        SESSION_COOKIE_NAME="patuh",
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        REMEMBER_COOKIE_SAMESITE="Lax",
        REMEMBER_COOKIE_HTTPONLY=True,
        REMEMBER_COOKIE_SECURE=settings.secure_cookies,
        WTF_CSRF_TIME_LIMIT=12 * 3600,
        BABEL_DEFAULT_LOCALE=settings.language,
        BABEL_TRANSLATION_DIRECTORIES=str(ROOT / "compliance/web/translations"),
    )
    app.url_map.converters["int"] = _RowNumber
    registry = session_registry(open_database(settings.database_url))
    app.extensions["patuh_sessions"] = registry
    app.extensions["patuh_settings"] = settings
    app.extensions["patuh_bell"] = Bell(settings.queue_url)
    app.teardown_appcontext(lambda _error: registry.remove())
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    CSRFProtect(app)
    Babel(app, locale_selector=chosen_language)
    filters.install(app)
    errors.install(app)
    accounts.install(app, registry)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    tokens.install(app)
    api.install(app)
    access.public(app.view_functions["static"])
    app.after_request(_safe_headers)
    app.context_processor(_page_context)
    return app


def secret_key(var: Path) -> str:
    """The key that signs cookies: made once, kept beside the database, readable by its owner only."""
    path = var / "kunci"
    if not path.exists():
        var.mkdir(parents=True, exist_ok=True)
        fresh = var / f"kunci.{secrets.token_hex(4)}"
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(48))
        try:
            path.hardlink_to(fresh)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text()


def chosen_language() -> str | None:
    """The language chosen in the footer, else the setting's; never the browser's, which is English on many office machines."""
    chosen = cookie.get("bahasa")
    return chosen if chosen in LANGUAGES else None


def _safe_headers(response: Response) -> Response:
    response.headers.setdefault("Content-Security-Policy", CONTENT_POLICY)
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    response.headers.setdefault("X-Frame-Options", "DENY")
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "private, no-store")
    return response


def _page_context() -> dict[str, object]:
    return {"actor": access.actor, "Action": Action, "languages": LANGUAGES, "get_locale": get_locale}
