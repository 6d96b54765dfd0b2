"""Ways in without a mail, and data folders that must not be mixed."""

from __future__ import annotations

import os
import subprocess
import sys
from io import StringIO
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.test import Client

from goodword.ops import seeding, up
from goodword.people.models import Person
from goodword.relationships.models import Seat
from tests.cast import Cast, signed_in

pytestmark = pytest.mark.django_db


def link_for(address: str) -> str:
    """Return the path that `login-link` prints."""
    out = StringIO()
    call_command("login_link", address, stdout=out)
    return urlsplit(out.getvalue().strip()).path


def test_a_login_link_works_once_and_only_when_the_button_is_pressed(client: Client) -> None:
    path = link_for(" Cleo@Stone.example ")
    assert client.get(path).status_code == client.get(path).status_code == 200
    assert not Person.objects.filter(email="cleo@stone.example").exists()
    assert client.post(path).status_code == 302
    assert client.session["_auth_user_id"] == str(Person.objects.get(email="cleo@stone.example").pk)
    again = Client()
    again.post(path)
    assert "_auth_user_id" not in again.session


def test_a_login_link_for_something_else_than_an_address_is_refused_with_a_sentence() -> None:
    with pytest.raises(CommandError, match="Write one such as"):
        call_command("login_link", "not an address")


@pytest.mark.processes
def test_the_command_itself_takes_an_address_and_prints_a_link(tmp_path: Path) -> None:
    env = {**os.environ, "GOODWORD_DATA": str(tmp_path), "GOODWORD_DATABASE_URL": ""}
    done = subprocess.run(
        [sys.executable, "-m", "goodword.ops", "login-link", "tom@hale.example"],
        env=env,
        capture_output=True,
        text=True,
    )
    assert "/sign-in/link/" in done.stdout, done.stderr


def test_the_first_start_prints_a_way_in_and_later_ones_do_not() -> None:
    assert "/sign-in/link/" in up.greeting()
    Person.objects.at("ada@lane.example")
    assert "/sign-in/link/" not in up.greeting()


def test_seeding_lays_down_relationships_that_the_lists_can_show(settings: LazySettings, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    me = seeding.seed(12, 40, lambda line: None)
    assert Seat.objects.filter(person=me).count() == 12
    browser = signed_in(me)
    assert browser.get("/relationships").status_code == 200
    assert browser.get("/today").status_code == 200
    for seat in Seat.objects.filter(person=me):
        assert browser.get(f"/r/{seat.key}").status_code == 200
    seeding.seed(3, 4, lambda line: None)
    assert Seat.objects.filter(person=me).count() == 15


def test_real_people_are_never_mixed_with_synthetic_ones(cast: Cast, settings: LazySettings, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    with pytest.raises(CommandError, match="Real people"):
        call_command("seed", relationships=3, leads=3)
    assert not Person.objects.filter(email=seeding.ADDRESS).exists()
