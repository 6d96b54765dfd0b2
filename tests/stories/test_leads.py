"""What METHOD says of leads, as journeys through the front door: M29, M35, M36, and the pages' promises J9 and J10."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from goodword.leads.mailing import reminding
from goodword.leads.models import Lead
from goodword.leads.queries import pages
from goodword.post.delivery import deliver_due
from goodword.relationships.steps import Step
from tests.cast import Cast, half_a_minute
from tests.leads.secrets import WHY
from tests.walking import walk


@pytest.fixture
def cast(db: None) -> Cast:
    """Return the cast with the relationship where leads may be given."""
    return Cast(at=Step.ADVOCATE)


def given_by_ben(cast: Cast) -> str:
    """Ben gives Ada a lead who has agreed; return the address of its page."""
    today = timezone.localdate().isoformat()
    said = {
        "why": WHY,
        "route": "now",
        "name": "Mrs Sorrell",
        "reach": "0161 496 0111",
        "agreed_on": today,
        "how": "phone",
        "purpose": "contact",
    }
    cast.ben_browser.post(f"/r/{cast.key}/leads/give", said)
    half_a_minute()
    return f"/r/{cast.key}/leads/{Lead.objects.visible_to(cast.ben).latest('created_at').key}"


def test_m29_whom_we_would_give_first_is_prepared_before_the_confirmation_and_given_after_it(db: None) -> None:
    cast = Cast(at=Step.AGREE)
    place = f"/r/{cast.key}/leads"
    cast.ada_browser.post(place + "/ideas", {"words": "Ann Sorrell"})
    assert len(pages.ideas(cast.ada)) == 1 and pages.ideas(cast.ben) == []
    assert cast.ada_browser.post(place + "/give", {"why": WHY, "route": "card"}).status_code == 422
    walk(cast, Step.ADVOCATE)
    link = re.search(r'href="([^"]+\?idea=([^"]+))"', cast.ada_browser.get(place).content.decode())
    assert link
    answer = cast.ada_browser.post(link[1], {"why": WHY, "route": "ask", "name": "Ann Sorrell", "idea": link[2]})
    assert answer.status_code == 302
    half_a_minute()
    assert pages.ideas(cast.ada) == []


def test_m35_the_giver_is_kept_informed_of_every_lead_whatever_came_of_it(cast: Cast) -> None:
    page = given_by_ben(cast)
    assert "No word yet" in cast.ben_browser.get(page).content.decode()
    for outcome, words in {"spoke": "Talking", "proposal": "Has a proposal", "not_a_fit": "Came to nothing"}.items():
        cast.ada_browser.post(page + "/report", {"outcome": outcome, "line": f"about {outcome}"})
        half_a_minute()
        theirs = cast.ben_browser.get(page).content.decode()
        assert words in theirs and f"about {outcome}" in theirs
    assert "Came to nothing" in cast.ben_browser.get("/leads").content.decode()


def test_m35_whatever_is_late_is_said_kindly_and_never_as_overdue(cast: Cast) -> None:
    page = given_by_ben(cast)
    assert cast.ada_browser.get(page).status_code == 200
    with time_machine.travel(timezone.now() + dt.timedelta(days=20)):
        for browser in (cast.ada_browser, cast.ben_browser):
            for path in (page, "/leads", f"/r/{cast.key}/leads"):
                answer = browser.get(path)
                assert answer.status_code == 200
                text = answer.content.decode().lower()
                assert "overdue" not in text and "late" not in re.sub(r"latest", "", text)
    assert "No word yet" in cast.ben_browser.get("/leads").content.decode()


def test_m36_a_talk_is_reported_in_two_taps_and_the_giver_hears_at_once(cast: Cast) -> None:
    page = given_by_ben(cast)
    one_tap = re.search(r'href="([^"]+/report\?outcome=spoke)"', accepted(cast, page))
    assert one_tap
    form = cast.ada_browser.get(one_tap[1]).content.decode()
    assert "Tell Ben: We spoke" in form
    mail.outbox.clear()
    cast.ada_browser.post(one_tap[1], {"outcome": "spoke"})
    half_a_minute()
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=1)):
        deliver_due()
    assert [one.to[0] for one in mail.outbox if str(one.subject).startswith("News of a lead")] == ["ben@moor.example"]


def accepted(cast: Cast, page: str) -> str:
    """Ada looks after the lead; return its page as she then sees it."""
    cast.ada_browser.post(page + "/acceptance")
    return cast.ada_browser.get(page).content.decode()


def test_m36_the_promise_is_shown_as_dates_and_its_passing_is_noticed_privately(cast: Cast) -> None:
    monday = dt.datetime(2030, 3, 4, 10, tzinfo=dt.UTC)
    with time_machine.travel(monday, tick=False):
        page = given_by_ben(cast)
        text = accepted(cast, page)
        assert "Wednesday 6 March" in text and "Monday 11 March" in text
    with time_machine.travel(monday + dt.timedelta(days=8), tick=False):
        mail.outbox.clear()
        reminding.remind_due(timezone.now())
        deliver_due()
    words = [one for one in mail.outbox if one.to == ["ada@lane.example"] and "A word to Ben" in str(one.subject)]
    assert len(words) == 1 and "outcome=spoke" in words[0].message().as_string().replace("=\n", "").replace("=3D", "=")
    assert not [one for one in mail.outbox if one.to == ["ben@moor.example"] and "word" in str(one.subject)]


def test_j9_a_lead_takes_four_fields(cast: Cast) -> None:
    text = cast.ben_browser.get(f"/r/{cast.key}/leads/give").content.decode()
    form = text[
        text.index(
            'novalidate><input type="hidden" name="csrfmiddlewaretoken"',
            text.index("lead/card") if "lead/card" in text else 0,
        ) :
    ]
    before_the_rest = form[form.rindex('name="name"') : form.index("if-agreed")]
    assert set(re.findall(r'name="(\w+)"', before_the_rest)) - {"look"} == {"name", "reach", "why", "route"}
