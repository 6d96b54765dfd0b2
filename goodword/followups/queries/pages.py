"""What the pages of the follow-up show, and what gates and desk ask of it. Reads only, always for one seat."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from goodword.database.compiled import compiled
from goodword.followups import rules
from goodword.followups.models import AgendaChange, Rhythm, Update, UpdateReceipt
from goodword.followups.queries import facts
from goodword.followups.queries.agenda import AgendaFacts, AgendaLine, compose
from goodword.playbook.shelf import playbook
from goodword.relationships.models import Seat
from goodword.relationships.steps import Step
from goodword.teaching.queries import pages as teaching

RECENT = 40


# ── What gates and desk ask ──


def rhythm(seat: Seat, agreed: facts.AgreedTerms | None = None) -> Rhythm | None:
    """Return the rhythm that counts: the newest either side set, or else what the agreement in force says, or None."""
    return next(iter(_rhythms(seat)), None) or _rhythm_of_agreement(agreed or facts.terms_in_force(seat))


@compiled
def _rhythms(seat: Seat) -> QuerySet[Rhythm]:
    return Rhythm.objects.visible_to(seat).order_by("-created_at", "-id")[:1]


def _rhythm_of_agreement(agreed: facts.AgreedTerms) -> Rhythm | None:
    """Return the rhythm an agreement's words mean, counted from when the two last talked; it is not kept."""
    turn = rules.turn_of_words(agreed.rhythm)
    if turn is None or agreed.on is None:
        return None
    kind = rules.KIND_OF.get(turn, "own")
    rule = rules.rule_for(kind, agreed.on, *turn)
    return Rhythm(
        kind=kind, rule=rule, zone=agreed.zone, wall=rules.FIRST_HOUR, starts_on=agreed.on, counts_from="contact"
    )


def next_follow_up(seat: Seat, now: dt.datetime) -> dt.datetime | None:
    """Return when the two talk next: what is planned, else the date their rhythm asks for, which may have passed. None without either."""
    met = facts.contacts(seat, now)
    if met.planned:
        return met.planned.planned_at
    turn = rhythm(seat)
    return rules.at_wall(rules.day_due(turn, met.last_on), turn) if turn else None


def date_at_parting(seat: Seat, now: dt.datetime) -> dt.datetime | None:
    """Return the next date their rhythm proposes to two who are talking now, or None without a rhythm."""
    turn = rhythm(seat)
    return rules.next_date(turn, timezone.localdate(now), now) if turn else None


def between(seat: Seat) -> dt.timedelta | None:
    """Return about how long the two mean to let pass between two follow-ups; None where they have not agreed a rhythm."""
    turn = rhythm(seat)
    return dt.timedelta(days=rules.turn_days(turn.rule)) if turn else None


def follow_up_search_start(seat: Seat, now: dt.datetime) -> dt.date | None:
    """Return the day from which it is time to look for the next date: a week before the rhythm asks for it.

    Without a rhythm, a month after the last contact or after the step began. None while something is planned, or where nobody
    is asked.
    """
    if seat.at is not Step.ADVOCATE or not seat.open or seat.paused:
        return None
    met = facts.contacts(seat, now)
    return None if met.planned else rules.search_start(_day_due(seat, rhythm(seat), met.last_on))


def _day_due(seat: Seat, turn: Rhythm | None, last_on: dt.date | None) -> dt.date:
    if turn:
        return rules.day_due(turn, last_on)
    since = last_on or timezone.localdate(seat.relationship.step_since)
    return since + dt.timedelta(days=rules.USUAL_DAYS)


def unread_updates(seat: Seat) -> list[Update]:
    """Return the other side's news that nobody of our side has marked as read, oldest first."""
    theirs = Update.objects.visible_to(seat).filter(side_id=seat.other_id)
    return list(theirs.exclude(Exists(_reads(seat).filter(side_id=seat.side_id))).order_by("created_at"))


def _reads(seat: Seat) -> Any:
    return UpdateReceipt.objects.visible_to(seat).filter(update=OuterRef("pk"))


def agenda(seat: Seat, now: dt.datetime | None = None) -> list[AgendaLine]:
    """Return the next follow-up's agenda as it writes itself (M34): the playbook's items filled with shared facts.

    Both sides get the same lines but for "ours" and "theirs". Struck lines are in it and say so.
    """
    lines: list[AgendaLine] = context(seat, now)["lines"]
    return lines


def topics(seat: Seat) -> list[tuple[str, str]]:
    """Return what stands on the follow-up's page as (words, what is known about it), for plan, letter and table."""
    lines = [line for line in agenda(seat) if line.speaks]
    return [(line.text, "; ".join(fact.text for fact in line.facts)) for line in lines]


# ── The pages ──


def context(seat: Seat, now: dt.datetime | None = None) -> dict[str, Any]:
    """Return what the follow-up page shows: the agenda, the rhythm, what is planned and what the rhythm proposes."""
    now = now or timezone.now()
    met, agreed = facts.contacts(seat, now), facts.terms_in_force(seat)
    turn = rhythm(seat, agreed)
    known = AgendaFacts(
        seat=seat,
        today=timezone.localdate(now),
        met=met,
        rhythm=turn,
        news=_news(seat),
        changes=_changes(seat, since=met.since) if met.since else _changes(seat),
        promises=facts.promises(seat, met.since),
        leads=facts.leads(seat),
        reports=facts.reports(seat),
        reservations=facts.reservations(seat),
        agreed=agreed,
    )
    return {
        "seat": seat,
        "lines": compose(known, playbook().agenda("advocate").items),
        "rhythm": turn,
        "minutes": agreed.minutes,
        "planned": met.planned,
        "last_on": met.last_on,
        "proposed": rules.next_date(turn, met.last_on, now) if turn else None,
        "owed_on": _day_due(seat, turn, met.last_on),
        "now": now,
        "may_act": _may_act(seat),
        "begun": seat.at is Step.ADVOCATE,
    }


@compiled
def _news(seat: Seat) -> QuerySet[Update]:
    return Update.objects.visible_to(seat).order_by("-created_at")[:RECENT]


@compiled
def _changes(seat: Seat, *, since: dt.datetime | None = None) -> QuerySet[AgendaChange]:
    rows = AgendaChange.objects.visible_to(seat).order_by("created_at", "id")
    return rows if since is None else rows.filter(created_at__gte=since)


def updates_context(seat: Seat) -> dict[str, Any]:
    """Return what the page of updates shows: both sides' news, newest first, who has read them, and what they touch (M38)."""
    rows = _news(seat)
    reads = {row.update_id: row for row in UpdateReceipt.objects.visible_to(seat)}
    news = [{"row": row, "whose": seat.side_name(row.side_id), "read": reads.get(row.pk)} for row in rows]
    return {"seat": seat, "news": news, "may_act": _may_act(seat), "taught": teaching.theirs(seat)}


def _may_act(seat: Seat) -> bool:
    """Whether this seat may add anything here now."""
    return seat.open and not seat.mirror and seat.at is Step.ADVOCATE
