"""Introductions: drafted from the words taught, read once more, sent by us or by oneself, never without agreement."""

from __future__ import annotations

import datetime as dt
import re
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from goodword.ground.refusals import Refusal
from goodword.leads import links
from goodword.leads.actions import forgetting, giving, introducing
from goodword.leads.actions.giving import Consent
from goodword.leads.models import Lead, LeadIntroduction, LeadLetter
from goodword.post.delivery import deliver_due
from goodword.post.models import OutboxLetter
from goodword.relationships.holding import PendingAct
from goodword.relationships.journal import Event
from goodword.relationships.steps import Role, Step
from goodword.teaching import actions as approaches
from tests.cast import Cast, half_a_minute
from tests.teaching import secrets as teaching


@pytest.fixture
def cast(db: None) -> Cast:
    """Return the cast with the relationship where leads may be given, Ada's words taught, no letters waiting."""
    made = Cast(at=Step.ADVOCATE)
    teaching.taught(made.ada, short_words="She reads a lease as if it were her own.")
    OutboxLetter.objects.all().delete()
    return made


def ben_gives(cast: Cast, reach: str = "0161 496 0111, sorrell@else.example") -> tuple[Lead, str]:
    """Return a lead from Ben to Ada whose name is on the table, and the address of its page."""
    agreed = Consent(timezone.localdate(), purpose="introduce")
    lead = giving.give(
        cast.ben, why="A new shop with an old lease.", route="now", name="Mrs Sorrell", reach=reach, consent=agreed
    )
    return lead, f"/r/{cast.key}/leads/{lead.key}"


def posted(minutes: float = 1) -> dict[str, list[mail.EmailMessage]]:
    """Let the post come by; return the letters of this room by address."""
    mail.outbox.clear()
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=minutes), tick=False):
        deliver_due()
    found: dict[str, list[mail.EmailMessage]] = {}
    for one in mail.outbox:
        if "ntroduc" in str(one.subject):
            found.setdefault(one.to[0], []).append(one)
    return found


def test_whoever_need_not_say_the_words_does_not_find_them_in_the_draft(cast: Cast) -> None:
    _lead, page = ben_gives(cast)
    row = approaches.propose_approach(cast.ben, Role.PROPOSER, "I only say that they should meet.", part="words")
    assert "She reads a lease" in cast.ben_browser.get(page + "/introduction").content.decode(), "not agreed so far"
    approaches.agree_approach(cast.ada, row)
    start = cast.ben_browser.get(page + "/introduction").content.decode()
    assert "Dear Mrs Sorrell" in start and "She reads a lease" not in start


def test_an_introduction_is_drafted_from_the_words_taught_and_goes_to_both_as_it_was_read(cast: Cast) -> None:
    lead, page = ben_gives(cast)
    assert "Introduce Mrs Sorrell…" in cast.ben_browser.get(page).content.decode()
    start = cast.ben_browser.get(page + "/introduction").content.decode()
    assert (
        "Dear Mrs Sorrell" in start
        and "She reads a lease as if it were her own." in start
        and "Ada Lane (Lane Law)" in start
    )
    assert "introduced" not in main_of(cast.ada_browser, page)
    assert cast.ben_browser.post(page + "/introduction", {"text": "Meet Ada. <Truly>.\n\nBen"}).status_code == 302
    assert "Truly" not in cast.ada_browser.get(page).content.decode() and posted() == {}, "a draft is for its author"
    seen = cast.ben_browser.get(page + "/introduction/sending").content.decode()
    assert "Meet Ada. &lt;Truly&gt;." in seen and "sorrell@else.example" in seen
    journal = Event.objects.unscoped().count()
    leaves = send(cast.ben_browser, page)
    assert "It hasn’t left yet" in cast.ben_browser.get(leaves).content.decode()
    assert "It hasn’t left yet" in cast.ben_browser.get(page).content.decode()
    assert posted() == {} and "introduced" not in main_of(cast.ada_browser, page), "half a minute to take it back"
    assert Event.objects.unscoped().count() == journal and not LeadIntroduction.objects.unscoped().exists()
    half_a_minute()
    letters = posted()
    assert letters.keys() == {"sorrell@else.example", "ada@lane.example"}
    (theirs,), (hers,) = letters["sorrell@else.example"], letters["ada@lane.example"]
    for one in (theirs, hers):
        assert "Meet Ada. <Truly>." in one.body and "Sorrell" not in str(one.subject)
    assert theirs.reply_to == ["ben@moor.example"] and "comes to you at ben@moor.example" in seen
    assert not hers.reply_to and "ben@moor" not in hers.message().as_string(), "a sign-in address is nobody’s business"
    assert (
        links.token_of(lead.pk, own=True) in theirs.body
        and "/r/" not in theirs.body
        and "ada@lane" not in theirs.message().as_string()
    )
    assert "/person/" not in hers.body
    assert "Ben introduced them" in main_of(cast.ada_browser, page)
    assert "Meet Ada." in cast.ben_browser.get("/person/" + links.token_of(lead.pk)).content.decode()
    assert cast.ben_browser.get(page + "/introduction/sending").status_code == 409, "once"
    assert cast.ada_browser.get(page + "/introduction").status_code == 409


def test_nothing_is_sent_undrafted_unagreed_or_to_somebody_who_asked_to_be_left_alone(cast: Cast) -> None:
    lead, page = ben_gives(cast)
    with pytest.raises(Refusal, match="Write the introduction first"):
        introducing.refuse_introducing(cast.ben, lead, "", "ours")
    unnamed = giving.give(cast.ben, why="A dentist.", route="ask", name="Dr Banerjee", reach="b@else.example")
    for seat, which in ((cast.ben, unnamed), (cast.ada, lead)):
        with pytest.raises(Refusal):
            introducing.draft(seat, which, "Meet you.")
    introducing.draft(cast.ben, lead, "Meet Ada.")
    leaves = send(cast.ben_browser, page)
    assert "Taken back. Nobody saw it." in cast.ben_browser.post(leaves, follow=True).content.decode()
    half_a_minute()
    assert posted() == {} and introducing.own_draft(cast.ben, lead) == "Meet Ada."
    send(cast.ben_browser, page)
    forgetting.stop_me(lead)
    half_a_minute()
    assert posted() == {} and not LeadIntroduction.objects.unscoped().exists()
    forgetting.forget_me(lead)
    assert not LeadIntroduction.objects.visible_to(cast.ada).exists() and not LeadLetter.objects.unscoped().exists()


def test_the_giver_s_own_mail_program_gets_the_letter_as_it_was_read_and_both_see_that_it_went(cast: Cast) -> None:
    lead, page = ben_gives(cast)
    text = "Meet Ada & me?\nÜber ein Büro: 100% = yes.\n\nBen"
    introducing.draft(cast.ben, lead, text)
    found = re.search(r'href="(mailto:[^"]+)"', cast.ben_browser.get(page + "/introduction/sending").content.decode())
    assert found
    link = urlsplit(found[1].replace("&amp;", "&"))
    assert unquote(link.path) == "sorrell@else.example"
    assert parse_qs(link.query)["body"] == [text.replace("\n", "\r\n")]
    send(cast.ben_browser, page, "own")
    assert "introduced them" not in cast.ada_browser.get(page).content.decode()
    half_a_minute()
    assert posted() == {}, "we send nothing that they sent"
    assert "Ben introduced them" in cast.ada_browser.get(page).content.decode()
    assert introducing.mailto("a@b.example", "x", "long " * 900) == ""


def test_without_an_e_mail_address_the_letter_is_there_to_take_over(cast: Cast) -> None:
    lead, page = ben_gives(cast, "0161 496 0111")
    introducing.draft(cast.ben, lead, "Meet Ada.")
    assert "Send it to both" not in cast.ben_browser.get(page + "/introduction/sending").content.decode()
    refused = cast.ben_browser.post(
        page + "/introduction/sending", {"by": "ours", "seen": seen_on(cast.ben_browser, page)}
    )
    assert refused.status_code == 422 and "There is no e-mail address" in refused.content.decode()
    assert cast.ben_browser.post(page + "/introduction", {"text": " \x00 "}).status_code == 422


def test_an_introduction_changed_in_another_tab_is_shown_again_and_does_not_leave(cast: Cast) -> None:
    lead, page = ben_gives(cast)
    introducing.draft(cast.ben, lead, "As it was read.")
    seen = seen_on(cast.ben_browser, page)
    introducing.draft(cast.ben, lead, "As it was changed elsewhere.")
    for by in ("ours", "own"):
        answer = cast.ben_browser.post(page + "/introduction/sending", {"by": by, "seen": seen})
        assert answer.status_code == 422 and "The words have changed since you looked" in answer.content.decode()
        assert "As it was changed elsewhere." in answer.content.decode()
    assert not PendingAct.objects.unscoped().exists()
    send(cast.ben_browser, page)
    introducing.draft(cast.ben, lead, "Changed once more while it waits.")
    half_a_minute()
    assert LeadIntroduction.objects.visible_to(cast.ada).get().text == "As it was changed elsewhere."


def test_an_introduction_waits_once_whatever_is_pressed(cast: Cast) -> None:
    lead, page = ben_gives(cast)
    introducing.draft(cast.ben, lead, "Meet Ada.")
    seen = seen_on(cast.ben_browser, page)
    for by in ("ours", "ours", "own"):
        cast.ben_browser.post(page + "/introduction/sending", {"by": by, "seen": seen})
    assert PendingAct.objects.unscoped().count() == 1
    half_a_minute()
    assert posted().keys() == {"sorrell@else.example", "ada@lane.example"}


def seen_on(browser: Client, page: str) -> str:
    """Return the print of the introduction that is read before it is sent."""
    return browser.get(page + "/introduction/sending").content.decode().split('name="seen" value="')[1].split('"')[0]


def send(browser: Client, page: str, by: str = "ours") -> str:
    """Read the draft once more and say how it is to go; return the page on which it can be taken back."""
    return browser.post(page + "/introduction/sending", {"by": by, "seen": seen_on(browser, page)}).headers["Location"]


def main_of(browser: Client, page: str) -> str:
    """Return what a page says, without head and foot."""
    return browser.get(page).content.decode().split("<main")[1]
