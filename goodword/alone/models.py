"""What one side keeps for both while the other is not in Goodword: in its drawer, sealed. And what it puts on the table later."""

from __future__ import annotations

import base64

from django.db import models

from goodword.alone.rules import Sort
from goodword.gates.rules import GATES
from goodword.profiles import store
from goodword.profiles.files import Clean, type_of
from goodword.relationships.models import Relationship, Seat
from goodword.relationships.visibility import Ours, SealedText, Shared


class Record(Ours):
    """Something that belongs to both in talk, in the words of the side that keeps it (M4)."""

    sort = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Sort])
    text = SealedText()


class OwnWord(Ours):
    """What both said at a gate, on the word of the one side that was there to write it down."""

    gate = models.CharField(max_length=10, choices=[(gate.id, gate.id) for gate in GATES])
    choice = SealedText()
    said_on = SealedText()  # the day, in ISO form


class Slip(Ours):
    """A lead, as on a slip of paper: whom, why, and what came of it so far."""

    direction = SealedText(db_column="way")
    whom = SealedText()
    why = SealedText()
    outcome = SealedText()  # the playbook's id
    line = SealedText()
    told_at = models.DateTimeField(null=True)  # when its outcome was written down


class SignedPage(Ours):
    """A photo or scan of a page that both signed on paper, made clean. It is never opened: they have the page itself."""

    content = SealedText()  # the file, or its slip (`profiles/store.py`), in base64

    @staticmethod
    def letters_of(file: bytes) -> str:
        """Return a file as it stands in `content`."""
        return base64.b64encode(file).decode()

    def stored_content(self, seat: Seat) -> bytes:
        """Return what the row holds, the file or its slip, for a seat that its lock lets through."""
        return base64.b64decode(self.content.unseal(seat).encode())

    def file(self, seat: Seat) -> Clean:
        """Return the file, for a seat that its lock lets through. Raises StoreAway."""
        content = store.bring(self.stored_content(seat))
        return Clean(content, type_of(content))


class Continuation(Ours):
    """That one's side goes on alone where the other gave up its seat: a row in each of the two relationships, for that side only."""

    BEFORE, ONWARD = "before", "onward"

    direction = models.CharField(max_length=6, choices=[(BEFORE, BEFORE), (ONWARD, ONWARD)], db_column="way")
    there = models.ForeignKey(Relationship, on_delete=models.CASCADE, related_name="+")

    class Meta(Ours.Meta):
        constraints = [models.UniqueConstraint(fields=["relationship", "side", "direction"], name="goes_on_once")]

    @property
    def where(self) -> str:
        """The public key of the relationship there."""
        return self.there.key


class Opening(Shared):
    """Something from the time before, put on the table for the other side: "is this what we agreed?" A correction replaces it."""

    sort = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Sort])
    step = models.PositiveSmallIntegerField(null=True)  # of what says where the two stand
    text = models.TextField(blank=True)
    replaces = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="+")

    class Meta(Shared.Meta):
        constraints = [models.UniqueConstraint(fields=["relationship", "replaces"], name="opening_corrected_once")]


class OpeningConfirmation(Shared):
    """The other side has said that an opening is so."""

    opening = models.ForeignKey(Opening, on_delete=models.CASCADE, related_name="+")

    class Meta(Shared.Meta):
        db_table = "goodword_openingconfirmed"
        constraints = [models.UniqueConstraint(fields=["relationship", "opening"], name="opening_confirmed_once")]
