"""What the worker does every second: let go of what has waited long enough."""

from __future__ import annotations

import datetime as dt

from goodword.reservations.actions.sharing import release_leaving
from goodword.reservations.actions.together import release_reveals


def release_due(now: dt.datetime) -> int:
    """Lay on the table what has left its window by `now`, open the envelopes whose moment has come; return how many.

    Nothing else makes such rows, so nothing of them can be seen before, whatever crashes in between.
    """
    return release_leaving(now) + release_reveals(now)
