"""Pages of encounters: the list, planning, recording, one encounter, its times, what goes on the table."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from goodword.encounters import calendar_entries, forms
from goodword.encounters.actions import attending, plans, times
from goodword.encounters.models import Encounter
from goodword.encounters.queries import history, pages
from goodword.encounters.rules import Coming, EncounterKind
from goodword.encounters.wording import KINDS, NOUNS, STEPS, line_of, zone_name
from goodword.ground import moments
from goodword.relationships import invitations
from goodword.relationships.doorway import find, seated
from goodword.relationships.models import Seat
from goodword.ui.answers import page, refusals_on, say

PAGES = "encounters/pages/"


def encounter_of(seat: Seat, item: str) -> Encounter:
    """Return the encounter with that key, if this seat sees it; else Http404."""
    encounter: Encounter = find(Encounter.objects.visible_to(seat), item)
    encounter.relationship = seat.relationship
    return encounter


def show(request: HttpRequest, template: str, seat: Seat, **context: Any) -> HttpResponse:
    """Render a page of this room."""
    return page(
        request,
        f"{PAGES}{template}.html",
        **{"seat": seat, "room": "relationships", "step_name": STEPS[seat.at], **context},
    )


def onwards(seat: Seat, it: Encounter) -> HttpResponse:
    """Go on from an encounter that was held: to what came of it, or, while one is alone, to where one answers for both."""
    if seat.keeps_alone:
        return redirect("relationship", seat.key)
    return redirect("encounter" if seat.alone else "came-of-it", seat.key, it.key)


@seated("GET")
def encounters(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Show what is ahead, and what has been."""
    shown = _without_seat(history.context(seat, _filter_of(request.GET)))
    return show(request, "encounters", seat, kinds=NOUNS, steps=STEPS, query=request.GET.urlencode(), **shown)


def _filter_of(asked: Any) -> history.HistoryFilter:
    """Return what is looked for; what makes no sense is left out."""
    kind, step, at = asked.get("kind", ""), asked.get("step", ""), asked.get("page", "")
    return history.HistoryFilter(
        text=asked.get("q", "").strip()[:100],
        kind=kind if kind in list(KINDS) else "",
        step=int(step) if step in tuple("12345") else 0,
        page=int(at) if at.isascii() and at.isdecimal() and len(at) < 6 else 1,
    )


def _without_seat(context: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in context.items() if name != "seat"}


@seated("GET", "POST")
def new(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Plan an encounter of any kind."""
    form = forms.PlanForm(request.POST or None, zone=zone_name(seat))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        with refusals_on(form):
            made = plans.plan(seat, planned_at=said["planned_at"], hope=said["hope"], **form.shape())
            say(request, _("It is planned, and on its way to the calendars."))
            return redirect("encounter", seat.key, made.key)
    return show(request, "new", seat, form=form, place=zone_name(seat))


@seated("GET", "POST")
def record(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Write down an encounter that took place. Of a day of which one is noted, only once one has said that it was another."""
    # Whoever writes up what was is asked for this step's meeting.
    here = seat.keeps_alone and not pages.has_met_in_step(seat)
    form = forms.PastEncounterForm(
        request.POST or None, initial={"counts_now": here, "happened_on": timezone.localdate()}
    )
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            another = request.POST.get("another", "") == form.cleaned_data["happened_on"].isoformat()
            made = plans.record(seat, **form.values(), another=another)
            if made.step != seat.at:
                say(request, _("Noted. It was before this step began, so it counts for the step before it."))
            return onwards(seat, made)
    return show(request, "record", seat, form=form, noted=_noted_already(seat, form))


def _noted_already(seat: Seat, form: forms.PastEncounterForm) -> Encounter | None:
    """Return what is noted already of what was written on the form, if anything is."""
    said = form.cleaned_data if form.is_bound else {}
    if not said.get("happened_on") or not said.get("kind"):
        return None
    kind = EncounterKind(said["kind"])
    return plans.noted_already(seat, happened_on=said["happened_on"], kind=kind, counts_now=said["counts_now"])


@seated("POST")
def record_first(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Write down the meeting that the invitation's letter names."""
    letter = invitations.of(seat)
    if letter is not None and letter.met_on:
        plans.record_first_meeting(seat, letter.met_on, letter.met_where)
        say(request, _("Noted, for both of you. It counts as your first meeting."))
    return redirect("encounters", seat.key)


@seated("GET")
def encounter(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """One encounter: what is planned, or what came of it."""
    return show(request, "encounter", seat, **_without_seat(pages.context_of(seat, encounter_of(seat, item))))


@seated("GET", "POST")
def change(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """Move it, or change what it is."""
    it = encounter_of(seat, item)
    start = _plan_to_change(it, zone_name(seat), forms.proposed_time(request.GET.get("to", "")))
    form = forms.PlanForm(request.POST or None, zone=zone_name(seat), initial=start)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            plans.change(seat, it, planned_at=form.cleaned_data["planned_at"], **form.shape())
            say(request, _("Changed, and the calendars are told."))
            return redirect("encounter", seat.key, it.key)
    return show(request, "change", seat, form=form, it=it, line=line_of(it, seat))


def _plan_to_change(it: Encounter, zone: str, instead: dt.datetime | None = None) -> dict[str, Any]:
    """Return what the form for a change starts with: the plan, or the time somebody would rather have `instead`."""
    moment = instead or it.planned_at
    local = moment.astimezone(moments.zone(zone)) if moment else None
    return {
        "kind": it.kind,
        "minutes": str(it.minutes),
        "place": it.place,
        "day": local and local.date(),
        "time": local and local.time(),
    }


@seated("GET", "POST")
def call_off(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """Call it off: a page to be sure, then done."""
    it = encounter_of(seat, item)
    if request.method == "POST":
        plans.call_off(seat, it)
        say(request, _("It is called off, and leaves the calendars."))
        return redirect("encounters", seat.key)
    return show(request, "call_off", seat, it=it, line=line_of(it, seat))


@seated("POST")
def attendance(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """It suits me, or I can't."""
    it = encounter_of(seat, item)
    said = request.POST.get("said", "")
    if said in list(Coming):
        attending.attend(seat, it, Coming(said))
        no = _("%(name)s has a letter. It stays planned until one of you moves it or calls it off.")
        say(request, no % {"name": seat.other.first_name} if said == Coming.NO else _("Noted. Both of you see it."))
    return redirect("encounter", seat.key, it.key)


@seated("POST")
def mark_held(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """It took place."""
    it = encounter_of(seat, item)
    plans.mark_held(seat, it)
    return onwards(seat, it)


@seated("GET", "POST")
def tabling(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """Put an encounter from before the other joined on the table: exactly this is what they see."""
    it = encounter_of(seat, item)
    agreed = pages.conclusions(seat, it)
    day = it.happened_on or (it.planned_at.date() if it.planned_at else None)
    start = {"happened_on": day, "place": it.place, "kind": it.kind, "text": agreed["newest"].text if agreed else ""}
    form = forms.TablingForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            return redirect("encounter", seat.key, plans.put_on_table(seat, it, **form.cleaned_data).key)
    return show(request, "tabling", seat, form=form, it=it)


@seated("GET", "POST")
def offer(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Find a time: offer up to five."""
    form, clashes = _times_form(request, seat, forms.OfferForm)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            made = times.offer(seat, starts=form.cleaned_data["moments"], **form.shape())
            say(request, _("%(name)s has a letter with your times.") % {"name": seat.other.first_name})
            return redirect("encounter", seat.key, made.key)
    return show(request, "offer", seat, form=form, clashes=clashes)


@seated("GET", "POST")
def offer_others(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """None of these: offer others."""
    it = encounter_of(seat, item)
    form, clashes = _times_form(request, seat, forms.TimesForm)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            times.offer_others(seat, it, form.cleaned_data["moments"])
            return redirect("encounter", seat.key, it.key)
    return show(request, "offer_others", seat, form=form, clashes=clashes, it=it)


def _times_form(request: HttpRequest, seat: Seat, shape: Any) -> tuple[Any, dict[str, str]]:
    """Return the form of times, and beside which of them something else stands in one's own diary."""
    zone = zone_name(seat)
    suggested = forms.suggested_times(moments.now(), zone)
    own = calendar_entries.clashes(seat.person, suggested, 60)
    words = {_value(start): _("You see %(name)s then") % {"name": entry.other_name} for start, entry in own.items()}
    return shape(request.POST or None, zone=zone, suggested=suggested), words


def _value(start: dt.datetime) -> str:
    return start.isoformat(timespec="minutes")


@seated("POST")
def pick(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """Pick one of the times on offer."""
    it = encounter_of(seat, item)
    times.pick(seat, it, request.POST.get("time", ""))
    say(request, _("It is planned, and on its way to the calendars."))
    return redirect("encounter", seat.key, it.key)
