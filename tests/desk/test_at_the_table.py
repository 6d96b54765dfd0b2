"""The phone on the table, and what a browser keeps of our pages (T14): asked for over the wire, without a browser's help."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from goodword.people.models import SignInKey
from goodword.post.delivery import deliver_due
from goodword.reservations.actions import keeping
from goodword.reservations.models import PrivateReservation
from goodword.ui.doors import routes
from tests.cast import Cast, signed_in
from tests.people.device import Device, add_passkey, show_passkey

SECRET = "Would they ring back, though?"


@pytest.fixture
def laid_down(cast: Cast) -> Client:
    """Ada's browser, with a private reservation kept and the phone put on the table."""
    keeping.read_promise(cast.ada.person)
    keeping.keep(cast.ada, text=SECRET, drawer="mine")
    browser = cast.ada_browser
    assert browser.post(reverse("show-them", args=[cast.key])).headers["Location"] == reverse("at-the-table")
    return browser


def pages(cast: Cast) -> list[str]:
    """Return the address of every page for people who are signed in that needs no key of a row."""
    return [
        reverse(pattern.name, args=[cast.key][: len(pattern.pattern.converters)])
        for _path, pattern in routes()
        if list(pattern.pattern.converters) in (["key"], [])
        and pattern.callback.door != "public"  # type: ignore[attr-defined]
        and "GET" in pattern.callback.methods  # type: ignore[attr-defined]
    ]


def test_a_phone_on_the_table_opens_no_page_but_the_table(cast: Cast, laid_down: Client) -> None:
    shown = {path for path in pages(cast) if laid_down.get(path).status_code == 200}
    assert shown == {reverse("at-the-table"), reverse("leave-the-table")}
    assert SECRET not in laid_down.get(reverse("at-the-table")).content.decode()


def test_a_phone_on_the_table_takes_no_form(cast: Cast, laid_down: Client) -> None:
    laid_down.post(reverse("reservations", args=[cast.key]), {"drawer": "mine", "text": "Written by the other."})
    assert "Written by the other." not in {
        row.text.unseal(cast.ada) for row in PrivateReservation.objects.owned_by(cast.ada)
    }


def way_back(browser: Client) -> str:
    """Ask for the way back and return the code from its letter, which a phone that announces its mail would not show."""
    browser.post(reverse("leave-the-table"))
    while deliver_due():
        pass
    letter = [one for one in mail.outbox if str(one.subject).startswith("Your way back")][-1]  # it overtakes what waits
    code = re.search(r"\b\d{6}\b", str(letter.body))
    assert code and letter.to == ["ada@lane.example"]
    assert code.group() not in letter.subject + str(letter.body)[:100]
    assert "/sign-in/link/" not in str(letter.body)
    return code.group()


def test_a_code_by_mail_picks_it_up_again_once_and_five_wrong_ones_spend_it(cast: Cast, laid_down: Client) -> None:
    leave, today = reverse("leave-the-table"), reverse("today")
    laid_down.get(leave)
    assert not SignInKey.objects.exists()  # reading the page mails nothing
    code = way_back(laid_down)
    wrong = f"{(int(code) + 1) % 10**6:06d}"
    other = signed_in(cast.ada_person)
    other.post(reverse("show-them", args=[cast.key]))
    for _ in range(2):
        assert other.post(leave, {"code": code}).status_code == 422  # asked for by another browser
    for _ in range(5):
        assert laid_down.post(leave, {"code": wrong}).status_code == 422
    assert laid_down.post(leave, {"code": code}).status_code == 422
    assert laid_down.get(today).headers["Location"] == reverse("at-the-table")
    older, code = way_back(laid_down), way_back(laid_down)
    assert older == code or laid_down.post(leave, {"code": older}).status_code == 422
    assert laid_down.post(leave, {"code": code}).headers["Location"] == reverse("relationship", args=[cast.key])
    assert laid_down.get(today).status_code == 200
    laid_down.post(reverse("show-them", args=[cast.key]))
    laid_down.post(leave, {"code": code})
    assert laid_down.get(today).headers["Location"] == reverse("at-the-table")  # it worked once
    late = way_back(laid_down)
    SignInKey.objects.update(expires_at=timezone.now())
    assert laid_down.post(leave, {"code": late}).status_code == 422


def test_where_there_is_a_passkey_it_picks_the_phone_up_and_no_mailed_code_does(cast: Cast) -> None:
    browser, leave = cast.ada_browser, reverse("leave-the-table")
    device = add_passkey(browser)
    browser.post(reverse("show-them", args=[cast.key]))
    browser.post(leave)
    assert not SignInKey.objects.filter(letter="way-back").exists()
    assert browser.post(leave, {"code": "123456"}).status_code == 422
    assert show_passkey(browser, leave, Device()).status_code == 422
    assert browser.get(reverse("today")).headers["Location"] == reverse("at-the-table")
    assert show_passkey(browser, leave, device).headers["Location"] == reverse("relationship", args=[cast.key])
    assert browser.get(reverse("today")).status_code == 200


def test_no_page_is_kept_by_the_browser(cast: Cast) -> None:
    for path in pages(cast):
        assert cast.ada_browser.get(path).headers["Cache-Control"] == "no-store", path
