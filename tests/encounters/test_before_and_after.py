"""Before an encounter one prepares, on a page of one's own; after it come thanks, the check and the next date."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from goodword.briefings.actions import conversation as briefings
from goodword.encounters.actions import plans, writing
from goodword.encounters.models import Encounter, Thanks
from goodword.encounters.rules import EncounterKind
from goodword.post.delivery import deliver_due
from goodword.reservations.actions import keeping
from tests.cast import Cast, signed_in
from tests.encounters.at_hand import planned


def page_of(client: Any, route: str, cast: Cast, it: Encounter) -> str:
    """Return what a page of an encounter says."""
    answer = client.get(reverse(route, args=[cast.key, it.key]))
    assert answer.status_code == 200
    text: str = answer.content.decode()
    return text


@pytest.fixture
def met(cast: Cast) -> Encounter:
    """Return the encounter held yesterday."""
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    return plans.record(cast.ada, happened_on=yesterday, place="The Lantern Café", kind=EncounterKind.MEETING)


def test_one_prepares_with_ones_questions_hesitations_and_what_one_learned_last_time(
    cast: Cast, met: Encounter, django_assert_max_num_queries: Any
) -> None:
    writing.write_conclusion(cast.ben, met, text="Ben shows Ada the workshop.", upon=0)
    writing.note_for_me(cast.ada, met, text="Ask about the fitters")
    writing.say_rapport(cast.ada, met, "Good company")
    briefings.prepare(cast.ada, text="How do people find you?")
    keeping.keep(cast.ada, drawer="mine", text="Would they ring back, though?")
    it = planned(cast.ada)
    page_of(cast.ada_browser, "encounter-prepare", cast, it)
    with django_assert_max_num_queries(12):
        ada = page_of(cast.ada_browser, "encounter-prepare", cast, it)
    for words in (
        "How do people find you?",
        "Would they ring back, though?",
        "Ben shows Ada the workshop.",
        "Ask about the fitters",
        "Good company",
    ):
        assert words in ada
    assert page_of(cast.ben_browser, "encounter-prepare", cast, it).count('class="said"') == 1  # what both agreed


def test_who_prepares_for_the_first_time_is_told_what_could_stand_there(cast: Cast) -> None:
    page = page_of(cast.ben_browser, "encounter-prepare", cast, planned(cast.ada))
    assert "No question is waiting." in page
    assert "This is the first time." in page


def test_thanks_are_said_once_and_reach_the_other_side_by_letter(cast: Cast, met: Encounter) -> None:
    address = reverse("encounter-thanks", args=[cast.key, met.key])
    empty = cast.ada_browser.post(address, {"text": " "})
    assert "Write a word or two" in empty.content.decode()
    for _ in range(2):
        assert cast.ada_browser.post(address, {"text": "For the hour, & the <cake>"}).status_code == 302
    mail.outbox.clear()
    deliver_due()
    (letter,) = [one for one in mail.outbox if one.subject == "Ada thanks you"]
    assert letter.to == ["ben@moor.example"]
    assert "For the hour, & the <cake>" in letter.body
    assert "For the hour, &amp; the &lt;cake&gt;" in page_of(cast.ben_browser, "encounter", cast, met)
    assert "Ada thanked you" in cast.ben_browser.get(reverse("relationship", args=[cast.key])).content.decode()
    assert Thanks.objects.visible_to(cast.ben).count() == 1


def test_nobody_is_thanked_for_what_is_still_to_come(cast: Cast) -> None:
    answer = cast.ada_browser.post(
        reverse("encounter-thanks", args=[cast.key, planned(cast.ada).key]), {"text": "For it"}
    )
    assert "Thanks come after" in answer.content.decode()
    assert "For it" in answer.content.decode()
    assert not Thanks.objects.visible_to(cast.ada).exists()


def test_after_it_the_check_the_thanks_and_the_next_date_are_offered_for_a_while(cast: Cast, met: Encounter) -> None:
    fresh = page_of(cast.ben_browser, "encounter", cast, met)
    for route in ("reservation-check", "encounter-offer"):
        assert reverse(route, args=[cast.key]) in fresh
    thanks = reverse("encounter-thanks", args=[cast.key, met.key])
    assert thanks in fresh
    writing.thank(cast.ben, met, "For the hour")
    assert thanks not in page_of(cast.ben_browser, "encounter", cast, met)
    with time_machine.travel(timezone.now() + dt.timedelta(days=15)):
        assert "While it is fresh" not in page_of(signed_in(cast.ben_person), "encounter", cast, met)


def test_a_map_is_a_link_to_tap_and_no_page_asks_one_by_itself(cast: Cast) -> None:
    page = page_of(cast.ben_browser, "encounter", cast, planned(cast.ada, place="Café “Zur Ähre” & Hof"))
    assert page.count("openstreetmap") == 1
    assert 'href="https://www.openstreetmap.org/search?query=Caf%C3%A9+' in page
    assert 'rel="noreferrer noopener"' in page
    call = planned(cast.ada, kind=EncounterKind.PHONE, place="")
    assert "openstreetmap" not in page_of(cast.ben_browser, "encounter", cast, call)


def test_letters_of_one_kind_are_stopped_in_one_tap_and_the_other_kinds_still_come(cast: Cast, met: Encounter) -> None:
    planned(cast.ada)
    mail.outbox.clear()
    deliver_due()
    to_ben = next(
        one for one in mail.outbox if one.to == ["ben@moor.example"] and one.subject.startswith("You and Ada")
    )
    stop = str(to_ben.extra_headers["List-Unsubscribe"]).strip("<>").partition("://")[2].partition("/")[2]
    assert Client().post(f"/{stop}").status_code == 200
    planned(cast.ada)
    writing.thank(cast.ada, met, "For the hour")
    mail.outbox.clear()
    deliver_due()
    assert [one.subject for one in mail.outbox if one.to == ["ben@moor.example"]] == ["Ada thanks you"]
