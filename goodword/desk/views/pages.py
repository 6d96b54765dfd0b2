"""Today, the list, and a relationship's front page: reads only."""

from __future__ import annotations

from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import resolve, reverse
from django.utils import timezone

from goodword.alone.queries import pages as alone
from goodword.briefings.forms import WeighListForm
from goodword.briefings.queries.weighing import to_weigh
from goodword.database.replica import lists_from_replica
from goodword.desk import actions
from goodword.desk.queries import front, listing, more, preparing, wrap_up
from goodword.desk.queries import today as todays
from goodword.encounters.models import Encounter
from goodword.encounters.views.plans import encounter_of
from goodword.people import whoami, zones
from goodword.playbook.shelf import playbook
from goodword.relationships import holding, invitations, waiting
from goodword.relationships.doorway import seated
from goodword.relationships.models import Seat
from goodword.ui.answers import page, refusals_on
from goodword.ui.doors import public, signed_in

# The rooms that have something on the table, and the page of each that shows it.
TABLE_PAGES = {
    "encounters": "encounters",
    "reservations": "reservations",
    "briefings": "briefing",
    "agreements": "agreement",
    "teaching": "teaching",
    "profiles": "their-profile",
    "leads": "relationship-leads",
    "followups": "follow-up",
}


@public("GET")
def welcome(request: HttpRequest) -> HttpResponse:
    """Show what Goodword is to whoever is not signed in."""
    if request.user.is_authenticated:
        return redirect("today")
    return page(request, "desk/pages/welcome.html", help=playbook().help)


@public("GET")
def how_it_works(request: HttpRequest) -> HttpResponse:
    """Show all stages, reservations frankly included (M4); with the way back to the letter one came from."""
    letter = request.GET.get("letter", "")
    invitation = invitations.by_token(letter) if letter else None
    return page(
        request,
        "desk/pages/how_it_works.html",
        letter=letter if invitation else "",
        from_name=invitations.inviter_seat(invitation).side.first_name if invitation else "",
    )


@public("GET")
def who_sees_what(request: HttpRequest) -> HttpResponse:
    """The promise, and the risks that stay."""
    return page(request, "desk/pages/who_sees_what.html", narrow=False)


@signed_in("GET")
@lists_from_replica
def today(request: HttpRequest) -> HttpResponse:
    """Show what waits for this person, across all relationships."""
    me = whoami.me(request)
    found = todays.today(me) | {"here": zones.place(me.zone)}
    return page(request, "desk/pages/today.html", room="today", today=timezone.localdate(), **found)


@signed_in("POST")
def mark_news_seen(request: HttpRequest) -> HttpResponse:
    """Read a piece of news: it waits no longer, and its page opens. Looking alone changes nothing (S4)."""
    news, place = request.POST.get("news", ""), request.POST.get("page", "")
    page_of_it = waiting.see(whoami.me(request), news, page="" if news else place)
    return redirect(page_of_it or "today")


@signed_in("GET")
@lists_from_replica
def relationships(request: HttpRequest) -> HttpResponse:
    """Show where each relationship stands."""
    found = listing.relationships_list(whoami.me(request), listing.filter_of(request.GET))
    return page(request, "desk/pages/relationships.html", room="relationships", **found)


@signed_in("GET")
def everything_else(request: HttpRequest) -> HttpResponse:
    """Everything else, in one list."""
    return page(request, "desk/pages/more.html", room="more", entries=more.more_entries())


@seated("GET")
def relationship(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Show a relationship's front page: what is next, for whom, and why."""
    if seat.keeps_alone and seat.open:
        return page(request, "alone/pages/front.html", seat=seat, room="relationships", **alone.front(seat))
    found = front.front_page(seat)
    answer = page(request, "desk/pages/relationship.html", seat=seat, room="relationships", **found)
    if any(lead.hold for lead in found.get("open_leads", ())):
        answer["Refresh"] = str(holding.WINDOW.seconds + 2)  # so that no dead button stays on the screen
    return answer


@seated("GET")
def story(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Show how the two got here."""
    return page(request, "desk/pages/story.html", seat=seat, room="relationships", **front.story_page(seat))


@seated("GET", "POST")
def wrap_up_sheet(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """Ask what came of an encounter, one answer a tap; the last of them seals the decision."""
    it, form = encounter_of(seat, item), Form(request.POST if request.method == "POST" else None)
    if not wrap_up.has_sheet(seat, it):
        return redirect("encounter", seat.key, it.key)
    if request.POST.get("answer") == "each":
        return _weigh_each(request, seat, it)
    if request.method == "POST":
        part, said, shown = (request.POST.get(name, "") for name in ("part", "answer", "shown"))
        with refusals_on(form):
            return redirect(actions.answer(seat, it, part, said, shown))
    return page(
        request,
        "desk/pages/wrap_up.html",
        seat=seat,
        room="relationships",
        form=form,
        **wrap_up.context(seat, it),
    )


def _weigh_each(request: HttpRequest, seat: Seat, it: Encounter) -> HttpResponse:
    """Keep what was said of each criterion; what cannot be kept stays on the page."""
    form = WeighListForm(request.POST, to_weigh(seat))
    if form.is_valid():
        with refusals_on(form):
            actions.weigh_each(seat, it, form.said())
            return redirect("came-of-it", seat.key, it.key)
    shown = {**wrap_up.context(seat, it), "weighing": form, "open": "criteria"}
    return page(request, "desk/pages/wrap_up.html", seat=seat, room="relationships", form=form, **shown)


@seated("GET")
def prepare(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """Show what to take along to an encounter: out of one's own drawers, so no part of what they see."""
    shown = preparing.context(seat, encounter_of(seat, item))
    return page(request, "desk/pages/prepare.html", seat=seat, room="relationships", **shown)


@seated("GET")
def what_they_see(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The other side's page, rendered from their permissions, read-only."""
    mirror = seat.as_other_side()
    return page(request, "desk/pages/relationship.html", seat=mirror, room="relationships", **front.front_page(mirror))


@seated("GET")
def what_they_see_in(request: HttpRequest, seat: Seat, room: str) -> HttpResponse:
    """One room as the other side reads it: its own page, asked by their mirror (M4)."""
    if room not in TABLE_PAGES:
        raise Http404
    door: Any = resolve(reverse(TABLE_PAGES[room], args=[seat.key])).func
    answer: HttpResponse = door.__wrapped__(
        request, seat.as_other_side()
    )  # behind the door, which let this very seat through
    return answer
