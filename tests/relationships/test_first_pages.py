"""The first pages of somebody new: what is left out can be given later, and no button leads where there is nothing to do."""

from __future__ import annotations

import datetime as dt
import html

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from goodword.relationships import invitations, starting
from goodword.relationships.models import Seat
from tests.cast import person, signed_in

WORDS = "You rang back the same day."


def begun(*, address: str = "tom@hale.example", met: bool = False) -> tuple[Seat, Client]:
    """Return Ruth's seat and browser; her letter to Tom is written."""
    ruth = person("Ruth Adeyemi", "ruth@lane.example", "Lane & Lowe")
    seat = starting.start(ruth, name="Tom Hale")
    when = timezone.localdate() - dt.timedelta(days=4) if met else None
    invitations.write(seat, words=WORDS, address=address, met_on=when)
    return seat, signed_in(ruth)


def read(browser: Client, route: str, *args: object) -> str:
    """Return what a page's main part says."""
    page = browser.get(reverse(route, args=args)).content.decode()
    return html.unescape(page.split("<main")[1].split("</main>")[0])


def test_a_letter_without_an_address_can_still_go_by_mail(db: None) -> None:
    seat, browser = begun(address="")
    assert reverse("letter-words", args=[seat.key]) + "#id_email" in read(browser, "letter", seat.key)
    assert 'id="id_email"' in read(browser, "letter-words", seat.key)


def test_after_the_letter_each_thing_to_prepare_is_its_own_link(db: None) -> None:
    seat, browser = begun()
    invitations.offer(seat, by_mail=True)
    page = read(browser, "letter-sent", seat.key)
    for route in ("briefing-questions", "reservations"):
        assert f'href="{reverse(route, args=[seat.key])}"' in page
    assert "Prepare in the meantime" not in page + read(browser, "letter-code", seat.key)


def test_where_the_two_have_met_nobody_prepares_an_hour_that_was(db: None) -> None:
    seat, browser = begun(met=True)
    invitations.offer(seat, by_mail=True)
    assert "There is nothing to prepare." in read(browser, "letter-sent", seat.key)


def test_a_step_is_not_called_behind_you_while_its_question_is_open(db: None) -> None:
    seat, _browser = begun(met=True)
    token = invitations.token_of(invitations.offer(seat, by_mail=False))
    page = read(Client(), "invitation", token)
    assert "behind you" not in page and "of the first step only the question is left" in page
