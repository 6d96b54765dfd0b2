"""The method's rules about reservations, as journeys."""

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.db import transaction
from django.utils import timezone

from goodword.gates import actions as gates
from goodword.ground.refusals import Refusal
from goodword.ground.sealing import SealBroken
from goodword.post.delivery import message
from goodword.post.models import OutboxLetter
from goodword.relationships.journal import Event
from goodword.relationships.models import Seat
from goodword.relationships.steps import Step
from goodword.relationships.waiting import settle_due
from goodword.reservations import queries
from goodword.reservations.actions import checking, keeping, sharing, table, ten, together
from goodword.reservations.actions.releasing import release_due
from goodword.reservations.models import (
    CheckNotice,
    PendingReservation,
    PreciousLine,
    PreciousRound,
    PrivateReservation,
    RevealEntry,
    TableReservation,
)
from goodword.reservations.rules import WINDOW, CheckAnswer, Hand, TalkTurn
from tests.cast import Cast, signed_in
from tests.reservations.secrets import share


def letters(to: str) -> list[str]:
    """The kinds of letter this room has put for an address."""
    kinds = {"on-the-table", "table-talk", "reservations-asked", "together", "together-opened"}
    return sorted(OutboxLetter.objects.filter(address=to, kind__in=kinds).values_list("kind", flat=True))


def later() -> dt.datetime:
    return timezone.now() + WINDOW + dt.timedelta(seconds=1)


def test_m2_a_reservation_is_written_put_on_the_table_talked_about_and_settled(cast: Cast) -> None:
    row = share(cast.ada, "Will it last?")
    assert queries.own_open(cast.ada) == 1
    table.speak(cast.ben, row, "Twelve years so far.")
    row.refresh_from_db()
    assert row.state == "in_discussion"
    table.settle(
        cast.ada,
        row,
        turn=TalkTurn.SETTLE,
        ways=["see_the_work"],
        how="Saw two kitchens.",
        reopens_if="",
        promised_for=None,
    )
    assert queries.own_open(cast.ada) == 0
    page = cast.ben_browser.get(f"/r/{cast.key}/tabled/{row.key}").content.decode()
    assert "Saw two kitchens." in page and "Twelve years so far." in page and "See the work" in page


def test_m2_only_its_owners_side_can_call_it_settled_or_withdraw_a_deal_breaker(cast: Cast) -> None:
    row = share(cast.ada, "Will it last?")
    table.call_breaker(cast.abe, row)
    assert queries.deal_breaker_on_table(cast.ben)
    with pytest.raises(Refusal):
        table.withdraw_breaker(cast.ben, row)
    with pytest.raises(Refusal):
        table.settle(cast.ben, row, turn=TalkTurn.SETTLE, ways=[], how="", reopens_if="", promised_for=None)
    assert cast.ben_browser.get(f"/r/{cast.key}/tabled/{row.key}/settlement").status_code == 404
    assert queries.deal_breaker_on_table(cast.ben)
    table.withdraw_breaker(cast.ada, row)
    assert not queries.deal_breaker_on_table(cast.ben)


def test_m2_a_private_deal_breaker_is_known_to_its_drawer_alone(cast: Cast) -> None:
    row = keeping.keep(cast.ada, text="Never.", drawer="mine")
    keeping.mark_breaker(cast.ada, row, True)
    assert queries.own_deal_breaker(cast.ada)
    assert not queries.own_deal_breaker(cast.abe)
    assert not queries.own_deal_breaker(cast.ben)
    assert not queries.deal_breaker_on_table(cast.ada)


def test_m6_a_check_shows_the_other_side_that_it_was_done_and_never_its_answer(cast: Cast) -> None:
    keeping.keep(cast.ada, text="Might they be too grand?", drawer="side")
    moment = timezone.now()
    pages = []
    for answer in CheckAnswer:
        Event.objects.unscoped().delete()
        CheckNotice.objects.unscoped().delete()
        checking.record_check(cast.ada, answer, 4)
        assert queries.checks_since(cast.ada, moment) == (True, False)
        assert queries.checks_since(cast.ben, moment) == (False, True)
        keeping.read_promise(cast.ben.person)
        pages.append(cast.ben_browser.get(f"/r/{cast.key}/check").content.decode())
    assert "last answered on" in pages[0]
    assert len({_without_tokens(page) for page in pages}) == 1


def _without_tokens(page: str) -> str:
    return "\n".join(line for line in page.split("\n") if "csrfmiddlewaretoken" not in line)


@pytest.mark.django_db
@pytest.mark.parametrize("step", list(Step))
def test_m6_a_check_can_be_done_at_every_step_stage_four_included(step: Step) -> None:
    cast = Cast(at=step)
    moment = timezone.now()
    answer = cast.ada_browser.post(f"/r/{cast.key}/check", {"answer": "nothing"})
    assert answer.status_code == 302
    assert queries.checks_since(cast.ada, moment) == (True, False)


def test_m13_a_gentle_question_stays_with_the_other_side_until_their_next_check(cast: Cast) -> None:
    checking.ask(cast.ada, "Is there anything you would hesitate about? Take your time.")
    assert queries.question_waits(cast.ben)
    assert not queries.question_waits(cast.ada)
    assert "reservations-asked" in letters("ben@moor.example")
    keeping.read_promise(cast.ben.person)
    page = cast.ben_browser.get(f"/r/{cast.key}/reservations").content.decode()
    assert "Is there anything you would hesitate about?" in page
    checking.record_check(cast.ben, CheckAnswer.NOTHING)
    assert not queries.question_waits(cast.ben)


def test_m14_putting_one_on_the_table_is_looked_at_confirmed_and_leaves_after_thirty_seconds(cast: Cast) -> None:
    keeping.read_promise(cast.ada.person)
    keeping.read_promise(cast.ben.person)
    ada, ben = cast.ada_browser, cast.ben_browser
    row = keeping.keep(cast.ada, text="Might we be too grand?", drawer="side")
    preview = ada.get(f"/r/{cast.key}/reservations/{row.key}/sharing")
    assert "This is what Ben will read" in preview.content.decode()
    assert "can’t be moved back" in preview.content.decode()
    seen = preview.content.decode().split('name="seen" value="')[1].split('"')[0]
    assert (
        ada.post(f"/r/{cast.key}/reservations/{row.key}/sharing", {"seen": seen})
        .headers["Location"]
        .endswith("leaving")
    )
    journal = Event.objects.unscoped().count()

    release_due(PendingReservation.objects.unscoped().get().created_at + dt.timedelta(seconds=29))
    assert "Might we be too grand?" not in ben.get(f"/r/{cast.key}/reservations").content.decode()
    assert letters("ben@moor.example") == [] and Event.objects.unscoped().count() == journal

    assert release_due(later()) == 1 and release_due(later()) == 0
    assert "Might we be too grand?" in ben.get(f"/r/{cast.key}/reservations").content.decode()
    assert letters("ben@moor.example") == ["on-the-table"]
    assert not PendingReservation.objects.unscoped().exists()


def test_m14_the_letter_says_that_something_lies_there_and_not_what(cast: Cast) -> None:
    row = share(cast.ada, "Might we be too grand?")
    table.speak(cast.ada, row, "For the terraces, I mean.")
    for letter in OutboxLetter.objects.filter(address="ben@moor.example", kind__in=["on-the-table", "table-talk"]):
        mail = message(letter)
        said = "\n".join([str(mail.subject), str(mail.body), *(str(part.content) for part in mail.alternatives)])  # type: ignore[attr-defined]
        assert "Ada" in said
        assert "grand" not in said and "terraces" not in said


def test_m14_what_is_taken_back_in_the_window_was_never_there(cast: Cast) -> None:
    keeping.read_promise(cast.ada.person)
    row = keeping.keep(cast.ada, text="Too hasty.", drawer="mine")
    leaving = sharing.put_on_table(cast.ada, row, sharing.words_print(cast.ada, row))
    answer = cast.ada_browser.post(f"/r/{cast.key}/leaving/{leaving.key}/back", follow=True)
    assert "Taken back. Nobody saw it." in answer.content.decode()
    assert release_due(later()) == 0
    assert not TableReservation.objects.unscoped().exists() and letters("ben@moor.example") == []
    assert queries.own_open(cast.ada) == 1


def test_m14_only_words_that_were_looked_at_leave(cast: Cast) -> None:
    row = keeping.keep(cast.ada, text="As it was.", drawer="side")
    seen = sharing.words_print(cast.ada, row)
    keeping.reword(cast.abe, row, "As a colleague reworded it.")
    with pytest.raises(Refusal, match="changed since"):
        sharing.put_on_table(cast.ada, row, seen)
    assert not PendingReservation.objects.unscoped().exists()


def test_m14_a_crash_while_it_leaves_shows_nothing_and_loses_nothing(cast: Cast) -> None:
    row = keeping.keep(cast.ada, text="In mid-air.", drawer="side")
    sharing.put_on_table(cast.ada, row, sharing.words_print(cast.ada, row))
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        release_due(later())
        raise ZeroDivisionError
    assert not TableReservation.objects.unscoped().exists() and letters("ben@moor.example") == []
    assert release_due(later()) == 1
    assert TableReservation.objects.unscoped().count() == 1 and letters("ben@moor.example") == ["on-the-table"]


def test_m14_nothing_leaves_for_a_relationship_that_ended_in_the_window(cast: Cast) -> None:
    row = keeping.keep(cast.ada, text="Almost.", drawer="side")
    sharing.put_on_table(cast.ada, row, sharing.words_print(cast.ada, row))
    gates.let_go(cast.ben)
    assert release_due(later()) == 0
    assert not PendingReservation.objects.unscoped().exists() and not TableReservation.objects.unscoped().exists()


def test_m14_the_copy_on_the_table_has_no_history(cast: Cast) -> None:
    row = keeping.keep(cast.ada, text="First words.", drawer="side")
    keeping.reword(cast.ada, row, "Better words.")
    sharing.put_on_table(cast.ada, row, sharing.words_print(cast.ada, row))
    moment = later()
    release_due(moment)
    copy = TableReservation.objects.visible_to(cast.ben).get()
    assert copy.text == "Better words." and copy.created_at == moment and copy.key != row.key


def test_m19_the_other_is_helped_to_find_words(cast: Cast) -> None:
    browser, address = cast.ada_browser, f"/r/{cast.key}/asking"
    page = browser.get(address).content.decode()
    assert "In your place I might worry" in page
    used = browser.post(address, {"text": "Dear Ben,", "starter": "never_seen_work"}).content.decode()
    assert "Dear Ben,\nIn your place I might worry that you have yet to see" in used
    assert queries.question_waits(cast.ben) is False
    browser.post(address, {"text": "In your place I might worry that you have yet to see my work."})
    assert queries.question_waits(cast.ben)


def test_m22_what_might_worry_them_about_me_is_prepared_and_can_be_put_on_the_table(cast: Cast) -> None:
    keeping.read_promise(cast.ada.person)
    cast.ada_browser.post(f"/r/{cast.key}/worries", {"text": "That we are slow to call."})
    (row,) = queries.worries(cast.abe)
    assert queries.worries(cast.ben) == []
    sharing.put_on_table(cast.ada, row, sharing.words_print(cast.ada, row))
    release_due(later())
    keeping.read_promise(cast.ben.person)
    page = cast.ben_browser.get(f"/r/{cast.key}/reservations").content.decode()
    assert "What might worry you about Ada:" in page and "That we are slow to call." in page


def test_m23_the_precious_ten_are_for_their_author_alone_and_a_hesitation_becomes_a_reservation(cast: Cast) -> None:
    keeping.read_promise(cast.ada.person)
    browser = cast.ada_browser
    first = browser.post(f"/r/{cast.key}/ten/names", {"name1": "Mrs Pym", "name2": "7"})
    answer = browser.post(first.headers["Location"], {"answer": "not_yet"})
    assert answer.headers["Location"].endswith("/reason")
    browser.post(answer.headers["Location"], {"text": "I haven’t seen his work.", "answer": "keep"})
    kept = PrivateReservation.objects.visible_to(cast.ada).get()
    assert kept.text.unseal(cast.ada) == "I haven’t seen his work."
    for other in (cast.abe, cast.ben):
        assert queries.ten(other) is None and not PrivateReservation.objects.visible_to(other).exists()
        with pytest.raises(SealBroken):
            PreciousLine.objects.visible_to(cast.ada)[0].name.unseal(other)
    keeping.read_promise(cast.abe.person)
    abes = signed_in(cast.abe.person)
    assert "Mrs Pym" not in abes.get(f"/r/{cast.key}/ten", follow=True).content.decode()
    line = PreciousLine.objects.visible_to(cast.ada)[0]
    assert abes.get(f"/r/{cast.key}/ten/{line.key}").status_code == 404


def test_m23_going_through_them_again_shows_what_changed_and_burning_leaves_nothing(cast: Cast) -> None:
    keeping.read_promise(cast.ada.person)
    for hand in (Hand.NO, Hand.YES):
        new = ten.begin(cast.ada, ["Mrs Pym"])
        ten.answer(cast.ada, PreciousLine.objects.visible_to(cast.ada).get(round=new), hand)
    page = cast.ada_browser.get(f"/r/{cast.key}/ten").content.decode()
    assert "Mrs Pym: No → Yes" in page
    cast.ada_browser.post(f"/r/{cast.key}/ten/burning")
    assert not PreciousLine.objects.unscoped().exists() and not PreciousRound.objects.unscoped().exists()


def test_m24_a_thing_that_cannot_be_named_comes_back_once_before_the_next_encounter(cast: Cast) -> None:
    checking.record_check(cast.ada, CheckAnswer.CANNOT_NAME)
    today = cast.ada_browser.get("/today").content.decode()
    assert "put a name to it" not in today, "left in peace is not asked again in the same second"
    with time_machine.travel(timezone.now() + dt.timedelta(hours=13)):
        settle_due(timezone.now())
        assert "put a name to it" in cast.ada_browser.get("/today").content.decode()
    assert queries.comes_back_at(cast.ada) and queries.has_unnamed(cast.abe)
    assert not queries.comes_back_at(cast.ben) and not queries.has_unnamed(cast.ben)
    keeping.read_promise(cast.ada.person)
    page = cast.ada_browser.get(f"/r/{cast.key}/naming").content.decode()
    assert "At which sentence would your voice change?" in page
    cast.ada_browser.post(f"/r/{cast.key}/naming", {"answer": "peace"})
    assert not queries.comes_back_at(cast.ada)
    assert queries.has_unnamed(cast.ada), "G3 still asks for a name, or to let go of it"
    cast.ada_browser.post(f"/r/{cast.key}/naming", {"answer": "name", "text": "He talks about clients."})
    assert not queries.has_unnamed(cast.ada) and queries.own_open(cast.ada) == 1


def test_m24_what_has_gone_is_let_go_of(cast: Cast) -> None:
    checking.record_check(cast.ada, CheckAnswer.CANNOT_NAME)
    cast.ada_browser.post(f"/r/{cast.key}/naming", {"answer": "gone"})
    assert not queries.has_unnamed(cast.ada) and queries.own_open(cast.ada) == 0


def test_m29_a_queasiness_has_a_guided_page_that_leads_to_a_name(cast: Cast) -> None:
    keeping.read_promise(cast.ada.person)
    journal = Event.objects.unscoped().count()
    address = f"/r/{cast.key}/queasiness"
    assert "something holds you back" in cast.ada_browser.get(address).content.decode()
    answer = cast.ada_browser.post(address, {"kind": "undefined"})
    assert answer.headers["Location"] == f"/r/{cast.key}/naming"
    assert queries.has_unnamed(cast.ada) and Event.objects.unscoped().count() == journal
    assert "better to say so now" in cast.ada_browser.post(address, {"kind": "nobody"}).content.decode()


def test_both_write_first_and_everything_appears_to_both_in_the_same_moment(cast: Cast) -> None:
    one = keeping.keep(cast.ada, text="Ada's first doubt.", drawer="mine")
    keeping.keep(cast.ada, text="Ada's other doubt.", drawer="side")
    reveal = together.propose(cast.ben, None)
    together.say_ready(cast.ada, reveal, [one], together.choice_print(cast.ada, [one]))
    assert not RevealEntry.objects.visible_to(cast.ben).exists()
    assert queries.together_context(cast.ben)["theirs_ready"] and release_due(later()) == 0
    together.say_ready(cast.ben, reveal, [], together.choice_print(cast.ben, []))
    assert not RevealEntry.objects.visible_to(cast.ben).exists()
    assert release_due(later()) == 1
    for seat in (cast.ada, cast.ben):
        (entry,) = queries.together_context(seat)["entries"]
        assert entry.text.unseal(seat) == "Ada's first doubt."
        assert [row.text for row in TableReservation.objects.visible_to(seat)] == ["Ada's first doubt."]
    assert letters("ben@moor.example").count("together-opened") == 1
    assert queries.own_open(cast.ada) == 2  # the one now on the table, and the one left out
    keeping.read_promise(cast.ben.person)
    page = cast.ben_browser.get(f"/r/{cast.key}/together").content.decode()
    assert "Revealed nothing, which is a full answer." in page and "other doubt" not in page


def test_choosing_nothing_looks_like_choosing_much_until_it_opens(cast: Cast) -> None:
    keeping.read_promise(cast.ben.person)
    pages = []
    for chosen in ([], [keeping.keep(cast.ada, text=f"Doubt {n}", drawer="side") for n in range(9)]):
        reveal = together.propose(cast.ben, None)
        together.say_ready(cast.ada, reveal, chosen, together.choice_print(cast.ada, chosen))
        page = cast.ben_browser.get(f"/r/{cast.key}/together").content.decode()
        pages.append(_without_tokens(page.replace(reveal.key, "KEY")))
        together.call_off(cast.ada, reveal)
        assert not RevealEntry.objects.unscoped().exists()
    assert pages[0] == pages[1]


def test_the_hour_agreed_opens_what_is_ready_and_never_within_the_half_minute(cast: Cast) -> None:
    hour = timezone.now() + dt.timedelta(hours=1)
    reveal = together.propose(cast.ada, hour)
    row = keeping.keep(cast.ben, text="Ben's doubt.", drawer="side")
    together.say_ready(cast.ben, reveal, [row], together.choice_print(cast.ben, [row]))
    assert release_due(hour - dt.timedelta(seconds=5)) == 0
    assert release_due(hour + dt.timedelta(seconds=1)) == 1
    assert [each.text for each in TableReservation.objects.visible_to(cast.ada)] == ["Ben's doubt."]


def test_an_envelope_can_be_taken_back_until_it_opens(cast: Cast) -> None:
    row = keeping.keep(cast.ada, text="Perhaps not.", drawer="side")
    reveal = together.propose(cast.ada, None)
    together.say_ready(cast.ada, reveal, [row], together.choice_print(cast.ada, [row]))
    together.say_ready(cast.ben, reveal, [], together.choice_print(cast.ben, []))
    together.take_back(cast.ada, reveal)
    assert release_due(later()) == 0 and not RevealEntry.objects.unscoped().exists()


def test_a_private_act_leaves_no_trace_on_anybody_elses_list(cast: Cast) -> None:
    ada, abe, ben = cast.ada, cast.abe, cast.ben

    def touched(seat: Seat) -> dt.datetime:
        return Seat.objects.get(pk=seat.pk).touched_at

    before = touched(abe), touched(ben)
    keeping.keep(ada, text="For me alone.", drawer="mine")
    keeping.keep_draft(ada, "side", "half")
    ten.begin(ada, ["7"])
    assert (touched(abe), touched(ben)) == before
    keeping.keep(ada, text="For our side.", drawer="side")
    assert touched(abe) > before[0] and touched(ben) == before[1]
    assert mail.outbox == []
