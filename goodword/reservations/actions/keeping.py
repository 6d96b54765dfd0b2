"""Keeping reservations in a drawer: writing, rewording, settling, deleting. Private acts: nobody else learns."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from goodword.ground.refusals import Refusal
from goodword.people.models import Person
from goodword.relationships.acting import acting
from goodword.relationships.models import Seat
from goodword.reservations.actions.sharing import same_words
from goodword.reservations.models import (
    Draft,
    OwnWorry,
    PendingReservation,
    Pondering,
    PrivateReservation,
    RevealEntry,
    SideReservation,
)
from goodword.reservations.queries import Outward, Private

MOST_DRAFTS = 60
DRAWERS: dict[str, type[Private]] = {"mine": PrivateReservation, "side": SideReservation}


def first_drawer(seat: Seat) -> str:
    """Return where a reservation lies until its author moves it: with our side, or, while that is one person, with them. A
    colleague who joins one day finds nothing there that stood under "Only you".
    """
    return "mine" if seat.drawer == "you" else "side"


def read_promise(person: Person) -> None:
    """Remember that this person has read who sees what they keep private: once, for all their relationships."""
    Person.objects.filter(pk=person.pk, promise_read_at=None).update(promise_read_at=timezone.now())


def keep(seat: Seat, *, text: str, drawer: str, place: str = "") -> Private:
    """Keep a reservation in the drawer "mine" or "side", and forget the draft of the box it was typed in."""
    with acting(seat, only_me=drawer == "mine") as act:
        row: Private = DRAWERS[drawer].objects.write(seat, text=text, created_at=act.now)
        forget_draft(seat, place or drawer)
    return row


def reword(seat: Seat, row: Private, text: str) -> Private:
    """Write it in other words. The old ones are gone; what was copied elsewhere stays as it was."""
    with acting(seat, only_me=row.lock == "mine") as act:
        row.text, row.reworded_at = text, act.now
        row.save(update_fields=["text", "reworded_at"])
        forget_draft(seat, f"reword-{row.key}")
    return row


def settle(seat: Seat, row: Private, how: str) -> Private:
    """Call a private one settled, or decide that one can live with it; how is for the drawer alone."""
    with acting(seat, only_me=row.lock == "mine") as act:
        row.settled_at, row.how = act.now, how
        row.save(update_fields=["settled_at", "how"])
    return row


def reopen(seat: Seat, row: Private) -> None:
    """Take a private one up again."""
    with acting(seat, only_me=row.lock == "mine"):
        row.settled_at = None
        row.save(update_fields=["settled_at"])


def mark_breaker(seat: Seat, row: Private, breaker: bool) -> None:
    """Mark a private one as a deal-breaker, or no longer. Only its drawer knows; each gate asks its owner."""
    with acting(seat, only_me=row.lock == "mine") as act:
        row.breaker_at = act.now if breaker else None
        row.save(update_fields=["breaker_at"])


def delete(seat: Seat, row: Outward) -> None:
    """Delete it, really: the row, its draft, and a copy that has not left yet. Allowed after the end, too."""
    with acting(seat, after_the_end=True, only_me=row.lock == "mine"):
        PendingReservation.objects.owned_by(seat).filter(source=row.key).delete()
        RevealEntry.objects.owned_by(seat).filter(source=row.key, opened_at=None).delete()
        forget_draft(seat, f"reword-{row.key}")
        row.delete()


def copy_to_side(seat: Seat, row: PrivateReservation, seen: str) -> SideReservation:
    """Copy one from my own drawer to our side's. Raises Refusal if it was moved already or its words have changed.

    `seen` is the print of the words its author has just looked at (see `sharing.words_print`).
    """
    with acting(seat) as act:
        row.refresh_from_db()
        if row.to_side_at or row.to_table_at:
            raise Refusal(_("This one has been moved already."))
        same_words(seat, row, seen)
        copy = SideReservation.objects.write(
            seat, text=row.text.unseal(seat), created_at=act.now, breaker_at=row.breaker_at
        )
        row.to_side_at = act.now
        row.save(update_fields=["to_side_at"])
    return copy


def keep_worry(seat: Seat, text: str) -> OwnWorry:
    """Keep what might worry them about us (M22)."""
    with acting(seat) as act:
        row = OwnWorry.objects.write(seat, text=text, created_at=act.now)
        forget_draft(seat, "worry")
    return row


def ponder(seat: Seat, item: str, answer: str) -> Pondering:
    """Keep 'nothing comes to mind' or 'I'm not sure yet' for a question, in place of what was said before."""
    with acting(seat, only_me=True) as act:
        Pondering.objects.owned_by(seat).filter(item=item).delete()
        forget_draft(seat, f"words-{item.split('/')[-1]}")
        return Pondering.objects.write(seat, item=item, answer=answer, answered_at=act.now)


def keep_draft(seat: Seat, place: str, text: str) -> None:
    """Keep what is being typed in a box, in this person's own drawer. An emptied box forgets its draft."""
    with acting(seat, only_me=True) as act:
        draft = Draft.objects.owned_by(seat).filter(place=place).first()
        if not text:
            forget_draft(seat, place)
        elif draft is None:
            Draft.objects.write(seat, place=place, text=text, saved_at=act.now)
            _forget_the_oldest(seat)
        else:
            draft.text, draft.saved_at = text, act.now
            draft.save(update_fields=["text", "saved_at"])


def _forget_the_oldest(seat: Seat) -> None:
    """Keep as many drafts as there are boxes, and no more: a place can be called anything (T54)."""
    mine = Draft.objects.owned_by(seat)
    kept = mine.order_by("-saved_at", "-id").values("pk")[:MOST_DRAFTS]
    mine.exclude(pk__in=list(kept.values_list("pk", flat=True))).delete()


def forget_draft(seat: Seat, place: str) -> None:
    """Forget the draft of a box: its words are kept elsewhere now. Call it within an act."""
    Draft.objects.owned_by(seat).filter(place=place).delete()
