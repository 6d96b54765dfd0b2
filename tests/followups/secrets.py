"""For the house tests: plant a word in every private field of this room, and live through a typical story in it."""

from __future__ import annotations

import datetime as dt

from goodword.encounters.rules import EncounterKind
from goodword.followups import actions
from goodword.followups.queries import pages
from goodword.relationships.models import Seat
from goodword.relationships.steps import Step
from tests.cast import Cast


def plant(seat: Seat, word: str) -> None:
    """Write a unique word into every private field of this room, as that seat: the draft of news, which is one person's."""
    actions.keep_draft(seat.person, kind="wanted_now", text=word, part="whom", to=[seat.key])


def live(cast: Cast) -> None:
    """Set a rhythm, send and read news, add to the agenda and strike, fix the next date, fill in the review."""
    if cast.ada.at is not Step.ADVOCATE:
        return
    ada, ben = cast.ada, cast.ben
    day = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=30)
    actions.set_rhythm(ada, kind="monthly", starts_on=day, wall=dt.time(10))
    news = actions.send_update(ada, kind="people", text="Tess has joined us.", part="whom")
    actions.read_update(ben, news, "Ask for Tess.")
    actions.send_update(ben, kind="wanted_now", text="Somebody with an old kitchen.")
    added = actions.add_item(ben, "The fair in spring")
    actions.strike_item(ada, pages.agenda(ada)[0].id)
    actions.strike_item(ada, added.key)
    actions.confirm_next(
        ben,
        planned_at=dt.datetime.combine(day, dt.time(9), dt.UTC),
        minutes=60,
        place="Marple",
        kind=EncounterKind.MEETING,
    )
    actions.answer_review(ada, {"better": "The kitchen in Romiley.", "heavier": ""})
    actions.answer_review(ben, {"better": "Quick words back."})
