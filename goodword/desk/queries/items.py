"""One thing that waits, as Today and a front page show it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from goodword.leads.waiting import OUR_NAMES, names_in_drawers
from goodword.people.models import Person
from goodword.relationships.models import Seat
from goodword.relationships.waits import Kind, Urgency, Wait
from goodword.relationships.wording import Words, words_for

PRIVATE = frozenset({Kind.NAME_IT, Kind.HESITATE, Kind.THINK_OVER, Kind.CHECK, Kind.CRITERIA, Kind.PEOPLE_KNOWN})


def once(items: Iterable[WaitingItem]) -> list[WaitingItem]:
    """Return the items, with one for all the news of a kind that the same page shows."""
    found: dict[tuple[str, ...], WaitingItem] = {}
    for item in items:
        wait = item.wait
        found.setdefault((item.key, wait.kind, wait.page, "" if wait.news else wait.key), item)
    return list(found.values())


def soon(urgency: int, by: dt.datetime | None, now: dt.datetime) -> int:
    """How soon a thing is wanted: one with a time becomes urgent on its day, without anybody touching the row."""
    return Urgency.NOW if by and by < now + dt.timedelta(hours=24) else urgency


@dataclass
class WaitingItem:
    """One thing that waits for this person: on Today, and on the front page of its relationship."""

    key: str
    other_name: str
    first_name: str
    drawer: str  # the mark over one's side's drawer there: "you" or "side"
    wait: Wait
    called: str = ""  # whom it is about, where only our side may know

    @cached_property
    def words(self) -> Words | None:
        """What waits, in words."""
        return words_for(self.wait.kind, self.first_name, self.called or self._about)

    @property
    def _about(self) -> str:
        """Whom or what it is about, as both sides read it: without a name, somebody, and why they fit."""
        about = self.wait.about
        return _("somebody: %(why)s") % {"why": about} if about and self.wait.kind in OUR_NAMES else about

    @property
    def private(self) -> bool:
        """Whether what is answered there is for one's own eyes."""
        return self.wait.kind in PRIVATE

    @classmethod
    def with_names(cls, items: list[WaitingItem], person: Person) -> list[WaitingItem]:
        """Return the items with the names of those one was going to ask or ring, from one's own side's drawers."""
        asked = [item for item in items if item.wait.kind in OUR_NAMES]
        if not asked:
            return items
        here = Seat.objects.filter(person=person, left_at=None, relationship_key__in={item.key for item in asked})
        names = names_in_drawers(here, [item.wait.key for item in asked])
        for item in asked:
            item.called = names.get(item.wait.key, "")
        return items
