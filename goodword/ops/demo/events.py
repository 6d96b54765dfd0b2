"""What happens in the demo world once two have come so far: one function a pair."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from goodword.encounters.actions import times, writing
from goodword.encounters.rules import EncounterKind
from goodword.followups import actions as followups
from goodword.gates import actions as gates
from goodword.gates.rules import Choice, WaitsFor
from goodword.leads.models import Lead
from goodword.ops.demo import gifts
from goodword.ops.demo.days import ahead, back, moment
from goodword.ops.demo.pair import DemoLead, Pair
from goodword.ops.demo.people import (
    JESS,
    LEWIS,
    MARCUS,
    RUTH,
    TOM,
)
from goodword.relationships.steps import Role
from goodword.reservations.actions import checking, keeping
from goodword.reservations.rules import CheckAnswer
from goodword.teaching import actions as teaching
from goodword.teaching.rules import content as teaching_rules
from goodword.teaching.rules.content import Feel

A, B = Role.PROPOSER, Role.INVITED


def give_all(pair: Pair, leads: Sequence[DemoLead]) -> list[Lead]:
    """Give these leads, the oldest first."""
    return [pair.give(one) for one in sorted(leads, key=lambda one: -one.days)]


def leads_both_ways(pair: Pair) -> None:
    """Ruth and Mei-Lin: nine months of it; a reservation settled, news, a promise, leads each way."""
    leads = gifts.RUTH_AND_MEI_LIN
    pair.read_everything()
    give_all(pair, [one for one in leads if one.days > 100])
    pair.seat_beside(A, LEWIS, 101)
    with pair.diary.on(99):
        row = pair.table(
            B,
            "Your clients trust you completely. If I say something awkward to one of them, I am afraid it falls on you.",
        )
    with pair.diary.on(97):
        pair.settle(
            B, row, "You ring me first, and I tell the client that you did.", "One of Ruth’s clients is unhappy."
        )
    give_all(pair, [one for one in leads if 20 < one.days <= 100])
    pair.still_glad(33)
    pair.talk(28)
    with pair.diary.on(27, 9):
        followups.answer_review(
            pair.a,
            {
                "better": "Mr Finch. I could not have found him anybody better.",
                "both_ways": "Yes, and it has never felt counted.",
            },
        )
        followups.answer_review(pair.b, {"better": "I now ring a solicitor without an apology."})
        pair.read_everything()
    give_all(pair, [one for one in leads if one.days <= 20])
    with pair.diary.on(2, 16):
        news = "From 1 December we no longer take on pension transfers. Reviews as before."
        followups.send_update(pair.b, kind="products", text=news)
    pair.talk_monthly(since=1, next_in=4, kind=EncounterKind.MEETING)


def slipping(pair: Pair) -> None:
    """Ruth and Helen: it began well, they have not spoken for months, and a lead has had no word."""
    pair.read_everything()
    leads = gifts.RUTH_AND_HELEN
    give_all(pair, leads[:1])
    starts_on = back(72)
    with pair.diary.on(100):
        followups.set_rhythm(pair.a, kind="monthly", starts_on=starts_on, wall=dt.time(9, 0))
    pair.talk(96, 71)
    give_all(pair, leads[1:])
    with pair.diary.on(39, 12):
        pair.read_everything()


def kitchens_and_wires(pair: Pair) -> None:
    """Tom and Marcus: leads both ways, a promise, something on the table."""
    pair.read_everything()
    give_all(pair, [one for one in gifts.TOM_AND_MARCUS if one.days > 40])
    pair.seat_beside(A, JESS, 59)
    pair.talk(45)
    give_all(pair, [one for one in gifts.TOM_AND_MARCUS if 10 < one.days <= 40])
    due = ahead(3)
    with pair.diary.on(15, 8):
        held = pair.meet(EncounterKind.PHONE)
        writing.promise(pair.a, held, role=A, what="A checklist of what I need to see before I draw", due_on=due)
        pair.read_everything()
    pair.still_glad(8)
    give_all(pair, [one for one in gifts.TOM_AND_MARCUS if one.days <= 10])
    with pair.diary.on(2, 18):
        pair.table(B, "I have three jobs waiting for your units to arrive. If it happens again I look unreliable.")
    pair.talk_monthly(since=1, next_in=12)


def old_houses(pair: Pair) -> None:
    """Ruth and Huw: leads both ways, one sent back kindly."""
    pair.read_everything()
    give_all(pair, [one for one in gifts.RUTH_AND_HUW if one.days > 28])
    pair.talk(24)
    with pair.diary.on(23, 12):
        pair.read_everything()
    give_all(pair, [one for one in gifts.RUTH_AND_HUW if one.days <= 28])
    pair.talk_monthly(since=4, next_in=9)


def kind_end(pair: Pair) -> None:
    """Ruth and Patrick: they met, and he would rather not, with a line."""
    pair.get_to_know(113)
    with pair.diary.on(111, 17):
        gates.let_go(pair.b)
        gates.leave_a_line(pair.b, "Thank you for the hour. I’ll wave from the roof.")
        pair.read_everything()


def another_way_to_say_it(pair: Pair) -> None:
    """Amara and Zofia: the words do not come easily, so they have worked out another way (M33)."""
    pair.read_everything()
    with pair.diary.on(41, 15):
        pair.meet(EncounterKind.VIDEO)
        pair.word_agreement()
        pair.teach()
    with pair.diary.on(36, 9):
        scores = {part: 4 if part == teaching_rules.WORDS else 9 for part in teaching_rules.PARTS}
        teaching.say_comfort(pair.a, Feel.PRACTICE, scores)
        another = teaching.propose_approach(
            pair.b,
            B,
            "Say only that you know a translator who sits in court. I do the rest.",
            "bare_introduction",
            part=teaching_rules.WORDS,
        )
    with pair.diary.on(33, 20):
        teaching.agree_approach(pair.a, another)
    with pair.diary.on(5, 9):
        pair.read_everything()


def an_agreement_to_answer(pair: Pair) -> None:
    """Ruth and Marcus: the agreement is worded by one side and waits for the other."""
    with pair.diary.on(12, 15):
        pair.meet(place=MARCUS.voice.place)
        pair.read_everything()
    with pair.diary.on(3, 19):
        pair.word_agreement()


def something_without_a_name(pair: Pair) -> None:
    """Ruth and Daniel: something bothers her that she cannot name (M24); they meet again this week."""
    with pair.diary.on(20, 9):
        pair.read_everything()
        checking.record_check(pair.a, CheckAnswer.CANNOT_NAME)
    pair.plan(EncounterKind.VISIT, moment(ahead(6), 15), RUTH.voice.place, minutes=90)


def one_sealed_decision(pair: Pair) -> None:
    """Ruth and Priya: both briefings held; Priya has decided, sealed; Ruth has not."""
    pair.brief_on(9)
    with pair.diary.on(2, 12):
        pair.read_everything()
        gates.decide(pair.b, Choice.GO_ON)


def not_yet(pair: Pair) -> None:
    """Ruth and Celia: a first briefing, and then "not yet": another meeting first (M5)."""
    pair.brief_on(19)
    with pair.diary.on(17, 12):
        gates.decide(pair.a, Choice.GO_ON)
        gates.decide(pair.b, Choice.NOT_YET, waits_for=WaitsFor.MEETING)
    with pair.diary.on(9, 9):
        pair.read_everything()
    pair.plan(EncounterKind.MEETING, moment(ahead(7), 10), "Marchetti Tiles, Bredbury Park Way")


def first_briefing_ahead(pair: Pair) -> None:
    """Ruth and Tom: a reservation kept, one on the table, a briefing planned."""
    with pair.diary.on(14, 20):
        keeping.keep(
            pair.a,
            text="I haven’t seen anything he has built. If a kitchen went wrong I would hear about it at every school gate.",
            drawer="side",
        )
    with pair.diary.on(4, 20):
        pair.table(A, "We aren’t the cheapest in town. Might your customers feel we’re too grand for them?")
        pair.ask_and_answer(B)
    pair.plan(EncounterKind.VISIT, moment(ahead(2), 9), TOM.voice.place, minutes=90)


def times_on_offer(pair: Pair) -> None:
    """Ruth and Oliver: he has offered three times for the first briefing."""
    starts = [moment(ahead(days), hour) for days, hour in ((5, 9), (6, 14), (8, 11))]
    with pair.diary.on(2, 13):
        times.offer(pair.b, kind=EncounterKind.MEETING, minutes=60, place="Stanton’s yard, Stockport", starts=starts)


def recent_meeting(pair: Pair) -> None:
    """Ruth and Ingrid: they have met, and neither has said yet whether to go on."""
    pair.get_to_know(3)
