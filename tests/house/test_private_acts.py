"""Private acts on a small world: whatever Ada and Abe do in their drawers, everybody else's rows and pages stay as they were.

The quick sisters of the twins and of the canary crawl: they look at the same things on one small relationship, in seconds, so
that a leak is found by a test that names it. `tests/house/drill` counts on them.
"""

from __future__ import annotations

import logging
import re
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.contrib.messages import get_messages
from django.db import models, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from goodword.encounters.actions import plans as encounters
from goodword.gates import actions as gates
from goodword.gates.rules import Choice
from goodword.relationships.journal import Event
from goodword.relationships.steps import Step
from goodword.relationships.visibility import Locked, Mine, SealedText, Shared
from goodword.reservations.actions import checking, keeping, together
from goodword.reservations.models import SideReservation
from goodword.reservations.rules import CheckAnswer
from goodword.ui.doors import routes
from tests.house.rows import NEVER
from tests.house.small import WORD, Small, different, fetched, keep_mine, letters, rows_of_others
from tests.house.world import ROOMS, known_keys, masked, private_texts, read, secrets_of
from tests.reservations.secrets import plant_waiting


def test_whatever_is_kept_private_touches_no_row_outside_its_drawer(small: Small) -> None:
    before = rows_of_others(small)
    small.keep_private()
    assert different(before, rows_of_others(small)) == []


def test_what_is_only_mine_touches_no_row_of_a_colleague(small: Small) -> None:
    before = rows_of_others(small, "ada")
    keep_mine(small)
    assert different(before, rows_of_others(small, "ada")) == []


def test_what_is_only_mine_leaves_the_pages_of_a_colleague_as_they_were(small: Small) -> None:
    before = fetched(small, "abe")
    keep_mine(small)
    assert different(before, fetched(small, "abe")) == []


def test_whatever_is_kept_private_the_other_side_fetches_the_same_bytes(small: Small) -> None:
    before = fetched(small, "ben", "bea")
    small.keep_private()
    assert different(before, fetched(small, "ben", "bea")) == []


def test_what_ada_has_just_looked_at_is_shown_to_nobody_else(small: Small) -> None:
    """Nothing that is kept to be quick is kept without whose it is: hers is looked at first, by whoever may see it."""
    small.keep_private()
    keep_mine(small, "Quittenschnaps")
    assert "Quittenschnaps" in "".join(fetched(small, "ada").values())
    hers_alone = {text for _name, text, lock, _row in private_texts(small) if "Quittenschnaps" in text}  # type: ignore[arg-type]
    theirs = {
        name: page for name, page in fetched(small, "abe", "ben").items() if "?q=" not in name
    }  # it repeats the word
    assert not [name for name, page in theirs.items() if any(text in page for text in hers_alone)]
    assert not [name for name, page in theirs.items() if name.startswith("ben") and WORD in page]
    assert "Ada" in theirs["ben today"] + theirs["ben relationships"]
    assert "Ben" not in re.sub(r"Ben(?= Moor| writes)", "", theirs["ben today"].partition("<main")[2])


def test_whatever_is_kept_private_the_letters_say_the_same(small: Small) -> None:
    before = letters(small)
    small.keep_private()
    assert before == letters(small)
    assert before


def test_what_they_see_is_the_same_whatever_is_kept_private(small: Small) -> None:
    def mirror() -> str:
        return masked(
            small.browser("ada").get(reverse("what-they-see", args=[small.key])).content.decode(), known_keys()
        )

    before = mirror()
    small.keep_private()
    assert before == mirror()


def test_what_they_see_is_what_they_see(small: Small) -> None:
    """Word for word the story and the table of what is in place as Ben's own pages show them."""
    story = small.browser("ben").get(reverse("story", args=[small.key])).content.decode()
    front = small.browser("ben").get(reverse("relationship", args=[small.key])).content.decode()
    own = front if '<ol class="timeline">' in front else story
    as_other_side = small.browser("ada").get(reverse("what-they-see", args=[small.key])).content.decode()
    for part in ('<ol class="timeline">', '<table class="ready">'):
        there = [
            text(page.partition(part)[2].partition("</ol>" if "ol" in part[:4] else "</table>")[0])
            for page in (own, as_other_side)
        ]
        assert there[1].strip() or "ol" not in part[:4], "the story is never empty"
        assert there[0].startswith(there[1])  # the front page tells the newest of the story


def text(page: str) -> str:
    """Return the words of a piece of a page, whether or not they lead anywhere."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", re.sub(r"</?a\b[^>]*>", "", page)))


def test_a_colleague_fetches_nothing_of_what_is_only_mine(small: Small) -> None:
    for seat in (small.ada, small.ben):
        for room in ROOMS:
            module = secrets_of(room)
            if module is not None and hasattr(module, "plant"):
                module.plant(seat, f"{WORD} of {seat.role}")
    texts = [(name, text, row) for name, text, _lock, row in private_texts(small)]  # type: ignore[arg-type]
    seen = "\n".join(fetched(small, "abe").values())
    ours = {text for _name, text, row in texts if not isinstance(row, Mine)}
    mine = {text for _name, text, row in texts if isinstance(row, Mine) and row.author_id == small.ada_person.pk}
    assert not [text for text in mine - ours if len(text) > 12 and text in seen]
    assert [text for text in mine if len(text) > 12]


def test_a_row_in_a_drawer_answers_like_one_that_never_was(small: Small) -> None:
    """Asked for by the addresses of its own room, with every method those have, when Ada has just looked at it herself."""
    small.keep_private()
    plant_waiting(small.ada, WORD)
    hers, browser, wrong = small.browser("ada"), small.browser("ben"), []
    for _path, pattern in routes():
        if list(pattern.pattern.converters) == ["key", "item"]:
            hidden = hidden_keys(small, pattern.callback.__module__.split(".")[1])
            for key in hidden if "GET" in pattern.callback.methods else []:  # type: ignore[attr-defined]
                hers.get(reverse(pattern.name, args=[small.key, key]))
            absent, *others = [
                {
                    method: answered(browser, method, reverse(pattern.name, args=[small.key, key]))
                    for method in pattern.callback.methods  # type: ignore[attr-defined]
                }
                for key in (NEVER, *hidden)
            ]
            wrong += [f"{pattern.name} {different(absent, answer)}" for answer in others if answer != absent]
    assert not wrong


def hidden_keys(small: Small, room: str) -> list[str]:
    """Return the key of one row of each kind that lies in a drawer of Ada's side, in one room: of her own, one that she can see."""
    hers = {"side_id": small.ada.side_id, "author_id": small.ada_person.pk}
    ours = {"side_id": small.ada.side_id}
    kinds = [m for m in drawers() if f".{room}." in m.__module__]
    rows = [m.objects.unscoped().filter(**(hers if issubclass(m, Mine) else ours)).first() for m in kinds]  # type: ignore[attr-defined]
    return [row.key for row in rows if row]


def drawers() -> list[type[Locked]]:
    """Return the models of what is private."""
    return [
        m for m in apps.get_app_config("goodword").get_models() if issubclass(m, Locked) and not issubclass(m, Shared)
    ]


def answered(browser: Client, method: str, path: str) -> str:
    """Return status, headers and body of an answer, and what the next page says of it; without the key that was asked for.

    All of it is undone afterwards.
    """
    browser.cookies.pop("messages", None)
    with transaction.atomic():
        answer = browser.generic(method, path)
        transaction.set_rollback(True)
    next_page = " ".join(str(each) for each in get_messages(answer.wsgi_request))
    said = f"{read(answer)}\n{next_page}"
    return masked(said.replace(path.split("/")[4], "") if len(path.split("/")) > 4 else said, set())


def choose(small: Small, clock: time_machine.Traveller, *, private: bool) -> None:
    """Answer, choose and seal, in one way or in quite another, a minute for each: what both sides learn of is the same."""
    checking.record_check(
        small.ada, CheckAnswer.CANNOT_NAME if private else CheckAnswer.NOTHING, 9 if private else None
    )
    clock.shift(60)
    reveal = together.propose(small.ben, None)
    chosen = list(SideReservation.objects.visible_to(small.ada)[:2]) if private else []
    clock.shift(60)
    together.say_ready(small.ada, reveal, chosen, together.choice_print(small.ada, chosen))
    if small.ada.at is Step.EXPLORE:
        encounters.record(small.ben, happened_on=timezone.localdate(), place="Here", counts_now=True)
        clock.shift(60)
        checking.record_check(small.ada, CheckAnswer.SOMETHING if private else CheckAnswer.NOTHING)
        clock.shift(60)
        gates.decide(small.ada, Choice.NOT_YET if private else Choice.GO_ON)


def sealed_life(small: Small, *, private: bool) -> dict[str, Any]:
    """Return what Ben's side has of a stretch of life in which Ada chooses; undone afterwards."""
    with transaction.atomic(), time_machine.travel(timezone.now(), tick=False) as clock:
        choose(small, clock, private=private)
        keys = known_keys()
        events = Event.objects.visible_to(small.ben).order_by("verb", "created_at")
        found: dict[str, Any] = fetched(small, "ben", "bea")
        found["journal"] = [(verb, masked(subject, keys)) for verb, subject in events.values_list("verb", "subject")]
        found["letters"] = letters(small)
        # A row that no page of this step shows is one that a later page, count or file may.
        found["rows"] = [f"{each.__name__}: {each.objects.visible_to(small.ben).count()}" for each in shared()]
        transaction.set_rollback(True)
    return found


def shared() -> list[type[Shared]]:
    """Return the models of what both sides see."""
    return [m for m in apps.get_app_config("goodword").get_models() if issubclass(m, Shared)]


def test_whatever_ada_answers_chooses_and_decides_the_others_learn_that_and_no_more(small: Small) -> None:
    for number in range(2):
        keeping.keep(small.ada, text=f"{WORD} {number}", drawer="side")
    assert different(sealed_life(small, private=False), sealed_life(small, private=True)) == []


def test_no_private_word_is_said_in_a_log(small: Small, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        small.keep_private()
        fetched(small, "ada")
    assert not [
        record for record in caplog.records if WORD in record.getMessage() and record.name != "django.db.backends"
    ]


# What lies in clear in a drawer: which thing, which step or box, of which kind. Never what was answered, chosen or typed.
IN_CLEAR = {
    "AnswerNote": "",
    "Assessment": "",
    "ImportedRecord": "origin",
    "Continuation": "direction",
    "Criterion": "entry",
    "Decision": "gate round",
    "Draft": "place",
    "PendingAct": "kind thing",
    "LeadMark": "mark",
    "PendingReservation": "drawer source",
    "OwnNote": "what once",
    "OwnWord": "gate",
    "PeopleEstimate": "step",
    "Pondering": "item",
    "PreciousLine": "place",
    "PreparedQuestion": "entry",
    "Record": "sort",
    "ReservationCheck": "step",
    "RevealEntry": "source",
    "SideNote": "what once",
    "TeachingDraft": "field",
    "BriefingPoint": "because",
}


def test_the_columns_of_a_drawer_are_sealed_keys_moments_or_places() -> None:
    """What lies beside a sealed text in its row is nothing somebody typed, answered or chose."""
    sealed_or_when = (SealedText, models.DateTimeField, models.UUIDField, models.ForeignKey)
    found = {
        model.__name__: " ".join(
            field.name
            for field in model._meta.concrete_fields
            if not isinstance(field, sealed_or_when) and field.name != "key"
        )
        for model in drawers()
    }
    assert {name: fields for name, fields in found.items() if fields != IN_CLEAR.get(name, "")} == {}
