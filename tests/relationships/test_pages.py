"""The public pages and the hall's pages, through the front door: an invitation from the first word to the taken seat."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from goodword.ground.refusals import Refusal
from goodword.post.delivery import deliver_due
from goodword.relationships import invitations, starting
from goodword.relationships.models import Invitation, Relationship
from tests.cast import Cast, person, signed_in

ANSWER_BUTTONS = re.compile(r'name="answer" value="(\w+)"')


def letter_of(key: str) -> Invitation:
    """Return the invitation of the relationship with that key."""
    return Invitation.objects.get(relationship__key=key, revoked_at=None)


def path_of(link: str) -> str:
    """Return the path of a full address."""
    return "/" + link.split("/", 3)[3]


@pytest.fixture
def dora(db: None) -> Client:
    """Return a browser in which somebody without relationships is signed in."""
    return signed_in(person("Dora Pine", "dora@pine.example", "Pine Press"))


def started(browser: Client, **more: str) -> str:
    """Start a relationship through the front door; return its key."""
    said = {
        "name": "Tom Hale",
        "words": "You told me about the teapot.\n\nI repeated it.",
        "email": "tom@hale.example",
        **more,
    }
    answer = browser.post("/start", said)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"].split("/")[2])


@pytest.mark.parametrize("path", ["/", "/how-it-works", "/who-sees-what"])
def test_public_pages_open_for_anybody(db: None, path: str) -> None:
    answer = Client().get(path)
    assert answer.status_code == 200
    assert b"<h1" in answer.content


def test_how_it_works_tells_all_stages_and_reservations_frankly(db: None) -> None:
    text = Client().get("/how-it-works").content.decode()
    for said in (
        "You meet.",
        "Two briefings.",
        "You agree, and teach.",
        "You keep it up.",
        "The part most people skip",
        "never told what it says, how much there is, or that there is anything",
    ):
        assert said in text


def test_who_sees_what_names_the_risks_that_stay(db: None) -> None:
    text = Client().get("/who-sees-what").content.decode()
    assert "Sealed until shared" in text
    assert "Whoever runs this server" in text


def test_a_relationship_needs_only_a_name_and_a_sentence(dora: Client) -> None:
    answer = dora.post("/start", {"name": "", "words": ""})
    assert answer.status_code == 422
    assert "Write their name" in answer.content.decode()
    assert dora.get("/start").status_code == 200
    assert started(dora, email="")


def test_the_preview_shows_the_letter_and_nothing_has_gone(dora: Client) -> None:
    key = started(dora)
    text = dora.get(f"/r/{key}/letter").content.decode()
    assert "You told me about the teapot." in text
    assert 'value="mail"' in text
    deliver_due()
    assert mail.outbox == []


def test_without_an_address_the_letter_can_only_be_shown(dora: Client) -> None:
    text = dora.get(f"/r/{started(dora, email='')}/letter").content.decode()
    assert 'value="mail"' not in text
    assert 'value="code"' in text


def test_the_words_can_be_changed_before_the_letter_goes(dora: Client) -> None:
    key = started(dora)
    assert "You told me about the teapot." in dora.get(f"/r/{key}/letter/words").content.decode()
    assert dora.post(f"/r/{key}/letter/words", {"words": ""}).status_code == 422
    assert dora.post(f"/r/{key}/letter/words", {"words": "Better words."}).status_code == 302
    assert "Better words." in dora.get(f"/r/{key}/letter").content.decode()


def offer(browser: Client, key: str, how: str) -> Any:
    """Look at the letter as it will arrive, and let it go."""
    seen = browser.get(f"/r/{key}/letter").content.decode().split('name="seen" value="')[1].split('"')[0]
    return browser.post(f"/r/{key}/letter", {"how": how, "seen": seen})


def test_a_letter_changed_in_another_tab_is_shown_again_and_does_not_go(dora: Client) -> None:
    key = started(dora)
    seen = dora.get(f"/r/{key}/letter").content.decode().split('name="seen" value="')[1].split('"')[0]
    for changed in (
        {"words": "Better words.", "email": "tom@hale.example"},
        {"words": "Better words.", "email": "not@tom.example"},
    ):
        dora.post(f"/r/{key}/letter/words", changed)
        answer = dora.post(f"/r/{key}/letter", {"how": "mail", "seen": seen})
        assert answer.status_code == 422 and "The words have changed since you looked" in answer.content.decode()
        assert "Better words." in answer.content.decode()
    deliver_due()
    assert not mail.outbox
    offer(dora, key, "mail")
    deliver_due()
    assert [one.to for one in mail.outbox] == [["not@tom.example"]]


def test_from_the_first_word_to_the_taken_seat_without_an_account(dora: Client) -> None:
    key = started(dora)
    assert offer(dora, key, "mail")["Location"] == f"/r/{key}/letter/sent"
    assert dora.get(f"/r/{key}/letter/sent").status_code == 200
    deliver_due()
    assert [one.to for one in mail.outbox] == [["tom@hale.example"]]
    tom = Client()
    link = path_of(re.search(r"https?://\S+/i/[\w-]+", str(mail.outbox[0].body))[0])  # type: ignore[index]
    letter = tom.get(link).content.decode()
    assert "You told me about the teapot." in letter
    assert ANSWER_BUTTONS.findall(letter) == ["yes", "not_now", "no"]
    assert "Dora" not in re.search(r"<title>(.*?)</title>", letter)[1]  # type: ignore[index]
    assert tom.post(link, {"answer": "yes"})["Location"] == "/invitation"
    assert "Send me the code" in tom.get("/invitation").content.decode()
    assert tom.post("/invitation")["Location"] == "/sign-in/code"
    deliver_due()
    code = next(
        re.search(r"\b\d{6}\b", one) for one in map(str, (each.subject for each in mail.outbox)) if "code" in one
    )
    assert code is not None
    assert tom.post("/sign-in/code", {"code": code[0]})["Location"] == "/invitation/join"
    assert "Dora Pine" in tom.get("/invitation/join").content.decode()
    assert tom.post("/invitation/join", {"seat": letter_of(key).key})["Location"] == f"/r/{key}"
    assert Relationship.objects.get(key=key).shared_since is not None
    deliver_due()
    assert any("has taken a seat" in one.subject for one in mail.outbox)


def test_a_letter_without_an_address_is_bound_to_the_first_one_given(dora: Client) -> None:
    key = started(dora, email="")
    offer(dora, key, "code")
    shown = dora.get(f"/r/{key}/letter/code").content.decode()
    link = path_of(invitations.link_to(letter_of(key)))
    assert link in shown
    tom = Client()
    tom.post(link, {"answer": "yes"})
    assert "Your e-mail address" in tom.get("/invitation").content.decode()
    assert tom.post("/invitation", {"email": "not an address"}).status_code == 422
    assert tom.post("/invitation", {"email": "tom@hale.example"})["Location"] == "/sign-in/code"


@pytest.mark.parametrize(
    ("said", "heading"), [("no", "That is fine. Nothing else happens."), ("not_now", "Not now is a good answer")]
)
def test_every_answer_has_a_kind_page(dora: Client, said: str, heading: str) -> None:
    key = started(dora)
    offer(dora, key, "code")
    tom = Client()
    assert tom.post(path_of(invitations.link_to(letter_of(key))), {"answer": said}).status_code == 302
    assert heading in tom.get("/invitation").content.decode()
    deliver_due()
    assert len(mail.outbox) == 1


def test_a_letter_taken_back_or_never_made_opens_the_same_page(dora: Client) -> None:
    key = started(dora)
    offer(dora, key, "code")
    link = path_of(invitations.link_to(letter_of(key)))
    assert dora.post(f"/r/{key}/letter/back").status_code == 302
    gone = Client().get(link)
    assert gone.status_code == 200
    assert "not open" in gone.content.decode()
    assert Client().get("/i/" + "x" * 43).content == gone.content


def test_not_me_closes_the_letter_by_a_button_only(dora: Client) -> None:
    key = started(dora)
    offer(dora, key, "code")
    link = path_of(invitations.link_to(letter_of(key)))
    assert Client().get(f"{link}/not-me").status_code == 200
    assert "teapot" in Client().get(link).content.decode()
    assert Client().post(f"{link}/not-me").status_code == 302
    assert "teapot" not in Client().get(link).content.decode()


def test_words_are_shown_as_text_whatever_they_contain(dora: Client) -> None:
    key = started(dora, words="<script>alert(1)</script> \u202e😀 https://evil.example")
    text = dora.get(f"/r/{key}/letter").content.decode()
    assert "<script>alert" not in text
    assert 'href="https://evil.example' not in text


def test_the_cast_reads_who_sits_where(cast: Cast) -> None:
    text = cast.ben_browser.get(f"/r/{cast.key}/colleagues").content.decode()
    assert "Ada Lane" in text
    assert cast.ben_browser.post(f"/r/{cast.key}/colleagues", {"name": "", "email": ""}).status_code == 422
    added = cast.ben_browser.post(f"/r/{cast.key}/colleagues", {"name": "Bo Moor", "email": "bo@moor.example"})
    assert added.status_code == 302
    assert "A seat is kept for them" in cast.ben_browser.get(f"/r/{cast.key}/colleagues").content.decode()


def test_a_stranger_finds_none_of_it(cast: Cast) -> None:
    for page in ("letter", "letter/words", "letter/sent", "letter/code", "colleagues"):
        assert cast.cleo_browser.get(f"/r/{cast.key}/{page}").status_code == 404


def test_somebody_who_gave_up_their_seat_finds_none_of_it(cast: Cast) -> None:
    browser = signed_in(cast.eve_person)
    for page in ("", "/colleagues", "/reservations", "/gate", "/what-they-see"):
        assert browser.get(f"/r/{cast.key}{page}").status_code == 404


def test_starting_alone_shows_an_empty_chair(dora: Client) -> None:
    somebody = person("Finn Day", "finn@day.example", "Day Dairy")
    seat = starting.start(somebody, name="Gil Hay")
    assert "Has not joined yet" in signed_in(somebody).get(f"/r/{seat.key}/colleagues").content.decode()


def test_a_colleague_who_leaves_the_firm_loses_the_seat_and_the_side_its_offers(cast: Cast) -> None:
    address, abe = f"/r/{cast.key}/colleagues", signed_in(cast.abe.person)
    cast.ada_browser.post(address, {"name": "Amy Lane", "email": "amy@lane.example"})
    page = cast.ada_browser.get(address).content.decode()
    assert "Amy Lane" in page
    assert "Amy Lane" not in cast.ben_browser.get(address).content.decode()
    assert "abe@lane.example" not in cast.ben_browser.get(address).content.decode()
    (offer,) = starting.offers_of(cast.ada)
    assert cast.ben_browser.post(address, {"act": "back", "who": offer.key}).status_code == 302
    assert starting.offers_of(cast.ada) == [offer]
    cast.ada_browser.post(address, {"act": "back", "who": offer.key})
    assert starting.offers_of(cast.ada) == []
    cast.ben_browser.post(address, {"act": "away", "who": "abe@lane.example"})
    assert abe.get(f"/r/{cast.key}").status_code == 200
    cast.ada_browser.post(address, {"act": "away", "who": "abe@lane.example"})
    assert abe.get(f"/r/{cast.key}").status_code == 404


def test_a_kept_seat_waits_for_a_month(cast: Cast) -> None:
    offer = starting.offer_seat(cast.ada, name="Cleo", email=cast.cleo_person.email)
    with time_machine.travel(timezone.now() + dt.timedelta(days=31)):
        assert starting.offers_for(cast.cleo_person) == []
        with pytest.raises(Refusal):
            starting.take_offer(cast.cleo_person, offer)


def test_the_page_of_the_letters_words_is_the_proposers_alone(cast: Cast) -> None:
    assert cast.ada_browser.get(f"/r/{cast.key}/letter/words").status_code == 200
    assert cast.ben_browser.get(f"/r/{cast.key}/letter/words").status_code == 409


def test_who_has_not_said_their_name_is_asked_once_when_they_begin(cast: Cast) -> None:
    nameless = person("", "new@comer.example", "")
    browser = signed_in(nameless)
    said = {"name": "Gil Guest", "words": "You told me about the pot of tea."}
    answer = browser.post("/start", said)
    assert answer.status_code == 422
    assert "Write your name" in answer.content.decode()
    assert "the pot of tea" in answer.content.decode()
    letter = browser.post("/start", {**said, "own_name": "Nia Comer"}, follow=True).content.decode()
    assert "Nia" in letter
    assert "own_name" not in browser.get("/start").content.decode()
    assert "own_name" not in cast.ada_browser.get("/start").content.decode()
