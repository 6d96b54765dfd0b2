"""The languages on offer: English, in which everything is written, and each one that has a compiled catalogue."""

from __future__ import annotations

from pathlib import Path

WRITTEN_IN = ("en-gb", "English")


def languages(locale: Path) -> list[tuple[str, str]]:
    """Return code and own name of every language with a catalogue in the folder `locale`, English first."""
    found = sorted(path.parents[1].name for path in locale.glob("*/LC_MESSAGES/django.mo"))
    return [WRITTEN_IN, *((name.lower().replace("_", "-"), _own_name(name)) for name in found)]


def _own_name(name: str) -> str:
    from babel import Locale  # only where there is a second language: settings are read by every command

    here = Locale.parse(name)
    return str(here.get_display_name() or name).capitalize()
