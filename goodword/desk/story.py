"""The journal in words: each verb as both sides read it, in the reader's voice."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from goodword.relationships.models import Seat

# verb: (lane, what it says when our side did it, what it says when theirs did). 'both' events name nobody.
WORDS: dict[str, tuple[str, str | Promise, str | Promise]] = {
    "started": ("side", _("You began this"), _("%(name)s began this")),
    "joined": ("side", _("You took your seat"), _("%(name)s took a seat")),
    "colleague_joined": ("side", _("A colleague of yours joined"), _("A colleague of %(name)s joined")),
    "colleague_left": ("side", _("A colleague of yours left"), _("A colleague of %(name)s left")),
    "decided": ("side", _("You decided at the gate"), _("%(name)s decided at the gate")),
    "profile_shown": ("side", _("You showed your profile"), _("%(name)s showed you their profile")),
    "paused": ("side", _("You paused"), _("%(name)s paused")),
    "went_on_again": ("side", _("You went on again"), _("%(name)s went on again")),
    "gate_opened": ("both", _("Both said go on"), _("Both said go on")),
    "another_round": ("both", _("Both decided: not yet"), _("Both decided: not yet")),
    "ended": ("both", _("It ended here, kindly"), _("It ended here, kindly")),
    "encounter_planned": ("side", _("You planned an encounter"), _("%(name)s planned an encounter")),
    "encounter_held": ("both", _("You met"), _("You met")),
    "encounter_recorded": ("both", _("You met"), _("You met")),
    "encounter_moved": ("side", _("You moved an encounter"), _("%(name)s moved an encounter")),
    "attendance_yes": ("side", _("You said the time suits you"), _("%(name)s said the time suits them")),
    "attendance_maybe": ("side", _("You may be able to come"), _("%(name)s may be able to come")),
    "attendance_no": ("side", _("You can’t make the time planned"), _("%(name)s can’t make the time planned")),
    "times_offered": ("side", _("You offered times"), _("%(name)s offered times")),
    "thanked": ("side", _("You thanked %(name)s"), _("%(name)s thanked you")),
    "promise_made": ("side", _("You wrote down a promise"), _("%(name)s wrote down a promise")),
    "promise_kept": ("both", _("A promise was kept"), _("A promise was kept")),
    "reservations_asked": ("side", _("You asked %(name)s to think it over"), _("%(name)s asked you to think it over")),
    "reveal_opened": ("both", _("You opened your envelopes together"), _("You opened your envelopes together")),
    "questions_asked": ("side", _("You asked %(name)s your questions"), _("%(name)s asked you some questions")),
    "question_answered": ("side", _("You answered a question"), _("%(name)s answered a question")),
    "order_changed": ("both", _("You changed who tells first"), _("You changed who tells first")),
    "purpose_shown": ("side", _("You showed why you want this"), _("%(name)s showed why they want this")),
    "encounter_called_off": ("both", _("An encounter was called off"), _("An encounter was called off")),
    "check_done": ("side", _("You did your reservation check"), _("%(name)s did a reservation check")),
    "put_on_the_table": ("side", _("You put a reservation on the table"), _("%(name)s put a reservation on the table")),
    "played_back": ("side", _("You played the briefing back"), _("%(name)s played your briefing back")),
    "playback_confirmed": ("side", _("You confirmed the playback"), _("%(name)s confirmed your playback")),
    "playback_corrected": ("side", _("You corrected the playback"), _("%(name)s corrected your playback")),
    "agreement_written": (
        "side",
        _("You wrote a version of the agreement"),
        _("%(name)s wrote a version of the agreement"),
    ),
    "agreement_accepted": ("side", _("You accepted the agreement"), _("%(name)s accepted the agreement")),
    "taught": ("side", _("You said what to say for you"), _("%(name)s said what to say for them")),
    "said_back": ("side", _("You said the words back"), _("%(name)s said your words back")),
    "approach_agreed": ("both", _("You agreed on an approach"), _("You agreed on an approach")),
    "rhythm_set": ("side", _("You set the rhythm"), _("%(name)s set the rhythm")),
    "review_answered": ("side", _("You looked at the whole"), _("%(name)s looked at the whole")),
    "lead_accepted": ("side", _("You accepted a lead"), _("%(name)s accepted your lead")),
    "lead_sent_back": ("side", _("You sent a lead back"), _("%(name)s sent a lead back")),
    "lead_given": ("side", _("You gave a lead"), _("%(name)s gave you a lead")),
    "lead_reported": ("side", _("You told %(name)s how a lead went"), _("%(name)s told you how a lead went")),
    "update_sent": ("side", _("You sent an update"), _("%(name)s sent an update")),
}


def told_event(
    verb: str, subject: str, side_id: UUID, at: dt.datetime, seat: Seat, places: dict[str, Any]
) -> dict[str, Any]:
    """Return one line of the story, from the flat row of a journal line whose verb is in WORDS."""
    lane_of, by_us, by_them = WORDS[verb]
    ours = side_id == seat.side_id
    text = str(by_us if ours else by_them) % {"name": seat.other.first_name}
    meeting = places.get(subject)
    lane = "both" if lane_of == "both" else "ours" if ours else "theirs"
    return {"lane": lane, "text": text, "at": at, "place": meeting.place if meeting else ""}
