"""A world for the house tests: the whole story lived by real actions, with secrets planted where they belong."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import reverse

from goodword.ground.sealing import Sealed
from goodword.relationships import invitations, starting
from goodword.relationships.models import Seat
from goodword.relationships.steps import Step
from goodword.relationships.visibility import Locked, SealedText, Shared
from goodword.ui.doors import routes
from tests.cast import Cast, signed_in

ROOMS = ("encounters", "reservations", "briefings", "agreements", "teaching", "leads", "followups")
VIEWPOINTS = ("ada", "abe", "ben", "bea", "cleo", "eve", "guest", "nobody")
OURS, THEIRS = ("ada", "abe"), ("ben", "bea")
SEATED = (*OURS, *THEIRS)
OUTSIDE = ("cleo", "eve", "guest", "nobody")


def secrets_of(room: str) -> object | None:
    """Return a room's module of secrets, if it has private fields or a story of its own."""
    try:
        return importlib.import_module(f"tests.{room}.secrets")
    except ModuleNotFoundError:
        return None


class World(Cast):
    """The cast in step five, every room lived in, and a second relationship whose invitation is still out."""

    def __init__(self) -> None:
        super().__init__(at=Step.ADVOCATE)
        for colleague in (self.abe, self.bea, self.eve_person):
            assert colleague
        for room in ROOMS:
            module = secrets_of(room)
            if module is not None and hasattr(module, "live"):
                module.live(self)
        self.invited_seat = starting.start(self.ada_person, name="Gil Guest", business="Guest & Sons", town="Romiley")
        self.invitation = invitations.write(self.invited_seat, words="We talked about gardens.", address="gil@guest.example")
        invitations.offer(self.invited_seat, by_mail=True)

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
        from goodword.relationships.doorway import seat_of

        people = {"ada": self.ada_person, "abe": self.abe.person, "ben": self.ben_person, "bea": self.bea.person}
        return seat_of(people[who], self.key)


@dataclass(frozen=True, slots=True)
class Address:
    """One concrete address of a route, and who of the seated may see it (everybody else gets 404)."""

    route: str
    label: str
    path: str
    methods: tuple[str, ...]
    door: str
    holders: tuple[str, ...] = SEATED


def addresses(world: World) -> Iterator[Address]:
    """Yield every route of the site with real arguments, from the door table. A route without a row raises KeyError."""
    from tests.house.door_table import DOORS

    for _path, pattern in routes():
        row = DOORS[pattern.name]
        for label, args, holders in row(world):
            view = pattern.callback
            yield Address(pattern.name, label, reverse(pattern.name, args=args), view.methods, view.door, holders)


def private_texts(world: World) -> Iterator[tuple[str, str, str, Locked]]:
    """Yield (model.field, plain text, lock, row) of every private text in the database."""
    for model in apps.get_app_config("goodword").get_models():
        if not issubclass(model, Locked) or issubclass(model, Shared):
            continue
        for field in sealed_fields(model):
            for row in model.objects.for_the_house():
                value = getattr(row, field)
                assert isinstance(value, Sealed)
                yield f"{model.__name__}.{field}", value.unseal(author_seat(row)), model.lock, row


def sealed_fields(model: type[models.Model]) -> list[str]:
    """Return the names of a model's sealed columns."""
    return [field.name for field in model._meta.concrete_fields if isinstance(field, SealedText)]


def author_seat(row: Locked) -> Seat:
    """Return the seat of the person who wrote a row."""
    return Seat.objects.select_related("relationship", "side", "other").get(
        relationship_id=row.relationship_id, person_id=row.author_id
    )


_TOKEN = re.compile(r'(name="csrfmiddlewaretoken" value=")[^"]+')
_KEY = re.compile(r"(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{22}(?![A-Za-z0-9_-])")


def known_keys() -> set[str]:
    """Return every public key in the database."""
    found: set[str] = set()
    for model in apps.get_app_config("goodword").get_models():
        if any(field.name == "key" for field in model._meta.concrete_fields):
            rows = model.objects.for_the_house() if issubclass(model, Locked) else model._base_manager.all()
            found |= set(rows.values_list("key", flat=True))
    return found


def masked(text: str, keys: set[str]) -> str:
    """Return a page with what differs in any two runs masked: form tokens and random keys. Those are all the masks."""
    text = _TOKEN.sub(r"\1TOKEN", text)
    return _KEY.sub(lambda m: "KEY" if m.group() in keys else m.group(), text)

