"""A small world for the tests of private acts: two sides of two, and all that one of them has, fetches and is sent."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Iterator, Sequence
from contextlib import suppress
from decimal import Decimal
from itertools import zip_longest
from typing import Any, TypeVar

from django.apps import apps
from django.core import mail
from django.db import models, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from goodword.briefings.actions import conversation as briefings
from goodword.briefings.models import PreparedQuestion
from goodword.encounters import calendar_entries
from goodword.encounters.actions import reminders, writing
from goodword.encounters.calendar_entries import Feed
from goodword.encounters.models import Encounter, OwnNote
from goodword.ground.refusals import Refusal
from goodword.leads.actions import giving, introducing
from goodword.leads.actions import keeping as leads
from goodword.leads.actions.giving import Consent
from goodword.leads.models import Lead, LeadNote
from goodword.ops import jobs, schedule
from goodword.people.models import Person
from goodword.post.delivery import deliver_due, message
from goodword.post.models import OutboxLetter
from goodword.relationships.doorway import seat_of
from goodword.relationships.models import Seat
from goodword.relationships.steps import Step
from goodword.relationships.visibility import Locked, SealedUntilOpened, Shared
from goodword.reservations import queries
from goodword.reservations.actions import keeping, sharing, ten
from goodword.reservations.models import PreciousLine, TableReservation
from goodword.reservations.rules import Hand
from goodword.teaching import actions as teaching
from goodword.teaching import practice
from goodword.teaching.queries import pages as teaching_queries
from goodword.teaching.rules.recall import Recollection
from goodword.ui.doors import routes
from tests.cast import Cast, signed_in
from tests.encounters.at_hand import planned, soon
from tests.house.world import NEW_EACH_TIME, ROOMS, known_keys, masked, read, read_letter, secrets_of
from tests.relationships import secrets as held_back
from tests.reservations.secrets import share
from tests.walking import keep, recall

WORD = "Zinnoberkrähe"


Things = tuple[Encounter, TableReservation, Feed, Lead | None]  # those that tests ask for
_things: dict[str, Things] = {}
Thing = TypeVar("Thing", bound=models.Model)


def again(thing: Thing) -> Thing:
    """Return a thing as the database has it now."""
    return type(thing)._base_manager.get(pk=thing.pk)


class Small(Cast):
    """Ada and Ben with a colleague each, an encounter ahead, one reservation on the table; in the last step a lead each way."""

    def __init__(self, at: Step) -> None:
        where, alone = f"small, {at.name}", not Person.objects.exists()
        if (key := recall(where)) is not None:
            self.come_back(key)
            things = _things[where]
        else:
            super().__init__(at=at)
            things = self.begin(at)
            if alone:
                keep(where, self.key)
                _things[where] = things
        self.seats = [self.ada, self.abe, self.ben, self.bea]
        it, tabled, feed, lead = things
        self.it, self.tabled, self.feed, self.lead = again(it), again(tabled), again(feed), lead and again(lead)

    def begin(self, at: Step) -> Things:
        """Live it, and return what the tests ask for."""
        for seat in (self.ada, self.abe, self.ben, self.bea):
            keeping.read_promise(seat.person)
        it, tabled = planned(self.ada, soon(5)), share(self.ada, "We are not the cheapest.")
        feed, lead = calendar_entries.open_feed(self.ben_person), None
        if at is Step.ADVOCATE:
            giving.give(self.ben, why="A cold shop.", route="card")
            lead = giving.give(self.ada, why="Two brothers asking about an island.", route="ask")
            agreed = Consent(timezone.localdate())
            giving.give(
                self.ada, why="A roof.", route="now", name="Mrs Lyle", reach="lyle@else.example", consent=agreed
            )
        return it, tabled, feed, lead

    def come_back(self, key: str) -> None:
        """Find those whom an earlier small world of this process left here."""
        self.key = key
        self.ada_person, self.ben_person = map(Person.objects.at, ("ada@lane.example", "ben@moor.example"))
        self.abe, self.bea = (
            seat_of(Person.objects.at(address), key) for address in ("abe@lane.example", "bea@moor.example")
        )

    def browser(self, who: str) -> Client:
        """Return a fresh browser of one of the four."""
        return signed_in(
            {"ada": self.ada_person, "abe": self.abe.person, "ben": self.ben_person, "bea": self.bea.person}[who]
        )

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
            if known and "GET" in pattern.callback.methods and pattern.name not in ("readyz", *NEW_EACH_TIME):  # type: ignore[attr-defined]
                yield pattern.name, reverse(pattern.name, args=[self.key, item][: len(names)])
        yield "gate-result", reverse("gate-result", args=[self.key, "g1", 1])
        yield "calendar-feed", reverse("calendar-feed", args=[calendar_entries.token_of(self.feed)])
        for path in (f"/relationships?q={WORD}", "/leads?q=zinn", f"/r/{self.key}/encounters?q={WORD}"):
            yield path, path


def fetched(small: Small, *who: str) -> dict[str, str]:
    """Return all that these people fetch and are answered, by name; what differs in any two runs is masked."""
    found, keys = {}, known_keys()
    for name in who:
        browser = small.browser(name)
        for route, path in small.paths():
            answer = browser.get(path)
            # Of a PDF's outline, where its parser put each object is no matter.
            found[f"{name} {route}"] = masked(re.sub(r"IndirectObject\(.*?\)", "", read(answer)), keys)
        found[f"{name} asks to go on"] = masked(
            posted(browser, reverse("gate", args=[small.key]), {"choice": "go_on"}), keys
        )
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
        said = [
            f"{letter.due_at} {masked(read_letter(message(letter)), known_keys())}"
            for letter in waiting.order_by("kind", "address", "made_at", "pk")
        ]
        transaction.set_rollback(True)
    return said


def rows_of_others(small: Small, *but: str) -> dict[str, list[Any]]:
    """Return every row that is in no drawer and not the very own of these people, Ada and Abe where none are named."""
    people = {"ada": small.ada_person.pk, "abe": small.abe.person.pk}
    ours, found = [people[who] for who in but or people], {}
    for model in apps.get_app_config("goodword").get_models():
        if issubclass(model, Locked) and not issubclass(model, Shared):
            continue
        rows = model.objects.unscoped() if issubclass(model, Locked) else model._base_manager.all()  # type: ignore[attr-defined]
        if any(field.attname == "person_id" for field in model._meta.concrete_fields):
            rows = rows.exclude(person_id__in=ours)
        found[model.__name__] = sorted(map(repr, rows.values_list()))
    return found


def different(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    """Return what differs: its name and the first lines that are not the same."""
    return [
        f"{name}: {apart(one.get(name), other.get(name))}"
        for name in {**one, **other}
        if one.get(name) != other.get(name)
    ]


def apart(one: Any, other: Any) -> list[tuple[str, str]]:
    """Return the first lines in which two things differ, from shortly before the place where they do."""
    lines = [
        str(each).split("\n") if isinstance(each, str) else [str(line) for line in each or []] for each in (one, other)
    ]
    found = [(a, b) for a, b in zip_longest(*lines, fillvalue="") if a != b][:2]
    starts = [
        max(0, next((at for at, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), 0) - 80) for a, b in found
    ]
    return [(a[at : at + 300], b[at : at + 300]) for (a, b), at in zip(found, starts, strict=True)]


def keep_mine(small: Cast, word: str = WORD) -> None:
    """Do, as Ada, every act of which nobody else learns, colleagues included."""
    ada = small.ada
    keep_reservations(ada, word)
    held_back.plant(ada, word)
    for it in Encounter.objects.visible_to(ada):
        writing.note_for_me(ada, it, text=word)
        writing.say_rapport(ada, it, word)
        writing.note_for_me(ada, it, text=f"{word}, put away")
        put_away = (
            OwnNote.objects.owned_by(ada).filter(encounter=it, what="note").order_by("-created_at", "-id").first()
        )
        assert put_away is not None
        writing.put_note_away(ada, put_away.key)
    for question in PreparedQuestion.objects.owned_by(ada):
        briefings.note(ada, question, f"They said {word}")
    if ada.at >= Step.AGREE:
        teaching.keep_reason(ada, word)
    if teaching_queries.theirs(ada) is not None:
        practise(ada)
    for lead in Lead.objects.visible_to(ada).filter(erased_at=None):
        held_back.plant_about(ada, "lead-name" if lead.side_id == ada.side_id else "lead-report", lead.key, word)
        leads.note(ada, lead, word)
        leads.note(ada, lead, f"{word}, thrown away")
        kept = LeadNote.objects.owned_by(ada).filter(lead=lead).order_by("-created_at", "-id").first()
        assert kept is not None
        leads.drop_note(ada, kept)
        leads.money(ada, lead, amount=Decimal(120), currency="GBP", words=word)
        with suppress(Refusal):
            introducing.draft(ada, lead, f"Dear {word}")


def keep_reservations(ada: Seat, word: str) -> None:
    """Do everything in the drawer of one's own reservations, and think of the ten."""
    row = keeping.keep(ada, text=word, drawer="mine")
    keeping.reword(ada, row, f"{word} again")
    keeping.mark_breaker(ada, row, True)
    keeping.settle(ada, row, f"{word} settled it")
    keeping.reopen(ada, row)
    sharing.take_back(ada, sharing.put_on_table(ada, row, sharing.words_print(ada, row)))
    keeping.delete(ada, keeping.keep(ada, text=word, drawer="mine"))
    keeping.keep_draft(ada, "mine", word)
    keeping.ponder(ada, f"premortem/{next(iter(queries.thread(ada, 'premortem')))}", "unsure")
    for _again in range(2):
        ten.begin(ada, [word, f"{word} too"])
        line = PreciousLine.objects.owned_by(ada).order_by("-created_at", "-id").first()
        assert line is not None
        ten.answer(ada, line, Hand.NOT_YET)
        ten.hold_back(ada, line, word, keep=False)
        if not _again:
            ten.burn(ada)


def practise(ada: Seat) -> None:
    """Practise what the other side teaches, stop, and begin again."""
    for _again in range(2):
        practice.begin(ada)
        card = practice.practice_page(ada).card
        assert card is not None
        practice.answer(ada, card.field, Recollection.ROUGHLY)
        if not _again:
            practice.stop(ada)


# ── What the worker does, and what it leaves with the others ──


def work(now: dt.datetime) -> None:
    """Let the worker do everything that is due by now, and let the letters go."""
    schedule.register_jobs()
    for job in jobs.all_jobs():
        job.run(now)
    while deliver_due():
        pass


def known_ids() -> set[Any]:
    """Return the ids and public keys of all rows there are."""
    found: set[Any] = known_keys()
    for model in apps.get_app_config("goodword").get_models():
        rows = model.objects.unscoped() if issubclass(model, Locked) else model._base_manager.all()  # type: ignore[attr-defined]
        found |= set(rows.values_list("pk", flat=True))
    return found


def rows_of(seats: Sequence[Seat], known: set[Any]) -> dict[str, list[str]]:
    """Return every row that belongs to these people, or that they may see, with all its columns but its own id and key.

    Of ids and keys that were not known before it says only that there is one: they differ in any two runs.
    """
    found: dict[str, list[str]] = {}
    for model in apps.get_app_config("goodword").get_models():
        rows: list[models.Model]
        if issubclass(model, Shared | SealedUntilOpened):
            rows = [row for seat in seats[:1] for row in model.objects.visible_to(seat)]
        elif any(field.attname == "person_id" for field in model._meta.concrete_fields):
            rows = list(model._base_manager.filter(person_id__in=[seat.person_id for seat in seats]))
        else:
            continue
        found[model.__name__] = sorted(repr(list(columns_of(row, known))) for row in rows)
    return found


def columns_of(row: models.Model, known: set[Any]) -> Iterator[tuple[str, Any]]:
    """Yield a row's columns and what stands in them."""
    for field in row._meta.concrete_fields:
        if field.attname in ("id", "key") or isinstance(field, models.BinaryField):
            continue  # what is sealed is another each time
        value = getattr(row, field.attname)
        if isinstance(value, str):
            value = re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "ID", value)
            value = re.sub(r"[0-9a-f]{64}", "HASH", value)
            value = re.sub(r"[A-Za-z0-9_-]{22}", lambda key: key[0] if key[0] in known else "KEY", value)
        yield field.attname, "ID" if isinstance(value, uuid.UUID) and value not in known else value


def letters_gone() -> list[str]:
    """Return the letters that went, as their readers have them."""
    keys = known_keys()
    return [masked(read_letter(each), keys) for each in mail.outbox]  # type: ignore[arg-type]
