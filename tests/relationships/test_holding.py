"""Half a minute to take it back, for every kind that says so: nothing of it is anywhere else meanwhile, and it leaves whole."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.db import transaction
from django.utils import timezone

from goodword.alone.models import Record
from goodword.followups import actions as followups
from goodword.gates import actions as gates
from goodword.leads.actions import forgetting, giving, introducing, keeping
from goodword.leads.actions.giving import Consent
from goodword.leads.models import Lead
from goodword.ops import epoch
from goodword.post.models import OutboxLetter
from goodword.profiles import actions as profiles
from goodword.relationships import holding
from goodword.relationships.acting import acting
from goodword.relationships.holding import PendingAct
from goodword.relationships.journal import Event
from goodword.relationships.steps import Step
from goodword.rooms import ROOMS
from tests.agreements.reading import filled
from tests.cast import Cast, half_a_minute

SAID = "In the words that were looked at."
Confirm = Callable[
    [Cast], tuple[str, dict[str, object]]
]  # prepares, and returns the page to post to and what is posted


@pytest.fixture
def cast(db: None) -> Cast:
    """Return the cast where everything can be given, with no letters waiting and the lists settled."""
    made = Cast(at=Step.ADVOCATE)
    OutboxLetter.objects.all().delete()
    return made


def lead_of(cast: Cast, route: str = "now") -> str:
    """Return the address of a lead that Ada gave."""
    agreed = Consent(timezone.localdate()) if route == "now" else None
    who = ("Mrs Sorrell", "sorrell@else.example") if route == "now" else ("", "")
    lead = giving.give(cast.ada, why="A shop.", route=route, consent=agreed, name=who[0], reach=who[1])
    return f"/r/{cast.key}/leads/{lead.key}"


def gift(cast: Cast) -> tuple[str, dict[str, object]]:
    return f"/r/{cast.key}/leads/give", {"why": SAID, "route": "card"}


def name(cast: Cast) -> tuple[str, dict[str, object]]:
    page = lead_of(cast, "ask") + "/agreement"
    return page, {**filled(cast.ada_browser, page), "name": SAID, "when": "today", "how": "phone", "purpose": "contact"}


def reach(cast: Cast) -> tuple[str, dict[str, object]]:
    return lead_of(cast) + "/contact", {"reach": SAID}


def report(cast: Cast) -> tuple[str, dict[str, object]]:
    lead = giving.give(cast.ben, why="A kitchen.", route="now", name="Ann", consent=Consent(timezone.localdate()))
    return f"/r/{cast.key}/leads/{lead.key}/report", {"outcome": "client", "line": SAID}


def worth(cast: Cast) -> tuple[str, dict[str, object]]:
    page = lead_of(cast)
    keeping.money(cast.ada, Lead.objects.visible_to(cast.ada).get(), amount=1250, currency="GBP")  # type: ignore[arg-type]
    return looked_at(cast, page + "/worth/sharing")


def introduction(cast: Cast) -> tuple[str, dict[str, object]]:
    page = lead_of(cast)
    introducing.draft(cast.ada, Lead.objects.visible_to(cast.ada).get(), SAID)
    return looked_at(cast, page + "/introduction/sending", by="ours")


def purpose(cast: Cast) -> tuple[str, dict[str, object]]:
    cast.ada_browser.post(f"/r/{cast.key}/purpose", {"text": SAID})
    return looked_at(cast, f"/r/{cast.key}/purpose/showing")


def update(cast: Cast) -> tuple[str, dict[str, object]]:
    followups.keep_draft(cast.ada_person, kind="people", text=SAID, part="", to=[cast.key])
    return looked_at(cast, "/updates/preview")


def profile(cast: Cast) -> tuple[str, dict[str, object]]:
    profiles.keep(cast.ada_person, {"does": SAID})
    return looked_at(cast, f"/r/{cast.key}/profile/preview")


def looked_at(cast: Cast, page: str, **more: object) -> tuple[str, dict[str, object]]:
    """Return what the form of a page that shows exactly what will be read sends."""
    return page, {"seen": filled(cast.ada_browser, page)["seen"][0], **more}


def opening(cast: Cast) -> tuple[str, dict[str, object]]:
    with acting(cast.ada) as act:
        act.relationship.alone_since = act.relationship.made_at
        act.relationship.save(update_fields=["alone_since"])
        row = Record.objects.write(cast.ada, sort="talk", text=SAID)
    return looked_at(cast, f"/r/{cast.key}/alone/opening", chosen=row.key)


KINDS: dict[str, Confirm] = {
    "lead": gift,
    "lead-name": name,
    "lead-reach": reach,
    "lead-report": report,
    "lead-worth": worth,
    "lead-introduction": introduction,
    "purpose": purpose,
    "update": update,
    "profile": profile,
    "opening": opening,
}
LOOKED_AT = ["lead-worth", "lead-introduction", "purpose", "update", "profile", "opening"]
PAGES = [
    "/today",
    "/relationships",
    "/leads",
    *(f"/r/{{key}}{rest}" for rest in ("", "/leads", "/leads/file", "/story")),
]
PAGES += [f"/r/{{key}}/{rest}" for rest in ("updates", "profile", "purpose", "follow-up", "review", "what-they-see")]


def seen_by_ben(cast: Cast) -> dict[str, str]:
    """Return what Ben's pages say, without what differs in any two runs."""
    leads = [f"/r/{cast.key}/leads/{lead.key}" for lead in Lead.objects.visible_to(cast.ben)]
    found = {
        page: cast.ben_browser.get(page).content.decode() for page in (*(p.format(key=cast.key) for p in PAGES), *leads)
    }
    return {
        page: re.sub(r'(csrfmiddlewaretoken"|name="once") value="[^"]*"|nonce="[^"]*"', "", text)
        for page, text in found.items()
    }


def traces() -> tuple[int, int]:
    """Return how much there is in the journal and in the post."""
    return Event.objects.unscoped().count(), OutboxLetter.objects.count()


def confirmed(cast: Cast, kind: str) -> tuple[dict[str, str], tuple[int, int]]:
    """Have Ada confirm an act of a kind; return what there was on Ben's pages, in the journal and in the post before."""
    page, said = KINDS[kind](cast)
    before = seen_by_ben(cast), traces()
    assert cast.ada_browser.post(page, said).status_code == 302
    assert [row.kind for row in holding.waiting_of(cast.ada)] == [kind]
    return before


def test_every_kind_that_is_held_back_is_tried_here() -> None:
    assert {kind for room in ROOMS for kind in room.releases or {}} == KINDS.keys()


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_of_it_is_anywhere_until_it_leaves_and_it_leaves_whole(cast: Cast, kind: str) -> None:
    seen, left = confirmed(cast, kind)
    holding.release_due(timezone.now())  # the worker comes by
    assert seen_by_ben(cast) == seen and traces() == left
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        half_a_minute()
        raise ZeroDivisionError  # killed as it leaves
    assert seen_by_ben(cast) == seen and traces() == left
    half_a_minute()
    assert seen_by_ben(cast) != seen and traces() > left
    assert not PendingAct.objects.unscoped().exists()
    seen = seen_by_ben(cast)
    half_a_minute()
    assert seen_by_ben(cast) == seen, "once"


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_taken_back_was_never_there(cast: Cast, kind: str) -> None:
    seen, left = confirmed(cast, kind)
    (row,) = holding.waiting_of(cast.ada)
    answer = cast.ada_browser.post(f"/r/{cast.key}/held/{row.key}", follow=True)
    assert "Taken back. Nobody saw it." in answer.content.decode()
    half_a_minute()
    assert seen_by_ben(cast) == seen and traces() == left and not PendingAct.objects.unscoped().exists()


@pytest.mark.parametrize("kind", LOOKED_AT)
def test_what_was_not_looked_at_does_not_leave(cast: Cast, kind: str) -> None:
    page, said = KINDS[kind](cast)
    for seen in ("", "0" * 64, said["seen"][:-1]):  # type: ignore[index]
        answer = cast.ada_browser.post(page, {**said, "seen": seen})
        assert answer.status_code == 422 and "The words have changed since you looked" in answer.content.decode()
    assert not PendingAct.objects.unscoped().exists()


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "lead-report"])
def test_what_waits_when_it_ends_does_not_leave(cast: Cast, kind: str) -> None:
    confirmed(cast, kind)
    gates.let_go(cast.ben)
    seen, left = seen_by_ben(cast), traces()
    half_a_minute()
    assert seen_by_ben(cast) == seen and traces() == left and not PendingAct.objects.unscoped().exists()


def test_what_could_not_leave_any_more_is_said_to_its_author_and_to_nobody_else(cast: Cast) -> None:
    confirmed(cast, "lead-introduction")
    forgetting.stop_me(Lead.objects.visible_to(cast.ada).get())
    half_a_minute()
    words = "Something you said to Ben did not leave"
    today = cast.ada_browser.get("/today").content.decode()
    assert words in today and not PendingAct.objects.unscoped().exists()
    assert not [page for page in seen_by_ben(cast).values() if "did not leave" in page]
    news = re.findall(r'name="news" value="([^"]+)"', today)
    assert f"/r/{cast.key}" in [cast.ada_browser.post("/today/seen", {"news": each})["Location"] for each in news]
    assert words not in cast.ada_browser.get("/today").content.decode()


def read(cast: Cast, title: str) -> str:
    """Press Read under the news with this title on Ada's Today; return the address that opens."""
    today = cast.ada_browser.get("/today").content.decode()
    (news,) = re.findall(rf'name="news" value="([^"]+)">[^<]*<span class="vh">: {re.escape(title)}<', today)
    return str(cast.ada_browser.post("/today/seen", {"news": news})["Location"])


def test_news_that_came_after_it_was_confirmed_is_there_until_it_is_read(cast: Cast) -> None:
    confirmed(cast, "lead-name")
    page = f"/r/{cast.key}/leads/{Lead.objects.visible_to(cast.ben).get().key}"
    cast.ben_browser.post(f"{page}/acceptance")
    half_a_minute()
    assert SAID in cast.ben_browser.get(page).content.decode(), "it has left"
    assert read(cast, "News of a lead you gave Ben") == page
    assert "News of a lead" not in cast.ada_browser.get("/today").content.decode()


def test_news_that_stood_when_it_was_confirmed_is_answered_by_what_leaves(cast: Cast) -> None:
    page, said = KINDS["lead-name"](cast)
    lead = f"/r/{cast.key}/leads/{Lead.objects.visible_to(cast.ben).get().key}"
    cast.ben_browser.post(f"{lead}/acceptance")
    assert "News of a lead" in cast.ada_browser.get("/today").content.decode()
    cast.ada_browser.post(page, said)
    assert "News of a lead" in cast.ada_browser.get("/today").content.decode(), "nothing has left yet"
    half_a_minute()
    assert "News of a lead" not in cast.ada_browser.get("/today").content.decode()


@pytest.mark.parametrize("kind", ["lead-report", "update"])
def test_what_waited_when_a_backup_was_made_does_not_leave_when_it_is_put_back(cast: Cast, kind: str) -> None:
    _seen, left = confirmed(cast, kind)
    epoch.begin(timezone.now() - dt.timedelta(hours=1), timezone.now() + dt.timedelta(minutes=5), [])
    half_a_minute()
    assert not PendingAct.objects.unscoped().exists() and traces()[0] == left[0]
    for browser, somebody in ((cast.ada_browser, cast.ada_person), (cast.ben_browser, cast.ben_person)):
        browser.force_login(somebody, backend="django.contrib.auth.backends.ModelBackend")
    assert not [page for page in seen_by_ben(cast).values() if SAID in page]
    assert "Something you said to Ben did not leave" in cast.ada_browser.get("/today").content.decode()
