"""What somebody without an account sees: the invitation, their answer, and the way in. A bare link shows D1 only."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from goodword.ground.text import masked
from goodword.people import signing_in, whoami
from goodword.relationships import invitations, starting
from goodword.relationships.forms import BoundAddressForm
from goodword.relationships.models import Invitation, Seat, Side
from goodword.relationships.steps import Role
from goodword.ui.answers import done, page, say
from goodword.ui.doors import public, signed_in

ANSWERS = ("yes", "not_now", "no")


def sides_of(invitation: Invitation) -> dict[str, Side]:
    """Return both sides by role, for the names on the letter."""
    return {side.role: side for side in Side.objects.filter(relationship_id=invitation.relationship_id)}


def opened_by(request: HttpRequest) -> Invitation | None:
    """Return the invitation this browser has answered, if it still opens. The session keeps its key, not its secret."""
    return invitations.by_key(request.session.get("invitation", ""))


@public("GET", "POST")
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Who asks, why me, what next; a POST answers. Reading it changes nothing and tells nobody (T27, T28)."""
    found = invitations.by_token(token)
    if found is None:
        return page(request, "relationships/pages/invitation_gone.html", bare=True)
    if request.method == "POST" and request.POST.get("answer") in ANSWERS:
        invitations.answer(found, request.POST["answer"])
        request.session["invitation"] = found.key
        return redirect("answered")
    sides = sides_of(found)
    return page(request, "relationships/pages/invitation.html", invitation=found, token=token, narrow=True,
                asker=sides[Role.PROPOSER], asked=sides[Role.INVITED], phone=found.inviter.phone, bare=True)  # fmt: skip


@public("GET", "POST")
def answered(request: HttpRequest) -> HttpResponse:
    """What the answer means; after a yes, the way in by a code to the invited address."""
    found = opened_by(request)
    if found is None or not found.answer:
        return page(request, "relationships/pages/invitation_gone.html", bare=True)
    form = BoundAddressForm(request.POST or None)
    if request.method == "POST" and found.answer == "yes":
        address = found.address or (form.cleaned_data["email"] if form.is_valid() and bound(form, found) else "")
        if address and signing_in.may_ask(request):
            return ask_for_code(request, address)
    sides = sides_of(found)
    return page(request, "relationships/pages/answered.html", said=found.answer, form=None if found.address else form, bare=True,
                asker=sides[Role.PROPOSER], address=masked(found.address) if found.address else "", joined=found.joined_at)  # fmt: skip


def bound(form: BoundAddressForm, found: Invitation) -> bool:
    """Bind an invitation shown without an address to the one typed."""
    done(form, invitations.bind, found, form.cleaned_data["email"])
    return form.is_valid()


def ask_for_code(request: HttpRequest, address: str) -> HttpResponse:
    """Mail a code to the invited address and go on to where it is typed."""
    if request.user.is_authenticated and request.user.email == address:
        return redirect("join")
    request.session["sign_in_address"] = masked(address)
    request.session["sign_in_key"] = signing_in.send_key(address, "/invitation/join")
    return redirect("sign-in-code")


@public("GET", "POST")
def not_me(request: HttpRequest, token: str) -> HttpResponse:
    """Not you? One button, and the link is dead."""
    found = invitations.by_token(token)
    if found is None:
        raise Http404
    if request.method == "POST":
        invitations.not_me(found)
        return page(request, "relationships/pages/invitation_gone.html", bare=True)
    return page(request, "relationships/pages/not_me.html", token=token, bare=True)


@signed_in("GET", "POST")
def join(request: HttpRequest) -> HttpResponse:
    """The seats waiting for this proven address, each with its own button: nobody is seated across from a stranger by it (T29)."""
    chosen = request.POST.get("seat", "")
    seat = take_chosen(request, chosen) if request.method == "POST" else None
    if seat is not None:
        return redirect("relationship", seat.key)
    if request.method == "POST":
        say(request, _("That seat is no longer waiting for your address."))
        return redirect("join")
    waiting = [
        (one.key, sides_of(one)[Role.PROPOSER].person_name) for one in invitations.waiting_for(whoami.me(request))
    ]
    offers = [(one.key, one.side.person_name) for one in starting.offers_for(whoami.me(request))]
    return page(request, "relationships/pages/join.html", waiting=waiting, offers=offers, room="relationships")


def take_chosen(request: HttpRequest, key: str) -> Seat | None:
    """Take the one seat whose button was pressed, if it is waiting for this person."""
    me = whoami.me(request)
    for letter in invitations.waiting_for(me):
        if letter.key == key:
            return invitations.join(me, letter)
    return next((starting.take_offered(me, offer) for offer in starting.offers_for(me) if offer.key == key), None)
