"""The pages of the agreement, through the front door."""

from __future__ import annotations

import hashlib
import io
import re

import pypdf
import pytest
from django.contrib.messages.storage.fallback import FallbackStorage
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from goodword.agreements import actions, queries
from goodword.gates import actions as gates
from goodword.post.delivery import message
from goodword.post.models import OutboxLetter
from goodword.relationships.steps import Step
from tests.agreements.reading import filled, filled_from
from tests.agreements.secrets import first, live, reworded
from tests.cast import Cast


@pytest.fixture
def cast(db: None) -> Cast:
    """Return the cast in the step of the agreement."""
    return Cast(at=Step.AGREE)


def page(browser: Client, path: str, status: int = 200) -> str:
    answer = browser.get(path)
    assert answer.status_code == status
    return answer.content.decode()


def at(cast: Cast, rest: str = "") -> str:
    return f"/r/{cast.key}/agreement{rest}"


def test_before_its_step_the_page_explains_what_comes(db: None) -> None:
    cast = Cast(at=Step.EXPLORE)
    assert "after the second briefing" in page(cast.ada_browser, at(cast))
    assert cast.ada_browser.get(at(cast, "/words")).status_code == 302


def test_plain_choices_make_the_first_version(cast: Cast) -> None:
    sent = {
        **filled(cast.ada_browser, at(cast, "/words")),
        "contact_days": "3",
        "rhythm": "every six weeks",
        "more": ["manner"],
    }
    assert cast.ada_browser.post(at(cast, "/words"), sent).status_code == 302
    shown = page(cast.ben_browser, at(cast))
    assert "within 3 weekdays" in shown and "We meet or talk every six weeks" in shown and "mailing list" in shown
    assert "Are these your words too?" in shown


def test_a_first_version_without_a_day_to_look_at_it_again_keeps_what_was_typed(cast: Cast) -> None:
    sent = {**filled(cast.ada_browser, at(cast, "/words")), "review_on": "", "rhythm": "on Fridays"}
    answer = cast.ada_browser.post(at(cast, "/words"), sent)
    assert answer.status_code == 422
    assert "Choose the day on which you look at it again" in answer.content.decode()
    assert 'value="on Fridays"' in answer.content.decode()


def test_changes_stand_side_by_side_with_their_reason(cast: Cast) -> None:
    first(cast.ada)
    sent = filled(cast.ben_browser, at(cast, "/words"))
    sent |= {
        "text-stopping": [sent["text-stopping"][0].replace("one message", "a call")],
        "why-stopping": ["I like calls."],
    }
    sent["rhythm"] = ["every six weeks"]
    assert cast.ben_browser.post(at(cast, "/words"), sent).status_code == 302
    shown = page(cast.ada_browser, at(cast))
    assert "<del>one message</del>" in shown and "<ins>a call</ins>" in shown and "I like calls." in shown
    assert "<del>once a month</del>" in shown and "<ins>every six weeks</ins>" in shown
    assert "Ben has changed two clauses of your version." in shown


def test_a_change_without_a_reason_is_asked_for_one(cast: Cast) -> None:
    first(cast.ada)
    sent = {**filled(cast.ben_browser, at(cast, "/words")), "text-stopping": "Stop by carrier pigeon."}
    answer = cast.ben_browser.post(at(cast, "/words"), sent)
    assert answer.status_code == 422
    assert "Say why in a few words: Ada reads it beside the change" in answer.content.decode()
    assert "carrier pigeon" in answer.content.decode()


def test_words_begun_on_an_older_version_are_kept_and_may_be_sent_again(cast: Cast) -> None:
    first(cast.ada)
    sent = {
        **filled(cast.ben_browser, at(cast, "/words")),
        "text-stopping": "Stop with a wave.",
        "why-stopping": "Kinder.",
    }
    reworded(cast.ada, {"giving": "Give when you can."})
    answer = cast.ben_browser.post(at(cast, "/words"), sent)
    assert answer.status_code == 422
    assert "Stop with a wave." in answer.content.decode() and "since you began" in answer.content.decode()
    assert "Give when you can." in answer.content.decode(), "what Ada changed is there too, not undone"
    again = filled_from(answer.content.decode())
    assert cast.ben_browser.post(at(cast, "/words"), again).status_code == 302
    shown = page(cast.ada_browser, at(cast))
    assert "Ben has changed one clause of your version." in shown and "<ins>" in shown


def test_who_begins_second_is_shown_the_first_version(cast: Cast) -> None:
    sent = filled(cast.ben_browser, at(cast, "/words"))
    first(cast.ada)
    answer = cast.ben_browser.post(at(cast, "/words"), sent, follow=True)
    assert "Ada has put a version on the table first." in answer.content.decode()


def test_accepting_sends_the_fingerprint_of_what_was_read(cast: Cast) -> None:
    first(cast.ada)
    read = filled(cast.ben_browser, at(cast))
    reworded(cast.ada, {"giving": "Give when you can."})
    answer = cast.ben_browser.post(at(cast, "/acceptance"), read, follow=True)
    assert "It has changed since you read it" in answer.content.decode()
    cast.ben_browser.post(at(cast, "/acceptance"), filled(cast.ben_browser, at(cast)))
    assert "In force since" in page(cast.ada_browser, at(cast))


def test_any_two_versions_can_be_compared(cast: Cast) -> None:
    one = first(cast.ada)
    reworded(cast.ben, {"giving": "Second."})
    three = reworded(cast.ada, {"giving": "Third."})
    shown = page(cast.ben_browser, at(cast, f"?show={three.key}&with={one.key}"))
    assert "<ins>Third.</ins>" in shown and "Second." not in shown
    assert page(cast.ben_browser, at(cast, "?show=nothing"), 404)


def test_an_offered_clause_is_taken_with_its_origin(cast: Cast) -> None:
    actions.clause_from_reservation(cast.ben, "No clients in a dispute.", "r" * 22, "Clients in a dispute")
    cast.ada_browser.post(at(cast, "/words"), filled(cast.ada_browser, at(cast, "/words")))
    shown = page(cast.ben_browser, at(cast))
    assert "Clients in a dispute" in shown and "from a reservation" in shown
    assert "Clients in a dispute" not in page(cast.ben_browser, at(cast, "/words")).split("Add a clause")[1]


def test_the_fingerprint_can_be_checked_from_the_pdf(cast: Cast) -> None:
    first(cast.ada)
    version = reworded(
        cast.ben, {"giving": "*Not bold*, #let it be: “Ελληνικά, Кириллица” <b>&amp;</b>\nand a second line."}
    )
    actions.accept(cast.ada, version.content_hash)
    answer = cast.ada_browser.get(at(cast, "/pdf"))
    assert answer["Content-Type"] == "application/pdf"
    pdf = pypdf.PdfReader(io.BytesIO(answer.content))
    text = "\n".join(page.extract_text() for page in pdf.pages)
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert "Ada Lane, Lane Law, Marple" in text and "Accepted by Ben Moor" in text and version.content_hash in text
    body = re.sub(rf"Version 2 of [^\n]+\n\d+ / \d+\n{version.content_hash}", "", text)
    words = " ".join(body[body.index("1. ") : body.index("Version 2, written by")].split())
    assert hashlib.sha256(words.encode()).hexdigest() == version.content_hash


def test_both_sides_print_the_same(cast: Cast) -> None:
    live(cast)
    assert cast.ada_browser.get(at(cast, "/pdf")).content == cast.ben_browser.get(at(cast, "/pdf")).content
    assert "Accepted by Ada Lane" in page(cast.ben_browser, at(cast, "/text"))


def test_there_is_nothing_to_print_before_there_are_words(cast: Cast) -> None:
    assert page(cast.ada_browser, at(cast, "/pdf"), 404) and page(cast.ada_browser, at(cast, "/text"), 404)


def test_ten_thousand_characters_and_odd_numbers_are_answered_in_a_sentence(cast: Cast) -> None:
    sent = filled(cast.ada_browser, at(cast, "/words"))
    odd: tuple[dict[str, object], ...] = (
        {"contact_days": "many"},
        {"contact_days": "0"},
        {"rhythm": "x" * 10_000},
        {"clauses": ["nonsense"]},
        {"money": "lots"},
        {"money": "some"},
        {"review_on": "2999-01-01"},
        {"trial_until": "yesterday"},
        {},
    )
    for bad in odd:
        assert cast.ada_browser.post(at(cast, "/words"), {**sent, **bad} if bad else {"x": "1"}).status_code == 422


def test_the_page_costs_the_same_whatever_the_number_of_versions(cast: Cast) -> None:
    live(cast)
    for n in range(6):
        reworded(cast.ada if n % 2 else cast.ben, {"giving": f"Words {n}."})
    page(cast.ada_browser, at(cast))
    with CaptureQueriesContext(connection) as seen:
        page(cast.ada_browser, at(cast))
    assert len(seen) <= 12


def test_what_they_see_has_no_buttons(cast: Cast) -> None:
    first(cast.ben)
    request = RequestFactory().get("/")
    request.user = cast.ada_person
    request.session = cast.ada_browser.session
    request._messages = FallbackStorage(request)  # type: ignore[attr-defined]
    shown = render_to_string("agreements/pages/agreement.html", queries.context(cast.ada.as_other_side()), request)
    main = shown.split("<main")[1].split("</main>")[0]
    assert "<button" not in main and "in your words" in main


def test_an_ended_agreement_stays_readable_and_takes_nothing_more(cast: Cast) -> None:
    first(cast.ada)
    sent = {**filled(cast.ben_browser, at(cast, "/words")), "text-stopping": "x", "why-stopping": "y"}
    gates.let_go(cast.ada)
    assert "Accept version" not in page(cast.ben_browser, at(cast))
    assert "This one has ended" in cast.ben_browser.post(at(cast, "/words"), sent).content.decode()


def test_letters_say_that_there_is_something_to_read(cast: Cast) -> None:
    actions.accept(cast.ben, first(cast.ada).content_hash)
    said = [str(message(letter).body) for letter in OutboxLetter.objects.filter(kind__startswith="agreement")]
    assert len(said) == 2 and "Ada has written version 1" in said[0] and "helping comes first" not in "".join(said)


def test_whoevers_profession_has_rules_is_told_what_we_know_and_gets_the_words(cast: Cast) -> None:
    page = cast.ada_browser.get(at(cast, "/words")).content.decode()
    assert "Solicitors" in page
    assert "This is no legal advice" in page
    cast.ada_browser.post(at(cast, "/words"), {**filled(cast.ada_browser, at(cast, "/words")), "profession": "on"})
    said = cast.ben_browser.get(at(cast)).content.decode()
    assert "is told that the two of us recommend each other" in said


def test_a_clause_from_a_reservation_is_renamed_by_either_side_with_a_reason(cast: Cast) -> None:
    actions.clause_from_reservation(cast.ben, "No clients in a dispute.", "r" * 22)
    cast.ada_browser.post(at(cast, "/words"), filled(cast.ada_browser, at(cast, "/words")))
    for browser, was, now in [
        (cast.ben_browser, "No clients in a dispute", "Clients in a dispute"),
        (cast.ada_browser, "Clients in a dispute", "Disputes"),
    ]:
        sent = filled(browser, at(cast, "/words"))
        (name,) = [each for each, values in sent.items() if each.startswith("title-") and values == [was]]
        assert browser.post(at(cast, "/words"), {**sent, name: now}).status_code == 422, "a change has a reason"
        assert browser.post(at(cast, "/words"), {**sent, name: "", "why-" + name[6:]: "Shorter."}).status_code == 422
        assert browser.post(at(cast, "/words"), {**sent, name: now, "why-" + name[6:]: "Shorter."}).status_code == 302
        for reader in (cast.ada_browser, cast.ben_browser):
            shown = page(reader, at(cast))
            assert f'{now}<br><span class="meta">before: {was}</span>' in shown and "Shorter." in shown
            assert "from a reservation" in shown
    assert "title-giving" not in sent, "the playbook’s clauses keep their names"


def test_nobody_is_i_in_words_that_both_accept(cast: Cast) -> None:
    first(cast.ada)
    sent = filled(cast.ben_browser, at(cast, "/words"))
    sent |= {"text-stopping": ["I stop with a call."], "why-stopping": ["Kinder."]}
    sent |= {"own_title": ["When I ring"], "own_text": ["Each rings before noon."], "own_why": ["Quiet afternoons."]}
    assert cast.ben_browser.post(at(cast, "/words"), sent).status_code == 302
    shown = page(cast.ada_browser, at(cast))
    assert "Ben Moor: “I stop with a call.”" in re.sub("</?ins>", "", shown)
    assert "Ben Moor: “When I ring”" in shown and "“Each rings" not in shown
    again = filled(cast.ada_browser, at(cast, "/words")) | {"rhythm": ["every week"]}
    assert cast.ada_browser.post(at(cast, "/words"), again).status_code == 302
    assert "Ada Lane: “Ben" not in page(cast.ben_browser, at(cast)), "what has a name keeps it"
