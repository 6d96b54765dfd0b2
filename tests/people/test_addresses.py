"""Addresses as people type them: tidied first, then judged, and said in a sentence where nobody could be written to."""

from __future__ import annotations

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from goodword.people.models import Person
from goodword.post.delivery import deliver_due
from goodword.relationships.models import Invitation
from tests.cast import Cast


@pytest.mark.parametrize(
    "typed",
    [
        "<ben@moor.example>",
        "Ben Moor <Ben@Moor.example>",
        " mailto:ben@moor.example",
        "ｂｅｎ＠ｍｏｏｒ．ｅｘａｍｐｌｅ",
    ],
)
def test_signing_in_takes_an_address_as_it_was_copied(db: None, typed: str) -> None:
    Person.objects.at("ben@moor.example")
    assert Client().post(reverse("sign-in"), {"email": typed}).status_code == 302
    deliver_due()
    assert [one.to for one in mail.outbox] == [["ben@moor.example"]]
    assert Person.objects.at(typed) == Person.objects.get()


@pytest.mark.parametrize(
    "typed", [f"a@{'b' * 64}.example", f"a@{'ü' * 60}.example", "a@b_c.example", "a@b", f"{'a' * 65}@b.example"]
)
def test_an_address_nobody_can_write_to_is_said_while_it_is_typed(db: None, typed: str) -> None:
    cast = Cast()
    for browser, door, said in (
        (Client(), reverse("sign-in"), {"email": typed}),
        (cast.ada_browser, reverse("start"), {"name": "Gus Hart", "words": "Why you.", "email": typed}),
        (cast.ada_browser, reverse("colleagues", args=[cast.key]), {"name": "Gus Hart", "email": typed}),
    ):
        answer = browser.post(door, said)
        assert answer.status_code == 422
        assert "Write an e-mail address like" in answer.content.decode()
        assert typed in answer.content.decode()


def test_an_invitation_is_kept_under_its_one_normal_form(db: None) -> None:
    cast = Cast()
    said = {"name": "Gus Hart", "words": "Why you.", "email": "Gus Hart <gus@straße.example>"}
    assert cast.ada_browser.post(reverse("start"), said).status_code == 302
    assert Invitation.objects.latest("made_at").address == "gus@xn--strae-oqa.example"
