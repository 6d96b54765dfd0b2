"""When letters come: a code at once, whatever waits; nothing in quiet hours; one a day for whoever wants that."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.urls import reverse

from goodword.people.models import Person
from goodword.post import outbox
from goodword.post.delivery import deliver_due
from goodword.post.models import OutboxLetter
from tests.cast import Cast, signed_in

pytestmark = pytest.mark.django_db
BEN = "ben@moor.example"
MIDNIGHT = dt.datetime(2026, 11, 27, 23, 30, tzinfo=dt.UTC)
NOON = dt.datetime(2026, 11, 27, 12, 10, tzinfo=dt.UTC)


def put(kind: str = "receipt", first_name: str = "Ada") -> OutboxLetter:
    """Put a letter for Ben into the outbox."""
    values = (
        {"code": "123456", "token": "t" * 43} if kind == "sign-in" else {"first_name": first_name, "link": "https://x"}
    )
    letter = outbox.put(kind, BEN, values=values)
    assert letter is not None
    letter.refresh_from_db()
    return letter


def came(at: dt.datetime) -> list[str]:
    """Deliver at this moment; return the subjects of what came."""
    mail.outbox.clear()
    with time_machine.travel(at, tick=False):
        deliver_due()
    return [str(one.subject) for one in mail.outbox]


@pytest.fixture
def going(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Receipts may go, whatever became of the letter they are for; what the cast's own story wrote is out of the way."""
    OutboxLetter.objects.all().delete()
    monkeypatch.setattr("goodword.post.delivery.kind_of", _willing)


def _willing(name: str) -> object:
    from dataclasses import replace

    from goodword.post.letters import kind_of

    return replace(kind_of(name), may_send=lambda relationship_id, person_id: True)


def wishing(cast: Cast, **hours: str) -> Person:
    """Let Ben, who lives in Berlin, choose his hours by hand."""
    Person.objects.filter(pk=cast.ben_person.pk).update(zone="Europe/Berlin")
    answer = signed_in(cast.ben_person).post(reverse("letter-times"), hours)
    assert answer.status_code == 302
    return cast.ben_person


def test_a_code_overtakes_all_that_waits(cast: Cast, going: None) -> None:
    with time_machine.travel(NOON, tick=False):
        for number in range(5):
            put(first_name=f"A{number}")
        put("sign-in")
    assert "your code" in came(NOON)[0]


def test_nothing_comes_in_quiet_hours_but_a_code(cast: Cast, going: None) -> None:
    wishing(cast, quiet_from="22", quiet_until="7")
    with time_machine.travel(MIDNIGHT, tick=False):
        letter = put()
        put("sign-in")
    assert [subject[:6] for subject in came(MIDNIGHT)] == ["123456"]
    letter.refresh_from_db()
    assert letter.due_at == dt.datetime(2026, 11, 28, 6, tzinfo=dt.UTC)  # seven in Berlin
    assert came(letter.due_at) == ["Your answer to Ada"]


@pytest.mark.sql
def test_letters_of_one_moment_come_in_the_order_they_were_put(cast: Cast, going: None) -> None:
    with time_machine.travel(NOON, tick=False):
        first, _then = put(first_name="Ada"), put(first_name="Abe")
        OutboxLetter.objects.filter(pk=first.pk).delete()
        first.save(force_insert=True)  # its row lies behind the other's now
    assert came(NOON) == ["Your answer to Ada", "Your answer to Abe"]


def test_outside_quiet_hours_letters_come_at_once(cast: Cast, going: None) -> None:
    wishing(cast, quiet_from="22", quiet_until="7")
    with time_machine.travel(NOON, tick=False):
        put()
    assert came(NOON) == ["Your answer to Ada"]


def test_gathered_letters_come_as_one_at_the_hour(cast: Cast, going: None) -> None:
    wishing(cast, gathered_at="8")
    with time_machine.travel(NOON, tick=False):
        put(first_name="Ada")
        put(first_name="Abe")
    assert came(NOON) == []
    assert came(dt.datetime(2026, 11, 28, 7, tzinfo=dt.UTC)) == ["2 things for you"]
    [one] = mail.outbox
    assert "Your answer to Ada" in str(one.body)
    assert "Your answer to Abe" in str(one.body)
    assert str(one.body).count("/stop/") == 1
    assert one.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert not OutboxLetter.objects.filter(sent_at=None).exists()
    assert came(dt.datetime(2026, 11, 28, 7, 30, tzinfo=dt.UTC)) == []


def test_gathered_letters_are_not_lost_where_nobody_brought_them_at_the_hour(cast: Cast, going: None) -> None:
    wishing(cast, gathered_at="8")
    with time_machine.travel(NOON, tick=False):
        put()
    came(NOON)
    assert came(dt.datetime(2026, 11, 28, 11, tzinfo=dt.UTC)) == ["Your answer to Ada"]


def test_the_one_letter_can_be_stopped_and_then_none_of_it_comes(cast: Cast, going: None) -> None:
    wishing(cast, gathered_at="8")
    outbox.suppress(BEN, "digest")
    with time_machine.travel(NOON, tick=False):
        put(first_name="Ada")
        put(first_name="Abe")
    came(NOON)
    assert came(dt.datetime(2026, 11, 28, 7, tzinfo=dt.UTC)) == []
    assert OutboxLetter.objects.filter(dropped_at=None).count() == 0


def test_half_of_the_quiet_hours_is_asked_for_in_a_sentence(cast: Cast) -> None:
    answer = signed_in(cast.ben_person).post(reverse("letter-times"), {"quiet_from": "22"})
    assert answer.status_code == 422
    assert "Choose the other hour too" in answer.content.decode()
