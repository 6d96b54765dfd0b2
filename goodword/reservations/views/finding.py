"""Finding words, one question at a time; and what might worry them about us."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from goodword.ground.text import tidy
from goodword.playbook.shelf import playbook
from goodword.relationships.doorway import seated
from goodword.relationships.models import Seat
from goodword.reservations import queries, rules
from goodword.reservations.actions import checking, keeping
from goodword.reservations.forms import FindingForm, WorryForm, with_draft
from goodword.reservations.views.doorstep import after_the_promise, show
from goodword.ui.answers import LONGEST, refusals_on, say


@seated("GET")
@after_the_promise
def threads(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Show where a reservation might lie, to look through."""
    first = {about.id: next(iter(queries.thread(seat, about.id)), None) for about in playbook().abouts}
    abouts = [(about, first[about.id]) for about in playbook().abouts if first[about.id]]
    return show(request, "threads", seat, abouts=abouts, premortem=playbook().premortem[0], unsure=queries.unsure(seat))


@seated("GET", "POST")
@after_the_promise
def question(request: HttpRequest, seat: Seat, thread: str, item: str) -> HttpResponse:
    """One question. Written down, "nothing comes to mind" or "I'm not sure yet": all three lead on to the next."""
    texts = queries.thread(seat, thread)
    if item not in texts:
        raise Http404
    form = question_form(request, seat, item, texts[item])
    if request.method == "POST" and keep_answer(request, seat, form, f"{thread}/{item}"):
        return onward(request, seat, thread, rules.following(list(texts), item))
    return show(request, "question", seat, form=form, texts=texts, thread=thread, item=item)


def question_form(request: HttpRequest, seat: Seat, item: str, text: str) -> FindingForm:
    """Return the box: bound when words are to be kept, with the question's own words added after "Use these words"."""
    answer = request.POST.get("answer", "")
    typed = "\n".join(part for part in (tidy(request.POST.get("text", ""))[:LONGEST], _(text)) if part)
    initial = {"text": typed, "used": True} if answer == "use" else {}
    return with_draft(FindingForm(request.POST if answer == "keep" else None, initial=initial), seat, f"words-{item}")


def keep_answer(request: HttpRequest, seat: Seat, form: FindingForm, item: str) -> bool:
    """Keep whichever answer was given. Return False if the page is to be shown again."""
    answer = request.POST.get("answer", "")
    if answer in ("nothing", "unsure"):
        return bool(keeping.ponder(seat, item, answer))
    if not form.is_valid():
        return False
    text, waiting = form.cleaned_data["text"], queries.intention(seat) if item.startswith("naming/") else None
    drawer, place = keeping.first_drawer(seat), f"words-{item.split('/')[-1]}"
    with refusals_on(form):
        if waiting is not None:
            checking.name_it(seat, waiting, text)
        else:
            keeping.keep(seat, text=text, drawer=drawer, place=place)
    return form.is_valid()


def onward(request: HttpRequest, seat: Seat, thread: str, item: str | None) -> HttpResponse:
    """Go on to the next question, or back to where the threads begin."""
    if item is not None:
        return redirect("finding-question", seat.key, thread, item)
    if thread == "naming":
        return redirect("naming", seat.key)
    say(request, _("That was the last one here. What you wrote is with your reservations."))
    return redirect("finding-words", seat.key)


@seated("GET", "POST")
@after_the_promise
def worries(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Keep what might worry them about us, prepared before one's own briefing (M22)."""
    used = next((each for each in queries.prompts(seat) if each.id == request.POST.get("starter")), None)
    data = request.POST if request.method == "POST" and not used else None
    form = with_draft(WorryForm(data, initial={"text": _(used.for_them), "used": True} if used else {}), seat, "worry")
    if form.is_valid():
        with refusals_on(form):
            keeping.keep_worry(seat, form.cleaned_data["text"])
            return redirect("worries", seat.key)
    return show(request, "worries", seat, form=form, rows=queries.worries(seat), prompts=queries.prompts(seat)[:8])
