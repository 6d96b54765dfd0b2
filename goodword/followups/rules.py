"""When two advocates talk again (M34), and how the wider view counts (M37). Pure.

A rhythm is an RRULE in the wall time of its zone. Any real contact restarts the clock: what would come round sooner than
half a turn after it is let pass. A month without the day takes its last one; a time the clocks skip moves on with them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Protocol
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta
from dateutil.rrule import rrulestr

KINDS = ("monthly", "six_weeks", "weekday", "quarterly", "after_contact", "own")
UNITS = ("weeks", "months")
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LAST = -1
LONGEST = {"weeks": 52, "months": 12}
GRACE = dt.timedelta(days=10)  # nobody is slipping away for a week and a half
FIRST_HOUR = dt.time(10)  # the hour a rhythm begins with that only says how often
SOON = dt.timedelta(days=7)  # a date is looked for a week before it comes round
USUAL_DAYS = 31  # where nothing was agreed, a month
YEAR = 365


class RhythmLike(Protocol):
    """What a rhythm is here: an RRULE, the zone and wall time it is meant in, its first date, and what it counts from."""

    @property
    def rule(self) -> str:
        """The RRULE, without its start."""
        ...

    @property
    def zone(self) -> str:
        """The IANA zone."""
        ...

    @property
    def wall(self) -> dt.time:
        """The time of day there."""
        ...

    @property
    def starts_on(self) -> dt.date:
        """The first date."""
        ...

    @property
    def counts_from(self) -> str:
        """Either "calendar" or "contact"."""
        ...


def rule_for(kind: str, starts_on: dt.date, number: int = 1, unit: str = "months") -> str:
    """Return the RRULE of a choice; `number` and `unit` are read for one's own rhythm only. Raises KeyError for no such kind."""
    return {
        "monthly": f"FREQ=MONTHLY;{_day_of_month(starts_on.day)}",
        "six_weeks": "FREQ=WEEKLY;INTERVAL=6",
        "weekday": f"FREQ=MONTHLY;BYDAY={_weekday_of_month(starts_on)}",
        "quarterly": f"FREQ=MONTHLY;INTERVAL=3;{_day_of_month(starts_on.day)}",
        "after_contact": "FREQ=WEEKLY;INTERVAL=6",
        "own": _own(starts_on, number, unit),
    }[kind]


def _own(starts_on: dt.date, number: int, unit: str) -> str:
    if unit == "weeks":
        return f"FREQ=WEEKLY;INTERVAL={number}"
    return f"FREQ=MONTHLY;INTERVAL={number};{_day_of_month(starts_on.day)}"


def _day_of_month(day: int) -> str:
    """Return the day; from the 29th on as the last of the days up to it that the month has."""
    if day <= 28:
        return f"BYMONTHDAY={day}"
    return f"BYMONTHDAY={','.join(map(str, range(28, day + 1)))};BYSETPOS=-1"


def _weekday_of_month(day: dt.date) -> str:
    """Return which weekday of its month a day is, as RFC 5545 has it: +2TH. A fifth one is the last, which every month has."""
    place = (day.day - 1) // 7 + 1
    return f"{place if place <= 4 else LAST:+d}{WEEKDAYS[day.weekday()]}"


_TURNS = {"week": (1, "weeks"), "fortnight": (2, "weeks"), "month": (1, "months"), "quarter": (3, "months")}
KIND_OF = {(1, "months"): "monthly", (6, "weeks"): "six_weeks", (3, "months"): "quarterly"}  # any other is one's own
_NUMBERS = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_EVERY = re.compile(
    r"\b(?:(?:every|each|once an?|once every)\s+(?:(\w+)\s+)?)?(week|fortnight|month|quarter)(?:s|ly)?\b"
)


def turn_of_words(words: str) -> tuple[int, str] | None:
    """Return how long one turn is by an agreement's words: "once a month", "every six weeks", "quarterly"; None if they don't say."""
    found = _EVERY.search(words.casefold())
    if found is None:
        return None
    one, unit = _TURNS[found[2]]
    said = {"other": 2, **{word: number for number, word in enumerate(_NUMBERS) if word}}.get(found[1] or "", 1)
    number = one * (int(found[1]) if (found[1] or "").isdecimal() else said)
    return (number, unit) if 0 < number <= LONGEST[unit] else None


def weekday_of(rule: str) -> tuple[int, int]:
    """Return (place, weekday) of a rule on a weekday of the month: (2, 3) is the second Thursday, place -1 the last."""
    by = dict(part.split("=", 1) for part in rule.split(";"))["BYDAY"]
    return int(by[:-2]), WEEKDAYS.index(by[-2:])


def every(rule: str) -> tuple[int, str]:
    """Return how long one turn of a rule is: a number and its unit."""
    parts = dict(part.split("=", 1) for part in rule.split(";"))
    return int(parts.get("INTERVAL", "1")), "weeks" if parts["FREQ"] == "WEEKLY" else "months"


def turn_days(rule: str) -> int:
    """Return the days of one turn, rounded up."""
    number, unit = every(rule)
    return number * 7 if unit == "weeks" else number * 31


def day_due(rhythm: RhythmLike, last_contact: dt.date | None) -> dt.date:
    """Return the day the rhythm asks for after the last contact, which may have passed."""
    if last_contact is None:
        return _first_from(rhythm, rhythm.starts_on)
    if rhythm.counts_from == "contact":
        return _one_turn_after(rhythm.rule, last_contact)
    rest = max(1, turn_days(rhythm.rule) // 2)
    return _first_from(rhythm, max(rhythm.starts_on, last_contact + dt.timedelta(days=rest)))


def next_date(rhythm: RhythmLike, last_contact: dt.date | None, now: dt.datetime) -> dt.datetime:
    """Return the next moment, after `now`, at which the rhythm would have the two talk.

    Where the day it asked for has gone by, a calendar rhythm waits for its next turn; one that counts from the last
    contact has waited long enough, so it is the next working day.
    """
    day = day_due(rhythm, last_contact)
    while (moment := at_wall(day, rhythm)) <= now:
        day = max(day + dt.timedelta(days=1), _today(rhythm, now))
        day = _working_day(day) if rhythm.counts_from == "contact" else _first_from(rhythm, day)
    return moment


def at_wall(day: dt.date, rhythm: RhythmLike) -> dt.datetime:
    """Return the moment of a day at the rhythm's wall time, in UTC. A time the clocks skip is read after the jump."""
    return dt.datetime.combine(day, rhythm.wall, ZoneInfo(rhythm.zone)).astimezone(dt.UTC)


def _today(rhythm: RhythmLike, now: dt.datetime) -> dt.date:
    return now.astimezone(ZoneInfo(rhythm.zone)).date()


def _first_from(rhythm: RhythmLike, day: dt.date) -> dt.date:
    rule = rrulestr(rhythm.rule, dtstart=dt.datetime.combine(rhythm.starts_on, dt.time()))
    found = rule.after(dt.datetime.combine(day, dt.time()), inc=True)
    return found.date() if found else day


def _one_turn_after(rule: str, day: dt.date) -> dt.date:
    number, unit = every(rule)
    return day + (relativedelta(weeks=number) if unit == "weeks" else relativedelta(months=number))


def _working_day(day: dt.date) -> dt.date:
    while day.weekday() > 4:
        day += dt.timedelta(days=1)
    return day


def search_start(owed: dt.date) -> dt.date:
    """Return the day from which it is time to look for a date that comes round on `owed`."""
    return owed - SOON


def slips_since(rhythm: RhythmLike | None, last_contact: dt.date) -> dt.date:
    """Return the day from which a relationship counts as slipping away: a turn and some grace after the last contact."""
    owed = day_due(rhythm, last_contact) if rhythm else last_contact + dt.timedelta(days=USUAL_DAYS)
    return owed + GRACE


def yearly_due(agreed_on: dt.date | None, review_on: dt.date | None, today: dt.date) -> bool:
    """Whether the agreement is to be read in full now: its own review date has come, or it is a year old."""
    if review_on is not None and review_on <= today:
        return True
    return agreed_on is not None and (today - agreed_on).days >= YEAR


# ── The wider view ──


@dataclass(frozen=True, slots=True)
class LeadToCount:
    """One lead as the wider view counts it: when it was given, the first word on it, where it ended."""

    given_on: dt.date
    first_word_on: dt.date | None
    group: str


@dataclass(frozen=True, slots=True)
class Season:
    """A quarter of a year and what it counted. `days` is the median time to the first word, None without any."""

    label: tuple[int, int]
    given: int = 0
    reported: int = 0
    days: float | None = None
    work: int = 0


def quarter(day: dt.date) -> tuple[int, int]:
    """Return (year, quarter) of a day."""
    return day.year, (day.month - 1) // 3 + 1


def quarters(first: dt.date, last: dt.date, most: int = 8) -> list[tuple[int, int]]:
    """Return the quarters from one day to another, the newest `most` of them."""
    found, (year, part) = [], quarter(first)
    while (year, part) <= quarter(last):
        found.append((year, part))
        year, part = (year, part + 1) if part < 4 else (year + 1, 1)
    return found[-most:]


def seasons(leads: Iterable[LeadToCount], labels: Sequence[tuple[int, int]]) -> list[Season]:
    """Return what each quarter counted, by the day a lead was given."""
    rows = list(leads)
    by = {label: [lead for lead in rows if quarter(lead.given_on) == label] for label in labels}
    return [_season(label, rows) for label, rows in by.items()]


def _season(label: tuple[int, int], rows: Sequence[LeadToCount]) -> Season:
    words = [(row.first_word_on - row.given_on).days for row in rows if row.first_word_on]
    return Season(
        label, len(rows), len(words), median(words) if words else None, sum(row.group == "work" for row in rows)
    )


def share(part: int, whole: int) -> int | None:
    """Return a percentage, or None of nothing."""
    return round(100 * part / whole) if whole else None


def longest_gap(days: Iterable[dt.date]) -> int | None:
    """Return the longest time between two contacts in days, or None with fewer than two."""
    ordered = sorted(days)
    return max(((later - earlier).days for earlier, later in pairwise(ordered)), default=None)
