"""What somebody is called after they gave up their seat does not reach the other side by a lead they once gave (D7)."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from goodword.account.actions import closing
from goodword.gates import actions as gates
from goodword.leads.actions import giving, receiving
from goodword.leads.actions.giving import Consent
from goodword.people import actions as people
from goodword.people.models import Person
from goodword.relationships.steps import Step
from tests.cast import Cast
from tests.house.world import known_keys, masked, read

pytestmark = pytest.mark.django_db


def test_the_page_of_a_lead_says_who_noted_the_consent_as_they_were_called_then(db: None) -> None:
    pair = Cast(at=Step.ADVOCATE)
    agreed = Consent(timezone.localdate())
    lead = giving.give(pair.ada, why="A roof.", route="now", name="Mrs Lyle", reach="lyle@else.example", consent=agreed)
    receiving.accept(pair.ben, lead)
    gates.give_up_seat(pair.ada)
    page = reverse("lead", args=[pair.key, lead.key])
    first = masked(read(pair.ben_browser.get(page)), known_keys())
    assert "Noted by Ada Lane" in first
    people.describe(pair.ada_person, name="Secret Name", business="", trade="", town="")
    assert masked(read(pair.ben_browser.get(page)), known_keys()) == first
    closing.close(Person.objects.get(pk=pair.ada_person.pk))
    assert masked(read(pair.ben_browser.get(page)), known_keys()) == first
