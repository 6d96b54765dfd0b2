"""Invitations: written, offered, answered, joined or taken back. Each step is one conditional update (TRUST T27 to T40)."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from goodword.ground.keys import new_id
from goodword.ground.refusals import Refusal
from goodword.ground.text import tidy_address
from goodword.people.limits import within
from goodword.people.models import Person
from goodword.people.signing_in import hashed
from goodword.post import outbox
from goodword.relationships import mailing, projection
from goodword.relationships.acting import acting
from goodword.relationships.models import Event, Invitation, Relationship, Seat, Side
from goodword.relationships.steps import Role

LIFE = dt.timedelta(days=60)
_joined: list[Callable[[Seat, Invitation], None]] = []
LETTERS_A_DAY = 40
LETTERS_TO_ONE = 2  # in a quarter of a year, from one person to one address (T34)


def when_joined(tell: Callable[[Seat, Invitation], None]) -> None:
    """Have a room told, in the same transaction, when the invited side takes its seat: the hall does not know the rooms."""
    _joined.append(tell)


def inviter_seat(invitation: Invitation) -> Seat:
    """Return the seat of the person who wrote an invitation."""
    return Seat.objects.select_related("relationship", "side", "other", "person").get(
        relationship_id=invitation.relationship_id, person_id=invitation.inviter_id
    )


def token_of(invitation: Invitation) -> str:
    """Return the secret of an invitation's link: derived, so that it can be shown again without being stored (T30)."""
    name = f"invitation:{invitation.pk}:{invitation.generation}".encode()
    return (
        base64.urlsafe_b64encode(hmac.new(settings.SECRET_KEY.encode(), name, hashlib.sha256).digest())
        .decode()
        .rstrip("=")
    )


def link_to(invitation: Invitation) -> str:
    """Return the full address of an invitation, from the configured base only (T32)."""
    return str(settings.BASE_URL + reverse("invitation", args=[token_of(invitation)]))


def by_token(token: str) -> Invitation | None:
    """Return the live invitation this link opens, or None: expired, taken back, let go of and never made look the same."""
    found = Invitation.objects.select_related("relationship", "inviter").filter(token_hash=hashed(token)).first()
    if found is None or not found.live(timezone.now()) or found.joined_at:
        return None
    return found if found.relationship.ended_at is None or found.answer == "no" else None


def by_key(key: str) -> Invitation | None:
    """Return the invitation a browser has answered, on the same conditions as its link."""
    found = Invitation.objects.select_related("relationship", "inviter").filter(key=key).first() if key else None
    return found if found and by_token(token_of(found)) else None


def of(seat: Seat) -> Invitation | None:
    """Return the relationship's current invitation, if the proposing side asks and there is one."""
    if seat.mirror:
        return None
    return Invitation.objects.filter(relationship_id=seat.relationship_id, revoked_at=None).first()


def write(seat: Seat, *, words: str, address: str, met_on: dt.date | None = None, met_where: str = "") -> Invitation:
    """Write the invitation, or change one nobody has been offered yet. Raises Refusal once it has been offered."""
    with acting(seat) as act:
        if seat.role is not Role.PROPOSER or not seat.alone:
            raise Refusal(_("There is nobody left to invite here."))
        current = of(seat)
        if current and current.offered_at:
            raise Refusal(_("That letter has gone. Take it back first, then write another."))
        if current:
            current.delete()
        invitation = Invitation(
            id=new_id(), relationship=act.relationship, inviter=seat.person, address=tidy_address(address), words=words,
            met_on=met_on, met_where=met_where, made_at=act.now, expires_at=act.now + LIFE,
        )  # fmt: skip
        invitation.token_hash = hashed(token_of(invitation))
        invitation.save(force_insert=True)
        return invitation


def offer(seat: Seat, *, by_mail: bool) -> Invitation:
    """Open the invitation's link: mail it, or only show it to be copied or scanned. Raises Refusal if there is none to offer."""
    with acting(seat) as act:
        invitation = of(seat)
        if invitation is None or not seat.alone:
            raise Refusal(_("Write the letter first."))
        if by_mail and not invitation.address:
            raise Refusal(_("Write their e-mail address first, or show them the code instead."), "address")
        if by_mail and not within("invited", f"{seat.person_id}:{invitation.address}", LETTERS_TO_ONE, 90 * 86_400):
            raise Refusal(_("You have written to that address before. You can still show them the code."))
        if by_mail and not within("invitations", str(seat.person_id), LETTERS_A_DAY, 86_400):
            raise Refusal(_("That is a great many invitations for one day. The rest can go tomorrow."))
        invitation.offered_at = invitation.offered_at or act.now
        if by_mail and not invitation.sent_at:
            invitation.sent_at = act.now
            mailing.send_invitation(seat, invitation, link_to(invitation))
        invitation.save(update_fields=["offered_at", "sent_at"])
        return invitation


def take_back(seat: Seat) -> None:
    """Take the invitation back: its link and any letter still waiting die at once. Raises Refusal if they have joined."""
    with acting(seat) as act:
        if not Invitation.objects.filter(relationship_id=seat.relationship_id, revoked_at=None, joined_at=None).update(
            revoked_at=act.now
        ):
            raise Refusal(
                _(
                    "They have already joined, so there is nothing to take back. You can let go on the relationship’s page."
                )
            )
        outbox.take_back(seat.relationship_id)


def answer(invitation: Invitation, said: str) -> str:
    """Record yes, not now or no from the link. Return the answer that stands: a repeated or late one changes nothing.

    Yes can follow not now; no is final and ends the relationship kindly (M12). Whoever holds the link can answer, so
    a yes opens nothing by itself and the invited mailbox is told of it (T29).
    """
    with transaction.atomic():
        relationship = Relationship.objects.select_for_update().get(pk=invitation.relationship_id)
        now = timezone.now()
        open_still = Invitation.objects.filter(
            Q(answer="") | Q(answer="not_now"), pk=invitation.pk, revoked_at=None, expires_at__gt=now
        ).exclude(answer=said)
        if relationship.ended_at is None and open_still.update(answer=said, answered_at=now):
            if said == "no":
                relationship.ended_at = now
                relationship.save(update_fields=["ended_at"])
                outbox.take_back(relationship.pk)
            mailing.send_answer(invitation, said)
            projection.refresh(relationship, None, now)
    invitation.refresh_from_db()
    return invitation.answer


def bind(invitation: Invitation, address: str) -> None:
    """Bind an invitation that was shown without an address to the first one given (T40). Raises Refusal for a second."""
    free = Invitation.objects.filter(Q(address="") | Q(address=tidy_address(address)), pk=invitation.pk, joined_at=None)
    if not free.update(address=tidy_address(address)):
        raise Refusal(_("This invitation is waiting for another address. Ask for a new one."), "email")


def waiting_for(person: Person) -> list[Invitation]:
    """Return the invitations this person's proven address has said yes to and not joined yet."""
    return list(
        Invitation.objects.select_related("relationship", "inviter")
        .filter(address=person.email, answer="yes", joined_at=None, revoked_at=None, expires_at__gt=timezone.now())
        .filter(relationship__ended_at=None)
        .order_by("made_at")
    )


def join(person: Person, invitation: Invitation) -> Seat:
    """Give the invited person their seat and lay the table. Idempotent.

    Raises Refusal if the invitation is for another address, was taken back, or they sit on the other side (T21, T36).
    """
    with transaction.atomic():
        relationship = Relationship.objects.select_for_update().get(pk=invitation.relationship_id)
        seat = Seat.objects.filter(person=person, relationship=relationship).first()
        side = Side.objects.get(relationship=relationship, role=Role.INVITED)
        if seat and seat.side_id == side.pk:
            return seat
        now = timezone.now()
        if seat:
            raise Refusal(_("You are already on the other side of this one. It takes two."))
        waiting = Invitation.objects.filter(
            pk=invitation.pk, address=person.email, answer="yes", joined_at=None, revoked_at=None, expires_at__gt=now
        )
        if relationship.ended_at or not waiting.update(joined_at=now, joined_address=person.email):
            raise Refusal(_("This invitation is no longer open."))
        return _take_seat(person, invitation, relationship, side, now)


def _take_seat(
    person: Person, invitation: Invitation, relationship: Relationship, side: Side, now: dt.datetime
) -> Seat:
    if person.name:
        firm = person.business
        side.person_name, side.business_name = person.name, firm.name if firm else side.business_name
        side.save()
    else:
        person.name = side.person_name
        person.save(update_fields=["name"])
    relationship.laid_at = now
    relationship.save(update_fields=["laid_at"])
    other = Side.objects.get(relationship=relationship, role=Role.PROPOSER)
    seat = add_seat(person, relationship, side, other, now)
    Event.objects.write(seat, verb="joined", created_at=now)
    mailing.send_joined(seat)
    for tell in _joined:
        tell(inviter_seat(invitation), invitation)
    projection.refresh(relationship, None, now)
    return seat


def add_seat(person: Person, relationship: Relationship, side: Side, other: Side, now: dt.datetime) -> Seat:
    """Make a seat for a person on a side."""
    return Seat.objects.create(
        person=person, relationship=relationship, relationship_key=relationship.key, side=side, other=other, joined_at=now,
        touched_at=now, other_name=other.person_name, find=projection.findable(other),
    )  # fmt: skip


def not_me(invitation: Invitation) -> None:
    """The address belongs to somebody else: take the invitation back and never write there again for one."""
    with transaction.atomic():
        relationship = Relationship.objects.select_for_update().get(pk=invitation.relationship_id)
        now = timezone.now()
        waiting = Invitation.objects.filter(pk=invitation.pk, joined_at=None, revoked_at=None)
        if not waiting.update(revoked_at=now, generation=F("generation") + 1):
            return
        if invitation.address:
            outbox.suppress(invitation.address, "invitation")
        outbox.take_back(relationship.pk)
        projection.refresh(relationship, None, now)
