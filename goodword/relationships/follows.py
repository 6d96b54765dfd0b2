"""What follows from what happens in the hall: verb -> story, rows, news, letter."""

from django.utils.translation import gettext_lazy as _

from goodword.relationships import mailing
from goodword.relationships.announcements import Announcement, Follow
from goodword.relationships.journal import JournalLine
from goodword.relationships.verbs import Verb
from goodword.relationships.waits import Kind


def _after_joining(one: Announcement) -> None:
    mailing.send_arrival(one.seat, one.facts["asked"])


def _write_of_empty_seat(one: Announcement) -> None:
    """Write once that the seat across is empty, to whoever is left."""
    once, link = f"given-up:{one.seat.relationship_id}", mailing.address_of(one.seat, "from-here")
    mailing.to_other_side(one.seat, "seat-given-up", once=once, name=one.seat.side.first_name, link=link)


def _from_here_page(one: Announcement) -> tuple[str]:
    return ("from-here",)


FOLLOWS: dict[Verb, Follow] = {
    Verb.STARTED: Follow(JournalLine(_("You began this"), _("%(name)s began this"))),
    Verb.JOINED: Follow(JournalLine(_("You took your seat"), _("%(name)s took a seat")), letter=_after_joining),
    Verb.COLLEAGUE_JOINED: Follow(JournalLine(_("A colleague of yours joined"), _("A colleague of %(name)s joined"))),
    Verb.SEAT_GIVEN_UP: Follow(
        JournalLine(_("You gave up your seat"), _("%(name)s gave up their seat")),
        letter=_write_of_empty_seat,
        news=Kind.READ_GIVEN_UP,
        news_page=_from_here_page,
    ),
    Verb.COLLEAGUE_LEFT: Follow(JournalLine(_("A colleague of yours left"), _("A colleague of %(name)s left"))),
}
