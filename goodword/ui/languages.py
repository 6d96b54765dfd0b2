"""Which language a page or a letter is in, and how its days, times and numbers are written there (Babel)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel.dates import DateTimePattern, match_skeleton, parse_pattern
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

# Where the house writes a moment otherwise than Unicode's tables have it.
OWN_PATTERNS = {("en_GB", "yMMMMEEEEd"): "EEEE d MMMM y"}


def in_use() -> str:
    """Return the code of the language being spoken: with one installed there is nothing to ask a hundred times a page."""
    if len(settings.LANGUAGES) == 1:
        return str(settings.LANGUAGES[0][0])
    return translation.get_language() or settings.LANGUAGE_CODE


@lru_cache(maxsize=8192)
def _sentence(language: str, message: str) -> str:
    return translation.gettext(message)


def gettext(message: str) -> str:
    """Return a sentence in the language being spoken, looked up once for each: what `_` is where a page says many of them."""
    return _sentence(in_use(), message)


def tag() -> str:
    """Return the language being spoken as HTML's `lang` has it: en-GB."""
    return str(locale(in_use())).replace("_", "-")


def is_offered(language: str) -> bool:
    """Whether there is a catalogue of that language."""
    return any(code == language for code, _name in settings.LANGUAGES)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak a language inside; where it is empty or no longer offered, whatever is spoken already."""
    with translation.override(language if is_offered(language) else translation.get_language()):
        yield


@lru_cache(maxsize=64)
def locale(language: str) -> Locale:
    """Return Babel's locale of a language's code."""
    return Locale.parse(language, sep="-")


def day(date: dt.date, *, weekday: bool = False, year: bool = False) -> str:
    """Return a day in words: 11 June; Thursday 11 June; 11 June 2026."""
    return _words_of(date, ("y" if year else "") + "MMMM" + ("EEEE" if weekday else "") + "d", in_use())


def month(date: dt.date, *, year: bool = False) -> str:
    """Return a month in words: June; June 2026."""
    return _words_of(date, "yMMMM" if year else "LLLL", in_use())


def weekday(date: dt.date) -> str:
    """Return a day of the week in words: Thursday."""
    return _words_of(date, "cccc", in_use())


def clock(moment: dt.datetime | dt.time) -> str:
    """Return a time of day as it stands there: 10:00."""
    return _words_of(moment.time() if isinstance(moment, dt.datetime) else moment, "Hm", in_use())


def moment(local: dt.datetime, *, year: bool = False) -> str:
    """Return day, time and zone of a moment in that zone: Thursday 11 June, 10:00 BST."""
    words = {"day": day(local.date(), weekday=True, year=year), "time": clock(local), "zone": local.tzname() or ""}
    return _("%(day)s, %(time)s %(zone)s") % words


def weekday_and_clock(local: dt.datetime) -> str:
    """Return a near moment in few words: Thursday 10:00."""
    return _("%(weekday)s %(time)s") % {"weekday": weekday(local.date()), "time": clock(local)}


def number(value: float | Decimal) -> str:
    """Return a number in digits, as they are grouped and their fraction is set apart there: 1,250.5; 1.250,5."""
    return format_decimal(value, locale=locale(in_use()))


def money(amount: Decimal, currency: str, places: int) -> str:
    """Return an amount with that many decimals and its currency's code: 1250.50 EUR; 1250,50 EUR."""
    pattern = "0" + ("." + "0" * places if places else "") + " ¤¤"
    return str(format_currency(amount, currency, pattern, locale(in_use()), currency_digits=False))


def series(things: Sequence[str], *, brief: bool = False) -> str:
    """Return names or things as a sentence has them: Ada, Ben and Tom; brief, as they stand behind a colon: Ada, Ben, Tom."""
    style = "standard-narrow" if brief else "standard"
    return format_list(things, style, locale(in_use()))  # type: ignore[arg-type]  # babel knows it, its types don't


@lru_cache(maxsize=4096)
def _words_of(value: dt.date | dt.time, skeleton: str, language: str) -> str:
    return _pattern(skeleton, language).apply(value, locale(language))


@lru_cache(maxsize=256)
def _pattern(skeleton: str, language: str) -> DateTimePattern:
    """Return how a language orders the parts of a skeleton (UTS 35), in the widths that were asked for."""
    here = locale(language)
    own = OWN_PATTERNS.get((str(here), skeleton))
    if own or skeleton in ("LLLL", "cccc"):
        return parse_pattern(own or skeleton)
    nearest = match_skeleton(skeleton, here.datetime_skeletons) or skeleton
    found = here.datetime_skeletons[nearest].pattern
    widths = {r"\bE+": "EEEE", r"\bMMM\b": "MMMM", r"\bLLL\b": "LLLL"}
    for narrow, wide in widths.items():
        found = re.sub(narrow, wide, found)
    return parse_pattern(found)
