"""The pages of teaching, through the front door."""

from __future__ import annotations

import re

import pytest
from django.contrib.messages.storage.fallback import FallbackStorage
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from goodword.post.delivery import message
from goodword.post.models import OutboxLetter
from goodword.relationships.models import Seat
from goodword.relationships.steps import Step
from goodword.teaching import actions, own
from goodword.teaching.models import Approach
from goodword.teaching.queries import ours, pages
from tests.agreements.reading import filled
from tests.cast import Cast
from tests.teaching.secrets import live, plant, taught


@pytest.fixture
def cast(db: None) -> Cast:
    """Return the cast in the step of teaching."""
    return Cast(at=Step.AGREE)


def at(cast: Cast, rest: str = "") -> str:
    return f"/r/{cast.key}/teaching{rest}"


def page(browser: Client, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("rest", ["", "/ours", "/mine", "/draft", "/preview"])
def test_every_page_opens_before_anything_is_taught(db: None, rest: str) -> None:
    cast = Cast(at=Step.EXPLORE)
    assert "<h1" in page(cast.ada_browser, at(cast, rest))


def test_a_draft_is_read_through_before_it_is_put_forward(cast: Cast) -> None:
    sent = filled(cast.ben_browser, at(cast, "/draft"))
    sent |= {"sector": ["Couples"], "services": ["Kitchens"], "short_words": ["I know somebody"], "routes": ["mention"]}
    answer = cast.ben_browser.post(at(cast, "/draft"), {**sent, "then": "read"})
    assert answer["Location"] == at(cast, "/preview")
    assert "Ada will see exactly this" in page(cast.ben_browser, at(cast, "/preview"))
    assert "Couples" not in page(cast.ada_browser, at(cast))
    cast.ben_browser.post(at(cast, "/preview"), filled(cast.ben_browser, at(cast, "/preview")))
    shown = page(cast.ada_browser, at(cast))
    assert "Couples" in shown and "“I know somebody”" in shown and "Mention them and leave it there" in shown
    assert "Couples" in page(cast.ben_browser, at(cast, "/draft")), "the next draft starts from what was taught"


def test_one_s_own_is_begun_from_what_was_said_back_and_goes_on_to_the_partner(cast: Cast) -> None:
    begun = filled(cast.ben_browser, at(cast, "/mine"))
    assert begun["sector"] and begun["moment"] and begun["services"], "the playback that Ben found right"
    assert "Begun from what Ada said back to you" in page(cast.ben_browser, at(cast, "/mine"))
    answer = cast.ben_browser.post(at(cast, "/mine"), {**begun, "short_words": ["I know somebody"]})
    assert answer["Location"] == at(cast, "/preview")
    cast.ben_browser.post(at(cast, "/preview"), filled(cast.ben_browser, at(cast, "/preview")))
    assert "I know somebody" in page(cast.ada_browser, at(cast))


def test_a_change_is_offered_to_each_partner_and_read_only_then(cast: Cast) -> None:
    own.keep(cast.ben_person, {"sector": "Couples", "services": "Kitchens", "short_words": "I know somebody"})
    assert "Offer it to Ada" in page(cast.ben_browser, "/teaching")
    path = at(cast, "/preview?back=own-teaching")
    assert cast.ben_browser.post(path, filled(cast.ben_browser, path))["Location"] == "/teaching"
    assert "Ada has it as of" in page(cast.ben_browser, "/teaching")
    cast.ben_browser.post("/teaching", {**filled(cast.ben_browser, "/teaching"), "moment": ["The baby has come"]})
    assert "Offer it to Ada" in page(cast.ben_browser, "/teaching")
    assert "The baby has come" not in page(cast.ada_browser, at(cast))
    cast.ben_browser.post(path, filled(cast.ben_browser, path))
    assert "The baby has come" in page(cast.ada_browser, at(cast))
    assert "Couples" not in page(cast.ada_browser, "/teaching"), "what is Ben's own is not on Ada's page"


def test_comfort_is_shared_and_why_is_not(cast: Cast) -> None:
    taught(cast.ben)
    asked = page(cast.ada_browser, at(cast))
    assert "Could you say this?" in asked and "aria-pressed" not in asked, "nothing is chosen beforehand"
    assert "rate_whom" not in asked, "one answer first"
    assert cast.ada_browser.post(at(cast), {"feel": "other"}).status_code == 302
    asked = page(cast.ada_browser, at(cast))
    assert "Which of it is hard to say?" in asked and '<option value="" selected>' in asked
    low = cast.ada_browser.post(at(cast), {"feel": "today", "rate_words": "eleven"})
    assert low.status_code == 422 and "Choose a number from 0 to 10" in low.content.decode()
    sent = {"feel": "today", "rate_whom": "9", "rate_words": "4", "rate_what": "8", "rate_route": "6"}
    assert cast.ada_browser.post(at(cast), sent).status_code == 302
    assert cast.ada_browser.post(at(cast, "/reason"), {"why": "I am paid by the hour."}).status_code == 302
    shown = page(cast.ada_browser, at(cast))
    assert "I am paid by the hour." in shown
    assert "<details open><summary>Words, 4 out of 10: work it out together" in shown
    assert "<details><summary>Ways, 6 out of 10: work it out together" in shown, "one approach at a time"
    theirs = page(cast.ben_browser, at(cast, "/ours"))
    assert "could say it today" in theirs and "by the hour" not in theirs
    for said in (shown, theirs):
        assert re.findall(r"<dt>(\w+)</dt><dd>(\d+) out of 10", said) == [
            ("Whom", "9"),
            ("What", "8"),
            ("Words", "4"),
            ("Ways", "6"),
        ]


def test_a_note_for_oneself_alone_changes_nothing_for_the_other(cast: Cast) -> None:
    taught(cast.ben)
    before = Seat.objects.get(pk=cast.ben.pk).touched_at
    assert cast.ada_browser.post(at(cast, "/reason"), {"why": "Hm."}).status_code == 302
    assert "has not said yet" in page(cast.ben_browser, at(cast, "/ours"))
    assert Seat.objects.get(pk=cast.ben.pk).touched_at == before


def test_an_approach_goes_back_and_forth(cast: Cast) -> None:
    taught(cast.ben)
    assert cast.ada_browser.post(at(cast, "/approach"), {"kind": "one_question"}).status_code == 302
    row = Approach.objects.visible_to(cast.ben).get()
    assert "Agree to this approach" in page(cast.ben_browser, at(cast, "/ours"))
    cast.ben_browser.post(at(cast, f"/approaches/{row.key}/agreement"))
    assert "Agreed on" in page(cast.ada_browser, at(cast)) and "Agree to this" not in page(
        cast.ben_browser, at(cast, "/ours")
    )
    assert cast.ben_browser.post(at(cast, "/ours/approach"), {"text": "Only my card."}).status_code == 302
    assert "Only my card." in page(cast.ada_browser, at(cast))


def test_it_is_said_back_in_own_words(cast: Cast) -> None:
    taught(cast.ben)
    assert cast.ada_browser.post(at(cast, "/back"), {"text": "I ask about the oven."}).status_code == 302
    assert "I ask about the oven." in page(cast.ben_browser, at(cast, "/ours"))


def test_what_changed_is_marked(cast: Cast) -> None:
    taught(cast.ben)
    old = pages.latest(cast.ben, "ours")
    taught(cast.ben, sector="Couples and families who rent their house")
    shown = page(cast.ada_browser, at(cast))
    assert "<del>own</del>" in shown and "<ins>rent</ins>" in shown
    assert old is not None
    assert "who own their house" in page(cast.ada_browser, at(cast, f"/versions/{old.key}"))
    assert cast.cleo_browser.get(at(cast, f"/versions/{old.key}")).status_code == 404


def test_the_card_holds_what_one_needs_on_the_way(cast: Cast) -> None:
    assert cast.ada_browser.get(at(cast, "/card")).status_code == 302
    live(cast)
    shown = page(cast.ada_browser, at(cast, "/card"))
    for words in (
        "Ben Moor",
        "We cannot open the oven",
        "0161 496 0000, mornings",
        "Ada asks one question",
    ):
        assert words in shown
    assert "Who is doing your kitchen?" not in shown, "words that need not be said are not on it"


def test_odd_input_is_answered_in_a_sentence(cast: Cast) -> None:
    taught(cast.ben)
    odd = [
        ("", {"feel": "nonsense"}),
        ("", {"feel": "today", "rate_words": "11"}),
        ("/approach", {"part": "nowhere", "text": "Hm."}),
        ("/approach", {"part": "words", "missing": "Hm."}),
        ("", {}),
        ("/back", {"text": ""}),
        ("/back", {"text": "x" * 10_001}),
        ("/approach", {"kind": "magic"}),
        ("/approach", {}),
        ("/ours/approach", {}),
        ("/draft", {"routes": ["by_pigeon"]}),
        ("/draft", {"sector": "x" * 10_001}),
    ]
    for rest, sent in odd:
        browser = cast.ben_browser if rest == "/ours/approach" else cast.ada_browser
        answer = browser.post(at(cast, rest), sent)
        assert answer.status_code == 422 and " another look" in answer.content.decode(), (rest, sent)


def test_the_page_costs_twelve_queries_at_most(cast: Cast) -> None:
    live(cast)
    live(cast)
    for browser, rest in ((cast.ada_browser, ""), (cast.ben_browser, "/ours"), (cast.ada_browser, "/card")):
        page(browser, at(cast, rest))
        with CaptureQueriesContext(connection) as seen:
            page(browser, at(cast, rest))
        assert len(seen) <= 12, [one["sql"][:120] for one in seen]


def test_what_they_see_shows_the_table_and_no_drawer(cast: Cast) -> None:
    live(cast)
    plant(cast.ben, "zinnober")
    request = RequestFactory().get("/")
    request.user = cast.ada_person
    request.session = cast.ada_browser.session
    request._messages = FallbackStorage(request)  # type: ignore[attr-defined]
    mirror = cast.ada.as_other_side()
    for template, context in (("teaching", pages.context(mirror)), ("ours", ours.context(mirror))):
        main = (
            render_to_string(f"teaching/pages/{template}.html", context, request).split("<main")[1].split("</main>")[0]
        )
        assert "<button" not in main and "zinnober" not in main


def test_the_letter_says_that_there_is_something_to_read(cast: Cast) -> None:
    taught(cast.ben)
    letter = OutboxLetter.objects.get(kind="taught")
    assert letter.address == "ada@lane.example"
    body = str(message(letter).body)
    assert "What Ben would like you to say" in body and "Couples" not in body


def test_keeping_for_now_says_who_sees_it(cast: Cast) -> None:
    answer = cast.ben_browser.post(at(cast, "/draft"), {"sector": "Couples", "then": "keep"}, follow=True)
    assert "Kept, for your side only." in answer.content.decode()
    assert actions and "Go on with your draft" in answer.content.decode()


def test_going_on_with_a_draft_opens_what_was_worded_for_this_partner(cast: Cast) -> None:
    assert at(cast, "/mine") in page(cast.ben_browser, at(cast, "/ours"))
    kept = cast.ben_browser.post(at(cast, "/draft"), {"sector": "Couples by the sea", "then": "keep"}, follow=True)
    assert f'href="{at(cast, "/draft")}"' in kept.content.decode()
    assert at(cast, "/mine") not in kept.content.decode()
    assert "Couples by the sea" in page(cast.ben_browser, at(cast, "/draft"))


def test_the_card_can_be_kept_as_a_file_that_needs_nothing_from_anywhere(cast: Cast) -> None:
    taught(cast.ben)
    answer = cast.ada_browser.get(at(cast, "/card/file"))
    kept = answer.content.decode()
    assert answer["Content-Disposition"].startswith("attachment")
    assert "We cannot open the oven" in kept
    for needs in ("src=", "href=", "url(", "<script", "@import"):
        assert needs not in kept


def test_the_card_says_what_is_new_since_it_was_last_answered(cast: Cast) -> None:
    taught(cast.ben)
    assert "New since you last answered" not in page(cast.ada_browser, at(cast, "/card"))
    actions.say_back(cast.ada, "I listen for the oven.")
    taught(cast.ben, moment="The last child has moved out")
    taught(cast.ben, moment="The last child has moved out", sector="Couples")
    shown = page(cast.ada_browser, at(cast, "/card"))
    assert "New since you last answered:</b> Whom to think of, The moment" in shown
    actions.say_back(cast.ada, "I listen for couples.")
    assert "New since you last answered" not in page(cast.ada_browser, at(cast, "/card"))
