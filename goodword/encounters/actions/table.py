"""At the table: the clock's marks.

State lies on the server, so a locked phone, a reload or a dead battery change nothing (M7).
"""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from goodword.encounters.actions import agenda
from goodword.encounters.actions.plans import mark_held, still_open
from goodword.encounters.models import ClockMark, Encounter
from goodword.ground.refusals import Refusal
from goodword.relationships.acting import Act, acting
from goodword.relationships.models import Seat
from goodword.relationships.steps import Role

MOST_MARKS = 300
ONCE_EACH = ("start", "turn", "stop")


def mark(seat: Seat, encounter: Encounter, verb: str, *, half: str = "", item: int = 0, once: str = "") -> None:
    """Make a mark on the clock: start, pause, resume, turn, give, next. Pressed on both phones it works once.

    Raises Refusal for an encounter that is over, or a start without a side that begins.
    """
    if verb == "start" and half not in list(Role):
        raise Refusal(_("Choose who begins."))
    with acting(seat) as act:
        now = still_open(seat, encounter)
        marks = list(ClockMark.objects.visible_to(seat).filter(encounter=now).order_by("at", "id"))
        if len(marks) >= MOST_MARKS:
            raise Refusal(_("That is a great deal of pressing for one hour. The clock runs on as it is."))
        if _works(verb, marks):
            if verb == "start" and not any(one.verb == "start" for one in marks):
                agenda.fix(seat, now)
            _write(act, now, verb, half, item, once)


def _works(verb: str, marks: list[ClockMark]) -> bool:
    """Whether a pause or resume changes anything: the other phone may have pressed first."""
    halts = [one.verb for one in marks if one.verb in ("start", "pause", "resume")]
    return {"pause": halts[-1:] in (["start"], ["resume"]), "resume": halts[-1:] == ["pause"]}.get(verb, True)


def _write(act: Act, encounter: Encounter, verb: str, half: str, item: int, once: str) -> None:
    name = (
        verb
        if verb in ONCE_EACH
        else f"next:{item}"
        if verb == "next"
        else f"{verb}:{once}"
        if once
        else f"{verb}:{act.now.isoformat()}"
    )
    try:
        with transaction.atomic():
            ClockMark.objects.write(
                act.seat, encounter=encounter, verb=verb, half=half, item=item, at=act.now, once=name[:43]
            )
    except IntegrityError:
        return


def finish(seat: Seat, encounter: Encounter) -> Encounter:
    """Stop the clock and say that the encounter took place. Twice is once."""
    with acting(seat) as act:
        started = ClockMark.objects.visible_to(seat).filter(encounter=encounter, verb="start").exists()
        held = mark_held(seat, encounter, started=started)
        if started:
            _write(act, held, "stop", "", 0, "")
        return held
