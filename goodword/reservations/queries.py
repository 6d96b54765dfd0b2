"""What the pages of this room show, and what gates and desk ask of it. Reads only, always for one seat."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse

from goodword.playbook.entries import Line, Prompt, Settlement
from goodword.playbook.shelf import playbook
from goodword.relationships.doorway import find
from goodword.relationships.models import Seat
from goodword.reservations import rules
from goodword.reservations.models import (
    CheckNotice,
    CheckRequest,
    Draft,
    NamingIntention,
    OwnWorry,
    PendingReservation,
    Pondering,
    PreciousLine,
    PreciousRound,
    PrivateReservation,
    Remark,
    Reveal,
    RevealEntry,
    RevealReadiness,
    SideReservation,
    TableReservation,
    Unease,
)
from goodword.reservations.rules import State

Private = PrivateReservation | SideReservation
Outward = PrivateReservation | SideReservation | OwnWorry
MOST_PROMPTS = 6
RECENT = 20
WAITING: dict[str, Any] = {"settled_at": None, "to_table_at": None}  # neither dealt with nor copied to the table


# ── What gates and desk ask ──


def checks_since(seat: Seat, moment: dt.datetime) -> tuple[bool, bool]:
    """Whether (our side, their side) did a reservation check since `moment` (M6). Never what was answered."""
    sides = set(CheckNotice.objects.visible_to(seat).filter(created_at__gte=moment).values_list("side_id", flat=True))
    return seat.side_id in sides, seat.other_id in sides


def own_open(seat: Seat) -> int:
    """How many reservations of our own are not dealt with: in the drawers this person opens, and ours on the table.

    For their own eyes only.
    """
    ours, mine, table = _unresolved(seat)
    return ours.count() + mine.count() + table.count()


def unresolved(seat: Seat) -> list[dict[str, Any]]:
    """Return the words of what own_open counts: {text, who: "side" or "me", tabled}, drawers first. Three queries.

    For this person's own eyes only.
    """
    ours, mine, table = _unresolved(seat)
    return [
        *({"text": row.text.unseal(seat), "who": "side", "tabled": False} for row in ours.order_by("created_at")),
        *({"text": row.text.unseal(seat), "who": "me", "tabled": False} for row in mine.order_by("created_at")),
        *({"text": row.text, "who": "side", "tabled": True} for row in table.order_by("created_at")),
    ]


def own_deal_breaker(seat: Seat) -> bool:
    """Whether one in the drawers this person opens is marked a deal-breaker: each gate asks its owner alone, gently."""
    ours, mine, _table = _unresolved(seat)
    return ours.exclude(breaker_at=None).exists() or mine.exclude(breaker_at=None).exists()


def _unresolved(
    seat: Seat,
) -> tuple[QuerySet[SideReservation], QuerySet[PrivateReservation], QuerySet[TableReservation]]:
    """Return what of our own is not dealt with: in our side's drawer, in this person's, and of ours on the table."""
    return (
        SideReservation.objects.owned_by(seat).filter(**WAITING),
        PrivateReservation.objects.owned_by(seat).filter(to_side_at=None, **WAITING),
        TableReservation.objects.owned_by(seat).exclude(state__in=rules.OVER),
    )


def has_unnamed(seat: Seat) -> bool:
    """Whether something bothers this side that is neither named nor let go of (M24): G3 asks for one of the two."""
    return intention(seat) is not None


def comes_back_at(seat: Seat) -> dt.datetime | None:
    """Return when what could not be named comes back: after it was left in peace for a while, and once (M24)."""
    waiting = intention(seat)
    return waiting.peace_until if waiting is not None and waiting.came_back_at is None else None


def deal_breaker_on_table(seat: Seat) -> bool:
    """Whether a deal-breaker lies on the table, of either side: gates stay closed until its owner withdraws it."""
    return TableReservation.objects.visible_to(seat).filter(state=State.DEAL_BREAKER).exists()


def question_waits(seat: Seat) -> bool:
    """Whether the other side asked us to think it over (M13) and we have done no check since: the quiet reminder."""
    asked = CheckRequest.objects.visible_to(seat).filter(side_id=seat.other_id).order_by("-created_at").first()
    return asked is not None and not checks_since(seat, asked.created_at)[0]


@dataclass(frozen=True, slots=True)
class Moment:
    """One line for a timeline: shared facts only."""

    at: dt.datetime
    who: str
    verb: str
    text: str
    key: str


def recent(seat: Seat) -> list[Moment]:
    """What was put on the table and what became of it, newest first."""
    rows = TableReservation.objects.visible_to(seat).order_by("-state_at", "-id")[:RECENT]
    moments = [Moment(row.created_at, seat.side_name(row.side_id), "tabled", row.text, row.key) for row in rows]
    turned = [row for row in rows if row.state not in (State.OPEN, State.IN_DISCUSSION)]
    moments += [Moment(row.state_at, seat.side_name(row.side_id), row.state, row.text, row.key) for row in turned]
    return sorted(moments, key=lambda moment: moment.at, reverse=True)[:RECENT]


# ── The main page ──


def context(seat: Seat) -> dict[str, Any]:
    """Return what the room's main page shows this seat. For a mirror the drawers are empty, whatever lies in them."""
    return {
        "ours": list(SideReservation.objects.visible_to(seat).order_by("created_at")),
        "mine": list(PrivateReservation.objects.visible_to(seat).filter(to_side_at=None).order_by("created_at")),
        "table": list(TableReservation.objects.visible_to(seat).order_by("created_at", "id")),
        "leaving": PendingReservation.objects.visible_to(seat).order_by("leaves_at").first(),
        "intention": intention(seat),
        "asked": CheckRequest.objects.visible_to(seat).order_by("-created_at").first(),
        "together": live_reveal(seat),
        "prompts": prompts(seat)[:MOST_PROMPTS],
        "ways": ways(),
    }


def drafts(seat: Seat, *places: str) -> dict[str, str]:
    """Return what this person was typing in these boxes."""
    rows = Draft.objects.owned_by(seat).filter(place__in=places)
    return {row.place: row.text.unseal(seat) for row in rows}


def promise_due(seat: Seat) -> bool:
    """Whether this person has yet to read who sees what they write here."""
    return seat.open and seat.person.promise_read_at is None


def find_private(seat: Seat, item: str) -> Private:
    """Return the private reservation with that key out of either drawer. Raise Http404 if there is none."""
    for model in (SideReservation, PrivateReservation):
        try:
            row: Private = find(model.objects.owned_by(seat), item)
            return row
        except Http404:
            continue
    raise Http404


def find_outward(seat: Seat, item: str) -> Outward:
    """Return the private row with that key that may be put on the table. Raise Http404 if there is none."""
    try:
        return find_private(seat, item)
    except Http404:
        row: OwnWorry = find(OwnWorry.objects.owned_by(seat), item)
        return row


def leaving(seat: Seat) -> list[PendingReservation]:
    """Return what this person has confirmed and can still take back."""
    return list(PendingReservation.objects.owned_by(seat).order_by("leaves_at"))


def worries(seat: Seat) -> list[OwnWorry]:
    """Return what we think might worry them about us."""
    return list(OwnWorry.objects.visible_to(seat).order_by("created_at"))


# ── On the table ──


def table_context(seat: Seat, item: str) -> dict[str, Any]:
    """Return one on the table with its talk. Works for a mirror. Raise Http404 if there is none."""
    row: TableReservation = find(TableReservation.objects.visible_to(seat), item)
    remarks = Remark.objects.visible_to(seat).filter(reservation=row).order_by("created_at")
    return {"row": row, "owner": row.side_id == seat.side_id, "remarks": list(remarks), "ways": ways()}


def ways() -> dict[str, Settlement]:
    """Return the playbook's ways to settle one, by id."""
    return {way.id: way for way in playbook().ways_settled}


# ── Checks and naming ──


def intention(seat: Seat) -> NamingIntention | None:
    """Return what this side could not name yet."""
    rows = NamingIntention.objects.visible_to(seat).filter(named_at=None, let_go_at=None)
    return rows.order_by("-created_at").first()


def checks(seat: Seat) -> dict[str, CheckNotice | None]:
    """Return the last check of each side: that it was done and on which day."""
    rows = CheckNotice.objects.visible_to(seat)
    return {
        side: rows.filter(side_id=pk).order_by("-created_at").first()
        for side, pk in (("ours", seat.side_id), ("theirs", seat.other_id))
    }


def unease(seat: Seat) -> list[tuple[dt.datetime, int]]:
    """Return this person's own gauge, oldest first."""
    rows = Unease.objects.visible_to(seat).order_by("created_at")
    return [(row.created_at, int(row.level.unseal(seat))) for row in rows]


# ── Finding words ──


def prompts(seat: Seat, about: str | None = None) -> list[Prompt]:
    """Return the playbook's prompts for this step, those likeliest in either trade first."""
    trades = f"{seat.side.trade} {seat.other.trade}"
    return rules.in_order(playbook().prompts(step=seat.at.slug, about=about), trades)


def thread(seat: Seat, name: str) -> dict[str, str]:
    """Return the questions of a thread in order, id to text. Raise Http404 for a thread there is none of."""
    book = playbook()
    lines: dict[str, tuple[Line, ...]] = {"premortem": book.premortem, "naming": book.naming_questions}
    if name in lines:
        return {line.id: line.text for line in lines[name]}
    if name not in {about.id for about in book.abouts}:
        raise Http404
    return {prompt.id: prompt.text for prompt in prompts(seat, name)}


@dataclass(frozen=True, slots=True)
class Unsure:
    """A question this person wanted to come back to."""

    thread: str
    item: str
    text: str


def unsure(seat: Seat) -> list[Unsure]:
    """Return the questions answered with 'I'm not sure yet'."""
    rows = Pondering.objects.visible_to(seat).order_by("answered_at")
    items = [row.item.split("/", 1) for row in rows if row.answer.unseal(seat) == "unsure"]
    book = playbook()
    texts = {prompt.id: prompt.text for prompt in book.all_prompts}
    texts |= {line.id: line.text for line in (*book.premortem, *book.naming_questions)}
    return [Unsure(name, item, texts[item]) for name, item in items if item in texts]


# ── The precious ten ──


@dataclass(frozen=True, slots=True)
class Ten:
    """One round of the precious ten as its author sees it."""

    lines: list[PreciousLine]
    next: PreciousLine | None
    changes: list[rules.TenChange]
    names: list[str]


def ten(seat: Seat) -> Ten | None:
    """Return this person's latest round, what is still to be asked, and what changed since the one before."""
    rounds = list(PreciousRound.objects.visible_to(seat).order_by("-created_at", "-id")[:2])
    if not rounds:
        return None
    rows = PreciousLine.objects.visible_to(seat).filter(round__in=rounds).order_by("round_id", "place")
    by_round = {pk: list(lines) for pk, lines in groupby(rows, key=lambda line: line.round_id)}
    lines, old = by_round.get(rounds[0].pk, []), by_round.get(rounds[1].pk, []) if len(rounds) > 1 else []
    asked = next((line for line in lines if line.answered_at is None), None)
    changed = rules.changes(_precious_words(seat, old), _precious_words(seat, lines)) if old else []
    return Ten(lines, asked, changed, [line.name.unseal(seat) for line in lines])


def _precious_words(seat: Seat, lines: list[PreciousLine]) -> list[tuple[str, str]]:
    return [(line.name.unseal(seat), line.answer.unseal(seat)) for line in lines]


# ── Reveal together ──


def live_reveal(seat: Seat) -> Reveal | None:
    """Return the proposal that waits to be opened, if there is one."""
    return Reveal.objects.visible_to(seat).filter(opened_at=None, called_off_at=None).first()


def together_context(seat: Seat) -> dict[str, Any]:
    """Return the live proposal with who is ready, and the last one opened with what each chose. Works for a mirror."""
    live = live_reveal(seat)
    ready = (
        set(RevealReadiness.objects.visible_to(seat).filter(reveal=live).values_list("side_id", flat=True))
        if live
        else set()
    )
    opened = Reveal.objects.visible_to(seat).exclude(opened_at=None).order_by("-opened_at").first()
    entries = RevealEntry.objects.visible_to(seat).filter(reveal=opened).order_by("created_at", "id")
    return {
        "live": live,
        "ours_ready": seat.side_id in ready,
        "theirs_ready": seat.other_id in ready,
        "opened": opened,
        "entries": list(entries) if opened else [],
        "chosen": own_choice(seat, live) if live and not seat.mirror else [],
    }


def own_choice(seat: Seat, live: Reveal) -> list[RevealEntry]:
    """Return what our side has put into its envelope."""
    return list(RevealEntry.objects.owned_by(seat).filter(reveal=live).order_by("created_at"))


def to_choose(seat: Seat) -> list[Private]:
    """Return what this person could choose to reveal: what lies open in the drawers they can open."""
    ours: list[Private] = list(SideReservation.objects.owned_by(seat).filter(**WAITING).order_by("created_at"))
    return ours + list(
        PrivateReservation.objects.owned_by(seat).filter(to_side_at=None, **WAITING).order_by("created_at")
    )


def address(seat: Seat, route: str, *args: object) -> str:
    """Return the path of one of this room's pages."""
    return reverse(route, args=[seat.key, *args])
