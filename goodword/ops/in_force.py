"""`run.py settings`: what is in force and where it comes from. A secret is never shown, only that there is one."""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

from config import environment


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its name, how what is in force is read, and whether it holds a secret."""

    name: str
    read: Callable[[], object]
    secret: bool = False

    @property
    def source(self) -> str:
        """Where its value comes from."""
        path = os.environ.get(f"{self.name}_FILE", "").strip()
        if path:
            return f"the file {path}"
        return "the environment" if os.environ.get(self.name, "").strip() else "default"

    def public_value(self) -> str:
        """Return what is in force, with secrets left out."""
        if not self.secret:
            return str(self.read())
        text = environment.value(self.name)
        if not text:
            return str(self.read() or "none")
        parts = urlsplit(text)
        return f"{parts.scheme}://…@{parts.hostname}" if parts.scheme and parts.hostname else "set"


def _database() -> object:
    return settings.DATABASES["default"]["NAME"]


def _provider(what: str) -> object:
    return getattr(settings.IDENTITY_PROVIDER, what, "none")


ALL = (
    Setting("GOODWORD_DATA", lambda: settings.DATA),
    Setting("GOODWORD_HOST", environment.host),
    Setting("GOODWORD_PORT", environment.port),
    Setting("GOODWORD_BASE_URL", lambda: settings.BASE_URL),
    Setting("GOODWORD_DATABASE_URL", _database, secret=True),
    Setting("GOODWORD_REPLICA_URL", lambda: "", secret=True),
    Setting("GOODWORD_SMTP_URL", lambda: "", secret=True),
    Setting("GOODWORD_MAIL_FROM", lambda: settings.DEFAULT_FROM_EMAIL),
    Setting("GOODWORD_IMAP_URL", lambda: "", secret=True),
    Setting("GOODWORD_FILES_FOLDER", lambda: environment.value("GOODWORD_FILES_FOLDER") or "none"),
    Setting("GOODWORD_FILES_S3_URL", lambda: "", secret=True),
    Setting("GOODWORD_OIDC_ISSUER", lambda: _provider("issuer")),
    Setting("GOODWORD_OIDC_CLIENT_ID", lambda: _provider("client")),
    Setting("GOODWORD_OIDC_SECRET", lambda: "", secret=True),
    Setting("GOODWORD_OIDC_NAME", lambda: _provider("name")),
    Setting("GOODWORD_WORKERS", environment.workers),
    Setting("GOODWORD_PROXIES", environment.proxies),
    Setting("GOODWORD_ADMIN_EMAIL", environment.admin_email),
    Setting("GOODWORD_METRICS_TOKEN", lambda: "", secret=True),
    Setting("GOODWORD_SLOW_QUERY_MS", lambda: round(settings.SLOW_QUERY * 1000)),
    Setting("GOODWORD_DKIM_SELECTOR", environment.dkim_selector),
    Setting("GOODWORD_BACKUP_PASSPHRASE", lambda: "", secret=True),
)


def show() -> int:
    """Print all settings, a line each, then what is set and means nothing. Return the exit code."""
    for setting in ALL:
        print(f"{setting.name:<28} {setting.public_value():<44} {setting.source}")
    for sentence in unknown():
        print(sentence)
    return 0


def unknown() -> Iterator[str]:
    """Yield a sentence for each GOODWORD_ name in the environment that nothing reads: mostly one mistyped."""
    names = [setting.name for setting in ALL]
    for name in sorted(os.environ):
        known = name.removesuffix("_FILE") in names or name == environment.RUNS_ON
        if name.startswith("GOODWORD_") and not known:
            near = difflib.get_close_matches(name, names, 1)
            yield f"{name} is set, and nothing reads it." + (f" Is {near[0]} meant?" if near else "")
