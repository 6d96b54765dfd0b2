"""What follows from what happens in this room: verb -> story, rows, news, letter."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from goodword.relationships.announcements import Announcement, Follow
from goodword.relationships.journal import JournalLine, Silent, together
from goodword.relationships.mailing import address_of, to_other_side
from goodword.relationships.news import forget_kind
from goodword.relationships.verbs import Verb
from goodword.relationships.waits import Kind


def _after_decision(one: Announcement) -> None:
    """Write that a decision was made, unless the same act opens both."""
    if one.facts["alone"]:
        once = f"decided:{one.seat.relationship_id}:{one.key}:{one.facts['round']}:{one.seat.side_id}"
        to_other_side(one.seat, "decision-made", once=once, name=_name(one), link=address_of(one.seat, "gate"))


def _results_are_old(one: Announcement) -> None:
    """Once somebody decides again, what came of the last time is news to nobody: the story keeps it."""
    forget_kind(one.seat.relationship_id, Kind.READ_RESULT)


def _result(one: Announcement) -> tuple[Any, ...]:
    return "gate-result", one.key, one.facts["round"]


def _both_in(one: Announcement) -> None:
    kind = "gate-opened" if one.verb is Verb.GATE_OPENED else "another-round"
    link = address_of(one.seat, *_result(one))
    to_other_side(one.seat, kind, name=_name(one), link=link)


def _after_end(one: Announcement) -> None:
    once = f"ended:{one.seat.relationship_id}"
    to_other_side(one.seat, "ended", once=once, name=_name(one), link=address_of(one.seat, "ending"))


def _ending_page(one: Announcement) -> tuple[str]:
    return ("ending",)


def _after_pause(one: Announcement) -> None:
    to_other_side(one.seat, "paused", name=_name(one), link=address_of(one.seat, "pause"))


def _after_going_on(one: Announcement) -> None:
    to_other_side(one.seat, "went-on", name=_name(one), link=address_of(one.seat, "relationship"))


def _after_line(one: Announcement) -> None:
    once = f"line:{one.thing.pk}"
    to_other_side(one.seat, "parting-line", once=once, name=_name(one), words=one.facts["words"])


def _name(one: Announcement) -> str:
    return one.seat.side.first_name


FOLLOWS: dict[Verb, Follow] = {
    Verb.DECIDED: Follow(
        JournalLine(_("You decided at the gate"), _("%(name)s decided at the gate")),
        rows=(_results_are_old,),
        letter=_after_decision,
    ),
    Verb.GATE_OPENED: Follow(together(_("Both said go on")), letter=_both_in, news=Kind.READ_RESULT, news_page=_result),
    Verb.ANOTHER_ROUND: Follow(
        together(_("Not yet: you are both asked again")), letter=_both_in, news=Kind.READ_RESULT, news_page=_result
    ),
    Verb.ENDED: Follow(
        together(_("It ended here, kindly")), letter=_after_end, news=Kind.READ_ENDED, news_page=_ending_page
    ),
    Verb.PAUSED: Follow(JournalLine(_("You paused"), _("%(name)s paused")), letter=_after_pause),
    Verb.WENT_ON_AGAIN: Follow(
        JournalLine(_("You went on again"), _("%(name)s went on again")), letter=_after_going_on
    ),
    Verb.LINE_LEFT: Follow(Silent("the line stands on the page of the end"), letter=_after_line),
}
