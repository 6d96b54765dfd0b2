"""Decisions in words: what not yet waits for, what was promised. The needs have theirs in `needs`."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goodword.gates.rules import Choice, Gate, WaitsFor
from goodword.relationships.steps import Step

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
    WaitsFor.TIME: gettext_lazy("You’re asked again in two weeks, not before."),
    WaitsFor.MEETING: gettext_lazy("We help you find a date."),
    WaitsFor.SETTLING: gettext_lazy("You say what, now or at the table."),
}


def choice_hints(gate: Gate) -> dict[str, str]:
    """Return the line below each choice at a gate; what each of them says more fully stands below the decision."""
    if gate.step is Step.ADVOCATE:
        go_on = _("It goes on as it is.")
    elif gate.asks_first_leads:
        go_on = _("From then on you give each other leads.")
    else:
        go_on = _("It commits you to nothing beyond it.")
    return {
        Choice.GO_ON: go_on,
        Choice.NOT_YET: _("Time to think is reason enough."),
        Choice.LET_GO: _("It ends kindly, at once, without a reason."),
    }


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
