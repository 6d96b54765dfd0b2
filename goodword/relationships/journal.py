"""The journal: who did what, when. Both sides read it; it holds verbs and keys, never anybody's words (T8)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise

from goodword.relationships.models import Seat
from goodword.relationships.verbs import Verb
from goodword.relationships.visibility import Shared

Text = str | Promise


@dataclass(frozen=True, slots=True)
class JournalLine:
    """How a verb reads in the story: when our own side did it, and when the other side did. `%(name)s` is the other's first name."""

    ours: Text
    theirs: Text
    both: bool = False  # done by the two together: it names nobody


@dataclass(frozen=True, slots=True)
class Silent:
    """A verb that the story leaves out, and why."""

    reason: str


def together(text: Text) -> JournalLine:
    """Return the line of something the two did together."""
    return JournalLine(text, text, both=True)


class Event(Shared):
    """One line of the journal."""

    also_alone = True

    verb = models.CharField(max_length=40)
    subject = models.CharField(max_length=22, blank=True)

    class Meta(Shared.Meta):
        indexes = [models.Index(fields=["relationship", "-created_at"], name="journal")]


def given_up(seat: Seat) -> bool:
    """Whether it ended because the last one on the other side gave up their seat, and not the relationship. One query."""
    return Event.objects.visible_to(seat).filter(verb=Verb.SEAT_GIVEN_UP, side_id=seat.other_id).exists()
