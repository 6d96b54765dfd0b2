"""Pages of what each side settles with itself: criteria, the people it knows, purpose."""

from __future__ import annotations

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from goodword.briefings.actions import weighing
from goodword.briefings.forms import CriterionForm, PeopleForm, PurposeForm, WeighForm, WeighListForm
from goodword.briefings.models import Criterion
from goodword.briefings.queries import facts, pages
from goodword.briefings.queries.weighing import to_weigh
from goodword.briefings.rules import PeopleRange, Weight
from goodword.briefings.views.conversation import ROOM
from goodword.playbook.shelf import playbook
from goodword.relationships import holding
from goodword.relationships.doorway import find, seated
from goodword.relationships.models import Seat
from goodword.ui.answers import page, refusals_on, say
from goodword.ui.onward import carry_on, onward


@seated("GET", "POST")
def criteria(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Show what one looks for in an advocate; POST adds a criterion, or weighs the other side against all of them at once."""
    entry = next((one for one in playbook().criteria if one.id == request.POST.get("entry")), None)
    if request.POST.get("answer"):
        return _weigh_at_once(request, seat)
    form = CriterionForm(request.POST if request.method == "POST" and not entry else None)
    if entry:
        weighing.hold_to(seat, text=_(entry.text), entry=entry.id)
        return redirect("criteria", seat.key)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            weighing.hold_to(seat, **form.cleaned_data)
            return redirect("criteria", seat.key)
    return _criteria_page(request, seat, form)


def _weigh_at_once(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Keep that all of it is met, where nothing was said of any yet, or what was said of each; what cannot be kept stays on the page."""
    if request.POST["answer"] == "all":
        if not pages.criteria_page(seat)["any_said"]:
            weighing.find_all_met(seat)
        return onward(request, seat, "criteria", seat.key)
    form = WeighListForm(request.POST, to_weigh(seat))
    if form.is_valid():
        with refusals_on(form):
            weighing.weigh_each(seat, form.said())
            return onward(request, seat, "criteria", seat.key)
    return _criteria_page(request, seat, form, form)


def _criteria_page(request: HttpRequest, seat: Seat, form: Form, amiss: WeighListForm | None = None) -> HttpResponse:
    """Render the page of one's criteria: whoever keeps it alone, and so has no sheet that asks, answers here
    at once, or weighs in place those one is offered first, where one has chosen none.
    """
    context = pages.criteria_page(seat)
    context["at_once"] = context["may_act"] and seat.keeps_alone and not context["any_said"]
    offers = context["at_once"] and not context["criteria"]
    context["weighing"] = amiss or (WeighListForm(None, to_weigh(seat)) if offers else None)
    context["own"] = form if isinstance(form, CriterionForm) else CriterionForm(None)
    return page(request, "briefings/pages/criteria.html", seat=seat, form=form, room=ROOM, narrow=False, **context)


@seated("GET", "POST")
def criterion(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """Say of one criterion whether it is met, not met, not known yet, or happy anyway because."""
    [row] = facts.with_latest(seat, [find(Criterion.objects.visible_to(seat), item)])
    was = {"said": row.said, "reason": row.assessment.reason.unseal(seat) if row.assessment else ""}
    form = WeighForm(request.POST or None, initial=was)
    if request.method == "POST" and form.is_valid():
        said = Weight(form.cleaned_data["said"])
        with refusals_on(form):
            weighing.weigh(seat, row, said, form.cleaned_data["reason"])
            return redirect(after_weighing(seat, row, said))
    words = facts.criterion_words(seat, row)
    return page(request, "briefings/pages/criterion.html", seat=seat, form=form, row=row, words=words, room=ROOM)


def after_weighing(seat: Seat, row: Criterion, said: Weight) -> str:
    """Return where to go next: the next criterion nobody has weighed, or the list."""
    waiting = pages.criteria_page(seat)["next_one"]
    if waiting and said is not Weight.UNKNOWN:
        return reverse("criterion", args=[seat.key, waiting["row"].key])
    return reverse("criteria", args=[seat.key])


@seated("POST")
def criterion_away(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """Take a criterion away."""
    weighing.drop(seat, find(Criterion.objects.owned_by(seat), item))
    return redirect("criteria", seat.key)


@seated("GET", "POST")
def estimate_people(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Keep how many people one knows that they would want to meet."""
    form = PeopleForm(request.POST or None, initial={"said": facts.people_estimate(seat, seat.at)})
    if request.method == "POST" and form.is_valid():
        said = PeopleRange(form.cleaned_data["said"])
        with refusals_on(form):
            weighing.know_people(seat, said)
            if said is PeopleRange.NOBODY:
                return redirect("people-known", seat.key)
            return redirect("relationship" if seat.keeps_alone else "briefing", seat.key)
    nobody = facts.knows_nobody(seat)
    return page(request, "briefings/pages/people.html", seat=seat, form=form, room=ROOM, nobody=nobody)


@seated("GET", "POST")
def purpose(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Show and keep what one wants the relationship for."""
    kept = facts.purpose(seat)
    form = PurposeForm(request.POST or None, initial={"text": kept.text.unseal(seat) if kept else ""})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            weighing.write_purpose(seat, **form.cleaned_data)
            return after_purpose(request, seat)
    context = {
        "shown": facts.shared_purposes(seat),
        "askers": facts.purpose_askers(seat),
        "may_act": pages.may_act(seat),
    }
    return page(request, "briefings/pages/purpose.html", seat=seat, form=form, room=ROOM, kept=kept, **context)


def after_purpose(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Say that it is kept, and go on; where the other side has asked for it, stay where it can be shown."""
    say(request, _("Kept. %(name)s sees it only if you show it.") % {"name": seat.other.first_name})
    if "theirs" in facts.purpose_askers(seat) and "ours" not in facts.shared_purposes(seat):
        return redirect(carry_on(request, reverse("purpose", args=[seat.key])))
    return onward(request, seat, "purpose", seat.key)


@seated("GET", "POST")
def purpose_showing(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Exactly what the other side will read, before it is shown; then half a minute to take it back."""
    kept = facts.purpose(seat)
    if kept is None:
        return redirect("purpose", seat.key)
    text = kept.text.unseal(seat)
    form = Form(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        with refusals_on(form):
            weighing.refuse_if_alone(seat)
            holding.refuse_unless_seen(seat, request.POST.get("seen", ""), text)
            return redirect("held", seat.key, holding.hold(seat, "purpose", words=text, text=text).key)
    shown = {"text": text, "seen": holding.print_of(seat, text), "form": form}
    return page(request, "briefings/pages/purpose_showing.html", seat=seat, room=ROOM, **shown)


@seated("POST")
def purpose_request(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Ask the other side why."""
    weighing.ask_purpose(seat)
    say(request, _("%(name)s is asked, in so many words.") % {"name": seat.other.first_name})
    return redirect("purpose", seat.key)
