"""The doors of single things kept alone: keys of anybody else's things open nothing there, and no nonsense is a fault."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from goodword.alone.actions import opening, records, signatures
from goodword.alone.models import Continuation, Opening, OpeningConfirmation, OwnWord, Record, SignedPage, Slip
from goodword.alone.queries.pages import OpeningItem
from goodword.alone.rules import Direction, Sort
from goodword.relationships import starting
from goodword.relationships.doorway import seat_of
from goodword.relationships.holding import PendingAct
from goodword.relationships.models import Relationship, Seat
from goodword.relationships.steps import Step
from tests.alone.test_kept_alone import Alone, alone, join, seen_on
from tests.cast import person
from tests.house.rows import NEVER
from tests.house.test_bad_input import NONSENSE
from tests.profiles.secrets import picture

__all__ = ["alone"]  # a fixture
ROOM: tuple[Any, ...] = (Record, Slip, OwnWord, SignedPage, Continuation, Opening, OpeningConfirmation, PendingAct)
ODD_KEYS = (NEVER, "x", "x" * 23, "..", "%", "<b>", "\u202eא", "null", "0", "-1", "' OR 1=1 --", "a" * 4000)


class Kept(NamedTuple):
    """The keys of one of each thing that a seat keeps alone."""

    record: str
    slip: str
    page: str


def keep(seat: Seat) -> Kept:
    """Keep one of each, and return their keys."""
    record = records.write(seat, Sort.TALK, "He likes hills.")
    slip = records.write_slip(seat, Direction.GIVEN, whom="Mrs Sorrell", why="Moving house")
    return Kept(record.key, slip.key, signatures.keep(seat, picture()).key)


def doors(alone: Alone, kept: Kept) -> list[tuple[str, tuple[str, ...]]]:
    """Return address and methods of every door in Ruth's relationship with Tom that takes the key of a thing kept."""
    return [
        (alone.url("slip", kept.slip), ("get", "post")),
        (alone.url("slip-gone", kept.slip), ("post",)),
        (alone.url("record-gone", "talk", kept.record), ("post",)),
        (alone.url("signed-page", kept.page), ("get",)),
        (alone.url("signed-page-gone", kept.page), ("post",)),
    ]


def answers(browser: Client, doors_there: list[tuple[str, tuple[str, ...]]], sent: Any = None) -> set[int]:
    """Return the statuses with which all of them answer."""
    return {
        getattr(browser, method)(address, (sent or {"outcome": "client"}) if method == "post" else {}).status_code
        for address, methods in doors_there
        for method in methods
    }


def rows() -> list[tuple[Any, ...]]:
    """Return all that this room has in the database, as it lies there."""
    found = [(model.__name__, *map(str, row)) for model in ROOM for row in model.objects.unscoped().values_list("pk")]
    told = [("told", str(pk), str(at)) for pk, at in Slip.objects.unscoped().values_list("pk", "told_at")]
    steps = [("step", str(pk), str(step)) for pk, step in Relationship.objects.values_list("pk", "step")]
    return sorted([*found, *told, *steps])


def test_every_table_of_the_room_is_looked_at() -> None:
    models = apps.get_app_config("goodword").get_models()
    assert {one for one in models if one.__module__ == "goodword.alone.models"} == set(ROOM) - {PendingAct}


def test_keys_of_ones_own_other_relationship_and_of_a_strangers_open_nothing_here(alone: Alone) -> None:
    own = keep(alone.seat)
    mine = starting.start(alone.ruth, name="Ann Oak")
    theirs = starting.start(person("Eve Ash", "eve@ash.example", "Ash"), name="Bob Elm")
    for seat in (mine, theirs):
        starting.keep_alone(seat)
    foreign = [keep(mine), keep(theirs)]
    before = rows()
    for kept in foreign:
        assert answers(alone.browser, doors(alone, kept)) == {404}
    assert rows() == before
    assert answers(alone.browser, doors(alone, own)[:1]) == {200, 302}


def test_keys_that_are_none_open_nothing(alone: Alone) -> None:
    keep(alone.seat)
    before = rows()
    for key in ODD_KEYS:
        assert answers(alone.browser, doors(alone, Kept(key, key, key))) <= {400, 404}, key
        for address in (alone.url("opened-item", key), alone.url("kept-alone", key), alone.url("paper", key)):
            assert answers(alone.browser, [(address, ("get", "post"))]) <= {400, 404, 405}, address
    assert rows() == before


def test_the_key_of_one_kind_of_thing_opens_no_other(alone: Alone) -> None:
    kept = keep(alone.seat)
    before = rows()
    assert answers(alone.browser, doors(alone, Kept(kept.slip, kept.page, kept.record))) == {404}
    assert alone.browser.post(alone.url("record-gone", "agreement", kept.record)).status_code == 404
    assert alone.browser.post(alone.url("record-gone", "no-sort", kept.record)).status_code == 404
    assert rows() == before


def test_who_joins_opens_nothing_of_it_by_its_key(alone: Alone) -> None:
    kept = keep(alone.seat)
    _tom, toms = join(alone)
    before = rows()
    assert answers(toms, doors(alone, kept)) == {404}
    assert rows() == before
    assert answers(alone.browser, doors(alone, kept)[:1]) == {200, 302}


@pytest.mark.parametrize("kind", NONSENSE)
def test_no_nonsense_is_a_fault_or_changes_anything(alone: Alone, kind: str) -> None:
    kept, bad = keep(alone.seat), NONSENSE[kind]
    before = rows()
    sent = [
        (alone.url("slip", kept.slip), {"outcome": bad, "line": "A line"}),
        (alone.url("slip", kept.slip), {"outcome": bad, "line": bad}),
        (alone.url("slip-new"), {"way": bad, "whom": "Mrs Sorrell"}),
        (alone.url("alone-word"), {"choice": bad, "gate": "g1"}),
        (alone.url("alone-word"), {"choice": "go_on", "gate": bad}),
        (alone.url("alone-word"), {"choice": "not_yet", "gate": "g1", "said_on": bad}),
        (alone.url("opening"), {"chosen": bad, "seen": bad}),
        (alone.url("signed-pages"), {"file": bad}),
    ]
    for address, fields in sent:
        answer = alone.browser.post(address, fields)
        assert answer.status_code in (200, 409, 422), (address, fields, answer.status_code)
    assert rows() == before


@pytest.mark.parametrize("gate", ["g2a", "g2b", "g3", "g9"])
def test_a_word_for_a_gate_one_does_not_stand_before_is_refused(alone: Alone, gate: str) -> None:
    alone.meet()
    before = rows()
    answer = alone.browser.post(alone.url("alone-word"), {"choice": "go_on", "gate": gate})
    assert answer.status_code == 422 and alone.seat.at is Step.EXPLORE
    assert rows() == before


def test_only_what_is_ones_own_here_can_be_chosen_to_be_opened(alone: Alone) -> None:
    kept = keep(alone.seat)
    foreign = starting.start(alone.ruth, name="Ann Oak")
    starting.keep_alone(foreign)
    others = keep(foreign)
    join(alone)
    seen = seen_on(alone.browser.get(alone.url("opening")))
    before = rows()
    for chosen in (others, [kept.page], [NEVER], ODD_KEYS, []):
        answer = alone.browser.post(alone.url("opening"), {"seen": seen, "chosen": list(chosen)})
        assert answer.status_code == 422, chosen
    assert rows() == before
    assert alone.browser.post(alone.url("opening"), {"seen": seen, "chosen": [kept.record]}).status_code == 302


def test_what_was_opened_is_answered_by_whom_it_was_opened_to_and_at_its_own_door(alone: Alone) -> None:
    tom, toms = join(alone)
    [lying] = opening.put_down(alone.seat, [OpeningItem("", "talk", "He likes hills.")])
    elsewhere = starting.start(tom, name="Ann Oak")
    before = rows()
    here, there = alone.url("opened-item", lying.key), reverse("opened-item", args=[elsewhere.key, lying.key])
    assert toms.post(there, {"said": "yes"}).status_code == 404
    assert alone.browser.post(here, {"said": "yes"}).status_code == 422
    for said in ("maybe", "YES", "\0", "yes no", "1" * 400):
        assert toms.post(here, {"said": said}).status_code in (200, 422)
    assert rows() == before
    assert toms.post(here, {"said": "yes"}).status_code == 302
    assert OpeningConfirmation.objects.visible_to(seat_of(tom, alone.key)).count() == 1
