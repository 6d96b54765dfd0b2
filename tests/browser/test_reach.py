"""On a small phone, 360 by 640, the act a page is about can be seen and reached without scrolling (UX rule 2)."""

from __future__ import annotations

from goodword.relationships import invitations
from goodword.relationships.steps import Step
from tests.browser.hands import SMALL, Hands, Visit
from tests.browser.pairs import give_lead, keep_one, pair
from tests.house.world import World

# Here something has to be read or written before the act, by design: the mock-ups have it so too.
BELOW = {
    "starting somebody": "two fields stand above the act",
    "the invitation": "the letter stands above the answers (mock-up 01)",
    "deciding": "the answers stand above the act (mock-up 05)",
    "telling how it went": "the answers stand above the act (mock-up 08)",
}


def seen(hands: Hands, path: str) -> bool:
    """Whether the act of this page can be reached at once."""
    hands.page.goto(path)
    return hands.reaches()


def test_the_act_of_each_journey_page_is_in_reach(visit: Visit, world: World) -> None:
    deciding, advocates, sharing = pair(), pair(Step.ADVOCATE), pair()
    deciding.explore()
    give_lead(advocates, "Mrs Small")
    keep_one(sharing, "Would they ring back?")
    ann, key = visit.by(advocates.a.person, SMALL), advocates.key
    guest, new = visit.by(size=SMALL), visit.by(sharing.b.person, SMALL)
    decider, sharer = visit.by(deciding.a.person, SMALL), visit.by(sharing.a.person, SMALL)
    sharer.page.goto(f"/r/{sharing.key}/reservations")
    preview = sharer.page.get_by_role("link", name="Put on the table…").get_attribute("href")
    assert preview
    ann.page.goto("/today")
    report = ann.page.get_by_role("link", name="Report").get_attribute("href")
    assert report
    seen_at = {
        "Today": seen(ann, "/today"),
        "a relationship": seen(ann, f"/r/{key}"),
        "starting somebody": seen(ann, "/start"),
        "telling how it went": seen(ann, report),
        "the promise": seen(new, f"/r/{sharing.key}/reservations"),
        "putting on the table": seen(sharer, preview),
        "deciding": seen(decider, f"/r/{deciding.key}/gate"),
        "letting go": seen(decider, f"/r/{deciding.key}/let-go"),
        "the invitation": seen(guest, f"/i/{invitations.token_of(world.invitation)}"),
        "signing in": seen(guest, "/sign-in"),
        "the code": seen(guest, "/sign-in/code"),
        "welcome": seen(guest, "/"),
    }
    print(seen_at)
    below = {name for name, there in seen_at.items() if not there}
    assert below <= set(BELOW), below - set(BELOW)
