"""What private acts leave behind: in what the worker writes, when letters leave, and with those who are no longer there.

Each test lives one stretch of time twice, in one way and in quite another, and compares everything the others then have: their
rows with every column, their letters with the moment at which they left, their pages.
"""

from __future__ import annotations

import ast
import datetime as dt
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from goodword.encounters import calendar_entries
from goodword.encounters.actions import plans as encounters
from goodword.encounters.rules import EncounterKind
from goodword.followups import actions as followups
from goodword.gates import actions as gates
from goodword.gates.models import Decision
from goodword.gates.rules import Choice
from goodword.leads.actions import giving, receiving
from goodword.leads.mailing import digest
from goodword.leads.models import Lead
from goodword.post import outbox
from goodword.relationships import starting, waiting, waits
from goodword.relationships.journal import Event
from goodword.relationships.steps import Step
from goodword.reservations.actions import checking, keeping, sharing, together
from goodword.reservations.actions.releasing import release_due
from goodword.reservations.models import ReservationCheck, RevealEntry, TableReservation
from goodword.reservations.rules import CheckAnswer
from tests.encounters.at_hand import soon
from tests.house.small import (
    WORD,
    Small,
    different,
    fetched,
    keep_mine,
    known_ids,
    letters,
    letters_gone,
    rows_of,
    work,
)
from tests.house.world import known_keys, masked

CODE = Path(__file__).parents[2] / "goodword"
SECOND, HOUR, DAY = dt.timedelta(seconds=1), dt.timedelta(hours=1), dt.timedelta(days=1)
WINDOW = dt.timedelta(seconds=31)
early = pytest.mark.parametrize("small", [Step.EXPLORE], indirect=True, ids=["explore"])
late = pytest.mark.parametrize("small", [Step.ADVOCATE], indirect=True, ids=["advocate"])


@contextmanager
def undone() -> Iterator[time_machine.Traveller]:
    """Let the clock stand at the same moment each time, a second after all that was, and undo all that happens."""
    with transaction.atomic(), time_machine.travel(timezone.now() + SECOND, tick=False) as clock:
        mail.outbox.clear()
        yield clock
        transaction.set_rollback(True)


def mid_morning(after: dt.datetime) -> dt.datetime:
    """Return half past ten of the next working day."""
    days = (1 + ahead for ahead in range(3))
    day = next(one for one in (after + DAY * passed for passed in days) if one.weekday() < 5)
    return day.replace(hour=10, minute=30)


# ── What the worker writes ──


def looked_after(small: Small, *who: str, private: Any = None) -> dict[str, Any]:
    """Return the rows and letters of some after two months in which the worker did all it does, hour by hour and day by day."""
    known, people = known_ids(), {"ben": small.ben, "bea": small.bea, "abe": small.abe}
    seats, found = [people[name] for name in who], dict[str, Any]()
    with undone() as clock:
        if private:
            private()
        clock.shift(HOUR)
        for seat in (small.ben, small.ada):
            clock.shift(60)
            checking.ask(seat, "Anything that makes you hesitate?")
        if small.lead is not None:
            receiving.report(small.ben, small.lead, outcome="spoke")
            receiving.report(
                small.ada, Lead.objects.visible_to(small.ben).get(side_id=small.ben.side_id), outcome="spoke"
            )
        for passed in (dt.timedelta(0), HOUR, 4 * DAY, 4 * DAY, 20 * DAY, 30 * DAY):
            clock.shift(passed)
            work(timezone.now())
            # Reminders and gathered news leave on working days, in daylight, whenever this test is run.
            if passed >= 4 * DAY:
                clock.move_to(mid_morning(timezone.now()))
                work(timezone.now())
            found |= {f"{timezone.now()} {name}": rows for name, rows in rows_of(seats, known).items()}
        addresses = {seat.person.email for seat in seats if seat.person}
        found["letters"] = [
            said for one, said in zip(mail.outbox, letters_gone(), strict=True) if one.to[0] in addresses
        ]
    return found


@pytest.fixture
def gathering(small: Small) -> Small:
    """The small world, in which Ben has news of his leads gathered."""
    digest.choose(small.ben_person, "day")
    return small


def test_whatever_is_kept_private_the_worker_writes_the_same_for_the_other_side(gathering: Small) -> None:
    nothing = looked_after(gathering, "ben", "bea")
    assert nothing["letters"]
    assert different(nothing, looked_after(gathering, "ben", "bea", private=gathering.keep_private)) == []


def test_whatever_is_only_mine_the_worker_writes_the_same_for_a_colleague(small: Small) -> None:
    nothing = looked_after(small, "abe")
    assert nothing["letters"]
    assert different(nothing, looked_after(small, "abe", private=lambda: keep_mine(small))) == []


# ── Every private act ──


def acts_of(*, only_mine: bool) -> set[str]:
    """Return every action of the house that announces nothing by itself (`only_mine`: of which not even colleagues learn)."""
    found = set()
    for path in CODE.rglob("*.py"):
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef):
                calls = [each for each in ast.walk(node) if isinstance(each, ast.Call)]
                acting = [each for each in calls if getattr(each.func, "id", "") == "acting"]
                alone = any(word.arg == "only_me" for each in acting for word in each.keywords)
                if acting and (alone if only_mine else not told(node)):
                    found.add(f"{path.relative_to(CODE)}:{node.name}")
    return found


def told(act: ast.FunctionDef) -> bool:
    """Whether an action announces something, or hands its act on to what may."""
    return any(
        isinstance(each, ast.Name) and each.id == "act" and isinstance(each.ctx, ast.Load) for each in handed(act)
    )


def handed(act: ast.FunctionDef) -> Iterator[ast.AST]:
    """Yield what an action calls upon, or hands to another function."""
    for each in ast.walk(act):
        if isinstance(each, ast.Call):
            yield from each.args
            if isinstance(each.func, ast.Attribute) and each.func.attr == "announce":
                yield each.func.value


@contextmanager
def watched(seen: set[str]) -> Iterator[None]:
    """Note which functions of the house are called."""

    def note(frame: FrameType, event: str, _more: Any) -> None:
        if event == "call" and "/goodword/" in frame.f_code.co_filename:
            seen.add(f"{frame.f_code.co_filename.partition('/goodword/')[2]}:{frame.f_code.co_name}")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        yield
    finally:
        sys.setprofile(before)


@late
def test_every_act_of_which_only_one_learns_is_among_those_that_are_followed(small: Small) -> None:
    seen: set[str] = set()
    with watched(seen):
        keep_mine(small)
    # Keeping a record that was brought along from elsewhere: in a relationship in which nobody else sits.
    assert acts_of(only_mine=True) - seen == {"account/actions/bringing.py:keep_record"}


# Acts that announce nothing and are no secret: what they write both sides see, or somebody who is invited.
OPEN = {
    "relationships/invitations.py:offer",
    "relationships/invitations.py:write",
    "relationships/invitations.py:take_back",
    "relationships/starting.py:offer_seat",
    "relationships/starting.py:take_back",
    "encounters/actions/writing.py:note_for_both",
}
# Acts of somebody who keeps a relationship alone: nobody is there to learn of them, and what the other reads once they have
# joined is compared in `alone/test_kept_alone.py`; of whoever goes on alone where the other gave up the seat, in `test_gone_on.py`.
ALONE = {
    "relationships/starting.py:keep_alone",
    *(f"alone/actions/records.py:{name}" for name in ("write", "delete", "write_slip", "tell", "drop_slip")),
    *(f"alone/actions/signatures.py:{name}" for name in ("keep_stored", "delete")),
    "alone/actions/onward.py:keep_on",
    "alone/actions/onward.py:link",
}


@late
def test_every_private_act_is_among_those_that_are_planted(small: Small) -> None:
    seen: set[str] = set()
    with watched(seen):
        small.keep_private()
        keep_mine(small)
    assert acts_of(only_mine=False) - seen == OPEN | ALONE


# ── Sealed decisions, envelopes, copies ──


def decided(small: Small, said: Choice, *, changed: bool) -> dict[str, Any]:
    """Return what Ben has of a decision of Ada's: made at once, or made otherwise first and then changed, again and again."""
    known, found = known_ids(), dict[str, Any]()
    with undone() as clock:
        encounters.record(small.ben, happened_on=timezone.localdate(), place="Here", counts_now=True)
        for seat in (small.ada, small.ben):
            clock.shift(60)
            checking.record_check(seat, CheckAnswer.NOTHING)
        clock.shift(60)
        later = "time" if said is Choice.NOT_YET else ""
        if changed:
            gates.decide(small.ada, Choice.NOT_YET, waits_for="meeting")
        else:
            gates.decide(small.ada, said, waits_for=later)
        for choice in (Choice.GO_ON, Choice.NOT_YET, Choice.GO_ON):
            clock.shift(60)
            if changed:
                gates.decide(small.ada, choice, waits_for="settling" if choice is Choice.NOT_YET else "")
        if changed:
            gates.decide(small.ada, said, waits_for=later)
        found |= {f"sealed {name}": said for name, said in left_with_ben(small, known).items()}
        clock.shift(60)
        gates.decide(small.ben, Choice.GO_ON)
        found |= {f"open {name}": said for name, said in left_with_ben(small, known).items()}
    return found


def left_with_ben(small: Small, known: set[Any]) -> dict[str, Any]:
    """Return Ben's rows, journal and letters, and what he fetches."""
    events = Event.objects.visible_to(small.ben).values_list("verb", "subject", "created_at")
    journal = sorted((verb, masked(subject, known_keys()), at) for verb, subject, at in events)
    return {
        **rows_of([small.ben, small.bea], known),
        "journal": journal,
        "letters": letters(small),
        **fetched(small, "ben"),
    }


@early
def test_a_decision_that_was_changed_looks_like_one_that_was_not(small: Small) -> None:
    for said in (Choice.GO_ON, Choice.NOT_YET):
        assert different(decided(small, said, changed=False), decided(small, said, changed=True)) == []


def revealed(small: Small, *, long_ago: bool) -> dict[str, Any]:
    """Return what Ben has of two that Ada put on the table, by herself and in an envelope: thought of just now or long ago."""
    known = known_ids()
    with undone() as clock:
        kept = [keeping.keep(small.ada, text=f"One {n}", drawer="mine") for n in range(2)] if long_ago else []
        clock.shift(40 * HOUR)
        kept = kept or [keeping.keep(small.ada, text=f"One {n}", drawer="side") for n in range(2)]
        sharing.put_on_table(small.ada, kept[0], sharing.words_print(small.ada, kept[0]))
        clock.shift(60)
        release_due(timezone.now())
        clock.shift(60)
        reveal = together.propose(small.ben, None)
        clock.shift(60)
        together.say_ready(small.ada, reveal, kept[1:], together.choice_print(small.ada, kept[1:]))
        clock.shift(60)
        together.say_ready(small.ben, reveal, [], together.choice_print(small.ben, []))
        clock.shift(60)
        release_due(timezone.now())
        dated = {row.created_at for row in TableReservation.objects.visible_to(small.ben).filter(text="One 1")}
        assert dated == {timezone.now()}, "on the table since the envelopes were opened"
        assert not RevealEntry.objects.visible_to(small.ben).exclude(source="").exists()
        return left_with_ben(small, known)
    raise AssertionError


@early
def test_what_is_revealed_tells_neither_when_it_was_thought_of_nor_where_it_lay(small: Small) -> None:
    assert different(revealed(small, long_ago=False), revealed(small, long_ago=True)) == []


# ── Those who are no longer there ──


def life_goes_on(small: Small) -> None:
    """Do what writes to everybody on Ben's side."""
    encounters.plan(small.ada, planned_at=soon(9), kind=EncounterKind.MEETING, minutes=60, place="The Lantern Café")
    checking.ask(small.ada, "Anything that makes you hesitate?")
    if small.lead is not None:
        followups.send_update(small.ada, kind="people", text="Nora has joined us.", part="whom")
        giving.give(small.ada, why="A baker with a cold shop.", route="card")
        for lead in Lead.objects.visible_to(small.ada).exclude(side_id=small.ada.side_id):
            receiving.report(small.ada, lead, outcome="client")


def recipients(small: Small) -> set[str]:
    """Let all letters go, whenever they are due, and return to whom."""
    with time_machine.travel(timezone.now() + 2 * DAY, tick=False):
        mail.outbox.clear()
        work(timezone.now())
    return {one.to[0] for one in mail.outbox}


def test_what_was_on_its_way_to_somebody_who_then_left_does_not_reach_them(small: Small) -> None:
    digest.choose(small.bea.person, "day")
    life_goes_on(small)
    starting.leave(small.ben, "bea@moor.example")
    assert {"ben@moor.example"} <= recipients(small) <= {"ben@moor.example", "ada@lane.example", "abe@lane.example"}


def test_what_was_on_its_way_to_somebody_who_then_stopped_letters_does_not_reach_them(small: Small) -> None:
    life_goes_on(small)
    outbox.suppress("bea@moor.example")
    assert {"ben@moor.example"} <= recipients(small) <= {"ben@moor.example", "ada@lane.example", "abe@lane.example"}


def test_what_was_on_its_way_when_it_ended_is_not_sent_but_the_end_is_told(small: Small) -> None:
    life_goes_on(small)
    gates.let_go(small.ada)
    with time_machine.travel(timezone.now() + 2 * DAY, tick=False):
        mail.outbox.clear()
        work(timezone.now())
    assert not [
        str(one.subject) for one in mail.outbox if "A question" in str(one.subject) or "lead for" in str(one.subject)
    ]
    assert any("ben@moor.example" in one.to for one in mail.outbox)


def test_links_of_somebody_who_left_open_nothing(small: Small) -> None:
    life_goes_on(small)
    feed = reverse("calendar-feed", args=[calendar_entries.token_of(calendar_entries.open_feed(small.bea.person))])
    assert b"BEGIN:VEVENT" in Client().get(feed).content
    browser = small.browser("bea")
    starting.leave(small.ben, "bea@moor.example")
    assert b"BEGIN:VEVENT" not in Client().get(feed).content
    kept = [path for _name, path in small.paths() if path.startswith(f"/r/{small.key}")]
    assert {browser.get(path).status_code for path in kept} == {404}
    for page in ("/today", "/relationships", "/leads"):
        assert small.key not in browser.get(page).content.decode()


def test_a_piece_of_news_opens_for_nobody_but_whom_it_is_for(small: Small) -> None:
    page = reverse("relationship", args=[small.key])
    waiting.bring_news(small.ada, waits.Kind.READ_THANKS, page, small.it.key, timezone.now())
    mine = waiting.WaitingRow.objects.filter(person=small.ben_person, news=True)
    news = mine.get(kind=waits.Kind.READ_THANKS)
    for who in ("bea", "ada"):
        assert small.browser(who).post(reverse("news-seen"), {"news": news.key}).headers["Location"] == reverse("today")
    assert small.browser("ben").post(reverse("news-seen"), {"news": news.key}).headers["Location"] == news.page


# ── At rest ──


@early
def test_what_was_answered_or_decided_cannot_be_told_by_its_length_in_the_database(small: Small) -> None:
    lengths: dict[str, set[int]] = {"choice": set(), "first_leads": set(), "answer": set()}
    for choice, answer in ((Choice.GO_ON, CheckAnswer.NOTHING), (Choice.NOT_YET, CheckAnswer.CANNOT_NAME)):
        with transaction.atomic():
            encounters.record(small.ben, happened_on=timezone.localdate(), place="Here", counts_now=True)
            checking.record_check(small.ada, answer, 3)
            gates.decide(small.ada, choice)
            for column, model in (("choice", Decision), ("first_leads", Decision), ("answer", ReservationCheck)):
                lengths[column] |= lengths_of(model._meta.db_table, column)
            transaction.set_rollback(True)
    assert all(len(found) == 1 for found in lengths.values()), lengths


def lengths_of(table: str, column: str) -> set[int]:
    """Return how many bytes the newest row's column has."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT length("{column}") FROM "{table}" ORDER BY id DESC LIMIT 1')  # noqa: S608 - our own names
        return {cursor.fetchone()[0]}


@early
def test_words_of_all_lengths_are_padded_to_whole_blocks(small: Small) -> None:
    for number in (0, 1, 13, 62, 63, 64, 200):
        keeping.keep_draft(small.ada, f"box{number}", "x" * number or WORD[:1])
    with connection.cursor() as cursor:
        cursor.execute('SELECT length("text") FROM "goodword_draft"')
        lengths = {row[0] for row in cursor.fetchall()}
    blocks = sorted({(length - min(lengths)) % 64 for length in lengths})
    assert blocks == [0]
