"""“We met last Tuesday” sets the tense: of the letter, its subject, its buttons, the answer to it, and the story (M9)."""

from __future__ import annotations

import datetime as dt
import html
import re

import pytest
from django.core import mail
from django.test import Client
from django.utils import formats, timezone

from goodword.encounters.actions import plans as encounters
from goodword.encounters.models import Encounter
from goodword.encounters.queries import pages as held
from goodword.encounters.rules import EncounterKind
from goodword.post.delivery import deliver_due
from goodword.relationships import invitations, starting
from goodword.relationships.doorway import seat_of
from goodword.relationships.models import Seat
from goodword.relationships.steps import Step
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
    seat, page, day = letter_of(met=True)
    (written,) = sent()
    assert written.startswith(f"Ada Lane, after you met on {formats.date_format(day, 'l j F')}")
    guest = Client()
    shown = guest.get(page).content.decode()
    said = guest.post(page, {"answer": "yes"}, follow=True).content.decode()
    told = next(one for one in sent() if "said yes" in one)
    asker = signed_in(seat.person).get(f"/r/{seat.key}").content.decode()
    assert "Tom takes the seat whenever they like, from your letter" in asker and "the code we sent" not in asker
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


def values(page: str) -> dict[str, str]:
    """Return what stands in the fields of a page: name -> value."""
    tags = [dict(re.findall(r'(\w+)="([^"]*)"', tag)) for tag in re.findall(r"<input[^>]*>", page)]
    return {tag["name"]: html.unescape(tag.get("value", "")) for tag in tags if "name" in tag}


def joined_world(noted: bool) -> tuple[Seat, Seat, dt.date]:
    """Let Tom join by a letter that tells of a meeting which Ada noted for herself, elsewhere and otherwise, or did not."""
    seat, page, day = letter_of(met=True)
    if noted:
        encounters.record(seat, happened_on=day, place="Zinnober Bar", who="his partner")
    Client().post(page, {"answer": "yes"})
    tom = person("Tom Hale", "tom@hale.example", "Hale Roofs")
    theirs = invitations.join(tom, invitations.waiting_for(tom)[0])
    return seat_of(seat.person, seat.relationship_key), theirs, day


@pytest.mark.parametrize("noted", [False, True], ids=["not-noted", "noted"])
def test_the_meeting_a_letter_tells_of_is_on_the_table_whether_or_not_it_was_noted_too(noted: bool) -> None:
    ours, theirs, day = joined_world(noted)
    (seen,) = Encounter.objects.visible_to(theirs)
    assert (seen.happened_on, seen.place, seen.step) == (day, "Lantern Café", Step.EXPLORE)
    shown = signed_in(theirs.person).get(f"/r/{theirs.relationship_key}/encounters").content.decode()
    assert shown.count("Lantern Café") == 1 and "Zinnober" not in shown and "his partner" not in shown
    assert held.has_met_in_step(theirs) and held.has_met_in_step(ours)


def test_what_was_noted_of_that_day_is_read_once_and_is_not_asked_for_again() -> None:
    ours, _theirs, _day = joined_world(noted=True)
    shown = signed_in(ours.person).get(f"/r/{ours.relationship_key}/encounters").content.decode()
    assert "Zinnober" not in shown and "Had you met already" not in shown and "From before" not in shown
    assert shown.count("Lantern Café") == 1


def test_saying_again_that_it_was_the_first_meeting_changes_nothing() -> None:
    ours, theirs, day = joined_world(noted=True)
    assert encounters.record_first_meeting(ours, day, "Elsewhere") is None
    assert Encounter.objects.visible_to(theirs).count() == 1


def test_a_meeting_noted_before_the_letter_sets_its_tense() -> None:
    ada, day = person("Ada Lane", "ada@lane.example", "Lane Law"), timezone.localdate() - TUESDAY
    seat = starting.start(ada, name="Dr Tom Hale")
    starting.keep_alone(seat)
    encounters.record(seat, happened_on=day, place="Lantern Café")
    browser, page = signed_in(ada), f"/r/{seat.relationship_key}/letter"
    begun = values(browser.get(f"{page}/words").content.decode())
    assert begun["met_on"] == day.isoformat() and begun["met_where"] == "Lantern Café"
    browser.post(f"{page}/words", begun | {"words": "I’d like to go on.", "email": "tom@hale.example"})
    browser.post(page, values(browser.get(page).content.decode()) | {"how": "mail"})
    (written,) = sent()
    assert written.startswith(f"Ada Lane, after you met on {formats.date_format(day, 'l j F')}")
    assert "You met on" in (shown := browser.get(page).content.decode()) and "Lantern Café" in shown


def test_a_call_noted_before_the_letter_is_no_meeting() -> None:
    ada = person("Ada Lane", "ada@lane.example", "Lane Law")
    seat = starting.start(ada, name="Dr Tom Hale")
    starting.keep_alone(seat)
    encounters.record(seat, happened_on=timezone.localdate() - TUESDAY, place="", kind=EncounterKind.PHONE)
    begun = values(signed_in(ada).get(f"/r/{seat.relationship_key}/letter/words").content.decode())
    assert not begun["met_on"] and not begun["met_where"]
