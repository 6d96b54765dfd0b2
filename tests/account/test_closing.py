"""Closing an account: what was only theirs is nowhere any more, what was shared stays, and nobody comes back as them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import LazySettings
from django.core import mail
from django.test import Client
from django.urls import reverse

from goodword.account.actions import closing
from goodword.gates import actions as gates
from goodword.ground.sealing import SealedValue
from goodword.ops import epoch
from goodword.people.models import Person
from goodword.post.delivery import deliver_due
from goodword.post.models import OutboxLetter
from goodword.post.outbox import values_of
from goodword.relationships import invitations, starting
from goodword.relationships.doorway import seat_of
from goodword.relationships.models import Relationship, Seat
from goodword.relationships.visibility import Locked
from tests.cast import signed_in
from tests.house.world import World

WORD = "zinnoberkraehe"
pytestmark = pytest.mark.django_db


@pytest.fixture
def world(lived: World, db: None, settings: LazySettings, tmp_path: Path) -> Iterator[World]:
    """The world, with a deletion list of its own. Whatever a test does to it is undone."""
    settings.DATA = tmp_path
    with lived.undone():
        yield lived


def texts() -> Iterator[str]:
    """Yield all that lies in any table, sealed text opened, and all that waits to leave."""
    for model in apps.get_models():
        rows = model.objects.unscoped() if issubclass(model, Locked) else model._base_manager.all()  # type: ignore[attr-defined]
        for row in rows:
            for field in model._meta.concrete_fields:
                value = getattr(row, field.attname)
                yield value._read() if isinstance(value, SealedValue) else str(value)
    for letter in OutboxLetter.objects.exclude(content=b""):
        yield str(values_of(letter))


def close_by_hand(browser: Client) -> None:
    """Close an account as its owner does: read, ask for the code, type it."""
    page = browser.get(reverse("close-account")).content.decode()
    assert "What stays with the other side" in page
    browser.post(reverse("close-account"))
    deliver_due(200)
    [code] = [found for letter in mail.outbox if (found := re.match(r"(\d{6}) closes", str(letter.subject)))]
    answer = browser.post(reverse("close-account"), {"code": code[1]})
    assert answer.status_code == 302
    assert browser.get(answer["Location"]).status_code == 200


def test_what_was_only_theirs_is_nowhere_any_more(world: World) -> None:
    world.plant(world.elsewhere, WORD)
    assert any(WORD in text for text in texts())
    close_by_hand(signed_in(world.cleo_person))
    assert not [text for text in texts() if WORD in text or "cleo@stone.example" in text]
    assert not Person.objects.filter(name="Cleo Stone").exists()


def test_what_was_only_theirs_goes_too_where_it_had_ended_before(world: World) -> None:
    """Who gives up a seat leaves nothing behind; of a relationship that had ended, the account is what goes last."""
    world.plant(world.elsewhere, WORD)
    gates.let_go(world.elsewhere)
    close_by_hand(signed_in(world.cleo_person))
    assert not [text for text in texts() if WORD in text or "cleo@stone.example" in text]


def test_an_account_closes_where_colleagues_sit_in_what_has_ended(world: World) -> None:
    hers = world.ada
    gates.let_go(hers)
    close_by_hand(signed_in(world.ada_person))
    assert not Person.objects.filter(name="Ada Lane").exists()
    assert not Seat.objects.filter(pk=hers.pk, left_at=None).exists()
    assert Seat.objects.filter(pk=world.abe.pk, left_at=None).exists()


def test_what_was_shared_stays_with_the_other_side_who_learns_that_it_has_ended(world: World) -> None:
    ada, key = world.browsers["ada"], world.elsewhere.key
    close_by_hand(signed_in(world.cleo_person))
    page = ada.get(reverse("relationship", args=[key]))
    assert page.status_code == 200
    assert "Cleo" in page.content.decode()
    assert Relationship.objects.get(pk=world.elsewhere.relationship_id).ended_at is not None


def test_with_colleagues_it_goes_on_and_what_their_side_wrote_stays_theirs(world: World) -> None:
    world.plant(world.ada, f"mine {WORD}")
    ours = {type(row): row.pk for row in _rows_of(world.ada, "ours")}
    mine = [type(row) for row in _rows_of(world.ada, "mine")]
    assert ours and mine
    close_by_hand(signed_in(world.ada_person))
    assert Relationship.objects.get(pk=world.abe.relationship_id).ended_at is None
    for model, pk in ours.items():
        assert model.objects.unscoped().filter(pk=pk).exists()  # type: ignore[attr-defined]
    for model in mine:
        assert not model.objects.unscoped().filter(author_id=world.ada_person.pk).exists()  # type: ignore[attr-defined]
    for who in ("abe", "ben", "bea"):
        for route in (
            "relationship",
            "relationship-leads",
            "agreement",
            "teaching",
            "reservations",
            "encounters",
            "story",
        ):
            assert world.browsers[who].get(reverse(route, args=[world.key])).status_code == 200, (who, route)


def _rows_of(seat: Seat, lock: str) -> list[Locked]:
    models = [model for model in apps.get_app_config("goodword").get_models() if getattr(model, "lock", "") == lock]
    return [
        row
        for model in models
        for row in model.objects.unscoped().filter(author_id=seat.person_id, side_id=seat.side_id)[:1]  # type: ignore[attr-defined]
    ]


def test_whoever_signs_in_with_that_address_afterwards_begins_anew(world: World) -> None:
    key = world.elsewhere.key
    close_by_hand(signed_in(world.cleo_person))
    again = Person.objects.at("cleo@stone.example")
    assert again.pk != world.cleo_person.pk
    assert signed_in(again).get(reverse("relationship", args=[key])).status_code == 404
    assert not Seat.objects.filter(person=again).exists()


def test_an_invitation_nobody_answered_goes_with_its_writer(world: World) -> None:
    dora = Person.objects.at("dora@vale.example")
    seat = starting.start(dora, name="Ed Hill", business="", town="")
    invitations.write(seat, words=f"We talked about {WORD}.", address="ed@hill.example")
    path = invitations.link_to(invitations.offer(seat, by_mail=False)).removeprefix("http://testserver")
    closing.close(dora)
    assert WORD not in Client().get(path).content.decode()
    assert not [text for text in texts() if WORD in text or "ed@hill.example" in text]


def test_a_code_of_somebody_elses_or_none_closes_nothing(world: World) -> None:
    browser = signed_in(world.cleo_person)
    browser.post(reverse("close-account"))
    assert browser.post(reverse("close-account"), {"code": "000000"}).status_code == 422
    assert Person.objects.get(pk=world.cleo_person.pk).is_active
    assert seat_of(world.cleo_person, world.elsewhere.key)


def test_a_backup_that_is_put_back_does_not_bring_an_account_back(world: World, tmp_path: Path) -> None:
    (tmp_path / "list").write_text(f"person {world.cleo_person.pk} 2026-11-27T20:00:00Z\n")
    assert epoch.erase_again([tmp_path / "list"]) == 1
    assert not Person.objects.get(pk=world.cleo_person.pk).is_active
    assert epoch.erase_again([tmp_path / "list"]) == 0
