"""Calendars, and picking a time without signing in."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from goodword.encounters import calendar_entries
from goodword.encounters.actions import agenda, times
from goodword.encounters.calendar_entries import CalendarEntry
from goodword.encounters.mailing import calendar, letters
from goodword.encounters.queries import pages
from goodword.encounters.views.plans import PAGES, encounter_of
from goodword.encounters.wording import line_of
from goodword.ground import moments
from goodword.people import whoami
from goodword.people.limits import allow
from goodword.relationships.doorway import seated
from goodword.relationships.models import Seat
from goodword.ui.answers import page, say
from goodword.ui.doors import public, signed_in

MOST_EVENTS = 2000
PICKS_AN_HOUR = 60
CALENDAR = "text/calendar; charset=utf-8"


@signed_in("GET", "POST")
def own_calendar(request: HttpRequest) -> HttpResponse:
    """Show one's private calendar link; POST makes or revokes it."""
    if request.method == "POST":
        if request.POST.get("act") == "close":
            calendar_entries.close_feed(request.user)  # type: ignore[arg-type]
            say(request, _("That link no longer opens."))
        else:
            calendar_entries.open_feed(request.user)  # type: ignore[arg-type]
        return redirect("own-calendar")
    feed = calendar_entries.feed_of(request.user)  # type: ignore[arg-type]
    link = settings.BASE_URL + reverse("calendar-feed", args=[calendar_entries.token_of(feed)]) if feed else ""
    ahead = pages.all_upcoming(whoami.me(request), request.GET.get("page", ""))
    return page(request, f"{PAGES}own_calendar.html", link=link, room="more", **ahead)


@public("GET")
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """A person's planned encounters, for the calendar that holds their link. Joint facts only."""
    person = calendar_entries.person_of(token)
    if person is None:
        raise Http404
    return HttpResponse(calendar.feed(calendar_entries.for_feed(person, MOST_EVENTS)), content_type=CALENDAR)


@seated("GET")
def file(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """One encounter as a file for one's own calendar."""
    it = encounter_of(seat, item)
    entry = CalendarEntry.objects.select_related("seat").filter(seat=seat, encounter_id=it.pk).first()
    if entry is None:
        raise Http404
    items = letters.agenda_of(
        agenda.items_of(seat.without_drawers(), it)
    )  # what lies on the table, and no drawer of ours
    answer = HttpResponse(calendar.file(entry, items), content_type=CALENDAR)
    answer.headers["Content-Disposition"] = 'attachment; filename="meeting.ics"'
    return answer


@public("GET", "POST")
def pick_by_link(request: HttpRequest, signed: str) -> HttpResponse:
    """The times somebody offers, to pick from without signing in.

    Joint facts only, through a seat whose drawers and diary stay shut; reading it changes nothing (T27).
    """
    opened = letters.seat_by_link(signed)
    it = pages.visible_encounters(opened[0]).filter(key=opened[1], called_off_at=None).first() if opened else None
    if opened is None or it is None:
        return page(request, f"{PAGES}times_gone.html", bare=True)
    seat = opened[0]
    it.relationship = seat.relationship
    if request.method == "POST" and allow("pick", str(seat.pk), PICKS_AN_HOUR, 3600):
        if request.POST.get("act") == "back":
            times.put_right(seat, it)
        else:
            times.pick(seat, it, request.POST.get("time", ""))
        it.refresh_from_db(fields=["planned_at", "zone"])
    shown = seat.without_drawers()
    return page(
        request,
        f"{PAGES}pick.html",
        seat=shown,
        it=it,
        line=line_of(it, shown),
        offered=[one for one in pages.times_on_offer(shown, it) if not one["ours"]],
        picked_at=times.pick_to_undo(shown, it, moments.now()),
        signed=signed,
        bare=True,
    )
