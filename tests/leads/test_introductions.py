"""Introductions: drafted from the words taught, read once more, sent by us or by oneself, never without agreement."""

from __future__ import annotations

import datetime as dt
import re
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from goodword.ground.refusals import Refusal
from goodword.leads import forgetting, giving, introducing, links
from goodword.leads.drawers import LeadLetter
from goodword.leads.giving import Consent
from goodword.leads.models import Lead, LeadIntroduction
from goodword.post.delivery import deliver_due
from goodword.post.models import OutboxLetter
from goodword.relationships.steps import Role, Step
from goodword.teaching import actions as approaches
from tests.cast import Cast
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
    assert "Introduce them" in cast.ben_browser.get(page).content.decode()
    start = cast.ben_browser.get(page + "/introduction").content.decode()
    assert (
        "Dear Mrs Sorrell" in start
        and "She reads a lease as if it were her own." in start
        and "Ada Lane (Lane Law)" in start
    )
    before = cast.ada_browser.get(page).content.decode()
    assert cast.ben_browser.post(page + "/introduction", {"text": "Meet Ada. <Truly>.\n\nBen"}).status_code == 302
    assert "Truly" not in cast.ada_browser.get(page).content.decode() and posted() == {}, "a draft is for its author"
    seen = cast.ben_browser.get(page + "/introduction/sending").content.decode()
    assert "Meet Ada. &lt;Truly&gt;." in seen and "sorrell@else.example" in seen
    assert cast.ben_browser.post(page + "/introduction/sending", {"by": "ours"}).status_code == 302
    assert posted(0) == {}, "half a minute to take it back"
    letters = posted()
    assert letters.keys() == {"sorrell@else.example", "ada@lane.example"}
    (theirs,), (hers,) = letters["sorrell@else.example"], letters["ada@lane.example"]
    for one in (theirs, hers):
        assert (
            one.reply_to == ["ben@moor.example"]
            and "Meet Ada. <Truly>." in one.body
            and "Sorrell" not in str(one.subject)
        )
    assert (
        links.token_of(lead.pk) in theirs.body
        and "/r/" not in theirs.body
        and "ada@lane" not in theirs.message().as_string()
    )
    assert "/person/" not in hers.body
    assert (
        "Ben introduced them" in cast.ada_browser.get(page).content.decode()
        and "introduced" not in before.split("<main")[1]
    )
    assert "Meet Ada." in cast.ben_browser.get("/person/" + links.token_of(lead.pk)).content.decode()
    assert cast.ben_browser.post(page + "/introduction/sending", {"by": "ours"}).status_code == 409, "once"
    assert cast.ada_browser.get(page + "/introduction").status_code == 409


def test_nothing_is_sent_undrafted_unagreed_or_to_somebody_who_asked_to_be_left_alone(cast: Cast) -> None:
    lead, page = ben_gives(cast)
    with pytest.raises(Refusal, match="Write the introduction first"):
        introducing.send(cast.ben, lead)
    unnamed = giving.give(cast.ben, why="A dentist.", route="ask", name="Dr Banerjee", reach="b@else.example")
    for seat, which in ((cast.ben, unnamed), (cast.ada, lead)):
        with pytest.raises(Refusal):
            introducing.draft(seat, which, "Meet you.")
    introducing.draft(cast.ben, lead, "Meet Ada.")
    introducing.send(cast.ben, lead)
    assert cast.ben_browser.post(page + "/introduction/back").status_code == 302
    assert posted() == {} and introducing.kept_draft(cast.ben, lead) == "Meet Ada."
    introducing.send(cast.ben, lead)
    forgetting.stop_me(lead)
    assert posted() == {}
    forgetting.forget_me(lead)
    assert (
        not LeadIntroduction.objects.visible_to(cast.ada).exists() and not LeadLetter.objects.for_the_house().exists()
    )


def test_the_giver_s_own_mail_program_gets_the_letter_as_it_was_read_and_both_see_that_it_went(cast: Cast) -> None:
    lead, page = ben_gives(cast)
    text = "Meet Ada & me?\nÜber ein Büro: 100% = yes.\n\nBen"
    introducing.draft(cast.ben, lead, text)
    found = re.search(r'href="(mailto:[^"]+)"', cast.ben_browser.get(page + "/introduction/sending").content.decode())
    assert found
    link = urlsplit(found[1].replace("&amp;", "&"))
    assert unquote(link.path) == "sorrell@else.example"
    assert parse_qs(link.query)["body"] == [text.replace("\n", "\r\n")]
    cast.ben_browser.post(page + "/introduction/sending", {"by": "own"})
    assert posted() == {}, "we send nothing that they sent"
    assert "Ben introduced them" in cast.ada_browser.get(page).content.decode()
    assert introducing.mailto("a@b.example", "x", "long " * 900) == ""


def test_without_an_e_mail_address_the_letter_is_there_to_take_over(cast: Cast) -> None:
    lead, page = ben_gives(cast, "0161 496 0111")
    introducing.draft(cast.ben, lead, "Meet Ada.")
    assert "Send it to both" not in cast.ben_browser.get(page + "/introduction/sending").content.decode()
    assert cast.ben_browser.post(page + "/introduction/sending", {"by": "ours"}).status_code == 409
    assert cast.ben_browser.post(page + "/introduction", {"text": " \x00 "}).status_code == 422
