"""Private acts on a small world: whatever Ada and Abe do in their drawers, everybody else's rows and pages stay as they were.

The quick sisters of the twins and of the canary crawl: they look at the same things on one small relationship, in seconds, so
that a leak is found by a test that names it. `tests/house/drill` counts on them.
"""

from __future__ import annotations

import datetime as dt
import logging
import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import zip_longest
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.db import models, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from goodword.encounters import diary, reminders
from goodword.encounters.models import Encounter
from goodword.encounters.writing import note_for_me
from goodword.gates import actions as gates
from goodword.gates.rules import Choice
from goodword.leads import giving
from goodword.leads import keeping as leads
from goodword.leads.models import Lead
from goodword.post.delivery import message
from goodword.post.models import OutboxLetter
from goodword.relationships.models import Event
from goodword.relationships.steps import Step
from goodword.relationships.visibility import Locked, Mine, Shared
from goodword.reservations.actions import checking, keeping, ten, together
from goodword.reservations.models import SideReservation
from goodword.reservations.rules import Answer
from goodword.ui.doors import routes
from tests.cast import Cast, signed_in
from tests.encounters.at_hand import planned, soon
from tests.house.rows import NEVER
from tests.house.world import ROOMS, known_keys, masked, private_texts, read, read_letter, secrets_of
from tests.reservations.secrets import plant_waiting, share

WORD = "Zinnoberkrähe"


class Small(Cast):
    """Ada and Ben with a colleague each, an encounter ahead, one reservation on the table; in the last step a lead each way."""

    def __init__(self, at: Step) -> None:
        super().__init__(at=at)
        self.seats = [self.ada, self.abe, self.ben, self.bea]
        for seat in self.seats:
            keeping.read_promise(seat)
        self.it = planned(self.ada, soon(5))
        self.tabled = share(self.ada, "We are not the cheapest.")
        self.feed = diary.open_feed(self.ben_person)
        self.lead: Lead | None = None
        if at is Step.ADVOCATE:
            giving.give(self.ben, why="A cold shop.", route="card")
            self.lead = giving.give(self.ada, why="Two brothers asking about an island.", route="ask")

    def browser(self, who: str) -> Client:
        """Return a fresh browser of one of the four."""
        return signed_in({"ada": self.ada_person, "abe": self.abe.person, "ben": self.ben_person, "bea": self.bea.person}[who])

    def keep_private(self) -> None:
        """Write the word into every private field, as Ada and as Abe."""
        for seat in (self.ada, self.abe):
            for room in ROOMS:
                module = secrets_of(room)
                if module is not None and hasattr(module, "plant"):
                    module.plant(seat, WORD)

    def paths(self) -> Iterator[tuple[str, str]]:
        """Yield (route, path) of every page that needs no key, or the keys of what is shared here."""
        rows = {"r/<str:key>/encounters/<str:item>": self.it.key, "r/<str:key>/tabled/<str:item>": self.tabled.key}
        if self.lead is not None:
            rows |= {"r/<str:key>/leads/<str:item>": self.lead.key}
        for path, pattern in routes():
            names = list(pattern.pattern.converters)
            item = next((key for begin, key in rows.items() if path.startswith(begin)), "")
            known = names in ([], ["key"]) or (names == ["key", "item"] and item)
            if known and "GET" in pattern.callback.methods and pattern.name != "readyz":
                yield pattern.name, reverse(pattern.name, args=[self.key, item][: len(names)])
        yield "gate-result", reverse("gate-result", args=[self.key, "g1", 1])
        yield "calendar-feed", reverse("calendar-feed", args=[diary.token_of(self.feed)])
        for path in (f"/relationships?q={WORD}", "/leads?q=zinn", f"/r/{self.key}/encounters?q={WORD}"):
            yield path, path


@pytest.fixture(params=[Step.EXPLORE, Step.ADVOCATE], ids=["explore", "advocate"])
def small(request: pytest.FixtureRequest, db: None) -> Iterator[Small]:
    """Return the small world, in its first and in its last step; an hour later the clock stands still."""
    world = Small(request.param)
    with time_machine.travel(dt.datetime.now(dt.UTC).replace(microsecond=0) + dt.timedelta(hours=1), tick=False):
        yield world


def fetched(small: Small, *who: str) -> dict[str, str]:
    """Return all that these people fetch and are answered, by name; what differs in any two runs is masked."""
    found, keys = {}, known_keys()
    for name in who:
        browser = small.browser(name)
        for route, path in small.paths():
            answer = browser.get(path)
            # Of a PDF's outline, where its parser put each object is no matter.
            found[f"{name} {route}"] = masked(re.sub(r"IndirectObject\(.*?\)", "", read(answer)), keys)
        found[f"{name} asks to go on"] = masked(posted(browser, reverse("gate", args=[small.key]), {"choice": "go_on"}), keys)
    return found


def posted(browser: Client, path: str, what: dict[str, str]) -> str:
    """Return the answer to a form, which is undone afterwards."""
    with transaction.atomic():
        answer = browser.post(path, what)
        transaction.set_rollback(True)
    return f"{answer.status_code}\n{answer.content.decode()}"


def letters(small: Small) -> list[str]:
    """Return the letters on their way to Ben's side, a day before the encounter, with the reminders of that day."""
    with transaction.atomic():
        reminders.put_due(soon(5) - dt.timedelta(hours=2))
        waiting = OutboxLetter.objects.filter(sent_at=None, dropped_at=None, address__contains="moor.example")
        said = [masked(read_letter(message(letter)), known_keys()) for letter in waiting.order_by("kind", "address", "made_at", "pk")]
        transaction.set_rollback(True)
    return said


def rows_of_others(small: Small, *but: str) -> dict[str, list[Any]]:
    """Return every row that is in no drawer and not the very own of these people, Ada and Abe where none are named."""
    people = {"ada": small.ada_person.pk, "abe": small.abe.person.pk}
    ours, found = [people[who] for who in but or people], {}
    for model in apps.get_app_config("goodword").get_models():
        if issubclass(model, Locked) and not issubclass(model, Shared):
            continue
        rows = model.objects.for_the_house() if issubclass(model, Locked) else model._base_manager.all()
        if any(field.attname == "person_id" for field in model._meta.concrete_fields):
            rows = rows.exclude(person_id__in=ours)
        found[model.__name__] = sorted(map(repr, rows.values_list()))
    return found


def different(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    """Return what differs: its name and the first lines that are not the same."""
    return [f"{name}: {apart(one.get(name), other.get(name))}" for name in {**one, **other} if one.get(name) != other.get(name)]


def apart(one: Any, other: Any) -> list[tuple[str, str]]:
    """Return the first lines in which two things differ."""
    lines = [str(each).split("\n") if isinstance(each, str) else [str(line) for line in each or []] for each in (one, other)]
    return [(a[:300], b[:300]) for a, b in zip_longest(*lines, fillvalue="") if a != b][:2]


def test_whatever_is_kept_private_touches_no_row_outside_its_drawer(small: Small) -> None:
    before = rows_of_others(small)
    small.keep_private()
    assert different(before, rows_of_others(small)) == []


def keep_mine(small: Small) -> None:
    """Write the word into the drawers that only Ada opens."""
    row = keeping.keep(small.ada, text=WORD, drawer="mine")
    keeping.reword(small.ada, row, f"{WORD} again")
    keeping.mark_breaker(small.ada, row, True)
    keeping.keep_draft(small.ada, "mine", WORD)
    ten.begin(small.ada, [WORD])
    note_for_me(small.ada, small.it, text=WORD)
    if small.lead is not None:
        leads.note(small.ada, small.lead, WORD)
        leads.money(small.ada, small.lead, amount=Decimal(120), currency="GBP", words=WORD)


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


def test_whatever_is_kept_private_the_letters_say_the_same(small: Small) -> None:
    before = letters(small)
    small.keep_private()
    assert before == letters(small)
    assert before


def test_what_they_see_is_the_same_whatever_is_kept_private(small: Small) -> None:
    def mirror() -> str:
        return masked(small.browser("ada").get(reverse("what-they-see", args=[small.key])).content.decode(), known_keys())

    before = mirror()
    small.keep_private()
    assert before == mirror()


def test_what_they_see_is_what_they_see(small: Small) -> None:
    """Word for word the story and the table of what is in place as Ben's own page shows them."""
    own = small.browser("ben").get(reverse("relationship", args=[small.key])).content.decode()
    held_up = small.browser("ada").get(reverse("what-they-see", args=[small.key])).content.decode()
    for part in ('<ol class="timeline">', '<table class="ready">'):
        there = [text(page.partition(part)[2].partition("</ol>" if "ol" in part[:4] else "</table>")[0]) for page in (own, held_up)]
        assert there[0] == there[1]


def text(page: str) -> str:
    """Return the words of a piece of a page."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


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
    """Asked for by the addresses of its own room, with every method those have."""
    small.keep_private()
    plant_waiting(small.ada, WORD)
    browser, wrong = small.browser("ben"), []
    for _path, pattern in routes():
        if list(pattern.pattern.converters) == ["key", "item"]:
            absent, *others = [
                {method: answered(browser, method, reverse(pattern.name, args=[small.key, key])) for method in pattern.callback.methods}
                for key in (NEVER, *hidden_keys(small, pattern.callback.__module__.split(".")[1]))
            ]
            wrong += [f"{pattern.name} {different(absent, answer)}" for answer in others if answer != absent]
    assert not wrong


def hidden_keys(small: Small, room: str) -> list[str]:
    """Return the key of one row of each kind that lies in a drawer of Ada's side, in one room."""
    rows = [m.objects.for_the_house().filter(side_id=small.ada.side_id) for m in drawers() if f".{room}." in m.__module__]
    return [row.key for row in (some.first() for some in rows) if row]


def drawers() -> list[type[Locked]]:
    """Return the models of what is private."""
    return [m for m in apps.get_app_config("goodword").get_models() if issubclass(m, Locked) and not issubclass(m, Shared)]


def answered(browser: Client, method: str, path: str) -> str:
    """Return status, headers and body of an answer, undone afterwards; without the key that was asked for."""
    browser.cookies.pop("messages", None)
    with transaction.atomic():
        answer = browser.generic(method, path)
        transaction.set_rollback(True)
    return masked(read(answer).replace(path.split("/")[4], "") if len(path.split("/")) > 4 else read(answer), set())


def choose(small: Small, clock: time_machine.Traveller, *, private: bool) -> None:
    """Answer, choose and seal, in one way or in quite another, a minute for each: what both sides learn of is the same."""
    checking.record_check(small.ada, Answer.CANNOT_NAME if private else Answer.NOTHING, 9 if private else None)
    clock.shift(60)
    reveal = together.propose(small.ben, None)
    chosen = list(SideReservation.objects.visible_to(small.ada)[:2]) if private else []
    clock.shift(60)
    together.say_ready(small.ada, reveal, chosen, together.chosen_print(small.ada, chosen))
    if small.ada.at is Step.EXPLORE:
        Encounter.objects.for_the_house().filter(pk=small.it.pk).update(held_at=timezone.now(), happened_on=timezone.localdate())
        clock.shift(60)
        checking.record_check(small.ada, Answer.SOMETHING if private else Answer.NOTHING)
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
    assert not [record for record in caplog.records if WORD in record.getMessage() and record.name != "django.db.backends"]


def test_the_columns_of_a_drawer_are_sealed_keys_moments_or_places() -> None:
    """What lies beside a sealed text in its row is nothing somebody typed."""
    plain = {
        f"{model.__name__}.{field.name}"
        for model in drawers()
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField) and not field.choices and (field.max_length or 0) > 64
    }
    assert plain == set()
