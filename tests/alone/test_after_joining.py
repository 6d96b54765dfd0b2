"""Once the other has joined, what one still does about things of before tells them nothing, and what both confirmed stays (M4)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from goodword.alone.actions import opening
from goodword.alone.models import Opening, OpeningConfirmation
from goodword.alone.queries import pages
from goodword.encounters.actions import attending, plans, writing
from goodword.encounters.models import Encounter, Promise
from goodword.encounters.rules import Coming, EncounterKind
from goodword.gates import actions as gates
from goodword.ground.refusals import Refusal
from goodword.people.models import Person
from goodword.post.models import OutboxLetter
from goodword.relationships.doorway import seat_of
from goodword.relationships.journal import Event
from goodword.relationships.models import Seat
from goodword.relationships.visibility import Shared
from tests.alone.test_kept_alone import Alone, alone, join
from tests.encounters.at_hand import soon

__all__ = ["alone"]  # a fixture


def planned(alone: Alone) -> Encounter:
    """Have Ruth plan a meeting while she keeps it alone, with a promise each."""
    it = plans.plan(alone.seat, kind=EncounterKind.MEETING, planned_at=soon(3), minutes=60, place="Her kitchen")
    for role in (alone.seat.role, alone.seat.role.other):
        writing.promise(alone.seat, it, role=role, what="Send the list", due_on=None)
    return it


def at_his_side(tom: Person, key: str) -> dict[str, Any]:
    """Return all there is of the relationship at Tom's side: rows he may see, letters to him, and his seat's row."""
    his = seat_of(tom, key)
    seen = {
        model.__name__: sorted(str(pk) for pk in model.objects.visible_to(his).values_list("pk", flat=True))
        for model in apps.get_models()
        if issubclass(model, Shared)
    }
    letters = OutboxLetter.objects.filter(address=tom.email).values_list("kind", flat=True)
    row = Seat.objects.filter(pk=his.pk).values("touched_at", "stale_at", "stale_in", "sort_at", "urgency").get()
    return {**seen, "letters": sorted(letters), "seat": row}


def by_mail(alone: Alone, it: Encounter) -> None:
    """Ruth's calendar says no, to the letter she had when she planned it."""
    attending.attend(alone.seat, it, Coming.NO, at=timezone.now(), sequence=it.sequence, proposes=soon(4))


ACTS: dict[str, Callable[[Alone, Encounter], object]] = {
    "her promise is done": lambda alone, _it: writing.keep_promise(alone.seat, promise_of(alone, ours=True)),
    "his promise is done": lambda alone, _it: writing.keep_promise(alone.seat, promise_of(alone, ours=False)),
    "he is let off his promise": lambda alone, _it: writing.release_promise(alone.seat, promise_of(alone, ours=False)),
    "her calendar says no": by_mail,
    "she says no": lambda alone, it: alone.browser.post(
        reverse("encounter-attendance", args=[alone.key, it.key]), {"said": "no"}
    ),
}


def promise_of(alone: Alone, *, ours: bool) -> Promise:
    """Return the promise of one side."""
    role = alone.seat.role if ours else alone.seat.role.other
    return Promise.objects.owned_by(alone.seat).get(role=role)


@pytest.mark.sql
@pytest.mark.parametrize("what", ACTS)
def test_what_one_does_about_something_of_before_tells_the_other_nothing(alone: Alone, what: str) -> None:
    it = planned(alone)
    tom, toms = join(alone)
    toms.get(reverse("today"))
    before, story = at_his_side(tom, alone.key), toms.get(alone.url("story")).content.decode()
    try:
        ACTS[what](alone, it)
    except Refusal:
        assert "no" in what
    assert at_his_side(tom, alone.key) == before
    after = toms.get(alone.url("story")).content.decode()
    assert "promise" not in after and "make the time" not in after and len(after) == len(story)


def test_a_promise_of_before_is_done_all_the_same(alone: Alone) -> None:
    planned(alone)
    join(alone)
    ACTS["her promise is done"](alone, Encounter())
    assert promise_of(alone, ours=True).kept_at is not None
    assert "Send the list" not in alone.browser.get(reverse("today")).content.decode()


def test_what_both_see_is_told_as_ever(alone: Alone) -> None:
    tom, _toms = join(alone)
    it = planned(alone)
    ACTS["her promise is done"](alone, it)
    told = set(Event.objects.visible_to(seat_of(tom, alone.key)).values_list("verb", flat=True))
    assert {"encounter_planned", "promise_made", "promise_kept"} <= told


def test_letting_go_says_nothing_of_what_was_planned_before(alone: Alone) -> None:
    planned(alone)
    tom, _toms = join(alone)
    gates.let_go(alone.seat)
    told = list(Event.objects.visible_to(seat_of(tom, alone.key)).values_list("verb", flat=True))
    assert "ended" in told and "encounter_called_off" not in told
    assert not OutboxLetter.objects.filter(address=tom.email, kind="encounter-off").exists()


def test_what_a_machine_wrote_whose_clock_is_ahead_is_from_before_as_well(alone: Alone) -> None:
    it = planned(alone)
    models: list[Any] = [model for model in apps.get_models() if issubclass(model, Shared)]
    ahead = timezone.now() + timedelta(minutes=5)
    for model in models:
        model.objects.unscoped().update(created_at=ahead)
    tom, _toms = join(alone)
    his = seat_of(tom, alone.key)
    assert not Encounter.objects.visible_to(his).exists() and not Promise.objects.visible_to(his).exists()
    assert set(Event.objects.visible_to(his).values_list("verb", flat=True)) == {"joined"}
    assert Encounter.objects.visible_to(alone.seat).get().pk == it.pk


@pytest.mark.parametrize("him", [True, False], ids=["he", "she"])
def test_what_both_confirmed_is_not_taken_away_by_the_page_of_what_it_replaced(alone: Alone, him: bool) -> None:
    alone.browser.post(alone.url("kept-alone", "talk"), {"text": "He likes hills."})
    tom, toms = join(alone)
    [first] = opening.put_down(alone.seat, pages.items(alone.seat))
    his = seat_of(tom, alone.key)
    corrected = opening.correct(his, first, "I like the sea.")
    opening.confirm(alone.seat, corrected)
    browser = toms if him else alone.browser
    answer = browser.post(alone.url("opened-item", first.key), {"said": "no"})
    assert answer.status_code == 422 and "moved on" in answer.content.decode()
    with pytest.raises(Refusal):
        opening.decline(his if him else alone.seat, first)
    assert Opening.objects.visible_to(his).filter(pk=corrected.pk).exists()
    assert OpeningConfirmation.objects.visible_to(his).filter(opening=corrected).exists()
