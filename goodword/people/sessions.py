"""Sessions whose cookie values cannot be read out of the database: only their hashes are kept (T24).

Somebody who steals the database or a backup must not be able to walk in as anybody whose session is still open.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from goodword.database.compiled import compiled


def hash_of_cookie(session_key: str | None) -> str:
    """Return what a cookie's value is kept as: 40 characters of its SHA-256 (the width of Django's column)."""
    return hashlib.sha256((session_key or "").encode()).hexdigest()[:40]


@compiled
def _open(*, key: str, now: dt.datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=now)


class SessionStore(DatabaseStore):
    """Django's database sessions, looked up and stored by the hash of their key."""

    def _get_session_from_db(self) -> Any:
        found = next(iter(_open(key=hash_of_cookie(self.session_key), now=timezone.now())), None)
        if found is None:
            self._session_key = None
        return found

    def exists(self, session_key: str) -> bool:
        """Whether a session with this cookie value is kept."""
        return super().exists(hash_of_cookie(session_key))

    def create_model_instance(self, data: Any) -> Any:
        """Return the row for this session."""
        row = super().create_model_instance(data)
        row.session_key = hash_of_cookie(self._get_or_create_session_key())  # type: ignore[attr-defined]
        return row

    def delete(self, session_key: str | None = None) -> None:
        """Delete a session by its cookie value (this one where none is given)."""
        own = session_key or self.session_key
        if own is not None:
            Session.objects.filter(session_key=hash_of_cookie(own)).delete()
