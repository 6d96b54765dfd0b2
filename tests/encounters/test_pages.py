"""Encounters through the front door."""

from __future__ import annotations

from django.urls import reverse

from goodword.encounters.models import Encounter
from tests.cast import Cast
from tests.encounters.at_hand import plan_for, planned, soon


def test_every_page_of_the_room_opens(cast: Cast) -> None:
    it = planned(cast.ada)
    pages = ["encounters", "encounter-new", "encounter-record", "encounter-offer"]
    of_one = [
        "encounter",
        "encounter-change",
        "encounter-off",
        "encounter-times",
        "encounter-agenda",
        "agenda-new",
        "encounter-conclusion",
        "encounter-own",
        "encounter-rapport",
        "encounter-promises",
        "table",
        "table-state",
        "encounter-file",
        "encounter-tabling",
    ]
    for browser in (cast.ada_browser, cast.ben_browser):
        for name in pages:
            assert browser.get(reverse(name, args=[cast.key])).status_code == 200, name
        for name in of_one:
            assert browser.get(reverse(name, args=[cast.key, it.key])).status_code == 200, name
        assert browser.get(reverse("own-calendar")).status_code == 200


def test_a_plan_made_on_the_form_is_on_both_sides_page(cast: Cast) -> None:
    answer = cast.ada_browser.post(reverse("encounter-new", args=[cast.key]), plan_for(soon()))
    assert answer.status_code == 302, answer.content.decode()
    it = Encounter.objects.visible_to(cast.ada).get()
    assert "Lantern" in cast.ben_browser.get(reverse("encounter", args=[cast.key, it.key])).content.decode()
    assert it.key in cast.ben_browser.get(reverse("encounters", args=[cast.key])).content.decode()
