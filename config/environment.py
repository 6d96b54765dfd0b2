"""The environment, read loudly: a wrong value stops the start with a sentence that says what to write."""

import os
import re
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from goodword.ground.files import write_once
from goodword.ground.sealing import LiveRing, new_ring_entry, ring_text
from goodword.people.provider import Provider, is_safe
from goodword.post.mailbox import Mailbox

ROOT = Path(__file__).resolve().parent.parent
RUNS_ON = "GOODWORD_RUNS_ON"  # set by run.py for up, web and worker, and inherited by what they start
SHORTEST_SECRET = 50  # what Django asks for


class WrongSetting(SystemExit):
    """A setting that cannot be used. Ends the program with its sentence on the standard error output."""


def is_set(name: str) -> bool:
    """Whether a setting is given at all, by itself or as a file."""
    return name in os.environ or f"{name}_FILE" in os.environ


def value(name: str) -> str:
    """Return a setting, trimmed; nothing where it is absent. `<NAME>_FILE` names a file to read it from, as secrets come."""
    path = os.environ.get(f"{name}_FILE", "").strip()
    if not path:
        return os.environ.get(name, "").strip()
    if os.environ.get(name, "").strip():
        raise WrongSetting(f"{name} and {name}_FILE are both set: leave one of them out.")
    try:
        return Path(path).read_text().strip()
    except (OSError, UnicodeDecodeError) as wrong:
        raise WrongSetting(f"{name}_FILE: the file {path} cannot be read.") from wrong


def data_folder() -> Path:
    """Return GOODWORD_DATA (default: ./data), made if absent and closed to other users (0700), as is all that is made in it."""
    os.umask(0o077)
    folder = Path(value("GOODWORD_DATA") or ROOT / "data").expanduser().absolute()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as wrong:
        raise WrongSetting(
            f"GOODWORD_DATA: the folder {folder} cannot be made ({wrong.strerror}). Name one you may write to."
        ) from wrong
    if not os.access(folder, os.W_OK):
        raise WrongSetting(f"GOODWORD_DATA: the folder {folder} cannot be written to. Name one you may write to.")
    _close(folder)
    return folder


def _close(folder: Path) -> None:
    """Close a folder somebody made beforehand to other users too: if it is ours, and empty or a data folder already."""
    found = folder.stat()
    if (
        found.st_mode & 0o077
        and found.st_uid == os.geteuid()
        and ((folder / "secret").exists() or not any(folder.iterdir()))
    ):
        folder.chmod(0o700)


def secret_key(folder: Path) -> str:
    """Return the signing secret from its file, made on first use (0600)."""
    path = folder / "secret"
    if not path.exists():
        write_once(path, secrets.token_urlsafe(64))
    secret = path.read_text().strip()
    if len(secret) < SHORTEST_SECRET:
        raise WrongSetting(
            f"{path} holds no usable secret: restore it from a backup, or delete it, which signs everybody out and ends"
            " the links of invitations that are out."
        )
    return secret


def key_ring(folder: Path) -> LiveRing:
    """Return the key ring for private text from its file, made on first use (0600)."""
    path = folder / "keys"
    if not path.exists():
        write_once(path, ring_text([new_ring_entry()]))
    try:
        return LiveRing(path)
    except ValueError as wrong:
        raise WrongSetting(str(wrong)) from wrong


def split(url: str) -> SplitResult:
    """Return an address's parts; no parts at all for something that is no address, so that its caller says so."""
    try:
        parts = urlsplit(url)
        _ = parts.port  # read here, because a port that is no number raises only when it is asked for
    except ValueError:
        return urlsplit("")
    return parts


def proxies() -> int:
    """Return GOODWORD_PROXIES: how many proxies of ours stand before the server (default 0: nobody's word is taken)."""
    text = value("GOODWORD_PROXIES") or "0"
    if not text.isdecimal() or int(text) > 9:
        raise WrongSetting(
            "GOODWORD_PROXIES: write how many proxies stand before the server, such as 1, or leave it out."
        )
    return int(text)


def base_url() -> str:
    """Return GOODWORD_BASE_URL without a trailing slash; the local address when absent. Links are made from it only (T32)."""
    url = value("GOODWORD_BASE_URL").rstrip("/") or f"http://localhost:{port()}"
    parts = split(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query or "@" in parts.netloc:
        raise WrongSetting(
            "GOODWORD_BASE_URL: write the address people will type, such as https://goodword.example, without a path."
        )
    return url


def host() -> str:
    """Return GOODWORD_HOST, the address to listen on (default: this machine only)."""
    return value("GOODWORD_HOST") or "127.0.0.1"


def port() -> int:
    """Return GOODWORD_PORT (default 8700)."""
    text = value("GOODWORD_PORT") or "8700"
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise WrongSetting("GOODWORD_PORT: write a number from 1 to 65535, such as 8700.")
    return int(text)


def workers() -> int:
    """Return GOODWORD_WORKERS, how many processes answer requests (default 2)."""
    text = value("GOODWORD_WORKERS") or "2"
    if not text.isdecimal() or not 0 < int(text) <= 64:
        raise WrongSetting("GOODWORD_WORKERS: write a number from 1 to 64, such as 2.")
    return int(text)


def admin_email() -> str:
    """Return GOODWORD_ADMIN_EMAIL, whom the first sign-in link of a new data folder is for (default: a local address)."""
    address = value("GOODWORD_ADMIN_EMAIL") or "you@goodword.localhost"
    if not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", address):
        raise WrongSetting("GOODWORD_ADMIN_EMAIL: write a bare address, such as you@goodword.example.")
    return address


def metrics_token() -> str:
    """Return GOODWORD_METRICS_TOKEN, by which a Prometheus may read /metrics; nothing where it is absent: then nobody may."""
    token = value("GOODWORD_METRICS_TOKEN")
    if token and len(token) < 16:
        raise WrongSetting("GOODWORD_METRICS_TOKEN: write 16 characters or more, such as: openssl rand -hex 16.")
    return token


def slow_query() -> float:
    """Return GOODWORD_SLOW_QUERY_MS in seconds: a question to the database that takes longer is logged (default 200)."""
    text = value("GOODWORD_SLOW_QUERY_MS") or "200"
    if not text.isdecimal() or int(text) == 0:
        raise WrongSetting("GOODWORD_SLOW_QUERY_MS: write a number of milliseconds, such as 200.")
    return int(text) / 1000


def dkim_selector() -> str:
    """Return GOODWORD_DKIM_SELECTOR, under which the mail server's DKIM key stands in the DNS, for doctor to look at."""
    selector = value("GOODWORD_DKIM_SELECTOR")
    if not re.fullmatch(r"[A-Za-z0-9._-]{0,63}", selector):
        raise WrongSetting("GOODWORD_DKIM_SELECTOR: write the selector alone, such as mail2026.")
    return selector


def log_stream() -> str:
    """Return where log lines go: the standard output of what runs on, the error output of a command that prints its answer."""
    return "ext://sys.stdout" if os.environ.get(RUNS_ON) else "ext://sys.stderr"


def mail(folder: Path) -> dict[str, Any]:
    """Return Django's mail settings from GOODWORD_SMTP_URL; files in the data folder's `mail` when absent."""
    url = value("GOODWORD_SMTP_URL")
    if not url:
        return {"EMAIL_BACKEND": "goodword.post.folder.FolderBackend", "EMAIL_FILE_PATH": str(folder / "mail")}
    parts = split(url)
    if parts.scheme not in ("smtp", "smtp+tls", "smtps") or not parts.hostname:
        raise WrongSetting(
            "GOODWORD_SMTP_URL: write smtp+tls://user:password@mail.example:587, smtps://…:465, or smtp://localhost:25."
        )
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or {"smtp": 25, "smtp+tls": 587, "smtps": 465}[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": 20,
    }


def mailbox() -> Mailbox | None:
    """Return the mailbox of GOODWORD_IMAP_URL, to which calendars answer; None when absent: no answers are asked for by mail.

    Its address is the name one signs in with, or else GOODWORD_MAIL_FROM. The sentence never repeats what was written.
    """
    url = value("GOODWORD_IMAP_URL")
    if not url:
        return None
    parts = split(url)
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    host, folder = parts.hostname or "", unquote(parts.path.strip("/")) or "INBOX"
    near = parts.scheme == "imap" and host in ("localhost", "127.0.0.1", "::1")
    address = user if "@" in user else mail_from()
    if (
        not (parts.scheme == "imaps" or near)
        or not (host and user and password)
        or parts.query
        or parts.fragment
        or not re.fullmatch(r"[ -~]+", user + password + folder)
        or re.search(r'["\\]', folder)
        or not re.fullmatch(r"[^@\s<>+]{1,47}@[^@\s<>]+", address)
    ):
        raise WrongSetting(
            "GOODWORD_IMAP_URL: write imaps://name%40goodword.example:password@mail.example/INBOX with signs such as @ : / # "
            "in name and password as %40 %3A %2F %23, all of it ASCII; imap:// is for this machine only."
        )
    return Mailbox(
        host, parts.port or (993 if parts.scheme == "imaps" else 143), not near, user, password, folder, address
    )


def identity_provider() -> Provider | None:
    """Return the identity provider of GOODWORD_OIDC_…, by which one may sign in; None when no issuer is named."""
    issuer, client = value("GOODWORD_OIDC_ISSUER"), value("GOODWORD_OIDC_CLIENT_ID")
    secret, name = value("GOODWORD_OIDC_SECRET"), value("GOODWORD_OIDC_NAME")
    if not issuer and not (client or secret or name):
        return None
    if not is_safe(issuer) or urlsplit(issuer).query:
        raise WrongSetting(
            "GOODWORD_OIDC_ISSUER: write the provider's address exactly as it calls itself, such as https://login.example/realm;"
            " http:// is for this machine only."
        )
    if not re.fullmatch(r"[!-~]+", client):
        raise WrongSetting("GOODWORD_OIDC_CLIENT_ID: write the name under which the provider knows this house.")
    if not re.fullmatch(r"[!-~]+", secret):
        raise WrongSetting("GOODWORD_OIDC_SECRET: write the secret that the provider gave with that name.")
    if len(name) > 40 or not name.isprintable():
        raise WrongSetting("GOODWORD_OIDC_NAME: write what people call the provider, in 40 letters at most.")
    return Provider(issuer, client, secret, name or urlsplit(issuer).hostname or issuer)


def mail_from() -> str:
    """Return GOODWORD_MAIL_FROM, the address our letters come from; post@ the base address's host when absent."""
    address = value("GOODWORD_MAIL_FROM") or f"post@{urlsplit(base_url()).hostname}"
    if not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", address):
        raise WrongSetting("GOODWORD_MAIL_FROM: write a bare address, such as post@goodword.example.")
    return address
