"""What to say for me: one person's own teaching, written once; each relationship gets it, worded otherwise where it differs.

Nobody else reads it. What a partner reads is a version that was put before them (`TeachingVersion`), which it is offered to be.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from goodword.ground.keys import new_id
from goodword.people.models import Person
from goodword.people.own_rows import own_row
from goodword.ui import languages

Words = dict[str, str]  # what is said, by field of the playbook


class OwnTeaching(models.Model):
    """What somebody would like others to say for them, as they are writing it. Sealed."""

    scope: ClassVar[str] = "person"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    content = models.BinaryField(default=b"")
    written_at = models.DateTimeField()

    def _place(self) -> bytes:
        return f"goodword_ownteaching.content.{self.pk}".encode()

    def seal(self, said: Mapping[str, str]) -> None:
        """Put words into it."""
        self.content = settings.KEY_RING.seal(json.dumps(dict(said)), self._place())

    def unseal(self) -> Words:
        """Return its words, for the pages of the person they belong to."""
        words: Words = json.loads(settings.KEY_RING.open(bytes(self.content), self._place()))
        return words


@dataclass(frozen=True, slots=True)
class Beginning:
    """What one's own teaching begins with: words that are known already, and who said them back so that they were right."""

    said: Words = field(default_factory=dict)
    said_back_by: tuple[str, ...] = ()

    @property
    def names(self) -> str:
        """Who said it back, as a sentence has them."""
        return languages.series(self.said_back_by)


_sources: list[Callable[[Person], Beginning]] = []


def begins_with(source: Callable[[Person], Beginning]) -> None:
    """Take what knows the words to begin with: playback and profile lie in rooms beside this one."""
    _sources[:] = [source]


def beginning(person: Person) -> Beginning:
    """Return what somebody's teaching begins with, while they have kept none."""
    return _sources[0](person) if _sources else Beginning()


def own_words(person: Person) -> Words:
    """Return what somebody has kept; empty if they have not written it yet. One query."""
    row = OwnTeaching.objects.filter(person=person).first()
    return row.unseal() if row else {}


def keep(person: Person, said: Mapping[str, str]) -> None:
    """Keep what somebody would like others to say for them. Nobody has it before it is offered to them."""
    words = {name: text for name, text in said.items() if text}
    with transaction.atomic():
        row = own_row(OwnTeaching.objects, person, written_at=timezone.now())
        row.written_at = timezone.now()
        row.seal(words)
        row.save()


def way_to_reach(person: Person) -> str:
    """Return how somebody is reached by the details they gave: their number, or else their address."""
    return person.phone or (person.email if person.mailable else "")
