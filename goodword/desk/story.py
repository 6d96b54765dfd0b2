"""The journal in words: each verb as both sides read it, in the reader's voice."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from goodword.relationships.models import Event, Seat

# verb: (lane, what it says when our side did it, what it says when theirs did). 'both' events name nobody.
WORDS: dict[str, tuple[str, str | Promise, str | Promise]] = {
    "started": ("side", _("You began this"), _("%(name)s began this")),
    "joined": ("side", _("You took your seat"), _("%(name)s took a seat")),
    "colleague_joined": ("side", _("A colleague of yours joined"), _("A colleague of %(name)s joined")),
    "colleague_left": ("side", _("A colleague of yours left"), _("A colleague of %(name)s left")),
    "decided": ("side", _("You decided at the gate"), _("%(name)s decided at the gate")),
    "gate_opened": ("both", _("Both said go on"), _("Both said go on")),
    "another_round": ("both", _("Both decided: not yet"), _("Both decided: not yet")),
    "ended": ("both", _("It ended here, kindly"), _("It ended here, kindly")),
    "encounter_planned": ("side", _("You planned an encounter"), _("%(name)s planned an encounter")),
    "encounter_held": ("both", _("You met"), _("You met")),
    "encounter_called_off": ("both", _("An encounter was called off"), _("An encounter was called off")),
    "check_done": ("side", _("You did your reservation check"), _("%(name)s did a reservation check")),
    "put_on_the_table": ("side", _("You put a reservation on the table"), _("%(name)s put a reservation on the table")),
    "played_back": ("side", _("You played the briefing back"), _("%(name)s played your briefing back")),
    "playback_confirmed": ("side", _("You confirmed the playback"), _("%(name)s confirmed your playback")),
    "playback_corrected": ("side", _("You corrected the playback"), _("%(name)s corrected your playback")),
    "version_written": ("side", _("You wrote a version of the agreement"), _("%(name)s wrote a version of the agreement")),
    "version_accepted": ("side", _("You accepted the agreement"), _("%(name)s accepted the agreement")),
    "taught": ("side", _("You said what to say for you"), _("%(name)s said what to say for them")),
    "lead_given": ("side", _("You gave a lead"), _("%(name)s gave you a lead")),
    "lead_reported": ("side", _("You told %(name)s how a lead went"), _("%(name)s told you how a lead went")),
    "update_sent": ("side", _("You sent an update"), _("%(name)s sent an update")),
}


def told_event(event: Event, seat: Seat, places: dict[str, Any]) -> dict[str, Any] | None:
    """Return one line of the story, or None for a verb that only the machine needs."""
    words = WORDS.get(event.verb)
    if words is None:
        return None
    whose = seat.side_name(event.side_id)
    lane = "both" if words[0] == "both" else whose
    text = str(words[1 if whose == "ours" else 2]) % {"name": seat.other.first_name}
    meeting = places.get(event.subject)
    return {"lane": lane, "text": text, "at": event.created_at, "place": meeting.place if meeting else ""}
