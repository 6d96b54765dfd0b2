"""A world for the house tests: the whole story lived by real actions, with secrets planted where they belong."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import Any

from django.apps import apps
from django.core.mail import EmailMultiAlternatives
from django.db import models, transaction
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from goodword.account.actions import addresses as account
from goodword.alone.actions import records as keeping_alone
from goodword.alone.actions import signatures
from goodword.alone.rules import Direction, Sort
from goodword.briefings.actions import conversation as briefings
from goodword.encounters import calendar_entries
from goodword.encounters.actions import times
from goodword.encounters.rules import EncounterKind
from goodword.gates import actions as gates
from goodword.ground.sealing import SealedValue
from goodword.leads.actions import giving, keeping
from goodword.leads.models import Lead
from goodword.people import factors
from goodword.people.models import OpenSession
from goodword.relationships import invitations, starting, waiting
from goodword.relationships.doorway import seat_of
from goodword.relationships.models import Seat
from goodword.relationships.steps import Step
from goodword.relationships.visibility import Locked, SealedText, Shared
from goodword.reservations.actions import keeping as drawers
from goodword.reservations.actions import ten, together
from goodword.ui.doors import routes
from tests.cast import Cast, joined, person, signed_in
from tests.encounters.at_hand import soon
from tests.people.device import add_passkey
from tests.profiles.secrets import picture
from tests.walking import walk

ROOMS = (
    "relationships",
    "encounters",
    "reservations",
    "briefings",
    "agreements",
    "teaching",
    "profiles",
    "leads",
    "followups",
    "account",
    "alone",
)
VIEWPOINTS = ("ada", "abe", "ben", "bea", "cleo", "eve", "guest", "nobody")
OURS, THEIRS = ("ada", "abe"), ("ben", "bea")
SEATED = (*OURS, *THEIRS)
SIGNED_IN = (*SEATED, "cleo", "eve")
OUTSIDE = ("cleo", "eve", "guest", "nobody")
NEW_EACH_TIME = ("app",)  # pages that make a secret whenever they are read: no two runs show the same


def secrets_of(room: str) -> object | None:
    """Return a room's module of secrets, if it has private fields or a story of its own."""
    try:
        return importlib.import_module(f"tests.{room}.secrets")
    except ModuleNotFoundError:
        return None


@contextmanager
def undone(*browsers: Client) -> Iterator[None]:
    """Undo what happens inside: in the database, and in these browsers' cookies."""
    kept = [dict(browser.cookies) for browser in browsers]
    try:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    finally:
        for browser, cookies in zip(browsers, kept, strict=True):
            browser.cookies.clear()
            browser.cookies.update(cookies)


class World(Cast):
    """The cast in step five, every room lived in; Cleo's own relationship; and an invitation that is still out."""

    def __init__(self) -> None:
        super().__init__(at=Step.EXPLORE)
        briefings.answer_order(self.ada, briefings.change_order(self.ben), "keep")
        walk(self, Step.ADVOCATE)
        for colleague in (self.abe, self.bea, self.eve_person):
            assert colleague
        for room in ROOMS:
            module = secrets_of(room)
            if module is not None and hasattr(module, "live"):
                module.live(self)
        self.leave_open()
        self.elsewhere, hers = joined(self.cleo_person, self.ada_person)
        for seat in (self.ada, self.abe, self.ben, self.bea, self.elsewhere, hers):
            drawers.read_promise(seat.person)
        self.invited_seat = starting.start(self.ada_person, name="Gil Guest", business="Guest & Sons", town="Romiley")
        self.invitation = invitations.write(
            self.invited_seat, words="We talked about gardens.", address="gil@guest.example"
        )
        invitations.offer(self.invited_seat, by_mail=True)
        starting.keep_alone(self.invited_seat)
        self.record = keeping_alone.write(self.invited_seat, Sort.TALK, "He grows roses.")
        self.signed_page = signatures.keep(self.invited_seat, picture())
        dot, self.left_seat = joined(person("Dot Frost", "dot@frost.example", "Frost Paper"), self.ada_person)
        gates.give_up_seat(dot)
        self.slip = keeping_alone.write_slip(self.invited_seat, Direction.GIVEN, whom="An aunt", why="Her hedge.")
        settle()

    def leave_open(self) -> None:
        """Leave behind what the doors lead to and a finished story has no more: things begun, and things in drawers."""
        self.asking = times.offer(
            self.ben, kind=EncounterKind.VISIT, minutes=90, place="The workshop", starts=[soon(14), soon(15)]
        )
        self.feed = calendar_entries.open_feed(self.ada_person)
        self.session = OpenSession.objects.create(person=self.ada_person, cookie_hash="e" * 40, browser="Firefox")
        add_passkey(signed_in(self.cleo_person))
        self.passkey = factors.of(self.cleo_person).passkeys[0].key
        account.add(self.cleo_person, "cleo@second.example")
        self.address = account.others(self.cleo_person)[0].key
        self.open_reveal = together.propose(self.ben, None)
        for drawer in ("side", "mine"):
            drawers.keep(self.ada, text=f"Would they ring back? ({drawer})", drawer=drawer)
        drawers.keep_worry(self.ada, "That we are dear.")
        ten.begin(self.ada, ["A dentist", "An uncle"])
        giving.note_idea(self.ada, "A cousin with an old kitchen")
        lead = Lead.objects.visible_to(self.ada).first()
        assert lead is not None
        keeping.note(self.ada, lead, "Ring in spring.")

    def undone(self) -> AbstractContextManager[None]:
        """Undo what happens inside: in the database, and in every browser's cookies."""
        return undone(*self.browsers.values())

    def plant(self, seat: Seat, word: str) -> None:
        """Have this seat write a word into every private field of every room."""
        for room in ROOMS:
            module = secrets_of(room)
            if module is not None and hasattr(module, "plant"):
                module.plant(seat, word)

    @cached_property
    def browsers(self) -> dict[str, Client]:
        """One browser for each viewpoint."""
        guest = Client()
        session = guest.session
        session["invitation"] = self.invitation.key
        session.save()
        return {
            "ada": signed_in(self.ada_person),
            "abe": signed_in(self.abe.person),
            "ben": signed_in(self.ben_person),
            "bea": signed_in(self.bea.person),
            "cleo": signed_in(self.cleo_person),
            "eve": signed_in(self.eve_person),
            "guest": guest,
            "nobody": Client(),
        }

    def seat(self, who: str) -> Seat:
        """Return the seat of one of the four who have one, fresh from the database."""
        people = {"ada": self.ada_person, "abe": self.abe.person, "ben": self.ben_person, "bea": self.bea.person}
        return seat_of(people[who], self.key)


@dataclass(frozen=True, slots=True)
class Address:
    """One concrete address of a route, and who may see it (everybody else gets 404)."""

    route: str
    label: str
    path: str
    methods: tuple[str, ...]
    door: str
    holders: tuple[str, ...]
    sends: dict[str, str]


def addresses(world: World) -> Iterator[Address]:
    """Yield every route of the site with real arguments, from the door table. A route without a row raises KeyError."""
    from tests.house.door_table import DOORS, SENT

    for _path, pattern in routes():
        name, view = str(pattern.name), pattern.callback
        sends = SENT[name](world) if name in SENT else {}
        for label, args, holders in DOORS[name](world):
            yield Address(name, label, reverse(name, args=args), view.methods, view.door, holders, sends)  # type: ignore[attr-defined]


def settle() -> None:
    """Let the worker write down what waits for everybody, as it does within seconds of an act."""
    while waiting.settle_due(timezone.now()):
        pass


def unsettle() -> None:
    """Let nothing of it be written down yet: whoever looks is shown what is decided as they look."""
    Seat.objects.filter(left_at=None).update(stale_at=timezone.now(), stale_in=0)


def private_texts(world: World) -> Iterator[tuple[str, str, str, Locked]]:
    """Yield (model.field, plain text, lock, row) of every private text in the database."""
    seats: dict[tuple[object, object], Seat] = {}
    for model in apps.get_app_config("goodword").get_models():
        if not issubclass(model, Locked) or issubclass(model, Shared):
            continue
        for field in sealed_fields(model):
            for row in model.objects.unscoped():  # type: ignore[attr-defined]
                value = getattr(row, field)
                assert isinstance(value, SealedValue)
                whose = (row.relationship_id, row.author_id)
                if whose not in seats:
                    seats[whose] = author_seat(row)
                yield f"{model.__name__}.{field}", value.unseal(seats[whose]), model.lock, row


def sealed_fields(model: type[models.Model]) -> list[str]:
    """Return the names of a model's sealed columns."""
    return [field.name for field in model._meta.concrete_fields if isinstance(field, SealedText)]


def author_seat(row: Locked) -> Seat:
    """Return the seat of the person who wrote a row."""
    return Seat.objects.select_related("relationship", "side", "other").get(
        relationship_id=row.relationship_id, person_id=row.author_id
    )


def read(answer: HttpResponseBase) -> str:
    """Return all that somebody can read in an answer: its status, headers, and body, calendars unfolded, PDF opened."""
    head = "\n".join(f"{name}: {value}" for name, value in sorted(answer.headers.items()))
    body = b"".join(answer)
    text = body.decode(errors="replace").replace("\r\n ", "")
    if body.startswith(b"%PDF"):
        paper = PdfReader(BytesIO(body))
        text += "\n".join([*(leaf.extract_text() for leaf in paper.pages), str(paper.metadata), *titles(paper.outline)])
    return f"{answer.status_code}\n{head}\n{text}"


def titles(outline: Iterable[Any]) -> Iterator[str]:
    """Yield the bookmarks of a paper."""
    for one in outline:
        yield from titles(one) if isinstance(one, list) else [str(one.title)]


def read_letter(mail: EmailMultiAlternatives) -> str:
    """Return all of a letter that somebody, or their mail program, reads, decoded."""
    head = {"from": mail.from_email, "to": mail.to, "reply to": mail.reply_to, **mail.extra_headers}
    parts = [part.content for part in (*mail.alternatives, *mail.attachments)]
    texts = [part if isinstance(part, str) else part.decode() for part in parts]
    return "\n".join([str(mail.subject), str(head), str(mail.body), *texts]).replace("\r\n ", "")


_TOKEN = re.compile(r'(name="(?:csrfmiddlewaretoken|once)" value=")[^"]+')
_LONG = re.compile(r"[A-Za-z0-9_-]{22,}")
_REQUEST = re.compile(r"X-Request-Id: [\w-]+")
_SECRET = re.compile(r"(?<=/person/)[A-Za-z0-9_-]{43}")


def known_keys() -> set[str]:
    """Return every public key in the database."""
    found: set[str] = set()
    for model in apps.get_app_config("goodword").get_models():
        if any(field.name == "key" for field in model._meta.concrete_fields):
            rows = model.objects.unscoped() if issubclass(model, Locked) else model._base_manager.all()  # type: ignore[attr-defined]
            found |= set(rows.values_list("key", flat=True))
    return found


def masked(text: str, keys: set[str]) -> str:
    """Return a text with what differs in any two runs masked. Those are all the masks; test_twins.py publishes them."""
    text = _REQUEST.sub("X-Request-Id: REQUEST", _SECRET.sub("SECRET", _TOKEN.sub(r"\1TOKEN", text)))
    return _LONG.sub(lambda found: without_keys(found.group(), keys), text)


def without_keys(word: str, keys: set[str]) -> str:
    """Return a word with the keys in it masked, wherever in it they stand: `id_<key>_text` is one word too."""
    at = 0
    while at <= len(word) - 22:
        if word[at : at + 22] in keys:
            word = f"{word[:at]}KEY{word[at + 22 :]}"
        at += 1
    return word
