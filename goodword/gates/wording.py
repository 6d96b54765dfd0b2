"""Decisions in words: what not yet waits for, what was promised. The needs have theirs in `needs`."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goodword.gates.rules import Choice, WaitsFor
from goodword.relationships.models import Seat
from goodword.relationships.steps import Step
from goodword.relationships.waits import page_of

FIRST_LEADS_WORDS: dict[str, str | Promise] = {
    "one": gettext_lazy("One"),
    "two_or_three": gettext_lazy("Two or three"),
    "more": gettext_lazy("More"),
}
LEAD_KINDS_WORDS: dict[str, str | Promise] = {
    "clients": gettext_lazy("My clients"),
    "business": gettext_lazy("People in business"),
    "friends": gettext_lazy("Friends and neighbours"),
    "mixed": gettext_lazy("Some of each"),
    "unsure": gettext_lazy("Not sure yet"),
}


WAITS_FOR: dict[str, str | Promise] = {
    WaitsFor.TIME: gettext_lazy("Time to think"),
    WaitsFor.MEETING: gettext_lazy("Another meeting"),
    WaitsFor.SETTLING: gettext_lazy("Something to settle"),
}
# What each means for the one who chooses it, and what is next once both have decided.
WAITS_FOR_HINTS: dict[str, str | Promise] = {
    WaitsFor.TIME: gettext_lazy(
        "You are both asked again in two weeks, or once you have met. Either of you can answer sooner."
    ),
    WaitsFor.MEETING: gettext_lazy("We help you find a date."),
    WaitsFor.SETTLING: gettext_lazy("You say what, now or at the table."),
}


def what_it_waits_for(seat: Seat) -> list[tuple[str, str | Promise, str | Promise]]:
    """Return the reasons for a "not yet": value, words, and what is next. "Still glad?" comes round at its own rhythm, whichever it is."""
    hints = dict(WAITS_FOR_HINTS)
    if seat.at is Step.ADVOCATE:
        hints[WaitsFor.TIME] = _("You are both asked again as often as you mean to talk, at most once a quarter.")
    return [(value, label, hints[value]) for value, label in WAITS_FOR.items()]


class Answer(NamedTuple):
    """One of the answers at a gate: its choice, or the page it leads to, what it says, and the line below."""

    choice: str
    text: str
    hint: str
    page: str = ""


def answers(seat: Seat, decided: bool) -> tuple[Answer, ...]:
    """Return the two answers that are sealed, in the same words wherever one decides: going on is one tap, the other opens a page.

    `decided` says whether the other side has decided.
    """
    name = {"name": seat.other.first_name}
    opens, waits = _("%(name)s has decided: yours opens both."), _("Sealed until %(name)s has decided too.")
    return (
        Answer(Choice.GO_ON, _("Go on"), (opens if decided else waits) % name),
        Answer(
            "", _("Not yet…"), _("Time to think is reason enough."), f"{page_of(seat, 'gate')}?answer={Choice.NOT_YET}"
        ),
    )


def third_answer(seat: Seat) -> Answer:
    """Return the answer that nothing seals: it ends at once, so it stands outside the strip of the others."""
    return Answer("", _("Let go…"), _("It ends at once, kindly, and no reason is asked for."), page_of(seat, "let-go"))


def who_sees_it(seat: Seat, decided: bool) -> tuple[str, str]:
    """Return who sees a decision, as its strip is called, and when. Whoever decides second opens both: nothing is kept from anybody."""
    name = {"name": seat.other.first_name}
    if decided:
        opens = _("Your answer opens both at the same moment: you see what %(name)s chose, %(name)s what you chose.")
        return "both", opens % name
    sealed = _("%(name)s sees that you have decided, and what once both are in. Until then you can change it.") % name
    return seat.drawer, sealed


def promise_words(number: str, kind: str) -> str:
    """Return how many first leads a side promised at the confirmation, and among whom it will look for them (M29)."""
    leads = {
        "one": _("one first lead"),
        "two_or_three": _("two or three first leads"),
        "more": _("several first leads"),
    }[number]
    among = {
        "clients": _("%(leads)s, among clients"),
        "business": _("%(leads)s, among people in business"),
        "friends": _("%(leads)s, among friends and neighbours"),
        "mixed": _("%(leads)s, among all sorts of people"),
    }.get(kind, "%(leads)s")
    return among % {"leads": leads}
