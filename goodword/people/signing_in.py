"""Signing in with a mailed key: a link and a code that work once, for ten minutes, hashed at rest."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import secrets

from allauth.account.models import EmailAddress
from allauth.account.utils import perform_login
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from goodword.ground.keys import new_id, new_token
from goodword.ground.text import tidy_address
from goodword.people.models import Person, SignInKey
from goodword.post import outbox
from goodword.ui.limits import within

LIFE = dt.timedelta(minutes=10)
MOST_TRIES = 5
KEYS_AT_A_TIME = 5


def hashed(token: str) -> str:
    """Return the hash by which a link's token is known. Tokens have 256 random bits, so a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def _hashed_code(key_id: object, code: str) -> str:
    # Six digits can be tried out, so their hash is keyed with the signing secret.
    return hmac.new(settings.SECRET_KEY.encode(), f"{key_id}:{code}".encode(), hashlib.sha256).hexdigest()


def safe_way_on(path: str) -> str:
    """Return the path if it leads to a page of ours, otherwise nothing (T49)."""
    return path if path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None) else ""


def make_key(address: str, browser: str, way_on: str = "") -> tuple[SignInKey, str, str]:
    """Return a new key for this address with its token and its six-digit code, which exist nowhere else."""
    key_id, token, code = new_id(), new_token(), f"{secrets.randbelow(10**6):06d}"
    key = SignInKey.objects.create(
        id=key_id, address=tidy_address(address), token_hash=hashed(token), code_hash=_hashed_code(key_id, code),
        browser=hashed(browser), way_on=safe_way_on(way_on), expires_at=timezone.now() + LIFE,
    )  # fmt: skip
    return key, token, code


def send_key(address: str, browser: str, way_on: str = "") -> None:
    """Mail a key to this address, known or not: the page that follows is the same, only the mail tells (T33).

    Nothing is sent while five keys for the address are still fresh.
    """
    with transaction.atomic():
        fresh = SignInKey.objects.filter(address=tidy_address(address), used_at=None, expires_at__gt=timezone.now())
        if fresh.count() >= KEYS_AT_A_TIME:
            return
        key, token, code = make_key(address, browser, way_on)
        outbox.put("sign-in", key.address, values={"code": code, "token": token})


def _spend(keys: object, **more: object) -> SignInKey | None:
    """Use up one of these keys by one conditional update; return it, or None if it was used, is too old or never was."""
    now = timezone.now()
    for key in keys.filter(used_at=None, expires_at__gt=now):  # type: ignore[attr-defined]
        if SignInKey.objects.filter(pk=key.pk, used_at=None, expires_at__gt=now, **more).update(used_at=now):
            return key  # type: ignore[no-any-return]
    return None


def redeem_link(token: str) -> SignInKey | None:
    """Use up the key of a link. Works in any browser, once."""
    return _spend(SignInKey.objects.filter(token_hash=hashed(token)))


def redeem_code(browser: str, code: str) -> SignInKey | None:
    """Use up the key whose code was typed, in the browser that asked for it. Five wrong tries spend every open key."""
    code = "".join(c for c in code if c.isdigit())
    keys = SignInKey.objects.filter(browser=hashed(browser), tries__lt=MOST_TRIES)
    right = [key.pk for key in keys if hmac.compare_digest(key.code_hash, _hashed_code(key.pk, code))]
    if not right:
        keys.update(tries=F("tries") + 1)
        return None
    return _spend(keys.filter(pk__in=right), tries__lt=MOST_TRIES)


def sign_in(request: HttpRequest, address: str) -> Person:
    """Start a session of its own for the person at this address, made now if they are new; their address is proven."""
    person = Person.objects.at(address)
    EmailAddress.objects.update_or_create(
        user=person, email=person.email, defaults={"verified": True, "primary": True}
    )
    perform_login(request, person, email_verification="none")
    return person


def may_ask(request: HttpRequest) -> bool:
    """Whether this visitor may ask for another key now: thirty in a quarter of an hour from one place."""
    return within("sign-in", request.META.get("REMOTE_ADDR", ""), 30, 900)
