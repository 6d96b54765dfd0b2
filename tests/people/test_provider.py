"""Signing in by an identity provider: a real one runs beside the tests, and nothing it does not prove signs anybody in."""

from __future__ import annotations

import hmac
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import jwt
import pytest
import time_machine
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import LazySettings
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from fido2.utils import websafe_encode
from jwt.algorithms import RSAAlgorithm
from oidc_provider_mock import User, run_server_in_thread

from goodword.ops.doctor.findings import Severity
from goodword.ops.doctor.ways_in import provider_answers
from goodword.people import provider
from goodword.people.models import OpenSession, Person
from goodword.people.provider import NobodySignedIn, Provider
from goodword.people.views.by_provider import back
from goodword.post.delivery import deliver_due
from goodword.ui.shield import POLICY
from tests.cast import person, signed_in
from tests.people.device import add_passkey, show_passkey

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
START, ANSWER, BACK = (
    "/sign-in/by-provider",
    "/sign-in/by-provider/answer",
    "http://testserver/sign-in/by-provider/answer",
)
PEOPLE: dict[str, dict[str, object]] = {
    "ada": {"email": "Ada@Lane.example", "email_verified": True},
    "tom": {"email": "tom@hale.example", "email_verified": True},
    "unsure": {"email": "ada@lane.example", "email_verified": False},
    "silent": {"email": "ada@lane.example"},
    "nameless": {"email_verified": True},
    "odd": {"email": "ada lane", "email_verified": True},
    "list": {"email": ["ada@lane.example"], "email_verified": True},
}


@pytest.fixture(scope="module")
def there() -> Iterator[Provider]:
    """Return a provider that runs, at which this house is known by name and secret, and by the address it answers to."""
    users = [User(sub=sub, claims=dict(claims)) for sub, claims in PEOPLE.items()]
    with run_server_in_thread(require_client_registration=True, require_nonce=True, user_claims=users) as server:
        issuer = f"http://localhost:{server.server_port}"
        known = httpx.post(f"{issuer}/oauth2/clients", json={"redirect_uris": [BACK]}).raise_for_status().json()
        yield Provider(issuer, known["client_id"], known["client_secret"], "Chamber login")


@pytest.fixture
def chosen(there: Provider, settings: LazySettings) -> Provider:
    """Have this house sign people in by that provider."""
    settings.IDENTITY_PROVIDER = there
    return there


def led_to(browser: Client, next_url: str = "") -> str:
    """Press the button, and return the provider's page one is led to."""
    answer = browser.post(START + (f"?next={next_url}" if next_url else ""))
    assert answer.status_code == 200
    wait, _, to = answer.headers["Refresh"].partition(";url=")
    assert wait == "0" and to in unescape(answer.content.decode())
    return to


def answered(page: str, who: str, **more: str) -> str:
    """Sign in on the provider's page, and return the way back that it answers with."""
    answer = httpx.post(page, data={"sub": who, **more})
    assert answer.status_code == 302, answer.text
    assert answer.headers["Location"].startswith(BACK + "?")
    return answer.headers["Location"].removeprefix("http://testserver")


def by_provider(browser: Client, who: str, next_url: str = "") -> HttpResponse:
    """Sign in by the provider, and return our answer to its."""
    return browser.get(answered(led_to(browser, next_url), who))  # type: ignore[return-value]


def is_in(browser: Client) -> bool:
    """Whether somebody is signed in there."""
    return browser.get("/today").status_code == 200


def said(browser: Client, answer: HttpResponse) -> str:
    """Return the page for mailed codes that an answer leads to when nobody was signed in."""
    assert answer.headers["Location"] == "/sign-in"
    assert not is_in(browser)
    return unescape(browser.get("/sign-in").content.decode())


def test_where_no_provider_is_set_nothing_speaks_of_one() -> None:
    browser = Client()
    assert "by-provider" not in browser.get("/sign-in").content.decode()
    assert browser.post(START).status_code == browser.get(ANSWER).status_code == 404
    assert provider_answers(timezone.now())[0].state is Severity.WELL


def test_the_button_leads_there_with_what_binds_the_answer_and_our_policy_stays(chosen: Provider) -> None:
    browser = Client()
    page = browser.get("/sign-in?next=/leads")
    assert "Sign in with Chamber login" in page.content.decode()
    assert page.headers["Content-Security-Policy"] == POLICY
    assert browser.get(START).status_code == 405, "nobody is led there without pressing"
    to = urlsplit(led_to(browser))
    asks = {name: values[0] for name, values in parse_qs(to.query).items()}
    assert f"{to.scheme}://{to.netloc}" == chosen.issuer
    assert (asks["redirect_uri"], asks["scope"], asks["code_challenge_method"]) == (BACK, "openid email", "S256")
    assert {len(asks[name]) for name in ("state", "nonce", "code_challenge")} == {43}
    assert chosen.secret not in to.query


def test_an_address_nobody_had_makes_an_account_as_a_mailed_code_does(chosen: Provider) -> None:
    browser = Client()
    assert by_provider(browser, "tom").headers["Location"] == "/settings/details"
    assert is_in(browser)
    assert Person.objects.get().email == "tom@hale.example"


def test_one_address_is_one_person_whichever_way_they_come(chosen: Provider) -> None:
    ada = person("Ada Lane", "ada@lane.example", "Lane Law")
    browser = Client()
    assert by_provider(browser, "ada", "/leads").headers["Location"] == "/leads"
    assert "Ada Lane" in browser.get("/settings").content.decode()
    assert Person.objects.get() == ada
    assert OpenSession.objects.filter(person=ada).count() == 1


def test_nobody_is_led_to_another_house_afterwards(chosen: Provider) -> None:
    assert by_provider(Client(), "tom", "https://evil.example/").headers["Location"] == "/settings/details"


def test_a_browser_that_is_new_is_told_of_as_ever(chosen: Provider) -> None:
    for _ in range(2):
        by_provider(Client(), "tom")
    deliver_due(500)
    told = [one.subject for one in mail.outbox if one.to == ["tom@hale.example"]]
    assert told == ["You signed in with a browser we didn’t know"]


def test_who_has_a_passkey_is_asked_for_it_as_after_a_mailed_code(chosen: Provider) -> None:
    device = add_passkey(signed_in(person("Ada Lane", "ada@lane.example", "Lane Law")))
    browser = Client()
    assert by_provider(browser, "ada", "/leads").headers["Location"] == "/sign-in/second"
    assert not is_in(browser)
    assert show_passkey(browser, "/sign-in/second", device).headers["Location"] == "/leads"
    assert is_in(browser)


@pytest.mark.parametrize("who", ["unsure", "silent", "nameless", "odd", "list"])
def test_an_address_the_provider_does_not_vouch_for_signs_nobody_in(chosen: Provider, who: str) -> None:
    person("Ada Lane", "ada@lane.example", "Lane Law")
    browser = Client()
    assert "Chamber login does not vouch for an address of yours" in said(browser, by_provider(browser, who))
    assert Person.objects.count() == 1


def test_whoever_says_no_there_is_signed_in_nowhere(chosen: Provider) -> None:
    browser = Client()
    answer = browser.get(answered(led_to(browser), "tom", action="deny"))
    assert "Chamber login signed nobody in" in said(browser, answer)  # type: ignore[arg-type]


def test_an_answer_works_once_and_in_the_browser_that_asked(chosen: Provider) -> None:
    hers, others = Client(), Client()
    answer = answered(led_to(hers), "tom")
    led_to(others)
    for browser in (others, Client()):
        assert "signed nobody in" in said(browser, browser.get(answer))  # type: ignore[arg-type]
    hers.get(answer)
    assert is_in(hers)
    hers.post("/sign-out")
    assert "signed nobody in" in said(hers, hers.get(answer))  # type: ignore[arg-type]


def test_an_answer_that_does_not_fit_spends_what_was_asked(chosen: Provider) -> None:
    browser = Client()
    answer = answered(led_to(browser), "tom")
    for sent in (re.sub(r"state=[^&]*", "state=x", answer), answer):
        browser.get(sent)
        assert not is_in(browser)


def test_an_answer_that_comes_late_or_from_another_provider_or_without_its_code_is_none(chosen: Provider) -> None:
    for spoil in ("late", "&iss=https%3A%2F%2Fevil.example", "code"):
        browser = Client()
        answer = answered(led_to(browser), "tom")
        with time_machine.travel(time.time() + (601 if spoil == "late" else 0), tick=True):
            answer = re.sub(r"code=[^&]*", "code=x", answer) if spoil == "code" else answer
            browser.get(answer + (spoil if spoil.startswith("&") else ""))
        assert not is_in(browser), spoil


def test_what_the_provider_says_only_where_it_is_asked_apart_counts_too(
    chosen: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    believed = provider.claims_of

    def briefly(*args: Any) -> dict[str, Any]:
        return {name: value for name, value in believed(*args).items() if not name.startswith("email")}

    monkeypatch.setattr(provider, "claims_of", briefly)
    browser = Client()
    by_provider(browser, "tom")
    assert Person.objects.get().email == "tom@hale.example"
    monkeypatch.setattr(provider, "claims_of", lambda *args: {**briefly(*args), "sub": "somebody else"})
    other = Client()
    assert "signed nobody in" in said(other, by_provider(other, "tom"))


@pytest.mark.parametrize("spoil", ["secret", "client", "issuer", "port"])
def test_a_provider_that_does_not_know_us_or_does_not_answer_stops_nobody_from_signing_in_by_mail(
    chosen: Provider, settings: LazySettings, spoil: str
) -> None:
    browser = Client()
    spoilt = {
        "secret": Provider(chosen.issuer, chosen.client, "another", "Chamber login"),
        "client": Provider(chosen.issuer, "another", chosen.secret, "Chamber login"),
        "issuer": Provider(f"{chosen.issuer}/", chosen.client, chosen.secret, "Chamber login"),
        "port": Provider("http://localhost:1", chosen.client, chosen.secret, "Chamber login"),
    }[spoil]
    if spoil in ("secret", "client"):
        answer = answered(led_to(browser), "tom")
        settings.IDENTITY_PROVIDER = spoilt
        text = said(browser, browser.get(answer))  # type: ignore[arg-type]
    else:
        settings.IDENTITY_PROVIDER = spoilt
        text = said(browser, browser.post(START))  # type: ignore[arg-type]
        found = provider_answers(timezone.now())[0]
        assert found.state is Severity.WRONG and "nobody can sign in by Chamber login" in found.words
    assert "Chamber login signed nobody in" in text
    assert not Person.objects.exists()


def test_the_doctor_says_which_address_the_provider_has_to_know(chosen: Provider) -> None:
    found = provider_answers(timezone.now())[0]
    assert found.state is Severity.WELL and BACK in found.words and back() == BACK
    assert chosen.secret not in found.words and chosen.secret not in repr(chosen)


KEY, OTHER = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))
PUBLIC = KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
OURS = Provider("https://login.example", "us", "hush", "Login")


def token(key: Any = KEY, alg: str = "RS256", **claims: Any) -> str:
    """Return an ID token for us, with some of its claims otherwise; None leaves one out."""
    now = int(time.time())
    right = {"iss": OURS.issuer, "sub": "1", "aud": "us", "iat": now, "exp": now + 300, "nonce": "once", **claims}
    whole = {name: value for name, value in right.items() if value is not None}
    return jwt.encode(whole, key, alg, {"kid": "one"})


def with_our_key_as_a_secret() -> str:
    """Return a token signed with the public key, as if that were a secret that both have."""
    _, body, _ = token().split(".")
    head = websafe_encode(json.dumps({"alg": "HS256", "kid": "one", "typ": "JWT"}).encode())
    return f"{head}.{body}.{websafe_encode(hmac.digest(PUBLIC, f'{head}.{body}'.encode(), 'sha256'))}"


def believed(sent: str, monkeypatch: pytest.MonkeyPatch, **key: str) -> dict[str, Any]:
    """Return what is believed of a token, where the provider shows this one key."""
    shown = {**RSAAlgorithm.to_jwk(KEY.public_key(), as_dict=True), "kid": "one", "use": "sig", **key}
    monkeypatch.setattr(provider, "_fetch", lambda address: {"keys": [shown]})
    return provider.claims_of(OURS, {"jwks_uri": "https://login.example/keys"}, sent, "once")


@pytest.mark.parametrize("claims", [{}, {"azp": "us"}, {"aud": ["us"]}, {"aud": ["us", "them"], "azp": "us"}])
def test_a_token_that_is_ours_is_believed(monkeypatch: pytest.MonkeyPatch, claims: dict[str, Any]) -> None:
    assert believed(token(**claims), monkeypatch)["sub"] == "1"


FORGED: dict[str, Callable[[], str]] = {
    "another key": lambda: token(OTHER),
    "a secret": with_our_key_as_a_secret,
    "no signature": lambda: token(None, "none"),
    "cut": lambda: token()[:-9],
    "nothing": lambda: "",
    "odd": lambda: "a.b.c",
    "another way in": lambda: token(nonce="another"),
    "no way in": lambda: token(nonce=None),
    "another house": lambda: token(aud="them"),
    "no house": lambda: token(aud=None),
    "both houses": lambda: token(aud=["us", "them"]),
    "another party": lambda: token(azp="them"),
    "another issuer": lambda: token(iss="https://login.example.evil.example"),
    "long over": lambda: token(exp=int(time.time()) - 120),
    "never over": lambda: token(exp=None),
    "not begun": lambda: token(iat=int(time.time()) + 3600),
    "nobody": lambda: token(sub=None),
}


@pytest.mark.parametrize("kind", FORGED)
def test_a_token_that_is_not_ours_is_not_believed(monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    with pytest.raises(NobodySignedIn):
        believed(FORGED[kind](), monkeypatch)


def test_a_key_that_is_not_for_signing_or_has_another_name_signs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    for key in ({"use": "enc"}, {"kid": "two"}, {"kty": "oct", "k": "AAAA"}):
        with pytest.raises(NobodySignedIn):
            believed(token(), monkeypatch, **key)


@pytest.mark.parametrize(
    "address",
    ["http://login.example", "https://", "ftp://login.example", "https://a:b@login.example", "https://login.example/#x",
     "https://login.example/\r\nx", "https://[login", "https://login.example/ä", ""],
)  # fmt: skip
def test_no_secret_goes_to_an_address_that_is_not_safe(address: str) -> None:
    assert not provider.is_safe(address)


def test_what_a_provider_needs_is_not_loaded_where_there_is_none() -> None:
    look = (
        "import django, sys; django.setup(); from django.urls import get_resolver; get_resolver().url_patterns;"
        "sys.exit('jwt' in sys.modules)"
    )
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"}
    assert subprocess.run([sys.executable, "-c", look], cwd=ROOT, env=env, check=False).returncode == 0
