"""What follows from what happens in the hall: verb -> story, rows, news, letter."""

from django.utils.translation import gettext_lazy as _

from goodword.relationships import mailing
from goodword.relationships.announcements import Announcement, Follow
from goodword.relationships.journal import JournalLine
from goodword.relationships.verbs import Verb


def _after_joining(one: Announcement) -> None:
    mailing.send_arrival(one.seat, one.facts["asked"])


FOLLOWS: dict[Verb, Follow] = {
    Verb.STARTED: Follow(JournalLine(_("You began this"), _("%(name)s began this"))),
    Verb.JOINED: Follow(JournalLine(_("You took your seat"), _("%(name)s took a seat")), letter=_after_joining),
    Verb.COLLEAGUE_JOINED: Follow(JournalLine(_("A colleague of yours joined"), _("A colleague of %(name)s joined"))),
    Verb.COLLEAGUE_LEFT: Follow(JournalLine(_("A colleague of yours left"), _("A colleague of %(name)s left"))),
}
