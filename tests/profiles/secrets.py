"""What the house tests need of this room: every private field filled, and a typical story lived."""

from __future__ import annotations

import io

from PIL import Image

from goodword.profiles import actions, queries, rules
from goodword.profiles.rules import WORDS, Proof, Story
from goodword.relationships.models import Seat
from tests.cast import Cast


def picture(width: int = 40, height: int = 30, kind: str = "JPEG", **more: object) -> bytes:
    """Return a picture as a camera writes it."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(out, kind, **more)
    return out.getvalue()


def plant(seat: Seat, word: str) -> None:
    """Write `word` into every private field of profiles as this seat. Callable several times, at any step."""
    person = seat.person
    assert person is not None
    actions.keep(person, dict.fromkeys(WORDS, f"Never shown: {word}"))
    actions.keep_story(person, 0, Story(title=word, short=f"It was {word}", long=word, notes=word))
    actions.keep_proof(person, 0, Proof("insurance", f"Insured against {word}", "2020-01-31"))
    if len(queries.own_files(person)) < rules.MOST_FILES:
        actions.add_file(person, f"A picture of {word}", picture())
    actions.word(seat, dict.fromkeys(WORDS, f"For them alone: {word}"), [0], [], [0])


def show(seat: Seat) -> None:
    """Show this person's profile as it is."""
    profile, files = queries.profile_for(seat)
    actions.show(seat, profile, [one.key for one in files])


def live(cast: Cast) -> None:
    """Walk a typical story: both write a profile with a story and a picture, and show it."""
    for seat in (cast.ada, cast.ben):
        assert seat.person is not None
        actions.keep(seat.person, {"kind": "business", "does": "Good work, on time.", "whom": "Families who move."})
        mill = Story("The mill", "A roof leaked. We came on a Sunday. It was dry by tea.", "", "Tell it in autumn.")
        actions.keep_story(seat.person, 0, mill)
        actions.keep_proof(seat.person, 0, Proof("qualification", "Member of the guild", "2030-06-30"))
        actions.add_file(seat.person, "The workshop", picture())
        show(seat)
