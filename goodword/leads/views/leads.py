"""Pages of leads: all of them, those of one relationship, one of them."""

from __future__ import annotations

import csv
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from goodword.database.compiled import compiled
from goodword.database.replica import lists_from_replica
from goodword.ground.keys import KEY_PATTERN
from goodword.ground.reach import Contact
from goodword.ground.refusals import Refusal
from goodword.leads import rules, wording
from goodword.leads.actions import giving, receiving
from goodword.leads.forms import AgreementForm, GiveForm, IdeaForm, ReportForm, SendBackForm
from goodword.leads.models import Lead, LeadIdea, LeadReport
from goodword.leads.queries import listing, offering, pages, reaching
from goodword.relationships import holding
from goodword.relationships.doorway import find, seated
from goodword.relationships.holding import PendingAct
from goodword.relationships.models import Seat
from goodword.relationships.waits import page_of
from goodword.ui.answers import page, refusals_on, say
from goodword.ui.doors import signed_in
from goodword.ui.onward import FIELD, origin


def form_data(request: HttpRequest) -> QueryDict | None:
    """Return the form that was sent, or None where the page is only being read."""
    return request.POST if request.method == "POST" else None


def lead_page(request: HttpRequest, template: str, seat: Seat, lead: Lead, **shown: Any) -> HttpResponse:
    """Show a page about one lead, called as this seat may call it."""
    called = pages.lead_words_for(lead, seat)
    return page(
        request, f"leads/pages/{template}.html", seat=seat, lead=lead, room="leads", **{"shown": called, **shown}
    )


def lead_of(seat: Seat, item: str) -> Lead:
    """Return the lead with that key, if this seat may see it; 404 otherwise."""
    lead = next(iter(_lead(seat, key=item)), None) if KEY_PATTERN.match(item) else None
    if lead is None:
        raise Http404
    return lead


@compiled
def _lead(seat: Seat, *, key: str) -> QuerySet[Lead]:
    return Lead.objects.visible_to(seat).filter(key=key)


@signed_in("GET")
@lists_from_replica
def leads(request: HttpRequest) -> HttpResponse:
    """Show where all of one's leads stand."""
    ask = listing.LeadFilter.from_query(request.GET)
    return page(request, "leads/pages/leads.html", room="leads", narrow=False, **listing.context(request.user, ask))  # type: ignore[arg-type]


@seated("GET")
def relationship_leads(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Show what has come of a relationship, both ways."""
    number = request.GET.get("page", "")
    at = int(number) if number.isdecimal() and len(number) < 7 else 1
    shown = pages.context(seat, at, request.GET.get("since", ""))
    return page(request, "leads/pages/between.html", room="leads", narrow=False, idea_form=IdeaForm(), **shown)


@seated("GET")
def leads_file(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The same leads as a table for a spreadsheet."""
    answer = HttpResponse(
        content_type="text/csv; charset=utf-8", headers={"Content-Disposition": 'attachment; filename="leads.csv"'}
    )
    answer.write("\ufeff")
    csv.writer(answer).writerows(pages.table(seat))
    return answer


@seated("GET", "POST")
def give(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Show the form for a lead; POST gives it, half a minute later."""
    if seat.alone:
        return redirect("slip-new", seat.key)
    form = GiveForm(seat, offering.origins(seat), form_data(request), initial=gift_start(seat, request))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            held = hold_gift(seat, form.cleaned_data)
        if form.is_valid():
            return to_leaving_page(request, seat, held)
    return give_page(request, seat, form)


def to_leaving_page(request: HttpRequest, seat: Seat, held: PendingAct) -> HttpResponse:
    """Go to the page on which it can be taken back; from there one goes back where one came from."""
    back = origin(request)
    return redirect(page_of(seat, "held", held.key) + (f"?{FIELD}={back}" if back else ""))


def give_page(request: HttpRequest, seat: Seat, form: GiveForm) -> HttpResponse:
    """Show the form for giving, or say kindly that it is too early."""
    template = "leads/pages/give.html" if rules.may_give(seat.at) and seat.open else "leads/pages/too_early.html"
    routes = {route: wording.route_words(route, seat.other.first_name)[1] for route in rules.ROUTES}
    return page(
        request, template, seat=seat, form=form, room="leads", routes=routes, **offering.teaching_in_sight(seat)
    )


def gift_start(seat: Seat, request: HttpRequest) -> dict[str, Any]:
    """Return what the form starts with: an idea noted earlier, or the lead this one came out of."""
    start: dict[str, Any] = {"origin": request.GET.get("from", "")}
    if request.GET.get("idea"):
        idea = find(LeadIdea.objects.visible_to(seat), request.GET["idea"])
        start |= {"idea": idea.key, "name": idea.words.unseal(seat).split("\n")[0][:200]}
    return start


def hold_gift(seat: Seat, said: dict[str, Any]) -> PendingAct:
    """Keep a lead for half a minute, having refused what may not be given."""
    giving.refuse_what_may_not_be(
        seat,
        why=said["why"],
        route=said["route"],
        name=said["name"],
        reach=said["reach"],
        agreed=bool(said.get("agreed_on")),
    )
    now = said["route"] == "now"
    facts = {name: said.get(name) or "" for name in (*giving.GIFT, "origin", "idea", "how", "purpose")}
    agreed_on = said["agreed_on"].isoformat() if now and said.get("agreed_on") else ""
    words = wording.gift_words(said, seat.other.first_name)
    return holding.hold(seat, "lead", words=words, agreed_on=agreed_on, **facts)


@seated("GET")
def lead(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """Show where one lead stands."""
    return page(request, "leads/pages/lead.html", room="leads", **pages.lead_context(seat, lead_of(seat, item)))


@seated("GET", "POST")
def agreement(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """Write down that they have agreed. What the other side will see is on the page before it is said."""
    lead = lead_of(seat, item)
    form = AgreementForm(seat, form_data(request), initial=reaching.own_contact(seat, lead))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            held = hold_name(seat, lead, form.cleaned_data)
        if form.is_valid():
            return to_leaving_page(request, seat, held)
    return page(request, "leads/pages/agreement.html", seat=seat, lead=lead, form=form, room="leads")


def hold_name(seat: Seat, lead: Lead, said: dict[str, Any]) -> PendingAct:
    """Keep the name for half a minute, having refused what may not cross."""
    giving.refuse_naming(seat, lead, Contact(said["name"], said["reach"]))
    facts = {"name": said["name"], "reach": said["reach"], "how": said["how"], "purpose": said["purpose"]}
    agreed_on = said["agreed_on"].isoformat()
    words = wording.name_words(said, seat.other.first_name)
    return holding.hold(seat, "lead-name", thing=lead.key, words=words, lead=lead.key, agreed_on=agreed_on, **facts)


@seated("POST")
def accept(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """Take a lead up."""
    receiving.accept(seat, lead_of(seat, item))
    say(request, _("%(name)s knows that you’ll look after it.") % {"name": seat.other.first_name})
    return redirect("lead", seat.key, item)


@seated("GET", "POST")
def send_back(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """Send a lead back, with the reason."""
    lead = lead_of(seat, item)
    form = SendBackForm(form_data(request))
    if form.is_valid():
        with refusals_on(form):
            receiving.send_back(seat, lead, **form.cleaned_data)
            say(request, _("It has gone back to %(name)s, with your reason.") % {"name": seat.other.first_name})
            return redirect("lead", seat.key, item)
    return lead_page(request, "send_back", seat, lead, form=form)


@seated("GET", "POST")
def report(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """Report on a lead: from a letter or Today in two taps (M36)."""
    lead = lead_of(seat, item)
    shown = pages.lead_words_for(lead, seat)
    form = ReportForm(
        wording.outcomes(), report_question(lead, shown), form_data(request), initial=report_start(request, seat, lead)
    )
    if form.is_valid():
        with refusals_on(form):
            held = hold_report(seat, lead, form.cleaned_data)
        if form.is_valid():
            return to_leaving_page(request, seat, held)
    return lead_page(request, "report", seat, lead, form=form, shown=shown, bare=True)


def report_question(lead: Lead, shown: str) -> str:
    """Return the question a report answers, with the name; the page says above it who is meant while there is none."""
    if len(shown) > 60 or shown == lead.description:
        return _("How did it go?")
    return _("How did it go with %(name)s?") % {"name": shown}


def report_start(request: HttpRequest, seat: Seat, lead: Lead) -> dict[str, Any]:
    """Return what the report starts with: the outcome tapped in a letter, or an earlier report to be put right."""
    if not request.GET.get("instead"):
        return {"outcome": request.GET.get("outcome", "")}
    was = find(LeadReport.objects.owned_by(seat).filter(lead=lead), request.GET["instead"])
    words = {name: getattr(was, name) for name in ("outcome", "line", "why_it_worked", "learned")}
    return {"replaces": was.key, "thanks": was.thanked_at is not None, **words}


def hold_report(seat: Seat, lead: Lead, said: dict[str, Any]) -> PendingAct:
    """Keep a report for half a minute, having refused one that may not be made."""
    receiving.refuse_reporting(seat, lead)
    if said["replaces"]:
        find(LeadReport.objects.owned_by(seat).filter(lead=lead), said["replaces"])
    facts = {name: said[name] for name in ("outcome", "line", "thanks", "why_it_worked", "learned", "replaces")}
    outcome = next((str(words) for value, words in wording.outcomes() if value == said["outcome"]), "")
    words = "\n".join(part for part in (outcome, said["line"]) if part)
    return holding.hold(seat, "lead-report", thing=lead.key, words=words, lead=lead.key, **facts)


@seated("POST")
def report_back(request: HttpRequest, seat: Seat, item: str, said: str) -> HttpResponse:
    """Take a report back."""
    lead = lead_of(seat, item)
    receiving.take_back_report(seat, lead, find(LeadReport.objects.owned_by(seat).filter(lead=lead), said))
    say(request, _("That report is taken back."))
    return redirect("lead", seat.key, item)


@seated("GET", "POST")
def withdraw(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """Take a lead back that one gave."""
    lead = lead_of(seat, item)
    if lead.side_id != seat.side_id:
        raise Refusal(_("Only the side that gave a lead can do that."))
    if request.method == "POST":
        giving.withdraw(seat, lead)
        say(request, _("It is taken back. If the name was on the table, it no longer is."))
        return redirect("relationship-leads", seat.key)
    return lead_page(request, "withdraw", seat, lead)


@seated("POST")
def note_idea(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Note somebody to give one day."""
    form = IdeaForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            giving.note_idea(seat, form.cleaned_data["words"])
            return redirect("relationship-leads", seat.key)
    shown = {"form": form, "idea_form": form, **pages.context(seat)}
    return page(request, "leads/pages/between.html", room="leads", narrow=False, **shown)


@seated("POST")
def drop_idea(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """Strike an idea off."""
    giving.drop_idea(seat, find(LeadIdea.objects.visible_to(seat), item))
    return redirect("relationship-leads", seat.key)
