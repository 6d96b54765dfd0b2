"""Pages of teaching: read theirs and answer it, write ours, carry a card."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from goodword.ground.refusals import Refusal
from goodword.relationships.doorway import find, seated
from goodword.relationships.models import Seat
from goodword.relationships.steps import Role
from goodword.teaching import actions, queries, rules, wording
from goodword.teaching.forms import ApproachForm, BackForm, ComfortForm, DraftForm, kept_rates
from goodword.teaching.models import Approach, TeachingVersion
from goodword.ui.answers import done, page, say


@seated("GET", "POST")
def teaching(request: HttpRequest, seat: Seat) -> HttpResponse:
    """What would they like us to say? POST says how that would feel, and keeps why for oneself."""
    form = None
    if request.method == "POST":
        theirs = queries.theirs(seat)
        form = ComfortForm(request.POST, items=rules.items(theirs.lines if theirs else ()), auto_id="comfort_%s")
        if form.is_valid() and done(form, answer, seat, form):
            return redirect("teaching", seat.key)
    return teaching_page(request, seat, comfort_form=form)


def answer(seat: Seat, form: ComfortForm) -> bool:
    """Keep the reason in the drawer, and put the answer on the table: two acts, of which the first leaves no trace."""
    actions.keep_reason(seat, form.cleaned_data["why"])
    if form.cleaned_data["feel"]:
        actions.say_comfort(seat, form.cleaned_data["feel"], form.scores)
    return True


def teaching_page(request: HttpRequest, seat: Seat, **sent: Any) -> HttpResponse:
    """Show their teaching with its small forms; those that were sent keep what was typed."""
    shown = queries.context(seat)
    comfort = shown["comfort"] if shown["comfort"] and shown["comfort"].version_id == shown["taught"].row.pk else None
    kept = {"feel": comfort.feel, **kept_rates(comfort.scores)} if comfort else {}
    items = rules.items(shown["taught"].lines if shown["taught"] else ())
    forms: dict[str, Any] = {
        "comfort_form": ComfortForm(items=items, initial={**kept, "why": queries.reason(seat)}, auto_id="comfort_%s"),
        "back_form": BackForm(auto_id="back_%s"),
    } | {name: form for name, form in sent.items() if form is not None}
    forms["approach_forms"] = approach_forms(shown["ways"], forms.pop("approach_form", None))
    form = next((form for form in sent.values() if form is not None), forms["comfort_form"])
    return page(
        request, "teaching/pages/teaching.html", **shown, **forms, form=form, answered=comfort, narrow=False,
        room="relationships",
    )  # fmt: skip


def approach_forms(ways: list[dict[str, Any]], sent: ApproachForm | None) -> dict[str, ApproachForm]:
    """Return a form for each item an approach may be proposed to; the one that was sent keeps what was typed.

    A form of an item that nobody finds hard any more stands with all of it.
    """
    forms = {way["part"]: ApproachForm(auto_id=f"approach{way['part']}_%s", initial={"part": way["part"]}) for way in ways}
    if sent is not None:
        part = str(sent["part"].value() or "")
        forms[part if part in forms else rules.WHOLE] = sent
    return forms


@seated("POST")
def back(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Say it back in one's own words."""
    form = BackForm(request.POST, auto_id="back_%s")
    if form.is_valid() and done(form, actions.say_back, seat, form.cleaned_data["text"]) is not None:
        return redirect("teaching", seat.key)
    return teaching_page(request, seat, back_form=form)


@seated("POST")
def approach(request: HttpRequest, seat: Seat, whose: str) -> HttpResponse:
    """Propose another way of speaking about their work, or about ours."""
    form, about = ApproachForm(request.POST, auto_id="approach_sent_%s"), seat.role if whose == "ours" else seat.role.other
    back_to = "teaching-ours" if whose == "ours" else "teaching"
    if form.is_valid() and done(form, actions.propose_approach, seat, about, **form.cleaned_data) is not None:
        return redirect(back_to, seat.key)
    return ours_page(request, seat, form) if whose == "ours" else teaching_page(request, seat, approach_form=form)


@seated("POST")
def approach_agreement(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """Agree to the approach the other side proposed."""
    row = find(Approach.objects.visible_to(seat), item)
    try:
        actions.agree_approach(seat, row)
    except Refusal as refusal:
        say(request, refusal.sentence)
    return redirect("teaching-ours" if Role(row.about) is seat.role else "teaching", seat.key)


@seated("GET")
def ours(request: HttpRequest, seat: Seat) -> HttpResponse:
    """What would we like them to say, and how do they take it?"""
    return ours_page(request, seat)


def ours_page(request: HttpRequest, seat: Seat, sent: ApproachForm | None = None) -> HttpResponse:
    """Show our teaching and the other side's answers."""
    shown = queries.ours_context(seat)
    forms = approach_forms(shown["ways"], sent)
    return page(
        request, "teaching/pages/ours.html", **shown, form=sent or forms[rules.WHOLE], approach_forms=forms, narrow=False,
        room="relationships",
    )  # fmt: skip


@seated("GET", "POST")
def draft(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Write down whom, what and which words; kept in our drawer until it is put forward."""
    form = DraftForm(request.POST or None, said=starting_point(seat))
    if request.method == "POST" and form.is_valid() and done(form, kept, seat, form.said()):
        if request.POST.get("then") == "read":
            return redirect("teaching-preview", seat.key)
        say(request, _("Kept, for your side only."))
        return redirect("teaching-ours", seat.key)
    return page(request, "teaching/pages/draft.html", seat=seat, form=form, room="relationships")


def starting_point(seat: Seat) -> dict[str, str]:
    """Return what a draft starts from: what lies in the drawer, or what was taught last."""
    drafted = queries.draft(seat)
    now = None if drafted else queries.taught(seat, queries.newest(seat)["ours"], "ours")
    return wording.as_said(list(now.lines)) if now else drafted


def kept(seat: Seat, said: dict[str, str]) -> bool:
    """Keep the draft."""
    actions.keep_draft(seat, said)
    return True


@seated("GET", "POST")
def preview(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Exactly what the other side will see; POST puts it before them."""
    if request.method == "POST":
        try:
            actions.put(seat, request.POST.get("seen", ""))
            return redirect("teaching-ours", seat.key)
        except Refusal as refusal:
            say(request, refusal.sentence)
            return redirect("teaching-preview", seat.key)
    return page(request, "teaching/pages/preview.html", **queries.preview(seat), room="relationships")


@seated("GET")
def version(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """One version, as it was taught then, and what it changed."""
    row = find(TeachingVersion.objects.visible_to(seat), item)
    by = seat.side_name(row.side_id)
    every = queries.newest(seat)[by]
    shown = queries.taught(seat, every, by, at=[one.pk for one in every].index(row.pk))
    return page(request, "teaching/pages/version.html", seat=seat, taught=shown, room="relationships")


@seated("GET")
def card(request: HttpRequest, seat: Seat) -> HttpResponse:
    """One page for the pocket: whom to listen for, what to say, how to reach them."""
    shown = queries.card(seat)
    if shown is None:
        return redirect("teaching", seat.key)
    return page(request, "teaching/pages/card.html", **shown, room="relationships")


@seated("GET")
def card_file(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The card as a file of its own, which opens without a network: what they taught, and nothing of ours but the approach."""
    shown = queries.card(seat)
    if shown is None:
        return redirect("teaching", seat.key)
    answer = page(request, "teaching/pages/card_file.html", **shown)
    answer["Content-Disposition"] = 'attachment; filename="goodword-card.html"'
    return answer
