"""Reads that are compiled once give what the plain queryset gives, whoever asks, and in whatever zone."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from goodword.database.compiled import as_value, compiled, slots_for
from goodword.database.sqlite.base import id_of
from goodword.ground.moments import zone
from goodword.leads.queries import listing
from goodword.people.models import Person
from goodword.relationships.doorway import seat_of
from goodword.relationships.journal import Event
from goodword.relationships.models import Seat
from goodword.reservations.actions import keeping
from goodword.reservations.models import PrivateReservation
from tests.cast import Cast

pytestmark = pytest.mark.sql


@compiled
def story(seat: Seat, most: int) -> QuerySet[Event]:
    return Event.objects.visible_to(seat).order_by("created_at", "id")[:most]


@compiled
def drawer(seat: Seat) -> QuerySet[PrivateReservation]:
    return PrivateReservation.objects.visible_to(seat)


@compiled
def named(*, name: str) -> QuerySet[Person, tuple[Any, ...]]:
    return Person.objects.filter(name=name).values_list("key", "zone_said_at", named=True)


def test_each_seat_gets_its_own_rows_from_the_same_sql(cast: Cast) -> None:
    keeping.keep(cast.ada, text="Too dear?", drawer="mine")
    for seat in (cast.ada, cast.ben, cast.ada):
        assert drawer(seat) == list(PrivateReservation.objects.visible_to(seat))
        assert story(seat, 3) == list(Event.objects.visible_to(seat).order_by("created_at", "id")[:3])
    assert drawer(cast.ada) and not drawer(cast.ben)
    assert [row.text.unseal(cast.ada) for row in drawer(cast.ada)] == ["Too dear?"]


def test_what_they_see_opens_no_drawer_by_a_compiled_read_either(cast: Cast) -> None:
    keeping.keep(cast.ada, text="Too dear?", drawer="mine")
    assert drawer(cast.ada)
    for seat in (cast.ada.as_other_side(), cast.ada.without_drawers(), cast.ben.as_other_side()):
        with CaptureQueriesContext(connection) as asked:
            assert not drawer(seat)
        assert not asked.captured_queries


def test_somebody_alone_and_somebody_across_a_laid_table_get_what_their_locks_give(cast: Cast) -> None:
    alone = seat_of(cast.ada_person, cast.ada.key)
    alone.relationship.shared_since = None
    for seat in (alone, cast.ada, cast.ben, alone):
        assert story(seat, 50) == list(Event.objects.visible_to(seat).order_by("created_at", "id")[:50])


def test_rows_come_as_the_queryset_gives_them_in_every_zone_and_language(cast: Cast) -> None:
    for where, language in (("Europe/London", "en-gb"), ("Asia/Tokyo", "de")):
        with timezone.override(zone(where)), translation.override(language):
            rows = named(name=cast.ada_person.name)
            assert rows == list(Person.objects.filter(name=cast.ada_person.name).values_list("key", "zone_said_at"))
            assert rows[0].key == cast.ada_person.key  # type: ignore[attr-defined]


@compiled
def called(*, words: str) -> QuerySet[Person]:
    return Person.objects.filter(name__contains=as_value(words)).order_by("id")


@pytest.mark.parametrize("words", ["Ada", "A", "%", "_", "\\", "100%", "O'", "“"])
def test_words_to_search_for_are_looked_for_as_they_stand(cast: Cast, words: str) -> None:
    cast.ben_person.name = "Ben 100% O'Hara_\\ “B”"
    cast.ben_person.save(update_fields=["name"])
    assert called(words=words) == list(Person.objects.filter(name__contains=words).order_by("id"))


@compiled
def persons_of(**ids: uuid.UUID) -> QuerySet[Person]:
    return Person.objects.filter(pk__in=list(ids.values()))


def test_a_list_of_any_length_is_asked_by_one_sql(cast: Cast) -> None:
    pair = [cast.ada_person, cast.ben_person]
    for people in (pair, pair[:1], []):
        with CaptureQueriesContext(connection) as asked:
            assert set(persons_of(**slots_for([one.pk for one in people], 5))) == set(people)
        assert len(asked.captured_queries) == 1
    assert len(slots_for([one.pk for one in pair], 1)) == 1


def test_an_id_is_read_as_python_reads_it() -> None:
    made = uuid.uuid4()
    for digits in (made.hex, str(made)):
        found = id_of(digits)
        assert found == made and hash(found) == hash(made) and found.is_safe is made.is_safe
        assert repr(found) == repr(made)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="how SQLite plans")
def test_seats_with_slips_are_found_by_their_own_index(cast: Cast) -> None:
    build = listing._with_slips.__wrapped__  # type: ignore[attr-defined]
    assert "seat_has_slips" in build(person=cast.ada_person.pk).explain()


def test_nothing_is_no_value(cast: Cast) -> None:
    with pytest.raises((TypeError, ValueError)):
        named(name=None)
