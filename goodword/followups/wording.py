"""What this room says: rhythms in words, what news is about, the questions of the review."""

from __future__ import annotations

from django.utils.dates import WEEKDAYS
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from goodword.followups import rules
from goodword.followups.models import Rhythm
from goodword.people import zones
from goodword.playbook.shelf import playbook
from goodword.ui import languages

KINDS: dict[str, str | Promise] = {
    "monthly": gettext_lazy("Once a month"),
    "six_weeks": gettext_lazy("Every six weeks"),
    "weekday": gettext_lazy("Monthly, like the second Thursday"),
    "quarterly": gettext_lazy("Once a quarter"),
    "after_contact": gettext_lazy("Six weeks after we last spoke"),
    "own": gettext_lazy("A rhythm of our own"),
}

PLACES: dict[int, str | Promise] = {
    1: gettext_lazy("The first %(weekday)s of the month"),
    2: gettext_lazy("The second %(weekday)s of the month"),
    3: gettext_lazy("The third %(weekday)s of the month"),
    4: gettext_lazy("The fourth %(weekday)s of the month"),
    rules.LAST: gettext_lazy("The last %(weekday)s of the month"),
}

PARTS: dict[str, str | Promise] = {
    "whom": gettext_lazy("Whom to look out for"),
    "what": gettext_lazy("What to mention"),
    "words": gettext_lazy("In which words"),
}

QUESTIONS: dict[str, tuple[str | Promise, str | Promise]] = {
    "better": (
        gettext_lazy("What has gone better than you thought it would?"),
        gettext_lazy("One example says more than a sum."),
    ),
    "heavier": (
        gettext_lazy("What has been heavier than you thought?"),
        gettext_lazy("Time, travel, something awkward to say."),
    ),
    "both_ways": (
        gettext_lazy("Does it go both ways as you would like it to?"),
        gettext_lazy("Not by number: whether each feels looked after."),
    ),
    "change": (
        gettext_lazy("What would you change about how you meet, teach or report?"),
        gettext_lazy("Small is fine."),
    ),
    "until_next": (
        gettext_lazy("What will you do for each other until the next look?"),
        gettext_lazy("One thing each, that can be done."),
    ),
}


def rhythm_words(rhythm: Rhythm) -> str:
    """Return a rhythm in words, with its time of day and zone."""
    particular = {"own": _own_words, "weekday": _weekday_words}.get(rhythm.kind)
    said = particular(rhythm.rule) if particular else str(KINDS[rhythm.kind])
    at = languages.clock(rhythm.wall)
    return _("%(rhythm)s, at %(time)s, %(place)s time") % {"rhythm": said, "time": at, "place": place_of(rhythm.zone)}


def place_of(zone: str) -> str:
    """Return the place a zone is called by in a sentence: London."""
    return zones.place(zone).partition(",")[0]


def _own_words(rule: str) -> str:
    number, unit = rules.every(rule)
    if unit == "weeks":
        return ngettext("Every week", "Every %(number)s weeks", number) % {"number": number}
    return ngettext("Every month", "Every %(number)s months", number) % {"number": number}


def _weekday_words(rule: str) -> str:
    place, weekday = rules.weekday_of(rule)
    return str(PLACES[place]) % {"weekday": WEEKDAYS[weekday]}


def kind_words(kind: str) -> str:
    """Return the label of a kind of update; one the playbook no longer has is still news."""
    return next((_(one.label) for one in playbook().update_kinds if one.id == kind), _("News"))


def season_words(label: tuple[int, int]) -> str:
    """Return a quarter in words: Apr to Jun 2026."""
    year, part = label
    quarters = [_("Jan to Mar %(year)s"), _("Apr to Jun %(year)s"), _("Jul to Sep %(year)s"), _("Oct to Dec %(year)s")]
    return quarters[part - 1] % {"year": year}
