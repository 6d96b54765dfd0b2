"""What our side teaches one partner: what is said to everybody, worded for them, as it would be put before them. Reads only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from goodword.people.models import Person
from goodword.relationships.models import Seat
from goodword.relationships.next_thing import next_thing
from goodword.relationships.seats import whole
from goodword.relationships.steps import Step
from goodword.teaching import own, wording
from goodword.teaching.models import TeachingDraft
from goodword.teaching.queries import pages
from goodword.teaching.rules import content
from goodword.teaching.rules.content import TaughtLine

MOST_PARTNERS = 20


def draft(seat: Seat) -> dict[str, str]:
    """Return what is worded otherwise for this partner, by field; empty if nothing lies in the drawer."""
    return {row.field: row.text.unseal(seat) for row in TeachingDraft.objects.visible_to(seat)}


@dataclass(frozen=True, slots=True)
class Partner:
    """Somebody who puts in a word for this person: what they have, since when, and whether it reads otherwise by now."""

    seat: Seat
    since: dt.datetime | None
    differs: bool
    otherwise: tuple[tuple[str, str], ...]  # what is worded otherwise for them: which box, and how it reads

    @property
    def name(self) -> str:
        """Their first name."""
        return self.seat.other.first_name


def partners(person: Person) -> list[Partner]:
    """Return whom one's own teaching may be offered to, whom one has had to do with latest first."""
    seats = Seat.objects.filter(person=person, left_at=None, ended=0, step__gte=Step.AGREE)
    rows = whole(seats).order_by("-touched_at", "id")
    return [_partner(seat) for seat in rows[:MOST_PARTNERS] if not seat.alone]


def _partner(seat: Seat) -> Partner:
    row, said = pages.latest(seat, "ours"), draft(seat)
    otherwise = [
        (label, said[field]) for field in content.BOXES if (label := wording.box_label(field)) and field in said
    ]
    return Partner(seat, row.created_at if row else None, to_offer(seat), tuple(otherwise))


def they_have(seat: Seat) -> list[TaughtLine]:
    """Return what this partner has from us."""
    row = pages.latest(seat, "ours")
    return pages.lines_of(seat, row) if row else []


def for_everybody(seat: Seat, theirs: Sequence[TaughtLine] | None = None) -> dict[str, str]:
    """Return what this person would like others to say for them; while they have kept nothing, what this partner has."""
    assert seat.person is not None  # noqa: S101 - a mirror writes nothing
    return own.own_words(seat.person) or wording.as_values(they_have(seat) if theirs is None else theirs)


def words_for_partner(seat: Seat, theirs: Sequence[TaughtLine] | None = None) -> dict[str, str]:
    """Return what would be put before this partner now: what is said to everybody, worded for them where it differs.

    There is always a way to reach us: where none is written, the details this person gave.
    """
    said = {**for_everybody(seat, theirs), **draft(seat)}
    if not said.get(content.REACH) and any(said.values()) and seat.person is not None:
        said[content.REACH] = own.way_to_reach(seat.person)
    return said


def to_offer(seat: Seat, theirs: Sequence[TaughtLine] | None = None) -> bool:
    """Whether what would be put before this partner now is other than what they have from us."""
    theirs = they_have(seat) if theirs is None else theirs
    now = wording.lines(words_for_partner(seat, theirs))
    return bool(now) and content.fingerprint(theirs) != content.fingerprint(now)


def preview(seat: Seat) -> dict[str, Any]:
    """Return what would be put before the other side, as they would see it, with what is still to say."""
    lines = wording.lines(words_for_partner(seat))
    parts = {part: [line for line in lines if line.part == part] for part in content.RATED_ITEMS}
    return {
        "seat": seat,
        "parts": parts,
        "lines": lines,
        "seen": content.fingerprint(lines),
        "missing": [wording.part_title(part) for part in content.missing(lines)],
        "worded": bool(draft(seat)),
        "open_now": content.may_give(seat.at),
    }


def context(seat: Seat) -> dict[str, Any]:
    """Return what the page of our own teaching shows: it, and how the other side takes it."""
    found = pages.newest(seat)
    now = pages.teaching_at(seat, found["ours"], "ours")
    comfort, back = pages.answers(seat, found["ours"], seat.other_id) if now else (None, None)
    return {
        "seat": seat,
        "taught": now,
        "versions": found["ours"],
        "comfort": comfort,
        "back": back,
        "ways": pages.ways(seat, seat.role, comfort),
        "open_now": content.may_give(seat.at),
        "drafted": not seat.mirror and to_offer(seat, now.lines if now else ()),
        "worded": not seat.mirror and now is None and bool(draft(seat)),
        "may_act": seat.open and not seat.mirror,
        "feelings": wording.their_feelings(),
        "titles": pages.titles(),
        "next_thing": next_thing(seat, "teaching-ours"),
    }
