"""Invitations: open to anybody who reads, binding for nobody who only holds the link (M4, M5, M12; T27 to T40)."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine
from django.core import mail
from django.test import Client

from goodword.gates import actions as gates
from goodword.ground.refusals import Refusal
from goodword.post.delivery import deliver_due
from goodword.relationships import invitations, starting
from goodword.relationships.journal import Event
from goodword.relationships.models import Invitation, Relationship, Seat
from tests.cast import Cast, person, signed_in

pytestmark = pytest.mark.django_db
GIL = "gil@guest.example"


@pytest.fixture
def ruth() -> Seat:
    return starting.start(
        person("Ruth Adeyemi", "ruth@adeyemi.example", "Adeyemi & Lowe"), name="Gil Guest", town="Romiley"
    )


def invited(ruth: Seat, address: str = GIL, *, by_mail: bool = True) -> Invitation:
    letter = invitations.write(ruth, words="You told me about the pot of tea.", address=address)
    invitations.offer(ruth, by_mail=by_mail)
    letter.refresh_from_db()
    return letter


def path_to(letter: Invitation) -> str:
    return f"/i/{invitations.token_of(letter)}"


def code_from_mail() -> str:
    deliver_due()
    letter = next(m for m in reversed(mail.outbox) if "code" in m.subject)
    found = re.search(r"\d{6}", str(letter.subject))
    assert found
    return found.group()


def test_m12_yes_takes_two_taps_and_no_account(ruth: Seat) -> None:
    letter, guest = invited(ruth), Client()
    assert guest.get(path_to(letter)).status_code == 200
    assert guest.post(path_to(letter), {"answer": "yes"}).status_code == 302
    letter.refresh_from_db()
    assert letter.answer == "yes"


def test_a_bare_yes_opens_nothing_private_and_the_mailbox_gets_a_receipt(ruth: Seat) -> None:
    letter, guest = invited(ruth), Client()
    guest.post(path_to(letter), {"answer": "yes"})
    assert guest.get(f"/r/{ruth.key}").status_code == 302
    assert Relationship.objects.get(pk=ruth.relationship_id).shared_since is None
    deliver_due()
    assert [m for m in mail.outbox if m.to == [GIL] and "Your answer" in m.subject]


def test_the_code_sent_to_the_invited_address_gives_the_seat(ruth: Seat) -> None:
    letter, guest = invited(ruth), Client()
    guest.post(path_to(letter), {"answer": "yes"})
    guest.post("/invitation")
    assert guest.post("/sign-in/code", {"code": code_from_mail()}).headers["Location"] == "/invitation/join"
    answer = guest.post("/invitation/join", {"seat": letter.key})
    assert answer.headers["Location"] == f"/r/{ruth.key}"
    assert guest.get(f"/r/{ruth.key}").status_code == 200


def test_reading_the_letter_any_number_of_times_changes_nothing(ruth: Seat) -> None:
    letter = invited(ruth)
    before = Invitation.objects.filter(pk=letter.pk).values().get()
    for _ in range(3):
        Client().get(path_to(letter))
        Client().head(path_to(letter))
    assert Invitation.objects.filter(pk=letter.pk).values().get() == before


def test_the_bare_link_shows_names_and_words_and_nothing_else(ruth: Seat) -> None:
    page = Client().get(path_to(invited(ruth))).content.decode()
    assert "Ruth" in page and "pot of tea" in page
    assert "ruth@adeyemi.example" not in page
    assert GIL not in page  # whoever it was passed on to learns no address
    assert ruth.key not in page
    title = re.search(r"<title>(.*?)</title>", page, re.S)
    assert title and "Ruth" not in title.group(1)


def test_no_ends_it_kindly_and_is_final_after_three_days(ruth: Seat) -> None:
    letter, guest = invited(ruth), Client()
    guest.post(path_to(letter), {"answer": "no"})
    assert Relationship.objects.get(pk=ruth.relationship_id).ended_at
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=3, minutes=1)):
        page = guest.get(path_to(letter)).content.decode()
        assert "That is fine" in page and 'value="yes"' not in page, "a no is not asked again"
        guest.post(path_to(letter), {"answer": "yes"})
    letter.refresh_from_db()
    assert letter.answer == "no"


@pytest.mark.parametrize("pressed", ["yes", "not_now", "no", "not_me"])
@pytest.mark.parametrize("meant", ["yes", "not_now", "no"])
def test_what_a_machine_pressed_the_person_puts_right_in_one_tap(ruth: Seat, pressed: str, meant: str) -> None:
    letter = invited(ruth)
    for button in ("yes", "not_now", "no", "not_me", pressed):
        Client().post(path_to(letter), {"answer": button})
    page = Client().get(path_to(letter)).content.decode()
    assert "Answered on" in page
    if meant != pressed:
        assert f'value="{meant}"' in page
        Client().post(path_to(letter), {"answer": meant})
    letter.refresh_from_db()
    assert (letter.answer, letter.revoked_at) == (meant, None)
    assert bool(Relationship.objects.get(pk=ruth.relationship_id).ended_at) == (meant == "no")
    deliver_due()
    told = [m for m in mail.outbox if m.to == [ruth.person.email]]
    assert len(told) == 1, "the inviter hears what stands, not every press before it left"


def test_nothing_is_put_right_once_the_other_side_let_go_or_somebody_joined(ruth: Seat) -> None:
    letter = invited(ruth)
    invitations.answer(letter, "yes")
    gil = person("Gil Guest", GIL, "Guest & Sons")
    seat = invitations.join(gil, letter)
    assert invitations.answer(letter, "no") == "yes"
    assert seat.open
    other = starting.start(ruth.person, name="Nora")
    second = invited(other, "nora@guest.example")
    gates.let_go(other)
    assert invitations.answer(second, "yes") == ""


def test_an_answer_says_how_to_ring_and_when_it_was_given(ruth: Seat) -> None:
    ruth.person.phone = "0161 496 0000"
    ruth.person.save()
    letter, guest = invited(ruth), Client()
    guest.post(path_to(letter), {"answer": "yes"})
    page = guest.get("/invitation").content.decode()
    assert 'href="tel:01614960000"' in page
    assert "Answered on" in page


def test_the_link_of_the_first_letter_leads_on_for_ever_to_whoever_joined_by_it(ruth: Seat) -> None:
    letter = invited(ruth)
    invitations.answer(letter, "yes")
    gil = person("Gil Guest", GIL, "")
    invitations.join(gil, letter)
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=200)):
        assert signed_in(gil).get(path_to(letter)).headers["Location"] == f"/r/{ruth.key}"
        elsewhere = Client()
        page = elsewhere.get(path_to(letter)).content.decode()
        assert "The seat is taken" in page and GIL not in page
        assert elsewhere.post(path_to(letter)).headers["Location"] == "/sign-in/code"


def test_yes_can_follow_not_now(ruth: Seat) -> None:
    letter, guest = invited(ruth), Client()
    guest.post(path_to(letter), {"answer": "not_now"})
    guest.post(path_to(letter), {"answer": "yes"})
    letter.refresh_from_db()
    assert letter.answer == "yes"


@pytest.mark.parametrize("odd", ["", "maybe", "YES", "x" * 10_000, "yes\x00"])
def test_odd_answers_are_no_answers(ruth: Seat, odd: str) -> None:
    letter = invited(ruth)
    assert Client().post(path_to(letter), {"answer": odd}).status_code == 200
    letter.refresh_from_db()
    assert letter.answer == ""


def test_a_link_taken_back_looks_like_one_that_never_was(ruth: Seat) -> None:
    letter = invited(ruth)
    invitations.take_back(ruth)
    gone, never = Client().get(path_to(letter)), Client().get("/i/" + "x" * 43)
    assert gone.status_code == never.status_code
    assert gone.content == never.content


def test_a_letter_taken_back_before_it_left_is_not_sent(ruth: Seat) -> None:
    invited(ruth)
    invitations.take_back(ruth)
    deliver_due()
    assert not [m for m in mail.outbox if m.to == [GIL]]


def test_an_old_link_does_not_open(ruth: Seat) -> None:
    letter = invited(ruth)
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=61)):
        assert invitations.by_token(invitations.token_of(letter)) is None


def test_a_link_shown_without_an_address_is_bound_to_the_first_one_given(ruth: Seat) -> None:
    letter = invited(ruth, "", by_mail=False)
    invitations.answer(letter, "yes")
    invitations.bind(letter, GIL)
    with pytest.raises(Refusal):
        invitations.bind(letter, "mallory@else.example")


def test_somebody_who_was_not_invited_cannot_take_the_seat(ruth: Seat) -> None:
    letter = invited(ruth)
    invitations.answer(letter, "yes")
    with pytest.raises(Refusal):
        invitations.join(person("Mallory", "mallory@else.example", ""), letter)


def test_t21_the_same_person_cannot_sit_on_both_sides(ruth: Seat) -> None:
    with pytest.raises(Refusal, match="your own address"):
        invited(ruth, "Ruth@Adeyemi.example")
    letter = invited(ruth, "", by_mail=False)
    invitations.answer(letter, "yes")
    invitations.bind(letter, "ruth@adeyemi.example")
    with pytest.raises(Refusal):
        invitations.join(ruth.person, letter)


def test_joining_twice_is_joining_once(ruth: Seat) -> None:
    letter = invited(ruth)
    invitations.answer(letter, "yes")
    gil = person("Gil Guest", GIL, "Guest & Sons")
    assert invitations.join(gil, letter).pk == invitations.join(gil, letter).pk


def test_not_me_closes_this_letter_and_this_inviters_way_by_mail_and_nobody_elses(ruth: Seat) -> None:
    letter = invited(ruth)
    Client().post(path_to(letter) + "/not-me")
    letter.refresh_from_db()
    assert letter.revoked_at
    deliver_due()
    mail.outbox.clear()
    again = starting.start(ruth.person, name="Gil again")
    invitations.write(again, words="Once more.", address=GIL)
    page = signed_in(ruth.person).get(f"/r/{again.key}/letter").content.decode()
    assert "don’t write letters to" in page and 'value="mail"' not in page and 'value="code"' in page
    with pytest.raises(Refusal, match="don’t write letters"):
        invitations.offer(again, by_mail=True)
    invitations.offer(again, by_mail=False)
    invited(starting.start(person("Nia Else", "nia@else.example", ""), name="Gil"))
    deliver_due()
    assert [m.reply_to for m in mail.outbox if m.to == [GIL]] == [["nia@else.example"]]


def test_whoever_was_not_me_by_a_slip_opens_the_letter_again(ruth: Seat) -> None:
    letter, guest = invited(ruth), Client()
    answer = guest.post(path_to(letter) + "/not-me", follow=True).content.decode()
    assert "This letter is closed" in answer and 'value="yes"' in answer
    guest.post("/invitation", {"answer": "yes"})
    letter.refresh_from_db()
    assert (letter.answer, letter.revoked_at) == ("yes", None)
    other = starting.start(ruth.person, name="Gil")
    invited(other)  # by mail again: the bar went with the slip


def test_nothing_of_the_time_alone_is_shown_to_the_one_who_joins(ruth: Seat) -> None:
    letter = invited(ruth)
    invitations.answer(letter, "yes")
    gil = invitations.join(person("Gil Guest", GIL, ""), letter)
    gil.relationship.refresh_from_db()
    assert {event.verb for event in Event.objects.visible_to(gil)} == {"joined"}
    ruth.relationship.refresh_from_db()
    assert "started" in {event.verb for event in Event.objects.visible_to(ruth)}


def test_the_letter_in_the_mail_says_what_the_preview_said(ruth: Seat) -> None:
    invitations.write(ruth, words="You told me about the pot of tea.", address=GIL)
    preview = signed_in(ruth.person).get(f"/r/{ruth.key}/letter").content.decode()
    invitations.offer(ruth, by_mail=True)
    deliver_due()
    sent = mail.outbox[-1]
    assert "pot of tea" in preview and "pot of tea" in sent.body
    assert sent.reply_to == ["ruth@adeyemi.example"]
    assert "Ruth Adeyemi via Goodword" in sent.from_email


def test_addresses_in_letters_come_from_the_configured_base_only(ruth: Seat) -> None:
    browser = signed_in(ruth.person)
    invitations.write(ruth, words="Hello.", address=GIL)
    seen = browser.get(f"/r/{ruth.key}/letter").content.decode().split('name="seen" value="')[1].split('"')[0]
    sent = {"how": "mail", "seen": seen}
    browser.post(f"/r/{ruth.key}/letter", sent, headers={"X-Forwarded-Host": "evil.example"})
    deliver_due()
    assert "evil.example" not in str(mail.outbox[-1].body)


def test_a_colleague_of_the_other_side_cannot_be_seated_on_ours(cast: Cast) -> None:
    offer = starting.offer_seat(cast.ada, name="Ben", email="ben@moor.example")
    with pytest.raises(Refusal):
        starting.take_offer(cast.ben_person, offer)


def test_offering_a_seat_says_the_same_whoever_the_address_belongs_to(cast: Cast) -> None:
    answers = []
    for address in ("ben@moor.example", cast.cleo_person.email, "never@seen.example"):
        answer = cast.ada_browser.post(f"/r/{cast.key}/colleagues", {"name": "Zed", "email": address}, follow=True)
        page = answer.content.decode()
        assert "Cleo" not in page
        (offer,) = starting.offers_of(cast.ada)
        answers.append(re.sub(r'value="[^"]{60,}"', "", page).replace(offer.key, ""))
        starting.take_back(cast.ada, offer.key)
    assert len(set(answers)) == 1


def test_nobody_is_seated_by_somebody_elses_say_so(cast: Cast) -> None:
    starting.offer_seat(cast.ada, name="Cleo", email=cast.cleo_person.email)
    assert cast.cleo_browser.get(f"/r/{cast.key}").status_code == 404


def test_t29_a_yes_forged_from_the_bare_link_seats_nobody_by_itself(cast: Cast) -> None:
    eve = starting.start(person("Eve Else", "eve@else.example", ""), name="Cleo")
    forged = invitations.write(eve, words="Hello", address=cast.cleo_person.email)
    invitations.offer(eve, by_mail=False)
    invitations.answer(forged, "yes")
    cast.cleo_browser.post("/invitation/join", {"seat": "x" * 22})
    assert cast.cleo_browser.get(f"/r/{eve.key}").status_code == 404


def test_nobody_joins_what_was_let_go_of(ruth: Seat) -> None:
    letter = invited(ruth)
    invitations.answer(letter, "yes")
    gates.let_go(ruth)
    with pytest.raises(Refusal):
        invitations.join(person("Gil Guest", GIL, ""), letter)


def test_an_address_is_written_to_twice_at_most(ruth: Seat) -> None:
    for _ in range(2):
        invited(ruth)
        invitations.take_back(ruth)
    invitations.write(ruth, words="Once more", address=GIL)
    with pytest.raises(Refusal):
        invitations.offer(ruth, by_mail=True)


def test_the_last_person_of_a_side_cannot_slip_away(cast: Cast) -> None:
    with pytest.raises(Refusal):
        starting.leave(cast.ada, "ada@lane.example")


def test_whoever_was_taken_off_a_side_does_not_come_back_by_an_older_offer(cast: Cast) -> None:
    starting.offer_seat(cast.ada, name="Abe Lane", email="abe@lane.example")
    abe = cast.abe.person
    starting.offer_seat(cast.ada, name="Abe Lane", email="Abe@lane.example")
    assert starting.offers_for(abe)
    starting.leave(cast.ada, "abe@lane.example")
    assert starting.offers_for(abe) == []
