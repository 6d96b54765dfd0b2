"""News of leads one gave, gathered into one letter a day or a week, for whoever would rather not hear at once.

Nothing of the news lies in the queue: the letter holds a stretch of time, and what happened in it is read when the letter
leaves. Whoever has been forgotten, or given up a seat by then, is not in it.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any, ClassVar

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from goodword.ground.keys import new_id
from goodword.ground.moments import zone
from goodword.leads import rules
from goodword.leads.lines import LeadLine
from goodword.leads.models import Lead, LeadAnswer, LeadReport
from goodword.people.models import Person
from goodword.post import outbox
from goodword.relationships.mailing import address_of
from goodword.relationships.models import Seat
from goodword.relationships.seats import whole
from goodword.ui import languages

MOST_LINES = 100


class NewsDigest(models.Model):
    """How a person wants news of leads they gave: a row for those who don’t want each at once."""

    scope: ClassVar[str] = "person"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    rhythm = models.CharField(max_length=4, choices=[(each, each) for each in rules.RHYTHMS])
    news_until = models.DateTimeField(db_column="told_until")
    due_at = models.DateTimeField()

    class Meta:
        db_table = "goodword_gatherednews"
        constraints = [models.UniqueConstraint(fields=["person"], name="one_gathering_a_person")]
        indexes = [models.Index(fields=["due_at"], name="gathering_due")]


def rhythm_of(person: Person) -> str:
    """Return "day" or "week" for whoever has their news gathered, "" for whoever is told at once."""
    row = NewsDigest.objects.filter(person=person).first()
    return row.rhythm if row else ""


def among_the_others(seat: Seat) -> set[uuid.UUID]:
    """Return who on the other side has their news gathered. One query; never shown to anybody."""
    there = Seat.objects.filter(relationship_id=seat.relationship_id, side_id=seat.other_id, left_at=None)
    return set(NewsDigest.objects.filter(person__in=there.values("person")).values_list("person_id", flat=True))


def choose(person: Person, rhythm: str) -> None:
    """Keep how a person wants their news; "" for at once, and then what was gathered so far leaves with the next post."""
    now = timezone.now()
    with transaction.atomic():
        if rhythm:
            chosen = {"rhythm": rhythm, "due_at": rules.next_gathering(rhythm, now.astimezone(zone(person.zone)))}
            from_now = {**chosen, "news_until": now - rules.UNDO}
            NewsDigest.objects.update_or_create(person=person, defaults=chosen, create_defaults=from_now)
            return
        for row in NewsDigest.objects.select_for_update().filter(person=person):
            _put(person, row.news_until, now)
            row.delete()


def gather_due(now: dt.datetime, most: int = 500) -> int:
    """Put a letter for everybody whose morning it is and who has news. Return how many. A missed run loses nothing."""
    due = NewsDigest.objects.filter(due_at__lte=now).select_related("person").order_by("due_at")
    return sum(_gather(row, now) for row in due[:most])


def _gather(row: NewsDigest, now: dt.datetime) -> int:
    local, until = now.astimezone(zone(row.person.zone)), now - rules.UNDO
    mine = NewsDigest.objects.filter(pk=row.pk, due_at=row.due_at)
    if not rules.may_write_at(local):
        mine.update(due_at=rules.next_gathering("day", local))
        return 0
    with transaction.atomic():
        if not mine.update(due_at=rules.next_gathering(row.rhythm, local), news_until=until):
            return 0
        return _put(row.person, row.news_until, until)


def _put(person: Person, since: dt.datetime, until: dt.datetime) -> int:
    if not news(person, since, until):
        return 0
    stretch = {"since": since.isoformat(), "until": until.isoformat()}
    once = f"lead-news:{person.pk}:{stretch['until']}"
    due = max(timezone.now(), until + rules.UNDO)
    return int(
        outbox.put("lead-news", person.email, person_id=person.pk, values=stretch, once=once, due_at=due) is not None
    )


def digest_values(person_id: uuid.UUID | None, values: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return what a letter of gathered news says as it leaves; None where nothing of it is left to say."""
    person = Person.objects.filter(pk=person_id, is_active=True).first() if person_id else None
    if person is None:
        return None
    with timezone.override(zone(person.zone)):
        said = news(person, *(dt.datetime.fromisoformat(values[name]) for name in ("since", "until")))
    return {"news": said, "settings": settings.BASE_URL + "/leads/news"} if said else None


def news(person: Person, since: dt.datetime, until: dt.datetime) -> list[dict[str, str]]:
    """Return what others said within a stretch of time about leads this person's side gave: a line for each lead.

    A line holds partner, day and outcome: no name of a third person, nothing anybody wrote (T4).
    """
    moved = LeadLine.objects.filter(person=person, direction="gave", moved_at__gt=since).order_by("-moved_at")
    places = list(moved.values_list("relationship_id", "lead_key")[:MOST_LINES])
    seats = Seat.objects.filter(person=person, left_at=None, relationship__in={place for place, _key in places})
    found = []
    for seat in whole(seats).order_by("other_name", "id"):
        keys = [key for place, key in places if place == seat.relationship_id]
        found += _news_between(seat, keys, since, until)
    return found


def _news_between(seat: Seat, keys: list[str], since: dt.datetime, until: dt.datetime) -> list[dict[str, str]]:
    leads = (
        Lead.objects.visible_to(seat).filter(key__in=keys, side_id=seat.side_id, erased_at=None).order_by("created_at")
    )
    said: dict[uuid.UUID, str] = {}
    for answer in (
        LeadAnswer.objects.visible_to(seat).filter(lead__in=leads).order_by("created_at") if seat.open else ()
    ):
        if since < answer.created_at <= until:
            said[answer.lead_id] = answer.said
    reports = LeadReport.objects.visible_to(seat).filter(lead__in=leads).order_by("created_at", "id")
    said |= {row.lead_id: row.outcome for row in rules.standing(reports) if since < row.created_at <= until}
    return [
        {
            "partner": seat.other_called,
            "said": said[lead.pk],
            "link": address_of(seat, "lead", lead.key),
            "given_on": languages.day(timezone.localtime(lead.created_at).date()),
        }
        for lead in leads
        if lead.pk in said
    ]
