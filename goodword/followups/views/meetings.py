"""Pages of the follow-up: find, act, answer."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from goodword.encounters.forms import LENGTHS
from goodword.encounters.wording import moment_words, zone_name
from goodword.followups import actions, rules, wording
from goodword.followups.forms import NextMeetingForm, ReadForm, ReviewForm, RhythmForm, TopicForm
from goodword.followups.models import Update
from goodword.followups.queries import charts, pages, review, slipping
from goodword.followups.queries.agenda import QUESTIONS
from goodword.ground import moments
from goodword.playbook.entries import AgendaEntry
from goodword.playbook.shelf import playbook
from goodword.relationships.doorway import find, seated
from goodword.relationships.models import Seat
from goodword.ui.answers import page, refusals_on, say
from goodword.ui.doors import signed_in


@seated("GET", "POST")
def follow_up(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The agenda that has written itself; a POST fixes the next date."""
    found = pages.context(seat)
    form = NextMeetingForm(request.POST or None, zone=zone_name(seat), initial=proposal(seat, found))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.confirm_next(seat, planned_at=form.cleaned_data["planned_at"], **form.shape())
            say(request, _("It is in both calendars."))
            return redirect("follow-up", seat.key)
    return page(
        request,
        "followups/pages/follow_up.html",
        form=form,
        add=TopicForm(),
        room="relationships",
        narrow=False,
        **page_words(seat),
        **found,
    )


def proposal(seat: Seat, found: dict[str, Any]) -> dict[str, Any]:
    """Return the date and time the rhythm proposes, in this reader's zone, and the length agreed on, as the form takes them."""
    length = {"minutes": str(found["minutes"])} if str(found["minutes"]) in dict(LENGTHS) else {}
    if not found["proposed"]:
        return length
    local = found["proposed"].astimezone(moments.zone(zone_name(seat)))
    return {"day": local.date(), "time": local.time(), **length}


def page_words(seat: Seat) -> dict[str, Any]:
    """Return what templates need to say rhythms and moments."""
    return {"wording": wording, "zone": zone_name(seat), "moment_words": moment_words}


@seated("GET", "POST")
def agenda_add(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Add an item to the agenda, or a line under one that asks for it, for both."""
    under = item_under(request.GET.get("under", ""))
    form = TopicForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data["text"]
        with refusals_on(form):
            actions.add_item(seat, said, under.id if under else "")
            return redirect("follow-up", seat.key)
    return page(request, "followups/pages/agenda_add.html", form=form, seat=seat, under=under, room="relationships")


def item_under(item: str) -> AgendaEntry | None:
    """Return the playbook's item of that id, if it asks both sides to write something under it."""
    return next((one for one in playbook().agenda("advocate").items if one.id == item and item in QUESTIONS), None)


@seated("POST")
def agenda_strike(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Strike an item off the agenda, or put it back."""
    item = request.POST.get("item", "")
    if item not in {line.id for line in pages.agenda(seat)}:
        raise Http404
    actions.strike_item(seat, item, back=request.POST.get("how") == "back")
    return redirect("follow-up", seat.key)


@seated("GET", "POST")
def rhythm(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Show how often the two mean to talk; POST sets it."""
    now = pages.rhythm(seat)
    form = RhythmForm(request.POST or None, initial=rhythm_so_far(seat))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.set_rhythm(seat, **form.terms())
            say(request, _("That is your rhythm now. You can both see it and change it."))
            return redirect("follow-up", seat.key)
    return page(
        request,
        "followups/pages/rhythm.html",
        seat=seat,
        form=form,
        rhythm=now,
        room="relationships",
        **page_words(seat),
    )


def rhythm_so_far(seat: Seat) -> dict[str, Any]:
    """Return the rhythm that counts as the form has it; a calm beginning where there is none, without a choice made."""
    now = pages.rhythm(seat)
    if now is None:
        return {"starts_on": timezone.localdate() + rules.SOON * 4, "wall": "10:00"}
    number, unit = rules.every(now.rule)
    own = {"number": number, "unit": unit} if now.kind == "own" else {}
    return {"kind": now.kind, "starts_on": max(now.starts_on, timezone.localdate()), "wall": now.wall, **own}


@seated("GET")
def updates(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The news of both sides."""
    return page(request, "followups/pages/updates.html", form=None, **reading(seat))


@seated("POST")
def read_update(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """Say that one has read it, and how one would put it now."""
    update = find(Update.objects.visible_to(seat), item)
    form = ReadForm(request.POST, auto_id=f"id_{item}_%s")
    if form.is_valid():
        with refusals_on(form):
            actions.read_update(seat, update, form.cleaned_data["said_back"])
            say(request, _("%(name)s can see that you’ve read it.") % {"name": seat.other.first_name})
            return redirect("updates", seat.key)
    return page(request, "followups/pages/updates.html", form=form, **reading(seat))


def reading(seat: Seat) -> dict[str, Any]:
    """Return what the page of updates needs: the news, and a form for each that is still to be read."""
    return {"room": "relationships", "form_for": ReadForm, **page_words(seat), **pages.updates_context(seat)}


@seated("GET", "POST")
def review_page(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Show how the whole goes, both ways, to be filled in together; POST keeps our side's answers."""
    found = review.review_context(seat)
    form = ReviewForm(
        request.POST or None, initial={one["id"]: one["ours"].text for one in found["questions"] if one["ours"]}
    )
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.answer_review(seat, form.cleaned_data)
            return redirect("review", seat.key)
    return page(
        request,
        "followups/pages/review.html",
        form=form,
        charts_drawn=charts,
        room="relationships",
        narrow=False,
        **found,
    )


@signed_in("GET")
def slipping_away(request: HttpRequest) -> HttpResponse:
    """Show who is slipping away, for oneself only."""
    rows = slipping.slipping(request.user, timezone.now())  # type: ignore[arg-type]
    return page(request, "followups/pages/slipping.html", rows=rows, wording=wording, room="more")
