"""What somebody calls themselves after they left does not reach the other side, nor that they call themselves nothing any more."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse

from goodword.account.actions import closing
from goodword.gates import actions as gates
from goodword.people import actions as people
from goodword.people.models import Person
from goodword.relationships.models import Seat
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def call(somebody: Person, called: str) -> None:
    """Let somebody say what they are called."""
    people.describe(somebody, name=somebody.name, business="", trade="", town="", called=called)


LATER: dict[str, Callable[[Person], object]] = {
    "another name": lambda ben: call(ben, "Secretname"),
    "no account": closing.close,
}


@pytest.mark.parametrize("goes", [gates.give_up_seat, gates.let_go])
@pytest.mark.parametrize("later", LATER)
def test_whoever_left_is_called_as_they_were_when_they_left(
    db: None, later: str, goes: Callable[[Seat], object]
) -> None:
    pair = Cast()
    call(pair.ben_person, "Benno")
    goes(pair.ben)
    assert pair.ada.other.first_name == "Benno"
    LATER[later](Person.objects.get(pk=pair.ben_person.pk))
    call(pair.ada_person, "Addie")  # names her sides anew
    assert pair.ada.other.first_name == "Benno"
    assert "Secretname" not in pair.ada_browser.get(reverse("relationship", args=[pair.key])).content.decode()
