"""“We met last Tuesday” sets the tense: of the letter, its subject, its buttons, the answer to it, and the story (M9)."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail
from django.test import Client
from django.utils import formats, timezone

from goodword.encounters import actions as encounters
from goodword.post.delivery import deliver_due
from goodword.relationships import invitations, starting
from goodword.relationships.models import Seat
from tests.cast import Cast, person, signed_in

pytestmark = pytest.mark.django_db
TUESDAY = dt.timedelta(days=4)


def letter_of(met: bool) -> tuple[Seat, str, dt.date]:
    """Send a letter from Ada to Dr Tom Hale, whom she has met or not; return her seat, its page and the day."""
    ada = person("Ada Lane", "ada@lane.example", "Lane Law")
    seat, day = starting.start(ada, name="Dr Tom Hale"), timezone.localdate() - TUESDAY
    found = {"met_on": day, "met_where": "Lantern Café"} if met else {}
    invitations.write(seat, words="I’d like to know your work.", address="tom@hale.example", **found)  # type: ignore[arg-type]
    letter = invitations.offer(seat, by_mail=True)
    return seat, f"/i/{invitations.token_of(letter)}", day


def sent() -> list[str]:
    """Everything the post has brought so far, subject first."""
    while deliver_due():
        pass
    return [f"{one.subject}\n{one.body}\n{one.alternatives[0].content}" for one in mail.outbox]  # type: ignore[attr-defined]


def test_a_letter_after_a_meeting_asks_to_go_on_in_every_place() -> None:
    _seat, page, day = letter_of(met=True)
    (written,) = sent()
    assert written.startswith(f"Ada Lane, after you met on {formats.date_format(day, 'l j F')}")
    guest = Client()
    shown = guest.get(page).content.decode()
    said = guest.post(page, {"answer": "yes"}, follow=True).content.decode()
    told = next(one for one in sent() if "said yes" in one)
    assert "You met on" in shown and "Lantern Café" in shown
    assert "knows that you’d like to go on" in said and "would like to go on" in told
    for text in (written, shown, said, told):
        assert not any(
            words in text
            for words in ("let’s meet", "an hour with you", "like to meet", "first hour", "until you’ve met")
        )
    assert "let’s go on" in written and "let’s go on" in shown


def test_a_letter_before_any_meeting_asks_for_one() -> None:
    _seat, page, _day = letter_of(met=False)
    (written,) = sent()
    assert written.startswith("Ada Lane would like an hour with you")
    guest = Client()
    assert "Yes, let’s meet" in guest.get(page).content.decode()
    assert "knows that you’d like to meet" in guest.post(page, {"answer": "yes"}, follow=True).content.decode()


def test_a_title_is_no_first_name() -> None:
    _seat, page, _day = letter_of(met=True)
    for text in (*sent(), Client().get(page).content.decode()):
        assert "Dear Dr," not in text and ("Dear Tom," in text or "Dear Dr Hale," in text)


def test_the_story_says_when_they_met_and_not_when_it_was_written() -> None:
    cast = Cast()
    day = timezone.localdate() - TUESDAY
    encounters.record(cast.ada, happened_on=day, place="Lantern Café", counts_now=True)
    story = signed_in(cast.ben_person).get(f"/r/{cast.key}/story").content.decode()
    assert f"{formats.date_format(day, 'j F')}</time>, Lantern Café" in story
    assert f'datetime="{day.isoformat()}"' in story
