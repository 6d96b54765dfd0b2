"""Telephone numbers: found in what people write, and known again however they are written. Pure.

A number without its country's code is read as one of the writer's own country, which their own number or their clock tells.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import phonenumbers
from phonenumbers import NumberParseException

FEWEST, MOST = 7, 15  # digits of what can be a number
SIGNIFICANT = 9  # last digits of a national number: trunk zeros and country codes come and go before them
_RUN = re.compile(r"(?<!\d)(?:\+ ?|00)?[(\d](?:(?:[ \t\u00a0.()‐-―-]{0,3}|/)\d){5,}")
_TRUNK = re.compile(r"\(0\)")

# What has digits in it and is no number to ring: days, hours, years, and amounts by their coin or unit.
_DAY_OF, _MONTH, _CENTURY = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])", r"(?:1[5-9]|2[01])\d\d"
_DASH = r"\s*(?:[-‐-―/]|to|and|until)\s*"
_ALONE = r"(?!\d|\s?[./-]?\s?\d)"  # a number goes on with more digits
_ISO = rf"{_CENTURY}[-/.]{_MONTH}[-/.]{_DAY_OF}"
_DAY = rf"{_DAY_OF}\s?[-/.]\s?{_DAY_OF}\s?[-/.]\s?"
_HOUR = r"(?:[01]?\d|2[0-4])[:.h][0-5]\d(?::[0-5]\d)?"
_TIME = "|".join(
    [
        rf"(?:{_ISO}|{_DAY}{_CENTURY})(?:{_DASH}(?:{_ISO}|{_DAY}{_CENTURY}))?(?!\d|[./-]\d)",
        rf"{_DAY}\d\d{_ALONE}",
        rf"{_HOUR}(?:{_DASH}{_HOUR})?{_ALONE}",
        rf"{_CENTURY}(?:(?:{_DASH}|,?\s+){_CENTURY})+{_ALONE}",
        rf"{_CENTURY}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)",
    ]
)
_FIGURE = r"(?:[1-9]\d{0,2}(?:[ .,'’\u00a0]\d{3})+|0|[1-9]\d{0,14})(?:[.,]\d{1,2})?(?!\d)"
_COIN = r"(?:[£$€¥₹₽₺₪₩₴]|\b(?:GBP|EUR|USD|CHF|[A-Z]{2}D|JPY|CNY|INR|PLN|SEK|NOK|DKK|CZK)\b|\bkr\b|\bzł)"
_QUANTITY = r"(?:k|m|mn|bn|million|billion|thousand|euros?|pounds?|dollars?|francs?|people|staff|employees|customers|members|units)\b"
_AMOUNT = rf"{_COIN}\s?{_FIGURE}(?:{_DASH}{_FIGURE})?|(?<!\d )(?<!\d.){_FIGURE}(?:{_DASH}{_FIGURE})?\s?(?:{_COIN}|%|{_QUANTITY})"
_NO_NUMBER = re.compile(rf"(?<![\d+(])(?<!\d[./-])(?:{_TIME}|{_AMOUNT})")
_IN_THOUSANDS = re.compile(r"[1-9]\d{0,2}([ .'’\u00a0])\d{3}(?:\1\d{3})*(?:\s?[-‐-―]\s?[1-9]\d{0,2}(?:\1\d{3})+)?")


@cache
def _countries() -> dict[str, str]:
    """Return the country of each zone's clock, as the zone tables have it."""
    table = (files("tzdata") / "zoneinfo" / "zone.tab").read_text()
    rows = [line.split("\t") for line in table.splitlines() if line and not line.startswith("#")]
    return {row[2]: row[0] for row in rows}


def country_of(zone: str, own_number: str = "") -> str:
    """Return the country somebody writes from, as two letters: that of their own number if it names one, else of their clock.
    Empty where neither tells."""
    if own_number.strip().startswith("+") and (known := _parse(own_number, "")):
        return phonenumbers.region_code_for_number(known) or _countries().get(zone, "")
    return _countries().get(zone, "")


def match_keys(text: str, country: str) -> set[str]:
    """Return what the numbers in a text are known again by: the same digits for national and international spelling."""
    found = ((_parse(run, country), run) for run in _runs(_plain(text), country))
    return {(str(known.national_number) if known else _digits(run).lstrip("0"))[-SIGNIFICANT:] for known, run in found}


def to_ring(text: str, country: str) -> list[tuple[str, str]]:
    """Return the numbers in a text as (what a telephone dials, as it was written): +441614960111 and 0161 496 0111."""
    found = []
    for run in _runs(_plain(text), country):
        known, written = _parse(run, country), run.strip(" ()./-")
        if known:
            found.append((phonenumbers.format_number(known, phonenumbers.PhoneNumberFormat.E164), written))
        elif len(_digits(run)) >= FEWEST:
            found.append((_digits(run), written))
    return found


def has_number(text: str, country: str) -> bool:
    """Whether words hold a number to ring. Days, years, hours and amounts are none; what is doubtful is one."""
    return any(_is_dialable(run, country) for run in _runs(_NO_NUMBER.sub(" ; ", _plain(text)), country))


def _is_dialable(run: str, country: str) -> bool:
    bare, digits = run.strip(" ()./-"), _digits(run)
    if len(digits) < FEWEST:
        return False
    known = _parse(run, country)
    if run.startswith(("+", "0", "(")) or (known and phonenumbers.is_valid_number(known)):
        return True
    return not (bare == digits or _IN_THOUSANDS.fullmatch(bare))  # a figure; a number to ring is written in groups


def _runs(plain: str, country: str) -> Iterator[str]:
    """Yield each run of digits that can be a number; of several in one run each by itself."""
    for found in _RUN.finditer(plain):
        run = found.group()
        yield from [run] if len(_digits(run)) <= MOST else _several(run, country)


def _several(run: str, country: str) -> list[str]:
    """Return the numbers that stand one behind the other in a run; the run itself where they can't be told apart."""
    for gap in re.finditer(r"[ \t\u00a0]+", run[:60]):
        first, rest = run[: gap.start()], run[gap.end() :]
        known = _parse(first, country)
        if known and phonenumbers.is_valid_number(known):
            return [first, *(_several(rest, country) if len(_digits(rest)) > MOST else [rest])]
    return [run]


def _plain(text: str) -> str:
    """Return a text with its digits in ASCII, whatever script or width they were written in."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(str(unicodedata.digit(each)) if each.isdigit() else each for each in folded)


def _digits(run: str) -> str:
    return re.sub(r"\D", "", run)


def _parse(run: str, country: str) -> phonenumbers.PhoneNumber | None:
    """Return a number that can exist, or None."""
    written = _TRUNK.sub("", run)
    try:
        known = phonenumbers.parse(f"+{written[2:]}" if written.startswith("00") else written, country or None)
    except NumberParseException:
        return None
    return known if phonenumbers.is_possible_number(known) else None
