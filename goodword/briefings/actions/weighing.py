"""Criteria (M17), the people one knows (M26) and purpose (M21): all of it private until its author shows it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from goodword.briefings.actions.conversation import still_there
from goodword.briefings.models import Assessment, Criterion, PeopleEstimate, Purpose, PurposeRequest, ShownPurpose
from goodword.briefings.queries import facts
from goodword.briefings.queries.weighing import to_weigh
from goodword.briefings.rules import PeopleRange, Weight
from goodword.ground.refusals import Refusal
from goodword.relationships.acting import acting
from goodword.relationships.models import Seat
from goodword.relationships.verbs import Verb

MOST_CRITERIA = 40


def hold_to(seat: Seat, *, text: str, entry: str = "") -> Criterion:
    """Take up a criterion (M17). One taken from the playbook twice stays one. Raises Refusal at very many."""
    with acting(seat):
        rows = Criterion.objects.owned_by(seat)
        known = rows.filter(entry=entry).first() if entry else None
        if known is None and rows.count() >= MOST_CRITERIA:
            raise Refusal(_("Fewer will tell you more. Take one away first."), "text")
        return known or Criterion.objects.write(seat, text=text, entry=entry)


def drop(seat: Seat, criterion: Criterion) -> None:
    """Take a criterion away, with what was made of it."""
    with acting(seat):
        Criterion.objects.owned_by(seat).filter(pk=criterion.pk).delete()


def weigh(seat: Seat, criterion: Criterion, said: Weight, reason: str = "") -> Assessment:
    """Weigh the other side against a criterion. Raises Refusal for 'happy anyway' without knowing why (M17)."""
    with acting(seat) as act:
        if said is Weight.HAPPY and not reason:
            raise Refusal(_("Write down why you are happy anyway"), "reason")
        own = still_there(Criterion.objects.owned_by(seat), criterion)
        return Assessment.objects.write(seat, criterion=own, said=said, reason=reason, created_at=act.now)


def find_all_met(seat: Seat) -> None:
    """Say that the other side meets all of one's criteria; where one has chosen none, those one is offered first (M17)."""
    with acting(seat) as act:
        for row in _chosen(seat):
            Assessment.objects.write(seat, criterion=row, said=Weight.MET, reason="", created_at=act.now)


def weigh_each(seat: Seat, said: dict[str, tuple[Weight, str]]) -> None:
    """Weigh the other side against several criteria at once, by the names `to_weigh` gave them (M17).

    What is not there any more is left out; one of which the same was said before stays as it was. Raises Refusal for nothing said.
    """
    if not said:
        raise Refusal(_("Choose one of the answers."))
    with acting(seat) as act:
        before = {one.name: (one.said, one.reason) for one in to_weigh(seat)}
        for row in _chosen(seat):
            name = row.entry or row.key
            if name in said and said[name] != before.get(name):
                weight, reason = said[name]
                Assessment.objects.write(seat, criterion=row, said=weight, reason=reason, created_at=act.now)


def _chosen(seat: Seat) -> list[Criterion]:
    """Return one's criteria; where one has chosen none, those one is offered first become one's own."""
    return list(Criterion.objects.owned_by(seat)) or [
        Criterion.objects.write(seat, text=_(entry.text), entry=entry.id) for entry in facts.first_criteria()
    ]


def know_people(seat: Seat, said: PeopleRange) -> PeopleEstimate:
    """Say how many people one knows that the other side would want to meet (M26), in the step it is in."""
    with acting(seat) as act:
        return PeopleEstimate.objects.write(seat, step=seat.at, said=said, created_at=act.now)


def write_purpose(seat: Seat, text: str) -> Purpose:
    """Write down why one wants this relationship (M21). What was shown before stays as it was shown."""
    with acting(seat):
        row = facts.purpose(seat)
        if row is None:
            return Purpose.objects.write(seat, text=text)
        row.text = text
        row.save(update_fields=["text"])
        return row


def ask_purpose(seat: Seat) -> None:
    """Ask the other side why they want this relationship (M21). Asking twice changes nothing."""
    with acting(seat) as act:
        if seat.alone:
            raise Refusal(_("%(name)s has not joined yet.") % {"name": seat.other.first_name})
        if not PurposeRequest.objects.owned_by(seat).exists():
            PurposeRequest.objects.write(seat, created_at=act.now)
            act.announce(Verb.PURPOSE_ASKED)


def refuse_if_alone(seat: Seat) -> None:
    """Raise Refusal while there is nobody to show a purpose to: asked before it is held back for its half minute."""
    if seat.alone:
        name = seat.other.first_name
        raise Refusal(_("%(name)s has not joined yet. It stays with you until then.") % {"name": name})


def show_purpose(seat: Seat, text: str) -> ShownPurpose:
    """Show the other side why one wants this, in these words: a copy (M21). Raises Refusal before they have joined."""
    with acting(seat) as act:
        refuse_if_alone(seat)
        shown = ShownPurpose.objects.write(seat, text=text, created_at=act.now)
        act.announce(Verb.PURPOSE_SHOWN, shown)
        return shown
