"""One's own profile, kept for oneself; and what of it was shown in each relationship, copied as it stood then."""

from __future__ import annotations

import json
from typing import ClassVar

from django.conf import settings
from django.db import models

from goodword.ground.keys import new_id, new_key
from goodword.profiles import store
from goodword.profiles.rules import Profile
from goodword.relationships.visibility import Ours, SealedText, Shared


class OwnProfile(models.Model):
    """A person's profile as they are writing it. Sealed: nobody else reads it before it is shown to them."""

    scope: ClassVar[str] = "person"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    content = models.BinaryField(default=b"")

    def _place(self) -> bytes:
        return f"goodword_ownprofile.content.{self.pk}".encode()

    def seal(self, profile: Profile) -> None:
        """Put a profile into it."""
        self.content = settings.KEY_RING.seal(json.dumps(profile.plain()), self._place())

    def unseal(self) -> Profile:
        """Return the profile, for the pages of the person it belongs to."""
        return Profile.read(json.loads(settings.KEY_RING.open(bytes(self.content), self._place())))


class OwnFile(models.Model):
    """A picture or PDF of a person's, made clean. Its content is sealed; it is served through an access check alone (T20).

    Where a host names a store, the content lies there, and here a slip in its place (`profiles/store.py`).
    """

    scope: ClassVar[str] = "person"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    key = models.CharField(max_length=22, default=new_key, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    type = models.CharField(max_length=20)
    size = models.PositiveIntegerField()
    called = models.BinaryField(default=b"")
    content = models.BinaryField(default=b"")

    def _place(self, column: str) -> bytes:
        return f"goodword_ownfile.{column}.{self.pk}".encode()

    def seal(self, title: str, content: bytes) -> None:
        """Put a title and content into it. Raises StoreAway."""
        self.called, self.size = settings.KEY_RING.seal(title, self._place("called")), len(content)
        self.content = settings.KEY_RING.seal_bytes(store.put_away(content), self._place("content"))

    @property
    def title(self) -> str:
        """What its owner calls it, for whoever the access check let through."""
        return str(settings.KEY_RING.open(bytes(self.called), self._place("called")))

    def stored_content(self) -> bytes:
        """Return what the row holds: the content, or its slip."""
        return bytes(settings.KEY_RING.open_bytes(bytes(self.content), self._place("content")))

    def unseal(self) -> bytes:
        """Return its content, for whoever the access check let through. Raises StoreAway."""
        return store.bring(self.stored_content())


class ProfileDraft(Ours):
    """What is going to be shown in this relationship, worded for it, until it is looked at and shown."""

    content = SealedText()

    class Meta(Ours.Meta):
        constraints = [models.UniqueConstraint(fields=["relationship", "author"], name="one_profile_draft_a_person")]


class ShownProfile(Shared):
    """A profile as it was shown to the other side: a copy of that moment. The newest of each person counts."""

    content = models.JSONField()

    class Meta(Shared.Meta):
        indexes = [models.Index(fields=["relationship", "-created_at"], name="shown_profile_newest")]

    @property
    def profile(self) -> Profile:
        """Return what it says."""
        return Profile.read(self.content)


class ShownFile(Shared):
    """A file shown with a profile. It goes when its owner takes the file away."""

    profile = models.ForeignKey(ShownProfile, on_delete=models.CASCADE, related_name="+")
    file = models.ForeignKey(OwnFile, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=120)

    class Meta(Shared.Meta):
        constraints = [
            models.UniqueConstraint(fields=["relationship", "profile", "file"], name="a_file_once_a_profile")
        ]
