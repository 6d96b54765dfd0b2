"""What comes onto the table is dated when it came there; what was taken back, and what is silent, is not in the story."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from goodword.briefings.actions import weighing
from goodword.gates import actions as gates
from goodword.gates.rules import GATES
from goodword.leads.actions import giving, keeping, receiving
from goodword.leads.actions.giving import Consent
from goodword.leads.models import Lead
from goodword.profiles import actions as profiles
from goodword.relationships import holding
from goodword.relationships.journal import Event, Silent
from goodword.relationships.steps import Step
from goodword.relationships.verbs import Verb
from goodword.reservations.actions import keeping as drawers
from goodword.reservations.actions import sharing, together
from goodword.reservations.actions.releasing import release_due
from goodword.rooms import ROOMS
from goodword.teaching import actions as teaching
from goodword.teaching.queries import ours as teaching_ours
from tests.house.small import Small
from tests.house.test_private_acts import shared
from tests.house.world import known_keys, masked
from tests.profiles.secrets import show as show_profile
from tests.teaching.secrets import SAID

late = pytest.mark.parametrize("small", [Step.ADVOCATE], indirect=True, ids=["advocate"])
LONG, WINDOW = dt.timedelta(hours=40), dt.timedelta(seconds=31)
Act = Callable[[], object]


def thought_of(small: Small) -> dict[str, Act]:
    """Keep something of each kind in Ada's drawers; return the acts that put each on the table."""
    ada, received = small.ada, Lead.objects.visible_to(small.ada).exclude(side_id=small.ada.side_id)[0]
    named = giving.give(ada, why="Two sisters with a mill.", route="ask", name="Mrs Thorn", reach="0161 496 0117")
    kept = drawers.keep(ada, text="They may be dear.", drawer="side")
    weighing.write_purpose(ada, "To be of use.")
    keeping.money(ada, received, amount=Decimal(1200), currency="GBP")
    teaching.keep_draft(ada, {**SAID, "sector": "Mills"})
    profiles.word(ada, {"does": "Plain advice."}, [], [])
    agreed = Consent(timezone.localdate())
    return {
        "a purpose": lambda: weighing.show_purpose(ada, "To be of use."),
        "a name": lambda: giving.record_agreement(ada, named, name="Mrs Thorn", reach="0161 496 0117", consent=agreed),
        "a figure": lambda: keeping.share_money(ada, received, "1200", "GBP"),
        "what is taught": lambda: teaching.put(ada, teaching_ours.preview(ada)["seen"]),
        "a profile": lambda: show_profile(ada),
        "a reservation": lambda: sharing.put_on_table(ada, kept, sharing.words_print(ada, kept)),
        "what was held back": lambda: holding.hold(ada, "purpose", words="To learn.", text="To learn."),
    }


def on_table() -> dict[Any, Any]:
    """Return every row both sides see."""
    return {row.pk: row for model in shared() for row in model.objects.unscoped()}


@late
def test_whatever_comes_onto_the_table_is_dated_then_and_not_when_it_was_thought_of(small: Small) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        acts, wrong, came = thought_of(small), [], 0
        for what, act in acts.items():
            clock.shift(LONG)
            known = on_table()
            act()
            at_once = on_table().keys() - known.keys()
            if not at_once:  # its half minute goes by
                clock.shift(WINDOW)
                release_due(timezone.now())
                holding.release_due(timezone.now())
            new = [row for pk, row in on_table().items() if pk not in known]
            came += bool(new)
            moment = timezone.now(), timezone.now() + dt.timedelta(milliseconds=1)
            wrong += [f"{what}: {type(row).__name__}" for row in new if not moment[0] <= row.created_at <= moment[1]]
        assert wrong == []
        assert came == len(acts)


def story(small: Small) -> str:
    """Return the story as Ben reads it."""
    browser: Client = small.browser("ben")
    page = browser.get(reverse("story", args=[small.key])).content.decode()
    return masked(page.partition('<ol class="timeline">')[2].partition("</ol>")[0], known_keys())


@late
def test_what_was_taken_back_leaves_no_line_in_the_story(small: Small) -> None:
    lead = giving.give(small.ada, why="A roof.", route="ask")
    theirs = Lead.objects.visible_to(small.ada).exclude(side_id=small.ada.side_id)[0]
    said = receiving.report(small.ada, theirs, outcome="spoke")
    reveal = together.propose(small.ada, None)
    before = story(small)
    assert "lead" in before
    giving.withdraw(small.ada, lead)
    receiving.take_back_report(small.ada, theirs, said)
    together.call_off(small.ada, reveal)
    assert story(small) == before


SILENT = [verb for room in ROOMS for verb, follow in (room.follows or {}).items() if isinstance(follow.journal, Silent)]


@late
def test_a_verb_that_is_silent_is_not_in_the_story(small: Small) -> None:
    before, taken_back = story(small), {Verb.LEAD_WITHDRAWN, Verb.LEAD_FORGOTTEN, Verb.QUESTION_TAKEN_BACK}
    for verb in SILENT:
        Event.objects.write(small.ada, verb=verb, created_at=timezone.now())
    assert story(small) == before
    assert taken_back <= set(SILENT)


@late
def test_the_journal_holds_keys_and_nobodys_words(small: Small) -> None:
    gates.let_go(small.ada)
    gates.leave_a_line(small.ada, "Thank you for the marzipan.")
    subjects = set(Event.objects.unscoped().values_list("subject", flat=True))
    assert subjects - known_keys() - {gate.id for gate in GATES} == {""}
