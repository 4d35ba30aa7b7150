"""Patuh's front door: `flask …` finds `create_app` here; `python app.py` serves."""

from __future__ import annotations

from flask import Flask

from compliance import cli
from compliance.config import Settings, settings_from
from compliance.web.wiring import make_app


def create_app(settings: Settings | None = None) -> Flask:
    """The web application with its commands, over `settings` or what the environment asks for."""
    app = make_app(settings or settings_from())
    cli.install(app)
    return app


if __name__ == "__main__":
    from compliance.serving import serve

    serve(settings_from())
