"""Starting a relationship: whom, why them, have you met already (M9, M10). It can be used alone until the other joins."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from goodword.ground.refusals import Refusal
from goodword.ground.text import tidy_address
from goodword.people import actions as people
from goodword.people.limits import within
from goodword.people.models import Person
from goodword.relationships import comings, invitations, mailing, projection
from goodword.relationships.acting import acting
from goodword.relationships.models import Event, Relationship, Seat, SeatOffer, Side
from goodword.relationships.steps import Role

STARTS_A_DAY = 500
COLLEAGUES_A_DAY = 20
OFFER_LIVES = dt.timedelta(days=30)


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
            relationship=relationship,
            role=Role.INVITED,
            person_name=name,
            business_name=business,
            trade=trade,
            town=town,
        )
        seat = invitations.add_seat(person, relationship, ours, theirs, now)
        Event.objects.write(seat, verb="started", created_at=now)
        projection.refresh(relationship, None, now)
        return seat


def offer_seat(seat: Seat, *, name: str, email: str) -> SeatOffer:
    """Keep a seat on one's own side for a colleague and write to them; they take it with a code from their own mailbox.

    The answer is the same whoever the address belongs to (T18, T33); an address of the other side is turned away when the
    seat is to be taken. Raises Refusal after very many in one day.
    """
    if not within("colleagues", str(seat.person_id), COLLEAGUES_A_DAY, 86_400):
        raise Refusal(_("That is a great many for one day. Please go on tomorrow."))
    with acting(seat) as act:
        offer = SeatOffer.objects.create(
            relationship=act.relationship, side_id=seat.side_id, name=name, address=tidy_address(email), made_at=act.now
        )
        mailing.send_seat_offer(seat, offer)
        return offer


def offers_for(person: Person) -> list[SeatOffer]:
    """Return the seats colleagues keep for this person's proven address."""
    waiting = _waiting().select_related("side").filter(address=person.email, relationship__ended_at=None)
    return list(waiting.order_by("made_at"))


def offers_of(seat: Seat) -> list[SeatOffer]:
    """Return the seats one's own side keeps for colleagues who have not come yet."""
    return list(_waiting().filter(relationship_id=seat.relationship_id, side_id=seat.side_id).order_by("made_at"))


def _waiting() -> QuerySet[SeatOffer]:
    """A seat waits for a month: whoever reads an old mailbox years later finds no way in."""
    return SeatOffer.objects.filter(taken_at=None, made_at__gt=timezone.now() - OFFER_LIVES)


def take_back(seat: Seat, key: str) -> None:
    """Keep a seat no longer that one's own side kept for a colleague. One that was taken or withdrawn meanwhile stays as it is."""
    with acting(seat):
        _waiting().filter(relationship_id=seat.relationship_id, side_id=seat.side_id, key=key).delete()


def take_offered(person: Person, offer: SeatOffer) -> Seat:
    """Take a seat that a colleague keeps; both sides see who sits where. Raises Refusal on the other side (T21) or too late."""
    with transaction.atomic():
        relationship = Relationship.objects.select_for_update().get(pk=offer.relationship_id)
        now = timezone.now()
        taken = Seat.objects.filter(person=person, relationship=relationship).first()
        late = not _waiting().filter(pk=offer.pk, address=person.email).update(taken_at=now)
        if late or relationship.ended_at or (taken and taken.side_id != offer.side_id):
            raise Refusal(_("That seat is no longer waiting for your address."))
        if not person.name:
            people.call_oneself(person, offer.name)
        seat = taken or _colleagues_seat(person, relationship, offer, now)
        Seat.objects.filter(pk=seat.pk).update(left_at=None)
        comings.came(seat)
        Event.objects.write(seat, verb="colleague_joined", created_at=now)
        projection.refresh(relationship, None, now)
        return seat


def _colleagues_seat(person: Person, relationship: Relationship, offer: SeatOffer, now: dt.datetime) -> Seat:
    other = Side.objects.exclude(pk=offer.side_id).get(relationship=relationship)
    return invitations.add_seat(person, relationship, offer.side, other, now)


def leave(seat: Seat, email: str) -> None:
    """Take away a colleague's seat on one's own side, and every seat still kept there for their address: nobody comes back by
    an offer from before. The last person of a side lets go instead (Refusal).
    """
    with acting(seat) as act:
        people = Seat.objects.filter(relationship=act.relationship, side_id=seat.side_id, left_at=None)
        if people.count() < 2:
            raise Refusal(_("You are the only one on your side. To stop, let go of the relationship."))
        leaving = people.filter(person__email=tidy_address(email)).first()
        if leaving:
            people.filter(pk=leaving.pk).update(left_at=act.now)
            SeatOffer.objects.filter(side_id=seat.side_id, address=tidy_address(email), taken_at=None).delete()
            comings.went(leaving)
        act.tell("colleague_left")
