"""What somebody's own teaching begins with: what they found right when it was said back to them, their profile, their stories.

Asked once: what one room knows, another offers. Only words this person has confirmed or written, for their own page alone.
"""

from __future__ import annotations

from goodword.briefings.models import PlaybackRound
from goodword.briefings.queries import facts as briefings
from goodword.briefings.rules import BRIEFINGS, Passage
from goodword.people.models import Person
from goodword.profiles import queries as profiles
from goodword.profiles.rules import Profile
from goodword.relationships.models import Seat
from goodword.relationships.seats import whole
from goodword.relationships.steps import Step
from goodword.teaching import wording
from goodword.teaching.own import Beginning, Words
from goodword.teaching.queries import pages as teaching

LATELY = 5  # relationships that are looked through
PASSAGES = {Passage.DOES: "services", Passage.WHOM: "sector", Passage.WHEN: "moment", Passage.WHY: "difference"}


def beginning(person: Person) -> Beginning:
    """Return the words to begin with: what was taught before, what was said back, what the profile says, in this order."""
    seats = list(_seats(person))
    rounds = {seat: row for seat in seats if (row := _our_round(seat))}
    said: Words = {}
    for words in (
        *(_teaching_words(seat) for seat in seats),
        *({PASSAGES[at]: text for at, text in row.passages.items()} for row in rounds.values()),
        _of_profile(profiles.own(person)),
    ):
        said |= {field: text for field, text in words.items() if text and not said.get(field)}
    if said and not said.get("short_words"):  # what others found worth saying of them is a breath to begin with
        said["short_words"] = said.get("difference") or said.get("services") or ""
    return Beginning(said, tuple(dict.fromkeys(seat.other.first_name for seat in rounds)))


def _seats(person: Person) -> list[Seat]:
    """Return where somebody may have been said back: briefed, and not by themselves alone; latest first."""
    rows = Seat.objects.filter(person=person, left_at=None, step__gte=Step.FIRST_BRIEFING)
    rows = whole(rows).order_by("-touched_at", "id")
    return [seat for seat in rows[:LATELY] if not seat.alone]


def _our_round(seat: Seat) -> PlaybackRound | None:
    """Return the latest round about us that our side confirmed."""
    steps = [step for step in BRIEFINGS if briefings.speaker_id(seat, step) == seat.side_id]
    rows = [row for step in steps for row in briefings.rounds(seat, step) if row.confirmed_at]  # type: ignore[attr-defined]
    return rows[-1] if rows else None


def _teaching_words(seat: Seat) -> Words:
    row = teaching.latest(seat, "ours")
    return wording.as_values(teaching.lines_of(seat, row)) if row else {}


def _of_profile(profile: Profile) -> Words:
    story = profile.stories[0] if profile.stories else None
    return {
        "services": profile.does,
        "sector": profile.whom,
        "difference": profile.why,
        "short_words": story.short if story else "",
        "long_words": story.long if story else "",
    }
