"""A gate that did not open: what came of it, from when it is asked again, and what each answer is read by (M5)."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone

from goodword.gates import actions as gates
from goodword.gates.readiness import TIME_TO_THINK
from goodword.gates.rules import Choice
from goodword.ui.languages import day
from tests.cast import Cast
from tests.stories.test_gates import story

pytestmark = pytest.mark.django_db


@pytest.fixture
def met() -> Cast:
    """Return the cast before the first gate, where both may decide."""
    cast = Cast()
    story(cast).explore()
    return cast


def words(page: str) -> str:
    """Return what a page says, in one line."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page.split("<main")[1].split("</main>")[0]))


def under_the_strip(page: str) -> str:
    """Return what stands in the strip over the answers at the gate."""
    return page.split('id="id_choice"')[1].split("</fieldset>")[0]


def test_letting_go_stands_outside_the_strip_of_what_is_sealed(met: Cast) -> None:
    page = met.ada_browser.get(f"/r/{met.key}/gate").content.decode()
    assert "Only you." in under_the_strip(page) and "Let go…" not in under_the_strip(page)
    assert f'class="answer" href="/r/{met.key}/let-go"' in page


def test_whoever_decides_second_is_not_told_that_only_they_see_it(met: Cast) -> None:
    gates.decide(met.ada, Choice.GO_ON)
    sealed = under_the_strip(met.ben_browser.get(f"/r/{met.key}/gate").content.decode())
    assert "Only you." not in sealed and "Both sides." in sealed and "opens both at the same moment" in sealed


def test_after_another_round_the_gate_says_what_came_of_it_and_when_it_is_asked_again(met: Cast) -> None:
    gates.decide(met.ada, Choice.GO_ON)
    gates.decide(met.ben, Choice.NOT_YET, waits_for="time")
    again = f"asked again on {day(timezone.localdate(timezone.now() + TIME_TO_THINK))}, or once you have met."
    gate = met.ada_browser.get(f"/r/{met.key}/gate").content.decode()
    assert "You said go on, Ben said not yet." in words(gate) and again in words(gate)
    assert again in words(met.ada_browser.get(f"/r/{met.key}/gate/g1/1").content.decode())
    assert 'value="go_on"' not in gate, "it asks afresh at once"
    sooner = met.ada_browser.get(re.findall(r'href="([^"]+)">Answer sooner', gate)[0]).content.decode()
    assert 'value="go_on"' in sooner and "You said go on, Ben said not yet." in words(sooner)
    met.ada_browser.post(f"/r/{met.key}/gate", {"choice": "go_on"})
    assert "Ada said go on" not in words(met.ben_browser.get(f"/r/{met.key}/gate").content.decode()).split("decided")[0]
    assert 'value="go_on"' in met.ben_browser.get(f"/r/{met.key}/gate").content.decode()
