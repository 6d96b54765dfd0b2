"""From a first coffee to the sixth lead by one seat alone; then the other joins, and both go on from there (M4)."""

from __future__ import annotations

import re

from django.core import mail
from django.utils import timezone

from goodword.agreements import queries as agreements
from goodword.alone.models import Opening
from goodword.alone.queries import pages
from goodword.leads.models import Lead
from goodword.relationships import holding
from goodword.relationships.doorway import seat_of
from goodword.relationships.models import Seat
from goodword.relationships.steps import Step
from tests.agreements.reading import filled
from tests.alone.test_kept_alone import Alone, alone, join, seen_on

__all__ = ["alone"]  # a fixture
SAID = {
    "understood": "Kitchens for old houses.",
    "for-them": "Kitchens in old houses.",
    "for-me": "Wills, in plain words.",
    "talk": "He likes hills.",
    "reservation": "He finds us dear.",
}
OUTCOMES = ("client", "meeting", "not_now", "no_answer", "spoke", "client")


def give(browser: object, page: str, seat: Seat) -> int:
    """Give a lead by the page, let its half minute pass, and return how many there are."""
    sent = filled(browser, page)  # type: ignore[arg-type]
    browser.post(page, {**sent, "why": "Somebody who restores old houses.", "route": "card"})  # type: ignore[attr-defined]
    holding.release_due(timezone.now() + holding.WINDOW)
    return Lead.objects.visible_to(seat).count()


def test_six_leads_alone_then_half_is_confirmed_one_thing_corrected_and_both_go_on(alone: Alone) -> None:
    alone.to(Step.ADVOCATE)
    for sort, text in SAID.items():
        alone.browser.post(alone.url("kept-alone", sort), {"text": text})
    for number, outcome in enumerate(OUTCOMES):
        way = ("given", "received")[number % 2]
        alone.browser.post(alone.url("slip-new"), {"whom": f"Person {number}", "way": way, "why": f"Reason {number}"})
        newest = pages.slips(alone.seat)[0]
        alone.browser.post(alone.url("slip", newest.key), {"outcome": outcome})
    assert len(pages.slips(alone.seat)) == 6 and all(one.told_at for one in pages.slips(alone.seat))
    assert mail.outbox == [] and not Lead.objects.unscoped().exists()

    tom, toms = join(alone)
    assert seat_of(tom, alone.key).at is Step.EXPLORE
    shown = alone.browser.get(alone.url("opening"))
    chosen = re.findall(r'name="chosen" value="([^"]+)"', shown.content.decode())
    alone.browser.post(alone.url("opening"), {"seen": seen_on(shown), "chosen": chosen})
    holding.release_due(timezone.now() + holding.WINDOW)
    lying = list(Opening.objects.unscoped())
    assert len(lying) == 12  # the step, the agreement, four texts, six leads; what he is said to doubt is his to write
    page = toms.get(alone.url("opened")).content.decode()
    assert "He finds us dear" not in page and "Person 0" not in page and "Reason 0" in page

    kept = [one for one in lying if one.sort in ("step", "agreement", "understood")] + [
        one for one in lying if one.sort == "lead"
    ][:3]
    for one in kept:
        toms.post(alone.url("opened-item", one.key), {"said": "yes"})
    [wrong] = [one for one in lying if one.sort == "for-them"]
    toms.post(alone.url("opened-item", wrong.key), {"text": "Kitchens, in houses of any age."})
    [corrected] = Opening.objects.unscoped().filter(replaces=wrong)
    alone.browser.post(alone.url("opened-item", corrected.key), {"said": "yes"})

    hers, his = alone.seat, seat_of(tom, alone.key)
    for seat in (hers, his):
        found = pages.openings_page(seat)
        assert len(found["both"]) == 7
        assert "Kitchens, in houses of any age." in [line["row"].text for line in found["both"]]
    assert hers.at is his.at is Step.ADVOCATE
    assert agreements.in_force(his) is not None
    assert give(alone.browser, alone.url("lead-give"), his) == 1
    assert give(toms, alone.url("lead-give"), hers) == 2
