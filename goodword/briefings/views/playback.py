"""The page of saying back: one address for both sides, each with its own part to play."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from goodword.briefings import rules
from goodword.briefings.actions import playback as playback_actions
from goodword.briefings.forms import PlaybackForm, ReplyForm
from goodword.briefings.models import PlaybackRound
from goodword.briefings.queries import facts, pages
from goodword.briefings.views.conversation import ROOM, briefing_step
from goodword.relationships.doorway import find, seated
from goodword.relationships.models import Seat
from goodword.relationships.steps import Step
from goodword.ui.answers import page, refusals_on, say
from goodword.ui.onward import onward, sheet_key


def speaks(seat: Seat, step: Step) -> bool:
    """Whether our side is centre stage in this briefing."""
    return facts.speaker_id(seat, step) == seat.side_id


@seated("GET")
def playback(request: HttpRequest, seat: Seat, which: str = "") -> HttpResponse:
    """Show what was said back: to the speaker with the reply, to the listener with the way to say it."""
    step = briefing_step(which) or rules.briefing_at(seat.at)
    state = facts.playback(seat, step)
    we_speak = speaks(seat, step)
    answering = we_speak and state.state == "waiting" and pages.may_act(seat)
    form = ReplyForm(None, passages=state.to_hear if answering else ())
    return show(request, seat, step, state, form)


def show(request: HttpRequest, seat: Seat, step: Step, playback: facts.Playback, form: ReplyForm) -> HttpResponse:
    """Render the page of one briefing's playback."""
    we_speak = speaks(seat, step)
    rows = [
        (row, pages.passages(row, own=we_speak), playback.replies.get(row.pk, {})) for row in reversed(playback.rounds)
    ]
    return page(
        request,
        "briefings/pages/playback.html",
        seat=seat,
        room=ROOM,
        form=form,
        playback=playback,
        agreed=facts.playback_is_confirmed(seat, step),
        sheet=sheet_key(request),
        rows=rows,
        which=rules.name_of(step),
        we_speak=we_speak,
        begun=seat.at >= step and not seat.alone,
        may_act=pages.may_act(seat),
    )


@seated("POST")
def reply(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """The speaker says what is right and what is not."""
    row = find(PlaybackRound.objects.visible_to(seat).filter(side_id=seat.other_id), item)
    step = rules.speaks_in(seat.role, facts.first_speaker(seat))
    playback = facts.playback(seat, step)
    form = ReplyForm(request.POST, passages=playback.to_hear)
    if form.is_valid():
        with refusals_on(form):
            right = playback_actions.reply(seat, row, form.answers())
            better = _("Thank you. They will put it better and ask once more.")
            say(request, _("Confirmed, to the word.") if right else better)
            return onward(request, seat, "playback-of", seat.key, rules.name_of(step))
    return show(request, seat, step, playback, form)


@seated("GET", "POST")
def saying_back(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Show the boxes for the four passages; POST says them back in one's own words."""
    step = rules.listens_in(seat.role, facts.first_speaker(seat))
    playback = facts.playback(seat, step)
    initial = {p.value: text for p, text in playback.latest.passages.items()} if playback.latest else None
    form = PlaybackForm(request.POST or None, name=seat.other.first_name, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            playback_actions.say_back(seat, form.passages())
            say(request, _("Said back. %(name)s reads it now.") % {"name": seat.other.first_name})
            return onward(request, seat, "playback-of", seat.key, rules.name_of(step))
    replies = playback.replies.get(playback.latest.pk, {}) if playback.latest else {}
    said = {"playback": playback, "replies": replies, "sheet": sheet_key(request)}
    return page(request, "briefings/pages/saying_back.html", seat=seat, form=form, room=ROOM, **said)
