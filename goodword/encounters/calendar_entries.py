"""Each person's calendar: their planned encounters across all relationships in one table keyed by person, and its feed.

It carries joint facts only, and is brought up to date by every act that changes a plan.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import uuid
from typing import Any, ClassVar, NamedTuple

from django.conf import settings
from django.db import models
from django.utils import timezone

from goodword.encounters.models import Encounter
from goodword.ground.keys import new_id
from goodword.ground.moments import zone
from goodword.people.models import Person
from goodword.people.signing_in import hash_of
from goodword.relationships.models import Seat
from goodword.relationships.sealed_columns import TableText


class CalendarEntry(models.Model):
    """One planned encounter in one person's calendar."""

    scope: ClassVar[str] = "person"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="+")
    encounter_id = models.UUIDField()
    key = models.CharField(max_length=22)
    kind = models.CharField(max_length=10)
    planned_at = models.DateTimeField()
    zone = models.CharField(max_length=60)
    minutes = models.PositiveSmallIntegerField()
    place = TableText()
    own_name = models.CharField(max_length=200)
    sequence = models.PositiveSmallIntegerField()
    held = models.BooleanField(default=False)
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "goodword_diaryentry"
        constraints = [models.UniqueConstraint(fields=["seat", "encounter_id"], name="one_diary_entry_each")]
        indexes = [models.Index(fields=["person", "planned_at"], name="diary_by_time")]

    @property
    def relationship_key(self) -> str:
        """The relationship it belongs to, for addresses."""
        return self.seat.relationship_key

    @property
    def other_name(self) -> str:
        """Whom one meets."""
        return self.seat.other_name

    @property
    def ends_at(self) -> dt.datetime:
        """When it is planned to end."""
        return self.planned_at + dt.timedelta(minutes=self.minutes)


class Feed(models.Model):
    """A person's private calendar link. Only its hash is kept; one at a time."""

    scope: ClassVar[str] = "person"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=models.Q(revoked_at=None), name="one_feed_each")
        ]


def keep(encounter: Encounter) -> None:
    """Bring the diaries of everybody who may see an encounter up to date with it. Within the act that changed it."""
    if encounter.called_off_at is not None or encounter.planned_at is None or encounter.tabled_as_id is not None:
        CalendarEntry.objects.filter(
            encounter_id=encounter.pk, seat__relationship_id=encounter.relationship_id
        ).delete()
        return
    for seat in Seat.objects.select_related("side").filter(relationship_id=encounter.relationship_id, left_at=None):
        if seat.side_id == encounter.side_id or on_table(encounter):
            enter(seat, encounter)


def _stands_at(encounter: Encounter) -> dt.datetime:
    """Return when it stands in a diary: as planned; once it was held on another day, when that was."""
    planned = encounter.planned_at or encounter.created_at
    if encounter.held_at is None or encounter.happened_on in (None, planned.astimezone(zone(encounter.zone)).date()):
        return planned
    return encounter.held_at


def enter(seat: Seat, encounter: Encounter) -> None:
    """Put one encounter into one person's diary, or bring it up to date there."""
    CalendarEntry.objects.update_or_create(
        person_id=seat.person_id,
        seat_id=seat.pk,
        encounter_id=encounter.pk,
        defaults={
            "key": encounter.key,
            "kind": encounter.kind,
            "planned_at": _stands_at(encounter),
            "zone": encounter.zone,
            "minutes": encounter.minutes,
            "place": encounter.place,
            "sequence": encounter.sequence,
            "own_name": seat.side.person_name,
            "held": encounter.held_at is not None,
            "changed_at": encounter.plan_set_at or encounter.created_at,
        },
    )


def keep_for(seat: Seat) -> None:
    """Fill the diary of somebody who has just taken a seat with what is planned already."""
    clear_for(seat)
    for encounter in Encounter.objects.visible_to(seat).filter(
        planned_at__gte=timezone.now(), called_off_at=None, tabled_as=None
    ):
        enter(seat, encounter)


def clear_for(seat: Seat) -> None:
    """Empty the diary of somebody who gave up their seat."""
    CalendarEntry.objects.filter(seat_id=seat.pk).delete()


def on_table(encounter: Encounter) -> bool:
    """Whether both sides see it: made since the table was laid."""
    shared_since = encounter.relationship.shared_since
    return shared_since is not None and encounter.created_at >= shared_since


def entries(person: Person | uuid.UUID) -> models.QuerySet[CalendarEntry]:
    """Return a person's diary: of relationships that go on and in which they still have a seat."""
    return (
        CalendarEntry.objects.select_related("seat")
        .filter(person=person, seat__left_at=None, seat__ended=0)
        .order_by("planned_at")
    )


class FeedRow(NamedTuple):
    """An entry as the feed needs it: what `CalendarEntry` says, without its rows' weight."""

    key: str
    kind: str
    planned_at: dt.datetime
    minutes: int
    place: str
    own_name: str
    sequence: int
    changed_at: dt.datetime
    relationship_key: str
    other_name: str


def for_feed(person: Person, most: int) -> list[FeedRow]:
    """Return a person's newest entries, quick to read. One query."""
    columns = ["pk", *FeedRow._fields[:-2], "seat__relationship_key", "seat__other_name"]
    rows = entries(person).select_related(None).order_by("-planned_at").values_list(*columns)[:most]
    return [_with_place(pk, FeedRow(*row)) for pk, *row in rows]


def _with_place(pk: uuid.UUID, row: FeedRow) -> FeedRow:
    place: Any = CalendarEntry._meta.get_field("place")
    return row._replace(place=place.open(pk, row.place))


def clashes(
    person: Person, starts: list[dt.datetime], minutes: int, *, but: uuid.UUID | None = None
) -> dict[dt.datetime, CalendarEntry]:
    """Return which of these times overlap with something in one's own diary. For oneself alone. One query."""
    if not starts:
        return {}
    day = dt.timedelta(days=1)
    near = list(entries(person).filter(planned_at__range=(min(starts) - day, max(starts) + day)))
    length = dt.timedelta(minutes=minutes)
    return {
        start: entry
        for start in starts
        for entry in near
        if entry.planned_at < start + length and start < entry.ends_at and entry.encounter_id != but
    }


def token_of(feed: Feed) -> str:
    """Return the secret of a feed's address: derived, so that it can be shown again without being stored."""
    name = f"calendar feed:{feed.pk}".encode()
    secret = hmac.new(settings.SECRET_KEY.encode(), name, hashlib.sha256).digest()
    return base64.urlsafe_b64encode(secret).decode().rstrip("=")


def feed_of(person: Person) -> Feed | None:
    """Return a person's live feed, if they have one."""
    return Feed.objects.filter(person=person, revoked_at=None).first()


def open_feed(person: Person) -> Feed:
    """Make a person's feed, or return the one they have."""
    feed = feed_of(person)
    if feed is None:
        feed = Feed(id=new_id(), person=person, made_at=timezone.now())
        feed.token_hash = hash_of(token_of(feed))
        feed.save(force_insert=True)
    return feed


def close_feed(person: Person) -> None:
    """Revoke a person's feed: its address answers 404 from now on."""
    Feed.objects.filter(person=person, revoked_at=None).update(revoked_at=timezone.now())


def person_of(token: str) -> Person | None:
    """Return whose diary a live feed address opens, or None."""
    feed = (
        Feed.objects.select_related("person")
        .filter(token_hash=hash_of(token), revoked_at=None, person__is_active=True)
        .first()
    )
    return feed.person if feed else None
