"""The hall: a relationship, its two sides, and the seats of the people on them."""

from __future__ import annotations

import datetime as dt
from copy import copy
from types import SimpleNamespace
from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from goodword.database.compiled import Placeholder
from goodword.ground.keys import new_id, new_key
from goodword.ground.names import first_of
from goodword.ground.text import tidy_line
from goodword.people.models import Person
from goodword.relationships.sealed_columns import TableText
from goodword.relationships.steps import Role, Step, speaker


class Relationship(models.Model):
    """Two businesses on the path. Everything that belongs to it carries its id."""

    scope: ClassVar[str] = "relationship"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    key = models.CharField(max_length=22, default=new_key, editable=False)
    step = models.PositiveSmallIntegerField(choices=[(s.value, s.slug) for s in Step], default=Step.EXPLORE)
    step_since = models.DateTimeField()
    first_speaker = models.CharField(max_length=8, default=Role.INVITED)
    made_at = models.DateTimeField()
    shared_since = models.DateTimeField(null=True)  # when the other side joined: only then is the table laid
    alone_since = models.DateTimeField(null=True)  # from when on one side keeps it by itself, without an invitation
    paused_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(step__gte=1, step__lte=5), name="relationship_step")]

    @property
    def at(self) -> Step:
        """The step it is in."""
        return Step(self.step)


class Side(models.Model):
    """One party to one relationship, as it is called there (D1)."""

    scope: ClassVar[str] = "relationship"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    relationship = models.ForeignKey(Relationship, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=8, choices=[(r.value, r.value) for r in Role])
    person_name = models.CharField(max_length=200)
    called = models.CharField(max_length=420, blank=True)  # in sentences, where the name alone does not tell
    wish = models.CharField(
        max_length=420, blank=True, default="", db_default=""
    )  # what to call it while nobody sits there
    business_name = models.CharField(max_length=200, blank=True)
    trade = models.CharField(max_length=200, blank=True)
    town = models.CharField(max_length=200, blank=True)
    members = models.PositiveSmallIntegerField(default=1)  # how many people sit on it

    class Meta:
        constraints = [models.UniqueConstraint(fields=["relationship", "role"], name="one_side_per_role")]

    @property
    def first_name(self) -> str:
        """The name used in sentences."""
        return self.called or first_of(self.person_name)

    @property
    def search_text(self) -> str:
        """The text a search runs over: name, business and town, in lower case."""
        return tidy_line(f"{self.person_name} {self.business_name} {self.town}").casefold()[:700]


OPEN_SEAT = models.Q(left_at=None)
STALE = OPEN_SEAT & models.Q(stale_at__isnull=False)
NO_TIME = dt.datetime(9999, 1, 1, tzinfo=dt.UTC)  # where a thing without a time stands when things are sorted by time


def drawer_of(members: int) -> str:
    """Return the mark over the drawer of a side with so many people: see `Seat.drawer`."""
    return "you" if members < 2 else "side"


class Seat(models.Model):
    """This person, on this side of this relationship: what travels through the house instead of a user.

    It also carries what the list of relationships shows, so that the list is one query. On a cluster it lies with its relationship,
    as all that an act writes does: what an act makes out of date is marked in the same place.
    """

    scope: ClassVar[str] = "relationship"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    relationship = models.ForeignKey(Relationship, on_delete=models.CASCADE, related_name="+")
    relationship_key = models.CharField(max_length=22)
    side = models.ForeignKey(Side, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Side, on_delete=models.CASCADE, related_name="+")
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    # What the list shows (see waiting.py). Only facts this seat may see.
    other_name = models.CharField(max_length=200)
    other_called = models.CharField(max_length=420, blank=True)
    other_business = models.CharField(max_length=200, blank=True)
    other_town = models.CharField(max_length=200, blank=True)
    search_text = models.CharField(max_length=700, blank=True)
    step = models.PositiveSmallIntegerField(default=Step.EXPLORE)
    # 0 or 1: a boolean is asked as NOT ended, which no index answers.
    ended = models.PositiveSmallIntegerField(default=0)
    next_code = models.CharField(max_length=40, blank=True)
    next_who = models.CharField(max_length=6, blank=True)
    next_at = models.DateTimeField(null=True)
    next_page = models.CharField(max_length=200, blank=True)
    sort_at = models.DateTimeField(default=NO_TIME)
    urgency = models.PositiveSmallIntegerField(default=9)
    touched_at = models.DateTimeField()
    stale_at = models.DateTimeField(null=True)  # from when on what stands here is out of date
    stale_in = models.PositiveSmallIntegerField(default=0)  # in what: everything, or leads alone (announcements.Stale)
    has_slips = models.PositiveSmallIntegerField(default=0)  # 0 or 1: whether its side ever wrote leads on slips
    standing = models.JSONField(default=dict)  # how this side stands before its gate, for the front page

    # A mirror is the other side's seat held up to me: it sees the table and nobody's drawers.
    mirror: bool = False
    # Whether an act of this seat in hand has made something out of date that the doorway is to settle.
    unsettled: bool = False
    confirmed_at: dt.datetime | None = None  # when what this seat in hand does was confirmed, if it was held back

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "relationship"], name="one_seat_each")]
        indexes = [
            models.Index(fields=["person", "relationship_key"], name="seat_by_key"),
            # The list's orders, each an index of its own: a page of 25 out of thousands is read without sorting.
            models.Index(
                fields=["person", "ended", "urgency", "sort_at", "id"], condition=OPEN_SEAT, name="seat_by_urgency"
            ),
            models.Index(
                fields=["person", "ended", "step", "urgency", "sort_at", "id"], condition=OPEN_SEAT, name="seat_by_step"
            ),
            models.Index(fields=["person", "ended", "other_name", "id"], condition=OPEN_SEAT, name="seat_by_name"),
            models.Index(fields=["person", "ended", "-touched_at", "id"], condition=OPEN_SEAT, name="seat_by_touch"),
            # Every column that is asked, and the order: else SQLite reads through all seats of a person by another index.
            models.Index(
                fields=["person", "has_slips", "ended", "step", "-touched_at", "id"],
                condition=OPEN_SEAT & models.Q(has_slips=1),
                name="seat_has_slips",
            ),
            models.Index(fields=["person", "stale_at"], condition=STALE, name="seat_out_of_date"),
            models.Index(fields=["stale_at"], condition=STALE, name="seat_to_settle"),
        ]

    nobody_across = False  # whether the other side gave up its seat here; the doorway looks

    def with_person(self, person: Person) -> Seat:
        """Return this seat with the person who sits there, whom one has in hand: nothing is asked of the database for them."""
        self.person = person
        return self

    @property
    def key(self) -> str:
        """The relationship's public key: the first part of every address in its rooms."""
        return self.relationship_key

    @property
    def role(self) -> Role:
        """Which of the two sides this seat is on."""
        return Role(self.side.role)

    @property
    def at(self) -> Step:
        """The step the relationship is in."""
        return self.relationship.at

    @property
    def open(self) -> bool:
        """Whether the relationship is still going."""
        return self.relationship.ended_at is None

    @property
    def paused(self) -> bool:
        """Whether one of the two has asked for a pause that is not over yet."""
        return self.relationship.paused_at is not None

    @property
    def alone(self) -> bool:
        """Whether the other side has not joined yet."""
        return self.relationship.shared_since is None

    @property
    def keeps_alone(self) -> bool:
        """Whether this side keeps the whole method by itself, the other not being in Goodword (M4)."""
        return self.alone and self.relationship.alone_since is not None

    @property
    def drawer(self) -> str:
        """Which mark stands over our side's drawer: "you" while it has one person, for whom "only me" and "only our side" are one;
        "side" from the day a colleague joins."""
        return drawer_of(self.side.members)

    @property
    def speaks(self) -> bool:
        """Whether this side is centre stage in the step's briefing."""
        return speaker(self.at, Role(self.relationship.first_speaker)) == self.role

    def side_name(self, side_id: object) -> str:
        """Return 'ours' or 'theirs', as this seat sees a side."""
        return "ours" if side_id == self.side_id else "theirs"

    # For reads that are compiled once (`database/compiled.py`): what the locks look at, and a stand-in for them to look at.

    @property
    def shape(self) -> tuple[bool, bool]:
        """What of this seat decides which SQL a lock makes: whether it is a mirror, and whether the table is laid."""
        return self.mirror, self.relationship.shared_since is None

    @property
    def values(self) -> dict[str, Any]:
        """What of this seat stands in that SQL."""
        found = {name: getattr(self, name) for name in ("relationship_id", "side_id", "other_id", "person_id")}
        return {**found, "shared_since": self.relationship.shared_since}

    def stand_in(self) -> SimpleNamespace:
        """Return something of this seat's shape that has slots where it has values, and nothing else."""
        laid = None if self.relationship.shared_since is None else Placeholder("shared_since")
        ids = {name: Placeholder(name) for name in ("relationship_id", "side_id", "other_id", "person_id")}
        return SimpleNamespace(**ids, mirror=self.mirror, relationship=SimpleNamespace(shared_since=laid))

    def as_other_side(self) -> Seat:
        """Return the mirror: what the other side may see, for 'What they see'. It opens no drawer of either side."""
        seat = Seat(
            person=None,
            relationship=self.relationship,
            relationship_key=self.relationship_key,
            side=self.other,
            other=self.side,
            joined_at=self.joined_at,
            touched_at=self.touched_at,
        )
        seat.mirror = True
        return seat

    def without_drawers(self) -> Seat:
        """Return this seat with its own drawers shut as well, for a phone on the table (T14)."""
        seat = copy(self)
        seat.mirror = True
        seat.standing, seat.next_code, seat.next_who, seat.next_at, seat.next_page = {}, "", "", None, ""
        return seat


class Invitation(models.Model):
    """A letter to the other side, and the answer. Its link shows D1 and nothing else."""

    scope: ClassVar[str] = "relationship"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    key = models.CharField(max_length=22, default=new_key, editable=False)
    relationship = models.ForeignKey(Relationship, on_delete=models.CASCADE, related_name="+")
    inviter = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    address = models.EmailField(max_length=254, blank=True)  # where its writer sends it
    seat_address = models.EmailField(max_length=254, blank=True, db_column="kept_for")  # whose proof opens the seat
    words = models.TextField()
    met_on = models.DateField(null=True)
    met_where = TableText()
    generation = models.PositiveSmallIntegerField(default=1)
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    offered_at = models.DateTimeField(null=True)  # mailed, or shown as a link: until then nobody can open it
    sent_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=7, blank=True)
    answered_at = models.DateTimeField(null=True)
    joined_at = models.DateTimeField(null=True)
    joined_address = models.CharField(max_length=254, blank=True)
    joined_shown = models.CharField(max_length=254, blank=True)  # masked, as the other side was told it then

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["relationship"], condition=models.Q(revoked_at=None), name="one_invitation_at_a_time"
            )
        ]
        indexes = [
            models.Index(fields=["seat_address"], condition=models.Q(joined_at=None), name="invitation_by_address"),
            models.Index(fields=["joined_address"], name="invitation_by_guest"),
        ]

    @property
    def met(self) -> bool:
        """Whether the two had met when it was written (M9): then nobody is asked to meet."""
        return bool(self.met_on or self.met_where)

    def live(self, now: dt.datetime) -> bool:
        """Whether its link still opens."""
        return self.offered_at is not None and self.revoked_at is None and now < self.expires_at
