"""The sheet after an encounter, lived twice: whatever the one keeps, weighs and seals, the other's sheet stays the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from goodword.briefings.actions import playback, weighing
from goodword.briefings.rules import PeopleRange, Weight
from goodword.encounters.actions import plans as encounters
from goodword.encounters.models import Encounter
from goodword.gates import actions as gates
from goodword.gates.rules import Choice
from goodword.relationships import waiting
from goodword.relationships.models import Seat
from goodword.relationships.steps import Step
from goodword.reservations.actions import checking, keeping
from goodword.reservations.rules import CheckAnswer
from tests.cast import Cast, signed_in
from tests.encounters.at_hand import planned
from tests.house.small import WORD, different
from tests.house.test_bad_input import NONSENSE, Fields, faults, oddly
from tests.house.world import known_keys, masked, read


@dataclass(frozen=True, slots=True)
class Met:
    """Two who have met in a briefing: `one` answers what only they see, `other` looks at their own sheet."""

    one: Seat
    other: Seat
    it: Encounter

    def page(self, who: Seat) -> str:
        """Return somebody's sheet, as it is now."""
        browser: Client = signed_in(who.person)
        return masked(
            read(browser.get(reverse("came-of-it", args=[self.it.relationship.key, self.it.key]))), known_keys()
        )

    def has(self) -> dict[str, object]:
        """Return all that the other has: what waits for them, and their sheet, as they go through it part by part."""
        waits, shown = waiting.decide(self.other, timezone.now())
        opened = [replace(wait, subject=wait.about) for wait in waits]
        found: dict[str, object] = {"waits": opened, "row": sorted(shown.items(), key=str)}
        with transaction.atomic():
            found["sheet"] = self.page(self.other)
            weighing.know_people(self.other, PeopleRange.FEW)
            weighing.hold_to(self.other, text="Rings back the same day")
            found["then"] = self.page(self.other)
            weighing.find_all_met(self.other)
            found["at last"] = self.page(self.other)
            transaction.set_rollback(True)
        return found


@pytest.fixture(params=[Step.FIRST_BRIEFING, Step.SECOND_BRIEFING], ids=["first", "second"])
def cast(request: pytest.FixtureRequest, db: None) -> Cast:
    """Two who have met in a briefing, have thought it over, and have said back aloud what was told."""
    cast = Cast(at=request.param)
    encounters.mark_held(cast.ada, planned(cast.ada), started=True)
    for seat in (cast.ada, cast.ben):
        checking.record_check(seat, CheckAnswer.NOTHING)
        playback.say_aloud(seat)
    return cast


@pytest.fixture(params=["ada", "ben"])
def met(request: pytest.FixtureRequest, cast: Cast) -> Iterator[Met]:
    """Let one of the two be the one who answers; the clock stands still."""
    with time_machine.travel(timezone.now(), tick=False):
        it = Encounter.objects.visible_to(cast.ada).select_related("relationship").order_by("-created_at").first()
        assert it is not None
        seats = {"ada": cast.ada, "ben": cast.ben}
        one = seats.pop(request.param)
        [other] = seats.values()
        yield Met(one, other, it)


def answer_for_oneself(one: Seat) -> None:
    """Answer everything on the sheet that only one's own side sees, and keep what lies behind it."""
    keeping.keep(one, text=WORD, drawer="side")
    weighing.find_all_met(one)
    weighing.weigh(one, weighing.hold_to(one, text=WORD), Weight.MET)
    weighing.know_people(one, PeopleRange.NOBODY)
    weighing.write_purpose(one, f"To help, {WORD}")


def test_whatever_one_answers_for_oneself_the_others_sheet_and_what_waits_for_them_stay(met: Met) -> None:
    before = met.has()
    answer_for_oneself(met.one)
    assert "value=" in met.page(met.one)  # looked at first by whoever may see it
    assert different(before, met.has()) == []


def test_each_has_a_sheet_of_their_own_whoever_looked_first(met: Met) -> None:
    answer_for_oneself(met.one)
    assert 'value="decision"' in met.page(met.one)
    theirs = met.page(met.other)
    assert met.other.speaks or 'name="part" value="people"' in theirs
    assert 'value="decision"' not in theirs or met.other.speaks


def sealed(met: Met, choice: Choice) -> dict[str, object]:
    """Return what the other has once a decision lies under its seal; undone afterwards."""
    with transaction.atomic():
        answer_for_oneself(met.one)
        gates.decide(met.one, choice)
        assert met.page(met.one) != met.page(met.other)
        found = met.has()
        transaction.set_rollback(True)
    return found


def test_whatever_one_has_sealed_the_others_sheet_is_the_same(met: Met) -> None:
    assert different(sealed(met, Choice.GO_ON), sealed(met, Choice.NOT_YET)) == []


@pytest.mark.parametrize("cast", [Step.FIRST_BRIEFING], indirect=True, ids=["first"])
def test_no_part_of_the_sheet_breaks_whatever_it_is_sent(cast: Cast) -> None:
    """Nonsense in each field of the part that is open, and every odd character set."""
    it = Encounter.objects.visible_to(cast.ada).order_by("-created_at")[0]
    browser, path = cast.ada_browser, reverse("came-of-it", args=[cast.key, it.key])
    fields = Fields(browser.get(path).content.decode(), path).forms[path]
    assert {"part", "answer"} <= fields.keys()
    wrong = []
    for name in ("part", "answer", "shown"):
        for kind, bad in NONSENSE.items():
            if found := faults(browser, "post", path, {**fields, name: bad}):
                wrong.append(f"{name} {kind}: {found}")
    wrong += [found for body, kind in oddly("answer") if (found := faults(browser, "post", path, body, kind))]
    assert not wrong, "\n".join(wrong)
    assert browser.post(path, {"part": ["people", "decision"], "answer": ["few", "go_on"]}).status_code in (302, 422)
