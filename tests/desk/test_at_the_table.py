"""The phone on the table, and what a browser keeps of our pages (T14): asked for over the wire, without a browser's help."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from goodword.reservations.actions import keeping
from goodword.ui.doors import routes
from tests.cast import Cast

SECRET = "Would they ring back, though?"


@pytest.fixture
def laid_down(cast: Cast) -> Client:
    """Ada's browser, with a private reservation kept and the phone put on the table."""
    keeping.read_promise(cast.ada)
    keeping.keep(cast.ada, text=SECRET, drawer="mine")
    browser = cast.ada_browser
    assert browser.post(reverse("show-them", args=[cast.key]), {"pin": "4711"}).headers["Location"] == reverse("at-the-table")
    return browser


def pages(cast: Cast) -> list[str]:
    """Return the address of every page for people who are signed in that needs no key of a row."""
    return [
        reverse(pattern.name, args=[cast.key][: len(pattern.pattern.converters)])
        for _path, pattern in routes()
        if list(pattern.pattern.converters) in (["key"], []) and pattern.callback.door != "public" and "GET" in pattern.callback.methods
    ]


def test_a_phone_on_the_table_opens_no_page_but_the_table(cast: Cast, laid_down: Client) -> None:
    shown = {path for path in pages(cast) if laid_down.get(path).status_code == 200}
    assert shown == {reverse("at-the-table"), reverse("leave-the-table")}
    assert SECRET not in laid_down.get(reverse("at-the-table")).content.decode()


def test_a_phone_on_the_table_takes_no_form(cast: Cast, laid_down: Client) -> None:
    laid_down.post(reverse("reservations", args=[cast.key]), {"drawer": "mine", "text": "Written by the other."})
    assert "Written by the other." not in {row.text.unseal(cast.ada) for row in keeping.PrivateReservation.objects.owned_by(cast.ada)}


def test_the_number_picks_it_up_again_and_five_wrong_ones_sign_it_out(cast: Cast, laid_down: Client) -> None:
    leave = reverse("leave-the-table")
    laid_down.post(leave, {"pin": "0000"})
    assert laid_down.get(reverse("today")).headers["Location"] == reverse("at-the-table")
    laid_down.post(leave, {"pin": "4711"})
    assert laid_down.get(reverse("today")).status_code == 200
    laid_down.post(reverse("show-them", args=[cast.key]), {"pin": "4711"})
    for _ in range(5):
        laid_down.post(leave, {"pin": "1111"})
    assert "sign-in" in laid_down.get(reverse("today")).headers["Location"]


def test_no_page_is_kept_by_the_browser(cast: Cast) -> None:
    for path in pages(cast):
        assert cast.ada_browser.get(path).headers["Cache-Control"] == "no-store", path
