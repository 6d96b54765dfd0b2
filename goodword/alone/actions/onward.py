"""Going on alone where the other side gave up its seat: another relationship, kept alone from the start, with the same person (M4).

The old one stays as it ended, to be read. So whoever joins the new one later finds nothing of what lay between, and the table of
each was laid once. That the two belong together is known to one's own side alone.
"""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from goodword.agreements import queries as agreements
from goodword.agreements.rules import present
from goodword.alone.models import Continuation, OwnWord, Record
from goodword.alone.queries.going_on import elsewhere, may_keep_on
from goodword.alone.rules import Sort
from goodword.gates.rules import GATES, Choice
from goodword.ground.refusals import Refusal
from goodword.relationships import starting
from goodword.relationships.acting import Act, acting
from goodword.relationships.models import Seat
from goodword.reservations.models import OwnWorry, PrivateReservation, SideReservation
from goodword.reservations.queries import WAITING
from goodword.teaching.queries import pages as teaching


def keep_on(seat: Seat) -> Seat:
    """Go on alone from here; return the seat there. Twice, or by two colleagues at once, is once.

    Raises Refusal where somebody let go, or still sits on the other side.
    """
    with acting(seat, after_the_end=True) as act:
        if there := elsewhere(seat, Continuation.ONWARD):
            act.change_nothing()
            return there
        if not may_keep_on(seat) or Continuation.objects.owned_by(seat).filter(direction=Continuation.ONWARD).exists():
            raise Refusal(
                _("You can go on alone only where %(name)s gave up the seat.") % {"name": seat.other.first_name}
            )
        there = starting.start_from(seat, act.now)
        Continuation.objects.write(seat, direction=Continuation.ONWARD, there=there.relationship, created_at=act.now)
        with acting(there) as beginning:
            _link_back(beginning, there, seat)
            _say_where(seat, there)
            _keep_what_was_agreed(seat, there)
            _take_along(seat, there)
        return there


def link(seat: Seat, there: Seat) -> None:
    """Have two relationships of one person belong together for their side: it went on `there` alone from `seat`. Twice is once."""
    with acting(seat) as act, acting(there) as beginning:
        ways = ((seat, Continuation.ONWARD), (there, Continuation.BEFORE))
        if any(Continuation.objects.owned_by(one).filter(direction=way).exists() for one, way in ways):
            return
        Continuation.objects.write(seat, direction=Continuation.ONWARD, there=there.relationship, created_at=act.now)
        _link_back(beginning, there, seat)


def _link_back(beginning: Act, there: Seat, seat: Seat) -> None:
    Continuation.objects.write(there, direction=Continuation.BEFORE, there=seat.relationship, created_at=beginning.now)


def _say_where(seat: Seat, there: Seat) -> None:
    """Write down that both said go on to the step they had come to, on the day they did."""
    gate = next((one for one in GATES if one.leads_to is there.at and one.step is not there.at), None)
    if gate is not None:
        day = timezone.localdate(seat.relationship.step_since).isoformat()
        OwnWord.objects.write(there, gate=gate.id, choice=Choice.GO_ON.value, said_on=day)


def _keep_what_was_agreed(seat: Seat, there: Seat) -> None:
    """Keep for both what was agreed and taught, in the words in force."""
    found = {
        Sort.AGREEMENT: agreement_words(seat),
        Sort.FOR_THEM: teaching_words(seat, "theirs"),
        Sort.FOR_ME: teaching_words(seat, "ours"),
    }
    for sort, text in found.items():
        if text:
            Record.objects.write(there, sort=sort, text=text)


def agreement_words(seat: Seat) -> str:
    """Return the agreement in force as one text; "" where there is none."""
    (clauses,) = agreements.clauses_of(seat, agreements.in_force(seat))
    return "\n\n".join(f"{one.title}: {one.text}" if one.title else one.text for one in present(clauses))


def teaching_words(seat: Seat, whose: str) -> str:
    """Return the newest teaching of a side as one text; "" where there is none."""
    taught = teaching.teaching_at(seat, teaching.newest(seat)[whose], whose)
    return "\n".join(f"{line.label}: {line.text}" for line in taught.lines) if taught else ""


def _take_along(seat: Seat, there: Seat) -> None:
    """Copy what makes one hesitate, and what might worry them, where it is not dealt with. A colleague's own stays with them."""
    for ours in SideReservation.objects.owned_by(seat).filter(**WAITING).order_by("created_at", "id"):
        SideReservation.objects.write(there, text=ours.text.unseal(seat), breaker_at=ours.breaker_at)
    for mine in (
        PrivateReservation.objects.owned_by(seat).filter(to_side_at=None, **WAITING).order_by("created_at", "id")
    ):
        PrivateReservation.objects.write(there, text=mine.text.unseal(seat), breaker_at=mine.breaker_at)
    for worry in OwnWorry.objects.owned_by(seat).filter(to_table_at=None).order_by("created_at", "id"):
        OwnWorry.objects.write(there, text=worry.text.unseal(seat))
