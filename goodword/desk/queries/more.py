"""Everything that has no place of its own in the bar."""

from __future__ import annotations

from goodword.ui.languages import gettext as _


def more_entries() -> list[tuple[str, str, str]]:
    """Return the entries of the page 'More' as (route, name, what it is)."""
    return [
        ("profile", _("Your profile"), _("What you do, for whom, and the stories others can tell.")),
        ("own-teaching", _("What to say for me"), _("Written once, for everybody who puts in a word for you.")),
        ("slipping", _("Slipping away"), _("Relationships you have not touched for a while. Only you see this.")),
        ("updates-new", _("Send an update"), _("Tell your advocates what has changed with you.")),
        (
            "own-calendar",
            _("Your calendar"),
            _("A private address that puts what you plan here into your own calendar."),
        ),
        ("settings", _("Settings"), _("Your details, where you are signed in, and the ways to stop.")),
        ("how-it-works", _("How it works"), _("The method from start to finish.")),
        ("who-sees-what", _("Who sees what"), _("The promise, and the risks that stay.")),
    ]
