"""Hands mails to the office's mail server over SMTP."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from urllib.parse import parse_qs, unquote, urlsplit

SECONDS = 20
NotSent = (smtplib.SMTPException, OSError)
"""What is raised where the server did not take a mail."""

Send = Callable[[EmailMessage], None]


@contextmanager
def mail_server(url: str) -> Iterator[Send]:
    """A connection, signed in, that takes mails: smtp:// (`?starttls=1` encrypts), smtps://.

    Raises:
        smtplib.SMTPException, OSError: no connection, no sign-in, or the mail was refused.
        ValueError: the address is not one of a mail server.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ValueError("PATUH_SMTP_URL is smtp://host or smtps://host")
    with _connected(parts.scheme, parts.hostname, parts.port or 0) as server:
        if parse_qs(parts.query).get("starttls") == ["1"]:
            server.starttls(context=ssl.create_default_context())
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        yield lambda message: _refusals_raised(server.send_message(message))


def letter(sender: str, to: str, subject: str, text: str) -> EmailMessage:
    """A plain text mail."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    return message


def _connected(scheme: str, host: str, port: int) -> smtplib.SMTP:
    if scheme == "smtps":
        return smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=ssl.create_default_context())
    return smtplib.SMTP(host, port, timeout=SECONDS)


def _refusals_raised(refused: dict[str, tuple[int, bytes]]) -> None:
    if refused:
        raise smtplib.SMTPRecipientsRefused(refused)
