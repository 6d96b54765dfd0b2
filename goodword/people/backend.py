"""Who somebody is whose browser has a session: read once for every page, so by SQL that is made once."""

from __future__ import annotations

import uuid
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import QuerySet

from goodword.database.compiled import compiled
from goodword.people.models import Person


class Sessions(AuthenticationBackend):  # type: ignore[misc]
    """allauth's way to recognise somebody, with a quicker read of who it is."""

    def get_user(self, user_id: Any) -> Person | None:
        """Return the person of a session, or None if there is none who may sign in any more."""
        person = next(iter(_person(pk=user_id)), None)
        return person if person and self.user_can_authenticate(person) else None


@compiled
def _person(*, pk: uuid.UUID) -> QuerySet[Person]:
    return Person.objects.filter(pk=pk)
