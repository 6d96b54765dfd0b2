"""A day is one that somebody can mean, in every form."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django import forms

from goodword.encounters.forms import FutureDay
from goodword.relationships.forms import PastDay
from goodword.ui.answers import Day


def every_day() -> list[type[Day]]:
    """Return every field for a day there is."""
    found = [Day]
    for kind in found:
        found += kind.__subclasses__()
    return found


@pytest.mark.parametrize("kind", every_day())
@pytest.mark.parametrize("typed", ["22/5/0026", "0001-01-01", "0226-05-22", "1026-05-22", "9999-12-31", "2926-05-22"])
def test_no_day_is_of_a_year_nobody_means(kind: type[Day], typed: str) -> None:
    with time_machine.travel(dt.datetime(2026, 11, 27, 12, tzinfo=dt.UTC)), pytest.raises(forms.ValidationError):
        kind(required=False).clean(typed)


@pytest.mark.parametrize(
    ("kind", "typed", "day"),
    [
        (PastDay, "22/5/26", dt.date(2026, 5, 22)),
        (PastDay, "22.5.98", dt.date(1998, 5, 22)),
        (PastDay, "1987-01-02", dt.date(1987, 1, 2)),
        (FutureDay, "22/5/27", dt.date(2027, 5, 22)),
        (Day, "31.12.2030", dt.date(2030, 12, 31)),
    ],
)
def test_a_day_is_taken_as_people_write_it(kind: type[Day], typed: str, day: dt.date) -> None:
    with time_machine.travel(dt.datetime(2026, 11, 27, 12, tzinfo=dt.UTC)):
        assert kind().clean(typed) == day
