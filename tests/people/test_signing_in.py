"""Signing in with a mailed link or code: once, for ten minutes, and nobody learns who has an account."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client

from goodword.people.models import OpenSession, Person, SignInKey
from goodword.people.sessions import hash_of_cookie
from goodword.people.signing_in import make_key, redeem_code, redeem_link
from goodword.post.delivery import deliver_due
from tests.cast import Cast, code_to, letter_to

pytestmark = pytest.mark.django_db


def asked(browser: Client, address: str = "tom@hale.example", next_url: str = "") -> tuple[str, str]:
    """Ask for a key and return its code and the path of its link, read from the letter."""
    browser.post("/sign-in" + (f"?next={next_url}" if next_url else ""), {"email": address})
    text = letter_to(address, "is your code")
    code, link = re.search(r"\b(\d{6})\b", text), re.search(r"/sign-in/link/\S+", text)
    assert code and link
    return code.group(1), link.group()


def letters_to_tom() -> list[mail.EmailMessage]:
    """Return what came to Tom. A world of other tests may have sent more."""
    return [one for one in mail.outbox if one.to == ["tom@hale.example"]]


def test_the_code_from_the_letter_signs_in_and_is_in_its_subject() -> None:
    browser = Client()
    code, _ = asked(browser)
    assert code == code_to("tom@hale.example")
    assert browser.post("/sign-in/code", {"code": f" {code[:3]}-{code[3:]} "}).status_code == 302
    assert browser.get("/today").status_code == 200


def test_a_code_works_only_in_the_browser_that_asked_for_it() -> None:
    code, _ = asked(Client())
    elsewhere = Client()
    elsewhere.post("/sign-in", {"email": "other@hale.example"})
    assert elsewhere.post("/sign-in/code", {"code": code}).status_code == 422


def test_reading_the_link_redeems_nothing_and_pressing_the_button_does_once() -> None:
    _, link = asked(Client())
    scanner = Client()
    for _ in range(3):
        assert scanner.get(link).status_code == 200
        assert scanner.head(link).status_code == 200
    assert Client().post(link).status_code == 302
    again = Client()
    assert again.post(link).status_code == 200
    assert again.get("/today").status_code == 302


def test_link_and_code_die_together() -> None:
    browser = Client()
    code, link = asked(browser)
    assert browser.post("/sign-in/code", {"code": code}).status_code == 302
    assert redeem_link(link.rsplit("/", 1)[1]) is None


def test_after_ten_minutes_neither_works() -> None:
    browser = Client()
    with time_machine.travel(dt.datetime(2026, 6, 9, 12, 0, tzinfo=dt.UTC)) as clock:
        code, link = asked(browser)
        clock.shift(601)
        assert browser.post("/sign-in/code", {"code": code}).status_code == 422
        assert redeem_link(link.rsplit("/", 1)[1]) is None


def test_five_wrong_codes_spend_the_key() -> None:
    browser = Client()
    code, _ = asked(browser)
    wrong = f"{(int(code) + 1) % 10**6:06d}"
    for _ in range(5):
        assert browser.post("/sign-in/code", {"code": wrong}).status_code == 422
    assert browser.post("/sign-in/code", {"code": code}).status_code == 422


def test_known_and_unknown_addresses_get_the_same_answer() -> None:
    Person.objects.at("known@hale.example", "Known")
    answers = []
    for address in ("known@hale.example", "never@hale.example"):
        browser = Client()
        asked_page = browser.post("/sign-in", {"email": address})
        page = browser.get("/sign-in/code").content.decode().replace(address, "ADDRESS")
        answers.append((asked_page.status_code, asked_page.headers["Location"], re.sub(r'value="\w{64}"', "", page)))
    assert answers[0] == answers[1]


def test_nothing_that_opens_a_session_lies_in_clear() -> None:
    key, token, code = make_key("tom@hale.example")
    stored = repr(SignInKey.objects.filter(pk=key.pk).values())
    assert token not in stored
    assert code not in stored


def test_way_on_leads_only_to_our_own_pages() -> None:
    for bad in ("https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"):
        browser = Client()
        code, _ = asked(browser, f"a{len(bad)}@hale.example", bad)
        answer = browser.post("/sign-in/code", {"code": code})
        assert "evil" not in answer.headers["Location"] and "alert" not in answer.headers["Location"]


def test_an_address_cannot_be_flooded_from_one_place_nor_from_many() -> None:
    for _ in range(12):
        Client().post("/sign-in", {"email": "tom@hale.example"})
    deliver_due()
    assert len(letters_to_tom()) == 8
    for number in range(30):
        Client(REMOTE_ADDR=f"198.51.100.{number}").post("/sign-in", {"email": "tom@hale.example"})
    deliver_due()
    assert len(letters_to_tom()) <= 20


def test_requests_of_others_never_leave_the_owner_without_a_letter_that_works() -> None:
    start = dt.datetime(2026, 6, 9, 12, 0, tzinfo=dt.UTC)
    for minutes in (0, 4, 9, 15, 33, 58):
        with time_machine.travel(start + dt.timedelta(minutes=minutes)):
            for number in range(40):
                place = f"203.0.113.{number % 9}" if number % 2 else "127.0.0.1"
                Client(REMOTE_ADDR=place).post("/sign-in", {"email": "tom@hale.example"})
            owner = Client(REMOTE_ADDR="192.0.2.7")
            assert owner.post("/sign-in", {"email": "tom@hale.example"})["Location"] == "/sign-in/code"
            assert "the newest one you have still works" in owner.get("/sign-in/code").content.decode()
            link = re.search(r"/sign-in/link/\S+", letter_to("tom@hale.example", "is your code"))
            assert link and Client().post(link.group()).status_code == 302, "the newest letter signs in"


def test_asked_for_too_often_the_code_of_ones_own_earlier_letter_still_works() -> None:
    owner = Client()
    code, _ = asked(owner)
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(minutes=1)):
        for _ in range(40):
            Client().post("/sign-in", {"email": "tom@hale.example"})
        owner.post("/sign-in", {"email": "tom@hale.example"})
        assert owner.post("/sign-in/code", {"code": code}).status_code == 302


def test_pressing_twice_leaves_the_first_code_good() -> None:
    browser = Client()
    code, _ = asked(browser)
    browser.post("/sign-in", {"email": "tom@hale.example"})
    deliver_due()
    assert len(letters_to_tom()) == 1
    assert browser.post("/sign-in/code", {"code": code}).status_code == 302


def test_a_phone_on_the_table_locks_nobody_out(cast: Cast) -> None:
    cast.ada_browser.post(f"/r/{cast.key}/show-them")
    for _ in range(12):
        cast.ada_browser.post("/table/leave")
    deliver_due()
    ways_back = [one for one in mail.outbox if "way back" in one.subject]
    assert len(ways_back) == 8
    code = re.search(r"code on the page you came from: (\d{6})", str(ways_back[-1].body))
    assert code and cast.ada_browser.post("/table/leave", {"code": code[1]})["Location"] == f"/r/{cast.key}"
    code_elsewhere, _ = asked(Client(), "ada@lane.example")
    assert code_elsewhere


def test_a_new_session_key_is_given_on_signing_in() -> None:
    browser = Client()
    code, _ = asked(browser)
    before = browser.cookies["sessionid"].value
    browser.post("/sign-in/code", {"code": code})
    assert browser.cookies["sessionid"].value != before


def test_sessions_are_listed_and_can_be_ended() -> None:
    phone, laptop = Client(), Client()
    for browser in (phone, laptop):
        code, _ = asked(browser)
        browser.post("/sign-in/code", {"code": code})
    assert laptop.get("/settings").content.count(b'/end"') == 2
    mine = OpenSession.objects.get(cookie_hash=hash_of_cookie(phone.cookies["sessionid"].value))
    laptop.post(f"/settings/sessions/{mine.key}/end")
    assert phone.get("/today").status_code == 302
    assert laptop.get("/today").status_code == 200


def test_somebody_elses_session_cannot_be_ended() -> None:
    tom, eve = Client(), Client()
    for browser, address in ((tom, "tom@hale.example"), (eve, "eve@hale.example")):
        code, _ = asked(browser, address)
        browser.post("/sign-in/code", {"code": code})
    his = OpenSession.objects.get(cookie_hash=hash_of_cookie(tom.cookies["sessionid"].value))
    assert eve.post(f"/settings/sessions/{his.key}/end").status_code == 404
    assert tom.get("/today").status_code == 200


def test_settings_name_ones_own_browsers_and_nobody_elses() -> None:
    tom, eve = Client(HTTP_USER_AGENT="Firefox/130.0 (Android; Mobile)"), Client(HTTP_USER_AGENT="Firefox/130.0 (iPad)")
    for browser, address in ((tom, "tom@hale.example"), (eve, "eve@hale.example")):
        code, _ = asked(browser, address)
        browser.post("/sign-in/code", {"code": code})
    assert "an iPad" in eve.get("/settings").content.decode()
    assert "an Android phone" not in eve.get("/settings").content.decode()


def test_whoever_signs_in_next_finds_nothing_of_what_was_asked_for_before() -> None:
    browser = Client()
    code, _ = asked(browser, "tom@hale.example", "/settings")
    browser.post("/sign-in/code", {"code": code})
    assert not [name for name in browser.session.keys() if name.startswith("sign_in_")]  # noqa: SIM118 - no mapping


def test_signing_out_clears_what_the_browser_kept() -> None:
    browser = Client()
    code, _ = asked(browser)
    browser.post("/sign-in/code", {"code": code})
    assert '"storage"' in browser.post("/sign-out").headers["Clear-Site-Data"]
    assert browser.get("/today").status_code == 302


@pytest.mark.parametrize("bad", ["", "x" * 10_000, "👩‍🍳", "\u202e12", "12\x0034", "١٢٣٤٥٦"])
def test_odd_codes_get_a_sentence(bad: str) -> None:
    browser = Client()
    asked(browser)
    assert browser.post("/sign-in/code", {"code": bad}).status_code == 422


def test_a_code_of_another_browser_is_never_redeemed() -> None:
    key, _token, code = make_key("tom@hale.example")
    other, _token, _code = make_key("tom@hale.example")
    assert redeem_code(str(other.pk), code) is None
    assert redeem_code("", code) is None
    assert redeem_code(str(key.pk), code) is not None


def test_a_stolen_database_opens_no_session() -> None:
    browser = Client()
    code, _ = asked(browser)
    browser.post("/sign-in/code", {"code": code})
    thief = Client()
    for stored in Session.objects.values_list("session_key", flat=True):
        thief.cookies["sessionid"] = stored
        assert thief.get("/today").status_code == 302
