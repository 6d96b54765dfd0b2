"""Ids of rows: version 7 of RFC 9562, in the order in which they were made."""

from __future__ import annotations

import datetime as dt

import time_machine

from goodword.ground.keys import new_id

MOMENT = dt.datetime(2026, 3, 4, 5, 6, 7, 891_000, tzinfo=dt.UTC)


def test_ids_of_one_moment_stand_in_the_order_in_which_they_were_made() -> None:
    with time_machine.travel(MOMENT, tick=False):
        made = [new_id() for _n in range(2_000)]
    assert made == sorted(made) and len(set(made)) == len(made)


def test_an_id_tells_its_millisecond_version_and_variant() -> None:
    with time_machine.travel(MOMENT, tick=False):
        made = new_id()
    assert made.int >> 80 == int(MOMENT.timestamp() * 1000)
    assert (made.version, made.variant) == (7, "specified in RFC 4122")


def test_a_later_moment_comes_later() -> None:
    with time_machine.travel(MOMENT, tick=False) as clock:
        first = new_id()
        clock.shift(dt.timedelta(milliseconds=1))
        assert first < new_id()
