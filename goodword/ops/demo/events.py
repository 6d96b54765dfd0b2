"""What happens in the demo world once two have come so far: one function a pair."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from goodword.encounters import times, writing
from goodword.encounters.rules import Kind
from goodword.followups import actions as followups
from goodword.gates import actions as gates
from goodword.gates.rules import Choice, WaitsFor
from goodword.leads.models import Lead
from goodword.ops.demo import exchanged
from goodword.ops.demo.days import ahead, back, moment
from goodword.ops.demo.lived import DemoLead, Lived
from goodword.ops.demo.people import (
    JESS,
    LEWIS,
    MARCUS,
    RUTH,
    TOM,
)
from goodword.relationships.steps import Role
from goodword.reservations.actions import checking, keeping
from goodword.reservations.rules import Answer
from goodword.teaching import actions as teaching
from goodword.teaching import rules as teaching_rules
from goodword.teaching.rules import Feel

A, B = Role.PROPOSER, Role.INVITED


def give_all(lived: Lived, leads: Sequence[DemoLead]) -> list[Lead]:
    """Give these leads, the oldest first."""
    return [lived.give(one) for one in sorted(leads, key=lambda one: -one.days)]


def leads_both_ways(lived: Lived) -> None:
    """Ruth and Mei-Lin: nine months of it; a reservation settled, news, a promise, leads each way."""
    leads = exchanged.RUTH_AND_MEI_LIN
    lived.read_everything()
    give_all(lived, [one for one in leads if one.days > 100])
    lived.seat_beside(A, LEWIS, 101)
    with lived.diary.on(99):
        row = lived.table(
            B,
            "Your clients trust you completely. If I say something awkward to one of them, I am afraid it falls on you.",
        )
    with lived.diary.on(97):
        lived.settle(
            B, row, "You ring me first, and I tell the client that you did.", "One of Ruth’s clients is unhappy."
        )
    give_all(lived, [one for one in leads if 20 < one.days <= 100])
    lived.still_glad(33)
    lived.talk(28)
    with lived.diary.on(27, 9):
        followups.answer_review(
            lived.a,
            {
                "better": "Mr Finch. I could not have found him anybody better.",
                "both_ways": "Yes, and it has never felt counted.",
            },
        )
        followups.answer_review(lived.b, {"better": "I now ring a solicitor without an apology."})
        lived.read_everything()
    give_all(lived, [one for one in leads if one.days <= 20])
    with lived.diary.on(2, 16):
        news = "From 1 December we no longer take on pension transfers. Reviews as before."
        followups.send_update(lived.b, kind="products", text=news)
    lived.talk_monthly(since=1, next_in=4, kind=Kind.MEETING)


def slipping(lived: Lived) -> None:
    """Ruth and Helen: it began well, they have not spoken for months, and a lead has had no word."""
    lived.read_everything()
    leads = exchanged.RUTH_AND_HELEN
    give_all(lived, leads[:1])
    starts_on = back(72)
    with lived.diary.on(100):
        followups.set_rhythm(lived.a, kind="monthly", starts_on=starts_on, wall=dt.time(9, 0))
    lived.talk(96, 71)
    give_all(lived, leads[1:])
    with lived.diary.on(39, 12):
        lived.read_everything()


def kitchens_and_wires(lived: Lived) -> None:
    """Tom and Marcus: leads both ways, a promise, something on the table."""
    lived.read_everything()
    give_all(lived, [one for one in exchanged.TOM_AND_MARCUS if one.days > 40])
    lived.seat_beside(A, JESS, 59)
    lived.talk(45)
    give_all(lived, [one for one in exchanged.TOM_AND_MARCUS if 10 < one.days <= 40])
    due = ahead(3)
    with lived.diary.on(15, 8):
        held = lived.meet(Kind.PHONE)
        writing.promise(lived.a, held, role=A, what="A checklist of what I need to see before I draw", due_on=due)
        lived.read_everything()
    lived.still_glad(8)
    give_all(lived, [one for one in exchanged.TOM_AND_MARCUS if one.days <= 10])
    with lived.diary.on(2, 18):
        lived.table(B, "I have three jobs waiting for your units to arrive. If it happens again I look unreliable.")
    lived.talk_monthly(since=1, next_in=12)


def old_houses(lived: Lived) -> None:
    """Ruth and Huw: leads both ways, one sent back kindly."""
    lived.read_everything()
    give_all(lived, [one for one in exchanged.RUTH_AND_HUW if one.days > 28])
    lived.talk(24)
    with lived.diary.on(23, 12):
        lived.read_everything()
    give_all(lived, [one for one in exchanged.RUTH_AND_HUW if one.days <= 28])
    lived.talk_monthly(since=4, next_in=9)


def kind_end(lived: Lived) -> None:
    """Ruth and Patrick: they met, and he would rather not, with a line."""
    lived.get_to_know(113)
    with lived.diary.on(111, 17):
        gates.let_go(lived.b)
        gates.leave_a_line(lived.b, "Thank you for the hour. I’ll wave from the roof.")


def another_way_to_say_it(lived: Lived) -> None:
    """Amara and Zofia: the words do not come easily, so they have worked out another way (M33)."""
    lived.read_everything()
    with lived.diary.on(41, 15):
        lived.meet(Kind.VIDEO)
        lived.word_agreement()
        lived.teach()
    with lived.diary.on(36, 9):
        scores = {part: 4 if part == teaching_rules.WORDS else 9 for part in teaching_rules.PARTS}
        teaching.say_comfort(lived.a, Feel.PRACTICE, scores)
        another = teaching.propose_approach(
            lived.b,
            B,
            "Say only that you know a translator who sits in court. I do the rest.",
            "bare_introduction",
            part=teaching_rules.WORDS,
        )
    with lived.diary.on(33, 20):
        teaching.agree_approach(lived.a, another)
    with lived.diary.on(5, 9):
        lived.read_everything()


def an_agreement_to_answer(lived: Lived) -> None:
    """Ruth and Marcus: the agreement is worded by one side and waits for the other."""
    with lived.diary.on(12, 15):
        lived.meet(place=MARCUS.voice.place)
        lived.read_everything()
    with lived.diary.on(3, 19):
        lived.word_agreement()


def something_without_a_name(lived: Lived) -> None:
    """Ruth and Daniel: something bothers her that she cannot name (M24); they meet again this week."""
    with lived.diary.on(20, 9):
        lived.read_everything()
        checking.record_check(lived.a, Answer.CANNOT_NAME)
    lived.plan(Kind.VISIT, moment(ahead(6), 15), RUTH.voice.place, minutes=90)


def one_sealed_decision(lived: Lived) -> None:
    """Ruth and Priya: both briefings held; Priya has decided, sealed; Ruth has not."""
    lived.brief_on(9)
    with lived.diary.on(2, 12):
        lived.read_everything()
        gates.decide(lived.b, Choice.GO_ON)


def not_yet(lived: Lived) -> None:
    """Ruth and Celia: a first briefing, and then "not yet": another meeting first (M5)."""
    lived.brief_on(19)
    with lived.diary.on(17, 12):
        gates.decide(lived.a, Choice.GO_ON)
        gates.decide(lived.b, Choice.NOT_YET, waits_for=WaitsFor.MEETING)
    with lived.diary.on(9, 9):
        lived.read_everything()
    lived.plan(Kind.MEETING, moment(ahead(7), 10), "Marchetti Tiles, Bredbury Park Way")


def first_briefing_ahead(lived: Lived) -> None:
    """Ruth and Tom: a reservation kept, one on the table, a briefing planned."""
    with lived.diary.on(14, 20):
        keeping.keep(
            lived.a,
            text="I haven’t seen anything he has built. If a kitchen went wrong I would hear about it at every school gate.",
            drawer="side",
        )
    with lived.diary.on(4, 20):
        lived.table(A, "We aren’t the cheapest in town. Might your customers feel we’re too grand for them?")
        lived.ask_and_answer(B)
    lived.plan(Kind.VISIT, moment(ahead(2), 9), TOM.voice.place, minutes=90)


def times_on_offer(lived: Lived) -> None:
    """Ruth and Oliver: he has offered three times for the first briefing."""
    starts = [moment(ahead(days), hour) for days, hour in ((5, 9), (6, 14), (8, 11))]
    with lived.diary.on(2, 13):
        times.offer(lived.b, kind=Kind.MEETING, minutes=60, place="Stanton’s yard, Stockport", starts=starts)


def recent_meeting(lived: Lived) -> None:
    """Ruth and Ingrid: they have met, and neither has said yet whether to go on."""
    lived.get_to_know(3)
