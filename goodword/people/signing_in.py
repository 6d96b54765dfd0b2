"""Signing in with a mailed key: a link and a code that work once, for ten minutes, hashed at rest."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import secrets

from allauth.account.models import EmailAddress
from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from goodword.ground.keys import new_id, new_token
from goodword.ground.text import tidy_address
from goodword.people.limits import place_of, within
from goodword.people.models import OpenSession, Person, SignInKey
from goodword.people.sessions import kept_as
from goodword.post import outbox

LIFE = dt.timedelta(minutes=10)
MOST_TRIES = 5
KEYS_AN_HOUR = 8  # for one address, whoever asks
GUESSES_A_DAY = 40


def hashed(token: str) -> str:
    """Return the hash by which a link's token is known. Tokens have 256 random bits, so a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def _hashed_code(key_id: object, code: str) -> str:
    # Six digits can be tried out, so their hash is keyed with the signing secret.
    return hmac.new(settings.SECRET_KEY.encode(), f"{key_id}:{code}".encode(), hashlib.sha256).hexdigest()


def safe_way_on(path: str) -> str:
    """Return the path if it leads to a page of ours, otherwise nothing (T49)."""
    return (
        path
        if path.startswith("/") and len(path) <= 500 and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
        else ""
    )


def make_key(address: str, way_on: str = "") -> tuple[SignInKey, str, str]:
    """Return a new key for this address with its token and its six-digit code, which exist nowhere else."""
    key_id, token, code = new_id(), new_token(), f"{secrets.randbelow(10**6):06d}"
    key = SignInKey.objects.create(
        id=key_id, address=tidy_address(address), token_hash=hashed(token), code_hash=_hashed_code(key_id, code),
        way_on=safe_way_on(way_on), expires_at=timezone.now() + LIFE,
    )  # fmt: skip
    return key, token, code


def send_key(address: str, way_on: str = "") -> str:
    """Mail a key to this address, known or not, and return its id for the asking browser to keep.

    The page that follows is the same in every case; only the mail tells (T33). Past eight an hour nothing is sent, and the
    id returned opens nothing.
    """
    with transaction.atomic():
        key, token, code = make_key(address, way_on)
        if within("keys", key.address, KEYS_AN_HOUR, 3600):
            outbox.put("sign-in", key.address, values={"code": code, "token": token})
        return str(key.pk)


def send_way_back(person: Person) -> str:
    """Mail this person a code that picks their phone up from the table (T14), and return its key's id for the session to keep.

    The same key as for signing in, without its link; the letter says the code neither in its subject nor in its first lines,
    which the phone may show to whoever sits before it. Past eight an hour nothing is sent, as in `send_key`.
    """
    with transaction.atomic():
        key, _token, code = make_key(person.email)
        if within("keys", key.address, KEYS_AN_HOUR, 3600):
            outbox.put("way-back", key.address, values={"code": code}, person_id=person.pk)
        return str(key.pk)


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


def unspent(token: str) -> SignInKey | None:
    """Return the key a link would use up, for the page that asks whether to."""
    return SignInKey.objects.filter(token_hash=hashed(token), used_at=None, expires_at__gt=timezone.now()).first()


def redeem_code(key_id: str, code: str) -> SignInKey | None:
    """Use up the key that this browser asked for, if the code is its own. Five wrong tries spend it."""
    code = "".join(c for c in code if c.isdigit())
    key = SignInKey.objects.filter(pk=key_id, tries__lt=MOST_TRIES).first() if key_id else None
    if key is None:
        return None
    if hmac.compare_digest(key.code_hash, _hashed_code(key.pk, code)):
        return _spend(SignInKey.objects.filter(pk=key.pk), tries__lt=MOST_TRIES)
    SignInKey.objects.filter(pk=key.pk).update(tries=F("tries") + 1)
    if not within("guesses", key.address, GUESSES_A_DAY, 86_400):
        SignInKey.objects.filter(pk=key.pk).update(tries=MOST_TRIES)
    return None


def sign_in(request: HttpRequest, address: str) -> Person:
    """Start a session of its own for the person at this address, made now if they are new; their address is proven."""
    person = Person.objects.at(address)
    EmailAddress.objects.update_or_create(user=person, email=person.email, defaults={"verified": True, "primary": True})
    perform_login(request, person, email_verification="none")
    browser = request.headers.get("User-Agent", "")[:200]
    OpenSession.objects.update_or_create(
        person=person, kept_as=kept_as(request.session.session_key), defaults={"browser": browser}
    )
    return person


def sessions_of(person: Person) -> list[OpenSession]:
    """Return the browsers in which this person is signed in now, newest first."""
    open_now = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    return list(OpenSession.objects.filter(person=person, kept_as__in=open_now).order_by("-began_at"))


def end_session(session: OpenSession) -> None:
    """End one session, wherever it is."""
    with transaction.atomic():
        Session.objects.filter(session_key=session.kept_as).delete()
        session.delete()


def may_ask(request: HttpRequest) -> bool:
    """Whether this visitor may ask for another key now: thirty in a quarter of an hour from one place."""
    return within("sign-in", place_of(request), 30, 900)
