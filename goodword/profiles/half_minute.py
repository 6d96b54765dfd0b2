"""What of this room is held back for half a minute: showing one's profile (D1, D2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from goodword.profiles import actions
from goodword.profiles.rules import Profile
from goodword.relationships import holding
from goodword.relationships.holding import PendingAct
from goodword.relationships.models import Seat


def hold(seat: Seat, seen: str) -> PendingAct:
    """Keep the profile that was looked at for half a minute. Raises Refusal if it has changed since, or says nothing."""
    profile, files = actions.profile_to_show(seat, seen)
    words = "\n".join(part for part in (profile.does, profile.whom, profile.why) if part)
    return holding.hold(seat, "profile", words=words, profile=profile.plain(), files=[one.key for one in files])


def show(seat: Seat, facts: Mapping[str, Any]) -> None:
    """Show the profile that was looked at, whatever it says by now."""
    actions.show(seat, Profile.read(facts["profile"]), facts["files"])


RELEASES = {"profile": show}
