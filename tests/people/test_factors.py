"""Passkeys, an app, recovery codes: offered to everybody, asked of nobody who did not set one up (T35)."""

from __future__ import annotations

import re
import time
from io import StringIO
from urllib.parse import urlsplit

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import hotp_value
from django.core import mail
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client

from goodword.people import factors
from goodword.people.models import OpenSession, Person
from goodword.post.delivery import deliver_due
from tests.cast import code_to, letter_to, person, signed_in
from tests.people.device import PRESENT, Device, add_passkey, show_passkey

pytestmark = pytest.mark.django_db
ADDRESS = "ada@lane.example"
PASSKEYS, APP, CODES = "/settings/ways-in/passkeys", "/settings/ways-in/app", "/settings/ways-in/codes"
SECOND = "/sign-in/second"


@pytest.fixture
def ada() -> Person:
    """Ada, who has been here before."""
    return person("Ada Lane", ADDRESS, "Lane Law")


def shown_code(secret: str) -> str:
    """Return the code an app with this secret shows now."""
    return f"{hotp_value(secret, int(time.time()) // 30):06d}"


def add_app(browser: Client) -> str:
    """Set up an app as its page says, and return its secret."""
    text = browser.get(APP).content.decode()
    sealed, secret = re.search(r'name="secret" value="([^"]+)"', text), re.search(r"<code>(\w+)</code>", text)
    assert sealed and secret
    answer = browser.post(APP, {"secret": sealed[1], "code": shown_code(secret[1])})
    assert answer.headers["Location"] == CODES
    return secret[1]


def by_mail(browser: Client, next_url: str = "") -> HttpResponse:
    """Sign in with the mailed code, and return the answer to it."""
    browser.post("/sign-in" + (f"?next={next_url}" if next_url else ""), {"email": ADDRESS})
    return browser.post("/sign-in/code", {"code": code_to(ADDRESS)})  # type: ignore[return-value]


def is_in(browser: Client) -> bool:
    """Whether somebody is signed in there."""
    return browser.get("/today").status_code == 200


def test_who_set_nothing_up_is_asked_for_nothing(ada: Person) -> None:
    browser = Client()
    assert by_mail(browser).headers["Location"] == "/today"
    assert is_in(browser)
    assert "you need nothing on this page" in browser.get("/settings/ways-in").content.decode()


def test_a_passkey_signs_in_by_itself_and_leads_where_one_was_going(ada: Person) -> None:
    device = add_passkey(signed_in(ada))
    elsewhere = Client()
    answer = show_passkey(elsewhere, "/sign-in/passkey?next=/leads", device)
    assert answer.headers["Location"] == "/leads"
    assert is_in(elsewhere)
    assert OpenSession.objects.filter(person=ada).count() == 1
    assert factors.of(ada).passkeys[0].used_at


def test_with_a_passkey_a_mailed_code_alone_opens_nothing(ada: Person) -> None:
    device = add_passkey(signed_in(ada))
    browser = Client()
    assert by_mail(browser, "/leads").headers["Location"] == SECOND
    assert not is_in(browser)
    assert not OpenSession.objects.filter(person=ada).exists()
    assert show_passkey(browser, SECOND, device).headers["Location"] == "/leads"
    assert is_in(browser)


def test_an_apps_code_is_asked_for_after_the_mailed_one_and_works_once(ada: Person) -> None:
    secret = add_app(signed_in(ada))
    browser, other = Client(), Client()
    with time_machine.travel(time.time() + 60, tick=False):
        by_mail(browser)
        assert browser.post(SECOND, {"code": "000 000"}).status_code == 422
        assert browser.post(SECOND, {"code": shown_code(secret)}).headers["Location"] == "/today"
        by_mail(other)
        assert other.post(SECOND, {"code": shown_code(secret)}).status_code == 422


@pytest.mark.parametrize("later", [0, 29, 59])
def test_the_code_that_set_the_app_up_signs_nobody_in(ada: Person, later: int) -> None:
    step = (int(time.time()) // 30 + 10) * 30
    with time_machine.travel(step, tick=False):
        hers = signed_in(ada)
        secret = add_app(hers)
        code = shown_code(secret)
    with time_machine.travel(step + later, tick=False):
        browser = Client()
        by_mail(browser)
        assert browser.post(SECOND, {"code": code}).status_code == 422
        assert not is_in(browser)
    with time_machine.travel(step + 60, tick=False):
        by_mail(browser)
        assert browser.post(SECOND, {"code": shown_code(secret)}).headers["Location"] == "/today"


@pytest.mark.parametrize("early", [-29, 0, 29])
def test_an_apps_code_works_once_for_as_long_as_clocks_that_are_off_let_it_pass(ada: Person, early: int) -> None:
    secret = add_app(signed_in(ada))
    step = (int(time.time()) // 30 + 10) * 30
    with time_machine.travel(step, tick=False):
        code = shown_code(secret)
    with time_machine.travel(step + early, tick=False):
        first = Client()
        by_mail(first)
        assert first.post(SECOND, {"code": code}).headers["Location"] == "/today"
    for later in (step + early + 1, step + min(early + 31, 58), step + 59):
        with time_machine.travel(later, tick=False):
            again = Client()
            by_mail(again)
            assert again.post(SECOND, {"code": code}).status_code == 422, later - step
            assert not is_in(again)
    with time_machine.travel(step + 60, tick=False):
        next_one = Client()
        by_mail(next_one)
        assert next_one.post(SECOND, {"code": shown_code(secret)}).headers["Location"] == "/today"


def test_a_recovery_code_works_once_in_place_of_what_is_lost(ada: Person) -> None:
    add_passkey(signed_in(ada))
    code = factors.codes_of(ada)[3]
    for expected in (302, 422):
        browser = Client()
        by_mail(browser)
        assert browser.post(SECOND, {"code": code}).status_code == expected
    assert len(factors.codes_of(ada)) == 9


def test_new_recovery_codes_make_the_old_ones_worthless(ada: Person) -> None:
    browser = signed_in(ada)
    add_passkey(browser)
    before = factors.codes_of(ada)
    assert before[0] in browser.get(CODES).content.decode()
    browser.post(CODES)
    after = factors.codes_of(ada)
    assert len(after) == 10 and not set(before) & set(after)


def test_guessing_is_held_back_for_the_account_not_only_for_the_browser(ada: Person) -> None:
    secret = add_app(signed_in(ada))
    with time_machine.travel(time.time() + 60, tick=False):
        for _ in range(3):
            browser = Client()
            by_mail(browser)
            for _ in range(2):
                assert browser.post(SECOND, {"code": "111111"}).status_code == 422
        answer = browser.post(SECOND, {"code": shown_code(secret)})
        assert answer.status_code == 422
        assert "Wait five minutes" in answer.content.decode()


def test_the_second_step_is_nobodys_without_the_first(ada: Person) -> None:
    secret = add_app(signed_in(ada))
    for answer in (Client().get(SECOND), Client().post(SECOND, {"code": shown_code(secret)})):
        assert answer.headers["Location"] == "/sign-in"


def test_when_the_last_one_is_taken_away_a_mailed_code_is_enough_again(ada: Person) -> None:
    browser = signed_in(ada)
    add_passkey(browser)
    add_app_page = browser.post(f"{PASSKEYS}/{factors.of(ada).passkeys[0].key}")
    assert add_app_page.headers["Location"] == "/settings/ways-in"
    assert not Authenticator.objects.exists()
    assert by_mail(Client()).headers["Location"] == "/today"


def test_taking_the_app_away_leaves_the_passkey(ada: Person) -> None:
    browser = signed_in(ada)
    add_passkey(browser)
    browser.post(APP, {"away": "yes"})
    assert factors.of(ada).second_step
    secret = re.search(r"<code>(\w+)</code>", browser.get(APP).content.decode())
    assert secret


def test_nobody_takes_anothers_passkey_away(ada: Person) -> None:
    add_passkey(signed_in(ada))
    key = factors.of(ada).passkeys[0].key
    stranger = signed_in(person("Cleo", "cleo@far.example", ""))
    for answer in (stranger.get(f"{PASSKEYS}/{key}"), stranger.post(f"{PASSKEYS}/{key}")):
        assert answer.status_code == 404
    assert factors.of(ada).passkeys


def test_a_passkey_of_another_site_or_shown_without_its_owner_opens_nothing(ada: Person) -> None:
    device = add_passkey(signed_in(ada))
    for origin, flags in (("https://testserver.evil.example", device.flags), (device.origin, PRESENT)):
        held = device.origin, device.flags
        device.origin, device.flags = origin, flags
        browser = Client()
        assert show_passkey(browser, "/sign-in/passkey", device).status_code == 422
        assert not is_in(browser)
        device.origin, device.flags = held


def test_a_passkeys_answer_works_for_its_challenge_alone(ada: Person) -> None:
    device = add_passkey(signed_in(ada))
    browser = Client()
    sent = device.show(browser.post("/sign-in/passkey", {"challenge": "yes"}).json())
    for other in (Client(), browser):
        other.post("/sign-in/passkey", {"challenge": "yes"})
        assert other.post("/sign-in/passkey", {"credential": sent}).status_code == 422


def test_a_passkey_that_is_not_ones_own_is_no_second_step(ada: Person) -> None:
    add_passkey(signed_in(ada))
    strangers = add_passkey(signed_in(person("Cleo", "cleo@far.example", "")))
    browser = Client()
    by_mail(browser)
    assert show_passkey(browser, SECOND, strangers).status_code == 422
    assert not is_in(browser)


ODD = ["", "null", "1", "[]", "{}", '"x"', "{", '{"id": 1, "rawId": "YQ", "response": {}}', '{"id":"YQ","rawId":"YQ","response":[1]}',
       '{"id":"YQ","rawId":"YQ","type":"public-key","response":{"clientDataJSON":"e30","attestationObject":"oA"}}',
       '{"id":"YQ","rawId":"YQ","type":"public-key","response":{"clientDataJSON":"YQ","authenticatorData":"YQ","signature":"YQ",'
       '"userHandle":"YQ"}}', "[" * 5000, '{"id":"\\u0000"}', "ü" * 99]  # fmt: skip


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_whatever_a_browser_sends_is_answered_with_a_sentence(ada: Person, odd: str) -> None:
    hers = signed_in(ada)
    hers.post(PASSKEYS, {"challenge": "yes"})
    assert hers.post(PASSKEYS, {"name": "x", "credential": odd}).status_code == 422
    browser = Client()
    browser.post("/sign-in/passkey", {"challenge": "yes"})
    answer = browser.post("/sign-in/passkey", {"credential": odd})
    assert answer.status_code == 422
    assert "amiss-summary" in answer.content.decode()


@pytest.mark.parametrize(
    "sent", [{}, {"code": "1"}, {"secret": "x", "code": "123456"}, {"secret": "YQ==", "code": "ü"}]
)
def test_an_app_is_not_set_up_by_a_form_that_was_not_ours(ada: Person, sent: dict[str, str]) -> None:
    answer = signed_in(ada).post(APP, sent)
    assert answer.status_code == 422
    assert not factors.of(ada).app


def test_the_secret_of_one_account_is_not_taken_for_another(ada: Person) -> None:
    text = signed_in(person("Cleo", "cleo@far.example", "")).get(APP).content.decode()
    sealed, secret = re.search(r'name="secret" value="([^"]+)"', text), re.search(r"<code>(\w+)</code>", text)
    assert sealed and secret
    answer = signed_in(ada).post(APP, {"secret": sealed[1], "code": shown_code(secret[1])})
    assert answer.status_code == 422


def test_secrets_lie_sealed(ada: Person) -> None:
    browser = signed_in(ada)
    secret = add_app(browser)
    kept = repr(list(Authenticator.objects.values()))
    assert secret not in kept
    assert not any(code.replace(" ", "") in kept for code in factors.codes_of(ada))


def test_each_change_is_told_by_mail(ada: Person) -> None:
    browser = signed_in(ada)
    add_passkey(browser)
    add_app(browser)
    browser.post(CODES)
    browser.post(APP, {"away": "yes"})
    browser.post(f"{PASSKEYS}/{factors.of(ada).passkeys[0].key}")
    deliver_due(500)
    letters = [letter for letter in mail.outbox if letter.to == [ADDRESS]]
    assert [letter.subject for letter in letters] == [
        "A passkey was added to your account",
        "An app was added to your account",
        "Your account has new recovery codes",
        "The app was taken away from your account",
        "A passkey was taken away from your account",
    ]
    assert all("/settings/ways-in" in str(letter.body) for letter in letters)


def test_whoever_has_lost_everything_is_helped_by_whoever_runs_the_server_and_hears_of_it(ada: Person) -> None:
    add_passkey(signed_in(ada))
    said = StringIO()
    call_command("login_link", ADDRESS, "--without-second-step", stdout=said)
    browser = Client()
    assert browser.post(urlsplit(said.getvalue().strip()).path).headers["Location"] == "/today"
    assert letter_to(ADDRESS, "Your passkeys, app and recovery codes were taken away")


def test_what_is_set_up_is_changed_by_its_owner_alone(ada: Person) -> None:
    browser = signed_in(ada)
    add_passkey(browser)
    key = factors.of(ada).passkeys[0].key
    with time_machine.travel(time.time() + 16 * 60):
        for path in (PASSKEYS, f"{PASSKEYS}/{key}", APP, CODES):
            for answer in (browser.get(path), browser.post(path, {"away": "yes"})):
                assert answer.headers["Location"] == f"/settings/is-it-you?next={path}"


def test_it_is_still_me_says_the_passkey_where_there_is_one_and_no_mailed_code(ada: Person) -> None:
    browser = signed_in(ada)
    device = add_passkey(browser)
    with time_machine.travel(time.time() + 16 * 60):
        path = f"/settings/is-it-you?next={CODES}"
        text = browser.get(path).content.decode()
        assert "Send me the code" not in text and "Use my passkey" in text
        assert browser.post(path, {"code": "123456"}).status_code == 422
        assert show_passkey(browser, path, Device()).status_code == 422
        assert show_passkey(browser, path, device).headers["Location"] == CODES
        assert browser.get(CODES).status_code == 200
