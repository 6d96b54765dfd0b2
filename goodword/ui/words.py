"""How moments and names are said on a page: dates in words, in the reader's zone, never ambiguous."""

import datetime as dt
from collections.abc import Callable, Iterable
from functools import lru_cache
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from goodword.ground.text import shorten
from goodword.ui import languages, strips


def day(moment: dt.datetime | dt.date, *, year: bool | None = None) -> SafeString:
    """Return the day in words within a <time> element: 9 June, with the year unless it is this one."""
    local = timezone.localtime(moment).date() if isinstance(moment, dt.datetime) else moment
    with_year = local.year != timezone.localdate().year if year is None else year
    return _day(local, with_year, languages.in_use())


@lru_cache(maxsize=2048)
def _day(day: dt.date, with_year: bool, language: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', day.isoformat(), languages.day(day, year=with_year))


def weekday(moment: dt.datetime | dt.date) -> SafeString:
    """Return the day with its weekday: Thursday 11 June."""
    local = timezone.localtime(moment).date() if isinstance(moment, dt.datetime) else moment
    return format_html('<time datetime="{}">{}</time>', local.isoformat(), languages.day(local, weekday=True))


def clock(moment: dt.datetime) -> str:
    """Return the time of day in the reader's zone: 10:00."""
    return languages.clock(timezone.localtime(moment))


def day_and_time(moment: dt.datetime) -> SafeString:
    """Return weekday, day and time with its zone: Thursday 11 June, 10:00 BST."""
    local = timezone.localtime(moment)
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="minutes"), languages.moment(local))


def soon(moment: dt.datetime) -> SafeString:
    """Return a near moment in few words: Thursday 10:00 within a week, otherwise its day."""
    local = timezone.localtime(moment)
    near = 0 <= (local.date() - timezone.localdate()).days < 7
    shown = languages.weekday_and_clock(local) if near else languages.day(local.date())
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="minutes"), shown)


def number(count: int) -> str:
    """Return a number as running text has it: words up to twelve, digits from there."""
    words = [
        _("no"),
        _("one"),
        _("two"),
        _("three"),
        _("four"),
        _("five"),
        _("six"),
        _("seven"),
        _("eight"),
        _("nine"),
        _("ten"),
        _("eleven"),
        _("twelve"),
    ]
    return words[count] if 0 <= count < len(words) else languages.number(count)


def series(things: Iterable[str], *, brief: bool = False) -> SafeString:
    """Return names or things, escaped, as a sentence has them or, brief, as they stand behind a colon. Nothing of none."""
    escaped = [conditional_escape(thing) for thing in things]
    return SafeString(languages.series(escaped, brief=brief))  # nosec B703 - what stands between them is Babel's


def lines(text: str) -> SafeString:
    """Return text as paragraphs and line breaks, escaped; links in it stay text (T53)."""
    paragraphs = [
        format_html("<p>{}</p>", format_html_join(SafeString("<br>"), "{}", ((line,) for line in part.split("\n"))))
        for part in text.split("\n\n")
        if part.strip()
    ]
    return format_html_join(SafeString("\n"), "{}", ((paragraph,) for paragraph in paragraphs))


def map_address(place: str) -> str:
    """Return where a place can be looked for on a map: a link to follow, never fetched by a page of ours."""
    return f"https://www.openstreetmap.org/search?{urlencode({'query': place})}"


def short(text: str, most: int) -> str:
    """Return a text that has to fit a line: never cut within a word, and an ellipsis where there is more."""
    return shorten(str(text), most)


FILTERS: dict[str, Callable[..., object]] = {
    "day": day,
    "weekday": weekday,
    "clock": clock,
    "day_and_time": day_and_time,
    "soon": soon,
    "number": number,
    "digits": languages.number,
    "series": series,
    "lines": lines,
    "short": short,
    "map_address": map_address,
    "strip": strips.strip,
}
