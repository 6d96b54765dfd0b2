"""The room's pages through the front door."""

import pytest
from django.test import Client, RequestFactory
from pytest_django.fixtures import DjangoAssertNumQueries

from goodword.gates import actions as gates
from goodword.relationships import starting
from goodword.relationships.models import Seat
from goodword.reservations import queries
from goodword.reservations.actions import checking, keeping, sharing, table, ten, together
from goodword.reservations.actions.keeping import MOST_DRAFTS
from goodword.reservations.models import (
    Draft,
    Pondering,
    PreciousLine,
    PrivateReservation,
    SideReservation,
    TableReservation,
)
from goodword.ui.answers import page
from tests.cast import Cast, signed_in
from tests.reservations.secrets import live, plant, plant_waiting, share

BAD = ["x" * 10_001, "\x00\x00", "   ", "\u200b", "👩‍⚖️" * 5, "\u202egnol"]


@pytest.fixture
def read(cast: Cast) -> Cast:
    """The cast, both of whom have read the promise."""
    for seat in (cast.ada, cast.ben, cast.abe):
        keeping.read_promise(seat.person)
    return cast


def every_page(cast: Cast, seat: Seat) -> list[str]:
    """Return the address of each page of the room that a seat can open."""
    names = [
        "reservations",
        "check",
        "unease",
        "naming",
        "queasiness",
        "asking",
        "words",
        "worries",
        "ten/names",
        "ten/burning",
        "together",
    ]
    plain = [*names, "ten", "reservations/promise"]
    kept = [*queries.to_choose(seat)]
    rows = [f"reservations/{row.key}/{door}" for row in kept for door in ("words", "settlement", "deletion", "sharing")]
    mine = [f"reservations/{row.key}/our-side" for row in kept if row.lock == "mine"]
    tables = TableReservation.objects.visible_to(seat)
    lines = [f"ten/{row.key}{door}" for row in PreciousLine.objects.visible_to(seat) for door in ("", "/reason")]
    own = [
        f"tabled/{row.key}/{door}"
        for row in tables.filter(side_id=seat.side_id)
        for door in ("settlement", "deal-breaker")
    ]
    talks = [f"tabled/{row.key}" for row in tables]
    reveal = queries.live_reveal(seat)
    envelope = [f"together/{reveal.key}/envelope"] if reveal else []
    asked = [
        f"words/{thread}/{item}"
        for thread in ("quality", "premortem", "naming")
        for item in list(queries.thread(seat, thread))[:1]
    ]
    return [f"/r/{cast.key}/{rest}" for rest in (*plain, *rows, *mine, *lines, *own, *talks, *envelope, *asked)]


def test_the_promise_stands_before_the_first_private_page_and_leads_back(cast: Cast) -> None:
    answer = cast.ada_browser.get(f"/r/{cast.key}/ten/names")
    assert answer.headers["Location"] == f"/r/{cast.key}/reservations/promise?to=reservations"
    answer = cast.ada_browser.get(f"/r/{cast.key}/check")
    page = cast.ada_browser.get(answer.headers["Location"]).content.decode()
    assert "Who sees what you write here?" in page and "law" in page and "Delete" in page
    answer = cast.ada_browser.post(f"/r/{cast.key}/reservations/promise", {"to": "reservation-check"})
    assert answer.headers["Location"] == f"/r/{cast.key}/check"
    assert cast.ada_browser.get(f"/r/{cast.key}/check").status_code == 200
    assert cast.ben_browser.get(f"/r/{cast.key}/check").status_code == 302, "each person reads it once"


def test_the_way_back_from_the_promise_leads_nowhere_else(cast: Cast) -> None:
    answer = cast.ada_browser.post(f"/r/{cast.key}/reservations/promise", {"to": "https://elsewhere.example"})
    assert answer.headers["Location"] == f"/r/{cast.key}/reservations"


def test_every_page_opens_after_a_full_story_before_and_after_the_end(read: Cast) -> None:
    live(read)
    plant(read.ada, "secret")
    keeping.keep(read.ada, text="Open.", drawer="side")
    keeping.keep(read.ada, text="Open.", drawer="mine")
    together.propose(read.ada, None)
    addresses = every_page(read, read.ada)
    for address in addresses:
        assert read.ada_browser.get(address).status_code == 200, address
    gates.let_go(read.ben)
    for address in addresses:
        assert read.ada_browser.get(address).status_code == 200, address


def test_strangers_and_the_other_side_find_nothing_at_private_addresses(read: Cast) -> None:
    plant(read.ada, "secret")
    keeping.keep(read.ada, text="Open.", drawer="mine")
    for address in every_page(read, read.ada):
        assert read.cleo_browser.get(address).status_code == 404, address
        private = "/reservations/" in address and not address.endswith("promise")
        if private or ("/ten/" in address and len(address) > 60):
            assert read.ben_browser.get(address).status_code == 404, address
            assert read.ben_browser.post(address, {"text": "mine now"}).status_code == 404, address


def test_keeping_one_takes_one_post_and_tells_nobody(read: Cast) -> None:
    address = f"/r/{read.key}/reservations"
    read.ada_browser.post(address, {"text": "He talks freely.", "drawer": "side"})
    read.ada_browser.post(address, {"text": "I don't warm to him.", "drawer": "mine"})
    page = read.ada_browser.get(address).content.decode()
    assert "He talks freely." in page and "I don&#39;t warm to him." in page
    colleague = signed_in(read.abe.person).get(address).content.decode()
    assert "He talks freely." in colleague and "warm to him" not in colleague
    assert "talks freely" not in read.ben_browser.get(address).content.decode()


def test_use_brings_the_page_back_with_the_words_filled_in(read: Cast) -> None:
    address = f"/r/{read.key}/reservations"
    answer = read.ada_browser.post(address, {"text": "Also:", "drawer": "side", "starter": "never_seen_work"})
    assert answer.status_code == 200
    assert "Also:\nI haven’t seen a single thing they have made or done.</textarea>" in answer.content.decode()
    assert not SideReservation.objects.unscoped().exists()


def test_one_question_at_a_time_leads_on_whatever_the_answer(read: Cast) -> None:
    first, second, third, *_ = queries.thread(read.ada, "quality")
    base = f"/r/{read.key}/words/quality/"
    assert read.ada_browser.post(base + first, {"answer": "nothing"}).headers["Location"] == base + second
    assert read.ada_browser.post(base + second, {"answer": "unsure"}).headers["Location"] == base + third
    assert "value=" in read.ada_browser.post(base + third, {"answer": "use"}).content.decode()
    read.ada_browser.post(base + third, {"answer": "keep", "text": "Something."})
    assert SideReservation.objects.visible_to(read.ada).count() == 1
    assert {row.answer.unseal(read.ada) for row in Pondering.objects.visible_to(read.ada)} == {"nothing", "unsure"}
    assert [each.item for each in queries.unsure(read.ada)] == [second]
    assert not Pondering.objects.visible_to(read.abe).exists()


def test_naming_questions_taken_one_at_a_time_give_it_its_name(read: Cast) -> None:
    checking.intend_to_name(read.ada)
    read.ada_browser.post(f"/r/{read.key}/words/naming/on_the_phone", {"answer": "keep", "text": "At his prices."})
    assert not queries.has_unnamed(read.ada) and queries.own_open(read.ada) == 1


def test_the_premortem_is_a_question_of_its_own(read: Cast) -> None:
    page = read.ada_browser.get(f"/r/{read.key}/words/premortem/a_year_on").content.decode()
    assert "a year from now" in page
    assert read.ada_browser.get(f"/r/{read.key}/words/nowhere/a_year_on").status_code == 404
    assert read.ada_browser.get(f"/r/{read.key}/words/quality/a_year_on").status_code == 404


def test_what_is_being_typed_is_kept_and_comes_back_to_its_author_alone(read: Cast) -> None:
    sent = {"place": "side", "text": "Half a thou"}
    assert read.ada_browser.post(f"/r/{read.key}/drafts", sent).status_code == 204
    address = f"/r/{read.key}/reservations"
    assert "Half a thou</textarea>" in read.ada_browser.get(address).content.decode()
    assert "Half a thou" not in signed_in(read.abe.person).get(address).content.decode()
    read.ada_browser.post(address, {"text": "Half a thought, whole now.", "drawer": "side"})
    assert not Draft.objects.unscoped().exists()


def test_a_draft_that_cannot_be_kept_says_so_to_the_script(read: Cast) -> None:
    for sent in ({}, {"place": "x" * 61, "text": "a"}, {"place": "side", "text": "x" * 10_001}):
        assert read.ada_browser.post(f"/r/{read.key}/drafts", sent).status_code == 400
    assert Client().post(f"/r/{read.key}/drafts", {"place": "side", "text": "a"}).status_code == 302


@pytest.mark.parametrize("text", BAD)
def test_bad_words_get_a_sentence_and_never_a_fault(read: Cast, text: str) -> None:
    row = keeping.keep(read.ada, text="Kept.", drawer="side")
    shared = share(read.ada, "Shared.")
    doors = {
        "reservations": {"text": text, "drawer": "side"},
        "worries": {"text": text},
        "asking": {"text": text},
        "naming": {"answer": "name", "text": text},
        "words/quality/never_seen_work": {"answer": "keep", "text": text},
        "ten/names": {"name1": text},
        f"reservations/{row.key}/words": {"text": text},
        f"reservations/{row.key}/settlement": {"how": text},
        f"tabled/{shared.key}": {"text": text},
        f"tabled/{shared.key}/settlement": {"turn": "settle", "how": text, "reopens_if": text, "ways": ["clause"]},
        "together": {"propose": "yes", "hour": text},
    }
    checking.intend_to_name(read.ada)
    for door, sent in doors.items():
        answer = read.ada_browser.post(f"/r/{read.key}/{door}", sent)
        assert answer.status_code in (302, 422), (door, answer.status_code)
        if answer.status_code == 422:
            assert "amiss-summary" in answer.content.decode(), door


def test_wrong_choices_get_a_sentence(read: Cast) -> None:
    shared = share(read.ada, "Shared.")
    line = ten.begin(read.ada, ["7"]) and PreciousLine.objects.visible_to(read.ada).get()
    reveal = together.propose(read.ada, None)
    for door, sent in {
        "check": {"answer": "everything"},
        "queasiness": {"kind": "other"},
        f"ten/{line.key}": {"answer": "maybe"},
        f"tabled/{shared.key}/settlement": {"turn": "break", "ways": "magic"},
        f"together/{reveal.key}/envelope": {"chosen": "not-a-key", "seen": "x"},
        "reservations": {"text": "In no drawer.", "drawer": "table"},
    }.items():
        answer = read.ada_browser.post(f"/r/{read.key}/{door}", sent)
        assert answer.status_code in (200, 422), door
        assert "amiss-summary" in answer.content.decode(), door
    assert not SideReservation.objects.visible_to(read.ada).filter(to_table_at=None).exists()


def test_nobody_shares_or_reveals_somebody_elses_private_words(read: Cast) -> None:
    row = keeping.keep(read.ada, text="Ada's alone.", drawer="mine")
    seen = sharing.words_print(read.ada, row)
    abe = signed_in(read.abe.person)
    reveal = together.propose(read.ben, None)
    for browser in (abe, read.ben_browser):
        assert browser.post(f"/r/{read.key}/reservations/{row.key}/sharing", {"seen": seen}).status_code == 404
        answer = browser.post(f"/r/{read.key}/together/{reveal.key}/envelope", {"chosen": row.key, "seen": seen})
        assert "Ada&#39;s alone." not in answer.content.decode()
    assert not TableReservation.objects.unscoped().exists()


def test_moving_from_my_drawer_to_our_sides_is_a_page_of_its_own_and_copies(read: Cast) -> None:
    row = keeping.keep(read.ada, text="For me, so far.", drawer="mine")
    address = f"/r/{read.key}/reservations/{row.key}/our-side"
    page = read.ada_browser.get(address).content.decode()
    assert "This is what your colleagues will read" in page and "can’t be moved back" in page
    read.ada_browser.post(address, {"seen": sharing.words_print(read.ada, row)})
    (copy,) = SideReservation.objects.visible_to(read.abe)
    assert copy.text.unseal(read.abe) == "For me, so far." and copy.key != row.key
    assert queries.own_open(read.ada) == 1
    assert "has been moved already" in read.ada_browser.post(address, {"seen": "x"}, follow=True).content.decode()


def test_deleting_is_real_and_possible_after_the_end(read: Cast) -> None:
    row = keeping.keep(read.ada, text="Gone soon.", drawer="side")
    sharing.put_on_table(read.ada, row, sharing.words_print(read.ada, row))
    gates.let_go(read.ben)
    read.ada_browser.post(f"/r/{read.key}/reservations/{row.key}/deletion")
    assert not SideReservation.objects.unscoped().exists() and not PrivateReservation.objects.unscoped().exists()


def test_settled_as_a_clause_offers_it_to_the_agreement(read: Cast) -> None:
    row = share(read.ada, "Will they ring back?")
    sent = {"became": "clause", "how": "Each rings back within two days."}
    assert read.ada_browser.post(f"/r/{read.key}/tabled/{row.key}/settlement", sent).status_code == 302
    from goodword.agreements.queries import clauses_on_offer

    assert [one.text for one in clauses_on_offer(read.ben)] == ["Each rings back within two days."]


def test_the_gauge_draws_a_line_for_its_owner_alone(read: Cast) -> None:
    for level in (4, 2, 1):
        read.ada_browser.post(f"/r/{read.key}/check", {"answer": "nothing", "unease": str(level)})
    assert "M0 0L150 30L300 45" in read.ada_browser.get(f"/r/{read.key}/unease").content.decode()
    assert queries.unease(read.abe) == [] and queries.unease(read.ben) == []


def test_what_they_see_is_the_same_whatever_lies_in_my_drawers(read: Cast, rf: RequestFactory) -> None:
    def as_other_side() -> str:
        request = rf.get("/")
        request.user = read.ada_person
        request.session = {}  # type: ignore[assignment]
        request._messages = []  # type: ignore[attr-defined]
        mirror = read.ada.as_other_side()
        answer = page(
            request,
            "reservations/pages/reservations.html",
            seat=mirror,
            room="relationships",
            **queries.context(mirror),
        )
        return "\n".join(line for line in answer.content.decode().split("\n") if "csrf" not in line)

    share(read.ada, "On the table.")
    before = as_other_side()
    for n in range(5):
        plant(read.ada, f"secret{n}")
        plant(read.ben, f"secret{n}")
    assert as_other_side() == before
    assert "On the table." in before and "<textarea" not in before and "btn-first" not in before


def test_what_waits_to_leave_or_to_open_is_on_no_page_of_anybody_else(read: Cast) -> None:
    live(read)
    plant(read.ada, "Zinnoberkrähe")
    plant_waiting(read.ada, "Zinnoberkrähe")
    for address in {*every_page(read, read.ada), *every_page(read, read.ben), f"/r/{read.key}", "/today"}:
        for browser in (read.ben_browser, read.cleo_browser):
            assert "Zinnoberkrähe" not in browser.get(address, follow=True).content.decode(), address
    abe = signed_in(read.abe.person).get(f"/r/{read.key}/reservations").content.decode()
    assert "about to leave" not in abe and "in an envelope" in abe


def test_pages_ask_the_same_few_questions_of_the_database_however_much_is_written(
    read: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(8):
        plant(read.ada, f"word{n}")
    for n in range(3):
        row = share(read.ada, f"Shared {n}")
        table.speak(read.ben, row, "A word.")
    checking.ask(read.ben, "Anything?")
    read.ada_browser.get(f"/r/{read.key}/reservations")  # signing in asks more, once
    for door in ("reservations", "check", "ten", "together", "words", "worries", "unease", f"tabled/{row.key}"):
        with django_assert_max_num_queries(12):
            assert read.ada_browser.get(f"/r/{read.key}/{door}").status_code == 200


def test_before_the_other_has_joined_nothing_can_go_on_the_table(read: Cast) -> None:
    alone = starting.start(read.ada_person, name="Dan Field")
    keeping.read_promise(alone.person)
    row = keeping.keep(alone, text="Early.", drawer="side")
    seen = sharing.words_print(alone, row)
    answer = read.ada_browser.post(f"/r/{alone.key}/reservations/{row.key}/sharing", {"seen": seen}, follow=True)
    assert "hasn’t joined yet" in answer.content.decode()
    plant(alone, "alone")
    assert read.ada_browser.get(f"/r/{alone.key}/reservations").status_code == 200


def test_where_nobody_said_which_drawer_it_is_only_mine(read: Cast) -> None:
    assert read.abe.side_id == read.ada.side_id
    for said in ({}, {"drawer": ""}):
        assert read.ada_browser.post(f"/r/{read.key}/reservations", {"text": "Hm.", **said}).status_code == 302
    assert PrivateReservation.objects.owned_by(read.ada).count() == 2
    assert not SideReservation.objects.unscoped().exists()


def test_drafts_of_boxes_that_never_were_do_not_pile_up(read: Cast) -> None:
    for number in range(MOST_DRAFTS + 5):
        keeping.keep_draft(read.ada, f"a box called {number}", "words")
    assert Draft.objects.owned_by(read.ada).count() == MOST_DRAFTS
    assert queries.drafts(read.ada, f"a box called {MOST_DRAFTS + 4}")


def test_after_the_end_the_page_asks_nothing_and_says_what_it_is_there_for(read: Cast) -> None:
    keeping.keep(read.ada, text="They are often late", drawer="side")
    gates.let_go(read.ben)
    page_ = read.ada_browser.get(f"/r/{read.key}/reservations").content.decode()
    assert "make you hesitate" not in page_ and "nothing is asked any more" in page_ and "They are often late" in page_
