"""A house of the time in which meetings lay in clear: `python -m tests.ops.in_clear write WORD`, then `look WORD` after its upgrade.

`write` brings a house in which no meeting is written down back to that time, and writes the word into every text of one.
`look` prints as JSON where the word still stands in clear, and what is read of the meeting.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import django

django.setup()

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from goodword.encounters import calendar_entries
from goodword.encounters.models import AgendaItem, Conclusion, Encounter, JointNote, Promise, Thanks
from goodword.followups.models import AgendaChange
from goodword.people.models import Person
from goodword.relationships import starting
from goodword.relationships.models import Invitation, Seat
from goodword.relationships.waiting import WaitingRow
from tests.cast import person
from tests.raw import shows, stored_rows

BEFORE = [("goodword", "0007_slips_by_index")]
ADDRESS = "ruth@adeyemi.example"


def write(word: str) -> None:
    """Write the word into every text of a meeting as it was kept then; another meeting has no texts."""
    seat = starting.start(person("Ruth Adeyemi", ADDRESS, "Adeyemi Law"), name="Tom Hale")
    executor = MigrationExecutor(connection)
    executor.migrate(BEFORE)
    models = executor.loader.project_state(BEFORE).apps
    whose = {"relationship_id": seat.relationship_id, "side_id": seat.side_id, "author_id": seat.person_id}

    def row(model: str, **fields: object) -> Any:
        return models.get_model("goodword", model).objects.create(**whose, **fields)

    it = row("Encounter", place=f"{word} Café", who=f"{word} & Co", planned_at=timezone.now(), step=1, zone="UTC")
    row("Encounter", place="", who="", step=2, zone="UTC")
    for number in range(1200):  # more than are sealed at a time
        row("AgendaItem", encounter=it, position=number, half="both", minutes=9, text=f"{word} {number}", hint=word)
    row("Promise", encounter=it, role="proposer", what=f"Send {word}")
    row("Conclusion", encounter=it, number=1, text=f"{word} it is")
    row("JointNote", encounter=it, text=f"{word}, naïve")
    row("Thanks", encounter=it, text=f"For {word}")
    row("AgendaChange", what="add", text=f"{word} again")
    row("AgendaChange", what="strike", item="follow_news")
    _calendar(models.get_model("goodword", "CalendarEntry"), seat, it)
    _copies(models, seat, word)


def _copies(models: Any, seat: Seat, word: str) -> None:
    """What waits for her by that promise and without one, and a letter that says where the two met."""
    whose = {"person_id": seat.person_id, "relationship_id": seat.relationship_id}
    for kind, subject in (("promise", f"Send {word}"), ("plan", "")):
        models.get_model("goodword", "Waiting").objects.create(
            **whose, kind=kind, subject=subject, page="/", turn="ours", urgency=3
        )
    now = timezone.now()
    models.get_model("goodword", "Invitation").objects.create(
        relationship_id=seat.relationship_id,
        inviter_id=seat.person_id,
        words="Hello",
        met_where=f"{word} Hall",
        token_hash="0" * 64,
        made_at=now,
        expires_at=now,
    )


def _calendar(model: Any, seat: Seat, it: Any) -> None:
    whose = {"person_id": seat.person_id, "seat_id": seat.pk, "encounter_id": it.pk, "own_name": "Ruth"}
    when = {"planned_at": it.planned_at, "zone": "UTC", "minutes": 60, "sequence": 0, "changed_at": it.created_at}
    model.objects.create(**whose, **when, key=it.key, kind=it.kind, place=it.place)


def look(word: str) -> None:
    """Print where the word stands in clear, and what is read."""
    ruth = Person.objects.get(email=ADDRESS)
    seat = Seat.objects.select_related("relationship", "side", "other").get(person=ruth)
    meetings = Encounter.objects.visible_to(seat).order_by("step")
    items = AgendaItem.objects.visible_to(seat).order_by("position")
    found = {
        "in clear": [table for table, row in stored_rows() if shows(row, word)],
        "meetings": [[one.place, one.who] for one in meetings],
        "agenda": [[one.text, one.hint] for one in items],
        "promise": Promise.objects.visible_to(seat).get().what,
        "notes": [model.objects.visible_to(seat).get().text for model in (Conclusion, JointNote, Thanks)],
        "waits": [[one.kind, one.subject] for one in WaitingRow.objects.filter(person=ruth).order_by("kind")],
        "changes": sorted(one.text for one in AgendaChange.objects.visible_to(seat)),
        "letter": Invitation.objects.get().met_where,
        "calendar": [one.place for one in calendar_entries.entries(ruth)],
        "feed": [one.place for one in calendar_entries.for_feed(ruth, 5)],
    }
    print(json.dumps(found))


if __name__ == "__main__":
    {"write": write, "look": look}[sys.argv[1]](sys.argv[2])
