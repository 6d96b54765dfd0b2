"""What somebody without an account sees: the invitation, their answer, and the way in. A bare link shows D1 only."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from goodword.ground.addresses import mask, tidy_address
from goodword.people import actions as people
from goodword.people import signing_in, whoami
from goodword.people.forms.account import CodeForm
from goodword.people.models import SignInKey
from goodword.people.views.account import proven
from goodword.relationships import acquaintances, invitations, starting
from goodword.relationships.forms import SeatAddressForm, SeatForm
from goodword.relationships.models import Invitation, Seat, Side
from goodword.relationships.open_offers import awaited_name
from goodword.relationships.steps import Role
from goodword.ui.answers import page, refusals_on, say
from goodword.ui.doors import public, signed_in

ANSWERS = ("yes", "not_now", "no", "not_me")


def sides_of(invitation: Invitation) -> dict[str, Side]:
    """Return both sides by role, for the names on the letter."""
    return {side.role: side for side in Side.objects.filter(relationship_id=invitation.relationship_id)}


def invitation_in_session(request: HttpRequest) -> Invitation | None:
    """Return the invitation this browser has answered, if it still opens. The session keeps its key, not its secret."""
    return invitations.by_key(request.session.get("invitation", ""))


@public("GET", "POST")
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Who asks, why me, what next; a POST answers. Reading it changes nothing and tells nobody (T27, T28)."""
    found = invitations.by_token(token)
    if found is None:
        return page(request, "relationships/pages/invitation_gone.html", bare=True)
    seat = acquaintances.seat_in(request.user, found.relationship) if request.user.is_authenticated else None
    if seat is not None:
        return redirect("relationship", seat.key)
    if request.POST.get("answer") in ANSWERS:
        return answer(request, found)
    if found.answer or found.joined_at:
        return way_in(request, found, reverse("invitation", args=[token]))
    sides = sides_of(found)
    return page(
        request,
        "relationships/pages/invitation.html",
        invitation=found,
        token=token,
        narrow=True,
        asker=sides[Role.PROPOSER],
        asked=sides[Role.INVITED],
        phone=found.inviter.phone,
        bare=True,
    )


def answer(request: HttpRequest, found: Invitation) -> HttpResponse:
    """Take an answer, and keep in the session whose it was: from then on the link's secret is not needed (T31)."""
    invitations.answer(found, request.POST["answer"])
    request.session["invitation"] = found.key
    return redirect("answered")


@public("GET", "POST")
def answer_page(request: HttpRequest) -> HttpResponse:
    """What the answer means, and how to put it right; after a yes, the way in by a code to the invited address."""
    found = invitation_in_session(request)
    if found is None:
        return page(request, "relationships/pages/invitation_gone.html", bare=True)
    if request.POST.get("answer") in ANSWERS:
        return answer(request, found)
    if not (found.answer or found.joined_at):
        return redirect("invitation", invitations.token_of(found))
    return way_in(request, found, reverse("answered"))


def way_in(request: HttpRequest, found: Invitation, action: str) -> HttpResponse:
    """Show what was answered; mail a code to the invited address when that is asked for after a yes."""
    form = SeatAddressForm(request.POST if request.method == "POST" and not address_of(found) else None)
    if request.method == "POST" and (found.answer == "yes" or found.joined_at):
        address = address_of(found) or bind_address(form, found)
        if address and signing_in.may_ask(request):
            request.session["invitation"] = found.key
            return ask_for_code(request, address, address_words(found))
    return show_answer(request, found, action, form)


def address_of(found: Invitation) -> str:
    """Return the address whose proof opens the seat: the one it was taken with, or the one it is kept for."""
    return found.joined_address or found.seat_address


def address_words(found: Invitation) -> str:
    """Return that address as whoever holds the link may read it: masked, and once somebody has joined, as it was then."""
    address = address_of(found)
    return found.joined_shown or (mask(address) if address else "")


def show_answer(request: HttpRequest, found: Invitation, action: str, form: SeatAddressForm) -> HttpResponse:
    """Show what was answered and when, what else can be said, and the way in."""
    address = address_of(found)
    return page(
        request,
        "relationships/pages/answered.html",
        said="joined" if found.joined_at else found.answer,
        at=found.joined_at or found.answered_at,
        others=[one for one in ANSWERS[:3] if one != found.answer] if invitations.may_answer(found) else [],
        form=None if address else form,
        action=action,
        met=found.met,
        bare=True,
        asker=sides_of(found)[Role.PROPOSER],
        phone=found.inviter.phone,
        mailed=found.sent_at is not None,
        address=address_words(found),
    )


def bind_address(form: SeatAddressForm, found: Invitation) -> str:
    """Bind an invitation shown without an address to the one typed, and return it; "" where it cannot be."""
    if not form.is_valid():
        return ""
    with refusals_on(form):
        invitations.bind(found, form.cleaned_data["email"])
    return str(form.cleaned_data["email"]) if form.is_valid() else ""


def ask_for_code(request: HttpRequest, address: str, shown: str) -> HttpResponse:
    """Mail a code to the invited address, `shown` as that, and go on to where it is typed, whoever is signed in here."""
    address = tidy_address(address)
    if request.user.is_authenticated and request.user.email == address:
        return redirect("join")
    signing_in.send_key(request, address, reverse("join"))
    request.session["sign_in_address"] = shown
    return redirect("seat-for-whom" if request.user.is_authenticated else "sign-in-code")


@signed_in("GET", "POST")
def seat_for_whom(request: HttpRequest) -> HttpResponse:
    """A seat is kept for another address than the one signed in here: prove it, and choose who has the seat."""
    form = CodeForm(request.POST if "code" in request.POST else None)
    key = proof(request, form) if request.method == "POST" else None
    if key and request.POST.get("who") == "me":
        invitations.keep_for(whoami.me(request), key.address)
        signing_in.forget_asking(request)
        return redirect("join")
    if key:
        return signing_in.sign_in(request, key.address, reverse("join"))
    if request.method == "POST" and not form.is_bound:
        return page(request, "people/pages/link_spent.html", next_url=reverse("join"))
    address = request.session.get("sign_in_address", "")
    return page(request, "relationships/pages/seat_for_whom.html", form=form, address=address)


def proof(request: HttpRequest, form: CodeForm) -> SignInKey | None:
    """Return the key, used up, by whose link or code the visitor has shown that they read that mailbox."""
    if "token" in request.POST:
        return signing_in.redeem_link(request.POST["token"])
    return proven(request, form) if form.is_valid() else None


@public("GET", "POST")
def not_me(request: HttpRequest, token: str) -> HttpResponse:
    """Close the letter for whoever it was not meant for; for three days it can be opened again from its link."""
    found = invitations.by_token(token)
    if found is None or found.joined_at:
        raise Http404
    if request.method == "POST":
        invitations.answer(found, "not_me")
        request.session["invitation"] = found.key
        return redirect("answered")
    return page(request, "relationships/pages/not_me.html", token=token, bare=True)


@signed_in("GET", "POST")
def join(request: HttpRequest) -> HttpResponse:
    """The seats waiting for this proven address, each with its own button: nobody is seated across from a stranger by it (T29)."""
    me = whoami.me(request)
    form = SeatForm(request.POST or None, person=me, called=awaited_name(me))
    if request.method == "POST" and form.is_valid():
        seat = take_choice(request, form)
        if seat is not None:
            return redirect("relationship", seat.key)
        say(request, _("That seat is no longer waiting for your address."))
        return redirect("join")
    waiting = [
        (one.key, sides_of(one)[Role.PROPOSER].person_name, acquaintances.between(me, one.inviter))
        for one in invitations.waiting_for(me)
    ]
    offers = [(one.key, one.side.person_name) for one in starting.offers_for(me)]
    return page(
        request, "relationships/pages/join.html", waiting=waiting, offers=offers, form=form, room="relationships"
    )


def take_choice(request: HttpRequest, form: SeatForm) -> Seat | None:
    """Take the one seat whose button was pressed, if it is waiting for this person."""
    me, key, name = whoami.me(request), request.POST.get("seat", ""), form.cleaned_data.get("own_name", "")
    seat: Seat | None = None
    for letter in invitations.waiting_for(me):
        if letter.key == key:
            seat = invitations.join(me, letter, name)
    for offer in starting.offers_for(me):
        if offer.key == key:
            seat = starting.take_offer(me, offer, name)
    if seat and form.cleaned_data["zone"]:
        people.say_zone(me, form.cleaned_data["zone"])
    return seat
