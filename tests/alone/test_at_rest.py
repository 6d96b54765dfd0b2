"""What is kept alone lies on the disk as what lies in a drawer does: no word of it stands in clear (M4)."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from goodword.encounters import calendar_entries
from goodword.encounters.queries import pages
from goodword.followups import actions as followups
from goodword.relationships import invitations
from goodword.relationships.models import Seat
from goodword.relationships.steps import Step
from goodword.relationships.visibility import Shared
from goodword.relationships.waiting import WaitingRow, as_it_is, settle_due
from goodword.relationships.waits import Kind
from tests.alone.secrets import keep_meetings, plant
from tests.alone.test_kept_alone import Alone, join, press_everything
from tests.cast import Cast
from tests.raw import shows, stored_rows
from tests.walks.test_joining import models_of

WORD = "zinnoberkraehe"
pytestmark = pytest.mark.sql


def in_clear(word: str) -> list[str]:
    """Return the tables in which a word stands as it was typed."""
    return [name for name, row in stored_rows() if shows(row, word)]


def test_no_row_of_what_is_kept_alone_holds_its_words(db: None) -> None:
    alone = Alone()
    keep_meetings(alone.seat, WORD)
    alone.to(Step.ADVOCATE)
    plant(alone.seat, WORD)
    press_everything(alone, f"A line of {WORD}.")
    alone.browser.get(alone.url("encounters"), {"q": WORD})
    assert in_clear(WORD) == []
    assert in_clear("Adeyemi Law")  # the looking itself sees


def test_a_promise_of_ones_own_stays_sealed_where_it_waits_once_the_other_has_joined(db: None) -> None:
    alone = Alone()
    keep_meetings(alone.seat, WORD)
    _tom, toms = join(alone)
    assert f"Send {WORD}" in alone.browser.get(reverse("today")).content.decode()
    settle_due(timezone.now())
    rows = WaitingRow.objects.filter(person=alone.ruth, kind=Kind.PROMISE)
    assert {row.subject for row in rows} == {f"Send {WORD}"}
    assert in_clear(WORD) == []
    assert f"Send {WORD}" in alone.browser.get(reverse("today")).content.decode()
    assert WORD not in toms.get(reverse("today")).content.decode()
    stale = {"stale_at": timezone.now(), "stale_in": 1}  # put together from rows, as where leads alone have changed
    Seat.objects.filter(person=alone.ruth).update(**stale)
    assert f"Send {WORD}" in alone.browser.get(reverse("today")).content.decode()
    assert f"Send {WORD}" in {wait.about for wait in as_it_is(alone.seat, timezone.now())}


def test_where_two_met_and_what_they_add_to_an_agenda_is_sealed(db: None) -> None:
    alone = Alone()
    invitations.write(alone.seat, words="Hello", address="tom@hale.example", met_where=f"{WORD} Hall")
    letter = invitations.of(alone.seat)
    assert letter is not None and letter.met and letter.met_where == f"{WORD} Hall"
    cast = Cast(Step.ADVOCATE)
    added = followups.add_item(cast.ada, f"On {WORD}")
    followups.add_item(cast.ada, f"Of {WORD}", under="follow_news")
    assert added.text in cast.ben_browser.get(reverse("follow-up", args=[cast.key])).content.decode()
    assert in_clear(WORD) == []


def test_what_waits_is_opened_only_where_it_is_shown(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = Alone()
    keep_meetings(alone.seat, WORD)
    join(alone)
    settle_due(timezone.now())
    many: list[object] = []
    monkeypatch.setattr(WaitingRow._meta.get_field("subject"), "open", lambda _pk, raw: many.append(raw))
    assert Kind.PROMISE in {wait.kind for wait in as_it_is(alone.seat, timezone.now())}
    assert many == []


def test_its_own_side_reads_them_as_they_were_written(db: None) -> None:
    alone = Alone()
    it = keep_meetings(alone.seat, WORD)
    page = alone.page("encounter", it.key)
    for words in (f"{WORD} Hall", f"On {WORD}", f"{WORD} is writing", f"{WORD} it is", f"Send {WORD}"):
        assert words in page, words
    past = alone.browser.get(alone.url("encounters"), {"q": f"{WORD} & co"}).content.decode()
    assert f"By {WORD}" in past
    assert [one.place for one in pages.recent(alone.seat, 9) if one.pk == it.pk] == [f"{WORD} Hall"]
    assert f"{WORD} Hall" in {row.place for row in calendar_entries.for_feed(alone.ruth, 9)}


def test_no_column_in_clear_takes_words_in_any_table_that_is_written_alone() -> None:
    """Whoever adds one sees it here: what is free to type is a TableText, what is chosen or made by the house has its limits."""
    chosen = {
        "AgendaItem": "half",
        "Attendance": "said",
        "ClockMark": "verb half once",
        "Encounter": "kind zone",
        "Event": "verb subject",
        "JointNote": "once",
        "OfferedTime": "zone",
        "Promise": "role",
    }
    found = {
        model.__name__: " ".join(
            field.name
            for field in model._meta.concrete_fields
            if field.get_internal_type() in ("CharField", "TextField", "JSONField") and field.name != "key"
        )
        for model in models_of(Shared)
        if model.also_alone
    }
    assert {name: fields for name, fields in found.items() if fields} == chosen
