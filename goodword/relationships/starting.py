"""Starting a relationship: whom, why them, have you met already (M9, M10). It can be used alone until the other joins."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from goodword.ground.refusals import Refusal
from goodword.ground.text import tidy_address
from goodword.people.models import Person
from goodword.relationships import comings, invitations, projection
from goodword.relationships.acting import acting
from goodword.relationships.models import Event, Relationship, Seat, Side
from goodword.relationships.steps import Role
from goodword.ui.limits import within

STARTS_A_DAY = 500


def start(person: Person, *, name: str, business: str = "", trade: str = "", town: str = "") -> Seat:
    """Begin a relationship with somebody who need not know of it yet; return the starter's seat.

    Raises Refusal after very many in one day (T54).
    """
    if not within("starts", str(person.pk), STARTS_A_DAY, 86_400):
        raise Refusal(_("That is a great many for one day. Please go on tomorrow."))
    with transaction.atomic():
        now = timezone.now()
        relationship = Relationship.objects.create(made_at=now, step_since=now)
        firm = person.business
        ours = Side.objects.create(
            relationship=relationship, role=Role.PROPOSER, person_name=person.name,
            business_name=firm.name if firm else "", trade=firm.trade if firm else "", town=firm.town if firm else "",
        )  # fmt: skip
        theirs = Side.objects.create(
            relationship=relationship, role=Role.INVITED, person_name=name, business_name=business, trade=trade, town=town
        )
        seat = invitations.add_seat(person, relationship, ours, theirs, now)
        Event.objects.write(seat, verb="started", created_at=now)
        projection.refresh(relationship, None, now)
        return seat


def seat_colleague(seat: Seat, *, name: str, email: str) -> Seat:
    """Give a colleague a seat on one's own side; both sides see who sits where. Raises Refusal for somebody of the other side (T21)."""
    with acting(seat) as act:
        colleague = Person.objects.at(email, name)
        taken = Seat.objects.filter(person=colleague, relationship=act.relationship).first()
        if taken and taken.side_id != seat.side_id:
            raise Refusal(_("That address can’t be added to your side."), "email")
        if taken:
            Seat.objects.filter(pk=taken.pk).update(left_at=None)
            projection.greet(taken)
            comings.came(taken)
            act.tell("colleague_joined")
            return taken
        new = invitations.add_seat(colleague, act.relationship, seat.side, seat.other, act.now)
        comings.came(new)
        act.tell("colleague_joined")
        return new


def leave(seat: Seat, email: str) -> None:
    """Take away a colleague's seat on one's own side. The last person of a side lets go instead (Refusal)."""
    with acting(seat) as act:
        people = Seat.objects.filter(relationship=act.relationship, side_id=seat.side_id, left_at=None)
        if people.count() < 2:
            raise Refusal(_("You are the only one on your side. To stop, let go of the relationship."))
        leaving = people.filter(person__email=tidy_address(email)).first()
        if leaving:
            people.filter(pk=leaving.pk).update(left_at=act.now)
            comings.went(leaving)
        act.tell("colleague_left")
