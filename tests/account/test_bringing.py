"""Bringing everything along: what was taken from one server is there on another, for its owner alone, and junk is turned away."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from goodword.account.actions import bringing
from goodword.account.models import ImportedRecord
from goodword.account.queries import archive, luggage
from goodword.alone.actions import onward
from goodword.alone.models import Continuation
from goodword.alone.queries.going_on import elsewhere
from goodword.gates import actions as gates
from goodword.people import actions as people
from goodword.people.models import Person
from goodword.post.models import OutboxLetter
from goodword.profiles import queries as profiles
from goodword.relationships.doorway import seat_of
from goodword.relationships.models import Seat
from goodword.relationships.steps import Step
from goodword.reservations.models import PrivateReservation
from tests.cast import Cast, signed_in
from tests.house.world import World

WORD = "zinnoberkraehe"
pytestmark = pytest.mark.django_db


def packed(**files: Any) -> bytes:
    """Return an archive with these files in it: "." stands as "__", a folder as "___"."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("___", "/").replace("__", "."), content)
    return made.getvalue()


def page_of(rooms: object, key: str = "k" * 22, name: str = "Tom Hale") -> str:
    """Return the file of one relationship."""
    return json.dumps({"with": {"name": name, "business": "Hale Kitchens", "key": key}, "rooms": rooms})


def bring(browser: Client, raw: bytes) -> HttpResponse:
    """Bring an archive as its owner does."""
    file = SimpleUploadedFile("goodword.zip", raw, "application/zip")
    return browser.post(reverse("bring-along"), {"file": file}, follow=True)  # type: ignore[return-value]


def newcomer() -> Person:
    """Somebody who has just signed in, on what might be another server."""
    return Person.objects.at("ada@elsewhere.example")


def test_all_that_was_hers_is_hers_again_and_nobody_is_told() -> None:
    world = World()
    world.plant(world.ada, WORD)
    before = set(OutboxLetter.objects.values_list("pk", flat=True))
    raw = b"".join(archive.stream(world.ada_person, timezone.now()))
    me = newcomer()
    browser = signed_in(me)
    assert "came along" in bring(browser, raw).content.decode()
    me.refresh_from_db()
    assert (me.name, me.phone) == (world.ada_person.name, world.ada_person.phone)
    assert profiles.own(me) == profiles.own(world.ada_person)
    seats = list(Seat.objects.filter(person=me).select_related("relationship", "side", "other"))
    was = Seat.objects.filter(person=world.ada_person, left_at=None)
    assert sorted(seat.other_name for seat in seats) == sorted(was.values_list("other_name", flat=True))
    assert all(seat.alone for seat in seats)
    [withben] = [seat for seat in seats if seat.other_name == "Ben Moor"]
    kept = [row.text.unseal(withben) for row in PrivateReservation.objects.owned_by(withben)]
    assert any(WORD in text for text in kept)
    [record] = [record for seat, record in bringing.records(me) if seat == withben]
    assert WORD in browser.get(reverse("brought-along", args=[withben.key, record.key])).content.decode()
    letters = OutboxLetter.objects.exclude(pk__in=before)
    assert not letters.exists()
    again = b"".join(archive.stream(me, timezone.now()))
    with zipfile.ZipFile(io.BytesIO(again)) as made:
        assert WORD in "".join(made.read(name).decode(errors="replace") for name in made.namelist())


def test_what_was_kept_alone_from_where_another_ended_belongs_to_it_again_for_its_owner() -> None:
    pair = Cast(at=Step.FIRST_BRIEFING)
    gates.give_up_seat(pair.ben)
    onward.keep_on(pair.ada)
    raw = b"".join(archive.stream(pair.ada_person, timezone.now()))
    me = newcomer()
    for _ in range(2):
        bringing.bring(me, luggage.read(raw))
    seats = [seat_of(me, key) for key in Seat.objects.filter(person=me).values_list("relationship_key", flat=True)]
    [there] = [seat for seat in seats if elsewhere(seat, Continuation.BEFORE)]
    before = elsewhere(there, Continuation.BEFORE)
    assert before and elsewhere(before, Continuation.ONWARD) == there
    page = signed_in(me).get(reverse("relationship", args=[there.key])).content.decode()
    assert "What was before" in page and reverse("relationship", args=[before.key]) in page


def test_an_archive_that_says_it_belongs_to_itself_or_to_a_strangers_is_brought_and_linked_to_nothing(
    cast: Cast,
) -> None:
    mine, me = "k" * 22, newcomer()
    for where in (mine, cast.key, "", 7, None):
        rooms = [["Kept alone", {"Continuation": [{"way": "before", "where": where}]}]]
        raw = packed(you__json=YOU, relationships___1__json=page_of(rooms, key=mine))
        bringing.bring(me, luggage.read(raw))
    assert Seat.objects.filter(person=me).count() == 1 and not Continuation.objects.unscoped().exists()


def test_brought_twice_it_is_there_once(cast: Cast) -> None:
    raw = b"".join(archive.stream(cast.ada_person, timezone.now()))
    me = newcomer()
    for _ in range(2):
        bringing.bring(me, luggage.read(raw))
    assert Seat.objects.filter(person=me).count() == Seat.objects.filter(person=cast.ada_person).count()


def test_where_it_came_from_it_changes_nothing(cast: Cast) -> None:
    before = Seat.objects.count()
    raw = b"".join(archive.stream(cast.ada_person, timezone.now()))
    brought = bringing.bring(cast.ada_person, luggage.read(raw))
    assert (brought.came, Seat.objects.count()) == (0, before)


def test_what_one_has_here_already_is_not_written_over(cast: Cast) -> None:
    raw = b"".join(archive.stream(cast.ada_person, timezone.now()))
    people.describe(cast.cleo_person, name="Cleo", business="Cleo’s", trade="", town="")
    bringing.bring(cast.cleo_person, luggage.read(raw))
    cast.cleo_person.refresh_from_db()
    assert cast.cleo_person.name == "Cleo"


BOMB = b"0" * (luggage.LARGEST_ENTRY + 1)
YOU = '{"you": {"name": "Ada"}}'
JUNK = {
    "nothing": b"",
    "no archive": b"PK\x03\x04 and then no more",
    "an archive of something else": packed(holiday__txt="sun"),
    "no JSON": packed(you__json="{"),
    "a list for an object": packed(you__json='{"you": []}'),
    "a number for a name": packed(
        you__json=YOU, relationships___1__json=page_of([]).replace('"Tom Hale"', "5", 1)[:-1]
    ),
    "rooms that are none": packed(you__json=YOU, relationships___1__json=page_of(7)),
    "rows that are none": packed(you__json=YOU, relationships___1__json=page_of([["Meetings", {"OwnNote": ["x"]}]])),
    "nested without end": packed(you__json='{"you": ' + "[" * 100_000 + "]" * 100_000 + "}"),
    "a file that unpacks to very much": packed(you__json=BOMB),
    "very many files": packed(you__json=YOU, **{f"n{number}": "" for number in range(luggage.MOST_ENTRIES)}),
    "a number too long for one": packed(you__json='{"you": {"name": ' + "9" * 10_000 + "}}"),
}


@pytest.mark.parametrize("what", JUNK)
def test_what_is_no_archive_of_ours_is_turned_away_in_a_sentence(cast: Cast, what: str) -> None:
    before = Seat.objects.count()
    answer = bring(signed_in(cast.cleo_person), JUNK[what])
    assert answer.status_code == 422
    assert "archive" in answer.content.decode()
    assert Seat.objects.count() == before


def test_odd_values_in_an_archive_are_read_as_text_and_break_no_page(cast: Cast) -> None:
    row = {"at": None, "by": 5, "text": "<script>alert(1)</script>\u0000\u202e", "more": [1, {"a": None}], "x": True}
    rooms = [["Meetings", {"OwnNote": [row], "Odd": []}], ["Reservations", {"PrivateReservation": [row, {"text": 7}]}]]
    me = cast.cleo_person
    answer = bring(signed_in(me), packed(you__json=YOU, relationships___1__json=page_of(rooms)))
    assert answer.status_code == 200
    [(seat, record)] = bringing.records(me)
    page = signed_in(me).get(reverse("brought-along", args=[seat.key, record.key])).content.decode()
    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page
    assert ImportedRecord.objects.owned_by(seat).count() == 1
