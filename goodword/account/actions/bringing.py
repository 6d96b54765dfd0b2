"""Bringing everything along to this server: what was only one's own is one's own again, and the rest stays to be read.

Nobody else from there is here, so every relationship begins as one that its side keeps alone (M4): its whole record lies in
the drawer of whoever brought it, and whom it was with can be invited as anybody can.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from goodword.account.models import ImportedRecord
from goodword.account.queries.luggage import Bag, Luggage, line
from goodword.alone.actions import onward, signatures
from goodword.ground.refusals import Refusal
from goodword.people import actions as people
from goodword.people.forms.account import DetailsForm
from goodword.people.models import Person
from goodword.profiles import actions as profiles
from goodword.profiles import queries as own
from goodword.profiles import rules
from goodword.profiles.forms import ProfileForm, ProofForm, StoryForm
from goodword.profiles.models import OwnFile
from goodword.profiles.rules import Profile, Story
from goodword.relationships import starting
from goodword.relationships.acting import acting
from goodword.relationships.doorway import seat_of
from goodword.relationships.models import Seat
from goodword.relationships.seats import whole
from goodword.reservations.actions import keeping

# What is one's own again: the thing in the archive, what was settled of it left out, and the drawer.
DRAWERS = (("PrivateReservation", "mine"), ("SideReservation", "side"))
MOST_IN_A_DRAWER = 200
PATIENCE = 30.0  # seconds in which pages signed on paper are looked at, of one archive


@dataclass(slots=True)
class Arrivals:
    """How many relationships came along, how many were here already or had to wait, and what was left of one that came."""

    came: int = 0
    here: int = 0
    waiting: int = 0
    left: int = 0  # pages signed on paper that were too large, too many, or no picture


def bring(person: Person, luggage: Luggage) -> Arrivals:
    """Bring an archive to somebody's account; return what came of it. Twice does no harm: what is here stays as it is."""
    _oneself(person, luggage)
    brought, until = Arrivals(), time.monotonic() + PATIENCE
    for bag in luggage.bags:
        if is_here(person, bag):
            brought.here += 1
            continue
        papers = list(clean_pages(bag, until)) if not brought.waiting else []
        try:
            unpack(person, bag, papers)
            brought.came += 1
            brought.left += bag.left + len(bag.signatures) - len(papers)
        except Refusal:  # a great many for one day
            brought.waiting += 1
    relink(person, luggage.bags)
    return brought


def relink(person: Person, bags: Sequence[Bag]) -> None:
    """Have those belong together again of which one was kept alone from where the other ended; for one's own side alone."""
    pairs = [(bag.key, bag.came_from) for bag in bags if bag.came_from not in ("", bag.key)]
    here = {record.origin: seat for seat, record in records(person)} if pairs else {}
    for key, came_from in pairs:
        there, before = here.get(origin(key)), here.get(origin(came_from))
        if there and before and there.alone and before.alone:
            starting.keep_alone(there)
            onward.link(before, seat_of(person, there.relationship_key))


def clean_pages(bag: Bag, until: float) -> Iterator[bytes]:
    """Yield what rows hold of a relationship's pages signed on paper, made clean as every file is (T20), as far as there is time.

    What is no picture or PDF is left behind. It takes its time, so it is done before anything is written.
    """
    for raw in bag.signatures:
        if time.monotonic() < until:
            with suppress(Refusal):
                yield signatures.put_away(raw)


def is_here(person: Person, bag: Bag) -> bool:
    """Whether this relationship is on this server, or was brought to it before."""
    if Seat.objects.filter(person=person, relationship_key=bag.key).exists():
        return True
    seats = whole(Seat.objects.filter(person=person, left_at=None))
    return any(ImportedRecord.objects.owned_by(seat).filter(origin=origin(bag.key)).exists() for seat in seats)


def records(person: Person) -> list[tuple[Seat, ImportedRecord]]:
    """Return what somebody brought along, by the relationships in which it is kept."""
    seats = whole(Seat.objects.filter(person=person, left_at=None))
    found = ((seat, ImportedRecord.objects.owned_by(seat).first()) for seat in seats.order_by("other_name", "id"))
    return [(seat, record) for seat, record in found if record]


def origin(key: str) -> str:
    """Return the hash by which a relationship of another server is known, from the key it had there."""
    return hashlib.sha256(f"goodword:{key}".encode()).hexdigest()


def unpack(person: Person, bag: Bag, papers: Sequence[bytes] = ()) -> Seat:
    """Begin a relationship alone with what was brought of it, and pages signed on paper that were made clean. Raises Refusal
    after very many in one day.
    """
    with transaction.atomic():
        seat = starting.start(person, name=bag.name, business=bag.business)
        keep_record(seat, bag)
        for model, drawer in DRAWERS:
            for text in bag.texts(model, settled_at=None)[:MOST_IN_A_DRAWER]:
                keeping.keep(seat, text=text, drawer=drawer)
        for text in bag.texts("OwnWorry")[:MOST_IN_A_DRAWER]:
            keeping.keep_worry(seat, text)
        keep_papers(seat, papers)
    return seat


def keep_papers(seat: Seat, papers: Sequence[bytes]) -> None:
    """Keep pages signed on paper in one's side's drawer again; a relationship that has such pages is kept alone (M4)."""
    if papers:
        starting.keep_alone(seat)
        seat = seat_of(seat.person, seat.relationship_key)
    for paper in papers:
        signatures.keep_stored(seat, paper)


def keep_record(seat: Seat, bag: Bag) -> ImportedRecord:
    """Keep the whole record of a relationship from elsewhere in the drawer of whoever brought it."""
    with acting(seat, only_me=True):
        return ImportedRecord.objects.write(
            seat, origin=origin(bag.key), content=json.dumps({"rooms": bag.rooms}, ensure_ascii=False)
        )


def _oneself(person: Person, luggage: Luggage) -> None:
    """Take details, profile and files along where there are none yet; what is here is never written over."""
    if not person.name:
        _details(person, luggage.you)
    profile = luggage.you.get("profile")
    if own.own(person) == Profile() and isinstance(profile, dict):
        _profile(person, profile)
    if not OwnFile.objects.filter(person=person).exists():
        for _name, content in luggage.files:
            with suppress(Refusal):  # one that cannot be made clean is left behind
                profiles.add_file(person, _("Brought along"), content)


def _details(person: Person, you: dict[str, Any]) -> None:
    firm = you["business"] if isinstance(you.get("business"), dict) else {}
    said = {"business": line(firm, "name"), "trade": line(firm, "trade"), "town": line(firm, "town")}
    form = DetailsForm({**{name: line(you, name) for name in ("name", "phone", "zone")}, **said}, person=person)
    if form.is_valid():
        people.describe(person, **form.cleaned_data)


def _profile(person: Person, plain: dict[str, Any]) -> None:
    """Keep a profile, story by story, as if it had been typed: what its forms do not take is left behind."""
    words = ProfileForm(plain)
    if words.is_valid():
        profiles.keep(person, words.cleaned_data)
    for place, given in enumerate(_some(plain, "stories", rules.MOST_STORIES)):
        story = StoryForm(given)
        if story.is_valid():
            profiles.keep_story(person, place, Story(**story.cleaned_data))
    for place, proven in enumerate(_some(plain, "proofs", rules.MOST_PROOFS)):
        proof = ProofForm(proven)
        if proof.is_valid():
            profiles.keep_proof(person, place, proof.proof())


def _some(plain: dict[str, Any], name: str, most: int) -> list[dict[str, Any]]:
    found = plain.get(name)
    return [one for one in found[:most] if isinstance(one, dict)] if isinstance(found, list) else []
