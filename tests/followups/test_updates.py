"""News: written once, seen as they will, sent to each chosen, read and said back (M38)."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.test import Client

from goodword.followups import actions
from goodword.followups.models import Update, UpdateDraft, UpdateReceipt
from goodword.followups.queries import pages
from goodword.post.delivery import deliver_due
from goodword.post.models import OutboxLetter
from goodword.relationships.holding import PendingAct
from goodword.relationships.journal import Event
from goodword.relationships.models import Seat
from goodword.relationships.steps import Step
from tests.cast import Cast, half_a_minute, joined
from tests.teaching.secrets import taught
from tests.walking import walk

SAID = {"kind": "people", "text": "Tess has joined us.", "part": "whom"}


@pytest.fixture
def advocates(db: None) -> Cast:
    """Return the standing cast in the step in which leads go both ways."""
    return Cast(at=Step.ADVOCATE)


def another(cast: Cast) -> Seat:
    """Return Ada's seat in a second relationship of hers, with Cleo, in the same step."""
    ada, _cleo = joined(cast.ada_person, cast.cleo_person)
    second = Cast.__new__(Cast)
    second.ada_person, second.ben_person, second.key = cast.ada_person, cast.cleo_person, ada.key
    walk(second, Step.ADVOCATE)
    return second.ada


def written(browser: Client, **said: object) -> None:
    """Write news and choose whom it concerns, through the front door."""
    assert browser.post("/updates/new", {**SAID, **said})["Location"] == "/updates/for"
    assert browser.post("/updates/for", {**SAID, **said})["Location"] == "/updates/preview"


def sent(browser: Client, **said: object) -> None:
    """Write news, look at it, and let it go."""
    written(browser, **said)
    let_go(browser)
    half_a_minute()


def let_go(browser: Client) -> None:
    """Say that news may go as it is shown; it then waits for half a minute."""
    seen = browser.get("/updates/preview").content.decode().split('name="seen" value="')[1].split('"')[0]
    assert browser.post("/updates/preview", {"seen": seen})["Location"] == "/updates/leaving"


def test_news_is_looked_at_before_it_goes(advocates: Cast) -> None:
    browser = advocates.ada_browser
    assert browser.get("/updates/for")["Location"] == browser.get("/updates/preview")["Location"] == "/updates/new"
    written(browser, to=[advocates.key])
    page = browser.get("/updates/preview").content.decode()
    assert "Tess has joined us." in page
    assert "Send it to Ben" in page
    let_go(browser)
    waiting = browser.get("/updates/leaving").content.decode()
    assert "It hasn’t left yet" in waiting and "it goes to: Ben." in waiting
    assert not pages.unread_updates(advocates.ben)
    half_a_minute()
    assert browser.get("/updates/leaving")["Location"] == "/today"
    assert [row.text for row in pages.unread_updates(advocates.ben)] == ["Tess has joined us."]
    assert not UpdateDraft.objects.exists()


def test_a_draft_is_one_persons_and_sealed_and_leaves_no_trace_elsewhere(advocates: Cast) -> None:
    before = (Event.objects.unscoped().count(), OutboxLetter.objects.count())
    written(advocates.ada_browser, to=[advocates.key])
    assert (Event.objects.unscoped().count(), OutboxLetter.objects.count()) == before
    assert b"Tess" not in bytes(UpdateDraft.objects.get().content)
    assert "Tess" in advocates.ada_browser.get("/updates/new").content.decode()
    assert "Tess" not in advocates.ben_browser.get("/updates/new").content.decode()
    assert advocates.ben_browser.get("/updates/preview")["Location"] == "/updates/new"
    assert advocates.ada_browser.post("/updates/draft").status_code == 302
    assert "Tess" not in advocates.ada_browser.get("/updates/new").content.decode()


def test_news_changed_in_another_tab_is_shown_again_and_goes_to_nobody(advocates: Cast) -> None:
    browser = advocates.ada_browser
    written(browser, to=[advocates.key])
    seen = browser.get("/updates/preview").content.decode().split('name="seen" value="')[1].split('"')[0]
    for otherwise in ({"text": "Tess has left us."}, {"part": "what"}):
        actions.keep_draft(advocates.ada_person, **{**SAID, **otherwise})
        answer = browser.post("/updates/preview", {"seen": seen})
        assert answer.status_code == 422 and "The words have changed since you looked" in answer.content.decode()
    assert not PendingAct.objects.unscoped().exists()


def test_news_on_its_way_to_several_is_taken_back_from_all_and_is_a_draft_again(advocates: Cast) -> None:
    with_cleo, browser = another(advocates), advocates.ada_browser
    written(browser, to=["all"])
    let_go(browser)
    let_go(browser)
    assert PendingAct.objects.unscoped().count() == 2, "pressed twice, it waits once"
    assert "Ben, Cleo" in browser.get("/updates/leaving").content.decode()
    assert "Nobody saw it" in browser.post("/updates/leaving", follow=True).content.decode()
    half_a_minute()
    assert not Update.objects.unscoped().exists() and not PendingAct.objects.unscoped().exists()
    assert "Tess has joined us." in browser.get("/updates/new").content.decode()
    assert with_cleo.key in str(browser.get("/updates/for").content)


def test_only_those_ticked_have_it_and_nobody_learns_who_else(advocates: Cast) -> None:
    with_cleo = another(advocates)
    sent(advocates.ada_browser, to=[with_cleo.key])
    assert not pages.unread_updates(advocates.ben)
    assert Update.objects.visible_to(with_cleo).count() == 1
    page = advocates.cleo_browser.get(f"/r/{with_cleo.key}/updates").content.decode()
    assert "Tess has joined us." in page
    assert "Ben" not in page


def test_all_of_them_can_have_it_at_once(advocates: Cast) -> None:
    with_cleo = another(advocates)
    sent(advocates.ada_browser, to=["all"])
    assert Update.objects.visible_to(with_cleo).count() == Update.objects.visible_to(advocates.ada).count() == 1


def test_news_goes_nowhere_else_whatever_is_posted(advocates: Cast) -> None:
    browser = advocates.ben_browser
    for wrong in ({"kind": ""}, {"kind": "weather"}, {"text": " "}, {"text": "x" * 4000}):
        assert browser.post("/updates/new", {**SAID, **wrong}).status_code == 422
    browser.post("/updates/new", SAID)
    elsewhere = another(advocates).as_other_side().key + "y"
    for to, part in (([], "whom"), (["x" * 22], "whom"), ([elsewhere], "whom"), ([advocates.key], "elsewhere")):
        assert browser.post("/updates/for", {**SAID, "to": to, "part": part}).status_code == 422
    assert browser.get("/updates/preview")["Location"] == "/updates/new"


def test_whoever_comes_from_one_relationship_finds_it_ticked(advocates: Cast) -> None:
    answer = advocates.ada_browser.post(f"/updates/new?to={advocates.key}", SAID)
    page = advocates.ada_browser.get(answer["Location"]).content.decode()
    assert re.search(rf'value="{advocates.key}"[^>]* checked', page)


def test_sending_twice_by_a_double_tap_is_sending_once(advocates: Cast) -> None:
    actions.send_update(advocates.ada, **SAID)
    actions.send_update(advocates.ada, **SAID)
    assert Update.objects.visible_to(advocates.ben).count() == 1


def test_the_letter_says_that_there_is_news_and_not_what(advocates: Cast) -> None:
    deliver_due()
    mail.outbox.clear()
    actions.send_update(advocates.ada, **SAID)
    deliver_due()
    (letter,) = mail.outbox
    assert letter.to == ["ben@moor.example"]
    assert letter.subject == "Ada has news for you"
    assert "Tess" not in str(letter.message())
    assert f"/r/{advocates.key}/updates" in letter.body


def test_reading_is_one_press_and_can_say_back_what_has_changed(advocates: Cast) -> None:
    news = actions.send_update(advocates.ada, **SAID)
    url = f"/r/{advocates.key}/updates"
    page = advocates.ben_browser.get(url).content.decode()
    assert "I’ve read it" in page
    assert "What Ada teaches about it, as it stands now" in page
    assert advocates.ben_browser.post(f"{url}/{news.key}/reading", {"said_back": "Ask for Tess."}).status_code == 302
    shown = advocates.ada_browser.get(url).content.decode()
    assert "Ben has read it" in shown
    assert "Ask for Tess." in shown
    assert not pages.unread_updates(advocates.ben)
    advocates.ben_browser.post(f"{url}/{news.key}/reading")
    assert UpdateReceipt.objects.visible_to(advocates.ada).count() == 1


def test_looking_at_the_page_is_not_reading(advocates: Cast) -> None:
    actions.send_update(advocates.ada, **SAID)
    advocates.ben_browser.get(f"/r/{advocates.key}/updates")
    assert "Not marked as read yet" in advocates.ada_browser.get(f"/r/{advocates.key}/updates").content.decode()


def test_ones_own_news_and_a_strangers_key_cannot_be_read(advocates: Cast) -> None:
    news = actions.send_update(advocates.ada, **SAID)
    url = f"/r/{advocates.key}/updates/{news.key}/reading"
    assert advocates.ada_browser.post(url).status_code == 422
    assert advocates.cleo_browser.post(url).status_code == 404
    assert advocates.ben_browser.post(f"/r/{advocates.key}/updates/{'x' * 22}/reading").status_code == 404


def test_without_an_advocate_there_is_nobody_to_tell(cast: Cast) -> None:
    page = cast.cleo_browser.get("/updates/new")
    assert page.status_code == 200
    assert "Nobody speaks for you yet" in page.content.decode()


def test_whoever_reads_it_is_shown_the_part_it_touches_and_no_other(advocates: Cast) -> None:
    taught(advocates.ada, sector="People who move", short_words="I know somebody who rings back")
    actions.send_update(advocates.ada, kind="people", text="Tess has joined us.", part="whom")
    page = advocates.ben_browser.get(f"/r/{advocates.key}/updates").content.decode()
    assert "People who move" in page
    assert "I know somebody who rings back" not in page


def test_nobody_is_led_to_say_that_it_changes_nothing(advocates: Cast) -> None:
    advocates.ada_browser.post("/updates/new", {"kind": "people", "text": "Tess."})
    page = advocates.ada_browser.get("/updates/for").content.decode()
    assert not re.search(r'name="part"[^>]* checked', page)
    answer = advocates.ada_browser.post("/updates/for", {"to": [advocates.key]})
    assert answer.status_code == 422
    assert "Say whether it changes what you taught them" in answer.content.decode()
