"""Settings, read once from PATUH_* and then frozen. Each is described in docs/settings.md; a test compares the two."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Settings:
    """Where Patuh keeps things and how it serves. Paths are absolute.

    `address` is what people open, without a slash at the end; "" where nobody said. `smtp_url` is "" where no mail is sent.
    """

    var: Path
    documents: Path
    database_url: str
    index_url: str
    queue_url: str
    host: str
    port: int
    read_processes: int
    max_upload_bytes: int
    language: str
    secure_cookies: bool
    address: str
    smtp_url: str
    mail_from: str

    @property
    def front_page(self) -> str:
        """The address to open: the one said, else where this machine serves."""
        return self.address or f"http://{self.host}:{self.port}"

    @property
    def images(self) -> Path:
        return self.var / "gambar"

    @property
    def inbox(self) -> Path:
        return self.documents / "masuk"

    @property
    def store(self) -> Path:
        return self.documents / "simpan"


def settings_from(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings that the environment asks for, defaults elsewhere.

    Raises:
        ValueError: a number is not one.
    """
    var = _path(environment, "PATUH_VAR", "var")
    return Settings(
        var=var,
        documents=_path(environment, "PATUH_DOCUMENTS", "documents"),
        database_url=environment.get("PATUH_DATABASE_URL") or f"sqlite:///{var / 'patuh.db'}",
        index_url=environment.get("PATUH_INDEX_URL") or f"whoosh://{var / 'indeks'}",
        queue_url=environment.get("PATUH_QUEUE_URL") or f"sqlite:///{var / 'antrean.db'}",
        host=environment.get("PATUH_HOST") or "127.0.0.1",
        port=int(environment.get("PATUH_PORT") or 8000),
        read_processes=int(environment.get("PATUH_READ_PROCESSES") or os.cpu_count() or 1),
        max_upload_bytes=int(environment.get("PATUH_MAX_UPLOAD_MB") or 200) * 1024 * 1024,
        language=environment.get("PATUH_LANGUAGE") or "id",
        secure_cookies=environment.get("PATUH_SECURE_COOKIES") == "1",
        address=environment.get("PATUH_ADDRESS", "").rstrip("/"),
        smtp_url=environment.get("PATUH_SMTP_URL", ""),
        mail_from=environment.get("PATUH_MAIL_FROM") or "patuh@localhost",
    )


def _path(environment: Mapping[str, str], name: str, default: str) -> Path:
    given = environment.get(name)
    return Path(given).expanduser().resolve() if given else ROOT / default
