"""Letters of the hall, and how any room writes to the people of a side."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Mapping
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from goodword.ground.addresses import mask
from goodword.people.models import Person
from goodword.post import outbox
from goodword.post.letters import LetterKind, register
from goodword.post.models import OutboxLetter
from goodword.relationships import waiting
from goodword.relationships.models import Invitation, Relationship, Seat, Side
from goodword.relationships.offers import SeatOffer


def _seats(relationship_id: uuid.UUID | None, person_id: uuid.UUID | None) -> QuerySet[Seat]:
    if relationship_id is None or person_id is None:
        return Seat.objects.none()
    return Seat.objects.filter(relationship_id=relationship_id, person_id=person_id, left_at=None)


def has_open_seat(relationship_id: uuid.UUID | None, person_id: uuid.UUID | None) -> bool:
    """Whether the relationship goes on and this person still has a seat in it: asked just before a letter leaves."""
    return _seats(relationship_id, person_id).filter(relationship__ended_at=None).exists()


def has_seat(relationship_id: uuid.UUID | None, person_id: uuid.UUID | None) -> bool:
    """Whether this person still has a seat, ended or not: for the one letter that says it has ended."""
    return _seats(relationship_id, person_id).exists()


def has_invitation(relationship_id: uuid.UUID | None, person_id: uuid.UUID | None) -> bool:
    """Whether the invitation has not been taken back and nobody has let go."""
    live = Invitation.objects.filter(revoked_at=None, relationship__ended_at=None)
    return relationship_id is not None and live.filter(relationship_id=relationship_id).exists()


def address_of(seat: Seat, route: str, *args: object) -> str:
    """Return the full address of a page in this relationship."""
    return str(settings.BASE_URL + reverse(route, args=[seat.relationship_key, *args]))


def to_other_side(
    seat: Seat,
    kind: str,
    *,
    once: str | None = None,
    due_at: dt.datetime | None = None,
    but: Collection[uuid.UUID] = (),
    **values: Any,
) -> None:
    """Put a letter of this kind to each person on the other side, `but` for these. Values: D1 to D7 only (T4)."""
    _to_side(seat.relationship_id, seat.other_id, kind, once, due_at, values, but)


def to_own_side(
    seat: Seat, kind: str, *, once: str | None = None, due_at: dt.datetime | None = None, **values: Any
) -> None:
    """Put a letter of this kind to each person on this seat's own side."""
    _to_side(seat.relationship_id, seat.side_id, kind, once, due_at, values)


def _to_side(
    relationship_id: uuid.UUID,
    side_id: uuid.UUID,
    kind: str,
    once: str | None,
    due_at: dt.datetime | None,
    values: dict[str, Any],
    but: Collection[uuid.UUID] = (),
) -> None:
    """Put a letter to each person of a side, who came first first: letters of one moment leave in the order they were put."""
    there = Seat.objects.filter(relationship_id=relationship_id, side_id=side_id, left_at=None)
    in_order = there.select_related("person", "other").order_by("id")
    for one in (seat for seat in in_order if seat.person_id not in but):
        known = {"name": one.other_called} if values.get("name") == one.other.first_name else {}
        put_to(one, kind, {**values, **known}, once=once, due_at=due_at)


def put_to(
    seat: Seat, kind: str, values: dict[str, Any], *, once: str | None = None, due_at: dt.datetime | None = None
) -> None:
    """Put a letter of this kind to the person in one seat. `once` names the occasion, which each reader has for themselves."""
    outbox.put(
        kind,
        seat.person.email,
        values=values,
        relationship_id=seat.relationship_id,
        person_id=seat.person_id,
        due_at=due_at,
        once=f"{once}:{seat.person_id}" if once else None,
    )


def invitation_values(inviter: Person, side: Side, other: Side, invitation: Invitation, link: str) -> dict[str, Any]:
    """Return what the invitation letter shows: the inviter's name, business and words (D1), and the link."""
    return {
        "from_name": side.person_name,
        "first_name": side.first_name,
        "business": side.business_name,
        "trade": side.trade,
        "town": side.town,
        "to_name": other.first_name,
        "words": invitation.words,
        "met": invitation.met,
        "met_on": formats.date_format(invitation.met_on, "l j F") if invitation.met_on else "",
        "link": link,
        "reply_to": inviter.email,
        "how": settings.BASE_URL + reverse("how-it-works"),
    }


def send_invitation(seat: Seat, invitation: Invitation, link: str) -> bool:
    """Mail the invitation. Return whether it goes: not to somebody who asked not to be written to, or is flooded (T34)."""
    values = invitation_values(seat.person, seat.side, seat.other, invitation, link)
    if declines_letters(invitation):
        return False  # the page has said so; asked again, as somebody may have stopped letters since
    put = outbox.put(
        "invitation",
        invitation.address,
        values=values,
        relationship_id=seat.relationship_id,
        once=f"invitation:{invitation.key}",
    )
    return put is not None


def declines_letters(invitation: Invitation) -> bool:
    """Whether its address asked not to be written to: by invitations, by any letter, or by this person's."""
    address = invitation.address
    return bool(address) and outbox.is_suppressed(address, "invitation", invitation.inviter.key)


def came_back(invitation: Invitation) -> bool:
    """Whether an invitation was given to the post, and the post could not bring it."""
    return invitation.sent_at is not None and outbox.is_undelivered(f"invitation:{invitation.key}")


def _letter_came_back(relationship_id: uuid.UUID | None) -> None:
    """Have it decided anew what is next for whoever wrote the letter."""
    relationship = Relationship.objects.filter(pk=relationship_id).first() if relationship_id else None
    if relationship:
        waiting.mark(relationship, timezone.now(), side=None, seat=None)


def offer_came_back(offer: SeatOffer) -> bool:
    """Whether the letter about a kept seat never went: nobody there is told of it by us."""
    return (
        not OutboxLetter.objects.filter(once=_occasion(offer)).exclude(dropped_at__isnull=False, sent_at=None).exists()
    )


def _occasion(offer: SeatOffer) -> str:
    return f"seat-offer:{offer.key}"


def send_answer(invitation: Invitation, said: str) -> None:
    """Tell the proposing side what was answered; after a yes, give the invited mailbox a receipt (T29)."""
    relationship = Relationship.objects.get(pk=invitation.relationship_id)
    inviter = Seat.objects.select_related("side", "other", "person").get(
        relationship=relationship, person_id=invitation.inviter_id
    )
    page = address_of(inviter, "relationship")
    outbox.take_back_kind(relationship.pk, "answered")  # put right before it went: only the last one is told
    to_own_side(inviter, "answered", name=inviter.other.first_name, said=said, met=invitation.met, link=page)
    if said == "yes" and invitation.seat_address:
        values = {"first_name": inviter.side.first_name, "link": settings.BASE_URL + reverse("join")}
        outbox.put("receipt", invitation.seat_address, values=values, relationship_id=relationship.pk)


def send_arrival(seat: Seat, asked: str) -> None:
    """Tell the proposing side who has taken the seat (D7): their name, whom it was `asked` of if another, the address masked."""
    other = asked if asked != seat.side.person_name else ""
    link = address_of(seat, "relationship")
    to_other_side(seat, "joined", name=seat.side.person_name, asked=other, address=mask(seat.person.email), link=link)


def send_seat_offer(seat: Seat, offer: SeatOffer) -> None:
    """Tell a colleague that a seat is kept for them."""
    values = {
        "name": seat.side.person_name,
        "other": seat.other.person_name,
        "link": settings.BASE_URL + reverse("join"),
        "offer": offer.key,
    }
    outbox.put("seat-offer", offer.address, values=values, relationship_id=seat.relationship_id, once=_occasion(offer))


def _offer_values(person_id: uuid.UUID | None, values: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return nothing more to say about a seat that is still kept, and None about one that no longer is."""
    return {} if SeatOffer.objects.filter(key=values["offer"], taken_at=None).exists() else None


def still_open(relationship_id: uuid.UUID | None, person_id: uuid.UUID | None) -> bool:
    """Whether the relationship goes on."""
    return relationship_id is not None and Relationship.objects.filter(pk=relationship_id, ended_at=None).exists()


def _kind(name: str, subject: Any, takes: str, may_send: Any, **more: Any) -> None:
    pages = f"relationships/letters/{name.replace('-', '_')}"
    register(LetterKind(name, pages, subject, frozenset(takes.split()), may_send, **more))


def _answer_subject(values: Mapping[str, Any]) -> str:
    if values["said"] == "yes":
        return _("%(name)s said yes") % values
    return _("%(name)s has answered your letter") % values


def _invitation(values: Mapping[str, Any]) -> str:
    if values.get("met_on"):
        return _("%(from_name)s, after you met on %(met_on)s") % values
    if values.get("met"):
        return _("%(from_name)s would like to go on from where you met") % values
    return _("%(from_name)s would like an hour with you") % values


def register_letters() -> None:
    """Register the letters of the hall."""
    _kind(
        "invitation",
        _invitation,
        "from_name first_name business trade town to_name words met met_on link reply_to how",
        has_invitation,
        given_up=_letter_came_back,
    )
    _kind("answered", _answer_subject, "name said met link", has_seat)
    _kind("receipt", lambda v: _("Your answer to %(first_name)s") % v, "first_name link", has_invitation)
    _kind(
        "seat-offer",
        lambda v: _("%(name)s keeps a seat for you") % v,
        "name other link offer",
        still_open,
        fill=_offer_values,
    )
    _kind("seat-given-up", lambda v: _("%(name)s has given up their seat") % v, "name link", has_seat)
    _kind("joined", lambda v: _("%(name)s has taken a seat") % v, "name asked address link", has_open_seat)
