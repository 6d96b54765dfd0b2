"""Every page that ends something says beforehand, by name, what becomes of leads, and whether one keeps the agreement."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from goodword.account.actions import closing
from goodword.leads.actions import giving, receiving
from goodword.leads.actions.giving import Consent
from goodword.leads.models import Lead, LeadReport
from goodword.relationships.steps import Step
from tests.cast import Cast

pytestmark = pytest.mark.django_db
LYLE, DENT, ROW, VANE = "Mrs Lyle", "Dora Dent", "Mr Row", "Ivo Vane"
AT_THE_END = ("giving-up", "let-go")


def named(giver: str, pair: Cast, name: str) -> Lead:
    """Return a lead whose name is on the table from the start."""
    agreed = Consent(timezone.localdate(), "phone", "contact")
    return giving.give(getattr(pair, giver), why="A roof.", route="now", name=name, consent=agreed)


@pytest.fixture
def pair(db: None) -> Cast:
    """Return Ada and Ben with four leads: one each way that was taken up, one each way that was not."""
    pair = Cast(at=Step.ADVOCATE)
    receiving.accept(pair.ben, named("ada", pair, LYLE))
    receiving.accept(pair.ada, named("ben", pair, DENT))
    named("ada", pair, ROW)
    giving.give(pair.ben, why="A barn to convert.", route="ask", name=VANE)
    return pair


def page_of(pair: Cast, route: str) -> str:
    """Return a page as Ben reads it."""
    return pair.ben_browser.get(reverse(route, args=[pair.key] if route in AT_THE_END else [])).content.decode()


@pytest.mark.parametrize("route", AT_THE_END)
def test_it_names_each_lead_and_says_what_becomes_of_it(pair: Cast, route: str) -> None:
    page = page_of(pair, route)
    for name in (LYLE, DENT, ROW, VANE):
        assert f"<b>{name}</b>" in page, name
    taken, rest = page.split(f"<b>{LYLE}</b>", 1)[0], page.split(f"<b>{DENT}</b>", 1)[1]
    assert "You took these up" in taken and "They lapse" in rest
    assert "agreement" in page


@pytest.mark.parametrize("route", [*AT_THE_END, "close-account"])
def test_a_report_is_one_tap_away_and_leads_back(pair: Cast, route: str) -> None:
    page = page_of(pair, route)
    [report] = re.findall(r'href="([^"]*/report\?back=[^"]*)"', page)
    path = report.split("?")[0]
    sent = pair.ben_browser.post(path, {"outcome": "meeting", "back": report.rpartition("=")[2]})
    held = pair.ben_browser.get(sent["Location"]).content.decode()
    back = reverse(route, args=[pair.key] if route in AT_THE_END else [])
    assert f'href="{back}">Good, go on' in held
    again = page_of(pair, route)
    assert LYLE in again and "On its way" in again and "/report?" not in again


def test_names_of_our_own_drawer_are_not_on_the_other_side_s_page(pair: Cast) -> None:
    page = pair.ada_browser.get(reverse("giving-up", args=[pair.key])).content.decode()
    assert VANE not in page and "A barn to convert" in page


def test_what_was_just_said_leaves_before_the_seat_is_given_up(pair: Cast) -> None:
    lead = Lead.objects.visible_to(pair.ben).get(author_id=pair.ada.person_id, state="accepted")
    pair.ben_browser.post(reverse("lead-report", args=[pair.key, lead.key]), {"outcome": "client"})
    assert not LeadReport.objects.visible_to(pair.ada).exists()
    pair.ben_browser.post(reverse("giving-up", args=[pair.key]), {"last": "yes"})
    assert LeadReport.objects.visible_to(pair.ada).get().outcome == "client"
    left = pair.ada_browser.get(reverse("from-here", args=[pair.key])).content.decode()
    assert DENT in left and LYLE not in left


def test_what_was_just_said_keeps_its_half_minute_where_the_seat_is_not_given_up(pair: Cast) -> None:
    lead = Lead.objects.visible_to(pair.ben).get(author_id=pair.ada.person_id, state="accepted")
    pair.ben_browser.post(reverse("lead-report", args=[pair.key, lead.key]), {"outcome": "client"})
    assert pair.ben_browser.post(reverse("giving-up", args=[pair.key])).status_code == 422
    assert not LeadReport.objects.visible_to(pair.ada).exists()
    assert "On its way" in page_of(pair, "giving-up")


def test_what_was_just_said_leaves_before_the_account_closes(pair: Cast) -> None:
    lead = Lead.objects.visible_to(pair.ben).get(author_id=pair.ada.person_id, state="accepted")
    pair.ben_browser.post(reverse("lead-report", args=[pair.key, lead.key]), {"outcome": "client"})
    closing.close(pair.ben_person)
    assert LeadReport.objects.visible_to(pair.ada).get().outcome == "client"


def test_what_was_just_said_after_the_end_leaves_too_before_the_account_closes(pair: Cast) -> None:
    lead = Lead.objects.visible_to(pair.ben).get(author_id=pair.ada.person_id, state="accepted")
    pair.ben_browser.post(reverse("let-go", args=[pair.key]))
    pair.ben_browser.post(reverse("lead-report", args=[pair.key, lead.key]), {"outcome": "client"})
    closing.close(pair.ben_person)
    assert LeadReport.objects.visible_to(pair.ada).get().outcome == "client"


def test_after_the_end_they_are_still_called_by_name(pair: Cast) -> None:
    pair.ben_browser.post(reverse("let-go", args=[pair.key]))
    page = pair.ben_browser.get(reverse("ending", args=[pair.key])).content.decode()
    assert LYLE in page and DENT in page and ROW not in page and VANE not in page
    assert page.count("/report?back=ending") == 1


def test_with_colleagues_what_one_looked_after_falls_to_them(pair: Cast) -> None:
    assert pair.bea
    page = page_of(pair, "giving-up")
    assert "falls to your colleagues" in page and LYLE in page and "They lapse" not in page
