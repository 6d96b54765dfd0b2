"""What the pages of teaching show, and what gates, leads and desk ask about it. Reads only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from goodword.relationships.models import Seat
from goodword.relationships.steps import Role
from goodword.teaching import rules, wording
from goodword.teaching.models import (
    Approach,
    ApproachAgreed,
    Comfort,
    ComfortReason,
    SayBack,
    TeachingDraft,
    TeachingLine,
    TeachingVersion,
)
from goodword.teaching.rules import Change, Line


@dataclass(frozen=True, slots=True)
class Taught:
    """What one side teaches, in one version: its lines by part, when it first taught, and what changed last."""

    row: TeachingVersion
    by: str
    first_at: dt.datetime
    lines: tuple[Line, ...]
    changes: tuple[Change, ...] = ()

    def part(self, name: str) -> list[Line]:
        """Return the lines of one part: whom, what, words or route."""
        return [line for line in self.lines if line.part == name and line.field != rules.REACH]

    def said(self, field: str) -> str:
        """Return what one field says; nothing if it is not taught."""
        return next((line.text for line in self.lines if line.field == field), "")


@dataclass(frozen=True, slots=True)
class Agreed:
    """How one side's work is spoken of: the approach in use, and one proposed since."""

    agreed: Approach | None = None
    agreed_at: dt.datetime | None = None
    proposed: Approach | None = None
    proposed_by: str = ""


def newest(seat: Seat) -> Mapping[str, list[TeachingVersion]]:
    """Return every version by whose it is ("ours", "theirs"), newest first."""
    found: dict[str, list[TeachingVersion]] = {"ours": [], "theirs": []}
    for row in TeachingVersion.objects.visible_to(seat).order_by("-number"):
        found[seat.side_name(row.side_id)].append(row)
    return found


def latest(seat: Seat, whose: str) -> TeachingVersion | None:
    """Return the newest version of our teaching or theirs; None if there is none yet."""
    return next(iter(newest(seat)[whose]), None)


def given(seat: Seat) -> tuple[bool, bool]:
    """Return whether our side has taught, and whether theirs has (for the gate, M30 to M32)."""
    found = newest(seat)
    return bool(found["ours"]), bool(found["theirs"])


def heard(seat: Seat) -> tuple[bool, bool]:
    """Return whether we have said how their newest teaching would feel to say, and whether they have for ours (M33)."""
    found = newest(seat)
    answered = {(one.version_id, one.side_id) for one in Comfort.objects.visible_to(seat)}
    ours = bool(found["theirs"]) and (found["theirs"][0].pk, seat.side_id) in answered
    theirs_ = bool(found["ours"]) and (found["ours"][0].pk, seat.other_id) in answered
    return ours, theirs_


def theirs(seat: Seat) -> Taught | None:
    """Return the other side's newest teaching, as it stands beside the lead form; None if they have not taught yet."""
    return taught(seat, newest(seat)["theirs"], "theirs")


def taught(seat: Seat, versions: Sequence[TeachingVersion], by: str, at: int = 0) -> Taught | None:
    """Return one version out of all of a side's, newest first, with what changed since the one before it."""
    if len(versions) <= at:
        return None
    now, was = versions[at], versions[at + 1] if len(versions) > at + 1 else None
    rows = TeachingLine.objects.visible_to(seat).filter(version__in=[row for row in (now, was) if row])
    lines: dict[Any, list[Line]] = {}
    for row in rows.order_by("position"):
        lines.setdefault(row.version_id, []).append(row.as_line())
    said = tuple(lines.get(now.pk, ()))
    since = tuple(rules.changes(lines.get(was.pk, ()), said)) if was else ()
    return Taught(now, by, versions[-1].created_at, said, since)


def card(seat: Seat) -> dict[str, Any] | None:
    """Return what the card for the pocket shows: their newest teaching, our approach, and what is new since we last answered.

    None before they have taught. To answer is to say how it would feel, or to say it back; either shows that it was read.
    """
    versions = newest(seat)["theirs"]
    now = taught(seat, versions, "theirs")
    if now is None:
        return None
    answered = {*Comfort.objects.visible_to(seat).filter(side_id=seat.side_id).values_list("version_id", flat=True),
                *SayBack.objects.visible_to(seat).filter(side_id=seat.side_id).values_list("version_id", flat=True)}  # fmt: skip
    last = next((row for row in versions if row.pk in answered), None)
    since = _lines_of(seat, last) if last and last.pk != now.row.pk else None
    return {
        "seat": seat, "taught": now, "agreed": approach(seat, seat.role.other).agreed,
        "news": [] if since is None else [one.label for one in rules.changes(since, now.lines)],
    }  # fmt: skip


def _lines_of(seat: Seat, version: TeachingVersion) -> list[Line]:
    return [row.as_line() for row in TeachingLine.objects.visible_to(seat).filter(version=version).order_by("position")]


def approach(seat: Seat, about: Role) -> Agreed:
    """Return the approach to speaking of that side's work."""
    rows = list(Approach.objects.visible_to(seat).filter(about=about).order_by("-created_at", "-id"))
    at = {one.approach_id: one.created_at for one in ApproachAgreed.objects.visible_to(seat)}
    agreed = next((row for row in rows if row.pk in at), None)
    newest_row = rows[0] if rows and rows[0].pk not in at else None
    return Agreed(
        agreed, at[agreed.pk] if agreed else None, newest_row, seat.side_name(newest_row.side_id) if newest_row else ""
    )


def draft(seat: Seat) -> dict[str, str]:
    """Return what our side has drafted, by field; empty if nothing lies in the drawer."""
    return {row.field: row.text.unseal(seat) for row in TeachingDraft.objects.visible_to(seat)}


def preview(seat: Seat) -> dict[str, Any]:
    """Return our draft as the other side would see it, with what is still to say."""
    lines = wording.lines(draft(seat))
    parts = {part: [line for line in lines if line.part == part] for part in (*rules.PARTS, rules.ROUTE)}
    return {
        "seat": seat, "parts": parts, "lines": lines, "seen": rules.fingerprint(lines),
        "missing": [wording.part_title(part) for part in rules.missing(lines)], "open_now": rules.may_give(seat.at),
    }  # fmt: skip


def reason(seat: Seat) -> str:
    """Return why it feels as it does, for the person who wrote it."""
    row = ComfortReason.objects.visible_to(seat).first()
    return row.text.unseal(seat) if row else ""


def context(seat: Seat) -> dict[str, Any]:
    """Return what the page of their teaching shows: it, our comfort, our words for it, our approach."""
    found = newest(seat)
    now = taught(seat, found["theirs"], "theirs")
    comfort, back = _answers(seat, found["theirs"], seat.side_id) if now else (None, None)
    return {
        "seat": seat, "taught": now, "ours_given": bool(found["ours"]), "comfort": comfort, "back": back,
        "approach": approach(seat, seat.role.other), "open_now": rules.may_give(seat.at),
        "may_act": seat.open and not seat.mirror, "feelings": dict(wording.feelings()), "parts": parts_said(comfort),
    }  # fmt: skip


def ours_context(seat: Seat) -> dict[str, Any]:
    """Return what the page of our own teaching shows: it, and how the other side takes it."""
    found = newest(seat)
    now = taught(seat, found["ours"], "ours")
    comfort, back = _answers(seat, found["ours"], seat.other_id) if now else (None, None)
    return {
        "seat": seat, "taught": now, "versions": found["ours"], "comfort": comfort, "back": back,
        "approach": approach(seat, seat.role), "open_now": rules.may_give(seat.at),
        "drafted": TeachingDraft.objects.visible_to(seat).exists(), "may_act": seat.open and not seat.mirror,
        "feelings": wording.their_feelings(), "parts": parts_said(comfort),
    }  # fmt: skip


def parts_said(comfort: Comfort | None) -> list[tuple[str, int, bool]]:
    """Return the parts of which something was said, as (heading, 0 to 10, whether it is hard), in the order they are taught."""
    scores = comfort.scores if comfort else {}
    hard = rules.hard(scores)
    return [(wording.part_title(part), score, part in hard) for part, score in scores.items()]


def _answers(seat: Seat, versions: Iterable[TeachingVersion], side_id: Any) -> tuple[Comfort | None, SayBack | None]:
    """Return a side's newest comfort with a teaching, and its newest words for it, whichever version they answer."""
    comforts = Comfort.objects.visible_to(seat).filter(version__in=list(versions), side_id=side_id)
    backs = SayBack.objects.visible_to(seat).filter(version__in=list(versions), side_id=side_id)
    return comforts.order_by("-created_at", "-id").first(), backs.order_by("-created_at", "-id").first()
