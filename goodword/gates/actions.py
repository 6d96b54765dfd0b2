"""Deciding, opening and letting go. Every act locks the relationship, so two sides deciding at once take turns (T36)."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from goodword.encounters.actions import plans as encounters
from goodword.gates import rules
from goodword.gates.models import Decision, PartingLine, Round
from goodword.gates.needs import missing_sentence
from goodword.gates.readiness import Readiness, readiness
from goodword.gates.rules import FIRST_LEADS, Choice, outcome
from goodword.ground.refusals import Refusal
from goodword.leads.actions import forgetting
from goodword.post import outbox
from goodword.relationships import drawers, holding, news, starting
from goodword.relationships.acting import Act, acting
from goodword.relationships.models import Seat
from goodword.relationships.offers import SeatOffer
from goodword.relationships.verbs import Verb


def decide(
    seat: Seat,
    choice: Choice,
    *,
    first_leads: str = "",
    lead_kinds: str = "",
    waits_for: str = "",
    gate: str = "",
    round_number: int = 0,
) -> Choice | None:
    """Seal this side's decision; return what came of the round if that was the second one, otherwise None.

    `gate` and `round_number` say which question the reader saw: a late answer to one that is over changes nothing and is
    refused. Raises Refusal with one's own reasons while something is missing, and, at the confirmation, for a go-on
    without readiness to give first leads (M29). `lead_kinds` says among whom they will be looked for; `waits_for`
    what a "not yet" waits for (M5).
    """
    if choice is Choice.LET_GO:
        let_go(seat)
        return Choice.LET_GO
    with acting(seat) as act:
        standing = readiness(seat)
        _refuse_if_answered(standing, gate, round_number)
        if standing.missing:
            raise Refusal(missing_sentence(standing.missing[0], seat))
        if standing.gate.asks_first_leads and choice is Choice.GO_ON and first_leads not in FIRST_LEADS:
            first = _("Say how many first leads you are ready to give.")
            raise Refusal(
                first + " " + _("If you would rather not, something still holds you back: look at that first."),
                "first_leads",
            )
        _seal(act, standing, choice, first_leads=first_leads, lead_kinds=lead_kinds, waits_for=waits_for)
        return _open_if_both(act, standing)


def _refuse_if_answered(standing: Readiness, gate: str, round_number: int) -> None:
    if gate and (gate, round_number) != (standing.gate.id, standing.round):
        raise Refusal(_("That question has been answered by both of you in the meantime. Here is where you are now."))
    if not standing.asked:
        raise Refusal(_("Nothing is being asked here at the moment."))


def _seal(act: Act, standing: Readiness, choice: Choice, **said: str) -> None:
    """Write the decision, or put another in its place while the other side has not decided."""
    kept = standing.mine
    if kept is not None:
        for name, value in {"choice": choice.value, **said}.items():
            setattr(kept, name, value)
        kept.save(update_fields=["choice", *said])
        return
    Decision.objects.write(
        act.seat,
        gate=standing.gate.id,
        round=standing.round,
        choice=choice.value,
        created_at=act.now,
        **said,
    )
    act.announce(Verb.DECIDED, standing.gate.id, round=standing.round, alone=standing.theirs_at is None)


def _open_if_both(act: Act, standing: Readiness) -> Choice | None:
    """Open the seals if both are in, and let what they say happen: once, in this transaction."""
    rows = list(
        Decision.objects.unscoped().filter(
            relationship_id=act.relationship.pk, gate=standing.gate.id, round=standing.round
        )
    )
    if len(rows) < 2:
        return None
    for row in rows:
        row.opened_at = act.now
        row.save(update_fields=["opened_at"])
    one, other = (Choice(row.choice.unseal(act.seat)) for row in rows)
    result = outcome(one, other)
    if result is not Choice.GO_ON:
        _promise_nothing(rows)
    later = rules.waits_for(
        row.waits_for.unseal(act.seat) for row in rows if row.choice.unseal(act.seat) == Choice.NOT_YET
    )
    Round.objects.write(
        act.seat,
        gate=standing.gate.id,
        number=standing.round,
        outcome=result.value,
        waits_for="" if result is Choice.GO_ON else later,
        created_at=act.now,
    )
    _happen(act, standing, result)
    return result


def _promise_nothing(rows: list[Decision]) -> None:
    """Forget what first leads were promised: a promise holds where both confirm, and is read by the other side only there (M29)."""
    for row in rows:
        row.first_leads, row.lead_kinds = "", ""
        row.save(update_fields=["first_leads", "lead_kinds"])


def _happen(act: Act, standing: Readiness, result: Choice) -> None:
    if result is Choice.GO_ON and standing.gate.leads_to is not standing.gate.step:
        act.relationship.step, act.relationship.step_since = standing.gate.leads_to.value, act.now
        act.relationship.save(update_fields=["step", "step_since"])
    verb = Verb.GATE_OPENED if result is Choice.GO_ON else Verb.ANOTHER_ROUND
    act.announce(verb, standing.gate.id, round=standing.round)


def let_go(seat: Seat) -> None:
    """End the relationship at once, kindly, without a reason (M5, M12). Doing it twice changes nothing.

    Letters still waiting are dropped, and leads nobody has taken up yet lapse; each person but the one who acts gets one
    neutral line that names nobody.
    """
    with acting(seat, after_the_end=True) as act:
        _let_go(act)


def _let_go(act: Act) -> None:
    if act.relationship.ended_at is None:
        _end(act)
        act.announce(Verb.ENDED)


def _end(act: Act) -> None:
    act.relationship.ended_at = act.now
    act.relationship.save(update_fields=["ended_at"])
    outbox.take_back(act.relationship.pk)
    SeatOffer.objects.filter(
        relationship=act.relationship
    ).delete()  # nobody can take one now, and it names a colleague
    encounters.call_off_all(act)  # after what waited was dropped: its cancellations are to reach every calendar
    forgetting.lapse_at_the_end(act.relationship, act.now)


def leave(seat: Seat, *, last: bool) -> None:
    """Give up a seat: as the last one of its side, or to one's colleagues. What was just said of a lead leaves first.

    Raises Refusal where it is not as `last` says: then the seat is kept, and what was said stays in its half minute.
    """
    with transaction.atomic():
        holding.let_leave(seat, "lead-report")
        if last:
            give_up_seat(seat)
        else:
            starting.leave(seat, seat.person.email)


def give_up_seat(seat: Seat) -> None:
    """Give up the last seat of a side, and not the relationship: nobody has said no (M4). What lies on the table stays for the other
    side, which is told who left, once; what only this side saw is erased, because nobody sits there any more.

    Where it has ended, or nobody else has joined, it is let go of. Raises Refusal while a colleague sits on the side: it goes on
    with them.
    """
    with acting(seat, after_the_end=True) as act:
        if act.relationship.ended_at is not None or act.relationship.shared_since is None:
            _let_go(act)
            return
        here = Seat.objects.filter(relationship=act.relationship, side_id=seat.side_id, left_at=None)
        if here.exclude(pk=seat.pk).exists():
            raise Refusal(_("A colleague sits on your side by now, so it goes on with them. Look at this page again."))
        here.update(left_at=act.now)  # first, so that nothing that follows is written to them any more
        _end(act)
        news.wait_for_nothing(seat)
        drawers.empty([seat.side_id])
        act.announce(Verb.SEAT_GIVEN_UP)


def pause(seat: Seat) -> None:
    """Pause: until either side goes on again, nothing is asked of anybody here and nobody is reminded. Twice is once.

    Either side may, at any time, without a reason; leads on their way can still be reported. Raises Refusal before the
    other side has joined.
    """
    with acting(seat) as act:
        if act.relationship.shared_since is None:
            raise Refusal(_("There is nothing to pause before %(name)s has joined.") % {"name": seat.other.first_name})
        if act.relationship.paused_at is None:
            act.relationship.paused_at = act.now
            act.relationship.save(update_fields=["paused_at"])
            act.announce(Verb.PAUSED)


def go_on_again(seat: Seat) -> None:
    """End a pause, whichever side began it. Twice is once."""
    with acting(seat) as act:
        if act.relationship.paused_at is not None:
            act.relationship.paused_at = None
            act.relationship.save(update_fields=["paused_at"])
            act.announce(Verb.WENT_ON_AGAIN)


def leave_a_line(seat: Seat, text: str) -> None:
    """Leave one line for the other side after the end; it is mailed once, as written. Raises Refusal for a second one."""
    with acting(seat, after_the_end=True) as act:
        if act.relationship.ended_at is None:
            raise Refusal(_("This one is still going."))
        if PartingLine.objects.owned_by(seat).exists():
            raise Refusal(_("Your side has left its line."))
        line = PartingLine.objects.write(seat, text=text, created_at=act.now)
        act.announce(Verb.LINE_LEFT, line, words=text)
