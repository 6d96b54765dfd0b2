"""What is next, for whom, and why: decided once here, kept on the seat, told on Today, the list and the front page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import lru_cache

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from goodword.agreements import queries as agreements
from goodword.briefings import queries as briefings
from goodword.encounters import queries as encounters
from goodword.followups import queries as followups
from goodword.gates.readiness import Readiness, readiness
from goodword.gates.rules import Need
from goodword.leads import queries as leads
from goodword.relationships import invitations
from goodword.relationships.models import Seat
from goodword.relationships.projection import Next
from goodword.relationships.steps import Role, Step
from goodword.reservations import queries as reservations
from goodword.teaching import queries as teaching

NOW, SOON, READY, OTHERS, NOTHING = 1, 2, 3, 5, 9
ENOUGH_QUESTIONS = 3


@dataclass(frozen=True, slots=True)
class Told:
    """One kind of next act in words. `%(name)s` is the other side's first name."""

    title: str | Promise
    why: str | Promise
    button: str | Promise
    route: str


TOLD: dict[str, Told] = {
    "send_letter": Told(_("Send your letter to %(name)s"), _("It is written. You’ll see it exactly as it will arrive, before it goes."), _("See the letter"), "letter"),
    "write_letter": Told(_("Write to %(name)s"), _("A sentence or two is enough: why them."), _("Write the letter"), "letter-words"),
    "wait_answer": Told(_("%(name)s has your invitation"), _("There is nothing to do until they answer. In the meantime you can prepare, for yourself."), _("Show the code again"), "letter-code"),
    "not_now": Told(_("%(name)s said not now"), _("That is a good answer too. The link stays open for them."), _("See the letter"), "letter-sent"),
    "wait_join": Told(_("%(name)s said yes"), _("They still have to take their seat with the code we sent them."), _("Show the code again"), "letter-code"),
    "plan": Told(_("Find a time with %(name)s"), _("Each step has as many encounters as it needs; most begin with one."), _("Plan an encounter"), "encounter-new"),
    "choose_time": Told(_("%(name)s offers you some times"), _("Pick the one that suits you, or offer others."), _("Choose a time"), "encounters"),
    "move_it": Told(_("%(name)s can’t make the time planned"), _("It stands until one of you moves it or calls it off."), _("Look for another time"), "encounters"),
    "confirm_agreed": Told(_("Is that what you and %(name)s agreed?"), _("They have written it down. Confirm it, or put it right."), _("Read it"), "encounters"),
    "think_over": Told(_("%(name)s asks you to think it over"), _("Is there anything that makes you hesitate? Whatever comes to mind stays yours."), _("Think it over"), "reservations"),
    "meet": Told(_("You meet %(name)s"), _("The plan is there, with the time split between you."), _("See the plan"), "encounters"),
    "record": Told(_("Say how it went with %(name)s"), _("Two fields are enough: when it was, and what you agreed."), _("Write it down"), "encounters"),
    "check": Told(_("Check your reservations about %(name)s"), _("Nothing, something, or something you can’t name: each is a good answer, and yours alone."), _("Do the check"), "reservation-check"),
    "name_it": Told(_("%(name)s: you wanted to put a name to it"), _("Something bothered you that you couldn’t name. No name is still an answer."), _("Think it over"), "naming"),
    "deal_with": Told(_("Deal with what stands between you and %(name)s"), _("Before you confirm, each reservation of your own is settled, or you have decided to live with it."), _("Look at them"), "reservations"),
    "deal_breaker": Told(_("A deal-breaker is on the table"), _("The gate stays shut until whoever put it there takes it back. It is easier said across a table."), _("Look at it"), "reservations"),
    "questions": Told(_("Write down what you want to ask %(name)s"), _("Three or four open questions will tell you more than any brochure."), _("Prepare your questions"), "briefing"),
    "briefing": Told(_("Get ready to tell %(name)s about your work"), _("This briefing is yours. What they ask depends on what you make easy to ask."), _("Prepare your briefing"), "briefing"),
    "play_back": Told(_("Play back what %(name)s told you"), _("In your own words: what they do, for whom, why them, and when to think of them."), _("Play it back"), "briefing"),
    "confirm": Told(_("Has %(name)s understood you?"), _("They have played your briefing back. Confirm it, or put right what isn’t."), _("Read the playback"), "briefing"),
    "criteria": Told(_("Weigh %(name)s against your own criteria"), _("Each is met, or it isn’t and you know why you are happy anyway."), _("Weigh them"), "criteria"),
    "people_known": Told(_("Do you know people %(name)s would want to meet?"), _("If not, this is the moment to say so, rather than after the agreement."), _("Answer"), "people-known"),
    "purpose": Told(_("Why do you want this?"), _("Write it down before the second briefing. To be useful to them is the best beginning."), _("Write your purpose"), "purpose"),
    "agreement": Told(_("Write down how it is going to work with %(name)s"), _("Plain clauses to start from; either of you can change them."), _("Begin the agreement"), "agreement"),
    "accept": Told(_("Read the agreement with %(name)s"), _("It counts once you have both accepted the same words."), _("Read and answer"), "agreement"),
    "teach": Told(_("Teach %(name)s what to say"), _("To whom, about what, and in which words."), _("Write it down"), "teaching"),
    "hear": Told(_("How would it feel to say this for %(name)s?"), _("They have told you what to say. Say how it sits with you."), _("Read and answer"), "teaching"),
    "work_out": Told(_("Work out with %(name)s what is hard to say"), _("There is nearly always a way that needs less: a story, one question, a bare introduction."), _("Work it out"), "teaching"),
    "help_say": Told(_("Something is hard for %(name)s to say"), _("Find an approach together that takes the nerves away."), _("Work it out"), "teaching-ours"),
    "decide": Told(_("%(name)s: do you go on?"), _("What your side needs is in place. Your decision is sealed until theirs is in."), _("Decide"), "gate"),
    "decide_now": Told(_("%(name)s: do you go on?"), _("Their decision is in and sealed. Yours opens both."), _("Decide"), "gate"),
    "wait_decision": Told(_("%(name)s has not decided yet"), _("Your decision is sealed. When theirs is in as well, both open at the same moment."), _("See your decision"), "gate"),
    "wait_them": Told(_("Next is for %(name)s"), _("There’s nothing for you to do until then."), _("See what is missing"), "gate"),
    "report": Told(_("Tell %(name)s how it went"), _("They put in a word for you and will be wondering. Ten seconds is enough."), _("Report"), "relationship-leads"),
    "read_update": Told(_("%(name)s has news"), _("It may touch what you say for them."), _("Read"), "updates"),
    "follow_up": Told(_("Find a time to follow up with %(name)s"), _("For rapport as much as anything. The agenda writes itself."), _("See the agenda"), "follow-up"),
    "still_glad": Told(_("Still glad, with %(name)s?"), _("Asked as often as you mean to talk, sealed until both have answered."), _("Answer"), "gate"),
    "paused": Told(_("A pause with %(name)s"), _("Nothing is asked of either of you. Either of you can go on again at any time."), _("Go on again"), "pause"),
    "give": Told(_("Whom could you introduce to %(name)s?"), _("Nothing needs you here. If somebody comes to mind, it takes a minute."), _("Give a lead"), "lead-give"),
}  # fmt: skip


def decide(seat: Seat) -> Next:
    """Return what is next for this seat, and how it stands before its gate, from facts it may see."""
    if not seat.open:
        return Next()
    if seat.alone:
        return _alone(seat)
    standing = readiness(seat)
    if seat.paused:
        return Next("paused", "both", None, NOTHING, standing.told())
    return replace(_next(seat, standing), standing=standing.told())


def _next(seat: Seat, standing: Readiness) -> Next:
    if reservations.intention_due(seat):
        return Next("name_it", "ours", _planned_at(seat), NOW)
    if seat.at is Step.ADVOCATE:
        return _advocating(seat, standing)
    return _asked_by_them(seat) or _on_the_path(seat, standing)


def _asked_by_them(seat: Seat) -> Next | None:
    """Return what the other side waits for an answer to, on the table: times, one they can't make, words on what was agreed, a question (M13)."""
    if encounters.times_waiting(seat):
        return Next("choose_time", "ours", None, SOON)
    if turned_down := encounters.turned_down(seat):
        return Next("move_it", "ours", turned_down.planned_at, SOON)
    if encounters.to_confirm(seat):
        return Next("confirm_agreed", "ours", None, READY)
    return Next("think_over", "ours", None, READY) if reservations.asked_and_waiting(seat) else None


def _alone(seat: Seat) -> Next:
    letter = invitations.of(seat)
    if letter is None:
        return Next("write_letter", "ours", None, READY)
    if letter.offered_at is None:
        return Next("send_letter", "ours", None, READY)
    code = {"": "wait_answer", "not_now": "not_now", "yes": "wait_join"}.get(letter.answer, "wait_answer")
    return Next(code, "theirs", None, OTHERS)


def _planned_at(seat: Seat) -> dt.datetime | None:
    planned = encounters.next_planned(seat)
    return planned.planned_at if planned else None


def _on_the_path(seat: Seat, standing: Readiness) -> Next:
    """Return the first thing missing, in the order of the story, or the decision."""
    if standing.mine is not None:
        return Next("wait_decision", "theirs", None, OTHERS)
    if standing.may_decide:
        return Next(
            "decide_now" if standing.theirs_at else "decide", "ours", None, SOON if standing.theirs_at else READY
        )
    return _towards(standing.missing[0], seat)


def _towards(need: Need, seat: Seat) -> Next:
    simple = {
        Need.TABLE_CLEAR: "deal_breaker",
        Need.CHECK: "check",
        Need.CRITERIA: "criteria",
        Need.PEOPLE_KNOWN: "people_known",
        Need.PURPOSE: "purpose",
        Need.OWN_RESERVATIONS: "deal_with",
    }
    if need in simple:
        return Next(simple[need], "ours", None, READY)
    return {
        Need.ENCOUNTER: _encounter,
        Need.PLAYBACK: _playback,
        Need.AGREEMENT: _agreement,
        Need.TEACHING: _teaching,
    }[need](seat)


def _encounter(seat: Seat) -> Next:
    planned = encounters.next_planned(seat)
    if planned is None or planned.planned_at is None:
        return Next("plan", "ours", None, READY)
    at = planned.planned_at
    if at < timezone.now():
        return Next("record", "ours", at, NOW)
    if seat.at in (Step.FIRST_BRIEFING, Step.SECOND_BRIEFING):
        if seat.speaks:
            return Next("purpose" if _purpose_first(seat) else "briefing", "ours", at, SOON)
        if briefings.prepared_questions(seat) < ENOUGH_QUESTIONS:
            return Next("questions", "ours", at, SOON)
    return Next("meet", "both", at, SOON)


def _purpose_first(seat: Seat) -> bool:
    """Whether the proposer has yet to write down why, before the second briefing (M21)."""
    return seat.at is Step.SECOND_BRIEFING and seat.role is Role.PROPOSER and not briefings.purpose_written(seat)


def _playback(seat: Seat) -> Next:
    played = briefings.played_back(seat, seat.at)
    if seat.speaks:
        return Next("confirm", "ours", None, SOON) if played else Next("wait_them", "theirs", None, OTHERS)
    return Next("wait_them", "theirs", None, OTHERS) if played else Next("play_back", "ours", None, SOON)


def _agreement(seat: Seat) -> Next:
    if agreements.latest(seat) is None:
        return Next("agreement", "ours", None, READY)
    ours, _theirs = agreements.accepted(seat)
    return Next("wait_them", "theirs", None, OTHERS) if ours else Next("accept", "ours", None, SOON)


def _teaching(seat: Seat) -> Next:
    standing = teaching.standing(seat)
    taught, theirs = standing.given
    if not taught:
        return Next("teach", "ours", None, READY)
    if theirs and not standing.heard[0]:
        return Next("hear", "ours", None, READY)
    return _hard_to_say(standing) or Next("wait_them", "theirs", None, OTHERS)


def _hard_to_say(standing: teaching.Standing) -> Next | None:
    """Return that something is to be worked out which is hard to say, unless our proposal to it lies with them (M33)."""
    for kind, hard in (("work_out", standing.hard_for_us), ("help_say", standing.hard_for_them)):
        if any(proposed_by != "ours" for _item, proposed_by in hard):
            return Next(kind, "ours", None, READY)
    return None


def _taught_anew(seat: Seat) -> Next | None:
    """Return that what they teach has changed since we said how it sits with us, or is hard to say (M33, M38)."""
    standing = teaching.standing(seat)
    if standing.given[1] and not standing.heard[0]:
        return Next("hear", "ours", None, READY)
    return _hard_to_say(standing)


def _advocating(seat: Seat, standing: Readiness) -> Next:
    now = timezone.now()
    waiting = leads.waiting_for_my_word(seat)
    if waiting:
        return Next("report", "ours", None, NOW)
    if asked := _asked_by_them(seat):
        return asked
    if followups.unread_updates(seat):
        return Next("read_update", "ours", None, READY)
    if standing.asked and standing.mine is None:
        return Next("still_glad", "ours", None, READY)
    planned = encounters.next_planned(seat)
    if planned is not None and planned.planned_at is not None:
        past = planned.planned_at < now
        return Next("record" if past else "meet", "ours" if past else "both", planned.planned_at, NOW if past else SOON)
    if anew := _taught_anew(seat):
        return anew
    if followups.follow_up_due(seat, now):
        return Next("follow_up", "ours", followups.next_follow_up(seat, now), READY)
    return Next("give", "ours", None, NOTHING)


def told(code: str, name: str) -> Told | None:
    """Return the words for a code with the other side's name filled in, or None for nothing."""
    kind = _in_language(code, get_language())
    return replace(kind, title=str(kind.title) % {"name": name}) if kind else None


@lru_cache(maxsize=256)
def _in_language(code: str, language: str | None) -> Told | None:
    kind = TOLD.get(code)
    return Told(str(kind.title), str(kind.why), str(kind.button), kind.route) if kind else None
