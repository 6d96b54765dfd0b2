"""What one goes on to from a page on which a thing has just been done, while the two work towards leads (WAY, principle 1)."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from goodword.relationships.models import Seat
from goodword.relationships.steps import Step
from goodword.relationships.waits import NEWS, ON_FRONT_PAGE, Turn, page_of
from goodword.relationships.wording import Words, words_for


@dataclass(frozen=True, slots=True)
class NextThing:
    """Whose turn it is, the words and the page of the very thing; no words where nothing waits for us: then it leads back."""

    turn: str
    words: Words | None
    page: str
    news: bool = False


def next_thing(seat: Seat, *here: str) -> NextThing | None:
    """Return what waits first for a seat that agrees and teaches, by its own row; the pages `here` are those one is on.

    None for whoever only reads, and in every other step. Nothing is asked of the database: where the row is out of date, the
    way leads back to the relationship, which decides anew.
    """
    if not seat.open or seat.mirror or seat.at is not Step.AGREE:
        return None
    late = seat.stale_at is not None and seat.stale_at <= timezone.now()
    pages_here = {page_of(seat, route) for route in here}
    words = words_for(seat.next_code, seat.other.first_name)
    if (
        late
        or words is None
        or seat.next_code in ON_FRONT_PAGE
        or seat.next_who == Turn.THEIRS
        or seat.next_page in pages_here
    ):
        return NextThing(Turn.THEIRS, None, page_of(seat, "relationship"))
    return NextThing(seat.next_who, words, seat.next_page, seat.next_code in NEWS)
