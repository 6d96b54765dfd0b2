"""Pages on which something is written down: the agenda, what was agreed, notes, promises.

Shared and private never on one page.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from goodword.encounters import forms, rules
from goodword.encounters.actions import agenda, writing
from goodword.encounters.models import AgendaItem, JointNote, OwnNote, Promise
from goodword.encounters.queries import pages
from goodword.encounters.views.plans import encounter_of, show
from goodword.encounters.wording import line_of
from goodword.relationships.doorway import find, seated
from goodword.relationships.models import Seat
from goodword.ui.answers import refusals_on, say
from goodword.ui.onward import onward


@seated("GET", "POST")
def agenda_page(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """The agenda, to read, print and change; POST cuts it to the planned length."""
    it = encounter_of(seat, item)
    if agenda.writes_itself(it) and not seat.mirror:
        return redirect("follow-up", seat.key)
    if request.method == "POST":
        agenda.fit(seat, it)
        return redirect("encounter-agenda", seat.key, it.key)
    items = pages.agenda_of(seat, it)
    slots = agenda.slots_of([one["it"] for one in items])
    sums = {
        "all": sum(s.minutes for s in slots),
        "ours": rules.total_of(slots, seat.role),
        "theirs": rules.total_of(slots, seat.role.other),
    }
    return show(request, "agenda", seat, it=it, items=items, sums=sums, line=line_of(it, seat))


@seated("GET", "POST")
def agenda_add(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """Add to the agenda."""
    it = encounter_of(seat, item)
    if agenda.writes_itself(it):
        return redirect("follow-up", seat.key)
    form = forms.NewItemForm(request.POST or None, seat=seat, initial={"minutes": 5})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            agenda.add(seat, it, **form.cleaned_data)
            return redirect("encounter-agenda", seat.key, it.key)
    return show(request, "agenda_item", seat, form=form, it=it, row=None)


@seated("GET", "POST")
def agenda_item(request: HttpRequest, seat: Seat, item: str, row: str) -> HttpResponse:
    """Change one item of the agenda."""
    it = encounter_of(seat, item)
    one = find(AgendaItem.objects.visible_to(seat).filter(encounter=it), row)
    form = forms.ItemForm(request.POST or None, initial={"text": _(one.text), "minutes": one.minutes})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            agenda.alter(seat, it, row, **form.cleaned_data)
            return redirect("encounter-agenda", seat.key, it.key)
    return show(request, "agenda_item", seat, form=form, it=it, row=one)


@seated("POST")
def agenda_move(request: HttpRequest, seat: Seat, item: str, row: str) -> HttpResponse:
    """Take an item off, or move it up."""
    it = encounter_of(seat, item)
    act = agenda.remove if request.POST.get("act") == "remove" else agenda.move_up
    act(seat, it, row)
    return redirect("encounter-agenda", seat.key, it.key)


@seated("GET", "POST")
def conclusion(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """Show what was agreed; POST writes its next version, which the other confirms or corrects."""
    it = encounter_of(seat, item)
    now = pages.conclusions(seat, it)
    upon = now["newest"].number if now else 0
    form = forms.ConclusionForm(
        request.POST or None, initial={"text": now["newest"].text if now else _from_table(seat, item), "upon": upon}
    )
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            writing.write_conclusion(seat, it, **form.cleaned_data)
            return redirect("encounter", seat.key, it.key)
    return show(request, "conclusion", seat, form=form, it=it, agreed=now, upon=upon, line=line_of(it, seat))


def _from_table(seat: Seat, item: str) -> str:
    """Return what was noted for both at the table, as the first words to start from."""
    noted = JointNote.objects.visible_to(seat).filter(encounter__key=item).order_by("created_at")
    return "\n".join(one.text for one in noted)


@seated("POST")
def confirm_conclusion(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """Confirm the other side's version of what was agreed."""
    it = encounter_of(seat, item)
    writing.confirm_conclusion(seat, it, request.POST.get("version", ""))
    return redirect("encounter", seat.key, it.key)


@seated("GET", "POST")
def own_note(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """A note for oneself, or for our side."""
    it = encounter_of(seat, item)
    form = forms.NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        act = writing.note_for_our_side if form.cleaned_data["who"] == "side" else writing.note_for_me
        with refusals_on(form):
            act(seat, it, text=form.cleaned_data["text"])
            return redirect("encounter", seat.key, it.key)
    return show(request, "own_note", seat, form=form, it=it)


@seated("POST")
def note_away(request: HttpRequest, seat: Seat, item: str, row: str) -> HttpResponse:
    """Delete a note of one's own."""
    it = encounter_of(seat, item)
    writing.put_note_away(seat, row)
    say(request, _("That note is gone."))
    return redirect("encounter", seat.key, it.key)


@seated("GET", "POST")
def rapport(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """Keep whether one enjoyed it, for oneself alone (M8)."""
    it = encounter_of(seat, item)
    kept = OwnNote.objects.visible_to(seat).filter(encounter=it, what="rapport").first()
    form = forms.RapportForm(request.POST or None, initial={"text": kept.text.unseal(seat) if kept else ""})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            writing.say_rapport(seat, it, form.cleaned_data["text"])
            return redirect("encounter", seat.key, it.key)
    return show(request, "rapport", seat, form=form, it=it)


@seated("GET", "POST")
def thanks(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """A line of thanks: the other side reads it here and in a letter."""
    it = encounter_of(seat, item)
    form = forms.ThanksForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            writing.thank(seat, it, **form.cleaned_data)
            return redirect("encounter", seat.key, it.key)
    return show(request, "thanks", seat, form=form, it=it)


@seated("GET", "POST")
def promises(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """Write down who does what by when."""
    it = encounter_of(seat, item)
    form = forms.PromiseForm(request.POST or None, seat=seat)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            writing.promise(seat, it, **form.cleaned_data)
            return redirect("encounter", seat.key, it.key)
    return show(request, "promise", seat, form=form, it=it)


@seated("POST")
def promise(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """Kept, or released."""
    made: Promise = find(Promise.objects.visible_to(seat).select_related("encounter"), item)
    act = writing.release_promise if request.POST.get("act") == "release" else writing.keep_promise
    act(seat, made)
    return onward(request, seat, "encounter", seat.key, made.encounter.key)
