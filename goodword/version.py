"""Which version of Goodword this is. Every release raises it; the database keeps those that have run on it."""

VERSION = "0.2.0"


def parts(version: str) -> tuple[int, ...]:
    """Return a version as numbers, to compare by. Anything that is no number counts as nought."""
    return tuple(int(part) if part.isdecimal() else 0 for part in version.split("."))
