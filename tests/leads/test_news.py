"""News of leads one gave: at once, or gathered once a day or a week, in the reader's own morning."""

from __future__ import annotations

import datetime as dt
import re
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from goodword.leads import rules
from goodword.leads.actions import forgetting, giving, receiving
from goodword.leads.actions.giving import Consent
from goodword.leads.mailing import digest
from goodword.leads.models import Lead
from goodword.post.delivery import deliver_due
from goodword.post.models import OutboxLetter
from goodword.post.outbox import values_of
from goodword.relationships import starting, waiting
from goodword.relationships.steps import Step
from tests.cast import Cast

MONDAY = dt.datetime(2030, 3, 4, 10, tzinfo=dt.UTC)
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
ZONES = ["Europe/London", "Pacific/Auckland", "America/New_York"]


@pytest.fixture
def cast(db: None) -> Cast:
    """Return the cast with the relationship where leads may be given, the letters of before all gone."""
    made = Cast(at=Step.ADVOCATE)
    OutboxLetter.objects.all().delete()
    return made


def ben_gives(cast: Cast, why: str, name: str) -> Lead:
    """Return a lead from Ben to Ada whose name is on the table."""
    agreed = Consent(timezone.localdate())
    return giving.give(cast.ben, why=why, route="now", name=name, reach="0161 496 0111", consent=agreed)


def post(at: dt.datetime) -> dict[str, list[str]]:
    """Let the worker and then the post come by at a moment; return the letters by address."""
    mail.outbox.clear()
    for moment in (at, at + dt.timedelta(minutes=1)):
        with time_machine.travel(moment, tick=False):
            digest.gather_due(timezone.now())
            deliver_due()
    found: dict[str, list[str]] = {}
    for one in mail.outbox:
        found.setdefault(one.to[0], []).append(f"{one.subject}\n{one.body}\n{one.alternatives[0].content}")
    return found


def test_gathered_news_is_one_letter_in_the_giver_s_own_morning_and_names_nobody(cast: Cast) -> None:
    assert cast.bea.person_id
    OutboxLetter.objects.all().delete()
    cast.ben_person.zone = "Pacific/Auckland"  # thirteen hours ahead of London in March
    cast.ben_person.save()
    with time_machine.travel(MONDAY, tick=False):
        assert cast.ben_browser.post("/leads/news", {"rhythm": "day"}).status_code == 302
        sorrell, lyle = (
            ben_gives(cast, "New kitchen in Romiley.", "Mrs Sorrell"),
            ben_gives(cast, "A lease.", "Mr Lyle"),
        )
        receiving.report(cast.ada, sorrell, outcome="spoke", line="She would like a will.")
        receiving.send_back(cast.ada, lyle, reason="no_room", line="After Easter.")
    at_once = post(MONDAY + HOUR)  # midnight in Auckland
    assert "ben@moor.example" not in at_once and len(at_once["bea@moor.example"]) == 2, "a colleague is told at once"
    assert post(MONDAY + 8 * HOUR) == {}, "seven in the morning"
    (letter,) = post(MONDAY + 9 * HOUR)["ben@moor.example"]
    assert "Ada has spoken to them" in letter and "Ada sent it back" in letter
    assert not [word for word in ("Sorrell", "Lyle", "kitchen", "will", "Easter", "0161") if word in letter]
    assert post(MONDAY + 9 * HOUR + DAY) == {}, "told once, and no letter without news"


def test_what_was_taken_back_forgotten_or_left_behind_is_not_in_a_letter_that_waited(cast: Cast) -> None:
    assert cast.bea.person_id
    with time_machine.travel(MONDAY, tick=False):
        digest.choose(cast.ben_person, "day")
        kept, forgotten = ben_gives(cast, "A will.", "Mrs Kept"), ben_gives(cast, "A lease.", "Mrs Forgotten")
        receiving.report(cast.ada, kept, outcome="spoke")
        later = receiving.report(cast.ada, kept, outcome="client")
        receiving.report(cast.ada, forgotten, outcome="client")
    with time_machine.travel(MONDAY + 22 * HOUR, tick=False):
        assert digest.gather_due(timezone.now()) == 1
        queued = OutboxLetter.objects.get(kind="lead-news")
        assert values_of(queued).keys() == {"since", "until"}, "nothing of the news lies in the queue"
        forgetting.forget_me(forgotten)
        receiving.take_back_report(cast.ada, kept, later)
        says = digest.digest_values(cast.ben_person.pk, values_of(queued))
        assert says and [one["said"] for one in says["news"]] == ["spoke"]
        starting.leave(cast.bea, "ben@moor.example")
    assert "ben@moor.example" not in post(MONDAY + 23 * HOUR)


def test_once_a_week_is_a_monday_s_letter_and_going_back_to_at_once_loses_nothing(cast: Cast) -> None:
    with time_machine.travel(MONDAY, tick=False):
        digest.choose(cast.ben_person, "week")
        lead = ben_gives(cast, "A lease.", "Mr Lyle")
        receiving.report(cast.ada, lead, outcome="spoke")
    assert not any(post(MONDAY + hours * HOUR).get("ben@moor.example") for hours in range(1, 160, 12))
    assert len(post(MONDAY + 7 * DAY)["ben@moor.example"]) == 1
    with time_machine.travel(MONDAY + 8 * DAY, tick=False):
        receiving.report(cast.ada, lead, outcome="client")
        cast.ben_browser.post("/leads/news", {"rhythm": "once"})
    assert len(post(MONDAY + 8 * DAY + HOUR)["ben@moor.example"]) == 1
    with time_machine.travel(MONDAY + 9 * DAY, tick=False):
        receiving.report(cast.ada, lead, outcome="not_now")
    assert "News of a lead you gave Ada" in post(MONDAY + 9 * DAY + HOUR)["ben@moor.example"][0]


@given(
    st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2027, 1, 1)),
    st.sampled_from(ZONES),
    st.sampled_from(rules.RHYTHMS),
)
def test_gathered_news_is_due_at_eight_on_a_working_day_soon_enough(
    moment: dt.datetime, where: str, rhythm: str
) -> None:
    local = moment.replace(tzinfo=ZoneInfo(where))
    due = rules.next_gathering(rhythm, local)
    assert (due.hour, due.minute) == (8, 0) and local < due <= local + dt.timedelta(
        days=7 if rhythm == "week" else 3, hours=1
    )
    assert due.weekday() == 0 if rhythm == "week" else due.weekday() < 5


def test_a_word_of_a_lead_is_news_to_its_giver_until_seen_and_what_is_taken_back_is_none(cast: Cast) -> None:
    lead = giving.give(cast.ben, why="A dentist who moves.", route="card")
    page, words = f"/r/{cast.key}/leads/{lead.key}", "News of a lead you gave Ada"
    said = receiving.report(cast.ada, lead, outcome="spoke")
    for _turn in range(2):
        today = cast.ben_browser.get("/today").content.decode()
        assert words in today and words in cast.ben_browser.get(f"/r/{cast.key}").content.decode()
        assert words not in cast.ada_browser.get("/today").content.decode()
        waiting.settle_due(timezone.now())
    news = re.search(r'name="news" value="([^"]+)"', today)
    assert news
    assert cast.ben_browser.post("/today/seen", {"news": news[1]})["Location"] == page
    assert words not in cast.ben_browser.get("/today").content.decode()
    receiving.take_back_report(cast.ada, lead, said)
    receiving.take_back_report(cast.ada, lead, receiving.report(cast.ada, lead, outcome="client"))
    assert words not in cast.ben_browser.get("/today").content.decode()
    receiving.report(cast.ada, lead, outcome="not_now")
    forgetting.forget(cast.ada, lead)
    assert words not in cast.ben_browser.get("/today").content.decode()
    receiving.send_back(cast.ada, giving.give(cast.ben, why="Another.", route="card"), reason="not_now")
    assert words in cast.ben_browser.get("/today").content.decode()
