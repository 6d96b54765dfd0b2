"""What came of it? One sheet after an encounter, in the order of a conversation, with only what its step needs (WAY).

Each part knows its answer from the rows of its room, so that leaving and coming back finds the place. An answer is one tap.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from goodword.briefings.forms import WeighListForm
from goodword.briefings.queries import facts
from goodword.briefings.queries import pages as briefings
from goodword.briefings.queries.weighing import to_weigh
from goodword.briefings.rules import PeopleRange
from goodword.briefings.wording import HEADINGS, PEOPLE
from goodword.encounters.models import Encounter
from goodword.encounters.wording import line_of
from goodword.gates import wording
from goodword.gates.readiness import Readiness, readiness
from goodword.gates.rules import Need
from goodword.relationships.models import Seat
from goodword.relationships.steps import Role, Step
from goodword.relationships.waits import page_of
from goodword.reservations import queries as reservations
from goodword.ui.onward import from_sheet

BRIEFINGS = (Step.FIRST_BRIEFING, Step.SECOND_BRIEFING)


@dataclass(frozen=True, slots=True)
class Tap:
    """An answer that is a button: what it sends, what it says, and a line below. With a page it leads there instead."""

    value: str
    text: str
    hint: str = ""
    page: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One question of the sheet: who sees the answer, what was answered (empty while it is open), and the answers offered."""

    name: str
    question: str
    sees: str
    sentence: str
    answer: str
    taps: tuple[Tap, ...]
    said_back: tuple[tuple[str, str], ...] = ()  # what the answer is about, word for word: heading and text
    shown: str = ""  # the key of what is shown, so that the answer is for exactly that
    rests: bool = False  # it is asked once the other side has said its part
    outside: tuple[Tap, ...] = ()  # answers its strip does not cover
    weighs: bool = False  # below the answers stands the list of criteria, each weighed in place


def has_sheet(seat: Seat, encounter: Encounter) -> bool:
    """Whether there is a sheet for this encounter: one not held yet has one, and until the two agree one of a step they have come to.
    Later steps have their own pages for what comes of it.
    """
    return not encounter.held_at or (seat.at in (Step.EXPLORE, *BRIEFINGS) and encounter.step <= seat.at)


def parts(seat: Seat, encounter: Encounter) -> list[Part]:
    """Return the parts of the sheet for this seat, in order."""
    found = [_meeting_part(seat, encounter)]
    if encounter.held_at is None or not has_sheet(seat, encounter):
        return found
    if encounter.step != seat.at:
        return [*found, _decision_behind(seat)]
    at = readiness(seat)
    if seat.at in BRIEFINGS:
        found += _briefing_parts(seat, encounter, at)
    return [*found, _decision(seat, encounter, at)]


def _meeting_part(seat: Seat, encounter: Encounter) -> Part:
    name = {"name": seat.other.first_name}
    taps = (
        Tap("met", _("We met")),
        Tap("", _("We moved it, or it didn’t happen…"), page=page_of(seat, "encounter", encounter.key)),
    )
    answer = _("You met") if encounter.held_at else ""
    return Part("met", _("Did you meet?"), "both", _("%(name)s sees it too.") % name, answer, taps)


def _briefing_parts(seat: Seat, encounter: Encounter, at: Readiness) -> Iterator[Part]:
    yield _hesitation(seat, encounter, at)
    yield _playback_part(seat, encounter)
    if not seat.speaks:
        yield _people(seat)
        yield _criteria(seat)
    if seat.at is Step.SECOND_BRIEFING and seat.role is Role.PROPOSER:
        yield _purpose(seat, encounter)


def _hesitation(seat: Seat, encounter: Encounter, at: Readiness) -> Part:
    name, answer = {"name": seat.other.first_name}, _("Thought over") if Need.CHECK in at.met else ""
    write_it = from_sheet(page_of(seat, "reservations"), encounter.key)
    written = reservations.own_open(seat)
    something = (
        Tap("something", _("Something does, and it’s written down"))
        if written
        else Tap("", _("Something does…"), _("Write it down, for yourself."), write_it)
    )
    taps = (
        Tap("nothing", _("Nothing stands in the way")),
        something,
        Tap("cannot_name", _("Something, and I can’t name it"), _("It comes back to you before you next meet.")),
    )
    never = _("%(name)s never learns what you say, only that you have thought about it.") % name
    return Part("hesitation", _("Did anything make you hesitate?"), seat.drawer, never, answer, taps)


def _playback_part(seat: Seat, encounter: Encounter) -> Part:
    heard = facts.playback(seat, seat.at)
    answer = _playback_answer(seat, heard)
    return _heard_part(seat, encounter, heard, answer) if seat.speaks else _told_part(seat, encounter, heard, answer)


def _playback_answer(seat: Seat, heard: facts.Playback) -> str:
    """Return how the playback stands, where nothing is asked of this side at the moment; otherwise nothing."""
    name, aloud = {"name": seat.other.first_name}, facts.confirming_sides(seat, seat.at)
    if facts.playback_is_confirmed(seat, seat.at):
        return _("Said back, and it was right")
    if "ours" in aloud:
        return _("Said at the table; %(name)s says so too, or puts it right") % name
    if not seat.speaks and heard.state == "waiting":
        return _("%(name)s is asked to confirm it or put it right.") % name
    if seat.speaks and heard.put_right and "theirs" not in aloud:
        return _("You have put something right; %(name)s says it once more") % name
    return ""


def _heard_part(seat: Seat, encounter: Encounter, heard: facts.Playback, answer: str) -> Part:
    """The speaker's: what was said back, word for word, and whether it is right."""
    shown, said_back = "", tuple[tuple[str, str], ...]()
    if heard.state == "waiting":
        shown = heard.latest.key
        rows = briefings.passages(heard.latest, own=True)
        said_back = tuple((str(heading), text) for passage, heading, text in rows if passage in heard.to_hear)
    question = _("Has %(name)s understood you?") % {"name": seat.other.first_name}
    not_quite = from_sheet(page_of(seat, "playback"), encounter.key)
    taps = (Tap("right", _("Yes, that’s right")), Tap("", _("Not quite…"), page=not_quite))
    both = _("You and %(name)s each see it.") % {"name": seat.other.first_name}
    return Part("understood", question, "both", both, answer, taps, said_back, shown)


def _told_part(seat: Seat, encounter: Encounter, heard: facts.Playback, answer: str) -> Part:
    """The listener's: to say what was understood, or, where the speaker has put some of it right, to say that once more."""
    name, say_back = {"name": seat.other.first_name}, from_sheet(page_of(seat, "saying-back"), encounter.key)
    both = _("You and %(name)s each see it.") % name
    if not heard.put_right:
        taps = (
            Tap("aloud", _("We said it back, and it was right")),
            Tap("", _("I’ll write it down…"), _("Four short passages, to keep and to teach from."), say_back),
        )
        return Part("understood", _("What did you understand?"), "both", both, answer, taps)
    first = next(iter(heard.put_right))
    taps = (
        Tap("", _("Say it once more…"), _("With %(name)s’s words beside yours.") % name, f"{say_back}#id_{first}"),
        Tap("aloud", _("We talked it over, and now it is right")),
    )
    question = _("%(name)s would put this differently. How do you say it now?") % name
    said = tuple((str(HEADINGS[passage]), text) for passage, text in heard.put_right.items())
    return Part("understood", question, "both", both, answer, taps, said)


def _people(seat: Seat) -> Part:
    name = {"name": seat.other.first_name}
    known = facts.people_estimate(seat, seat.at)
    taps = tuple(
        Tap(kind.value, str(PEOPLE[kind]))
        for kind in (PeopleRange.FEW, PeopleRange.SOME, PeopleRange.MORE, PeopleRange.NOBODY)
    )
    question = _("Do you know people %(name)s would want to meet?") % name
    never = _("%(name)s never learns what you answer.") % name
    return Part("people", question, seat.drawer, never, str(PEOPLE[PeopleRange(known)]) if known else "", taps)


def _criteria(seat: Seat) -> Part:
    name = {"name": seat.other.first_name}
    weighed, total = facts.weighed_criteria(seat)
    done = total > 0 and weighed == total and not facts.unmet_criteria(seat)
    never = _("%(name)s never sees what you look for, nor what you make of it.") % name
    answer = _("Yes, or you know why you are happy anyway") if done else ""
    question, taps = _("Does %(name)s meet what you look for?") % name, (Tap("all", _("Yes, all of it")),)
    return Part("criteria", question, seat.drawer, never, answer, taps, weighs=True)


def purposes(seat: Seat) -> dict[str, str]:
    """Return the sentences that say why, ready to tap (M21); one's own words are a page further."""
    name = {"name": seat.other.first_name}
    return {
        "help": _(
            "I would like to be of use to %(name)s: I know people who need this, and want them well looked after."
        )
        % name,
        "both": _("I would like %(name)s and me to send each other the people we can’t help ourselves.") % name,
        "learn": _("I like how %(name)s works, and would like to help it along.") % name,
    }


def _purpose(seat: Seat, encounter: Encounter) -> Part:
    name = {"name": seat.other.first_name}
    taps = (
        *(Tap(value, text) for value, text in purposes(seat).items()),
        Tap("", _("In my own words…"), page=from_sheet(page_of(seat, "purpose"), encounter.key)),
    )
    never = _("%(name)s sees it only if you show it.") % name
    written = facts.has_purpose(seat)
    return Part("purpose", _("Why do you want this?"), seat.drawer, never, _("Written down") if written else "", taps)


def _decision(seat: Seat, encounter: Encounter, at: Readiness) -> Part:
    decided = at.theirs_at is not None
    taps = tuple(Tap(*one) for one in wording.answers(seat, decided))
    answer = _("Sealed") if at.mine else ""
    rests = not answer and at.missing == (Need.PLAYBACK,) and bool(_playback_part(seat, encounter).answer)
    sees, sealed = wording.who_sees_it(seat, decided)
    outside = (Tap(*wording.third_answer(seat)),)
    return Part("decision", _("Do you go on?"), sees, sealed, answer, taps, rests=rests, outside=outside)


def _decision_behind(seat: Seat) -> Part:
    """What came of an encounter of a step that lies behind them: the two went on, and nothing is asked of it any more."""
    both = _("You and %(name)s each see it.") % {"name": seat.other.first_name}
    return Part("decision", _("Do you go on?"), "both", both, _("You both went on"), ())


def context(seat: Seat, encounter: Encounter) -> dict[str, Any]:
    """Return what the page of the sheet shows: the parts, the one that is open, and where one goes on when none is."""
    shown = parts(seat, encounter)
    return {
        "it": encounter,
        "parts": shown,
        "weighing": WeighListForm(None, to_weigh(seat)) if any(part.weighs for part in shown) else None,
        "open": next((part.name for part in shown if not part.answer and not part.rests), ""),
        "when": line_of(encounter, seat)["title"],
        "next_url": page_of(seat, "relationship"),
        "next_text": _("Back to %(name)s") % {"name": seat.other.first_name},
    }
