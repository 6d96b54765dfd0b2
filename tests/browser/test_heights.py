"""How tall pages are on a phone 390 wide, and that the act a page is about lies within its first 640 points (part G)."""

from __future__ import annotations

import pytest

from goodword.relationships.models import Side
from goodword.relationships.steps import Step
from tests.browser.hands import PHONE, SMALL, Hands, Visit
from tests.browser.pairs import give_lead, keep_one, pair

WHOLE = "document.documentElement.scrollHeight"
END_OF = """(selector) => {
  scrollTo(0, 0);
  const it = [...document.querySelectorAll(selector)].find((each) => each.getClientRects().length);
  return it ? Math.round(it.getBoundingClientRect().bottom) : null;
}"""
FIRST = "main .btn-first, main .answers .answer"


def opened(hands: Hands, path: str) -> Hands:
    """Open a page; it has to be there."""
    answer = hands.page.goto(path)
    assert answer is not None and answer.status == 200, path
    return hands


def tall(hands: Hands, path: str) -> int:
    """Return how tall a page is."""
    return int(opened(hands, path).page.evaluate(WHOLE))


def end_of_act(hands: Hands, path: str, selector: str = FIRST) -> int | None:
    """Return where the first act of a page ends; None if it has none."""
    found: int | None = opened(hands, path).page.evaluate(END_OF, selector)
    return found


def test_the_pages_of_the_light_side_are_short(visit: Visit) -> None:
    first, advocates = pair(), pair(Step.ADVOCATE)
    new, ann = visit.by(first.b.person, PHONE), visit.by(advocates.a.person, PHONE)
    opened(new, f"/r/{first.key}/reservations")
    new.tap("I’ve read it")
    new.page.wait_for_url("**/reservations")
    heights = {
        "reservations, empty": (int(new.page.evaluate(WHOLE)), 1200),
        "follow-up without leads": (tall(ann, f"/r/{advocates.key}/follow-up"), 1000),
        "teaching": (tall(ann, "/teaching"), 1600),
        "teaching, on the way to a partner": (tall(ann, f"/r/{advocates.key}/teaching/mine"), 1600),
        "giving: button": (end_of_act(ann, f"/r/{advocates.key}/leads/give") or 9999, 1100),
        "from a contact: button": (end_of_act(ann, f"/leads/contact?to={advocates.key}") or 9999, 1100),
    }
    print(heights)
    over = {name: found for name, found in heights.items() if found[0] > found[1]}
    assert not over, over


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_the_act_lies_within_the_first_screen(visit: Visit, script: bool) -> None:
    begin, briefing, agreeing, advocates = pair(), pair(Step.FIRST_BRIEFING), pair(Step.AGREE), pair(Step.ADVOCATE)
    begin.explore()
    keep_one(begin, "Would they ring back?")
    give_lead(advocates, "Mrs Sorrell")
    ann, decider = visit.by(advocates.a.person, PHONE, script), visit.by(begin.a.person, PHONE, script)
    teller, briefed = visit.by(agreeing.a.person, PHONE, script), visit.by(briefing.a.person, PHONE, script)
    ends = {
        "Today": end_of_act(ann, "/today", FIRST + ", main .lines .btn"),
        "a relationship": end_of_act(ann, f"/r/{advocates.key}", FIRST + ", main .lines .btn"),
        "on the path": end_of_act(briefed, f"/r/{briefing.key}"),
        "deciding": end_of_act(decider, f"/r/{begin.key}/gate", "main .choice, main .answer"),
        "reservations": end_of_act(decider, f"/r/{begin.key}/reservations"),
        "teaching": end_of_act(teller, f"/r/{agreeing.key}/teaching/mine"),
        "comfort": end_of_act(ann, f"/r/{advocates.key}/teaching", "main .answer"),
        "follow-up": end_of_act(ann, f"/r/{advocates.key}/follow-up", "main .btn"),
        "leads": end_of_act(ann, "/leads", "main .btn"),
        "starting": end_of_act(ann, "/start"),
        "letting go": end_of_act(decider, f"/r/{begin.key}/let-go"),
    }
    print(ends)
    below = {name: end for name, end in ends.items() if end is None or end > 640}
    assert not below, below


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_news_rhythm_and_review_have_their_act_on_the_first_screen_of_a_small_phone(visit: Visit, script: bool) -> None:
    advocates = pair(Step.ADVOCATE)
    ann = visit.by(advocates.a.person, SMALL, script)
    paths = {name: f"/r/{advocates.key}/{name}" for name in ("rhythm", "review")} | {"news": "/updates/new"}
    ends = {name: end_of_act(ann, path, "main .btn-first") for name, path in paths.items()}
    print(ends)
    below = {name: end for name, end in ends.items() if end is None or end > 640}
    assert not below, below


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_long_names_and_a_dark_small_phone_push_no_act_below_the_first_screen(visit: Visit, script: bool) -> None:
    advocates = pair(Step.ADVOCATE)
    long = {"person_name": "Bartholomew Featherstonehaugh-Cholmondeley", "called": "Bartholomew-Maximilian"}
    Side.objects.filter(relationship=advocates.a.relationship).update(**long)
    ann = visit.by(advocates.a.person, SMALL, script, color_scheme="dark")
    ends = {
        name: end_of_act(ann, path, "main .btn-first")
        for name, path in {"review": f"/r/{advocates.key}/review", "starting": "/start"}.items()
    }
    print(ends)
    below = {name: end for name, end in ends.items() if end is None or end > 640}
    assert not below, below
