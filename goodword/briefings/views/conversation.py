"""Pages of a briefing's conversation: the briefing itself, questions, answers, what to tell, the order, the sheet."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from goodword.briefings import rules
from goodword.briefings.actions import conversation
from goodword.briefings.forms import AnswerForm, AnswerNoteForm, AskingForm, QuestionForm, TellingForm
from goodword.briefings.models import AskedQuestion, BriefingPoint, OrderProposal, PreparedQuestion
from goodword.briefings.queries import facts, pages
from goodword.playbook.entries import Question
from goodword.playbook.shelf import playbook
from goodword.relationships import holding
from goodword.relationships.doorway import find, seated
from goodword.relationships.models import Seat
from goodword.relationships.steps import Step
from goodword.relationships.waits import page_of
from goodword.ui.answers import page, refusals_on, say
from goodword.ui.onward import FIELD, address_back, carry_on, origin

ROOM = "relationships"
WHICH = {"first": Step.FIRST_BRIEFING, "second": Step.SECOND_BRIEFING}


def briefing_step(which: str) -> Step | None:
    """Return the briefing of that name, None for no name: the current one. Raise Http404 for any other."""
    if which and which not in WHICH:
        raise Http404
    return WHICH.get(which)


@seated("GET")
def briefing(request: HttpRequest, seat: Seat, which: str = "") -> HttpResponse:
    """Show a briefing: who tells, who asks, and what is next."""
    context = pages.context(seat, briefing_step(which))
    return page(request, "briefings/pages/briefing.html", seat=seat, room=ROOM, narrow=False, **context)


@seated("GET")
def sheet(request: HttpRequest, seat: Seat, which: str = "") -> HttpResponse:
    """The briefing on two pages of paper at most: shared facts only."""
    context = pages.sheet(seat, briefing_step(which))
    return page(request, "briefings/pages/sheet.html", seat=seat, room=ROOM, **context)


@seated("GET", "POST")
def questions(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Show one's own questions and those on offer; POST prepares one."""
    entry = playbook_question(request.POST.get("entry", ""))
    form = QuestionForm(request.POST if request.method == "POST" and not entry else None)
    if entry:
        conversation.prepare(seat, text=_(entry.text), entry=entry.id)
        return to_questions(request, seat)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            conversation.prepare(seat, **form.cleaned_data)
            return to_questions(request, seat)
    context = pages.questions_page(seat, request.GET.get("about", ""))
    return page(
        request,
        "briefings/pages/questions.html",
        seat=seat,
        form=form,
        room=ROOM,
        narrow=False,
        **context,
        **the_way(request, seat),
    )


@seated("GET", "POST")
def question(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """Reword a prepared question, or take it away."""
    row = find(PreparedQuestion.objects.owned_by(seat), item)
    form = QuestionForm(request.POST or None, initial={"text": row.text.unseal(seat)})
    if "away" in request.POST:
        conversation.take_away(seat, row)
        return to_questions(request, seat)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            conversation.reword(seat, row, **form.cleaned_data)
            return to_questions(request, seat)
    return page(request, "briefings/pages/question.html", seat=seat, form=form, row=row, room=ROOM)


@seated("POST")
def tick_question(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """Tick a question, or take the tick away."""
    row = find(PreparedQuestion.objects.owned_by(seat), item)
    conversation.tick(seat, row, heard=request.POST.get("heard") != "no")
    return to_questions(request, seat)


@seated("GET", "POST")
def question_note(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """Keep a note for oneself on what they said to a question."""
    row = find(PreparedQuestion.objects.owned_by(seat), item)
    kept = facts.notes_of(seat).get(row.pk)
    form = AnswerNoteForm(request.POST or None, initial={"text": kept.text.unseal(seat) if kept else ""})
    if request.method == "POST" and form.is_valid():
        conversation.note(seat, row, form.cleaned_data["text"])
        return to_questions(request, seat)
    return page(request, "briefings/pages/note.html", seat=seat, form=form, question=row.text.unseal(seat), room=ROOM)


@seated("GET", "POST")
def asking(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Show the questions exactly as the other side will read them; POST puts those chosen on the table."""
    rows = [row for row in facts.own_questions(seat) if row.asked_id is None and row.heard_at is None]
    form = AskingForm(request.POST if request.method == "POST" and rows else None, seat=seat, rows=rows)
    said = [part for row in rows for part in (row.key, row.text.unseal(seat))]
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            holding.refuse_unless_seen(seat, request.POST.get("seen", ""), *said)
            conversation.ask(seat, form.choice())
            say(request, _("They are on the table. Until one has an answer, you can take it back."))
            return redirect("briefing-answers-of", seat.key, rules.name_of(conversation.listening(seat)))
    seen = holding.print_of(seat, *said)
    return page(request, "briefings/pages/asking.html", seat=seat, form=form, rows=rows, seen=seen, room=ROOM)


@seated("GET")
def answers(request: HttpRequest, seat: Seat, which: str = "") -> HttpResponse:
    """Show what is asked, and what was answered."""
    context = pages.answers_page(seat, briefing_step(which))
    return page(request, "briefings/pages/answers.html", seat=seat, room=ROOM, **context)


@seated("GET", "POST")
def answer(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """Answer one question in writing."""
    row = find(AskedQuestion.objects.visible_to(seat).filter(side_id=seat.other_id), item)
    kept, which = facts.answer_to(seat, row), rules.name_of(conversation.speaking(seat))
    form = AnswerForm(request.POST or None, initial={"text": kept.text if kept else ""})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            conversation.answer(seat, row, **form.cleaned_data)
            return redirect("briefing-answers-of", seat.key, which)
    return page(request, "briefings/pages/answer.html", seat=seat, form=form, row=row, room=ROOM, which=which)


@seated("POST")
def mark_question(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """Mark one of our questions on the table: still unclear, clear now, or taken back."""
    row = find(AskedQuestion.objects.owned_by(seat), item)
    if request.POST.get("mark") == "back":
        conversation.take_back(seat, row)
    else:
        conversation.flag(seat, row, unclear=request.POST.get("mark") == "unclear")
    return redirect("briefing-answers-of", seat.key, rules.name_of(conversation.listening(seat)))


@seated("GET", "POST")
def telling(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Show what is noted to be told, in the second briefing because of what they said; POST notes one more."""
    context = pages.telling_page(seat, request.GET.get("because", ""))
    form = TellingForm(request.POST or None)
    because = context["because"]["ref"] if context["because"] else ""
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            conversation.plan_to_tell(seat, because=because, **form.cleaned_data)
            return redirect(carry_on(request, page_of(seat, "briefing-telling")))
    return page(
        request,
        "briefings/pages/telling.html",
        seat=seat,
        form=form,
        room=ROOM,
        narrow=False,
        **context,
        **the_way(request, seat),
    )


@seated("GET", "POST")
def telling_note(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """Reword one thing to tell, or empty it to take it away."""
    row = find(BriefingPoint.objects.owned_by(seat), item)
    form = AnswerNoteForm(request.POST or None, initial={"text": row.text.unseal(seat)})
    if request.method == "POST" and form.is_valid():
        conversation.retell(seat, row, form.cleaned_data["text"])
        return redirect(carry_on(request, page_of(seat, "briefing-telling")))
    return page(request, "briefings/pages/telling_note.html", seat=seat, form=form, room=ROOM)


@seated("GET", "POST")
def order(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Show who speaks first; POST proposes the other order."""
    if request.method == "POST":
        conversation.change_order(seat)
        return redirect("briefing-order", seat.key)
    context = pages.order_page(seat)
    return page(request, "briefings/pages/order.html", seat=seat, room=ROOM, **context)


@seated("POST")
def order_answer(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """Agree to another order, keep it, or take the proposal back."""
    row = find(OrderProposal.objects.visible_to(seat), item)
    conversation.answer_order(seat, row, request.POST.get("said", ""))
    return redirect("briefing", seat.key)


def to_questions(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Show one's questions again, still knowing where one came from."""
    return redirect(carry_on(request, page_of(seat, "briefing-questions")))


def the_way(request: HttpRequest, seat: Seat) -> dict[str, str]:
    """Return where one goes on to once that is enough, and what a link to the next page says of where one came from."""
    back = origin(request)
    return {
        "enough": address_back(request, seat, "relationship", seat.key),
        "back_query": f"{FIELD}={back}" if back else "",
    }


def playbook_question(entry_id: str) -> Question | None:
    """Return the playbook's question of that id, or None."""
    return next((entry for entry in playbook().questions() if entry.id == entry_id), None)
