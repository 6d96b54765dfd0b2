"""What the pages of the agreement show, and what gates and desk ask about it. Reads only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404

from goodword.agreements import rules
from goodword.agreements.models import Acceptance, AgreementVersion, OfferedClause, VersionClause
from goodword.agreements.rules import ClauseWords
from goodword.ground.keys import KEY_PATTERN
from goodword.relationships.models import Seat, Side
from goodword.relationships.next_thing import next_thing
from goodword.relationships.steps import Role

ALONE = "alone"  # asked for in place of an older version: read it on its own


@dataclass(frozen=True, slots=True)
class VersionView:
    """A version as a page shows it: who wrote it ("ours" or "theirs"), and when each side accepted it."""

    row: AgreementVersion
    by: str
    ours_at: dt.datetime | None
    theirs_at: dt.datetime | None

    @property
    def in_force_at(self) -> dt.datetime | None:
        """When the second side accepted it: since then it is in force. None while one is missing."""
        return max(self.ours_at, self.theirs_at) if self.ours_at and self.theirs_at else None

    @property
    def answered_at(self) -> dt.datetime | None:
        """When the side that did not write it accepted it."""
        return self.theirs_at if self.by == "ours" else self.ours_at


def versions(seat: Seat) -> list[VersionView]:
    """Return every version, newest first, with its acceptances."""
    rows = AgreementVersion.objects.visible_to(seat).order_by("-number")
    at = {(one.version_id, one.side_id): one.created_at for one in Acceptance.objects.visible_to(seat)}
    return [
        VersionView(row, seat.side_name(row.side_id), at.get((row.pk, seat.side_id)), at.get((row.pk, seat.other_id)))
        for row in rows
    ]


def latest(seat: Seat) -> AgreementVersion | None:
    """Return the newest version, accepted or not; None if nothing is written yet."""
    return AgreementVersion.objects.visible_to(seat).order_by("-number").first()


def by_key(seat: Seat, key: str) -> AgreementVersion | None:
    """Return the version with that key; None if there is none."""
    found = AgreementVersion.objects.visible_to(seat).filter(key=key) if KEY_PATTERN.match(key) else None
    return found.first() if found is not None else None


def acceptance_of_both(seat: Seat) -> tuple[bool, bool]:
    """Return whether the newest version is accepted by our side, and by theirs (for the gate, M27)."""
    newest = latest(seat)
    if newest is None:
        return False, False
    sides = {one.side_id for one in Acceptance.objects.visible_to(seat).filter(version=newest)}
    return seat.side_id in sides, seat.other_id in sides


def in_force(seat: Seat) -> AgreementVersion | None:
    """Return the newest version both sides have accepted; None if there is none. A newer wording leaves it in force."""
    force = _in_force(versions(seat))
    return force.row if force else None


def _in_force(newest_first: Sequence[VersionView]) -> VersionView | None:
    return next((one for one in newest_first if one.in_force_at), None)


def promise_days(seat: Seat) -> tuple[int, int]:
    """Return the working days until first contact and first report, as agreed; 2 and 5 if nothing is in force."""
    agreed = in_force(seat)
    return (
        (agreed.contact_days, agreed.report_days) if agreed else (rules.DEFAULT_CONTACT_DAYS, rules.DEFAULT_REPORT_DAYS)
    )


def name_days(seat: Seat) -> int:
    """Return the working days a lead may wait for its name, as agreed; 30 if nothing is in force or it says none."""
    agreed = in_force(seat)
    said = agreed.words.get("name_days", "") if agreed else ""
    return int(said) if said.isdecimal() and len(said) < 4 else rules.DEFAULT_NAME_DAYS


def clauses_of(seat: Seat, *of: AgreementVersion | None) -> list[list[ClauseWords]]:
    """Return the clauses of each version asked for, in order, in one query; none for None."""
    rows = VersionClause.objects.visible_to(seat).filter(version__in=[one for one in of if one]).order_by("position")
    found = list(rows)
    return [[row.as_words() for row in found if one and row.version_id == one.pk] for one in of]


def clauses_on_offer(seat: Seat, taken: Sequence[ClauseWords] = ()) -> list[OfferedClause]:
    """Return the clauses reservations turned into that a version with these clauses has not taken in."""
    ids = {each.clause for each in taken}
    return [one for one in OfferedClause.objects.visible_to(seat).order_by("created_at") if one.key not in ids]


def context(seat: Seat, show: str = "", against: str = "") -> dict[str, Any]:
    """Return what the agreement page shows: the version asked for, or the newest, beside an older one.

    Raises Http404 for a key that belongs to no version here.
    """
    every = versions(seat)
    shown = _version_or_404(every, show) if show else (every[0] if every else None)
    older = _older(every, shown, against)
    now, was = clauses_of(seat, shown.row if shown else None, older.row if older else None)
    rows = rules.compare(was if older else None, now)
    force = _in_force(every)
    return {
        "seat": seat,
        "versions": every,
        "newest": every[0] if every else None,
        "shown": shown,
        "older": older,
        "rows": rows,
        "changed": rules.count_changes(rows),
        "force": force,
        "open_now": rules.may_write(seat.at),
        "may_act": seat.open and not seat.mirror and rules.may_write(seat.at),
        "next_thing": next_thing(seat, "agreement"),
    }


def _version_or_404(every: Sequence[VersionView], key: str) -> VersionView:
    found = next((one for one in every if one.row.key == key), None)
    if found is None:
        raise Http404
    return found


def _older(every: Sequence[VersionView], shown: VersionView | None, against: str) -> VersionView | None:
    """Return what to compare with: what was asked for, else the version it was based on, until it is in force."""
    if shown is None or against == ALONE:
        return None
    if against:
        return _version_or_404(every, against)
    return None if shown.in_force_at else next((one for one in every if one.row.pk == shown.row.based_on_id), None)


def document(seat: Seat, key: str = "") -> dict[str, Any]:
    """Return one version as it is printed, the same for both sides: the one asked for, or in force, or the newest.

    Raises Http404 if there is none.
    """
    every = versions(seat)
    force = _in_force(every)
    one = _version_or_404(every, key) if key else (force or (every[0] if every else None))
    if one is None:
        raise Http404
    (clauses,) = clauses_of(seat, one.row)
    return {
        "version": one.row,
        "in_force_at": one.in_force_at,
        "clauses": rules.present(clauses),
        "parties": _parties(seat, one),
        "writer": seat.side if one.by == "ours" else seat.other,
    }


def _parties(seat: Seat, one: VersionView) -> list[dict[str, Any]]:
    """Return both sides, the proposing one first, with the day each accepted."""
    pairs: list[tuple[Side, dt.datetime | None]] = [(seat.side, one.ours_at), (seat.other, one.theirs_at)]
    pairs.sort(key=lambda pair: pair[0].role != Role.PROPOSER)
    return [
        {"name": side.person_name, "business": side.business_name, "town": side.town, "accepted_at": at}
        for side, at in pairs
    ]
