"""What the pages of teaching show, and what gates, leads and desk ask about it. Reads only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from goodword.database.compiled import compiled
from goodword.relationships.models import Seat
from goodword.relationships.next_thing import next_thing
from goodword.relationships.steps import Role
from goodword.teaching import wording
from goodword.teaching.models import (
    Approach,
    ApproachAcceptance,
    Comfort,
    ComfortReason,
    TeachingLine,
    TeachingPlayback,
    TeachingVersion,
)
from goodword.teaching.rules import content
from goodword.teaching.rules.content import LineChange, TaughtLine


@dataclass(frozen=True, slots=True)
class Teaching:
    """What one side teaches, in one version: its lines by part, when it first taught, and what changed last."""

    row: TeachingVersion
    by: str
    first_at: dt.datetime
    lines: tuple[TaughtLine, ...]
    changes: tuple[LineChange, ...] = ()

    def part(self, name: str) -> list[TaughtLine]:
        """Return the lines of one part: whom, what, words or route."""
        return [line for line in self.lines if line.part == name and line.field != content.REACH]

    def text_of(self, field: str) -> str:
        """Return what one field says; nothing if it is not taught."""
        return next((line.text for line in self.lines if line.field == field), "")


@dataclass(frozen=True, slots=True)
class TeachingStanding:
    """How far teaching has come: who has taught, who has answered, and what is hard to say and still to be worked out.

    Pairs are ours and theirs. Each item that is hard comes with whose proposal to it lies on the table ("" for nobody's).
    """

    given: tuple[bool, bool]
    heard: tuple[bool, bool]
    hard_for_us: tuple[tuple[str, str], ...]
    hard_for_them: tuple[tuple[str, str], ...]

    @property
    def complete(self) -> bool:
        """Whether nothing that is hard for either side is left without an approach."""
        return not self.hard_for_us and not self.hard_for_them


@dataclass(frozen=True, slots=True)
class ApproachInUse:
    """How one side's work, or one item of it, is spoken of: the approach in use, and one proposed since."""

    agreed: Approach | None = None
    agreed_at: dt.datetime | None = None
    proposed: Approach | None = None
    proposed_by: str = ""


def newest(seat: Seat) -> Mapping[str, list[TeachingVersion]]:
    """Return every version by whose it is ("ours", "theirs"), newest first."""
    found: dict[str, list[TeachingVersion]] = {"ours": [], "theirs": []}
    for row in _versions(seat):
        found[seat.side_name(row.side_id)].append(row)
    return found


@compiled
def _versions(seat: Seat) -> QuerySet[TeachingVersion]:
    return TeachingVersion.objects.visible_to(seat).order_by("-number")


def latest(seat: Seat, whose: str) -> TeachingVersion | None:
    """Return the newest version of our teaching or theirs; None if there is none yet."""
    return next(iter(newest(seat)[whose]), None)


def standing(seat: Seat) -> TeachingStanding:
    """Return how far teaching has come, for the gate and for what is next (M30 to M33)."""
    found = newest(seat)
    said: dict[tuple[Any, Any], Comfort] = {}
    for one in Comfort.objects.visible_to(seat).order_by("created_at", "id"):
        said[one.version_id, one.side_id] = one
    ours = said.get((found["theirs"][0].pk, seat.side_id)) if found["theirs"] else None
    theirs_ = said.get((found["ours"][0].pk, seat.other_id)) if found["ours"] else None
    ways = _approaches(seat)
    return TeachingStanding(
        given=(bool(found["ours"]), bool(found["theirs"])),
        heard=(ours is not None, theirs_ is not None),
        hard_for_us=_to_work_out(ours, ways[seat.role.other]),
        hard_for_them=_to_work_out(theirs_, ways[seat.role]),
    )


def _to_work_out(comfort: Comfort | None, ways: Mapping[str, ApproachInUse]) -> tuple[tuple[str, str], ...]:
    """Return each item still to be worked out, with whose proposal to it lies on the table ("" for nobody's)."""
    wanted = content.hard(comfort.feel, comfort.scores) if comfort else ()
    left = content.open_items(wanted, [part for part, way in ways.items() if way.agreed])
    return tuple((part, ways[part].proposed_by if part in ways else "") for part in left)


def theirs(seat: Seat) -> Teaching | None:
    """Return the other side's newest teaching, as it stands beside the lead form; None if they have not taught yet."""
    return teaching_at(seat, newest(seat)["theirs"], "theirs")


def teaching_at(seat: Seat, versions: Sequence[TeachingVersion], by: str, at: int = 0) -> Teaching | None:
    """Return one version out of all of a side's, newest first, with what changed since the one before it."""
    if len(versions) <= at:
        return None
    now, was = versions[at], versions[at + 1] if len(versions) > at + 1 else None
    rows = TeachingLine.objects.visible_to(seat).filter(version__in=[row for row in (now, was) if row])
    lines: dict[Any, list[TaughtLine]] = {}
    for row in rows.order_by("position"):
        lines.setdefault(row.version_id, []).append(wording.for_reader(row.as_line()))
    said = tuple(lines.get(now.pk, ()))
    since = tuple(content.changes(lines.get(was.pk, ()), said)) if was else ()
    return Teaching(now, by, versions[-1].created_at, said, since)


def card(seat: Seat) -> dict[str, Any] | None:
    """Return what the card for the pocket shows: their newest teaching, our approach, and what is new since we last answered.

    None before they have taught. To answer is to say how it would feel, or to say it back; either shows that it was read.
    """
    versions = newest(seat)["theirs"]
    now = teaching_at(seat, versions, "theirs")
    if now is None:
        return None
    answered = {
        *Comfort.objects.visible_to(seat).filter(side_id=seat.side_id).values_list("version_id", flat=True),
        *TeachingPlayback.objects.visible_to(seat).filter(side_id=seat.side_id).values_list("version_id", flat=True),
    }
    last = next((row for row in versions if row.pk in answered), None)
    since = lines_of(seat, last) if last and last.pk != now.row.pk else None
    return {
        "seat": seat,
        "taught": now,
        "agreed": agreed_ways(seat, seat.role.other),
        "wordless": needs_no_words(seat),
        "news": [] if since is None else [one.label for one in content.changes(since, now.lines)],
    }


def lines_of(seat: Seat, version: TeachingVersion) -> list[TaughtLine]:
    """Return what one version says, line by line."""
    rows = TeachingLine.objects.visible_to(seat).filter(version=version).order_by("position")
    return [wording.for_reader(row.as_line()) for row in rows]


def approach(seat: Seat, about: Role, part: str = content.WHOLE) -> ApproachInUse:
    """Return the approach to speaking of one item of that side's work, or of all of it."""
    return _approaches(seat)[about].get(part, ApproachInUse())


def agreed_ways(seat: Seat, about: Role) -> list[tuple[str, str]]:
    """Return the approaches in use to speaking of that side's work, each with the title of its item ("" for all of it)."""
    ways = _approaches(seat)[about]
    found = [(part, ways[part].agreed) for part in (content.WHOLE, *content.RATED_ITEMS) if part in ways]
    return [(wording.part_title(part), row.text) for part, row in found if row]


def needs_no_words(seat: Seat) -> bool:
    """Return whether an approach to their words, or to all they teach, was agreed on: then we need not say those words (M33)."""
    ways = _approaches(seat)[seat.role.other]
    return any(ways[part].agreed for part in (content.WHOLE, content.WORDS) if part in ways)


def _approaches(seat: Seat) -> dict[Role, dict[str, ApproachInUse]]:
    """Return every approach, by whose work it is about and which item."""
    at = {one.approach_id: one.created_at for one in ApproachAcceptance.objects.visible_to(seat)}
    rows: dict[tuple[Role, str], list[Approach]] = {}
    for row in Approach.objects.visible_to(seat).order_by("-created_at", "-id"):
        rows.setdefault((Role(row.about), row.part), []).append(row)
    found: dict[Role, dict[str, ApproachInUse]] = {role: {} for role in Role}
    for (about, part), those in rows.items():
        found[about][part] = _approach_in_use(seat, those, at)
    return found


def _approach_in_use(seat: Seat, rows: Sequence[Approach], at: Mapping[Any, dt.datetime]) -> ApproachInUse:
    """Return the newest approach that was agreed to, and a newer one that was not yet."""
    agreed = next((row for row in rows if row.pk in at), None)
    newest_row = rows[0] if rows and rows[0].pk not in at else None
    return ApproachInUse(
        agreed, at[agreed.pk] if agreed else None, newest_row, seat.side_name(newest_row.side_id) if newest_row else ""
    )


def reason(seat: Seat) -> str:
    """Return why it feels as it does, for the person who wrote it."""
    row = ComfortReason.objects.visible_to(seat).first()
    return row.text.unseal(seat) if row else ""


def context(seat: Seat) -> dict[str, Any]:
    """Return what the page of their teaching shows: it, our comfort, our words for it, our approach."""
    found = newest(seat)
    now = teaching_at(seat, found["theirs"], "theirs")
    comfort, back = answers(seat, found["theirs"], seat.side_id) if now else (None, None)
    return {
        "seat": seat,
        "taught": now,
        "ours_given": bool(found["ours"]),
        "comfort": comfort,
        "back": back,
        "ways": ways(seat, seat.role.other, comfort),
        "open_now": content.may_give(seat.at),
        "may_act": seat.open and not seat.mirror,
        "feelings": dict(wording.feelings()),
        "titles": titles(),
        "boxes": content.BOXES,
        "next_thing": next_thing(seat, "teaching"),
    }


def titles() -> list[tuple[str, str]]:
    """Return the items that are rated, with their titles."""
    return [(part, wording.part_title(part)) for part in content.RATED_ITEMS]


def ways(seat: Seat, about: Role, comfort: Comfort | None) -> list[dict[str, Any]]:
    """Return what is spoken of otherwise, or should be: each item that is hard or has an approach, and then all of it."""
    found = _approaches(seat)[about]
    hard = content.hard(comfort.feel, comfort.scores) if comfort else ()
    left = content.open_items(hard, [part for part, way in found.items() if way.agreed])
    return [
        {
            "part": part,
            "title": wording.part_title(part),
            "way": found.get(part, ApproachInUse()),
            "score": comfort.scores.get(part) if comfort and part in hard else None,
            "wanted": part in left and not (part in found and found[part].proposed),
        }
        for part in (*content.RATED_ITEMS, content.WHOLE)
        if part in hard or part in found or part == content.WHOLE
    ]


def answers(
    seat: Seat, versions: Iterable[TeachingVersion], side_id: Any
) -> tuple[Comfort | None, TeachingPlayback | None]:
    """Return a side's newest comfort with a teaching, and its newest words for it, whichever version they answer."""
    comforts = Comfort.objects.visible_to(seat).filter(version__in=list(versions), side_id=side_id)
    backs = TeachingPlayback.objects.visible_to(seat).filter(version__in=list(versions), side_id=side_id)
    return comforts.order_by("-created_at", "-id").first(), backs.order_by("-created_at", "-id").first()
