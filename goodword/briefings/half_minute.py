"""What of this room is held back for half a minute: showing one's purpose (M21)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from goodword.briefings.actions import weighing
from goodword.relationships.models import Seat


def show_purpose(seat: Seat, facts: Mapping[str, Any]) -> None:
    """Show the words that were looked at, whatever the purpose says by now."""
    weighing.show_purpose(seat, facts["text"])


RELEASES = {"purpose": show_purpose}
