"""Several addresses for one person: each proven by its mailbox; where letters go is confirmed by both (T40)."""

from __future__ import annotations

import time

import pytest
import time_machine
from django.core import mail
from django.http import HttpResponse
from django.test import Client

from goodword.account.actions import addresses
from goodword.people.models import Person
from goodword.post import outbox
from goodword.post.delivery import deliver_due
from goodword.relationships import invitations, starting
from goodword.relationships.models import Seat
from tests.cast import code_to, person, signed_in

pytestmark = pytest.mark.django_db
OLD, NEW = "ada@lane.example", "ada@newfirm.example"


@pytest.fixture
def ada() -> Person:
    """Ada, who has been here before."""
    return person("Ada Lane", OLD, "Lane Law")


def add(browser: Client, address: str = NEW) -> HttpResponse:
    """Add an address, with the code that came there."""
    browser.post("/settings/addresses/new", {"email": address})
    return browser.post("/settings/addresses/new", {"code": code_to(address)})  # type: ignore[return-value]


def main(browser: Client, who: Person) -> str:
    """Ask for letters to go to the other address; return the page's path."""
    path = f"/settings/addresses/{addresses.others(who)[0].key}"
    browser.post(path)
    return path


def by_mail(address: str) -> Client:
    """Return a browser in which somebody has signed in by mail."""
    browser = Client()
    browser.post("/sign-in", {"email": address})
    browser.post("/sign-in/code", {"code": code_to(address)})
    return browser


def test_both_addresses_lead_to_one_account(ada: Person) -> None:
    people = Person.objects.count()
    add(signed_in(ada))
    for address in (OLD, NEW, f" {NEW.upper()} "):
        assert Person.objects.at(address) == ada
    assert "Ada Lane" in by_mail(NEW).get("/settings").content.decode()
    assert Person.objects.count() == people


def test_an_address_is_not_kept_before_its_mailbox_says_so(ada: Person) -> None:
    browser = signed_in(ada)
    browser.post("/settings/addresses/new", {"email": NEW})
    wrong = f"{(int(code_to(NEW)) + 1) % 10**6:06d}"
    assert browser.post("/settings/addresses/new", {"code": wrong}).status_code == 422
    assert not addresses.others(ada)


def test_letters_go_elsewhere_only_when_the_mailbox_they_go_to_today_says_so(ada: Person) -> None:
    browser = signed_in(ada)
    add(browser)
    path = main(browser, ada)
    assert "newfirm" not in code_to(OLD)
    answer = browser.post(path, {"code": "000000" if code_to(OLD) != "000000" else "111111"})
    assert answer.status_code == 422
    ada.refresh_from_db()
    assert ada.email == OLD
    browser.post(path, {"code": code_to(OLD)})
    ada.refresh_from_db()
    assert ada.email == NEW
    assert [one.address for one in addresses.others(ada)] == [OLD]


def test_both_mailboxes_are_told_where_letters_go(ada: Person) -> None:
    browser = signed_in(ada)
    add(browser)
    browser.post(main(browser, ada), {"code": code_to(OLD)})
    deliver_due()
    told = [one.to[0] for one in mail.outbox if one.subject == "Your letters go to another address"]
    assert sorted(told) == [OLD, NEW]


def test_what_was_stopped_stays_stopped_at_the_new_address(ada: Person) -> None:
    outbox.suppress(OLD, "lead")
    browser = signed_in(ada)
    add(browser)
    browser.post(main(browser, ada), {"code": code_to(OLD)})
    assert outbox.stopped_kinds(NEW) == {"lead"}


def test_an_address_taken_away_opens_nothing_and_can_be_somebody_elses(ada: Person) -> None:
    browser = signed_in(ada)
    add(browser)
    late = Client()
    late.post("/sign-in", {"email": NEW})
    code = code_to(NEW)
    browser.post(f"/settings/addresses/{addresses.others(ada)[0].key}/removal")
    assert late.post("/sign-in/code", {"code": code}).status_code == 422
    assert Person.objects.at(NEW) != ada


def test_nobody_changes_anothers_addresses(ada: Person) -> None:
    add(signed_in(ada))
    key = addresses.others(ada)[0].key
    stranger = signed_in(person("Cleo", "cleo@far.example", ""))
    for path in (f"/settings/addresses/{key}", f"/settings/addresses/{key}/removal"):
        assert stranger.post(path).status_code == 404
    assert addresses.others(ada)


def test_ones_addresses_are_changed_by_who_has_just_shown_that_it_is_them(ada: Person) -> None:
    browser = signed_in(ada)
    add(browser)
    kept = f"/settings/addresses/{addresses.others(ada)[0].key}"
    asks = "/settings/is-it-you"
    with time_machine.travel(time.time() + 16 * 60):
        for path in ("/settings/addresses/new", kept, "/settings/addresses/two-accounts"):
            for answer in (browser.get(path), browser.post(path)):
                assert answer.headers["Location"] == f"{asks}?next={path}"
        assert browser.post(f"{kept}/removal").headers["Location"] == asks
    assert addresses.others(ada)


def test_an_invitation_to_the_other_address_is_theirs(ada: Person) -> None:
    add(signed_in(ada))
    seat = starting.start(person("Ben Moor", "ben@moor.example", ""), name="Ada", business="", town="")
    letter = invitations.write(seat, words="Let us talk.", address=NEW)
    invitations.offer(seat, by_mail=True)
    invitations.answer(letter, "yes")
    assert [found.pk for found in invitations.waiting_for(by_mail_person(NEW))] == [letter.pk]


def by_mail_person(address: str) -> Person:
    """Sign in by mail with this address, and return who that is."""
    by_mail(address)
    return Person.objects.at(address)


def test_whoever_invites_their_own_other_address_is_not_seated_across_from_themselves(ada: Person) -> None:
    add(signed_in(ada))
    seat = starting.start(ada, name="Ada again", business="", town="")
    letter = invitations.write(seat, words="To myself.", address=NEW)
    invitations.offer(seat, by_mail=True)
    invitations.answer(letter, "yes")
    browser = by_mail(NEW)
    letter.refresh_from_db()
    browser.post("/join", {"seat": letter.key})
    assert Seat.objects.filter(relationship=seat.relationship).count() == 1


def test_five_more_are_the_most_and_a_sentence_says_so(ada: Person) -> None:
    browser = signed_in(ada)
    for number in range(5):
        addresses.add(ada, f"ada{number}@lane.example")
    answer = add(browser)
    assert answer.status_code == 422
    assert "Five more addresses are the most" in answer.content.decode()


@pytest.mark.parametrize("typed", ["", "nobody", "a@b", "ä" * 300, "@y.example"])
def test_what_is_no_address_gets_a_sentence(ada: Person, typed: str) -> None:
    answer = signed_in(ada).post("/settings/addresses/new", {"email": typed})
    assert answer.status_code == 422
    assert "amiss-summary" in answer.content.decode()
