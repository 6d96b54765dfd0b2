"""Pages of the hall for people who sit in it: start, the letter, colleagues."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from goodword.ground.keys import KEY_PATTERN
from goodword.ground.refusals import Refusal
from goodword.people import actions as people
from goodword.people import whoami
from goodword.people.models import Person
from goodword.relationships import acquaintances, holding, invitations, mailing, starting
from goodword.relationships.doorway import seated
from goodword.relationships.forms import ColleagueForm, LetterForm, StartForm
from goodword.relationships.meetings import last_meeting
from goodword.relationships.models import Invitation, Seat
from goodword.ui import qr
from goodword.ui.answers import page, refusals_on, say
from goodword.ui.doors import signed_in
from goodword.ui.onward import address_back, onward

LETTER = ("words", "met_on", "met_where")


@signed_in("GET", "POST")
def start(request: HttpRequest) -> HttpResponse:
    """Whom, why them, have you met already. What there is with them already is said before anything is made twice."""
    me = whoami.me(request)
    alone = request.POST.get("how") == "alone"
    form = StartForm(request.POST or None, nameless=not me.name, alone=alone)
    met = None
    if request.method == "POST" and form.is_valid():
        met = acquaintance_at(request, me, form.cleaned_data["email"])
        if not met:
            with refusals_on(form):
                return redirect("relationship" if alone else "letter", begin(request, form.cleaned_data).key)
    return page(request, "relationships/pages/start.html", form=form, met=met, room="relationships")


def acquaintance_at(
    request: HttpRequest, me: Person, address: str, but: uuid.UUID | None = None
) -> dict[str, Any] | None:
    """Return what one has with whoever is at an address, for the page; nothing if one means it all the same."""
    met = None if "again" in request.POST else acquaintances.with_address(me, address, but)
    if met is None:
        return None
    said_yes = met.letter is not None and met.letter.answer == "yes"
    link = reverse("join") if said_yes else invitations.link_to(met.letter) if met.letter else ""
    return {"what": met.what, "name": met.name, "seat": met.seat, "ended_at": met.ended_at, "link": link}


def begin(request: HttpRequest, said: dict[str, Any]) -> Seat:
    """Start the relationship and write its letter; without an invitation for now, if so wished (M4)."""
    with transaction.atomic():
        me = whoami.me(request)
        if "own_name" in said:
            people.call_oneself(me, said["own_name"])
        seat = starting.start(me, name=said["name"], business=said["business"], town=said["town"])
        if request.POST.get("how") == "alone":
            starting.keep_alone(seat)
        if said["words"]:
            invitations.write(seat, address=said["email"], **{name: said[name] for name in LETTER})
        return seat


@seated("GET", "POST")
def half_minute(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """It leaves in half a minute; POST takes it back. Once it has left there is nothing here any more."""
    if request.method == "POST":
        in_time = holding.take_back(seat, item)
        say(request, _("Taken back. Nobody saw it.") if in_time else _("It had left already."))
        return onward(request, seat, "relationship", seat.key)
    row = next((row for row in holding.waiting_of(seat) if row.key == item), None)
    if row is None:
        return onward(request, seat, "relationship", seat.key)
    seconds = max(0, round((row.leaves_at - timezone.now()).total_seconds()))
    then = address_back(request, seat, "relationship", seat.key)
    answer = page(request, "relationships/pages/held.html", seat=seat, row=row, seconds=seconds, then=then)
    answer["Refresh"] = str(seconds + 2)  # so that no dead button stays on the screen
    return answer


@seated("GET", "POST")
def letter(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The letter exactly as it will arrive; POST mails it or opens its link, if it still says what was looked at."""
    invitation, by_mail = letter_or_refuse(seat), request.POST.get("how") == "mail"
    said = [invitation.words, invitation.address, str(invitation.met_on), invitation.met_where]
    form = forms.Form(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        with refusals_on(form):
            holding.refuse_unless_seen(seat, request.POST.get("seen", ""), *said)
            invitations.offer(seat, by_mail=by_mail)
            return redirect("letter-sent" if by_mail else "letter-code", seat.key)
    return page(
        request,
        "relationships/pages/letter.html",
        form=form,
        seen=holding.print_of(seat, *said),
        seat=seat,
        invitation=invitation,
        declines_letters=mailing.declines_letters(invitation),
        room="relationships",
        narrow=True,
    )


def letter_or_refuse(seat: Seat) -> Invitation:
    """Return the letter, or refuse where there is none to show."""
    invitation = own_letter(seat)
    if invitation is None:
        raise _no_letter()
    return invitation


def own_letter(seat: Seat) -> Invitation | None:
    """Return the letter, or None where none is written yet. Refuse whoever it was written to."""
    if seat.role != "proposer":
        raise _no_letter()
    return invitations.of(seat)


def _no_letter() -> Refusal:
    return Refusal(_("There is no letter waiting here."))


@seated("GET", "POST")
def letter_words(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Change the letter before it is offered, or write another after it was taken back."""
    form, met = LetterForm(request.POST or None, initial=_letter_so_far(seat)), None
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        met = acquaintance_at(request, seat.person, said["email"], seat.relationship_id)
        words = {name: said[name] for name in LETTER}
        if not met:
            with refusals_on(form):
                invitations.write(seat, address=said["email"], **words)
                return redirect("letter", seat.key)
    return page(request, "relationships/pages/letter_words.html", seat=seat, form=form, met=met, room="relationships")


def _letter_so_far(seat: Seat) -> dict[str, Any]:
    """Return what the letter says by now; of one that is not begun, the meeting noted last: that sets its tense (M9)."""
    if letter := own_letter(seat):
        return {"words": letter.words, "email": letter.address, "met_on": letter.met_on, "met_where": letter.met_where}
    met = last_meeting(seat)
    return {"met_on": met.day, "met_where": met.place} if met else {}


@seated("GET")
def letter_state(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The letter is on its way, or could not be delivered; and what happens now."""
    invitation = letter_or_refuse(seat)
    if not invitation.offered_at:
        return redirect("letter", seat.key)
    return page(
        request,
        "relationships/pages/letter_sent.html",
        seat=seat,
        invitation=invitation,
        came_back=mailing.came_back(invitation),
        room="relationships",
    )


@seated("GET")
def letter_code(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The link, to be copied or scanned across the table."""
    invitation = letter_or_refuse(seat)
    if not invitation.offered_at:
        return redirect("letter", seat.key)
    link = invitations.link_to(invitation)
    return page(
        request,
        "relationships/pages/letter_code.html",
        seat=seat,
        link=link,
        picture=qr.picture(link),
        room="relationships",
    )


@seated("POST")
def letter_back(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Take the letter back."""
    invitations.take_back(seat)
    say(request, _("The letter is taken back. Its link no longer opens."))
    return redirect("relationship", seat.key)


@seated("GET", "POST")
def colleagues(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Who sits on either side; add somebody to one's own, or take a seat away there."""
    act = request.POST.get("act", "")
    if act in ("away", "back"):
        return seat_away(request, seat) if act == "away" else offer_back(request, seat)
    form = ColleagueForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            starting.offer_seat(seat, **form.cleaned_data)
            say(request, _("A seat is kept for them for a month. They come for it with a code from their own mailbox."))
            return redirect("colleagues", seat.key)
    rows = (
        Seat.objects.filter(relationship_id=seat.relationship_id, left_at=None)
        .select_related("person")
        .order_by("joined_at")
    )
    people = [(one.person.name, seat.side_name(one.side_id)) for one in rows]
    if (
        not seat.open
    ):  # who of them has an account still, and under what name, is no longer said: only that nobody sits there
        theirs = [] if seat.nobody_across else [(seat.other.person_name, "theirs")]
        people = [(name, whose) for name, whose in people if whose == "ours"] + theirs
    beside = [one.person for one in rows if one.side_id == seat.side_id and one.person_id != seat.person_id]
    return page(
        request,
        "relationships/pages/colleagues.html",
        seat=seat,
        form=form,
        people=people,
        beside=beside,
        offers=[(offer, mailing.offer_came_back(offer)) for offer in starting.offers_of(seat)],
        guest=acquaintances.guest_address(seat),
        room="relationships",
    )


def seat_away(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Take a colleague's seat away."""
    starting.leave(seat, request.POST.get("who", "")[:254])
    say(request, _("They no longer sit here, and what your side keeps is closed to them."))
    return redirect("colleagues", seat.key)


def offer_back(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Keep a seat no longer."""
    key = request.POST.get("who", "")
    if KEY_PATTERN.match(key):
        starting.take_back(seat, key)
    say(request, _("That seat is no longer kept."))
    return redirect("colleagues", seat.key)
