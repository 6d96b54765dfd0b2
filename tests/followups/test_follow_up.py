"""The follow-up page: an agenda that writes itself from what both know, the rhythm, the next date."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from goodword.encounters.actions import agenda
from goodword.encounters.actions import plans as encounters
from goodword.encounters.models import Encounter
from goodword.encounters.wording import moment_words
from goodword.followups import actions
from goodword.followups.queries import pages
from goodword.ground.refusals import Refusal
from goodword.leads.actions import giving, receiving
from goodword.leads.actions.giving import Consent
from goodword.leads.models import Lead
from goodword.relationships.models import Seat
from goodword.relationships.steps import Step
from tests.cast import Cast
from tests.encounters.at_hand import planned
from tests.followups.due import follow_up_due

TODAY = timezone.localdate


@pytest.fixture
def advocates(db: None) -> Cast:
    """Return the standing cast in the step in which leads go both ways."""
    return Cast(at=Step.ADVOCATE)


def line(seat: Seat, item: str) -> list[tuple[str, str]]:
    """Return the facts of one agenda item as (whose, text)."""
    return [(fact.whose, fact.text) for one in pages.agenda(seat) if one.id == item for fact in one.facts]


def given(seat: Seat, why: str = "She is moving house.", name: str = "Mrs Sorrell") -> Lead:
    """Give a named lead."""
    return giving.give(seat, why=why, route="now", name=name, reach="by post", consent=Consent(TODAY()))


def test_the_agenda_has_the_playbooks_sixteen_items_with_the_next_date_last(advocates: Cast) -> None:
    lines = pages.agenda(advocates.ada)
    assert len(lines) == 16
    assert (lines[0].id, lines[-1].id) == ("follow_how_are_you", "follow_next")


def test_leads_both_ways_stand_on_it_with_what_is_new(advocates: Cast) -> None:
    lead = given(advocates.ada)
    assert line(advocates.ada, "follow_leads_given") == [("ours", "Mrs Sorrell: No word yet")]
    receiving.accept(advocates.ben, lead)
    receiving.report(advocates.ben, lead, outcome="client", line="A will.", thanks=True)
    assert line(advocates.ben, "follow_leads_received") == [("theirs", "Mrs Sorrell: Became work")]
    assert line(advocates.ada, "follow_worked") == [("ours", "Mrs Sorrell: Became work")]
    assert line(advocates.ada, "follow_thanks") == []


def test_thanks_not_said_yet_stand_with_the_side_that_had_the_lead(advocates: Cast) -> None:
    lead = given(advocates.ada)
    receiving.accept(advocates.ben, lead)
    receiving.report(advocates.ben, lead, outcome="client")
    assert line(advocates.ada, "follow_thanks") == [("theirs", "for Mrs Sorrell")]
    assert line(advocates.ben, "follow_thanks") == [("ours", "for Mrs Sorrell")]


def test_both_sides_read_the_same_agenda_but_for_ours_and_theirs(advocates: Cast) -> None:
    given(advocates.ada)
    actions.send_update(advocates.ben, kind="wanted_now", text="An old kitchen.", part="whom")
    actions.set_rhythm(advocates.ada, kind="quarterly", starts_on=TODAY(), wall=dt.time(10))
    actions.add_item(advocates.ben, "The fair")
    swap = {"ours": "theirs", "theirs": "ours", "": ""}
    ada, ben = pages.agenda(advocates.ada), pages.agenda(advocates.ben)
    assert [one.text for one in ada] == [one.text for one in ben]
    assert [one.added_by for one in ada] == [swap[one.added_by] for one in ben]
    theirs = {one.id: sorted((swap[fact.whose], fact.text, fact.quote, fact.new) for fact in one.facts) for one in ben}
    ways = {"follow_leads_given": "follow_leads_received", "follow_leads_received": "follow_leads_given"}
    for one in ada:
        assert (
            sorted((fact.whose, fact.text, fact.quote, fact.new) for fact in one.facts)
            == theirs[ways.get(one.id, one.id)]
        )


def test_an_item_can_be_added_struck_and_put_back_by_either(advocates: Cast) -> None:
    url = f"/r/{advocates.key}/follow-up"
    assert advocates.ada_browser.post(f"{url}/items", {"text": "The fair in spring"}).status_code == 302
    assert "The fair in spring" in advocates.ben_browser.get(url).content.decode()
    added = next(one for one in pages.agenda(advocates.ben) if one.added_by)
    assert advocates.ben_browser.post(f"{url}/struck", {"item": added.id, "how": "strike"}).status_code == 302
    assert "struck by Ben" in advocates.ada_browser.get(url).content.decode()
    advocates.ada_browser.post(f"{url}/struck", {"item": added.id, "how": "back"})
    assert not any(one.struck_by for one in pages.agenda(advocates.ben))
    assert advocates.ada_browser.post(f"{url}/struck", {"item": "nothing_like_it"}).status_code == 404
    assert advocates.ada_browser.post(f"{url}/items", {"text": ""}).status_code == 422


def test_what_was_struck_comes_again_after_they_have_talked(advocates: Cast) -> None:
    actions.strike_item(advocates.ada, "follow_circle")
    assert [one.id for one in pages.agenda(advocates.ben) if one.struck_by] == ["follow_circle"]
    encounters.record(advocates.ben, happened_on=TODAY(), place="Marple")
    assert not any(one.struck_by for one in pages.agenda(advocates.ben))


def test_the_rhythm_is_shared_and_the_newest_counts(advocates: Cast) -> None:
    url = f"/r/{advocates.key}/rhythm"
    assert advocates.ada_browser.get(url).status_code == 200
    answer = advocates.ada_browser.post(url, {"kind": "monthly", "starts_on": "2027-01-31", "wall": "10:00"})
    assert answer.status_code == 302
    assert (
        "Once a month, at 10:00, London time"
        in advocates.ben_browser.get(f"/r/{advocates.key}/follow-up").content.decode()
    )
    advocates.ben_browser.post(
        url, {"kind": "own", "number": "3", "unit": "weeks", "starts_on": "2027-01-31", "wall": "9.30"}
    )
    assert "Every 3 weeks" in advocates.ada_browser.get(f"/r/{advocates.key}/follow-up").content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"kind": "own", "number": ""},
        {"kind": "own", "number": "60", "unit": "weeks"},
        {"kind": "daily"},
        {"kind": "own", "number": "13", "unit": "months"},
        {"starts_on": "1812-01-01"},
        {"wall": "late"},
    ],
)
def test_a_rhythm_that_cannot_be_is_asked_again(advocates: Cast, wrong: dict[str, str]) -> None:
    said = {
        "starts_on": "2027-01-31",
        "wall": "10:00",
        "unit": "weeks",
        **({"kind": "monthly"} if wrong else {}),
        **wrong,
    }
    assert '<details class="mt5"><summary>' in advocates.ada_browser.get(f"/r/{advocates.key}/rhythm").content.decode()
    again = advocates.ada_browser.post(f"/r/{advocates.key}/rhythm", said)
    assert again.status_code == 422
    assert '<details class="mt5" open>' in again.content.decode(), "what has to be put right is not folded away"


def test_the_next_date_is_proposed_and_goes_into_both_calendars(advocates: Cast) -> None:
    day = TODAY() + dt.timedelta(days=40)
    actions.set_rhythm(advocates.ada, kind="monthly", starts_on=day, wall=dt.time(10))
    url = f"/r/{advocates.key}/follow-up"
    assert f'value="{day:%Y-%m-%d}"' in advocates.ada_browser.get(url).content.decode()
    said = {"day": f"{day:%Y-%m-%d}", "time": "10:00", "kind": "phone", "minutes": "30", "place": ""}
    assert advocates.ada_browser.post(url, said).status_code == 302
    planned = Encounter.objects.visible_to(advocates.ben).get(planned_at__isnull=False, held_at=None)
    assert planned.kind == "phone"
    assert "You and Ada talk on" in advocates.ben_browser.get(url).content.decode()
    assert pages.next_follow_up(advocates.ben, timezone.now()) == planned.planned_at
    assert not follow_up_due(advocates.ben, timezone.now())


def test_a_date_that_has_been_is_refused_in_a_sentence(advocates: Cast) -> None:
    said = {"day": "2020-01-01", "time": "10:00", "kind": "phone", "minutes": "30"}
    answer = advocates.ada_browser.post(f"/r/{advocates.key}/follow-up", said)
    assert answer.status_code == 422
    assert "Choose a day that is still to come" in answer.content.decode()


def test_a_follow_up_is_due_a_week_before_its_day_and_not_earlier(advocates: Cast) -> None:
    now = timezone.now()
    day = TODAY() + dt.timedelta(days=20)
    actions.set_rhythm(advocates.ada, kind="monthly", starts_on=day, wall=dt.time(10))
    assert not follow_up_due(advocates.ada, now)
    assert follow_up_due(advocates.ada, now + dt.timedelta(days=14))


def test_before_the_last_step_nothing_of_this_can_be_done(cast: Cast) -> None:
    with pytest.raises(Refusal):
        actions.send_update(cast.ada, kind="people", text="Tess")
    with pytest.raises(Refusal):
        actions.set_rhythm(cast.ada, kind="monthly", starts_on=TODAY(), wall=dt.time(10))
    assert not follow_up_due(cast.ada, timezone.now())
    assert cast.ada_browser.get(f"/r/{cast.key}/follow-up").status_code == 200


def test_the_page_takes_at_most_twelve_queries_whatever_it_lists(advocates: Cast) -> None:
    for number in range(8):
        lead = given(advocates.ada, f"Reason {number}", f"Nina Nought{'abcdefgh'[number]}")
        receiving.accept(advocates.ben, lead)
        receiving.report(advocates.ben, lead, outcome="client")
        actions.send_update(advocates.ben, kind="people", text=f"News {number}")
        actions.add_item(advocates.ada, f"Item {number}")
    advocates.ada_browser.get(f"/r/{advocates.key}/follow-up")
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert advocates.ada_browser.get(f"/r/{advocates.key}/follow-up").status_code == 200
    assert len(caught) <= 12, [query["sql"][:90] for query in caught]


def test_the_mirror_shows_the_same_facts_and_no_buttons(advocates: Cast) -> None:
    given(advocates.ada)
    mirror = advocates.ada.as_other_side()
    assert [one.text for one in pages.agenda(mirror)] == [one.text for one in pages.agenda(advocates.ben)]
    assert pages.context(mirror)["may_act"] is False


def test_each_side_writes_whom_it_meets_next_under_the_item_that_asks(advocates: Cast) -> None:
    url = f"/r/{advocates.key}/follow-up"
    ask = f"{url}/items?under=follow_ahead"
    assert ask.partition("/r/")[2] in advocates.ada_browser.get(url).content.decode()
    assert advocates.ada_browser.get(ask).status_code == 200
    assert advocates.ada_browser.post(ask, {"text": "The builders’ breakfast, on the ninth"}).status_code == 302
    assert line(advocates.ben, "follow_ahead") == [("theirs", "The builders’ breakfast, on the ninth")]
    assert line(advocates.ada, "follow_ahead") == [("ours", "The builders’ breakfast, on the ninth")]
    assert not any(one.added_by for one in pages.agenda(advocates.ben))
    encounters.record(advocates.ben, happened_on=TODAY(), place="Marple")
    assert line(advocates.ben, "follow_ahead") == []


def test_a_line_under_an_item_that_asks_nothing_becomes_an_item(advocates: Cast) -> None:
    advocates.ada_browser.post(f"/r/{advocates.key}/follow-up/items?under=follow_promises", {"text": "The fair"})
    assert [one.text for one in pages.agenda(advocates.ben) if one.added_by] == ["The fair"]


def test_the_next_date_is_proposed_at_the_table_before_they_get_up(advocates: Cast) -> None:
    it = planned(advocates.ada, timezone.now() + dt.timedelta(minutes=1))
    table = f"/r/{advocates.key}/encounters/{it.key}/table"
    words = "Before you get up, the next date."
    assert words not in advocates.ben_browser.get(table).content.decode()
    last = len(agenda.items_of(advocates.ada, it))
    advocates.ada_browser.post(f"{table}/marks", {"verb": "next", "item": str(last)})
    assert words in advocates.ben_browser.get(table).content.decode()
    actions.set_rhythm(advocates.ada, kind="monthly", starts_on=TODAY() + dt.timedelta(days=20), wall=dt.time(10))
    proposed = moment_words(pages.context(advocates.ben)["proposed"], "Europe/London")
    page = advocates.ben_browser.get(table).content.decode()
    assert f"Your rhythm proposes {proposed}" in page
    assert f"/r/{advocates.key}/follow-up#next" in page
    planned(advocates.ben, timezone.now() + dt.timedelta(days=20))
    assert "It is in both calendars" in advocates.ada_browser.get(table).content.decode()
