"""Signing in and out (Flask-Security, argon2), the one-time link, and one's own password."""

from __future__ import annotations

from functools import partial, update_wrapper
from typing import TYPE_CHECKING, Any, cast

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from flask_security import (
    MailUtil,
    Security,
    SQLAlchemySessionUserDatastore,
    hash_password,
    login_user,
    user_authenticated,
    verify_password,
)

from compliance.actor import Action
from compliance.errors import Invalid
from compliance.models.user import Membership, User
from compliance.services import audit, users
from compliance.web.access import actor, allow, public, session, writing

if TYPE_CHECKING:
    from sqlalchemy.orm import Session, scoped_session

MIN_PASSWORD = 10
BY_LINK = "lewat_tautan"
blueprint = Blueprint("akun", __name__)


class _OfficeAddresses(MailUtil):
    """An address is a name for signing in, also in an office without internet mail (nama@kantor.local): folded, not looked up."""

    def normalize(self, email: str) -> str:
        return email.strip().lower()

    def validate(self, email: str) -> str:
        return self.normalize(email)


def install(app: Flask, registry: scoped_session[Session]) -> None:
    """Puts the accounts library into the app, with argon2, generic refusals and our own pages and words."""
    app.config.update(
        SECURITY_PASSWORD_HASH="argon2",  # noqa: S106  (a scheme's name)
        SECURITY_LOGIN_URL="/masuk",
        SECURITY_LOGOUT_URL="/keluar",
        SECURITY_LOGOUT_METHODS=["POST"],
        SECURITY_LOGIN_USER_TEMPLATE="akun/masuk.html",
        SECURITY_POST_LOGIN_VIEW="/",
        SECURITY_POST_LOGOUT_VIEW="/masuk",
        SECURITY_RETURN_GENERIC_RESPONSES=True,
        SECURITY_I18N_DOMAIN="messages",
        SECURITY_I18N_DIRNAME=[app.config["BABEL_TRANSLATION_DIRECTORIES"]],
        SECURITY_REDIRECT_VALIDATE_MODE=["absolute", "regex"],
        SECURITY_MSG_GENERIC_AUTHN_FAILED=(_lazy("Surel atau kata sandi salah."), "error"),
        SECURITY_MSG_EMAIL_NOT_PROVIDED=(_lazy("Tulis surel Anda."), "error"),
        SECURITY_MSG_PASSWORD_NOT_PROVIDED=(_lazy("Tulis kata sandi Anda."), "error"),
        SECURITY_MSG_INVALID_EMAIL_ADDRESS=(_lazy("Alamat surel belum benar."), "error"),
        SECURITY_MSG_DISABLED_ACCOUNT=(_lazy("Akun ini ditutup."), "error"),
        SECURITY_MSG_INVALID_REDIRECT=(_lazy("Alamat tujuannya bukan halaman Patuh. Mulailah dari Beranda."), "error"),
        SECURITY_MSG_LOGIN=(_lazy("Masuklah dahulu untuk membuka halaman itu."), "info"),
    )
    datastore = SQLAlchemySessionUserDatastore(registry, User, Membership)
    Security(app, datastore, register_blueprint=True, mail_util_cls=_OfficeAddresses)
    user_authenticated.connect(_note_sign_in, app)
    app.register_blueprint(blueprint)
    for name, view in app.view_functions.items():
        if name.startswith("security."):
            carrier: Any = update_wrapper(partial(view), view)  # a bound method can't carry the declaration
            app.view_functions[name] = public(carrier)


def _lazy(message: str) -> str:
    """Marks a message for `make translations`; the accounts library translates it when it is shown."""
    return message


def _note_sign_in(_app: Flask, user: User, **_more: Any) -> None:
    if request.endpoint == "security.login":
        cookie.pop(BY_LINK, None)
        with writing() as open_session:
            audit.record(open_session, user.actor(), "masuk", ("pengguna", user.id))


@blueprint.get("/masuk/sekali/<nonce>")
@public
def one_time(nonce: str) -> ResponseReturnValue:
    """Asks for one press of a button, so that a program that only looks at links can't use this one up."""
    return render_template("akun/one_time.html", nonce=nonce)


@blueprint.post("/masuk/sekali/<nonce>")
@public
def redeem(nonce: str) -> ResponseReturnValue:
    with writing() as open_session:
        user = users.redeem_link(open_session, nonce)
    login_user(user, authn_via=["link"])
    cookie[BY_LINK] = user.id
    return redirect(url_for("wilayah.national"))


@blueprint.get("/akun")
@allow(Action.BACA)
def account() -> ResponseReturnValue:
    return _account_page(current_user)


@blueprint.post("/akun/kata-sandi")
@allow(Action.BACA)
def change_password() -> ResponseReturnValue:
    """Sets a new password; whoever has one gives it first, except after signing in by a link, which is for those who forgot it."""
    user = cast(User, session().get(User, current_user.id))
    new = request.form.get("baru", "")
    try:
        _check_password_change(user, request.form.get("lama", ""), new, request.form.get("ulang", ""))
    except Invalid as error:
        return _account_page(user, error), 422
    hashed = hash_password(new)
    with writing() as open_session:
        users.set_password_hash(open_session, actor(), user, hashed)
    login_user(user, authn_via=["password"])
    cookie.pop(BY_LINK, None)
    flash(_("Kata sandi tersimpan. Lain kali masuklah dengan surel dan kata sandi ini."), "baik")
    return redirect(url_for("akun.account"))


def _account_page(user: User, error: Invalid | None = None) -> str:
    return render_template(
        "akun/account.html", user=user, asks_old=_asks_old(user), min_password=MIN_PASSWORD, error=error
    )


def _asks_old(user: User) -> bool:
    """Whether the password in force has to be given before a new one."""
    return user.password is not None and cookie.get(BY_LINK) != user.id


def _check_password_change(user: User, old: str, new: str, again: str) -> None:
    if _asks_old(user) and not (user.password and verify_password(old, user.password)):
        raise Invalid(_("Kata sandi lama salah."), {"lama": _("Kata sandi lama salah.")})
    if len(new) < MIN_PASSWORD:
        message = _("Kata sandi baru paling sedikit %(n)s huruf.", n=MIN_PASSWORD)
        raise Invalid(message, {"baru": message})
    if new != again:
        raise Invalid(_("Kedua kata sandi baru tidak sama."), {"ulang": _("Tidak sama dengan yang di atas.")})
