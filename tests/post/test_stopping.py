"""Stopping letters: one tap, said in words, taken back in one tap; and what lies in a calendar is put right all the same."""

from __future__ import annotations

import pytest
from django.core import mail
from django.test import Client

from goodword.encounters.actions import plans as encounters
from goodword.post import outbox
from goodword.post.delivery import deliver_due
from goodword.post.letters import all_kinds
from goodword.post.wording import ALL
from tests.cast import Cast
from tests.encounters.at_hand import planned, soon

pytestmark = pytest.mark.django_db
BEN = "ben@moor.example"


def to_ben() -> list[str]:
    """Deliver what waits; return the subjects of what came to Ben."""
    mail.outbox.clear()
    deliver_due()
    return [str(one.subject) for one in mail.outbox if one.to == [BEN]]


def stop_path() -> str:
    """Return the path that stops letters, out of the first letter to Ben that has one."""
    letter = next(one for one in mail.outbox if one.to == [BEN] and str(one.subject).startswith("You and"))
    return "/" + str(letter.extra_headers["List-Unsubscribe"]).strip("<>").split("/", 3)[3]


def test_every_kind_that_can_be_stopped_has_its_words() -> None:
    assert {kind.name for kind in all_kinds() if kind.can_stop} == set(ALL)


def test_one_click_on_unsubscribe_never_leaves_a_moved_meeting_in_a_calendar(cast: Cast) -> None:
    it = planned(cast.ada)
    to_ben()
    assert Client().post(stop_path(), {"List-Unsubscribe": "One-Click"}).status_code == 200
    encounters.change(cast.ada, it, kind=it.what, planned_at=soon(30), minutes=60, place="Elsewhere")
    assert [one for one in to_ben() if one.startswith("Moved")]
    assert all("List-Unsubscribe" not in one.extra_headers for one in mail.outbox if "Moved" in str(one.subject))
    encounters.call_off(cast.ada, it)
    assert [one for one in to_ben() if one.startswith("Called off")]
    planned(cast.ada)
    assert not to_ben(), "a new meeting was what was stopped"


def test_the_page_says_what_was_stopped_and_when_and_takes_it_back_in_one_tap(cast: Cast) -> None:
    planned(cast.ada)
    to_ben()
    path, reader = stop_path(), Client()
    assert "a meeting is planned" in reader.get(path).content.decode()
    stopped = reader.post(path).content.decode()
    assert "a meeting is planned" in stopped and "Stopped on" in stopped and 'value="again"' in stopped
    assert "Stopped on" in reader.get(path).content.decode()
    assert "Stop letters of this kind?" in reader.post(path, {"act": "again"}).content.decode()
    planned(cast.ada)
    assert to_ben()


def test_a_machine_that_presses_every_button_leaves_what_one_tap_undoes(cast: Cast) -> None:
    planned(cast.ada)
    to_ben()
    path = stop_path()
    for form in ({}, {"act": "again"}, {}):
        Client().post(path, form)
    assert outbox.is_suppressed(BEN, "encounter-planned")
    Client().post(path, {"act": "again"})
    assert not outbox.is_suppressed(BEN, "encounter-planned")


def test_settings_give_back_what_was_stopped_and_stop_what_is_not_wanted(cast: Cast) -> None:
    outbox.suppress(BEN, "encounter-planned")
    page = cast.ben_browser.get("/settings/letters").content.decode()
    assert 'value="encounter-planned">' in page and 'value="encounter-soon" checked>' in page
    cast.ben_browser.post("/settings/letters", {"keep": "yes", "comes": [kind for kind in ALL if kind != "update"]})
    assert outbox.stopped_kinds(BEN) == {"update"}
    planned(cast.ada)
    assert to_ben()
    assert outbox.stopped_kinds(cast.ada_person.email) == set(), "a switch is one's own"


def test_an_empty_form_stops_nothing(cast: Cast) -> None:
    cast.ben_browser.post("/settings/letters", {})
    cast.ben_browser.post("/settings/letters", {"keep": "yes", "comes": [*ALL, "no-such-kind", "sign-in"]})
    assert outbox.stopped_kinds(BEN) == set()


def test_a_sign_in_letter_comes_whatever_was_stopped(db: None) -> None:
    for kind in ("sign-in", ""):
        outbox.suppress("tom@hale.example", kind)
    Client().post("/sign-in", {"email": "tom@hale.example"})
    deliver_due()
    assert [one.to for one in mail.outbox] == [["tom@hale.example"]]
