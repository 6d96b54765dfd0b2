"""Starting a relationship: whom, why them, have you met already (M9, M10). It can be used alone until the other joins."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from goodword.database.compiled import compiled
from goodword.ground.addresses import tidy_address
from goodword.ground.refusals import Refusal
from goodword.people import actions as people
from goodword.people.limits import allow
from goodword.people.models import Person
from goodword.relationships import invitations, mailing
from goodword.relationships.acting import Act, acting, acting_unseated
from goodword.relationships.models import Relationship, Seat, Side
from goodword.relationships.naming import name_sides
from goodword.relationships.offers import SeatOffer
from goodword.relationships.seats import whole
from goodword.relationships.steps import Role
from goodword.relationships.verbs import Verb

STARTS_A_DAY = 500
COLLEAGUES_A_DAY = 20
OFFER_LIVES = dt.timedelta(days=30)


def start(person: Person, *, name: str, business: str = "", trade: str = "", town: str = "") -> Seat:
    """Begin a relationship with somebody who need not know of it yet; return the starter's seat.

    Raises Refusal after very many in one day (T54).
    """
    if not allow("starts", str(person.pk), STARTS_A_DAY, 86_400):
        raise Refusal(_("That is a great many for one day. Please go on tomorrow."))
    now = timezone.now()
    relationship = Relationship(made_at=now, step_since=now)
    with transaction.atomic():
        relationship.save(force_insert=True)
        with acting_unseated(relationship.pk) as act:
            ours, theirs = _sides(act.relationship, person, name, business, trade, town)
            act.by = invitations.add_seat(person, act.relationship, ours, theirs, act.now)
            name_sides(act.relationship.pk)
            act.announce(Verb.STARTED)
            return act.by


def keep_alone(seat: Seat) -> None:
    """Keep the relationship by oneself from now on, with or without a letter on its way. Raises Refusal once they have joined."""
    with acting(seat) as act:
        if not seat.alone:
            raise Refusal(_("%(name)s has joined. You both keep it now.") % {"name": seat.other.first_name})
        if act.relationship.alone_since is None:
            act.relationship.alone_since = act.now
            act.relationship.save(update_fields=["alone_since"])


def start_from(seat: Seat, now: dt.datetime) -> Seat:
    """Begin another relationship with whoever sat across from a seat, kept alone from the start: at the same step, with the same
    names, and with everybody who sits on this side. Return this person's seat in it. Call within an act.
    """
    was = seat.relationship
    first = Role(was.first_speaker) if seat.role is Role.PROPOSER else Role(was.first_speaker).other
    relationship = Relationship(made_at=now, step=was.step, step_since=now, first_speaker=first, alone_since=now)
    relationship.save(force_insert=True)
    with acting_unseated(relationship.pk) as act:
        here = Seat.objects.filter(side_id=seat.side_id, left_at=None).select_related("person")
        people_here = [each.person for each in here.order_by("joined_at", "id")]
        other = seat.other
        names = (other.person_name, other.business_name, other.trade, other.town)
        ours, theirs = _sides(act.relationship, people_here[0], *names)
        Side.objects.filter(pk=theirs.pk).update(wish=other.called)
        seats = [
            invitations.add_seat(each, act.relationship, ours, theirs, act.now + number * dt.timedelta.resolution)
            for number, each in enumerate(people_here)  # who sat first is whom the side is named after
        ]
        _count(ours)
        name_sides(act.relationship.pk)
        act.by = next(each for each in seats if each.person_id == seat.person_id)
        act.announce(Verb.STARTED)
    return whole(Seat.objects.all(), "person").get(pk=act.by.pk)


def _sides(
    relationship: Relationship, person: Person, name: str, business: str, trade: str, town: str
) -> tuple[Side, Side]:
    """Make the two sides: the starter's own, from their account, and the other's, as the starter calls it."""
    firm = person.business
    ours = Side.objects.create(
        relationship=relationship,
        role=Role.PROPOSER,
        person_name=person.name,
        business_name=firm.name if firm else "",
        trade=firm.trade if firm else "",
        town=firm.town if firm else "",
    )
    theirs = Side.objects.create(
        relationship=relationship, role=Role.INVITED, person_name=name, business_name=business, trade=trade, town=town
    )
    return ours, theirs


def offer_seat(seat: Seat, *, name: str, email: str) -> SeatOffer:
    """Keep a seat on one's own side for a colleague and write to them; they take it with a code from their own mailbox.

    The answer is the same whoever the address belongs to (T18, T33); an address of the other side is turned away when the
    seat is to be taken. Raises Refusal after very many in one day.
    """
    if not allow("colleagues", str(seat.person_id), COLLEAGUES_A_DAY, 86_400):
        raise Refusal(_("That is a great many for one day. Please go on tomorrow."))
    if tidy_address(email) == seat.person.email:
        raise Refusal(_("That is your own address: you sit here already."), "email")
    with acting(seat) as act:
        offer = SeatOffer.objects.create(
            relationship=act.relationship, side_id=seat.side_id, name=name, address=tidy_address(email), made_at=act.now
        )
        mailing.send_seat_offer(seat, offer)
        return offer


def offers_for(person: Person) -> list[SeatOffer]:
    """Return the seats colleagues keep for this person's proven address."""
    return _offers_to(address=person.email, since=timezone.now() - OFFER_LIVES)


@compiled
def _offers_to(*, address: str, since: dt.datetime) -> QuerySet[SeatOffer]:
    waiting = _waiting_since(since).select_related("side").filter(address=address, relationship__ended_at=None)
    return waiting.order_by("made_at")


def offers_of(seat: Seat) -> list[SeatOffer]:
    """Return the seats one's own side keeps for colleagues who have not come yet."""
    return list(_waiting().filter(relationship_id=seat.relationship_id, side_id=seat.side_id).order_by("made_at"))


def _waiting() -> QuerySet[SeatOffer]:
    """A seat waits for a month: whoever reads an old mailbox years later finds no way in."""
    return _waiting_since(timezone.now() - OFFER_LIVES)


def _waiting_since(moment: dt.datetime) -> QuerySet[SeatOffer]:
    return SeatOffer.objects.filter(taken_at=None, made_at__gt=moment)


def forget_offers(now: dt.datetime) -> int:
    """Delete offers of seats a month after they were made, taken or not: nobody can take one by then, and each names a colleague."""
    return SeatOffer.objects.filter(made_at__lt=now - OFFER_LIVES).delete()[0]


def take_back(seat: Seat, key: str) -> None:
    """Keep a seat no longer that one's own side kept for a colleague. One that was taken or withdrawn meanwhile stays as it is."""
    with acting(seat):
        _waiting().filter(relationship_id=seat.relationship_id, side_id=seat.side_id, key=key).delete()


def take_offer(person: Person, offer: SeatOffer, name: str = "") -> Seat:
    """Take a seat that a colleague keeps; both sides see who sits where; `name` is theirs, if they had none yet.

    Raises Refusal on the other side (T21) or too late.
    """
    with acting_unseated(offer.relationship_id) as act:
        seat = Seat.objects.filter(person=person, relationship=act.relationship).first()
        late = not _waiting().filter(pk=offer.pk, address=person.email).update(taken_at=act.now)
        if late or act.relationship.ended_at or (seat and seat.side_id != offer.side_id):
            raise Refusal(_("That seat is no longer waiting for your address."))
        if not person.name:
            people.call_oneself(person, name or offer.name)
        act.by = seat or _colleagues_seat(act, person, offer)
        Seat.objects.filter(pk=act.by.pk).update(left_at=None)
        _count(act.by.side)
        act.announce(Verb.COLLEAGUE_JOINED)
        return act.by


def _count(side: Side) -> None:
    """Write down how many people sit on a side."""
    side.members = max(Seat.objects.filter(side=side, left_at=None).count(), 1)
    side.save(update_fields=["members"])


def _colleagues_seat(act: Act, person: Person, offer: SeatOffer) -> Seat:
    other = Side.objects.exclude(pk=offer.side_id).get(relationship=act.relationship)
    seat = invitations.add_seat(person, act.relationship, offer.side, other, act.now)
    seat.has_slips = int(Seat.objects.filter(side_id=offer.side_id, has_slips=1).exists())
    seat.save(update_fields=["has_slips"])
    return seat


def leave(seat: Seat, email: str) -> None:
    """Take away a seat on one's own side, a colleague's or one's own, and every seat still kept there for their address: nobody comes
    back by an offer from before. The last person of a side gives it up otherwise (Refusal).
    """
    with acting(seat) as act:
        people = Seat.objects.filter(relationship=act.relationship, side_id=seat.side_id, left_at=None)
        if people.count() < 2:
            raise Refusal(_("You are the only one on your side. Let go of the relationship, or give up your seat."))
        leaving = people.filter(person__email=tidy_address(email)).first()
        if leaving is None:  # they have gone meanwhile, and the other side was told of it
            act.change_nothing()
            return
        people.filter(pk=leaving.pk).update(left_at=act.now)
        SeatOffer.objects.filter(side_id=seat.side_id, address=tidy_address(email), taken_at=None).delete()
        _count(seat.side)
        act.announce(Verb.COLLEAGUE_LEFT, leaving=leaving)
