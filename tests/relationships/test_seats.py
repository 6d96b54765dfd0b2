"""Getting to the seat that waits: with another address signed in, by a new code, by any other way in; and never two of one."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import pytest
import time_machine
from django.core import mail
from django.test import Client

from goodword.gates import actions as gates
from goodword.ground.refusals import Refusal
from goodword.post import outbox
from goodword.post.delivery import deliver_due
from goodword.relationships import acquaintances, invitations, starting
from goodword.relationships.models import Invitation, Seat
from goodword.relationships.offers import SeatOffer
from goodword.relationships.open_offers import open_offers_for
from tests.cast import Cast, person, signed_in

pytestmark = pytest.mark.django_db
GIL, OTHER = "gil@guest.example", "gil.private@guest.example"


@pytest.fixture
def ruth() -> Seat:
    return starting.start(person("Ruth Adeyemi", "ruth@adeyemi.example", ""), name="Gil Guest", town="Romiley")


def invited(seat: Seat, address: str = GIL) -> Invitation:
    """Return a letter that was written and mailed."""
    letter = invitations.write(seat, words="You told me about the pot of tea.", address=address)
    invitations.offer(seat, by_mail=bool(address))
    letter.refresh_from_db()
    return letter


def newest(pattern: str) -> str:
    """Deliver what waits and return what is found in the newest letter that has it."""
    deliver_due()
    found = next(found for one in reversed(mail.outbox) if (found := re.search(pattern, str(one.body))))
    return found.group(0)


def asked_as_another(letter: Invitation) -> Client:
    """Return a browser signed in with another address, in which the letter was answered and the code asked for."""
    browser = signed_in(person("Gil Guest", OTHER, ""))
    browser.post(f"/i/{invitations.token_of(letter)}", {"answer": "yes"})
    assert browser.post("/invitation").headers["Location"] == "/invitation/mailbox"
    return browser


def test_signed_in_with_another_address_one_is_told_so_and_keeps_the_seat_after_the_code(ruth: Seat) -> None:
    browser = asked_as_another(invited(ruth))
    page = browser.get("/invitation/mailbox").content.decode()
    assert OTHER in page and "g••@guest.example" in page and GIL not in page
    assert browser.post("/invitation/mailbox", {"code": "000000", "who": "me"}).status_code == 422
    assert (
        browser.post("/invitation/mailbox", {"code": newest(r"\b\d{6}\b"), "who": "me"})["Location"]
        == "/invitation/join"
    )
    key = Invitation.objects.get().key
    assert browser.post("/invitation/join", {"seat": key})["Location"] == f"/r/{ruth.key}"
    assert browser.get(f"/r/{ruth.key}").status_code == 200


def test_signed_in_with_another_address_one_can_go_on_as_the_invited_one(ruth: Seat) -> None:
    browser = asked_as_another(invited(ruth))
    code = newest(r"\b\d{6}\b")
    assert browser.post("/invitation/mailbox", {"code": code, "who": "other"})["Location"] == "/invitation/join"
    assert GIL in browser.get("/settings").content.decode()


def test_the_link_says_whose_it_is_before_it_changes_who_is_signed_in(ruth: Seat) -> None:
    browser = asked_as_another(invited(ruth))
    link = newest(r"/sign-in/link/\S+")
    page = browser.get(link).content.decode()
    assert f"signed in here as {OTHER}" in page and "Keep the seat for" in page
    answer = browser.post("/invitation/mailbox", {"token": link.rsplit("/", 1)[1], "who": "me"})
    assert answer["Location"] == "/invitation/join"
    assert "across from Ruth Adeyemi" in browser.get("/invitation/join").content.decode()
    assert "Keep the seat" not in Client().get(link).content.decode()


def test_a_seat_is_kept_for_nobody_without_the_proof_of_its_mailbox(ruth: Seat) -> None:
    letter = invited(ruth)
    browser = asked_as_another(letter)
    for wrong in ({"code": "", "who": "me"}, {"token": "x" * 43, "who": "me"}, {"who": "me"}):
        browser.post("/invitation/mailbox", wrong)
    letter.refresh_from_db()
    assert letter.seat_address == GIL


def test_asking_for_a_new_code_leads_to_the_same_seat(ruth: Seat) -> None:
    letter, guest = invited(ruth), Client()
    guest.post(f"/i/{invitations.token_of(letter)}", {"answer": "yes"})
    guest.post("/invitation")
    again = re.search(r'href="(/sign-in\?next=[^"]+)"', guest.get("/sign-in/code").content.decode())
    assert again
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(minutes=1)):
        guest.post(again[1], {"email": GIL})
        assert guest.post("/sign-in/code", {"code": newest(r"\b\d{6}\b")})["Location"] == "/invitation/join"


def test_a_link_grown_old_still_knows_the_way(ruth: Seat) -> None:
    letter, guest = invited(ruth), Client()
    guest.post(f"/i/{invitations.token_of(letter)}", {"answer": "yes"})
    guest.post("/invitation")
    link = newest(r"/sign-in/link/\S+")
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(minutes=11)):
        assert "next=/invitation/join" in guest.get(link).content.decode()


def test_whoever_signs_in_another_way_finds_on_today_what_waits_and_by_whom(ruth: Seat, cast: Cast) -> None:
    letter = invited(ruth)
    starting.offer_seat(cast.ada, name="Gil Guest", email=GIL)
    gil = signed_in(person("Gil Guest", GIL, ""))
    page = gil.get("/today").content.decode()
    assert "Ruth Adeyemi has written to you" in page and f"/i/{invitations.token_of(letter)}" in page
    assert "A seat is kept for you, beside Ada Lane" in page
    invitations.answer(letter, "yes")
    assert "A seat is kept for you, across from Ruth Adeyemi" in gil.get("/today").content.decode()
    assert "Ruth" not in signed_in(person("Cleo", "cleo@stone.example", "")).get("/today").content.decode()


def test_a_guest_without_a_name_says_it_and_whose_clock_they_live_by_as_they_sit_down(ruth: Seat) -> None:
    letter = invited(ruth, "")
    invitations.answer(letter, "yes")
    invitations.bind(letter, "jane@doe.example")
    jane = person("", "jane@doe.example", "")
    browser = signed_in(jane)
    page = browser.get("/invitation/join").content.decode()
    assert 'value="Gil Guest"' in page and 'name="zone"' in page
    browser.post("/invitation/join", {"seat": letter.key, "own_name": "Jane Doe", "zone": "Europe/Berlin"})
    jane.refresh_from_db()
    assert (jane.name, jane.zone) == ("Jane Doe", "Europe/Berlin")
    deliver_due()
    told = next(str(m.body) for m in mail.outbox if m.to == ["ruth@adeyemi.example"] and "seat" in m.subject)
    assert "Your letter was to Gil Guest" in told and "Jane Doe" in told and "j••@doe.example" in told
    people = signed_in(ruth.person).get(f"/r/{ruth.key}/colleagues").content.decode()
    assert "j••@doe.example" in people and "jane@doe.example" not in people


def test_the_inviter_never_reads_the_address_somebody_else_typed(ruth: Seat) -> None:
    letter = invited(ruth, "")
    invitations.answer(letter, "yes")
    invitations.bind(letter, "jane@doe.example")
    browser = signed_in(ruth.person)
    for path in ("letter", "letter/sent", "letter/words", "letter/code", "colleagues", ""):
        assert "jane@doe.example" not in browser.get(f"/r/{ruth.key}/{path}".rstrip("/")).content.decode()


# ── Never two relationships of the same two people ──

START = {"name": "Ruth", "words": "You told me about the pot of tea.", "email": "ruth@adeyemi.example"}


def test_whoever_has_been_written_to_is_offered_to_answer_that_letter(ruth: Seat) -> None:
    letter = invited(ruth)
    gil = signed_in(person("Gil Guest", GIL, ""))
    page = gil.post("/start", START).content.decode()
    assert "Ruth Adeyemi has written to you already" in page and invitations.token_of(letter) in page
    assert "pot of tea" in page, "what was typed stands there"
    assert Seat.objects.filter(person__email=GIL).count() == 0
    assert gil.post("/start", {**START, "again": "yes"}).status_code == 302


def test_whom_one_has_begun_with_is_offered_to_go_on_and_after_an_end_to_begin_anew(cast: Cast) -> None:
    starting_with_ben = {**START, "name": "Ben", "email": "BEN@moor.example"}
    invited_ben = Invitation.objects.get()
    assert invited_ben.address == "ben@moor.example"
    assert f'href="/r/{cast.key}"' in cast.ada_browser.post("/start", starting_with_ben).content.decode()
    with_ada = {**START, "name": "Ada", "email": "ada@lane.example"}
    assert "You have begun with Ada Lane already" in cast.ben_browser.post("/start", with_ada).content.decode()
    ada = cast.ada
    ada.relationship.ended_at = ada.relationship.made_at
    ada.relationship.save()
    page = cast.ada_browser.post("/start", starting_with_ben).content.decode()
    assert "have been here before" in page and "Begin anew" in page


def test_nothing_is_said_that_one_may_not_see(cast: Cast, ruth: Seat) -> None:
    invited(ruth)
    for address in (GIL, "ben@moor.example", "never@seen.example"):
        assert acquaintances.with_address(cast.cleo_person, address) is None
    unsent = starting.start(person("Nia", "nia@else.example", ""), name="Cleo")
    invitations.write(unsent, words="Not yet sent.", address=cast.cleo_person.email)
    assert acquaintances.with_address(cast.cleo_person, "nia@else.example") is None


def test_oneself_is_nobody_to_write_to(cast: Cast) -> None:
    answer = cast.ada_browser.post("/start", {**START, "email": "Ada@Lane.example"})
    assert answer.status_code == 422 and "That is your own address" in answer.content.decode()
    with pytest.raises(Refusal):
        starting.offer_seat(cast.ada, name="Me", email="ada@lane.example")


def test_letters_that_crossed_make_one_relationship(ruth: Seat) -> None:
    gil = person("Gil Guest", GIL, "")
    his = starting.start(gil, name="Ruth")
    theirs, hers = invited(his, ruth.person.email), invited(ruth)
    invitations.answer(hers, "yes")
    invitations.answer(theirs, "yes")
    invitations.join(gil, hers)
    theirs.refresh_from_db()
    assert theirs.revoked_at, "one is enough"
    with pytest.raises(Refusal):
        invitations.join(ruth.person, theirs)
    assert open_offers_for(ruth.person) == []


def test_a_second_relationship_of_the_same_two_is_said_to_be_one(cast: Cast) -> None:
    again = invited(starting.start(cast.ada_person, name="Ben"), cast.ben_person.email)
    invitations.answer(again, "yes")
    page = cast.ben_browser.get("/invitation/join").content.decode()
    assert "You and Ada Lane have a relationship here already" in page and f'href="/r/{cast.key}"' in page


# ── Letters that do not arrive ──


def test_a_letter_given_up_after_days_is_not_called_on_its_way(ruth: Seat, settings: object) -> None:
    invited(ruth)
    browser, path = signed_in(ruth.person), f"/r/{ruth.key}/letter/sent"
    assert "is on its way" in browser.get(path).content.decode()
    settings.EMAIL_BACKEND = "tests.post.no_server.NoServer"  # type: ignore[attr-defined]
    for hours in (0, 80):
        with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(hours=hours)):
            deliver_due()
            page = browser.get(path).content.decode()
            front = browser.get(f"/r/{ruth.key}").content.decode()
    assert "did not reach Gil" in page and f"/r/{ruth.key}/letter/code" in page
    assert "on its way" not in page
    assert "did not reach Gil" in front and f"/r/{ruth.key}/letter/sent" in front


def test_the_letter_of_a_seat_kept_no_longer_does_not_leave(cast: Cast) -> None:
    offer = starting.offer_seat(cast.ada, name="Zed", email="zed@lane.example")
    starting.take_back(cast.ada, offer.key)
    deliver_due()
    assert not [m for m in mail.outbox if m.to == ["zed@lane.example"]]


def test_a_colleague_no_letter_reaches_is_said_so_and_told_by_mouth(cast: Cast) -> None:
    outbox.suppress("zed@lane.example", "seat-offer")
    starting.offer_seat(cast.ada, name="Zed", email="zed@lane.example")
    assert "No letter reaches zed@lane.example" in cast.ada_browser.get(f"/r/{cast.key}/colleagues").content.decode()


@pytest.mark.parametrize("goes", [gates.give_up_seat, gates.let_go])
def test_at_the_end_nothing_is_kept_of_whom_a_seat_was_offered(cast: Cast, goes: Callable[[Seat], None]) -> None:
    starting.offer_seat(cast.ada, name="Zed", email="zed@lane.example")
    starting.offer_seat(cast.ben, name="Yan", email="yan@moor.example")
    goes(cast.ada)
    assert not SeatOffer.objects.exists()
    deliver_due()
    assert not [m for m in mail.outbox if m.to in (["zed@lane.example"], ["yan@moor.example"])]


def test_a_seat_that_was_offered_a_month_ago_is_forgotten_taken_or_not(cast: Cast) -> None:
    starting.offer_seat(cast.ada, name="Zed", email="zed@lane.example")
    starting.take_offer(
        person("Yan Lane", "yan@lane.example", ""), starting.offer_seat(cast.ada, name="Yan", email="yan@lane.example")
    )
    now = dt.datetime.now(dt.UTC)
    assert starting.forget_offers(now + dt.timedelta(days=29)) == 0
    assert len(starting.offers_of(cast.ada)) == 1
    assert starting.forget_offers(now + dt.timedelta(days=31)) == 2
    assert Seat.objects.filter(relationship=cast.ada.relationship, left_at=None).count() == 3
