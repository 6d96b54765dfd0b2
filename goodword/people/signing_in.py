"""Signing in with a mailed key: a link and a code that work once, for ten minutes, hashed at rest."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import secrets
from collections.abc import Callable

from allauth.account.models import EmailAddress
from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from goodword.ground.addresses import tidy_address
from goodword.ground.keys import new_id, new_token
from goodword.people.devices import begin_days
from goodword.people.limits import allow, place_of
from goodword.people.models import OpenSession, Person, SignInKey
from goodword.people.sessions import hash_of_cookie
from goodword.people.zones import note_zone
from goodword.post import outbox
from goodword.ui.doors import prove

LIFE = dt.timedelta(minutes=10)
MOST_TRIES = 5
KEYS_AN_HOUR = 8  # for one address from one place
LETTERS_AN_HOUR = 20  # to one address, whoever asks
ASKING_FROM_ONE_PLACE = 30  # in a quarter of an hour
SAME_PRESS = dt.timedelta(seconds=10)
STILL_GOOD = dt.timedelta(minutes=5)  # a letter that can be used for so long makes another one needless
GUESSES_A_DAY = 40


_keep_for: Callable[[Person, str], object] = lambda person, address: None  # noqa: E731


def waits_for(keep_for: Callable[[Person, str], object]) -> None:
    """Say who keeps for a person what waits for another address of theirs."""
    global _keep_for
    _keep_for = keep_for


def hash_of(token: str) -> str:
    """Return the hash by which a link's token is known. Tokens have 256 random bits, so a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def _hash_of_code(key_id: object, code: str) -> str:
    # Six digits can be tried out, so their hash is keyed with the signing secret.
    return hmac.new(settings.SECRET_KEY.encode(), f"{key_id}:{code}".encode(), hashlib.sha256).hexdigest()


def safe_next_url(path: str) -> str:
    """Return the path if it leads to a page of ours, otherwise nothing (T49)."""
    return (
        path
        if path.startswith("/") and len(path) <= 500 and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
        else ""
    )


def make_key(address: str, next_url: str = "", letter: str = "sign-in") -> tuple[SignInKey, str, str]:
    """Return a new key for this address with its token and its six-digit code, which exist nowhere else."""
    key_id, token, code = new_id(), new_token(), f"{secrets.randbelow(10**6):06d}"
    key = SignInKey.objects.create(
        id=key_id,
        address=tidy_address(address),
        letter=letter,
        token_hash=hash_of(token),
        code_hash=_hash_of_code(key_id, code),
        next_url=safe_next_url(next_url),
        expires_at=timezone.now() + LIFE,
    )
    return key, token, code


def _goes(letter: str, address: str, place: str) -> bool:
    """Whether another letter goes to this address: within the limits, or because none is there that can still be used.

    So nobody's requests use up somebody else's: whoever the limits hold back has a letter in their mailbox already (T34).
    """
    address = tidy_address(address)
    from_here = allow(f"{letter}-keys", f"{place}:{address}", KEYS_AN_HOUR, 3600)
    in_all = allow(f"{letter}-letters", address, LETTERS_AN_HOUR, 3600)
    newest = SignInKey.objects.filter(letter=letter, address=address).order_by("-expires_at").first()
    still_good = newest and newest.used_at is None and newest.expires_at > timezone.now() + STILL_GOOD
    return (from_here and in_all) or not still_good


def send_key(request: HttpRequest, address: str, next_url: str = "") -> None:
    """Mail a key to this address, known or not, and have the asking browser keep its id and the way on.

    The page that follows is the same in every case; only the mail tells (T33). Where no further letter goes (`_goes`), the
    earlier one still works, its code too in the browser that asked for it.
    """
    asked = request.session
    same = asked.get("sign_in_for") == tidy_address(address)
    if same and _is_recent(asked.get("sign_in_key", "")):
        return
    with transaction.atomic():
        if _goes("sign-in", address, place_of(request)):
            key, token, code = make_key(address, next_url)
            outbox.put("sign-in", key.address, values={"code": code, "token": token})
            asked["sign_in_key"] = str(key.pk)
        elif not same:
            asked["sign_in_key"] = ""
    asked["sign_in_for"] = tidy_address(address)
    asked["sign_in_next"] = safe_next_url(next_url)


def send_code(request: HttpRequest, address: str, letter: str) -> None:
    """Mail a code without a link, by the letter of that kind, and have this browser keep its key and whom it is for."""
    address = tidy_address(address)
    with transaction.atomic():
        if _goes(letter, address, place_of(request)):
            key, _token, code = make_key(address, letter=letter)
            outbox.put(letter, address, values={"code": code})
            request.session["sign_in_key"] = str(key.pk)
        elif request.session.get("sign_in_for") != address:
            request.session["sign_in_key"] = ""
    request.session["sign_in_for"] = address


def _is_recent(key_id: str) -> bool:
    """Whether this browser's own key was made a moment ago: pressing twice must not make the first code worthless."""
    young = timezone.now() + LIFE - SAME_PRESS
    return bool(key_id) and SignInKey.objects.filter(pk=key_id, used_at=None, expires_at__gt=young).exists()


def send_way_back(person: Person, place: str) -> str:
    """Mail this person a code that picks their phone up from the table (T14), and return its key's id for the session to keep.

    The same key as for signing in, without its link; the letter says the code neither in its subject nor in its first lines,
    which the phone may show to whoever sits before it. Returns nothing where no further letter goes: an earlier one is good.
    """
    with transaction.atomic():
        if not _goes("way-back", person.email, place):
            return ""
        key, _token, code = make_key(person.email, letter="way-back")
        outbox.put("way-back", key.address, values={"code": code}, person_id=person.pk)
        return str(key.pk)


def _spend(keys: object, **more: object) -> SignInKey | None:
    """Use up one of these keys by one conditional update; return it, or None if it was used, is too old or never was."""
    now = timezone.now()
    for key in keys.filter(used_at=None, expires_at__gt=now):  # type: ignore[attr-defined]
        if SignInKey.objects.filter(pk=key.pk, used_at=None, expires_at__gt=now, **more).update(used_at=now):
            outbox.allow_again(key.address, outbox.BOUNCES)  # whoever has its code has its mailbox
            return key  # type: ignore[no-any-return]
    return None


def redeem_link(token: str) -> SignInKey | None:
    """Use up the key of a link. Works in any browser, once."""
    return _spend(SignInKey.objects.filter(token_hash=hash_of(token)))


def unspent(token: str) -> SignInKey | None:
    """Return the key a link would use up, for the page that asks whether to."""
    return SignInKey.objects.filter(token_hash=hash_of(token), used_at=None, expires_at__gt=timezone.now()).first()


def next_url_of(token: str) -> str:
    """Return where the key of a link, used up or not, would have led."""
    return SignInKey.objects.filter(token_hash=hash_of(token)).values_list("next_url", flat=True).first() or ""


def digits(code: str) -> str:
    """Return the digits of a code somebody typed or pasted."""
    return "".join(c for c in code if c.isdigit())


def redeem_code(key_id: str, code: str, letter: str = "sign-in") -> SignInKey | None:
    """Use up the key that this browser asked for by a letter of that kind, if the code is its own. Five wrong tries spend it."""
    code = digits(code)
    key = SignInKey.objects.filter(pk=key_id, letter=letter, tries__lt=MOST_TRIES).first() if key_id else None
    if key is None:
        return None
    if hmac.compare_digest(key.code_hash, _hash_of_code(key.pk, code)):
        return _spend(SignInKey.objects.filter(pk=key.pk), tries__lt=MOST_TRIES)
    SignInKey.objects.filter(pk=key.pk).update(tries=F("tries") + 1)
    if not allow("guesses", key.address, GUESSES_A_DAY, 86_400):
        SignInKey.objects.filter(pk=key.pk).update(tries=MOST_TRIES)
    return None


def forget_asking(request: HttpRequest) -> None:
    """Forget in this session which key was asked for: it has done what it was for."""
    for asked in ("sign_in_key", "sign_in_for", "sign_in_next", "sign_in_address", "sign_in_provider"):
        request.session.pop(asked, None)


def sign_in(request: HttpRequest, address: str, next_url: str = "") -> HttpResponse:
    """Start a session of its own for the person at this address, made now if they are new; their address is proven.

    Returns the way on: where they were going, or first to what they are asked for beside the mailbox.
    """
    person = Person.objects.at(address)
    EmailAddress.objects.update_or_create(user=person, email=person.email, defaults={"verified": True, "primary": True})
    if person.email != tidy_address(address):  # another of theirs, just proven: what waits for it is theirs
        _keep_for(person, tidy_address(address))
    next_url = next_url or reverse("today" if person.name else "details")
    answer: HttpResponse = perform_login(request, person, email_verification="none", redirect_url=next_url)
    return answer


def note_session(request: HttpRequest, person: Person) -> None:
    """Note that a session of this person has just begun in this browser: they are shown it, and can end it."""
    prove(request)
    begin_days(request)
    forget_asking(request)
    note_zone(person, request.POST.get("browser_zone", ""))
    browser = request.headers.get("User-Agent", "")[:200]
    OpenSession.objects.update_or_create(
        person=person, cookie_hash=hash_of_cookie(request.session.session_key), defaults={"browser": browser}
    )


def sessions_of(person: Person) -> list[OpenSession]:
    """Return the browsers in which this person is signed in now, newest first."""
    open_now = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    return list(OpenSession.objects.filter(person=person, cookie_hash__in=open_now).order_by("-began_at"))


def end_session(session: OpenSession) -> None:
    """End one session, wherever it is."""
    with transaction.atomic():
        Session.objects.filter(session_key=session.cookie_hash).delete()
        session.delete()


def elsewhere(request: HttpRequest, person: Person) -> list[OpenSession]:
    """Return the browsers in which this person is signed in beside this one, newest first."""
    here = hash_of_cookie(request.session.session_key)
    return [one for one in sessions_of(person) if one.cookie_hash != here]


def end_elsewhere(request: HttpRequest, person: Person) -> None:
    """End every session of this person but the one in this browser."""
    here = hash_of_cookie(request.session.session_key)
    with transaction.atomic():
        others = OpenSession.objects.filter(person=person).exclude(cookie_hash=here)
        Session.objects.filter(session_key__in=list(others.values_list("cookie_hash", flat=True))).delete()
        others.delete()


def may_ask(request: HttpRequest) -> bool:
    """Whether this visitor may ask for another key now."""
    return allow("sign-in", place_of(request), ASKING_FROM_ONE_PLACE, 900)
