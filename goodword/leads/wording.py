"""How leads are said: where one stands, what was agreed, how warm it is. Always through gettext."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.utils import timezone

from goodword.leads import rules
from goodword.leads.lines import LeadLine
from goodword.leads.models import Lead
from goodword.playbook.shelf import playbook
from goodword.ui import languages
from goodword.ui.languages import gettext as _


def now_words(lead: Lead | LeadLine) -> str:
    """Return where a lead stands, in a few words, the same for both sides."""
    return _now(languages.in_use(), lead.state, lead.outcome)


@lru_cache(maxsize=1024)
def _now(language: str, state: str, outcome: str) -> str:
    by_outcome = {
        "spoke": _("Talking"),
        "meeting": _("Meeting arranged"),
        "proposal": _("Has a proposal"),
        "client": _("Became work"),
        "not_now": _("Not now"),
        "not_a_fit": _("Came to nothing"),
        "no_answer": _("Not reached yet"),
    }
    by_state = {
        "sent_back": _("Sent back"),
        "withdrawn": _("Taken back"),
        "lapsed": _("Lapsed"),
        "stopped": _("Asked to be left alone"),
    }
    quiet = _("Taken up, no word yet") if state == "accepted" else _("No word yet")
    return by_state.get(state) or by_outcome.get(outcome) or quiet


def on_its_way() -> str:
    """Return how what has been confirmed stands while it can still be taken back."""
    return _("On its way…")


def nobody_words() -> str:
    """Return how a lead is called while nobody has said who it is."""
    return _("Somebody without a name so far")


def nobody() -> str:
    """Return how a lead is called once it has been forgotten."""
    return _("Somebody since forgotten")


def outcomes() -> list[tuple[str, str]]:
    """Return the outcomes to choose from, in the playbook's order and words."""
    return [(each.id, _(each.label)) for each in playbook().outcomes if each.id in rules.OUTCOMES]


def group_words(group: str) -> str:
    """Return what the end of a thread is called."""
    return {
        "work": _("became work"),
        "talking": _("talking"),
        "nothing": _("came to nothing"),
        "quiet": _("no word yet"),
    }[group]


def route_words(route: str, receiver: str) -> tuple[str, str]:
    """Return a way of giving as its giver chooses it: a sentence, and what it means for what crosses."""
    name = {"name": receiver}
    return {
        "call": (
            _("Ask me to make the call"),
            _("%(name)s picks the moment, and you ring them.") % name,
        ),
        "card": (
            _("I’ll hand on the card"),
            _("Nothing about them is sent. They ring if they like."),
        ),
        "ask": (
            _("I’ll ask them first, then introduce them"),
            _("%(name)s gets no name until they say yes.") % name,
        ),
        "now": (
            _("They’ve agreed: introduce them now"),
            _("%(name)s sees the name and how to reach them.") % name,
        ),
        "together": (
            _("The three of us meet or speak"),
            _("You bring them together; the name can follow."),
        ),
    }[route]


def route_sentence(lead: Lead, giver: str, receiver: str, *, ours: bool) -> str:
    """Return the way a lead is given, as the giver's side (`ours`) or the receiver's reads it."""
    return way_of_ours(lead.route, receiver) if ours else way_of_theirs(lead.route, giver)


def way_of_ours(route: str, receiver: str) -> str:
    """Return a way of giving to whoever gives."""
    return {
        "card": _("You hand them %(receiver)s’s card. They ring if they like."),
        "call": _("You ring them, when %(receiver)s says that it would be good."),
        "ask": _("You ask them first, then introduce them."),
        "now": _("They have agreed, and you introduce them."),
        "together": _("You bring the three together, at a table or on the telephone."),
    }[route] % {"receiver": receiver}


def way_of_theirs(route: str, giver: str) -> str:
    """Return a way of giving to whoever receives."""
    return {
        "card": _("%(giver)s hands them your card. They ring if they like."),
        "call": _("%(giver)s rings them, when you say that it would be good."),
        "ask": _("%(giver)s asks them first, then introduces them."),
        "now": _("They have agreed, and %(giver)s introduces them."),
        "together": _("%(giver)s brings the three together, at a table or on the telephone."),
    }[route] % {"giver": giver}


def gift_words(said: Mapping[str, Any], receiver: str) -> str:
    """Return the whole of a lead that is about to leave, for its giver alone: who it is and who reads that when, why, which
    way, what they agreed to, how warm it is. `said` is what the form says.
    """
    who, now = ", ".join(part for part in (said["name"], said["reach"]) if part), said["route"] == "now"
    later = _("%(name)s reads who it is once they have agreed: %(who)s") % {"name": receiver, "who": who}
    warm = warmth_words(said.get("warmth") or "")
    lines = [
        who if now or not who else later,
        said["why"],
        way_of_ours(said["route"], receiver),
        no_way_sentence(said, receiver) if now else "",
        consent_sentence(said, receiver) if now else "",
        _("How warm: “%(warmth)s”.") % {"warmth": warm} if warm else "",
    ]
    return "\n".join(line for line in lines if line)


def name_words(said: Mapping[str, Any], receiver: str) -> str:
    """Return the whole of what follows once somebody agreed: who it is, how they are reached, what they agreed to."""
    who = ", ".join(part for part in (said["name"], said["reach"]) if part)
    lines = [who, no_way_sentence(said, receiver), consent_sentence(said, receiver)]
    return "\n".join(line for line in lines if line)


def no_way_sentence(said: Mapping[str, Any], receiver: str) -> str:
    """Return, where a name is about to leave without a number or an address, that it does."""
    return (
        "" if said["reach"] else _("No number or address goes with it: %(name)s has to ask you.") % {"name": receiver}
    )


def consent_sentence(said: Mapping[str, Any], receiver: str) -> str:
    """Return what somebody agreed to: on which day, in which way, that what may happen."""
    what = consent_of_ours(said["purpose"], receiver)
    known = {"day": languages.day(said["agreed_on"], year=True), "how": how_words()[said["how"]], "what": what}
    return _("They agreed on %(day)s, %(how)s, that %(what)s.") % known


def when_words() -> dict[str, str]:
    """Return the days on which somebody may have agreed, as they are tapped."""
    return {"today": _("Today"), "yesterday": _("Yesterday"), "earlier": _("Earlier")}


def day_meant(when: str) -> dt.date | None:
    """Return the day that was tapped; None where it was earlier than these, or nothing was."""
    ago = {"today": 0, "yesterday": 1}.get(when)
    return None if ago is None else timezone.localdate() - dt.timedelta(days=ago)


def how_words() -> dict[str, str]:
    """Return the ways in which somebody may have agreed."""
    return {
        "in_person": _("face to face"),
        "phone": _("on the telephone"),
        "email": _("by e-mail"),
        "message": _("by message"),
    }


def purpose_words(receiver: str) -> dict[str, str]:
    """Return what somebody may have agreed to."""
    return {
        "contact": _("%(name)s may get in touch about this") % {"name": receiver},
        "introduce": _("I may introduce them to %(name)s") % {"name": receiver},
    }


def rhythm_words() -> dict[str, str]:
    """Return when news may come, as the form offers it."""
    return {"once": _("At once"), "day": _("Once a day"), "week": _("Once a week")}


def consent_of_ours(purpose: str, receiver: str) -> str:
    """Return what somebody agreed to, to the side that gave the lead."""
    said = {
        "contact": _("%(receiver)s may get in touch about this"),
        "introduce": _("you may introduce them to %(receiver)s"),
    }
    return said[purpose] % {"receiver": receiver}


def consent_of_theirs(purpose: str, giver: str) -> str:
    """Return what somebody agreed to, to the side that was given the lead."""
    said = {"contact": _("you may get in touch about this"), "introduce": _("%(giver)s may introduce them to you")}
    return said[purpose] % {"giver": giver}


def consent_to_the_person(purpose: str, giver: str, receiver: str) -> str:
    """Return what somebody agreed to, as they themselves read it."""
    said = {
        "contact": _("%(receiver)s may get in touch about this"),
        "introduce": _("%(giver)s may introduce you to %(receiver)s"),
    }
    return said[purpose] % {"giver": giver, "receiver": receiver}


def outcome_words(outcome: str) -> str:
    """Return an outcome as the receiver chose it."""
    return _("Taken back") if outcome == "taken_back" else _(playbook().outcome(outcome).label)


def warmth_words(warmth: str) -> str:
    """Return how warm a lead is; nothing for one the playbook no longer has."""
    return next((_(each.title) for each in playbook().warmth if each.id == warmth), "")


def reason_words(reason: str) -> str:
    """Return a reason for sending a lead back."""
    return next((_(each.label) for each in playbook().reasons_back if each.id == reason), "")
