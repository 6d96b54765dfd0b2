"""Invitations: written, offered, answered, joined or taken back. Each step is one conditional update (T27 to T40)."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from goodword.ground.addresses import mask, tidy_address
from goodword.ground.keys import new_id
from goodword.ground.refusals import Refusal
from goodword.people import actions as people
from goodword.people.limits import allow
from goodword.people.models import Person
from goodword.people.signing_in import hash_of
from goodword.post import outbox
from goodword.relationships import acquaintances, mailing
from goodword.relationships.acting import Act, acting, acting_unseated
from goodword.relationships.laying import lay_table
from goodword.relationships.models import Invitation, Relationship, Seat, Side
from goodword.relationships.naming import name_sides
from goodword.relationships.offers import SeatOffer
from goodword.relationships.seats import whole
from goodword.relationships.steps import Role
from goodword.relationships.verbs import Verb

LIFE = dt.timedelta(days=60)
AFTERTHOUGHT = dt.timedelta(days=3)  # what a bare link closed opens again for so long: a machine may have pressed it
CLOSING = ("no", "not_me")
LETTERS_A_DAY = 40
LETTERS_TO_ONE = 2  # in a quarter of a year, from one person to one address (T34)


def inviter_seat(invitation: Invitation) -> Seat:
    """Return the seat of the person who wrote an invitation, or of a colleague where they have given it up: whoever answers is
    not to learn of that from what their answer does."""
    seats = whole(Seat.objects.all(), "person").filter(
        relationship_id=invitation.relationship_id, side__role=Role.PROPOSER
    )
    there = seats.filter(left_at=None).order_by("joined_at", "id")
    return there.filter(person_id=invitation.inviter_id).first() or there.first() or seats[0]


def token_of(invitation: Invitation) -> str:
    """Return the secret of an invitation's link: derived, so that it can be shown again without being stored (T30)."""
    name = f"invitation:{invitation.pk}:{invitation.generation}".encode()
    digest = hmac.new(settings.SECRET_KEY.encode(), name, hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def link_to(invitation: Invitation) -> str:
    """Return the full address of an invitation, from the configured base only (T32)."""
    return str(settings.BASE_URL + reverse("invitation", args=[token_of(invitation)]))


def by_token(token: str) -> Invitation | None:
    """Return the invitation this link shows, or None: expired, taken back, let go of and never made look the same."""
    found = Invitation.objects.select_related("relationship", "inviter").filter(token_hash=hash_of(token)).first()
    if found is None or not (found.joined_at or may_answer(found) or _is_refused(found)):
        return None
    return found


def _is_refused(invitation: Invitation) -> bool:
    return invitation.answer == "no" and invitation.revoked_at is None and timezone.now() < invitation.expires_at


def by_key(key: str) -> Invitation | None:
    """Return the invitation a browser has answered, on the same conditions as its link."""
    found = Invitation.objects.select_related("relationship", "inviter").filter(key=key).first() if key else None
    return found if found and by_token(token_of(found)) else None


def may_answer(invitation: Invitation) -> bool:
    """Whether its link still answers: until somebody has joined. What it closed it also opens, for a while (T27)."""
    now, relationship = timezone.now(), invitation.relationship
    if invitation.joined_at or invitation.offered_at is None or now >= invitation.expires_at:
        return False
    if invitation.answer not in CLOSING:
        return invitation.revoked_at is None and relationship.ended_at is None
    at = invitation.answered_at
    if at is None or now >= at + AFTERTHOUGHT:
        return False
    if invitation.answer == "no":  # unless it was let go of by the other side since
        return invitation.revoked_at is None and relationship.ended_at in (None, at)
    another = Invitation.objects.filter(relationship=relationship, revoked_at=None).exists()
    return relationship.ended_at is None and invitation.revoked_at == at and not another


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
        if tidy_address(address) == seat.person.email:
            raise Refusal(_("That is your own address. Write theirs, or leave it out and show them a code."), "email")
        current = of(seat)
        if current and current.offered_at:
            raise Refusal(_("That letter has gone. Take it back first, then write another."))
        if current:
            current.delete()
        invitation = Invitation(
            id=new_id(),
            relationship=act.relationship,
            inviter=seat.person,
            address=tidy_address(address),
            seat_address=tidy_address(address),
            words=words,
            met_on=met_on,
            met_where=met_where,
            made_at=act.now,
            expires_at=act.now + LIFE,
        )
        invitation.token_hash = hash_of(token_of(invitation))
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
        if by_mail and not allow("invited", f"{seat.person_id}:{invitation.address}", LETTERS_TO_ONE, 90 * 86_400):
            raise Refusal(_("You have written to that address before. You can still show them the code."))
        if by_mail and not allow("invitations", str(seat.person_id), LETTERS_A_DAY, 86_400):
            raise Refusal(_("That is a great many invitations for one day. The rest can go tomorrow."))
        invitation.offered_at = invitation.offered_at or act.now
        if by_mail and not invitation.sent_at:
            if not mailing.send_invitation(seat, invitation, link_to(invitation)):
                raise Refusal(
                    _("We don’t write letters to that address. Show them the code, or send the link yourself.")
                )
            invitation.sent_at = act.now
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
    """Record yes, not now, no or not me from the link. Return the answer that stands: a repeated or late one changes nothing.

    Whoever holds the link can answer, and so can a machine that presses what it finds. So a yes opens nothing by itself and
    the invited mailbox is told of it (T29); and any answer can be put right from the same link until somebody has joined, a
    no and a not me for three days. No ends the relationship kindly (M12); not me closes the letter, and this inviter's way
    to that address by mail.
    """
    with acting_unseated(invitation.relationship_id) as act:
        invitation.refresh_from_db()
        invitation.relationship = act.relationship
        if said == invitation.answer or not may_answer(invitation):
            act.change_nothing()
        else:
            _set_answer(act, invitation, said)
    return invitation.answer


def _set_answer(act: Act, invitation: Invitation, said: str) -> None:
    relationship, before = act.relationship, invitation.answer
    invitation.answer, invitation.answered_at = said, act.now
    invitation.revoked_at = act.now if said == "not_me" else None
    invitation.save(update_fields=["answer", "answered_at", "revoked_at"])
    relationship.ended_at = act.now if said == "no" else None
    relationship.save(update_fields=["ended_at"])
    if said in CLOSING:
        outbox.take_back(relationship.pk)
    if invitation.address and "not_me" in (said, before):
        change = outbox.suppress if said == "not_me" else outbox.allow_again
        change(invitation.address, "invitation", invitation.inviter.key)
    if said != "not_me":  # whoever wrote it sees that it is closed, and not by whom
        mailing.send_answer(invitation, said)


def bind(invitation: Invitation, address: str) -> None:
    """Bind an invitation that was shown without an address to the first one given (T40). Raises Refusal for a second."""
    address = tidy_address(address)
    free = Invitation.objects.filter(Q(seat_address="") | Q(seat_address=address), pk=invitation.pk, joined_at=None)
    if not free.update(seat_address=address):
        raise Refusal(_("This invitation is waiting for another address. Ask for a new one."), "email")


def keep_for(person: Person, address: str) -> int:
    """Keep the seats that wait for an address, just proven, for this person's own instead (T40). Return how many."""
    letters = Invitation.objects.filter(seat_address=address, answer="yes", joined_at=None, revoked_at=None)
    offers = SeatOffer.objects.filter(address=address, taken_at=None)
    return letters.update(seat_address=person.email) + offers.update(address=person.email)


def waiting_for(person: Person) -> list[Invitation]:
    """Return the invitations this person's proven address has said yes to and not joined yet."""
    return list(acquaintances.open_letters_to(person).filter(answer="yes"))


def join(person: Person, invitation: Invitation, name: str = "") -> Seat:
    """Give the invited person their seat and lay the table; `name` is theirs, if they had none yet. Idempotent.

    What they had written to the inviter themselves is taken back. Raises Refusal if the invitation is for another address,
    was taken back, or they sit on the other side (T21, T36).
    """
    try:
        return _join(person, invitation, name)
    except Relationship.DoesNotExist:  # erased at this very instant, with the account of whoever kept it alone
        raise Refusal(_("This invitation is no longer open.")) from None


def _join(person: Person, invitation: Invitation, name: str) -> Seat:
    with acting_unseated(invitation.relationship_id) as act:
        seat = Seat.objects.filter(person=person, relationship=act.relationship).first()
        side = Side.objects.get(relationship=act.relationship, role=Role.INVITED)
        if seat and seat.side_id == side.pk:
            act.change_nothing()
            return seat
        if seat:
            raise Refusal(_("You are already on the other side of this one. It takes two."))
        open_still = Invitation.objects.filter(
            pk=invitation.pk,
            seat_address=person.email,
            answer="yes",
            joined_at=None,
            revoked_at=None,
            expires_at__gt=act.now,
        )
        if act.relationship.ended_at or not open_still.update(
            joined_at=act.now, joined_address=person.email, joined_shown=mask(person.email)
        ):
            raise Refusal(_("This invitation is no longer open."))
        if not person.name:
            people.call_oneself(person, name or side.person_name)
        return _take_seat(act, person, invitation, side)


def _take_seat(act: Act, person: Person, invitation: Invitation, side: Side) -> Seat:
    asked, firm = side.person_name, person.business
    side.person_name, side.business_name = person.name, firm.name if firm else side.business_name
    side.save()
    lay_table(act)
    other = Side.objects.get(relationship=act.relationship, role=Role.PROPOSER)
    act.by = add_seat(person, act.relationship, side, other, act.now)
    name_sides(act.relationship.pk)
    for each in (side, other):
        each.refresh_from_db(fields=["called"])
    act.announce(Verb.JOINED, letter=invitation, asked=asked)
    _take_back_crossing(person, invitation.inviter)
    return act.by


def _take_back_crossing(person: Person, inviter: Person) -> None:
    """Take back what a person had written to somebody whose letter they now joined by: two people need one relationship."""
    crossing = Invitation.objects.filter(inviter=person, seat_address=inviter.email, joined_at=None, revoked_at=None)
    for letter in crossing:
        with acting_unseated(letter.relationship_id) as act:
            Invitation.objects.filter(pk=letter.pk, joined_at=None).update(revoked_at=act.now)
            outbox.take_back(letter.relationship_id)


def add_seat(person: Person, relationship: Relationship, side: Side, other: Side, now: dt.datetime) -> Seat:
    """Make a seat for a person on a side."""
    return Seat.objects.create(
        person=person,
        relationship=relationship,
        relationship_key=relationship.key,
        side=side,
        other=other,
        joined_at=now,
        touched_at=now,
        other_name=other.person_name,
        other_called=other.first_name,
        search_text=other.search_text,
    )
