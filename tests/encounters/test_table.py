"""Two phones at one table, and what is written down there and after."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from goodword.encounters.actions import plans, writing
from goodword.encounters.models import ClockMark, Conclusion, Encounter, JointNote, OwnNote, Promise, SideNote
from goodword.encounters.queries import pages
from goodword.ground.refusals import Refusal
from goodword.relationships.journal import Event
from goodword.relationships.models import Seat
from goodword.relationships.steps import Step
from tests.cast import Cast, signed_in
from tests.encounters.at_hand import planned
from tests.walking import walk

ONCE = "0123456789abcdef"


@pytest.fixture
def it(cast: Cast) -> Encounter:
    """Return an encounter about to begin."""
    return planned(cast.ada, timezone.now() + dt.timedelta(minutes=1))


def state(cast: Cast, who: str, it: Encounter) -> dict[str, object]:
    """Return what a phone's poll answers."""
    found: dict[str, object] = (
        getattr(cast, f"{who}_browser").get(reverse("table-state", args=[cast.key, it.key])).json()
    )
    return found


def press(cast: Cast, who: str, it: Encounter, **what: str) -> None:
    """Press a button on somebody's phone."""
    answer = getattr(cast, f"{who}_browser").post(reverse("table-mark", args=[cast.key, it.key]), what)
    assert answer.status_code == 302


def test_both_phones_show_the_same_clock_whichever_started_it(cast: Cast, it: Encounter) -> None:
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        press(cast, "ben", it, verb="start", half="invited")
        press(cast, "ada", it, verb="start", half="proposer")  # pressed a moment later: the first stands
        clock.shift(dt.timedelta(minutes=18))
        ada, ben = state(cast, "ada", it), state(cast, "ben", it)
        assert ada["elapsed"] == ben["elapsed"] == 18 * 60
        assert "Ben’s half" in str(ada["parts"])
        assert "your half" in str(ben["parts"])
        clock.shift(dt.timedelta(minutes=12, seconds=1))
        assert "Half-time. Over to you." in str(state(cast, "ada", it)["parts"])
        assert "Half-time. Over to Ada." in str(state(cast, "ben", it)["parts"])


def test_pause_on_both_phones_pauses_once(cast: Cast, it: Encounter) -> None:
    press(cast, "ada", it, verb="start", half="proposer")
    press(cast, "ada", it, verb="pause", once="a1")
    press(cast, "ben", it, verb="pause", once="b1")
    assert ClockMark.objects.visible_to(cast.ada).filter(verb="pause").count() == 1
    press(cast, "ben", it, verb="resume", once="b2")
    assert state(cast, "ada", it)["running"] is True


def test_next_pressed_on_both_phones_goes_on_by_one(cast: Cast, it: Encounter) -> None:
    for who in ("ada", "ben"):
        press(cast, who, it, verb="next", item="1")
    assert ClockMark.objects.visible_to(cast.ada).filter(verb="next").count() == 1


@pytest.mark.parametrize(
    "what", [{"verb": "explode"}, {"verb": "next", "item": "x"}, {"verb": "next", "item": "²"}, {"verb": ""}, {}]
)
def test_nonsense_pressed_changes_nothing_much_and_breaks_nothing(
    cast: Cast, it: Encounter, what: dict[str, str]
) -> None:
    press(cast, "ada", it, **what)
    assert state(cast, "ada", it)["elapsed"] == 0


def test_a_start_without_a_side_is_asked_again(cast: Cast, it: Encounter) -> None:
    answer = cast.ada_browser.post(reverse("table-mark", args=[cast.key, it.key]), {"verb": "start", "half": "nobody"})
    assert answer.status_code == 409


def test_a_private_word_leaves_no_trace_on_the_table(cast: Cast, it: Encounter) -> None:
    address = reverse("table", args=[cast.key, it.key])
    import re

    def bare(page: bytes) -> str:
        return re.sub(r'(csrfmiddlewaretoken|once)" value="[^"]*"', "", page.decode())

    before = bare(cast.ada_browser.get(address).content)
    cast.ada_browser.post(reverse("table-note", args=[cast.key, it.key]), {"text": "He looks tired", "once": ONCE})
    assert bare(cast.ada_browser.get(address).content) == before
    assert "tired" not in str(state(cast, "ada", it))
    assert OwnNote.objects.visible_to(cast.ada).count() == 1
    assert "He looks tired" in cast.ada_browser.get(reverse("encounter", args=[cast.key, it.key])).content.decode()


def test_a_replayed_note_is_not_doubled(cast: Cast, it: Encounter) -> None:
    for _ in range(3):
        cast.ada_browser.post(reverse("table-note", args=[cast.key, it.key]), {"text": "Fitters", "once": ONCE})
        cast.ada_browser.post(
            reverse("table-note", args=[cast.key, it.key]), {"text": "Workshop", "once": ONCE, "for": "both"}
        )
    assert OwnNote.objects.visible_to(cast.ada).count() == 1
    assert JointNote.objects.visible_to(cast.ben).count() == 1
    assert "Workshop" in str(state(cast, "ben", it)["parts"])


def test_an_empty_or_endless_note_is_said_in_a_sentence(cast: Cast, it: Encounter) -> None:
    for text, said in (("", "Write a word or two"), ("x" * 10_001, "at most 10000")):
        answer = cast.ada_browser.post(reverse("table-note", args=[cast.key, it.key]), {"text": text, "once": ONCE})
        assert answer.status_code == 422
        assert said in answer.content.decode().replace("10,000", "10000")


def test_a_follow_up_has_no_clock_unless_asked_for(cast: Cast) -> None:
    walk(cast, Step.ADVOCATE)
    it = planned(cast.ada, timezone.now() + dt.timedelta(minutes=1))
    page = cast.ada_browser.get(reverse("table", args=[cast.key, it.key])).content.decode()
    assert 'role="timer"' not in page
    assert "Next on the agenda" in page
    press(cast, "ada", it, verb="start", half="invited")
    assert 'role="timer"' in cast.ada_browser.get(reverse("table", args=[cast.key, it.key])).content.decode()


def test_before_its_day_the_table_is_looked_at_and_no_clock_stands_on_it(cast: Cast) -> None:
    it = planned(cast.ada)
    page = cast.ada_browser.get(reverse("table", args=[cast.key, it.key])).content.decode()
    assert "as it will be" in page and 'role="timer"' not in page and "Finish and leave" not in page
    assert "Then it counts as held today." in page, "two who sit down already can begin"
    assert "<title>Your table with Ben, as it will be" in page
    press(cast, "ada", it, verb="start", half="invited")
    begun = cast.ada_browser.get(reverse("table", args=[cast.key, it.key])).content.decode()
    assert 'role="timer"' in begun and "<title>Meeting with Ben, in progress" in begun


def test_finishing_says_it_took_place_and_twice_is_once(cast: Cast, it: Encounter) -> None:
    press(cast, "ada", it, verb="start", half="proposer")
    for browser in (cast.ada_browser, cast.ben_browser):
        assert browser.post(reverse("table-finish", args=[cast.key, it.key])).status_code == 302
    assert pages.has_met_in_step(cast.ben)
    assert Event.objects.visible_to(cast.ben).filter(verb="encounter_held").count() == 1
    assert cast.ada_browser.get(reverse("table", args=[cast.key, it.key])).status_code == 302


# ── Written down ──


def test_what_was_agreed_is_written_corrected_and_confirmed_with_its_history(cast: Cast, it: Encounter) -> None:
    held = plans.mark_held(cast.ada, it)
    address = reverse("encounter-conclusion", args=[cast.key, held.key])
    cast.ada_browser.post(address, {"text": "Workshop in May", "upon": "0"})
    assert pages.to_confirm(cast.ben) == held
    assert pages.to_confirm(cast.ada) is None
    cast.ben_browser.post(address, {"text": "Workshop in June", "upon": "1"})
    newest = writing.latest_conclusion(cast.ada, held)
    assert newest is not None
    with pytest.raises(Refusal):
        writing.confirm_conclusion(cast.ben, held, newest.key)  # one's own words
    confirm = reverse("conclusion-confirmation", args=[cast.key, held.key])
    cast.ada_browser.post(confirm, {"version": newest.key})
    page = cast.ben_browser.get(reverse("encounter", args=[cast.key, held.key])).content.decode()
    assert "Confirmed by both" in page
    assert "Workshop in May" in page
    assert pages.to_confirm(cast.ada) is None


def test_two_who_write_at_once_lose_nothing(cast: Cast, it: Encounter) -> None:
    address = reverse("encounter-conclusion", args=[cast.key, it.key])
    cast.ada_browser.post(address, {"text": "Ada’s words", "upon": "0"})
    late = cast.ben_browser.post(address, {"text": "Ben’s words", "upon": "0"})
    assert late.status_code == 422
    assert "Ben’s words" in late.content.decode()
    assert "Ada’s words" in late.content.decode()
    assert 'name="upon" value="1"' in late.content.decode()
    assert Conclusion.objects.visible_to(cast.ada).count() == 1


def test_promises_come_back_until_kept_or_released(cast: Cast, it: Encounter) -> None:
    address = reverse("encounter-promises", args=[cast.key, it.key])
    cast.ada_browser.post(address, {"what": "Send the surveyor’s name", "role": "proposer"})
    cast.ada_browser.post(address, {"what": "Find a date", "role": "invited", "due_on": f"{timezone.localdate()}"})
    soonest, later = pages.open_promises(cast.ben)
    assert soonest.what == "Find a date"
    assert "Promised earlier" in cast.ben_browser.get(reverse("encounter", args=[cast.key, it.key])).content.decode()
    with pytest.raises(Refusal):
        writing.release_promise(cast.ben, soonest)  # his own: only Ada can
    cast.ada_browser.post(reverse("promise", args=[cast.key, soonest.key]), {"act": "release"})
    cast.ben_browser.post(reverse("promise", args=[cast.key, later.key]), {"act": "keep"})
    assert pages.open_promises(cast.ada) == []
    assert Promise.objects.visible_to(cast.ada).filter(kept_at=None).count() == 1


def test_own_notes_stay_with_their_author_and_side_notes_with_the_side(cast: Cast, it: Encounter) -> None:
    address, page = reverse("encounter-own", args=[cast.key, it.key]), reverse("encounter", args=[cast.key, it.key])
    cast.ada_browser.post(address, {"text": "Mine alone", "who": "me"})
    cast.ada_browser.post(address, {"text": "For us", "who": "side"})
    cast.ada_browser.post(reverse("encounter-rapport", args=[cast.key, it.key]), {"text": "Very much"})
    abe = signed_in(cast.abe.person)
    assert "Mine alone" in cast.ada_browser.get(page).content.decode()
    assert "Very much" in cast.ada_browser.get(page).content.decode()
    told = abe.get(page).content.decode()
    assert "For us" in told
    assert "Mine alone" not in told
    assert "Very much" not in told
    assert not any(
        word in cast.ben_browser.get(page).content.decode() for word in ("Mine alone", "For us", "Very much")
    )


def test_a_private_act_touches_nothing_of_the_other_sides(cast: Cast, it: Encounter) -> None:
    before = Seat.objects.filter(person=cast.ben_person).values().get()
    events = Event.objects.visible_to(cast.ben).count()
    writing.note_for_me(cast.ada, it, text="x")
    writing.note_for_our_side(cast.ada, it, text="x")
    writing.say_rapport(cast.ada, it, "x")
    writing.put_note_away(cast.ada, SideNote.objects.visible_to(cast.ada).get().key)
    assert Seat.objects.filter(person=cast.ben_person).values().get() == before
    assert Event.objects.visible_to(cast.ben).count() == events


def test_nobody_deletes_anothers_note(cast: Cast, it: Encounter) -> None:
    writing.note_for_me(cast.ada, it, text="x")
    key = OwnNote.objects.visible_to(cast.ada).get().key
    for browser in (cast.ben_browser, signed_in(cast.abe.person)):
        browser.post(reverse("own-note-away", args=[cast.key, it.key, key]))
    assert OwnNote.objects.visible_to(cast.ada).count() == 1


def test_the_mirror_shows_the_table_and_no_drawer_and_no_button(cast: Cast, it: Encounter) -> None:
    writing.note_for_me(cast.ben, it, text="x")
    writing.note_for_our_side(cast.ben, it, text="x")
    mirror = cast.ada.as_other_side()
    assert pages.context_of(mirror, it)["own"] == []
    from goodword.encounters.queries import history

    assert len(history.context(mirror)["ahead"]) == 1


# ── History ──


def test_the_history_is_found_by_shared_words_and_ones_own_notes_for_oneself(cast: Cast, it: Encounter) -> None:
    held = plans.mark_held(cast.ada, it)
    writing.write_conclusion(cast.ben, held, text="A day at the WORKSHOP", upon=0)
    writing.note_for_me(cast.ada, held, text="Mentions a Straßenbahn")
    address = reverse("encounters", args=[cast.key])

    def finds(who: str, **query: str) -> bool:
        return held.key in getattr(cast, f"{who}_browser").get(address, query).content.decode()

    assert finds("ada", q="workshop")
    assert finds("ben", q="workshop")
    assert finds("ada", q="strassenbahn")
    assert not finds("ben", q="strassenbahn")
    assert finds("ben", kind="meeting", step="1")
    assert not finds("ben", kind="letter")
    assert not finds("ben", step="4")
    for odd in ({"q": "x" * 5000}, {"page": "²"}, {"page": "999999"}, {"step": "12"}, {"kind": "\U0001f600"}):
        assert cast.ben_browser.get(address, odd).status_code == 200


def test_pages_ask_the_database_a_steady_number_of_questions(cast: Cast, django_assert_max_num_queries: object) -> None:
    from tests.encounters.secrets import live, plant

    live(cast)
    live(cast)
    plant(cast.ada, "word")
    assert cast.ada_browser  # signs in
    for it in Encounter.objects.visible_to(cast.ada):
        for name in ("encounter", "table", "encounter-agenda"):
            with django_assert_max_num_queries(12):  # type: ignore[operator]
                cast.ada_browser.get(reverse(name, args=[cast.key, it.key]))
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        cast.ada_browser.get(reverse("encounters", args=[cast.key]), {"q": "word"})
