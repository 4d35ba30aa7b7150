"""Accounts and roles, for administrators."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from compliance.actor import Action, Role
from compliance.errors import Invalid
from compliance.models.user import User
from compliance.queries import regions, users
from compliance.services import users as user_service
from compliance.web.access import actor, allow, session, settings, writing
from compliance.web.vocabulary import in_words

blueprint = Blueprint("pengguna", __name__, url_prefix="/pengguna")


@blueprint.get("/")
@allow(Action.KELOLA)
def all_users() -> ResponseReturnValue:
    return _page()


@blueprint.post("/")
@allow(Action.KELOLA)
def add_user() -> ResponseReturnValue:
    """Makes an account with one role and shows its one-time link, once."""
    form = request.form
    try:
        role = Role(form.get("peran", ""))
        with writing() as open_session:
            user = user_service.add_user(open_session, actor(), email=form.get("email", ""), nama=form.get("nama", ""))
            user_service.grant_role(open_session, actor(), user, role, form.get("wilayah", ""))
            nonce = user_service.issue_link(open_session, actor(), user)
    except Invalid as error:
        return _page(error=error), 422
    except ValueError:
        return _page(error=Invalid(_("Pilih perannya."), {"peran": _("Pilih dari daftar.")})), 422
    return _page(link_for=user, link=_link(nonce))


@blueprint.post("/<int:user_id>/tautan")
@allow(Action.KELOLA)
def new_link(user_id: int) -> ResponseReturnValue:
    with writing() as open_session:
        user = users.user_by_id(open_session, actor(), user_id)
        nonce = user_service.issue_link(open_session, actor(), user)
    return _page(link_for=user, link=_link(nonce))


@blueprint.post("/<int:user_id>/aktif")
@allow(Action.KELOLA)
def set_active(user_id: int) -> ResponseReturnValue:
    with writing() as open_session:
        user = user_service.set_active(open_session, actor(), user_id, active=request.form.get("aktif") == "1")
    flash(
        _("Akun %(nama)s dibuka.", nama=user.nama) if user.active else _("Akun %(nama)s ditutup.", nama=user.nama),
        "baik",
    )
    return redirect(url_for("pengguna.all_users"))


def _link(nonce: str) -> str:
    """The address that signs in once: under PATUH_ADDRESS where that is set, else under the name this administrator used."""
    front_page = settings().address or request.host_url.rstrip("/")
    return front_page + url_for("akun.one_time", nonce=nonce)


def _page(error: Invalid | None = None, link_for: User | None = None, link: str = "") -> str:
    return render_template(
        "pengguna/all_users.html",
        users=users.all_users(session(), actor()),
        regions=regions.all_regions(session(), actor()),
        role_options=[(role.value, in_words(role.value)) for role in Role],
        error=error,
        link_for=link_for,
        link=link,
    )
