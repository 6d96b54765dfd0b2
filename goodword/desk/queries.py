"""What Today, the list and the front page show: flat rows and few queries, whatever the number of relationships."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from goodword.agreements import queries as agreements
from goodword.desk.next_up import OTHERS, Told, told
from goodword.desk.story import WORDS, told_event
from goodword.encounters import queries as encounters
from goodword.gates.queries import first_leads_to_come, ready_rows, step_name
from goodword.gates.readiness import readiness
from goodword.ground.text import tidy_line
from goodword.leads import queries as leads
from goodword.people.models import Person
from goodword.relationships import projection
from goodword.relationships.models import Event, Seat
from goodword.relationships.steps import Role, Step, speaker
from goodword.reservations import queries as reservations

PAGE = 25
STORY = 15
A_DAY = 12  # as many things as somebody can look at in one day; the rest is in the list, in the same order
ROWS = ("relationship_key", "other_name", "other_business", "other_town", "step", "ended", "next_code", "next_who", "next_at",
        "touched_at", "urgency", "sort_at")  # fmt: skip
SORTS = {
    "needs": ("urgency", "sort_at", "id"),
    "touched": ("-touched_at", "id"),
    "name": ("other_name", "id"),
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the reader of the list asked for: words, a step or 'ended', an order and a page."""

    words: str
    step: str
    sort: str
    page: int

    def query(self, **change: object) -> str:
        """Return the address's query with something changed."""
        values = {"q": self.words, "step": self.step, "sort": self.sort} | change
        return "?" + urlencode({name: value for name, value in values.items() if value})


def chosen(given: Any) -> Chosen:
    """Return what an address asks for; anything unknown counts as not asked."""
    step, page = given.get("step", ""), given.get("page", "1")
    return Chosen(
        words=tidy_line(given.get("q", ""))[:100],
        step=step if step in {"1", "2", "3", "4", "5", "ended"} else "",
        sort=given.get("sort", "") if given.get("sort") in SORTS else "needs",
        page=int(page) if page.isdecimal() and len(page) < 6 and int(page) else 1,
    )


def _seats(person: Person) -> QuerySet[Seat]:
    return Seat.objects.filter(person=person, left_at=None)


def relationships_list(person: Person, ask: Chosen) -> dict[str, Any]:
    """Return one page of a person's relationships: three queries."""
    counts = {
        (row["ended"], row["step"]): row["n"]
        for row in _seats(person).values("ended", "step").annotate(n=Count("*")).order_by()
    }
    seats = _seats(person).filter(ended=int(ask.step == "ended"))
    if ask.step.isdecimal():
        seats = seats.filter(step=int(ask.step))
    if ask.words:
        seats = seats.filter(find__contains=ask.words.casefold())
    start = (ask.page - 1) * PAGE
    found = lines(seats.order_by(*SORTS[ask.sort]).values_list(*ROWS)[start : start + PAGE + 1])
    anew = {item.key: item for item in _anew(person, timezone.now())}
    found = [anew.get(item.key, item) for item in found]
    return {
        "ask": ask,
        "rows": found[:PAGE],
        "more": len(found) > PAGE,
        "filters": _filters(ask, counts),
        "total": sum(n for (ended, _step), n in counts.items() if not ended),
    }


def _filters(ask: Chosen, counts: dict[tuple[int, int], int]) -> list[dict[str, Any]]:
    going = {step: sum(n for (ended, at), n in counts.items() if at == step and not ended) for step in Step}
    ended = sum(n for (over, _step), n in counts.items() if over)
    entries = [
        ("", _("All"), sum(going.values())),
        *((str(s.value), step_name(s), going[s]) for s in Step),
        ("ended", _("Ended"), ended),
    ]
    return [
        {"href": ask.query(step=value), "text": name, "count": n, "current": ask.step == value}
        for value, name, n in entries
    ]


@dataclass
class Line:
    """One relationship as a list shows it: its seat's flat row, and the words for what is next."""

    key: str
    other_name: str
    other_business: str
    other_town: str
    step: int
    ended: int
    next_code: str
    next_who: str
    next_at: dt.datetime | None
    touched_at: dt.datetime
    urgency: int
    sort_at: dt.datetime
    lead: Any = None

    @cached_property
    def words(self) -> Told | None:
        """What is next, in words."""
        return told(self.next_code, self.first_name)

    @property
    def first_name(self) -> str:
        """The other side's first name."""
        return self.other_name.partition(" ")[0]

    @property
    def step_name(self) -> str:
        """The step it is in."""
        return step_name(Step(self.step))


def lines(rows: Iterable[tuple[Any, ...]]) -> list[Line]:
    """Return flat rows as lines."""
    return [Line(*row) for row in rows]


def _anew(person: Person, now: dt.datetime) -> list[Line]:
    """Return the lines that have just changed and are not written down yet. One query where there are none."""
    return lines(tuple(getattr(seat, name) for name in ROWS) for seat in projection.decided_anew(person, now))


def today(person: Person) -> dict[str, Any]:
    """Return what needs this person now, this week and when ready; what is with the others; the next meetings. Five queries."""
    now = timezone.now()
    anew = [item for item in _anew(person, now) if not item.ended]
    going = _seats(person).filter(ended=0).exclude(relationship_key__in=[item.key for item in anew])
    found = _first(going.filter(urgency__lt=OTHERS), [item for item in anew if item.urgency < OTHERS], A_DAY + 1)
    others = _first(going.filter(urgency=OTHERS), [item for item in anew if item.urgency == OTHERS], 6)
    needs = found[:A_DAY]
    reporting = [item.key for item in needs if item.next_code == "report"]
    reports = leads.waiting_for_person(person, reporting) if reporting else {}
    for item in needs:
        item.urgency, item.lead = _urgency(item, now), reports.get(item.key)
    return {
        "now": [item for item in needs if item.urgency == 1],
        "soon": [item for item in needs if item.urgency != 1],
        "more": len(found) > A_DAY,
        "others": others,
        "meetings": encounters.upcoming_for(person, 4),
        "any": bool(needs or others) or _seats(person).exists(),
    }


def _first(seats: QuerySet[Seat], anew: list[Line], most: int) -> list[Line]:
    """Return the most urgent lines out of those written down and those decided anew."""
    found = lines(seats.order_by(*SORTS["needs"]).values_list(*ROWS)[:most])
    return sorted([*found, *anew], key=lambda item: (item.urgency, item.sort_at))[:most] if anew else found


def _urgency(item: Line, now: dt.datetime) -> int:
    """A thing with a time becomes urgent on its day, without anybody touching the row."""
    return 1 if item.next_at and item.next_at < now + dt.timedelta(hours=24) else item.urgency


def front_page(seat: Seat) -> dict[str, Any]:
    """Return what a relationship's page shows. Works for a mirror too, which reads live and sees the table only."""
    standing = readiness(seat).told() if seat.mirror else projection.up_to_date(seat, timezone.now()).standing
    meetings = encounters.recent(seat, 12)
    return {
        "words": None if seat.mirror else told(seat.next_code, seat.other.first_name),
        "notes": path_notes(seat),
        "rows": ready_rows(seat, standing) if standing else [],
        "standing": standing,
        "planned": next((m for m in meetings if m.planned_at and not m.held_at and not m.called_off_at), None),
        "timeline": timeline(seat, meetings),
        "first_leads": first_leads_to_come(seat),
        "step_name": step_name(seat.at),
        "rooms": rooms(seat),
    }


def path_notes(seat: Seat) -> list[str]:
    """Return the five short notes under the path, in the reader's words."""
    name = seat.other.first_name
    tells = {True: _("you tell, %(name)s asks"), False: _("%(name)s tells, you ask")}
    first = Role(seat.relationship.first_speaker)
    notes = [
        _("about an hour, half each"),
        tells[speaker(Step.FIRST_BRIEFING, first) == seat.role] % {"name": name},
        tells[speaker(Step.SECOND_BRIEFING, first) == seat.role] % {"name": name},
        _("how, and what to say"),
        _("names, both ways"),
    ]
    return [_("both said go on") if step < seat.at else note for step, note in zip(Step, notes, strict=True)]


def timeline(seat: Seat, meetings: list[Any]) -> list[dict[str, Any]]:
    """Return the story so far, newest first: journal lines both sides read, in this reader's voice. One query."""
    places = {meeting.key: meeting for meeting in meetings}
    events = Event.objects.visible_to(seat).filter(verb__in=WORDS).order_by("-created_at", "-id")
    rows = events.values_list("verb", "subject", "side_id", "created_at")[:STORY]
    return [told_event(*row, seat, places) for row in rows]


def rooms(seat: Seat) -> list[tuple[str, str]]:
    """Return the rooms of this relationship as (route, name), in the order of the story."""
    known = [
        ("their-profile", _("Profile"), Step.EXPLORE),
        ("encounters", _("Encounters"), Step.EXPLORE),
        ("reservations", _("Reservations"), Step.EXPLORE),
        ("briefing", _("Briefings"), Step.FIRST_BRIEFING),
        ("criteria", _("Your criteria"), Step.EXPLORE),
        ("agreement", _("Agreement"), Step.AGREE),
        ("teaching", _("Teaching"), Step.AGREE),
        ("relationship-leads", _("Leads"), Step.ADVOCATE),
        ("follow-up", _("Follow-up"), Step.ADVOCATE),
        ("updates", _("Updates"), Step.ADVOCATE),
        ("colleagues", _("Who sits where"), Step.EXPLORE),
    ]
    return [
        (route, name) for route, name, step in known if seat.at >= step and not (seat.mirror and route == "criteria")
    ]


def more_entries() -> list[tuple[str, str, str]]:
    """Return the entries of the page 'More' as (route, name, what it is)."""
    return [
        ("profile", _("Your profile"), _("What you do, for whom, and the stories others can tell.")),
        ("slipping", _("Slipping away"), _("Relationships you have not touched for a while. Only you see this.")),
        ("updates-new", _("Send an update"), _("Tell your advocates what has changed with you.")),
        (
            "own-calendar",
            _("Your calendar"),
            _("A private address that puts what you plan here into your own calendar."),
        ),
        ("settings", _("Settings"), _("Your details, where you are signed in, and the ways to stop.")),
        ("how-it-works", _("How it works"), _("The method from start to finish.")),
        ("who-sees-what", _("Who sees what"), _("The promise, and the risks that stay.")),
    ]


def table_page(seat: Seat) -> dict[str, Any]:
    """Return what lies on the table between the two: for a phone that is handed over (T14)."""
    return {
        "notes": path_notes(seat),
        "planned": encounters.next_planned(seat),
        "timeline": timeline(seat, encounters.recent(seat, 12)),
        "tabled": reservations.context(seat)["table"],
        "ways": reservations.ways(),
        "agreement": agreements.in_force(seat),
    }
