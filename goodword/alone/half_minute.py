"""What of this room is held back for half a minute: opening what was kept."""

from goodword.alone.actions import opening

RELEASES = {opening.KIND: opening.release}
